"""adopt: what a person may edit by hand and what not; and a folder that can only be read."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from swm.cli.templating import objections
from swm.domain.fields import read
from swm.domain.policy import Workflow
from swm.domain.registrations import RegisterRequest, register
from swm.domain.workflow import possibilities
from swm.errors import Missing, NotFound, NotYours, Refused, Uncommitted
from swm.store.adoption import adopt
from swm.store.chronicle import outside
from swm.store.founding import ledger_files
from swm.store.ledger import Ledger, find
from swm.store.writing import Adopting, Recorded, Writing, found, record
from swm.store.yamlread import parse
from tests.office import Office
from tests.policy_fixture import LEDGER, settings

DAY = date(2026, 3, 2)
FILE = "企业/BK-00/BK-0001.yaml"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with one enterprise."""
    root = tmp_path / "台账"
    found(root, ledger_files(settings()), "建账")
    ledger = Ledger(root)

    def decide(tx: Writing) -> object:
        request = RegisterRequest(
            name="俵口旧名厂", village="俵口村", on=DAY, category="关停取缔", phone="01012345678"
        )
        return register((), request, tx.policy, tx.settings, DAY)

    record(ledger, decide)  # type: ignore[arg-type]
    yield ledger


def edit(ledger: Ledger, path: str, old: str, new: str) -> None:
    """A person edits a file."""
    place = ledger.root / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")


def taken_in(ledger: Ledger, why: str) -> Recorded:
    return adopt(ledger, why, DAY, partial(objections, ledger))


def refusal(ledger: Ledger) -> str:
    with pytest.raises(Refused) as caught:
        taken_in(ledger, "试试")
    return "；".join(m.text for m in caught.value.missing) or caught.value.message


def test_a_profile_field_and_a_comment_are_taken_in(ledger: Ledger) -> None:
    edit(ledger, FILE, "村: 俵口村", "村: 俵口村  # 村口第一家")
    done: Recorded = taken_in(ledger, "补注")
    assert ledger.dirty() == []
    assert "# 村口第一家" in (ledger.root / FILE).read_text("utf-8")
    assert ledger.history()[0].id == done.commit


def test_a_template_that_would_lose_text_is_not_taken_in(ledger: Ledger) -> None:
    folder = ledger.root / "templates"
    folder.mkdir()
    (folder / "月报.html.j2").write_text("{{ 镇 }}\n{{ 数字.本月新曾 }}\n{% if 镇 %}", "utf-8")
    (folder / "巡查路线.html.j2").write_text("{{ 镇名 }}", "utf-8")
    told = refusal(ledger)
    assert "月报.html.j2 第3行" in told and "缺少 {% endif %}" in told
    assert len(ledger.dirty()) == 2
    (folder / "月报.html.j2").write_text("{{ 镇 }}{{ 数字.本月新增 }}", "utf-8")
    taken_in(ledger, "换版式")
    assert ledger.dirty() == []
    (folder / "月报.html.j2").unlink()
    taken_in(ledger, "改回自带的")
    assert ledger.dirty() == []


def test_only_what_was_judged_is_taken_in(ledger: Ledger) -> None:
    """The trial of a template takes seconds; meanwhile somebody saves another file again."""
    edit(ledger, FILE, "村: 俵口村", "村: 俵口村  # 村口第一家")
    (ledger.root / "templates").mkdir()
    (ledger.root / "templates/公示.html.j2").write_text("{{ 镇 }}", "utf-8")
    head = ledger.head()

    def judge(path: str, data: bytes) -> list[Missing]:
        edit(ledger, FILE, "日期: 2026-03-02", "日期: 2026-03-01")
        return []

    with pytest.raises(Uncommitted, match=FILE):
        adopt(ledger, "补注", DAY, judge)
    assert ledger.head() == head and "2026-03-01" in (ledger.root / FILE).read_text("utf-8")


@pytest.mark.parametrize("path", ["templates/公示.html.j2", "制度/流程.yaml", "swm.yaml"])
def test_a_file_saved_again_after_it_was_judged_is_not_taken_in(ledger: Ledger, path: str) -> None:
    place = ledger.root / path
    place.parent.mkdir(exist_ok=True)
    before = place.read_text("utf-8") if place.exists() else ""
    place.write_text(f"{before}{{# 一 #}}" if "templates" in path else f"{before}# 一\n", "utf-8")
    (ledger.root / "templates").mkdir(exist_ok=True)
    (ledger.root / "templates/月报.html.j2").write_text("{{ 镇 }}", "utf-8")
    seen: list[str] = []

    def judge(name: str, data: bytes) -> list[Missing]:
        seen.append(name)
        return []

    real = Adopting.take

    def late(adopting: Adopting, taken: str) -> None:
        if taken == path:
            place.write_bytes(b"\xff\xfe")
        real(adopting, taken)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Adopting, "take", late)
        with pytest.raises(Uncommitted, match=path):
            adopt(ledger, "试", DAY, judge)
    assert "templates/月报.html.j2" in seen


