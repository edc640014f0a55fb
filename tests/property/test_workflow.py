"""Whatever is played on an enterprise, in whatever order: its file stays true to its records.

`Office` itself asserts after every change that 整治 in the file is what the records add up to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swm.domain.fold import effective
from swm.domain.policy import Action
from swm.domain.records import Act, Approval, Record
from swm.domain.replay import rows_from, violations
from swm.errors import Missing, NotFound, Refused
from tests.office import Office

START = date(2026, 1, 5)
ITEMS = ("断水", "断电", "清原料", "清产品", "清设备", "停产", "断动力电", "无生产能力")
PROBLEMS = ("粉尘外逸", "无照喷漆")
CATEGORIES = ("关停取缔", "搬迁改造", "限期整改")
PLAYED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

ago = st.sampled_from((0, 0, 0, 0, 2, 7))


@st.composite
def visits(draw: st.DrawFn) -> dict[str, Any]:
    """A visit, some days ago, often with everything done."""
    kind = draw(st.sampled_from(("核查", "复查", "验收", "回头看", "日常")))
    told: dict[str, Any] = {
        "kind": kind,
        "result": draw(st.sampled_from(("在产", "停产", "已清空"))),
        "ago": draw(ago),
    }
    if kind == "验收":
        return {**told, "verdict": "通过"}
    told["done"] = {name: None for name in draw(st.sampled_from(((), ITEMS, ITEMS, ("断水",))))}
    told["undone"] = tuple(draw(st.sampled_from(((), (), ("断电",))))) if not told["done"] else ()
    told["problems"] = draw(st.sampled_from(((), PROBLEMS[:1], PROBLEMS)))
    return told


@st.composite
def acts(draw: st.DrawFn) -> dict[str, Any]:
    """Which of the acts that the state allows, and what its clerk may say about it."""
    return {
        "which": draw(st.integers(0, 11)),
        "ago": draw(st.sampled_from((0, 0, 0, 0, 3))),
        "at_once": draw(st.booleans()),
        "category": draw(st.sampled_from(CATEGORIES)),
        "days": draw(st.integers(1, 6)),
        "reason": draw(st.sampled_from(("误登记", "原因"))),
    }


def whole(told: dict[str, Any], row: Action, on: date) -> dict[str, Any]:
    """The act with all that its clerk could say, so that only facts can be missing."""
    said: dict[str, Any] = {
        "action": row.name,
        "on": on,
        "reason": told["reason"],
        "by": ("甲一", "乙二"),
        "moved_to": "外县",
        "method": "自行清理",
        "criteria": ("2",),
        "departments": ("甲所", "乙队"),
        "nature": "协助清理",
        "outcome": "中止",
        "note": "领导小组决定",
    }
    if row.name in ("调整类别", "列入", "回潮"):
        said["category"] = told["category"]
    if row.paper or row.name == "延期":
        said["days"] = told["days"]
    if row.paper:
        said |= {"doc_no": "1号", "served": on if told["at_once"] else None}
    return said


@st.composite
def corrections(draw: st.DrawFn) -> dict[str, Any]:
    """A correction of some record, sensible or not."""
    day = (START + timedelta(days=draw(st.integers(-3, 40)))).isoformat()
    values = draw(
        st.sampled_from(
            (
                {"日期": day},
                {"文书.送达日期": day},
                {"期限": day},
                {"期限日数.日数": "9"},
                {"已完成": "断水"},
                {"问题": ""},
                {"人员": "甲一"},
                {"类别": "搬迁改造"},
            )
        )
    )
    return {"number": draw(st.integers(1, 14)), "values": values}


moves = st.one_of(
    st.tuples(st.just("obey"), acts()),
    st.tuples(st.just("obey"), acts()),
    st.tuples(st.just("act"), acts()),
    st.tuples(st.just("wait"), st.integers(1, 12)),
    st.tuples(st.just("visit"), visits()),
    st.tuples(st.just("serve"), st.integers(0, 2)),
    st.tuples(st.just("correct"), corrections()),
    st.tuples(st.just("undo"), st.none()),
)
firms = st.one_of(
    st.sampled_from((*CATEGORIES, None)).map(lambda c: (c, None)),
    st.tuples(
        st.sampled_from(CATEGORIES),
        st.sampled_from(
            ("清理中", "搬迁中", "整改中", "执法中", "已取缔", "已整改", "不予列入")
        ).map(lambda state: {"状态": state}),
    ),
)


def play(office: Office, move: str, told: Any) -> None:
    """One move; days count back from the office's today."""
    if move == "wait":
        office.today += timedelta(days=told)
    elif move == "visit":
        told = dict(told)
        office.visit(on=office.today - timedelta(days=told.pop("ago")), **told)
    elif move in ("act", "obey"):
        rows = [r for r in rows_from(office.policy, office.standing) if may_play(r, office, told)]
        if rows:
            row = rows[told["which"] % len(rows)]
            said = whole(told, row, office.today - timedelta(days=told["ago"]))
            advance(office, said, obeying=move == "obey")
    elif move == "serve":
        waiting = office.standing.awaiting_service or 2
        office.serve(waiting, on=office.today - timedelta(days=told))
    elif move == "correct":
        records = office.enterprise.records
        values = {name.replace(".", "__"): value for name, value in told["values"].items()}
        office.correct(records[told["number"] % len(records)].number, **values)
    elif len(office.enterprise.records) > 1:
        office.undo()


def may_play(row: Action, office: Office, told: dict[str, Any]) -> bool:
    """Orders of the wrong category seldom, and seldom 核减, after which nothing happens."""
    fits = row.category in (None, office.standing.category) or row.name == "转取缔"
    return told["which"] == 11 or (fits and row.name != "核减")


