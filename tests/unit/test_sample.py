"""The played-out township is exactly what the verbs and the write protocol would have made."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from swm.domain import letters
from swm.domain.approvals import pending
from swm.domain.complaintrecords import CONCLUSIONS, SOURCES, Complaint
from swm.domain.draws import draw
from swm.domain.edits import Change
from swm.domain.fold import standing, unlawful
from swm.domain.identifiers import doubt_phone, doubt_uscc
from swm.domain.kinds import COMPLAINT, PATROL
from swm.domain.lookbacks import watches
from swm.domain.papers import parsed
from swm.domain.patrolrecords import Patrol
from swm.domain.policy import Policy
from swm.domain.records import (
    ROLES,
    Act,
    Alteration,
    Correction,
    Disposal,
    DisposalDone,
    Enterprise,
    Lead,
    Opening,
    Premises,
    Registration,
    Reply,
    Service,
    Transfer,
    Visit,
    Withdrawal,
)
from swm.domain.replay import violations
from swm.errors import Refused
from swm.sample import __main__ as sample
from swm.sample import stage as stages
from swm.sample import township
from swm.sample.deeds import Deed
from swm.sample.names import Names
from swm.sample.roster import ADDED, MERGED
from swm.sample.stage import Stage, person
from swm.store import yamltext
from swm.store.bulk import BulkHistory
from swm.store.founding import POLICY_FOLDERS
from swm.store.identity import Identity, Person
from swm.store.ledger import Ledger, find
from swm.store.writing import commit_message, found, record

TODAY = date(2026, 11, 20)
LEDGER = Path(__file__).parents[2] / "ledger"
OPEN = {"待核查", "待整治", "清理中", "搬迁中", "整改中", "执法中"}


class Notes:
    """A history that keeps what the tests ask about."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.commits: list[tuple[datetime, Person, str, tuple[str, ...]]] = []

    def commit(
        self, when: datetime, who: Person, message: str, contents: Mapping[str, bytes]
    ) -> None:
        self.files.update(contents)
        self.commits.append((when, who, message, tuple(contents)))


def played(enterprises: int, months: int, seed: int, today: date = TODAY) -> tuple[Stage, Notes]:
    notes = Notes()
    return township.perform(notes, enterprises, months, seed, today), notes


def enterprises(stage: Stage, notes: Notes) -> list[Enterprise]:
    paths = sorted(p for p in notes.files if p.startswith("企业/"))
    return [stage.enterprise(Path(p).stem) for p in paths]


def all_premises(stage: Stage, notes: Notes) -> list[Premises]:
    paths = sorted(p for p in notes.files if p.startswith("厂房/"))
    return [stage.premises(Path(p).stem) for p in paths]


@pytest.fixture(scope="module")
def default() -> tuple[Stage, Notes]:
    return played(40, 12, 0)


@pytest.fixture(scope="module")
def policy(default: tuple[Stage, Notes]) -> Policy:
    return default[0].policy


# --- the same as the real thing -----------------------------------------------------------------


class Witness(Stage):
    """Performs each deed twice: by the real ledger's write protocol, and in memory."""

    ledger: Ledger

    def found(self, at: datetime, clerk: str, change: Change, files: Mapping[str, bytes]) -> None:
        root = self._history.root  # type: ignore[attr-defined]
        when = at.replace(tzinfo=self.settings.zone)
        found(root, files, change.subject, who=_identity(clerk), when=when)
        self.ledger = Ledger(root)
        super().found(at, clerk, change, files)

    def perform(self, deed: Deed) -> Change:
        when = deed.at.replace(tzinfo=self.settings.zone)
        who = _identity(deed.clerk)
        recorded = record(self.ledger, deed.decide, who=who, when=when)
        change = super().perform(deed)
        assert recorded.change == change
        return change


def _identity(clerk: str) -> Identity:
    return Identity(person(clerk), person(clerk))


class Nowhere:
    """Knows where the real ledger lies; keeps nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def commit(
        self, when: datetime, who: Person, message: str, contents: Mapping[str, bytes]
    ) -> None:
        pass


def _head(root: Path) -> str:
    command = ["git", "-C", str(root), "rev-parse", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_bulk_history_is_what_the_write_protocol_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commit ids hold everything: trees, messages, people, moments, order."""
    bulk, real = tmp_path / "bulk", tmp_path / "real"
    with BulkHistory(bulk) as history:
        made = township.perform(history, 6, 2, 3, TODAY)
    monkeypatch.setattr(township, "Stage", Witness)
    stage = township.perform(Nowhere(real), 6, 2, 3, TODAY)
    assert stage.commits == made.commits > 30
    assert _head(bulk) == _head(real)