def test_rules_that_are_not_among_the_edits_are_judged_as_they_are_committed(
    ledger: Ledger,
) -> None:
    """For that is what they stay, whatever somebody makes of them meanwhile."""
    edit(ledger, "swm.yaml", "镇名: ", "镇名:  ")
    real = Ledger.dirty

    def meanwhile(asked: Ledger) -> list[str]:
        found = real(asked)
        edit(asked, "制度/流程.yaml", "有期限", "有期限哦")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "dirty", meanwhile)
        taken_in(ledger, "空格")
    assert ledger.dirty() == ["制度/流程.yaml"]


def test_records_and_remediation_are_not(ledger: Ledger) -> None:
    edit(ledger, FILE, "日期: 2026-03-02", "日期: 2026-03-01")
    assert "第1条" in refusal(ledger)
    edit(ledger, FILE, "日期: 2026-03-01", "日期: 2026-03-02")
    edit(ledger, FILE, "状态: 待整治", "状态: 已取缔")
    assert "整治" in refusal(ledger)


def test_a_name_changes_only_with_its_old_value_kept(ledger: Ledger) -> None:
    edit(ledger, FILE, "俵口旧名厂", "俵口新名厂")
    assert "“名称”被改动" in refusal(ledger)


def test_deleted_and_new_files_are_refused_together(ledger: Ledger) -> None:
    (ledger.root / FILE).unlink()
    (ledger.root / "企业/BK-00/BK-0002.yaml").write_text("编号: BK-0002\n", "utf-8")
    (ledger.root / "随手记.txt").write_text("x", "utf-8")
    said = refusal(ledger)
    assert "被删去" in said and "新文件" in said and "随手记.txt" in said


def test_rules_that_do_not_hang_together_are_refused(ledger: Ledger) -> None:
    edit(ledger, "制度/流程.yaml", "有期限", "有期限哦")
    assert "有期限哦" in refusal(ledger)


def test_a_broken_committed_file_can_be_mended(ledger: Ledger) -> None:
    good = (ledger.root / FILE).read_bytes()
    (ledger.root / FILE).write_bytes(good + b"\xff\xfe")
    _commit_by_hand(ledger)
    forged = good.replace("日期: 2026-03-02".encode(), "日期: 2026-03-01".encode())
    (ledger.root / FILE).write_bytes(forged)
    assert "第1条" in refusal(ledger)
    (ledger.root / FILE).write_bytes(good)
    taken_in(ledger, "恢复坏文件")
    assert ledger.snapshot().enterprise("BK-0001").phone == "01012345678"


def test_a_commit_from_outside_is_owned_once(ledger: Ledger) -> None:
    edit(ledger, FILE, "村: 俵口村", "村: 俵口村  # 手工")
    _commit_by_hand(ledger)
    assert [c.subject for c in outside(ledger)] == ["手工提交"]
    taken_in(ledger, "补登记")
    assert outside(ledger) == []
    assert "没有需要采纳" in refusal(ledger)


def _commit_by_hand(ledger: Ledger) -> None:
    command = ["git", "-C", str(ledger.root), "commit", "-qam", "手工提交"]
    subprocess.run(command, check=True, capture_output=True)


def test_a_guard_the_program_does_not_have_is_never_fulfilled() -> None:
    office = Office()
    path = "制度/流程.yaml"
    text = (LEDGER / path).read_text("utf-8").replace("前提: [核减事由,", "前提: [无此前提,")
    rules = replace(office.policy, workflow=read(Workflow, parse(text.encode(), path), path))
    found_ = possibilities(office.enterprise, rules, office.settings, office.today)
    missing = {p.row.name: [m.text for m in p.missing] for p in found_}["核减"]
    assert any("无此前提" in text for text in missing)


def test_a_folder_of_its_own_is_read_but_not_written() -> None:
    sample = find(LEDGER, Path.cwd())
    rows = sample.facts().query("SELECT COUNT(*) FROM enterprise")
    assert rows[0][0] == len(list((LEDGER / "企业").rglob("*.yaml")))
    assert sample.snapshot().enterprise("BK-0001").id == "BK-0001"
    assert sample.dirty() == []
    with pytest.raises(NotFound):
        sample.resolve("HEAD")
    with pytest.raises(NotYours, match="只能读"):
        record(sample, lambda tx: pytest.fail("decided in a folder that can't be written"))
    assert not (LEDGER / ".git").exists()