def advance(office: Office, said: dict[str, Any], *, obeying: bool) -> None:
    """The act; by a clerk who obeys, what the refusal asks for instead."""
    try:
        office.act(**said)
    except Refused as why:
        if not (obeying and why.missing):
            raise
        Obedient(office, said["action"], said).obey(why.missing[0])


@given(firms, st.lists(moves, min_size=4, max_size=25))
@PLAYED
def test_whatever_is_played_the_file_stays_true(firm: tuple[Any, Any], played: list[Any]) -> None:
    category, opening = firm
    office = Office(category, START, opening=opening)
    for move, told in played:
        before, texts = office.enterprise.records, dict(office.texts)
        try:
            play(office, move, told)
        except (Refused, NotFound) as why:
            assert office.texts == texts, "a refusal changes nothing"
            missing = getattr(why, "missing", ())
            assert missing or why.hint, f"{why.message} says neither what is missing nor what to do"
            assert all(m.text for m in missing)
            continue
        after = office.enterprise.records
        assert after[: len(before)] == before, "records only grow"
        assert [r.number for r in after] == list(range(1, len(after) + 1))
        assert violations(office.enterprise, office.policy) == []
        holds_together(effective(after), office)


def holds_together(records: list[Record], office: Office) -> None:
    """What must be so of any history that was accepted."""
    now = office.standing
    acts = [r for r in records if isinstance(r, Act)]
    assert now.round == 1 + sum(act.action == "回潮" for act in acts)
    assert (now.delisted_on is not None) == office.policy.state(now.state).delisted
    if now.awaiting_service is not None or not office.policy.state(now.state).open:
        assert not now.overdue(date(2030, 1, 1), office.policy)
    if now.state == "待整治":
        assert now.deadline is None and now.awaiting_service is None and now.category


# --- a clerk who only does what the refusals say ----------------------------------------------


@dataclass
class Obedient:
    """Types every command that a refusal names, placeholders replaced, and tries again."""

    office: Office
    action: str
    told: dict[str, Any] = field(default_factory=dict)

    def succeed(self, tries: int = 12) -> int:
        """The number of refusals until the act was recorded."""
        for refusals in range(tries):
            try:
                self.office.act(self.action, **self.told)
                return refusals
            except Refused as why:
                assert why.missing, why.message
                for missing in why.missing:
                    self.obey(missing)
        pytest.fail(f"{self.action}: obeying does not help")

    def obey(self, missing: Missing) -> None:
        command = missing.command
        if command.startswith("swm inspect"):
            self.inspect(command)
        elif command.startswith(f"swm advance BK-0001 {self.action} "):
            self.told |= answers(self.office, command)
        elif command.startswith("swm advance BK-0001 "):
            self.office.act(command.split()[3], **answers(self.office, command))
        elif command.startswith("swm serve"):
            self.office.serve(int(command.split()[3]))
        elif command.endswith("次日起再办"):
            self.office.today = date.fromisoformat(command[:10]) + timedelta(days=1)
        elif command.startswith("swm correct"):
            self.office.correct(int(command.split()[3]), 期限=str(self.office.today))
        else:
            pytest.fail(f"nobody can type “{command}”")

    def inspect(self, command: str) -> None:
        words = dict(re.findall(r'--([a-z]+)(?: "?([^-"\s][^"\s]*)"?)?', command))
        item, _, measure = words.get("done", "").partition("=")
        self.office.visit(
            words["kind"],
            words["result"],
            people=tuple(words["by"].split(",")),
            done={item: measure or None} if item else {},
            problems=(words["problem"],) if "problem" in words else (),
            solved=(words["solved"],) if "solved" in words else (),
            verdict="通过" if "pass" in words else "不通过" if "fail" in words else None,
        )


def answers(office: Office, command: str) -> dict[str, Any]:
    """What the options of an advance command mean, their first choice taken."""
    told: dict[str, Any] = {}
    for option, value in re.findall(r'--([a-z-]+) "?([^"\s]+)"?', command):
        first = value.split("/")[0]
        match option:
            case "days":
                told["days"] = int(first)
            case "deadline":
                told["deadline"] = office.today + timedelta(days=400)
            case "criteria" | "dept" | "by":
                key = {"dept": "departments"}.get(option, option)
                told[key] = tuple(first.split(","))
            case "reason" if "另一企业" in command:
                told |= {"reason": first, "related": "BK-0002"}
            case "approver":
                told["approval"] = Approval(person=first, on=office.today)
            case "doc-name" | "doc-no" | "moved-to":
                told[option.replace("-", "_")] = first
            case _:
                told[option] = first
    return told


ROADS = {
    "关停取缔": ["限期清理", "联合执法", "销号", "回潮", "限期清理", "销号"],
    "搬迁改造": ["限期搬迁", "延期", "转取缔", "联合执法", "销号", "核减"],
    "限期整改": ["限期整改", "转取缔", "销号", "回潮", "销号"],
    None: ["查否", "重新核查", "列入", "限期清理", "调整类别", "限期搬迁", "销号", "回潮"],
}


@pytest.mark.parametrize("category", ROADS, ids=str)
@pytest.mark.parametrize("shared", [(), ("水", "电")], ids=["", "与居民合用"])
def test_whoever_obeys_the_refusals_gets_there(
    category: str | None, shared: tuple[str, ...]
) -> None:
    office = Office(category, START, **({"与居民合用": list(shared)} if shared else {}))
    for action in ROADS[category]:
        office.today += timedelta(days=1)
        refusals = Obedient(office, action).succeed()
        assert office.standing.last_act.action == action  # type: ignore[union-attr]
        assert refusals <= 5
    assert violations(office.enterprise, office.policy) == []
