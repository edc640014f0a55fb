"""Each check finds what it is there for, says where it stands, and is silent on a sound ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from swm.domain.admissionrecords import Admission, Reason, Review, Supplement
from swm.domain.checks import CHECKS, explain, run
from swm.domain.contents import Contents, contents
from swm.domain.fields import fragment
from swm.domain.records import (
    Act,
    Assignment,
    Clearing,
    Enterprise,
    Letter,
    Owner,
    Paper,
    Premises,
    Record,
    Registration,
    Remediation,
    Service,
    Tenant,
    Term,
    Visit,
    Withdrawal,
)
from swm.domain.tree import Node
from swm.errors import ERROR, REMINDER, Finding, NotFound, Unreadable
from swm.store.yamltext import dump, parse
from tests.policy_fixture import enterprise, policy, premises, settings

TODAY = date(2026, 3, 4)
PATH = "企业/BK-00/BK-0001.yaml"
PHOTO = "ab" * 32


def ledger(
    *records: Enterprise | Premises | Admission,
    texts: dict[str, str] | None = None,
    attachments: tuple[str, ...] = (),
    today: date = TODAY,
) -> Contents:
    """What the checks see of these records, and of files given as text."""
    trees: dict[str, Node] = {}
    broken: list[Finding] = []
    files = {r.path: dump(fragment(r)) for r in records} | (texts or {})
    for path, text in files.items():
        try:
            trees[path] = parse(text.encode(), path)
        except Unreadable as bad:
            broken += bad.findings
    return contents(trees, settings(), policy(), today, attachments=attachments, broken=broken)


def found(check: str, *records: Enterprise | Premises | Admission, **more: object) -> list[str]:
    """`place：message` of every finding; each says on which line it stands."""
    seen = ledger(*records, **more)  # type: ignore[arg-type]
    findings = run(seen, [check])
    assert all(f.code == check and f.line for f in findings)
    return [f"{f.field}：{f.message}" for f in findings]


def later(*records: Record, **remediation: object) -> Enterprise:
    """The firm of the fixture with more records."""
    firm = enterprise()
    values = {"category": "关停取缔", "state": "待整治", **remediation}
    return enterprise(records=(*firm.records, *records), remediation=Remediation(**values))  # type: ignore[arg-type]


ORDER = Act(
    number=2,
    type="动作",
    on=date(2026, 1, 6),
    action="限期清理",
    before="待整治",
    after="清理中",
    criteria=("2",),
    term=Term(days=15, unit="工作日"),
    paper=Paper(name="限期清理告知书", number="俵整〔2026〕1号"),
)
SERVED = Service(
    number=3,
    type="送达",
    on=date(2026, 1, 6),
    of=2,
    method="直接",
    deadline=date(2026, 1, 27),
)
VISIT = Visit(
    number=2, type="巡查", on=date(2026, 1, 6), kind="日常", result="停产", people=("甲一",)
)


ANSWERED = (
    Assignment(role="镇包保领导", person="孟带班"),
    Assignment(role="村责任人", person="甲一"),
)


def sound() -> list[Enterprise | Premises]:
    first = later(ORDER, SERVED, state="清理中", deadline=date(2026, 1, 27))
    return [
        replace(first, assignments=ANSWERED),
        enterprise(
            id="BK-0002",
            name="白庙板材厂",
            village="白庙村",
            premises="CF-0001",
            assignments=ANSWERED,
        ),
        premises(
            tenants=(Tenant(name="BK-0002"), Tenant(name="甲仓库")),
            letters=(Letter(number="BZ-2026-0001", landlord="房大有", on=TODAY),),
        ),
    ]


def test_a_sound_ledger_has_no_finding() -> None:
    assert run(ledger(*sound())) == []


def test_every_check_explains_itself_and_an_unknown_one_names_them_all() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    text = explain()
    assert all(f"{c.name}：{c.promise}" in text and c.explanation in text for c in CHECKS)
    assert explain(["整治"]).startswith("整治：")
    for call in (lambda: run(ledger(), ["整齐"]), lambda: explain(["整齐"])):
        with pytest.raises(NotFound) as caught:
            call()
        assert "整治" in caught.value.hint


def test_all_checks_run_and_all_findings_are_listed() -> None:
    wrong = enterprise(village="甲村", uscc="1", remediation=Remediation(state="已取缔"))
    codes = [f.code for f in run(ledger(wrong))]
    assert codes == ["整治", "整治", "引用", "包保", "代码和电话"]


def test_unreadable_files_are_named_and_the_rest_is_still_checked() -> None:
    texts = {
        "企业/BK-00/BK-0008.yaml": "编号: BK-0008\n名称: 甲厂\n村: 俵口村\n点话: 1\n",
        "企业/BK-00/BK-0009.yaml": "编号: [BK-0009\n",
    }
    seen = ledger(enterprise(village="甲村", assignments=ANSWERED), texts=texts)
    findings = run(seen)
    assert {f.path[-12:] for f in findings[:4]} == {"BK-0008.yaml", "BK-0009.yaml"}
    assert any(f.field == "点话" and f.line == 4 for f in findings)
    assert findings[-1].message == "村名册里没有“甲村”"


def test_the_rules_themselves_are_proven() -> None:
    seen = ledger()
    merged = replace(settings().villages[0], until=TODAY, merged_into="甲村")
    bad = replace(seen, settings=settings(villages=(merged,)))
    assert [(f.code, f.message) for f in run(bad, ["制度"])] == [("制度", "并入的“甲村”不在名册里")]


def test_a_file_lies_where_its_id_says() -> None:
    text = dump(fragment(enterprise()))
    copied = "企业/BK-00/BK-0002.yaml"
    (finding,) = run(ledger(enterprise(), texts={copied: text}), ["路径"])
    assert (finding.path, finding.line, finding.level) == (copied, 1, ERROR)
    assert finding.message == f"编号是 BK-0001，文件应在 {PATH}"
    assert found("路径", texts={"厂房/CF-01/CF-0001.yaml": dump(fragment(premises()))})


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((2, 3), None),
        ((2, 2), "第2条写了两次"),
        ((3,), "缺少第2条"),
        ((5,), "缺少第2条至第4条"),
        ((3, 2), "缺少第2条|第2条写在第3条之后"),
    ],
)
def test_numbers_grow_one_by_one(numbers: tuple[int, ...], message: str | None) -> None:
    firm = later(*(replace(VISIT, number=n) for n in numbers))
    expected = [f"记录：{m}" for m in message.split("|")] if message else []
    assert found("序号", firm) == expected


def test_references_point_back_and_days_make_sense() -> None:
    firm = later(
        replace(VISIT, entered=date(2026, 1, 5)),
        replace(SERVED, of=9),
        Withdrawal(number=4, type="撤销", on=date(2026, 3, 5), of=(2, 4)),
    )
    assert found("记录", firm) == [
        "第2条.录入：录入 2026-01-05 早于发生的 2026-01-06",
        "第3条.送达记录：没有在前的第9条",
        "第4条.日期：2026-03-05 晚于今天（2026-03-04）",
        "第4条.撤销记录：没有在前的第4条",
    ]


def test_the_first_record_registers_and_no_other_does() -> None:
    again = replace(enterprise().records[0], number=2)
    assert found("记录", later(again)) == ["第2条.类型：只能是第一条"]
    firm = enterprise(records=(replace(VISIT, number=1),), remediation=Remediation(state="待核查"))
    assert found("记录", firm) == ["第1条.类型：第一条应是登记或期初，不是巡查"]


def test_the_printed_copy_is_compared_line_by_line() -> None:
    firm = later(
        ORDER, SERVED, state="待整治", deadline=date(2026, 12, 31), former_category="搬迁改造"
    )
    findings = run(ledger(firm), ["整治"])
    assert [f.message for f in findings] == [
        "写的是“搬迁改造”，按记录应为“空”",
        "写的是“待整治”，按记录应为“清理中”",
        "写的是“2026-12-31”，按记录应为“2026-01-27”",
    ]
    text = dump(fragment(firm)).splitlines()
    lines = [text[f.line - 1].split(":")[0].strip() for f in findings if f.line]
    assert lines == ["原类别", "状态", "期限"]


def test_records_that_do_not_add_up_are_named_and_stop_no_other_check() -> None:
    firm = later(replace(ORDER, after="查封中"))
    assert found("整治", firm) == ["记录：没有“查封中”这个状态"]
    assert found("前提", firm) == found("期限", firm) == []


def test_an_act_written_into_the_file_by_hand_is_found() -> None:
    closed = Act(number=2, type="动作", on=TODAY, action="销号", before="待整治", after="已取缔")
    (finding,) = run(ledger(later(closed, state="已取缔")), ["前提"])
    assert "“销号”（2026-03-04）的前提不成立：1. 断水：未完成；2. 断电：未完成" in finding.message
    assert "swm inspect BK-0001" in finding.hint
    assert finding.field == "第2条" and finding.line is not None
    assert found("前提", *sound()) == []


def test_villages_grids_premises_and_tenants_exist() -> None:
    firm = enterprise(village="俵口", grid="俵口村-9", premises="CF-0005")
    place = premises(village="小白庙村", tenants=(Tenant(name="BK-0009"), Tenant(name="甲")))
    findings = run(ledger(firm, place), ["引用"])
    assert [(f.level, f.field, f.message) for f in findings] == [
        (ERROR, "村", "村名册里没有“俵口”"),
        (REMINDER, "网格", "名册里没有“俵口村-9”这个网格"),
        (ERROR, "厂房", "没有编号为 CF-0005 的厂房"),
        (REMINDER, "村", "“小白庙村”已并入白庙村，统计时计入白庙村"),
        (ERROR, "承租[1].名称", "没有编号为 BK-0009 的企业"),
    ]
    assert "俵口村" in findings[0].hint


def test_letters_are_signed_by_owners_and_numbered_once() -> None:
    sold = premises(
        owners=(Owner(name="房大有", until=date(2026, 2, 1)), Owner(name="乙", since=TODAY)),
        letters=(
            Letter(number="BZ-2026-0001", landlord="房大有", on=date(2026, 1, 5)),
            Letter(number="BZ-2026-0002", landlord="房大有", on=TODAY),
            Letter(number="BZ-2026-0002", landlord="乙", on=TODAY, until=date(2026, 3, 1)),
        ),
    )
    other = premises(
        id="CF-0002",
        letters=(
            Letter(number="BZ-2026-0001", landlord="房大有", on=date(2026, 1, 6)),
            Letter(number="BZ-2026-0003", landlord="房大有", on=TODAY),
        ),
    )
    shared = premises(id="CF-0003", letters=(other.letters[1],))
    assert found("保证书", sold, other, shared) == [
        "保证书[2].签订人：房大有在签订当日（2026-03-04）不是房东",
        "保证书[3].编号：BZ-2026-0002 在本厂房写了两次",
        "保证书[3].有效期至：2026-03-01 早于签订日期 2026-03-04",
        "保证书[1].编号：BZ-2026-0001 与 厂房/CF-00/CF-0001.yaml 里的不是同一份",
    ]


def test_doubtful_and_shared_numbers_are_only_reminders() -> None:
    removed = Remediation(state="已核减")
    firms = [
        enterprise(phone="13800000000、13900000000", uscc="91350100M000100Y43"),
        enterprise(id="BK-0002", phone="139-0000-0000", uscc="91350100M000100Y43"),
        enterprise(id="BK-0003", phone="13800000000", remediation=removed),
        enterprise(id="BK-0004", phone="12345"),
    ]
    findings = run(ledger(*firms), ["代码和电话"])
    assert {f.level for f in findings} == {REMINDER}
    assert [(f.path[-7:-5], f.field, f.message[:6]) for f in findings] == [
        ("02", "统一社会信用代码", "与 BK-0"),
        ("02", "电话", "与 BK-0"),
        ("04", "电话", "存疑：“12"),
    ]


def test_a_number_is_shared_rightly_by_the_same_operator_elsewhere() -> None:
    """The 登记 says from where: nothing is left to be asked; of a third it says nothing."""
    first = Registration(number=1, type="登记", on=TODAY, source="巡查发现")
    old = enterprise(phone="13800000000")
    for kin in ({"moved_from": "BK-0001"}, {"reborn_of": "BK-0001"}):
        there = enterprise(id="BK-0002", phone="13800000000", records=(replace(first, **kin),))
        assert run(ledger(old, there), ["代码和电话"]) == []
    other = enterprise(
        id="BK-0002", phone="13800000000", records=(replace(first, moved_from="BK-0009"),)
    )
    assert len(run(ledger(old, other), ["代码和电话"])) == 1


def test_photographs_are_there() -> None:
    firm = later(replace(VISIT, photos=(PHOTO,)))
    assert found("附件", firm) == [f"第2条.照片：附件里没有照片 {PHOTO[:12]}…"]
    assert found("附件", firm, attachments=(f"附件/ab/{PHOTO}.jpg",)) == []


def test_a_deadline_that_rests_on_unknown_holidays_is_a_reminder() -> None:
    served = replace(SERVED, on=date(2026, 12, 20), deadline=date(2027, 1, 8))
    firm = later(ORDER, served, state="清理中", deadline=date(2027, 1, 8))
    (finding,) = run(ledger(firm, today=date(2026, 12, 31)), ["期限"])
    assert finding.level == REMINDER and "2027年的放假安排还没有录入" in finding.message


def test_a_deadline_that_the_holidays_now_move_is_a_reminder() -> None:
    before_the_notice = replace(SERVED, on=date(2026, 2, 10), deadline=date(2026, 3, 3))
    firm = later(ORDER, before_the_notice, state="清理中", deadline=date(2026, 3, 3))
    (text,) = found("期限", firm)
    assert text.startswith("整治.期限：写的是 2026-03-03，按现有放假安排应为 2026-03-")


def test_a_deadline_given_as_a_day_or_not_yet_served_is_left_alone() -> None:
    as_a_day = replace(ORDER, term=None, deadline=date(2027, 5, 1))
    assert found("期限", later(as_a_day, state="清理中", deadline=date(2027, 5, 1))) == []
    assert found("期限", later(ORDER, state="清理中")) == []


def step(number: int, what: str, on: int, **more: object) -> Clearing:
    told = {"tenant": "BK-0001", **more}
    return Clearing(number=number, step=what, on=date(2026, 2, on), **told)  # type: ignore[arg-type]


def test_the_steps_of_a_clearing_are_whole_and_in_order() -> None:
    good = premises(clearings=(step(1, "停租告知", 2), step(2, "清退", 3), step(3, "报送", 3)))
    assert found("清退", enterprise(), good) == []
    gap = premises(clearings=(step(1, "停租告知", 2), step(3, "清退", 3)))
    assert found("清退", enterprise(), gap) == ["清退[2].序号：第3条写在第1条之后"]
    early = premises(clearings=(step(1, "清退", 2), step(2, "停租告知", 3)))
    assert found("清退", enterprise(), early) == ["清退[1].步骤：清退以前没有前一步的记录"]
    back = premises(clearings=(step(1, "停租告知", 2), step(2, "撤销", 3, of=3)))
    assert found("清退", enterprise(), back) == ["清退[2].撤销记录：没有在前的第3条"]
    strange = premises(clearings=(step(1, "停租告知", 2, tenant="BK-0009"),))
    assert found("清退", strange) == ["清退[1].承租人：没有编号为 BK-0009 的企业"]


def test_an_admission_names_what_exists() -> None:
    about = {"name": "甲厂", "kind": "入驻", "advice": "补充材料", "decision": "补充材料"}
    reason = Reason(
        rule="相像企业", text="相像", clause="方案五1", leads_to="补充材料", related="BK-0009"
    )
    review = Review(
        number=1,
        type="审查",
        on=TODAY,
        village="甲村",
        premises="CF-0009",
        reasons=(reason,),
        **about,
    )  # type: ignore[arg-type]
    later = Supplement(
        number=2, type="补充", on=TODAY, advice="准入", decision="准入", settled={"BK-0008": "不是"}
    )
    bad = Admission(id="ZR-2026-0001", records=(review, later))
    assert found("准入", enterprise(), bad) == [
        "第1条.村：没有“甲村”这个村",
        "第1条.厂房：没有“CF-0009”这个编号",
        "第1条.理由：没有“BK-0009”这个编号",
        "第2条.核实：没有“BK-0008”这个编号",
    ]


def test_where_an_enterprise_comes_from_exists() -> None:
    first = Registration(
        number=1,
        type="登记",
        on=TODAY,
        category="关停取缔",
        reborn_of="BK-0009",
        moved_from="BK-0001",
    )
    assert found("引用", enterprise(records=(first,))) == [
        "第1条.原址再生：BK-0009 不是另一家在册企业",
        "第1条.异地转移：BK-0001 不是另一家在册企业",
    ]
