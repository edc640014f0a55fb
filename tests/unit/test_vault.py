"""The vault: outside the ledger, closed to others, before the commit, sealed when asked."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from swm.cli import reporters
from swm.cli.call import Call
from swm.cli.main import run
from swm.errors import NotFound, RecordedPending, Refused, Surroundings
from swm.store import private, sealing, transaction
from swm.store import vault as vaults
from swm.store.sealing import WrongPassphrase
from swm.store.vault import Reporter, Vault, data_folder
from tests.reporters import CONTACTS, WHO, write_down
from tests.scenario.transcript import screen, surroundings

TOKEN, OTHER = "0123456789abcdef", "fedcba9876543210"
GOOD, NEW = "correct horse", "battery staple"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault("abc123", {"XDG_DATA_HOME": str(tmp_path)})


def nobody(title: str) -> str:
    raise AssertionError("no passphrase is needed")


def typed(word: str) -> Callable[[str], str]:
    return lambda title: word


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


def test_it_lies_in_the_users_data_folder(tmp_path: Path) -> None:
    assert data_folder({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path
    assert data_folder({"XDG_DATA_HOME": "relative"}) == Path.home() / ".local" / "share"
    assert Vault("abc", {}).folder == Path.home() / ".local/share/swm/vault/abc"
    with pytest.raises(Refused):
        Vault("../abc", {})


def test_an_entry_is_closed_to_others_and_comes_back(vault: Vault) -> None:
    vault.keep(TOKEN, WHO)
    assert vault.look(TOKEN, nobody) == WHO
    assert mode(vault.folder) == 0o700 and mode(vault.place(TOKEN)) == 0o600
    assert vault.tokens() == [TOKEN]
    with pytest.raises(NotFound):
        vault.look(OTHER, nobody)


def test_a_passphrase_seals_what_is_there_and_what_comes(vault: Vault) -> None:
    vault.keep(TOKEN, WHO)
    assert vault.set_passphrase(GOOD) == 1
    vault.keep(OTHER, WHO)  # needs no passphrase
    for token in (TOKEN, OTHER):
        assert WHO.name.encode() not in vault.place(token).read_bytes()
        assert vault.is_sealed(token)
        assert vault.look(token, typed(GOOD)) == WHO
        with pytest.raises(WrongPassphrase):
            vault.look(token, typed(NEW))
    assert GOOD.encode() not in (vault.folder / "keys.json").read_bytes()


def test_a_new_passphrase_shuts_the_old_one_out(vault: Vault) -> None:
    vault.keep(TOKEN, WHO)
    vault.set_passphrase(GOOD)
    before = vault.place(TOKEN).read_bytes()
    with pytest.raises(WrongPassphrase):
        vault.set_passphrase(NEW, "wrong one")
    assert vault.place(TOKEN).read_bytes() == before
    assert vault.set_passphrase(NEW, GOOD) == 1
    assert vault.look(TOKEN, typed(NEW)) == WHO
    with pytest.raises(WrongPassphrase):
        vault.look(TOKEN, typed(GOOD))
    with pytest.raises(Refused, match="至少8"):
        vault.set_passphrase("short", NEW)


def test_a_change_of_passphrase_that_breaks_off_loses_nothing(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.keep(TOKEN, WHO)
    vault.keep(OTHER, WHO)
    vault.set_passphrase(GOOD)
    done: list[Path] = []
    put = private.put

    def dies(place: Path, content: bytes) -> None:
        if len(done) == 2:
            raise Surroundings("断电")
        done.append(place)
        put(place, content)

    monkeypatch.setattr(vaults.private, "put", dies)
    with pytest.raises(Surroundings):
        vault.set_passphrase(NEW, GOOD)
    monkeypatch.undo()
    assert {t: vault.look(t, typed(NEW)) for t in vault.tokens()} == {TOKEN: WHO, OTHER: WHO}
    assert vault.seal_all(NEW) == 1


def test_an_altered_or_exchanged_entry_does_not_open(vault: Vault) -> None:
    vault.set_passphrase(GOOD)
    vault.keep(TOKEN, WHO)
    sealed = vault.place(TOKEN).read_bytes()
    private.put(vault.place(OTHER), sealed)
    with pytest.raises(Refused, match="损坏"):
        vault.look(OTHER, typed(GOOD))
    private.put(vault.place(TOKEN), sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(Refused, match="损坏"):
        vault.look(TOKEN, typed(GOOD))


def test_a_backup_is_always_encrypted_and_brings_back_what_is_gone(
    vault: Vault, tmp_path: Path
) -> None:
    vault.keep(TOKEN, WHO)
    vault.keep(OTHER, Reporter(words="不要了"))
    data = vault.backup(GOOD)
    assert WHO.name.encode() not in data and WHO.phone.encode() not in data
    vault.note(datetime(2026, 3, 2), "方志明", "删除", "JB-2026-0002", OTHER)
    vault.drop(OTHER)
    vault.drop(TOKEN)
    assert vault.restore(data, GOOD) == (1, 1)  # what was erased on purpose stays erased
    assert vault.look(TOKEN, nobody) == WHO and vault.tokens() == [TOKEN]
    with pytest.raises(WrongPassphrase):
        vault.restore(data, NEW)
    with pytest.raises(Refused, match="不是保密库的备份"):
        vault.restore(b"x", GOOD)
    elsewhere = Vault("another", {"XDG_DATA_HOME": str(tmp_path)})
    with pytest.raises(Refused, match="另一本台账"):
        elsewhere.restore(data, GOOD)
    vault.set_passphrase(GOOD)
    with pytest.raises(WrongPassphrase):
        vault.backup(NEW)
    fresh = Vault("abc123", {"XDG_DATA_HOME": str(tmp_path / "new")})
    assert fresh.restore(vault.backup(GOOD), GOOD) == (1, 0)
    assert fresh.look(TOKEN, typed(GOOD)) == WHO and fresh.is_sealed(TOKEN)


def test_the_log_says_who_looked_and_a_torn_line_is_left_out(vault: Vault) -> None:
    vault.note(datetime(2026, 3, 2, 9, 30), "方志明", "查看", "JB-2026-0001", TOKEN)
    with (vault.folder / "access.log").open("a") as log:
        log.write('{"时间": "2026')
    assert [(a.at, a.who, a.what, a.id) for a in vault.log()] == [
        ("2026-03-02 09:30:00", "方志明", "查看", "JB-2026-0001")
    ]
    assert mode(vault.folder / "access.log") == 0o600


def test_what_a_crash_left_half_written_goes_with_the_next_entry(vault: Vault) -> None:
    vault.keep(TOKEN, WHO)
    half, young = vault.folder / ("ab" * 12), vault.folder / ("cd" * 12)
    half.write_text("苗春")
    young.write_text("苗")
    os.utime(half, (0, 0))
    vault.keep(OTHER, WHO)
    assert not half.exists() and young.exists()


# --- the order of writes ------------------------------------------------------------------------


ADD = "complaint add --source 群众来电 --village 俵口村 --text 夜间喷漆 --reporter-stdin"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    place = tmp_path / "台账"
    place.mkdir()
    screen("swm init . --town 俵口镇 --villages 俵口村", "2026-03-02", place)
    write_down(tmp_path / "who.txt", replace(WHO, words="我家隔壁\n还喷漆"))
    yield place


def entered(ledger: Path, command: str = ADD) -> tuple[int, str]:
    with surroundings(ledger, SWM_TODAY="2026-03-02") as shown:
        import sys

        with open(ledger.parent / "who.txt", encoding="utf-8") as sys.stdin:
            code = run(command.split())
    return code, shown.getvalue()


def entries(ledger: Path) -> list[Path]:
    return sorted((ledger.parent / "data").rglob("*.entry"))


def test_with_a_reporter_there_is_a_complaint_and_an_entry(ledger: Path) -> None:
    code, said = entered(ledger)
    assert code == 0 and WHO.name not in said
    (entry,) = entries(ledger)
    token = entry.name.removesuffix(".entry")
    assert f"保密登记: {token}" in (ledger / "举报/2026/JB-2026-0001.yaml").read_text().replace(
        '"', ""
    )
    assert "还喷漆" in json.loads(entry.read_text())["原话"]


def test_a_vault_that_cannot_be_written_leaves_no_complaint(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(private.files, "stage", full)
    code, said = entered(ledger)
    assert code == 4 and "磁盘已满" in said and WHO.name not in said
    assert not (ledger / "举报").exists() and entries(ledger) == []


@pytest.mark.parametrize("command", [ADD + " --on 2026-09-01", ADD.replace("夜间喷漆", "我叫某某")])
def test_a_refused_complaint_takes_its_entry_along(ledger: Path, command: str) -> None:
    code, _ = entered(ledger, command)
    assert code == 1
    assert not (ledger / "举报").exists() and entries(ledger) == []


SOMEBODY = replace(WHO, name="林有为先生", phone="（022）8877-6655", contact="wx-linyw")
"""A reporter whom a test may write on a command line: `tests/watch.py` does not look for him."""


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("--text 林有为家喷漆", "--text 里有举报人的姓名"),
        ("--text 林有为先生反复打来", "--text 里有举报人的姓名"),
        ("--text 有异味 --note 回林有为", "--note 里有举报人的姓名"),
        ("--text 有异味 --source-no 02288776655", "--source-no 里有举报人的电话"),
        ("--text 有异味 --to 找WX-linyw问", "--to 里有举报人的联系方式"),
    ],
)
def test_what_was_told_in_confidence_is_refused_in_the_summary(
    ledger: Path, words: str, what: str
) -> None:
    write_down(ledger.parent / "who.txt", SOMEBODY)
    code, said = entered(ledger, ADD.replace("--text 夜间喷漆", words))
    assert code == 1 and what in said and "历史" in said
    assert not any(told in said for told in ("有为", "8877", "linyw"))
    assert not (ledger / "举报").exists() and entries(ledger) == []


@pytest.mark.parametrize("name", ["林", "", "林女士"])
def test_a_surname_alone_says_nothing(ledger: Path, name: str) -> None:
    write_down(ledger.parent / "who.txt", replace(SOMEBODY, name=name, phone="8877", contact="wx"))
    code, said = entered(ledger, ADD.replace("夜间喷漆", "林地旁喷漆，wx路8877号"))
    assert code == 0, said


def test_a_commit_that_fails_takes_the_entry_along(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise Surroundings("磁盘已满")

    monkeypatch.setattr(transaction.Transaction, "commit", fails)
    assert entered(ledger)[0] == 4
    assert entries(ledger) == []


def test_a_commit_that_happened_keeps_its_entry_whatever_came_after(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = transaction.Transaction.commit

    def then_dies(self: Any, *given: Any, **told: Any) -> None:
        commit(self, *given, **told)
        raise RecordedPending("已经记录", "0" * 40)

    monkeypatch.setattr(transaction.Transaction, "commit", then_dies)
    assert entered(ledger)[0] == 3
    assert len(entries(ledger)) == 1


def test_an_entry_left_by_a_power_cut_is_told_and_can_be_erased(ledger: Path) -> None:
    entered(ledger)
    vault = Vault(entries(ledger)[0].parent.name)
    vault.keep(OTHER, WHO)
    listed = "\n".join(screen("swm vault list", "2026-03-02", ledger))
    assert "无主登记" in listed and WHO.name not in listed
    checked = "\n".join(screen("swm check", "2026-03-02", ledger))
    assert "没有对应的举报" in checked and "提醒 1 条" in checked
    entered(ledger, ADD.replace(" --reporter-stdin", ""))
    screen(f"swm vault erase {OTHER}", "2026-03-02", ledger)
    assert len(entries(ledger)) == 1
    assert "没有登记举报人" in "\n".join(screen("swm vault show 2", "2026-03-02", ledger))


def test_looking_leaves_a_trace_and_no_trace_no_look(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(ledger)
    assert f"姓名：{WHO.name}" in screen("swm vault show 1", "2026-03-02", ledger)
    assert any(
        "查看  JB-2026-0001" in line for line in screen("swm vault log", "2026-03-02", ledger)
    )

    def full(*_: Any) -> None:
        raise Surroundings("写不了")

    monkeypatch.setattr(vaults.private, "append", full)
    assert WHO.name not in "\n".join(screen("swm vault show 1", "2026-03-02", ledger))


def test_erasing_leaves_the_complaint_and_says_that_it_is_gone(ledger: Path) -> None:
    entered(ledger)
    assert screen("swm vault erase 1", "2026-03-02", ledger)[-1] == "[2]"
    screen("swm vault erase 1 --why 办结满三年", "2026-03-02", ledger)
    assert entries(ledger) == []
    assert "已删除" in "\n".join(screen("swm vault list", "2026-03-02", ledger))
    assert screen("swm check", "2026-03-02", ledger) == ["没有发现问题"]


def test_a_rehearsal_puts_nothing_anywhere(ledger: Path) -> None:
    code, said = entered(ledger, ADD + " --dry-run")
    assert code == 0 and entries(ledger) == [] and WHO.name not in said


@pytest.mark.parametrize("option", ["--reporter", "--phone", "--reporter-name"])
def test_a_reporter_on_the_command_line_is_refused(ledger: Path, option: str) -> None:
    told = screen(
        f"swm {ADD.replace(' --reporter-stdin', '')} {option} 某举报", "2026-03-02", ledger
    )
    assert told[-1] == "[2]" and "不写在命令行上" in told[0]
    assert "某举报" not in "\n".join(told)
    assert not (ledger / "举报").exists()


@pytest.mark.parametrize(
    "text", ["", "随便写的一行\n", '{"姓名": 3}', '{"身份证": "x"}', '{"姓名": ', "姓名：\n"]
)
def test_standard_input_that_cannot_be_read_repeats_nothing(ledger: Path, text: str) -> None:
    (ledger.parent / "who.txt").write_text(text)
    code, said = entered(ledger)
    assert code == 2 and "随便写的" not in said
    assert entries(ledger) == [] and not (ledger / "举报").exists()


def test_json_does_as_well(ledger: Path) -> None:
    (ledger.parent / "who.txt").write_text(
        json.dumps({"姓名": WHO.name, "微信": CONTACTS[1], "原话": "吵"}, ensure_ascii=False)
    )
    assert entered(ledger)[0] == 0
    assert json.loads(entries(ledger)[0].read_text())["其他联系方式"] == CONTACTS[1]


def test_the_sealed_form_says_what_it_is() -> None:
    keys = sealing.new_keys(GOOD)
    sealed = sealing.seal(keys, b"x", "n")
    assert sealing.is_sealed(sealed) and not sealing.is_sealed(b"{}")


def test_on_a_terminal_the_reporter_is_asked_for_and_not_shown_again(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = iter([WHO.name, WHO.phone, "", "我家隔壁"])
    prompts: list[str] = []

    def typed_line(prompt: str) -> str:
        prompts.append(prompt)
        return next(replies)

    monkeypatch.setattr(reporters, "line_from_terminal", typed_line)
    monkeypatch.setattr(Call, "of", _interactive(Call.of))
    command = ADD.replace(" --reporter-stdin", "")
    told = "\n".join(screen(f"swm {command}", "2026-03-02", ledger))
    assert "只进这台电脑的保密库" in told and WHO.name not in told
    assert [p.partition("（")[0] for p in prompts] == [
        "举报人姓名", "举报人电话", "其他联系方式", "举报的原话"
    ]  # fmt: skip
    (entry,) = entries(ledger)
    assert json.loads(entry.read_text())["姓名"] == WHO.name
    above = command.replace("群众来电", "上级交办")
    screen(f"swm {above}", "2026-03-02", ledger)  # nobody to ask for
    assert len(entries(ledger)) == 1


def test_stopping_at_the_prompt_records_nothing(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(reporters, "line_from_terminal", stops)
    monkeypatch.setattr(Call, "of", _interactive(Call.of))
    told = screen(f"swm {ADD.replace(' --reporter-stdin', '')}", "2026-03-02", ledger)
    assert told[-1] == "[1]" and "已取消" in told[-2]
    assert entries(ledger) == [] and not (ledger / "举报").exists()


def _interactive(of: Callable[[Any], Call]) -> Callable[[Any], Call]:
    def made(context: Any) -> Call:
        call = of(context)
        call.interactive = True
        return call

    return made