def test_pages_are_what_the_splicing_writer_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file after every command, byte for byte."""
    texts: dict[str, str] = {}
    seen: Counter[str] = Counter()

    class Spliced(Stage):
        def found(
            self, at: datetime, clerk: str, change: Change, files: Mapping[str, bytes]
        ) -> None:
            texts["swm.yaml"] = files["swm.yaml"].decode()
            super().found(at, clerk, change, files)

        def perform(self, deed: Deed) -> Change:
            change = deed.decide(self)
            for path, edits in change.files.items():
                texts[path] = yamltext.apply(texts.get(path, ""), edits, path)
            super().perform(Deed(deed.at, deed.clerk, lambda _: change))
            for path in change.files:
                written = self._settings_text if path == "swm.yaml" else self._pages[path].text
                assert written == texts[path], change.subject
            seen[change.verb] += 1
            return change

    monkeypatch.setattr(township, "Stage", Spliced)
    played(41, 9, 5)
    assert set(seen) == {
        "add", "edit", "assign", "inspect", "advance", "serve", "correct", "undo",
        "premises add", "premises owner", "premises tenant", "letter add",
        "activity add", "activity zero", "score enter",
        "patrol add",
        "duty set",
        "dispose", "dispose done", "transfer", "transfer answer",
        "letter void",
        "premises notice", "premises clear", "premises reported",
        "admit", "admit supplement", "admit decide",
        "village add", "village rename", "village merge",
        "complaint add", "complaint verify", "complaint hand", "complaint link",
        "complaint extend", "complaint answer", "complaint close",
    }  # fmt: skip


def test_what_is_kept_typed_reads_back_from_the_text(default: tuple[Stage, Notes]) -> None:
    stage, notes = default
    from swm.store.writing import read_file

    for path, data in notes.files.items():
        if path.startswith(("企业/", "厂房/")):
            kept = (
                stage.enterprise(Path(path).stem)
                if path.startswith("企业/")
                else stage.premises(Path(path).stem)
            )
            assert read_file(path, data.decode()) == kept


def test_the_same_arguments_give_the_same_ledger(tmp_path: Path) -> None:
    heads = set()
    for name in ("one", "two"):
        township.play(tmp_path / name, 5, 2, 9, TODAY)
        heads.add(_head(tmp_path / name))
    assert len(heads) == 1
    township.play(tmp_path / "other", 5, 2, 10, TODAY)
    assert _head(tmp_path / "other") not in heads


def test_play_leaves_a_clean_working_copy(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    made = township.play(tmp_path / "town", 5, 2, 1, TODAY, lambda a, b: steps.append((a, b)))
    ledger = Ledger(tmp_path / "town")
    assert ledger.dirty() == []
    assert ledger.snapshot().settings.town == "俵口镇"
    assert len(ledger.snapshot().enterprise_ids) == 5
    assert len(ledger.history()) == made.commits
    assert steps[-1][0] == steps[-1][1] and steps == sorted(steps)
    assert str(made.commits) in str(made)


def test_play_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    with pytest.raises(Refused):
        township.play(tmp_path, 5, 2, 1, TODAY)
    assert [p.name for p in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(("count", "months"), [(0, 12), (40, 0), (10**6, 12), (40, 10**4)])
def test_play_refuses_numbers_out_of_reason(tmp_path: Path, count: int, months: int) -> None:
    with pytest.raises(Refused):
        township.play(tmp_path / "town", count, months, 1, TODAY)
    assert not (tmp_path / "town").exists()


def test_a_crash_leaves_no_half_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Falling(Stage):
        def perform(self, deed: Deed) -> Change:
            if self.commits == 20:
                raise KeyboardInterrupt
            return super().perform(deed)

    monkeypatch.setattr(township, "Stage", Falling)
    with pytest.raises(KeyboardInterrupt):
        township.play(tmp_path / "town", 6, 2, 1, TODAY)
    assert Ledger(tmp_path / "town").repo.head() is None


# --- what is in it ------------------------------------------------------------------------------


def test_every_state_and_every_act_occurs(default: tuple[Stage, Notes], policy: Policy) -> None:
    all = enterprises(*default)
    assert len(all) == 40
    assert {e.remediation.state for e in all} == {s.name for s in policy.workflow.states}
    acts = {r.action for e in all for r in e.records if isinstance(r, Act)}
    assert acts == {a.name for a in policy.workflow.actions if a.level != "区"}
    targets = {(r.action, r.after) for e in all for r in e.records if isinstance(r, Act)}
    assert {("销号", "已取缔"), ("销号", "已搬迁"), ("销号", "已整改")} <= targets
    villages = {v.name for v in default[0].settings.villages}
    assert {e.village for e in all} == villages - {ADDED[0]}  # the new one has nothing
    assert len(villages) == 14


@pytest.mark.parametrize("today", ["2026-11-20", "2026-10-06", "2026-02-22", "2027-08-01"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_from_twenty_and_six_months_every_open_state_is_there(seed: int, today: str) -> None:
    """Also where the play ends in a long holiday, or in a year whose holidays are not known."""
    stage, notes = played(20, 6, seed, date.fromisoformat(today))
    assert {e.remediation.state for e in enterprises(stage, notes)} >= OPEN


def test_complaints_come_from_everywhere_and_end_in_every_way(default: tuple[Stage, Notes]) -> None:
    stage, _ = default
    cases = [stage.filed(Complaint, id) for id in stage.ids(COMPLAINT)]
    assert {c.received.source for c in cases} == set(SOURCES)
    assert {c.verified.conclusion for c in cases if c.verified} == set(CONCLUSIONS)
    assert {a.way for c in cases for a in c.answers} >= {"电话", "书面", "回复交办单位"}
    assert {a.satisfied for c in cases for a in c.answers} == {True, False, None}
    assert any(c.received.duplicate_of for c in cases)
    assert any(c.closed and c.deadline and c.closed.on > c.deadline for c in cases)
    types = {r.type for c in cases for r in c.records}
    assert types == {"收件", "转办", "关联", "核查", "延期", "答复", "办结"}
    assert {c.state for c in cases} == {"待核查", "办理中", "已办结"}
    assert any(c.true and not c.received.contact for c in cases)


def test_a_complaint_led_to_a_listing_and_another_to_a_second_look(
    default: tuple[Stage, Notes],
) -> None:
    all = enterprises(*default)
    led = [e for e in all for r in e.records if isinstance(r, Registration) and r.complaint]
    assert {e.source for e in led} >= {"群众举报"}
    assert any(r.action == "列入" for e in led for r in e.records if isinstance(r, Act))
    again = [
        (e, r) for e in all for r in e.records if isinstance(r, Act) and r.action == "重新核查"
    ]
    assert again
    for enterprise, act in again:
        leads = {r.number for r in enterprise.records if isinstance(r, Lead)}
        assert leads & set(act.relied)


def test_no_guard_of_any_act_fails(default: tuple[Stage, Notes], policy: Policy) -> None:
    for enterprise in enterprises(*default):
        assert violations(enterprise, policy) == []
        now = standing(enterprise, policy)
        assert now.remediation() == enterprise.remediation


def test_eight_to_fourteen_records_an_enterprise(default: tuple[Stage, Notes]) -> None:
    assert 8 <= default[0].records / 40 <= 14


def test_open_ends_wait_on_the_desk(default: tuple[Stage, Notes], policy: Policy) -> None:
    all = enterprises(*default)
    now = [standing(e, policy) for e in all]
    assert any(s.overdue(TODAY, policy) for s in now)
    assert any(s.awaiting_service for s in now)
    assert any(pending(e, policy) for e in all)
    assert any(s.deadline and s.deadline >= TODAY and (s.deadline - TODAY).days <= 30 for s in now)
    assert any(s.round == 2 for s in now)
    assert any(e.remediation.former_category for e in all)


def test_what_happens_in_a_town_happens(default: tuple[Stage, Notes], policy: Policy) -> None:
    all = enterprises(*default)
    records = [r for e in all for r in e.records]
    visits = [r for r in records if isinstance(r, Visit)]
    kinds = {v.kind for v in visits}
    assert kinds == {"日常", "夜查", "核查", "复查", "回头看", "验收", "村级排查"}
    assert {v.verdict for v in visits if v.kind == "验收"} == {"通过", "不通过"}
    assert any(v.not_applicable for v in visits) and any(v.undone for v in visits)
    assert any((v.entered_on - v.on).days >= 3 for v in visits)
    assert any(isinstance(r, Opening) and r.delisted_on and r.delisted_on.year == 2018
               for r in records)  # fmt: skip
    assert {type(r) for r in records} >= {Alteration, Correction, Withdrawal}
    outcomes = {r.outcome for r in records if isinstance(r, Act) and r.outcome}
    assert outcomes >= {"完成", "部分完成", "中止"}


def test_unlawful_production_was_reported_at_once(
    default: tuple[Stage, Notes], policy: Policy
) -> None:
    from swm.domain.fold import fold

    found = [
        step.record
        for e in enterprises(*default)
        for step in fold(e.records, policy)
        if isinstance(step.record, Visit) and unlawful(step.record, step.before, policy)
    ]
    raids = [v for v in found if v.kind == "夜查"]
    assert raids and all(v.police_at and v.reported_at for v in raids)


def test_four_night_patrols_a_month(default: tuple[Stage, Notes]) -> None:
    visits = {
        (v.on, v.leader)
        for e in enterprises(*default)
        for v in e.records
        if isinstance(v, Visit) and v.kind == "夜查"
    }
    months = Counter(on.replace(day=1) for on, _ in visits)
    whole = {month for month in months if date(2025, 12, 1) <= month < date(2026, 11, 1)}
    assert len(whole) == 11 and min(months[m] for m in whole) >= 3


def test_letters_in_force_missing_doubtful_and_running_out(default: tuple[Stage, Notes]) -> None:
    places = all_premises(*default)
    assert letters.missing(places, TODAY)
    assert letters.expiring(places, TODAY, 30)
    assert any(letters.doubtful(x, p, TODAY) for p in places for x in p.letters)
    assert any(x.until and x.until < TODAY for p in places for x in p.letters)
    needed = [p for p in places if letters.needs_letter(p, TODAY)]
    bound = [p for p in needed if any(letters.in_force(x, p, TODAY) for x in p.letters)]
    assert len(bound) > len(needed) / 3
    assert any(len(p.owners) > 1 for p in places) and any(len(p.tenants) > 1 for p in places)


def test_look_backs_are_mostly_in_time_some_late_some_missing_at_the_end(
    default: tuple[Stage, Notes], policy: Policy
) -> None:
    base = default[0].settings.opening_date
    found = [
        each
        for e in enterprises(*default)
        for watch in watches(e, policy, base)
        for each in watch.look_backs
        if each.due < TODAY
    ]
    late = sum(each.late for each in found)
    missing = sum(each.done is None for each in found)
    assert late and missing and len(found) - late - missing > 3 * (late + missing)
    assert {each.name for each in found} >= {"第一次", "第三次", "10月", "1月"}


def test_everybody_has_a_role_and_one_passes_all_of_it_on(default: tuple[Stage, Notes]) -> None:
    stage, notes = default
    held = [a for e in enterprises(stage, notes) for a in e.assignments]
    assert {a.role for a in held} == set(ROLES)
    handed = [message for *_, message, _ in notes.commits if "更换责任人" in message]
    assert len(handed) == 1
    ends = {p.name: p.until for p in stage.settings.people if p.until}
    assert {a.until for a in held if a.person in ends} == set(ends.values())


def test_a_village_is_merged_late_and_takes_no_new_enterprise(default: tuple[Stage, Notes]) -> None:
    stage, notes = default
    [merged] = [v for v in stage.settings.villages if v.name == MERGED[0]]
    assert merged.merged_into == MERGED[1]
    assert merged.until == date(2026, 10, 31)
    for enterprise in enterprises(stage, notes):
        if enterprise.village == merged.name:
            assert enterprise.records[0].on <= merged.until


# --- how it looks -------------------------------------------------------------------------------


def test_office_hours_and_nights(default: tuple[Stage, Notes], policy: Policy) -> None:
    commits = default[1].commits
    moments = [when for when, *_ in commits]
    assert moments == sorted(moments)
    assert {m.utcoffset().seconds for m in moments} == {8 * 3600}  # type: ignore[union-attr]
    assert moments[0].date() <= date(2025, 11, 24) and moments[-1].date() == TODAY
    for when, _, message, _ in commits:
        at_night = "夜查" in message.partition("\n")[0]
        assert at_night or policy.calendar.is_workday(when.date()), message
        assert at_night or 8 <= when.hour <= 18, message


def test_messages_hold_no_phone_and_no_citizen(default: tuple[Stage, Notes]) -> None:
    stage, notes = default
    words = "\n".join(message for _, _, message, _ in notes.commits)
    for enterprise in enterprises(stage, notes):
        assert enterprise.phone and enterprise.phone not in words
        assert enterprise.operator and enterprise.operator not in words
    assert "Swm-Verb: inspect" in words


def test_every_commit_has_the_trailers_of_its_verb(default: tuple[Stage, Notes]) -> None:
    change = Change(verb="add", subject="登记", files={})
    tail = commit_message(change).rpartition("\n\n")[2].splitlines()[0]
    assert all(
        message.rpartition("\n\n")[2].startswith(tail) for *_, message, _ in default[1].commits
    )


def test_names_for_ten_thousand() -> None:
    from random import Random

    names, rng = Names(Random(1)), Random(2)
    firms = [names.firm("俵口村", rng.choice(("家具厂", "注塑厂"))) for _ in range(900)]
    people = [names.operator() for _ in range(10_000)]
    phones = [names.phone() for _ in range(20_000)]
    codes = [names.uscc() for _ in range(5_000)]
    for made in (firms, people, phones, codes):
        assert len(set(made)) == len(made)
    assert not any(doubt_uscc(code) for code in codes)
    assert not any(doubt_phone(phone) for phone in phones)


# --- the project's own sample ledger -------------------------------------------------------------


def test_papers_run_on_and_are_served_in_many_ways(default: tuple[Stage, Notes]) -> None:
    firms = enterprises(*default)
    acts = [r for e in firms for r in e.records if isinstance(r, Act)]
    numbers = [parsed(a.paper.number) for a in acts if a.paper]
    ours = [n.serial for n in numbers if n and n.code == "俵整" and n.year == 2026]
    assert sorted(ours) == list(range(1, len(ours) + 1)) and len(ours) > 10
    services = [r for e in firms for r in e.records if isinstance(r, Service)]
    assert {s.method for s in services} >= {"直接", "留置", "邮寄", "公告"}
    assert all(s.refusal for s in services if s.method == "留置")
    assert all(s.announced_on < s.on for s in services if s.announced_on)


def test_what_was_found_is_dealt_with_and_handed_over(default: tuple[Stage, Notes]) -> None:
    records = [r for e in enterprises(*default) for r in e.records]
    sent = [r for r in records if isinstance(r, Transfer)]
    answers = [r for r in records if isinstance(r, Reply)]
    assert sent and 0 < len([r for r in answers if r.answer]) < len(sent)
    assert any(isinstance(r, Disposal) and r.done_on for r in records)
    assert any(isinstance(r, DisposalDone) for r in records)
    joint = [r for r in records if isinstance(r, Act) and r.action == "联合执法"]
    assert {a.outcome for a in joint} >= {"完成", "部分完成", "中止", "改期"}
    assert all(a.reason and a.again_on for a in joint if a.outcome in ("中止", "改期"))
    assert any(a.done and a.done_by for a in joint)


def test_the_sample_ledger_is_what_the_generator_makes() -> None:
    """If this fails on purpose: `make sample`."""
    made = sample.sample_files()
    there = {
        path.relative_to(LEDGER).as_posix(): path.read_bytes()
        for path in LEDGER.rglob("*")
        if path.is_file() and path.parent.name != "制度"
    }
    assert sorted(there) == sorted(made)
    assert [path for path in made if made[path] != there[path]] == []


def test_its_rules_are_the_ones_that_ship() -> None:
    assert LEDGER / "制度" in POLICY_FOLDERS


def test_writing_the_sample_again_removes_what_is_gone(tmp_path: Path) -> None:
    stray = tmp_path / "企业" / "BK-00" / "BK-0099.yaml"
    stray.parent.mkdir(parents=True)
    stray.write_text("编号: BK-0099\n", "utf-8")
    rules = tmp_path / "制度" / "流程.yaml"
    rules.parent.mkdir()
    rules.write_text("mine\n", "utf-8")
    sample.write(tmp_path)
    assert not stray.exists() and rules.read_text("utf-8") == "mine\n"
    assert (tmp_path / "swm.yaml").read_bytes() == (LEDGER / "swm.yaml").read_bytes()


def test_person_is_nobody() -> None:
    assert stages.person("苗甲木").email.endswith(".invalid")


def test_the_draw_of_the_last_morning_can_be_repeated(tmp_path: Path) -> None:
    """双随机: the seed is the commit before; the same pool gives the same enterprises."""
    root = tmp_path / "town"
    township.play(root, 20, 6, 3, date(2026, 11, 20))
    ledger = find(root, root)
    last = ledger.snapshot()
    patrol = last.filed(Patrol, sorted(last.ids(PATROL))[-1])
    drawn = patrol.outing.drawn
    assert drawn and drawn.seed == ledger.history()[1].id
    sql = "SELECT id FROM enterprise WHERE state = :state ORDER BY serial"
    pool = [r["id"] for r in ledger.facts(drawn.seed).query(sql, {"state": drawn.scope})]
    lots = draw(drawn.seed, pool, drawn.count)
    assert {lot.id for lot in lots} == {call.enterprise for call in patrol.outing.calls}
