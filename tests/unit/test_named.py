"""Everybody whom a file names: by the field tables, and in what was written over or withdrawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from swm.domain import fields, records, settings
from swm.domain.fields import NAME, PERSON, TEXT, ListOf
from swm.domain.kinds import KINDS
from swm.domain.named import people_in
from swm.domain.records import Act, Alteration, Approval, Correction, Enterprise, Visit, Withdrawal
from swm.reports.audiences import people_named
from swm.store.facts import Facts
from tests import histories
from tests.committed import Committed
from tests.filed import Doc, day, firm, letter, registered, visit, yard

ON = day("03-02")


def enterprise(*held: records.Record, **profile: Any) -> Enterprise:
    now = records.Remediation(state="待整治")
    return Enterprise(
        id="BK-0001", name="闻家厂", village="俵口村", remediation=now, records=held, **profile
    )


def corrected(of: records.Record, **values: str) -> frozenset[str]:
    mended = Correction(number=2, type="更正", on=ON, of=1, values=values, reason="x")
    return people_in(enterprise(of, mended))


def a_visit(**more: Any) -> Visit:
    return Visit(number=1, type="巡查", on=ON, kind="日常", result="停产", **more)


def test_a_file_names_whoever_stands_in_a_field_for_people() -> None:
    found = people_in(
        enterprise(
            a_visit(
                people=("甲巡员", "乙巡员"),
                leader="丙领导",
                by=("丁录入",),
                licences={"戊执法": "津0001"},
                warrant=Approval(person="己批准"),
                found="庚某在场",
            ),
            operator="闻经营",
            note="辛某提供",
        )
    )
    assert found == {"甲巡员", "乙巡员", "丙领导", "丁录入", "戊执法", "己批准", "闻经营"}


def test_an_operator_of_the_past_is_named_and_a_former_name_of_the_firm_is_not() -> None:
    changed = [
        Alteration(number=n, type="变更", on=ON, item=item, old=old, new=new)
        for n, item, old, new in (
            (1, "经营者", "闻旧主", "夏新主"),
            (2, "名称", "旧厂名", "新厂名"),
        )
    ]
    assert people_in(enterprise(*changed)) == {"闻旧主", "夏新主"}
    assert corrected(changed[0], 原值="闻错写") == {"闻旧主", "夏新主", "闻错写"}


def test_a_correction_names_people_where_the_field_it_mends_does() -> None:
    seen = a_visit(people=("甲错记",))
    assert corrected(seen, 人员="甲巡员、乙巡员", 发现="丙某在场") >= {"甲错记", "甲巡员", "乙巡员"}
    assert "丙某在场" not in corrected(seen, 发现="丙某在场")
    assert corrected(seen, **{"检查批准.人": "己批准"}) == {"甲错记", "己批准"}
    assert corrected(seen, **{"检查批准.依据": "签批单"}) == {"甲错记"}
    assert corrected(seen, **{"执法证号.戊执法": "津0001"}) == {"甲错记", "戊执法"}
    joint = Act(number=1, type="动作", on=ON, action="联合执法", before="x", after="y")
    assert corrected(joint, **{"人员.综合执法队": "辛队员，壬队员", "人员.派出所": "3人"}) == {
        *("辛队员", "壬队员", "辛队员，壬队员")
    }


def test_what_was_withdrawn_is_named_still() -> None:
    gone = Withdrawal(number=2, type="撤销", on=ON, of=(1,))
    assert people_in(enterprise(a_visit(people=("甲巡员",)), gone)) == {"甲巡员"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("甲一", {"甲一"}),
        ("甲", set()),
        ("甲一、乙二", {"甲一、乙二", "甲一", "乙二"}),
        ("甲一（环保办）", {"甲一（环保办）", "甲一"}),
        ("阿里·巴巴", {"阿里·巴巴"}),
        ("3人", set()),
        ("环保办", set()),
        ("综合执法队", set()),
        ("派出所", set()),
        ("俵口村村民委员会", set()),
        ("俵口农机厂", set()),
        ("宁河区兴旺公司", set()),
        ("网格员", set()),
        ("镇长", set()),
        ("李建厂", {"李建厂"}),
        ("王所", {"王所"}),
        ("张会计", {"张会计"}),
    ],
)
def test_a_body_and_an_office_without_a_name_are_nobody(typed: str, names: set[str]) -> None:
    assert people_in(enterprise(operator=typed)) == names


# --- the field tables -----------------------------------------------------------------------------

OTHERS = frozenset({"承租人"})
"""Keys that read as a person and hold a firm."""


def tables() -> Iterator[type]:
    """Every record that a file may hold."""
    modules = [records, settings, *(import_module(f"swm.domain.{k.module}") for k in KINDS)]
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and dataclasses.is_dataclass(value):
                yield value


def test_every_field_that_reads_as_a_person_is_one() -> None:
    """A new field for people is not to be forgotten: its key says 人, 员, 姓名 or 领导."""
    words = ("人", "员", "姓名", "领导", "经办", "带队", "主持", "承办")
    for record in tables():
        for row in fields.table(record):
            kind = getattr(row.kind, "item", row.kind)
            if kind in (NAME, TEXT) and any(word in row.key for word in words):
                assert row.key in OTHERS, (record.__name__, row.key)


def test_lists_of_people_are_lists_of_names() -> None:
    assert fields.by_key(Visit)["人员"].kind == ListOf(PERSON)


# --- in the facts ---------------------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Committed:
    return Committed(tmp_path, histories.settings_text())


def everybody(ledger: Committed, files: dict[str, bytes]) -> frozenset[str]:
    snapshot = ledger.commit(files)
    return people_named(Facts.of(snapshot), snapshot.settings)


def altered(old: str, new: str) -> Doc:
    return {
        "类型": "变更",
        "日期": day("03-04"),
        "项目": "经营者",
        "原值": old,
        "新值": new,
        "性质": "变更登记",
    }


def test_the_facts_know_everybody_of_every_file(ledger: Committed) -> None:
    found = everybody(
        ledger,
        firm("BK-0001", registered("03-02"), altered("闻旧主", "夏新主"), 经营者="夏新主")
        | firm("BK-0002", registered("03-02"), visit("03-03", "日常", "停产", "甲巡员", "乙巡员"))
        | yard("CF-0001", letter(1, "02-01", 见证人=["见保甲"])),
    )
    assert {"闻旧主", "夏新主", "甲巡员", "乙巡员", "房大有", "见保甲"} <= found


def test_a_changed_file_changes_whom_it_names_and_no_other_does(ledger: Committed) -> None:
    one = firm("BK-0001", registered("03-02"), 经营者="闻旧主")
    other = firm("BK-0002", registered("03-02"), 经营者="闻旧主")
    assert "闻旧主" in everybody(ledger, one | other)
    assert "闻旧主" in everybody(ledger, firm("BK-0001", registered("03-02"), 经营者="夏新主"))
    found = everybody(ledger, firm("BK-0002", registered("03-02"), 经营者="秋三主"))
    assert "闻旧主" not in found and {"夏新主", "秋三主"} <= found


def test_who_is_named_in_the_settings_alone_is_known(tmp_path: Path) -> None:
    ledger = Committed(
        tmp_path, histories.settings_text() + "\n人员:\n  - {姓名: 石书记}\n".encode()
    )
    assert "石书记" in everybody(ledger, firm("BK-0001", registered("03-02")))
