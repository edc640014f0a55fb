"""G8 and G9: the facts are a view that can be thrown away, and always about one commit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from swm.errors import Unreadable
from swm.reports import lists
from swm.store import facts as facts_module
from swm.store.facts import Facts
from swm.store.factsfile import Kept
from tests import histories
from tests.committed import Committed
from tests.filed import day, delisted, firm, letter, opening, order, registered, visit, yard

FILES = (
    firm("BK-0001", registered("03-02"), order("03-05", "04-05", "03-05"), 经营者="赵大")
    | firm("BK-0002", registered("03-03", "关停取缔"), 电话="13800000002")
    | yard("CF-0001", letter(1, "02-01", "12-31"))
)
BROKEN = "企业/BK-00/BK-0002.yaml"


@pytest.fixture
def ledger(tmp_path: Path) -> Committed:
    return Committed(tmp_path, histories.settings_text())


def kept(ledger: Committed, part: str = "*") -> list[Path]:
    return sorted((ledger.root / ".git" / "swm" / "cache").glob(f"facts-{part}-*"))


def listed(facts: Facts) -> list[tuple[str, str]]:
    """By the small file, then by the large one."""
    now = lists.listing(facts, lists.Wanted(), day("06-01"))
    then = lists.listing(facts, lists.Wanted(on=day("06-01")), day("06-01"))
    assert now == then
    return [(each.id, each.state) for each in now]


def test_the_facts_hold_the_profile_and_what_the_records_add_up_to(ledger: Committed) -> None:
    facts = Facts.of(ledger.commit(FILES))
    row = facts.query("SELECT * FROM enterprise WHERE id = :id", {"id": "BK-0001"})[0]
    assert (row["name"], row["initials"]) == ("俵口兴旺金属加工厂1", "bkxwjsjgc1")
    assert (row["state"], row["category"], row["deadline"]) == ("搬迁中", "搬迁改造", "2026-04-05")
    assert (row["listed_on"], row["is_listed"], row["must_stop"]) == ("2026-03-02", 1, 1)
    steps = facts.query("SELECT number, label, after_state FROM step WHERE id = 'BK-0001'")
    assert [tuple(step) for step in steps] == [(1, "登记", "待整治"), (2, "限期搬迁", "搬迁中")]
    assert facts.letter_numbers() == ["BZ-2026-0001"]
    assert [known.phone for known in facts.known()] == [None, "13800000002"]


def test_a_second_read_opens_what_the_first_one_kept(
    ledger: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = ledger.commit(FILES)
    first = listed(Facts.of(snapshot))

    def refuse(*_: object) -> None:
        raise AssertionError("the facts were built again")

    monkeypatch.setattr(facts_module, "_made", refuse)
    assert listed(Facts.of(snapshot)) == first


def test_after_a_commit_only_the_files_that_changed_are_read_again(
    ledger: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    Facts.of(ledger.commit(FILES))
    snapshot = ledger.commit(firm("BK-0002", registered("03-03"), delisted("05-05", "待整治")))
    read: list[str] = []
    blobs = snapshot.repo.blobs

    def spy(ids: list[str]):  # type: ignore[no-untyped-def]
        read.extend(ids)
        return blobs(ids)

    monkeypatch.setattr(snapshot.repo, "blobs", spy)
    assert listed(Facts.of(snapshot)) == [("BK-0001", "搬迁中"), ("BK-0002", "已搬迁")]
    assert len(read) == 1
    assert len(kept(ledger, "near")) == len(kept(ledger, "far")) == 1


def test_an_older_commit_is_answered_from_its_own_files(ledger: Committed) -> None:
    old = ledger.commit(FILES)
    new = ledger.commit(firm("BK-0003", registered("05-01")) | {BROKEN: None})
    assert [id for id, _ in listed(Facts.of(new))] == ["BK-0001", "BK-0003"]
    assert [id for id, _ in listed(Facts.of(old, keep=False))] == ["BK-0001", "BK-0002"]
    assert [id for id, _ in listed(Facts.of(new))] == ["BK-0001", "BK-0003"]
    assert len(kept(ledger, "near")) == len(kept(ledger, "far")) == 2


def test_what_a_list_needs_lies_in_a_file_of_its_own(
    ledger: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = ledger.commit(FILES)
    right = listed(Facts.of(snapshot))
    checked: list[str] = []
    is_sound = Kept.is_sound

    def spy(file: Kept) -> bool:
        checked.append(file.part)
        return is_sound(file)

    monkeypatch.setattr(Kept, "is_sound", spy)
    facts = Facts.of(snapshot)
    found = lists.listing(facts, lists.Wanted(), day("06-01"))
    assert [(each.id, each.state) for each in found] == right
    assert facts.unreadable == [] and len(facts.known()) == 2
    assert checked == ["near"]
    assert listed(facts) == right
    assert checked == ["near", "far"]


@pytest.mark.parametrize("gone", ["near", "far", "*"])
def test_facts_that_are_open_answer_when_the_cache_has_gone(ledger: Committed, gone: str) -> None:
    """Somebody records meanwhile, and the files make room for newer ones."""
    snapshot = ledger.commit(FILES)
    Facts.of(snapshot)
    facts = Facts.of(snapshot)
    for path in kept(ledger, gone):
        path.unlink()
    assert len(facts.sitting({}).rows("SELECT id FROM step")) == 3
    for path in kept(ledger, gone):
        path.unlink()
    both = "SELECT id FROM step UNION ALL SELECT id FROM enterprise"
    assert len(facts.sitting({}).rows(both)) == 5
    assert len(listed(facts)) == 2


def damage(path: Path, how: str) -> None:
    """What disks, people and other programs do to a file."""
    data = path.read_bytes()
    if how == "deleted":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "a bit flipped":
        at = data.index("搬迁中".encode())
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    elif how == "no database, but its name fits":
        import zlib

        junk = b"not a database"
        name = path.name.rpartition("-")[0] + f"-{zlib.crc32(junk):08x}.db"
        path.unlink()
        path.with_name(name).write_bytes(junk)
    elif how == "of another program":
        path.rename(path.with_name(path.name.replace(facts_module.SIGNATURE, "00000000")))
    elif how == "a folder":
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize(
    "how",
    [
        "deleted",
        "empty",
        "truncated",
        "a bit flipped",
        "no database, but its name fits",
        "of another program",
        "a folder",
    ],
)
@pytest.mark.parametrize("part", ["near", "far"])
def test_a_damaged_cache_changes_no_answer(ledger: Committed, how: str, part: str) -> None:
    snapshot = ledger.commit(FILES)
    right = listed(Facts.of(snapshot))
    damage(kept(ledger, part)[0], how)
    assert listed(Facts.of(snapshot)) == right
    after = ledger.commit(firm("BK-0003", registered("05-01")))
    assert listed(Facts.of(after)) == [*right, ("BK-0003", "待整治")]


@pytest.mark.parametrize("part", ["near", "far"])
def test_every_single_flipped_bit_of_a_page_is_noticed(ledger: Committed, part: str) -> None:
    snapshot = ledger.commit(FILES)
    right = listed(Facts.of(snapshot))
    path = kept(ledger, part)[0]
    data = path.read_bytes()
    for at in range(0, len(data), len(data) // 40):
        path.write_bytes(data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :])
        assert listed(Facts.of(snapshot)) == right
        path = kept(ledger, part)[0]
        assert path.read_bytes() == data


def test_what_a_killed_writer_left_is_swept_away(ledger: Committed) -> None:
    snapshot = ledger.commit(FILES)
    folder = ledger.root / ".git" / "swm" / "cache"
    folder.mkdir(parents=True)
    name = f"facts-near-head-{snapshot.commit}-{facts_module.SIGNATURE}-0123abcd.db.4711.part"
    (folder / name).write_bytes(b"half")
    Facts.of(snapshot)
    assert [path.suffix for path in kept(ledger)] == [".db", ".db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing keeps root from writing")
def test_without_a_place_to_write_the_facts_are_built_in_memory(ledger: Committed) -> None:
    snapshot = ledger.commit(FILES)
    area = ledger.root / ".git" / "swm"
    area.mkdir(exist_ok=True)
    area.chmod(0o500)
    try:
        assert len(listed(Facts.of(snapshot))) == 2
    finally:
        area.chmod(0o700)


def test_a_file_in_the_way_of_the_cache_is_no_harm(ledger: Committed) -> None:
    snapshot = ledger.commit(FILES)
    area = ledger.root / ".git" / "swm"
    area.mkdir(exist_ok=True)
    (area / "cache").write_text("in the way")
    facts = Facts.of(snapshot)
    assert len(listed(facts)) == 2
    assert len(facts.sitting({}).rows("SELECT id FROM enterprise")) == 2


def test_a_commit_that_git_no_longer_has_makes_the_facts_be_built_anew(ledger: Committed) -> None:
    snapshot = ledger.commit(FILES)
    right = listed(Facts.of(snapshot))
    for path in kept(ledger):
        path.rename(path.with_name(path.name.replace(snapshot.commit, "1" * 40)))
    assert listed(Facts.of(snapshot)) == right


def test_a_reader_keeps_its_commit_while_others_write(ledger: Committed) -> None:
    """G9: nobody waits, and nobody sees half of an update."""
    early = Facts.of(ledger.commit(FILES))
    for number in range(3, 6):
        later = Facts.of(ledger.commit(firm(f"BK-000{number}", registered("05-01"))))
        assert len(listed(later)) == number
        assert len(listed(early)) == 2


def test_when_the_rules_change_every_fact_is_drawn_again(ledger: Committed) -> None:
    snapshot = ledger.commit(FILES | firm("BK-0003", registered("05-01", "限期整改")))
    before = Facts.of(snapshot).query("SELECT must_stop FROM enterprise WHERE id = 'BK-0001'")
    path = "制度/流程.yaml"
    text = ledger.files[path].decode()
    changed = text.replace(
        "- 名称: 搬迁中\n    列入: 是\n    应停产: 是",
        "- 名称: 搬迁中\n    列入: 是\n    应停产: 否",
    )
    assert changed != text
    after = Facts.of(ledger.commit({path: changed.encode()})).query(
        "SELECT must_stop FROM enterprise WHERE id = 'BK-0001'"
    )
    assert (before[0][0], after[0][0]) == (1, 0)


def test_when_the_roster_changes_the_villages_do(ledger: Committed) -> None:
    Facts.of(ledger.commit(FILES))
    settings = histories.settings_text().decode().replace("空村", "新村")
    facts = Facts.of(ledger.commit({"swm.yaml": settings.encode()}))
    names = {row[0] for row in facts.query("SELECT name FROM village")}
    assert "新村" in names and "空村" not in names


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"\xe7\xbc", "UTF-8"),
        ("编号: BK-0002\n名称: [\n".encode(), "第"),
        ("编号: BK-0002\n奇怪: 1\n".encode(), "没有这个字段"),
        (firm("BK-0009", registered("03-03"))["企业/BK-00/BK-0009.yaml"], "与文件名不符"),
        (
            firm("BK-0002", registered("03-03"), delisted("05-05", "待整治", "升天"))[BROKEN],
            "升天",
        ),
        (
            firm("BK-0002", visit("03-03"), {"类型": "更正", "日期": day("03-04"), "更正记录": 1,
                 "改为": {"结果": "升天"}, "原因": "试"})[BROKEN],
            "不在可选值内",
        ),
    ],
    ids=["not UTF-8", "not YAML", "unknown field", "wrong id", "unknown state", "bad correction"],
)  # fmt: skip
def test_one_broken_file_does_not_blind_the_office(
    ledger: Committed, bad: bytes, said: str
) -> None:
    facts = Facts.of(ledger.commit(FILES | {BROKEN: bad}))
    assert [id for id, _ in listed(facts)] == ["BK-0001"]
    assert {finding.path for finding in facts.unreadable} == {BROKEN}
    assert said in "".join(map(str, facts.unreadable))
    mended = Facts.of(ledger.commit({BROKEN: FILES[BROKEN]}))
    assert mended.unreadable == []
    assert len(listed(mended)) == 2


def test_a_symbolic_link_is_named_and_not_followed(ledger: Committed) -> None:
    ledger.write(FILES)
    place = ledger.root / BROKEN
    place.unlink()
    place.symlink_to("BK-0001.yaml")
    facts = Facts.of(ledger.commit({}))
    assert [finding.path for finding in facts.unreadable] == [BROKEN]
    assert [id for id, _ in listed(facts)] == ["BK-0001"]


def test_rules_that_cannot_be_read_stop_everything(ledger: Committed) -> None:
    with pytest.raises(Unreadable):
        Facts.of(ledger.commit(FILES | {"制度/期限.yaml": b"a: [\n"}))


def test_progress_is_told_as_files_are_drawn(ledger: Committed) -> None:
    told: list[tuple[int, int]] = []
    Facts.of(ledger.commit(FILES), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (3, 3)


def test_another_opening_date_lets_old_cases_be_looked_back_at_from_another_day(
    ledger: Committed,
) -> None:
    def first_due(settings: bytes) -> str:
        snapshot = ledger.commit({**files, "swm.yaml": settings})
        row = Facts.of(snapshot).query("SELECT MIN(due_on) FROM lookback")[0]
        return str(row[0])

    files = firm("BK-0004", opening("已取缔", on="01-01"))
    text = histories.settings_text()
    assert first_due(text) == "2026-01-31"
    assert first_due(text.replace(b"2026-01-01", b"2026-03-01")) == "2026-03-31"
