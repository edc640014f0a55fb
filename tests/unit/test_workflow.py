"""The acts of the workflow, each on a file in memory: what is allowed, what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from swm.domain.amendments import CorrectRequest, correct
from swm.domain.approvals import pending
from swm.domain.fold import effective
from swm.domain.records import Act
from swm.domain.replay import violations
from swm.errors import Refused
from tests.office import APPROVED, Office

ITEMS = ("断水", "断电", "清原料", "清产品", "清设备")


def refused(call: object, *args: object, **more: object) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **more)  # type: ignore[operator]
    return caught.value


def texts(refusal: Refused) -> list[str]:
    return [m.text for m in refusal.missing]


def cleared(office: Office) -> Office:
    """A firm whose five items are all done."""
    office.visit("复查", done={name: None for name in ITEMS})
    return office


def closed(office: Office) -> Office:
    cleared(office).visit("验收", "已清空", verdict="通过")
    office.act("销号", method="自行清理", approval=APPROVED)
    return office


def test_a_lead_is_listed_only_after_two_people_found_a_problem() -> None:
    office = Office(category=None)
    why = refused(office.act, "列入")
    assert texts(why) == ["至少两人、并发现问题的核查记录", "整治类别"]
    assert all(m.command.startswith("swm ") for m in why.missing)
    office.visit("核查", people=("甲一",), problems=("无照喷漆",))
    assert "核查" in texts(refused(office.act, "列入", category="关停取缔"))[0]
    office.visit("核查", problems=("无照喷漆",))
    office.act("列入", category="关停取缔")
    assert (office.standing.state, office.standing.category) == ("待整治", "关停取缔")
    assert office.enterprise.records[-1].relied == (3,)  # type: ignore[attr-defined]


def test_a_refuted_lead_is_taken_up_again_only_on_something_new() -> None:
    office = Office(category=None)
    office.visit("核查")
    assert texts(refused(office.act, "查否")) == ["原因"]
    office.act("查否", reason="系农户自用仓库")
    assert office.standing.state == "不予列入"
    assert len(texts(refused(office.act, "重新核查"))) == 1
    office.on(2, 1).visit("日常", "有生产迹象")
    office.act("重新核查")
    assert office.standing.state == "待核查"


def test_a_deadline_act_lists_all_that_is_missing_at_once() -> None:
    office = Office("搬迁改造")
    why = refused(office.act, "限期清理")
    assert [t.split("（")[0] for t in texts(why)] == [
        "类别应为关停取缔",
        "至少一条取缔情形",
        "期限",
        "文书",
    ]


def test_days_count_from_the_day_after_service_and_unserved_is_not_overdue() -> None:
    office = Office("搬迁改造")
    change = office.act("限期搬迁", days=30, doc_no="俵整〔2026〕3号")
    assert office.standing.awaiting_service == 2 and office.standing.deadline is None
    assert any("待送达" in note for note in change.notes)
    assert not office.standing.overdue(date(2026, 12, 31), office.policy)
    office.on(1, 10).serve(2)
    assert office.standing.deadline == date(2026, 2, 9)
    assert not office.standing.overdue(date(2026, 2, 9), office.policy)
    assert office.standing.overdue(date(2026, 2, 10), office.policy)
    assert "已于 2026-01-10 送达" in str(refused(office.serve, 2))


def test_a_late_move_becomes_a_closure_on_a_recheck_that_names_what_is_unmet() -> None:
    office = Office("搬迁改造")
    office.act(
        "限期搬迁", deadline=date(2026, 2, 1), doc_no="俵整〔2026〕3号", served=date(2026, 1, 5)
    )
    office.on(2, 1)
    papers = {"days": 15, "doc_no": "俵整〔2026〕4号"}
    assert "期限届满" in texts(refused(office.act, "转取缔", **papers))[0]
    office.on(2, 3).visit("复查", "在产", verdict="不通过", problems=("设备未拆",))
    office.act("转取缔", **papers)
    now = office.standing
    assert (now.state, now.category, now.former_category) == ("清理中", "关停取缔", "搬迁改造")
    assert office.enterprise.records[-1].criteria == ("三（二）搬迁逾期",)  # type: ignore[attr-defined]
    assert pending(office.enterprise, office.policy)[0].number == 4


def test_the_town_extends_once_and_not_after_the_deadline() -> None:
    office = Office("限期整改")
    office.visit("核查", "在产", problems=("粉尘外逸",))
    office.act(
        "限期整改", deadline=date(2026, 2, 1), doc_no="俵整〔2026〕5号", served=date(2026, 1, 5)
    )
    late = refused(
        office.on(2, 2).act,
        "延期",
        deadline=date(2026, 3, 1),
        reason="设备未到",
        approval=replace(APPROVED, on=date(2026, 2, 2)),
    )
    assert "不晚于现期限" in texts(late)[0]
    office.on(1, 20).act("延期", deadline=date(2026, 3, 1), reason="设备未到", approval=APPROVED)
    again = {"deadline": date(2026, 4, 1), "reason": "设备未到", "approval": APPROVED}
    assert "区级批准的文号" in texts(refused(office.act, "延期", **again))[0]
    office.act("延期", doc_no="宁政〔2026〕8号", issuer="宁河区人民政府", **again)
    assert office.standing.deadline == date(2026, 4, 1)


def test_joint_enforcement_waits_for_the_deadline_and_names_its_departments() -> None:
    office = Office()
    order = {"criteria": ("2",), "doc_no": "俵整〔2026〕6号", "served": date(2026, 1, 5)}
    office.act("限期清理", days=10, **order)
    why = refused(office.on(1, 15).act, "联合执法")
    assert [t.split("（")[0] for t in texts(why)] == [
        "期限届满",
        "领导小组的决定",
        "至少两个部门",
        "执法性质：督促自行清理、协助清理、依法强制执行、申请法院强制执行",
        "执法结果：完成、部分完成、中止、改期、已申请法院",
    ]
    done = {
        "departments": ("生态环境所", "派出所"),
        "nature": "协助清理",
        "note": "领导小组1月14日决定",
    }
    office.on(1, 16).act("联合执法", outcome="中止", approval=APPROVED, **done)
    office.on(1, 20).act("联合执法", outcome="完成", approval=APPROVED, **done)
    assert office.standing.state == "执法中"


def test_force_needs_power_demand_and_daylight() -> None:
    office = Office()
    office.act("限期清理", days=5, criteria=("2",), doc_no="1号", served=date(2026, 1, 5))
    why = refused(
        office.on(1, 20).act,
        "联合执法",
        nature="依法强制执行",
        outcome="完成",
        departments=("甲所", "乙队"),
        note="领导小组决定",
        time="23:10",
    )
    assert [m.clause for m in why.missing] == ["行政强制法34", "行政强制法35", "行政强制法43"]


def test_delisting_names_every_open_item_and_the_acceptance_and_the_way() -> None:
    office = Office()
    office.visit("复查", done={"清设备": None})
    why = refused(office.act, "销号")
    assert texts(why) == [
        "断水：未完成",
        "断电：未完成",
        "清原料：未完成",
        "清产品：未完成",
        "至少两人、结论为通过的验收",
        "完成方式：自行清理、自行搬离、协助清理、联合执法清理、依法强制执行、整改到位",
    ]
    assert "--done 断水" in why.missing[0].command


def test_an_item_taken_back_and_a_failed_acceptance_hold_up_delisting() -> None:
    office = cleared(Office())
    office.on(1, 8).visit("日常", "有生产迹象", undone=("断电",), found="私自接电")
    assert (
        texts(refused(office.act, "销号", method="自行清理"))[0]
        == "断电：未完成（第3条记为未完成）"
    )
    office.on(1, 9).visit("验收", "停产", verdict="不通过", undone=("断电",))
    office.on(1, 10).visit("复查", done={"断电": None})
    assert "验收" in texts(refused(office.act, "销号", method="自行清理"))[0]
    office.visit("验收", "已清空", verdict="通过")
    office.act("销号", method="自行清理", approval=APPROVED)
    assert office.standing.state == "已取缔"
    assert office.standing.delisted_on == date(2026, 1, 10)


def test_production_after_the_acceptance_asks_for_a_new_one() -> None:
    office = cleared(Office())
    office.visit("验收", "已清空", verdict="通过")
    office.on(1, 7).visit("夜查", "在产", leader="孟带班")
    assert "应重新验收" in texts(refused(office.act, "销号", method="自行清理"))[0]


def test_what_is_not_applicable_needs_a_reason_and_shared_power_is_never_cut() -> None:
    office = Office()
    assert "不涉及的理由" in texts(refused(office.visit, "复查", not_applicable={"断水": ""}))[0]
    path = office.enterprise.path
    office.texts[path] = office.texts[path].replace("村: 俵口村", "村: 俵口村\n与居民合用: [电]")
    why = refused(office.visit, "复查", done={"断电": None})
    assert "与居民合用" in texts(why)[0] and "拆除动力线路" in why.missing[0].command
    office.visit("复查", done={"断电": "拆除动力线路"})
    assert office.standing.items["断电"].status == "已完成"


def test_relapse_opens_a_second_round_with_nothing_done() -> None:
    office = closed(Office())
    assert "恢复生产" in texts(refused(office.act, "回潮"))[0]
    change = office.on(3, 1).visit("夜查", "在产", leader="孟带班")
    assert any("违法生产" in note for note in change.notes)
    office.act("回潮")
    now = office.standing
    assert (now.state, now.round, now.category, dict(now.items)) == ("待整治", 2, "关停取缔", {})


def test_lawful_production_after_mending_is_no_relapse() -> None:
    office = Office("限期整改")
    office.visit("核查", "在产", problems=("粉尘外逸",))
    office.act("限期整改", days=30, doc_no="1号", served=date(2026, 1, 5))
    assert "粉尘外逸" in texts(refused(office.act, "销号"))[0]
    office.on(1, 20).visit("复查", "在产", solved=("粉尘",))
    office.visit("验收", "在产", verdict="通过")
    office.act("销号", method="整改到位", approval=APPROVED)
    assert office.standing.state == "已整改"
    change = office.on(2, 20).visit("回头看", "在产")
    assert not any("违法生产" in note for note in change.notes)
    assert "合法生产不算回潮" in texts(refused(office.act, "回潮"))[0]
    office.visit("回头看", "在产", problems=("粉尘外逸",))
    office.act("回潮", category="限期整改")
    assert office.standing.round == 2


def test_a_firm_that_moved_away_by_itself_is_delisted_from_the_list() -> None:
    office = Office("搬迁改造")
    done = {name: None for name in ("停产", "清设备", "断动力电", "无生产能力")}
    office.visit("复查", "人去厂空", done=done)
    office.visit("验收", "人去厂空", verdict="通过")
    assert texts(refused(office.act, "销号", method="自行搬离")) == ["迁往何处"]
    office.act("销号", method="自行搬离", moved_to="外县", approval=APPROVED)
    assert office.standing.state == "已搬迁"


def test_a_change_of_category_withdraws_the_paper() -> None:
    office = Office("搬迁改造")
    office.act("限期搬迁", days=30, doc_no="1号", served=date(2026, 1, 5))
    why = refused(office.act, "调整类别", category="搬迁改造")
    assert len(why.missing) == 3
    office.on(1, 9).visit("核查", "在产", problems=("可以就地整改",))
    office.act("调整类别", category="限期整改", reason="可以就地整改", approval=APPROVED)
    now = office.standing
    assert (now.state, now.category, now.former_category, now.deadline) == (
        "待整治",
        "限期整改",
        "搬迁改造",
        None,
    )
    assert office.enterprise.records[-1].withdrawn_papers == (2,)  # type: ignore[attr-defined]


def test_a_duplicate_leaves_the_list_with_two_people_and_the_other_id() -> None:
    office = Office()
    assert len(refused(office.act, "核减").missing) == 2
    assert texts(refused(office.act, "核减", reason="重复登记", by=("甲一", "乙二"))) == [
        "另一企业的编号"
    ]
    office.act("核减", reason="重复登记", related="BK-0002", by=("甲一", "乙二"), approval=APPROVED)
    assert office.standing.state == "已核减"


def test_an_act_from_the_wrong_state_says_what_is_possible() -> None:
    office = closed(Office())
    why = refused(office.act, "限期清理")
    assert "现为已取缔，不能限期清理" in why.message and "回潮" in why.hint


def test_dates_after_today_and_before_the_previous_act_are_refused() -> None:
    office = Office()
    assert "晚于今天" in refused(office.visit, on=date(2026, 1, 6)).message
    office.on(1, 8).act("限期清理", days=5, criteria=("2",), doc_no="1号")
    early = refused(office.on(1, 9).act, "核减", on=date(2026, 1, 7))
    assert "早于上一个动作" in early.message


def test_a_late_entry_that_upsets_an_earlier_act_is_refused_and_names_it() -> None:
    office = Office(on=date(2026, 1, 2))
    cleared(office.on(1, 3)).visit("验收", "已清空", verdict="通过")
    office.on(1, 6).act("销号", method="自行清理", approval=APPROVED)
    late = refused(office.on(1, 8).visit, on=date(2026, 1, 5), undone=("断电",))
    assert "第4条“销号”" in late.message and "断电：未完成" in texts(late)[0]
    office.visit(on=date(2026, 1, 5), found="补记的日常巡查")


def test_a_correction_is_judged_like_a_late_entry_and_leaves_the_record_alone() -> None:
    office = closed(Office(on=date(2026, 1, 5)))
    moved = CorrectRequest(number=2, values={"已完成": "断水、断电"}, reason="误记")
    assert "销号" in refused(office.do, correct, moved).message
    fixed = CorrectRequest(number=2, values={"人员": "甲一、丙三"}, reason="写错人")
    office.do(correct, fixed)
    assert office.enterprise.records[1].people == ("甲一", "乙二")  # type: ignore[attr-defined]
    assert effective(office.enterprise.records)[1].people == ("甲一", "丙三")  # type: ignore[attr-defined]
    nothing = CorrectRequest(number=2, values={"人员": "甲一、丙三"}, reason="再来")
    assert "没有变化" in refused(office.do, correct, nothing).message


def test_an_approval_supplied_later_ends_the_waiting() -> None:
    office = cleared(Office())
    office.visit("验收", "已清空", verdict="通过")
    office.act("销号", method="自行清理")
    assert [r.number for r in pending(office.enterprise, office.policy)] == [4]
    supply = {"批准.人": "孟签批", "批准.日期": "2026-01-05", "批准.依据": "签批单"}
    office.do(correct, CorrectRequest(number=4, values=supply, reason="补批"))
    assert pending(office.enterprise, office.policy) == []


def test_no_played_act_is_a_violation_on_replay() -> None:
    office = closed(Office())
    office.on(3, 1).visit("夜查", "在产", leader="孟带班")
    office.act("回潮")
    assert violations(office.enterprise, office.policy) == []
    assert [a.action for a in office.enterprise.records if isinstance(a, Act)] == ["销号", "回潮"]
