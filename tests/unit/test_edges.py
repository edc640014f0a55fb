"""The edges of the workflow: what must not slip through, and what must not be refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from swm.domain.approvals import pending
from swm.domain.fold import effective
from swm.domain.records import Act, Approval
from swm.domain.replay import violations
from swm.domain.workflow import possibilities
from swm.errors import Refused
from tests.office import APPROVED, Office

ITEMS = ("断水", "断电", "清原料", "清产品", "清设备")


def refused(call: object, *args: object, **more: object) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **more)  # type: ignore[operator]
    assert caught.value.missing or caught.value.hint
    return caught.value


def said(refusal: Refused) -> str:
    return "；".join((refusal.message, *(m.text for m in refusal.missing)))


def ordered(**more: object) -> Office:
    """A firm told on 1月5日 to move within 30 days of service."""
    office = Office("搬迁改造")
    office.act("限期搬迁", **{"days": 30, "doc_no": "俵整〔2026〕3号", **more})
    return office


# --- the category -----------------------------------------------------------------------------


def test_only_the_acts_made_for_it_change_the_category() -> None:
    office = Office("关停取缔")
    why = refused(
        office.act, "限期搬迁", category="搬迁改造", days=30, doc_no="1号", served=office.today
    )
    assert "类别应为搬迁改造（现为关停取缔）" in said(why)
    assert "swm advance BK-0001 调整类别" in why.missing[0].command
    why = refused(office.act, "核减", category="搬迁改造", reason="误登记", by=("甲", "乙"))
    assert "类别仍为关停取缔" in said(why)


def test_a_correction_cannot_bring_in_a_word_that_the_rules_do_not_know() -> None:
    office = Office()
    assert "没有“取締”这种类别" in said(refused(office.correct, 1, 类别="取締"))
    office.visit("复查", done={"断水": None})
    assert "没有“断气”这一项" in said(refused(office.correct, 2, 已完成="断水、断气"))
    office.correct(1, 类别="搬迁改造")
    assert office.standing.category == "搬迁改造"


def test_a_category_corrected_after_delisting_is_judged_by_the_row_it_should_have_taken() -> None:
    office = Office("搬迁改造")
    office.visit("复查", done={n: None for n in ("停产", "清设备", "断动力电", "无生产能力")})
    office.visit("验收", "已清空", verdict="通过")
    office.act("销号", method="自行搬离", moved_to="外县", approval=APPROVED)
    assert "第4条“销号”" in said(refused(office.correct, 1, 类别="关停取缔"))


def test_no_act_but_an_order_or_an_extension_sets_a_deadline() -> None:
    office = Office()
    why = refused(office.act, "核减", deadline=date(2026, 3, 1), reason="误登记", by=("甲", "乙"))
    assert "核减不定期限" in said(why)


def test_a_conversion_keeps_the_ground_of_the_lapse_beside_what_is_named() -> None:
    office = ordered(served=date(2026, 1, 5))
    office.on(2, 10).visit("复查", "在产", verdict="不通过", problems=("设备未拆",))
    order = {"days": 15, "doc_no": "4号", "approval": APPROVED, "served": office.today}
    assert "它适用于整改中逾期" in said(refused(office.act, "转取缔", criteria=("6",), **order))
    office.act("转取缔", criteria=("2",), **order)
    act = office.enterprise.records[-1]
    assert isinstance(act, Act)
    assert act.criteria == ("三（二）搬迁逾期", "2")
    assert act.withdrawn_papers == (2,)


def test_a_recheck_that_was_met_later_no_longer_carries_a_conversion() -> None:
    office = ordered(served=date(2026, 1, 5))
    office.on(2, 10).visit("复查", "在产", verdict="不通过", problems=("设备未拆",))
    office.on(2, 12).visit("复查", "已清空", verdict="通过", solved=("设备未拆",))
    assert "复查" in said(refused(office.act, "转取缔", days=15, doc_no="4号"))


# --- days -------------------------------------------------------------------------------------


def test_what_has_not_happened_yet_is_refused_wherever_it_is_written() -> None:
    office = Office("搬迁改造")
    later = date(2026, 1, 6)
    order = {"days": 30, "doc_no": "3号"}
    assert "送达日期 2026-01-06 晚于今天" in said(
        refused(office.act, "限期搬迁", served=later, **order)
    )
    told = datetime(2026, 1, 6, 8, 0)
    assert "通知派出所 2026-01-06 晚于今天" in said(refused(office.visit, police_at=told))
    signed = Approval(person="孟签批", on=later)
    assert "批准.日期 2026-01-06 晚于今天" in said(
        refused(office.act, "核减", reason="误登记", by=("甲", "乙"), approval=signed)
    )
    office.visit("验收", verdict="不通过", undone=("清设备",), again_on=date(2026, 1, 20))


def test_a_paper_is_not_served_before_it_was_made() -> None:
    office = Office("搬迁改造").on(1, 8)
    early = {"days": 30, "doc_no": "3号", "served": date(2026, 1, 7)}
    assert "不早于文书作出日期" in said(refused(office.act, "限期搬迁", **early))
    office.act("限期搬迁", days=30, doc_no="3号")
    office.on(1, 10).serve(2)
    assert "第3条为 2026-01-07" in said(refused(office.correct, 3, 日期="2026-01-07"))
    assert "晚于录入" in said(refused(office.on(1, 12).correct, 2, 日期="2026-01-11"))


def test_a_corrected_day_is_not_later_than_its_entry_and_keeps_it() -> None:
    office = Office(on=date(2026, 1, 2)).on(1, 8)
    office.visit()
    assert "晚于录入的日期" in said(refused(office.on(1, 20).correct, 2, 日期="2026-01-10"))
    office.correct(2, 日期="2026-01-03")
    visit = effective(office.enterprise.records)[1]
    assert (visit.on, visit.entered_on) == (date(2026, 1, 3), date(2026, 1, 8))


def test_an_act_entered_late_asks_for_visits_on_its_own_day() -> None:
    office = Office().on(1, 20)
    why = refused(office.act, "销号", on=date(2026, 1, 8))
    assert "--on 2026-01-08 " in why.missing[0].command


def test_an_act_entered_late_relies_on_nothing_that_came_after_it() -> None:
    office = accepted().on(1, 20)
    assert "验收" in said(refused(office.act, "销号", on=date(2026, 1, 9), method="自行清理"))
    office.act("销号", on=date(2026, 1, 10), method="自行清理", approval=APPROVED)
    assert office.standing.delisted_on == date(2026, 1, 10)


def test_a_senseless_number_of_days_is_refused_before_it_is_served() -> None:
    assert "3650日之间" in said(refused(Office("搬迁改造").act, "限期搬迁", days=99999, doc_no="1"))


def test_days_of_a_conversion_and_of_an_extension_follow_the_order_they_stand_for() -> None:
    office = ordered(served=date(2026, 1, 5))  # until 2026-02-04
    change = office.on(1, 20).act("延期", days=10, reason="设备未到", approval=APPROVED)
    assert office.standing.deadline == date(2026, 2, 14)  # a Saturday, but 调休上班
    assert any("原期限届满" in note for note in change.notes)
    office.on(2, 18).visit("复查", "在产", verdict="不通过", problems=("设备未拆",))
    order = {"doc_no": "4号", "served": date(2026, 4, 20), "approval": APPROVED}
    office.on(4, 20).act("转取缔", days=15, **order)
    assert office.standing.deadline == date(2026, 5, 6)  # 5月5日 is a holiday


# --- service and what hangs on it -------------------------------------------------------------


def test_an_extension_granted_before_service_outlives_the_service() -> None:
    office = Office("搬迁改造")
    office.act("限期搬迁", deadline=date(2026, 2, 1), doc_no="3号")
    office.on(1, 10).act("延期", deadline=date(2026, 3, 1), reason="设备未到", approval=APPROVED)
    office.on(1, 12).serve(2)
    assert office.standing.deadline == date(2026, 3, 1)


def test_a_corrected_service_moves_its_deadline_and_the_extension_that_counts_from_it() -> None:
    office = ordered().on(1, 12)
    office.serve(2)
    office.on(1, 20).act("延期", days=10, reason="设备未到", approval=APPROVED)
    assert office.standing.deadline == date(2026, 2, 24)  # 2月11日 and ten days, 春节 skipped
    change = office.correct(3, 日期="2026-01-05")
    deadlines = {
        r.number: getattr(r, "deadline", None) for r in effective(office.enterprise.records)
    }
    assert deadlines == {1: None, 2: None, 3: date(2026, 2, 4), 4: date(2026, 2, 14)}
    assert office.standing.deadline == date(2026, 2, 14)
    assert [note for note in change.notes if "随之" in note] == [
        "第3条的期限随之改为 2026-02-04",
        "第4条的期限随之改为 2026-02-14",
    ]
    office.undo()
    assert office.standing.deadline == date(2026, 2, 24)


def test_a_corrected_deadline_of_a_served_paper_is_the_deadline() -> None:
    office = Office("搬迁改造")
    office.act("限期搬迁", deadline=date(2026, 2, 1), doc_no="3号")
    office.on(1, 10).serve(2)
    office.correct(2, 期限="2026-02-10")
    assert office.standing.deadline == date(2026, 2, 10)


def test_a_corrected_day_of_service_on_the_paper_itself_moves_the_deadline() -> None:
    office = ordered(served=date(2026, 1, 5)).on(1, 12)
    refused(office.correct, 2, 文书__送达日期="2026-01-13")
    office.correct(2, 文书__送达日期="2026-01-08")
    assert office.standing.deadline == date(2026, 2, 9)
    office.correct(2, 文书__送达日期="", 文书__送达方式="")
    now = office.standing
    assert (now.deadline, now.awaiting_service) == (None, 2)
    office.serve(2)
    assert office.standing.deadline == date(2026, 2, 11)
    assert "已有" in said(refused(office.correct, 2, 文书__送达日期="2026-01-08"))


def test_a_service_corrected_so_that_a_lapse_had_not_come_is_refused() -> None:
    office = Office()
    office.act("限期清理", days=10, criteria=("2",), doc_no="1号")
    office.on(1, 6).serve(2)
    done = {"departments": ("甲所", "乙队"), "nature": "协助清理", "note": "领导小组决定"}
    office.on(1, 20).act("联合执法", outcome="中止", approval=APPROVED, **done)
    office.on(1, 25)
    assert "“联合执法”" in said(refused(office.correct, 2, 期限日数__日数="20"))


def test_a_withdrawn_service_leaves_the_paper_waiting() -> None:
    office = ordered().on(1, 10)
    office.serve(2)
    office.undo()
    assert (office.standing.deadline, office.standing.awaiting_service) == (None, 2)
    office.serve(2)
    assert office.standing.awaiting_service is None


def test_a_paper_withdrawn_with_its_category_is_served_no_more() -> None:
    office = ordered().on(1, 9)
    office.visit("核查", "在产", problems=("可以就地整改",))
    office.act("调整类别", category="限期整改", reason="可以就地整改", approval=APPROVED)
    assert office.standing.awaiting_service is None
    assert "撤回" in said(refused(office.on(1, 12).serve, 2))
    office.serve(2, on=date(2026, 1, 8))
    assert office.standing.deadline is None


# --- extensions -------------------------------------------------------------------------------


def test_the_towns_own_number_is_no_county_paper() -> None:
    office = ordered(served=date(2026, 1, 5)).on(1, 20)
    more = {"reason": "设备未到", "approval": APPROVED}
    office.act("延期", deadline=date(2026, 3, 1), **more)
    again = {"deadline": date(2026, 4, 1), "doc_no": "俵整〔2026〕9号", **more}
    assert "区级批准的文号" in said(refused(office.act, "延期", issuer="俵口镇人民政府", **again))
    change = office.act("延期", deadline=date(2026, 4, 1), doc_no="宁政〔2026〕8号", **more)
    assert any("不计入镇内延期次数" in note for note in change.notes)
    paper = office.standing.last_act.paper  # type: ignore[union-attr]
    assert paper is not None and paper.issuer == "宁河区人民政府"


def test_an_extension_approved_afterwards_is_refused_when_the_approval_comes_in() -> None:
    office = ordered(served=date(2026, 1, 5)).on(2, 4)
    office.act("延期", deadline=date(2026, 3, 1), reason="设备未到")
    late = {"批准__人": "孟签批", "批准__日期": "2026-02-05"}
    assert "不晚于现期限" in said(refused(office.on(2, 6).correct, 3, **late))
    office.correct(3, 批准__人="孟签批", 批准__日期="2026-02-04")


# --- enforcement and papers -------------------------------------------------------------------


def test_no_paper_of_the_town_orders_not_even_by_correction() -> None:
    office = Office()
    order = {"criteria": ("2",), "days": 10, "served": office.today}
    why = refused(office.act, "限期清理", doc_name="责令关闭通知书", **order)
    assert "无权“责令”" in said(why)
    office.act("限期清理", doc_no="1号", **order)
    assert "无权" in said(refused(office.correct, 2, 文书__名称="责令限期清理通知书"))
    assert "无权“责令”" in said(refused(office.correct, 2, 文书__性质="责令"))


def test_force_with_power_demand_and_daylight_is_recorded_as_an_order() -> None:
    office = Office()
    office.act("限期清理", days=5, criteria=("2",), doc_no="1号", served=office.today)
    told = {
        "nature": "依法强制执行",
        "outcome": "完成",
        "departments": ("甲所", "乙队"),
        "note": "领导小组决定",
        "demanded_on": date(2026, 1, 12),
        "doc_no": "宁综执决〔2026〕1号",
        "issuer": "宁河区综合行政执法局",
    }
    office.on(1, 20)
    assert "执法时间（本次为夜间" in said(refused(office.act, "联合执法", time="05:59", **told))
    assert "执法时间（本次为夜间" in said(refused(office.act, "联合执法", time="22:00", **told))
    office.act("联合执法", time="06:00", **told)
    paper = office.standing.last_act.paper  # type: ignore[union-attr]
    assert paper is not None and (paper.name, paper.nature) == ("强制执行决定书", "责令")


# --- closing ----------------------------------------------------------------------------------


def accepted() -> Office:
    office = Office()
    office.visit("复查", done={name: None for name in ITEMS})
    office.on(1, 10).visit("验收", "已清空", verdict="通过")
    return office


def test_seeing_again_what_is_done_asks_for_no_new_acceptance() -> None:
    office = accepted().on(1, 12)
    office.visit("日常", "已清空", done={"断水": None})
    office.visit("复查", "停产", undone=("无生产能力",))  # an item of another standard
    office.act("销号", method="自行清理", approval=APPROVED)
    assert office.standing.items["断水"].number == 2


def test_whatever_two_people_find_amiss_after_the_acceptance_spoils_it() -> None:
    office = accepted().on(1, 12)
    office.visit("复查", verdict="不通过", problems=("院内又堆了原料",))
    assert "应重新验收" in said(refused(office.act, "销号", method="自行清理"))
    office = accepted()
    office.visit("日常", undone=("断电",))
    office.visit("复查", done={"断电": None})
    assert "应重新验收" in said(refused(office.act, "销号", method="自行清理"))


def test_one_person_passing_again_does_not_undo_what_two_have_passed() -> None:
    office = accepted().on(1, 12)
    office.visit("验收", "已清空", verdict="通过", people=("甲一",))
    office.act("销号", method="自行清理", approval=APPROVED)


def test_an_acceptance_cannot_pass_and_name_what_is_unmet() -> None:
    assert "结论为通过，又写了" in said(
        refused(Office().visit, "验收", verdict="通过", undone=("断电",))
    )


def test_shared_power_is_refused_in_a_correction_too_and_its_command_says_how() -> None:
    office = Office(与居民合用=["电"])
    why = refused(office.act, "销号")
    assert "--done 断电=拆除动力线路" in why.missing[1].command
    office.visit("复查", done={"断水": None})
    assert "不得切断" in said(refused(office.correct, 2, 已完成="断水、断电"))
    office.correct(2, 已完成="断水、断电", 措施__断电="拆除动力线路")


def test_a_problem_is_solved_as_of_the_day_of_the_visit() -> None:
    office = Office("限期整改").on(1, 6)
    office.visit("核查", "在产", problems=("粉尘外逸",))
    office.on(1, 20).visit("复查", solved=("粉尘",))
    office.visit("复查", on=date(2026, 1, 12), solved=("粉尘外逸",))
    assert (
        "没有尚未整改的问题"
        in refused(office.visit, "复查", on=date(2026, 1, 5), solved=("粉尘",)).hint
    )


# --- leads, relapse, removal ------------------------------------------------------------------


def test_what_was_seen_before_a_lead_was_refuted_does_not_list_it_later() -> None:
    office = Office(category=None)
    office.visit("核查", "在产", problems=("喷漆",))
    office.visit("核查")
    office.act("查否", reason="已搬空")
    office.on(2, 1).visit("核查", "在产", problems=("又在喷漆",), people=("甲一",))
    office.act("重新核查")
    assert "核查" in said(refused(office.act, "列入", category="关停取缔"))
    office.visit("核查", "在产", problems=("又在喷漆",))
    office.act("列入", category="关停取缔")
    assert violations(office.enterprise, office.policy) == []


def test_one_later_check_by_two_may_be_both_the_new_lead_and_the_proof() -> None:
    office = Office(category=None)
    office.visit("核查")
    office.act("查否", reason="已搬空")
    office.on(2, 1).visit("核查", "在产", problems=("又在喷漆",))
    office.act("重新核查")
    office.act("列入", category="关停取缔")


def test_the_problem_that_showed_the_relapse_belongs_to_the_new_round() -> None:
    office = Office("限期整改")
    office.visit("核查", "在产", problems=("粉尘外逸",))
    office.visit("复查", solved=("粉尘外逸",))
    office.visit("验收", "在产", verdict="通过")
    office.act("销号", method="整改到位", approval=APPROVED)
    office.on(3, 1).visit("回头看", "在产", problems=("粉尘外逸",))
    office.act("回潮", category="限期整改")
    assert dict(office.standing.problems) == {"粉尘外逸": 6}
    assert office.standing.solved == {}
    office.act("限期整改", days=30, doc_no="9号")


def test_a_withdrawn_relapse_brings_the_old_round_back() -> None:
    office = accepted()
    office.act("销号", method="自行清理", approval=APPROVED)
    was = office.standing
    office.on(3, 1).visit("夜查", "在产", leader="孟带班")
    office.act("回潮")
    office.undo()
    now = office.standing
    assert (now.state, now.round, now.delisted_on) == (was.state, 1, was.delisted_on)
    assert len(now.items) == 5
    office.act("回潮")
    assert "轮次: 2" in office.texts[office.enterprise.path]


def test_papers_of_an_earlier_round_are_not_withdrawn_again() -> None:
    office = Office()
    office.act("限期清理", days=10, criteria=("2",), doc_no="1号", served=office.today)
    office.visit("复查", done={name: None for name in ITEMS})
    office.visit("验收", "已清空", verdict="通过")
    office.act("销号", method="自行清理", approval=APPROVED)
    office.on(3, 1).visit("夜查", "在产", leader="孟带班")
    office.act("回潮")
    office.visit("核查", "在产")
    office.act("调整类别", category="搬迁改造", reason="可以搬迁", approval=APPROVED)
    assert office.standing.last_act.withdrawn_papers == ()  # type: ignore[union-attr]


def test_an_enterprise_is_no_duplicate_of_itself_and_leaves_once() -> None:
    office = Office()
    leave = {"by": ("甲", "乙"), "approval": APPROVED}
    why = refused(office.act, "核减", reason="重复登记", related="BK-0001", **leave)
    assert "另一企业的编号" in said(why)
    office.act("核减", reason="不属散乱污", **leave)
    assert "现为已核减" in said(refused(office.act, "核减", reason="不属散乱污", **leave))


# --- corrections and withdrawals of corrections -----------------------------------------------


def test_a_withdrawn_correction_is_gone_for_every_purpose() -> None:
    office = Office()
    office.visit()
    office.correct(2, 人员="甲一、丙三")
    assert [r.number for r in pending(office.enterprise, office.policy)] == [3]
    office.undo()
    assert [r.number for r in pending(office.enterprise, office.policy)] == [4]
    assert "已经撤销" in said(refused(office.correct, 3, 原因="再改"))
    office.correct(2, 人员="甲一、丙三")
    assert effective(office.enterprise.records)[1].people == ("甲一", "丙三")  # type: ignore[attr-defined]


def test_what_a_correction_or_withdrawal_names_is_not_corrected() -> None:
    office = Office()
    office.visit()
    office.correct(2, 人员="甲一、丙三")
    assert "不能更正" in said(refused(office.correct, 3, 改为__人员="丁四"))
    office.undo()
    assert "不能更正" in said(refused(office.correct, 4, 撤销记录="2"))


# --- 期初 in every state ----------------------------------------------------------------------


def opened(category: str, state: str, **more: object) -> Office:
    return Office(category, date(2026, 1, 1), opening={"状态": state, **more}).on(2, 10)


def test_an_opening_past_its_deadline_goes_on_to_enforcement_or_conversion() -> None:
    done = {"departments": ("甲所", "乙队"), "nature": "协助清理", "note": "领导小组决定"}
    late = {"期限": date(2025, 12, 1)}
    office = opened("关停取缔", "清理中", **late)
    office.act("联合执法", outcome="中止", **done)
    office = opened("关停取缔", "执法中", **late)
    office.act("联合执法", outcome="完成", **done)
    office = opened("限期整改", "整改中", **late)
    office.visit("复查", "在产", verdict="不通过", problems=("粉尘外逸",))
    office.act("转取缔", days=15, doc_no="4号")
    assert office.standing.former_category == "限期整改"


def test_an_opening_without_a_deadline_is_told_how_to_get_one() -> None:
    office = opened("关停取缔", "清理中")
    why = refused(office.act, "联合执法")
    assert why.missing[0].command == "swm correct BK-0001 1 --why 原因 --set 期限=日期"
    office.correct(1, 期限="2026-01-20")
    assert "期限" not in said(refused(office.act, "联合执法")).split("；")[1]


def test_an_opening_not_listed_can_be_taken_up_again() -> None:
    office = opened("关停取缔", "不予列入")
    assert "新线索" in said(refused(office.act, "重新核查"))
    office.visit("夜查", "有生产迹象", leader="孟带班")
    office.act("重新核查")
    assert office.standing.state == "待核查"


def test_an_opening_in_mending_without_problems_closes_on_an_acceptance() -> None:
    office = opened("限期整改", "整改中", 期限=date(2026, 3, 1))
    office.visit("验收", "在产", verdict="通过")
    office.act("销号", method="整改到位", approval=APPROVED)
    assert office.standing.state == "已整改"


@pytest.mark.parametrize(
    ("category", "state"),
    [("关停取缔", "已取缔"), ("搬迁改造", "已搬迁"), ("限期整改", "已整改")],
)
def test_an_opening_closed_long_ago_relapses(category: str, state: str) -> None:
    office = opened(category, state, 销号日期=date(2018, 6, 30))
    refused(office.act, "回潮")
    office.visit("回头看", "在产", problems=("老问题",))
    office.act("回潮")
    assert (office.standing.round, office.standing.opening) == (2, False)


def test_every_state_of_an_opening_has_acts_whose_lacks_name_commands() -> None:
    for state in Office().policy.workflow.states:
        office = opened("关停取缔", state.name)
        for each in possibilities(office.enterprise, office.policy, office.settings, office.today):
            assert all(m.command and m.clause for m in each.missing), (state.name, each.row.name)
