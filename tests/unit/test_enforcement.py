"""联合执法 and its items, 申请法院, 处置, 移送, and delisting by the county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from swm.domain.disposals import DisposeRequest, dispose, done_on, finish, undisposed
from swm.domain.fold import fold
from swm.domain.guards.operations import heads
from swm.domain.records import Act, Disposal
from swm.domain.transfers import ReplyRequest, TransferRequest, reply, transfer
from swm.errors import NotFound, Refused
from tests.office import APPROVED, Office
from tests.policy_fixture import settings

JOINT = {
    "nature": "协助清理",
    "outcome": "部分完成",
    "departments": ("综合执法队", "生态环境所"),
    "note": "领导小组1月15日决定",
    "approval": APPROVED,
}
ALL = ("断水", "断电", "清原料", "清产品", "清设备")
COUNTY = {"issuer": "宁河区人民政府", "doc_no": "宁政〔2026〕8号", "doc_date": date(2026, 1, 20)}


def overdue(**profile: object) -> Office:
    """Told to clear out, and the deadline has passed."""
    office = Office(**profile)
    served = {"doc_no": "1号", "served": date(2026, 1, 5)}
    office.act("限期清理", days=5, criteria=("2",), **served)
    return office.on(1, 16)


def lacking(verb: object, *args: object, **told: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*args, **told)  # type: ignore[operator]
    return [m.text for m in refused.value.missing]


def last_act(office: Office) -> Act:
    act = office.enterprise.records[-1]
    assert isinstance(act, Act)
    return act


# --- joint enforcement ------------------------------------------------------------------------------


def test_what_a_joint_enforcement_did_counts_as_a_visit_would() -> None:
    by_act, by_visit = overdue(), overdue()
    by_act.act("联合执法", **JOINT, done=dict.fromkeys(ALL[:4]), undone=("清设备",))
    by_visit.act("联合执法", **JOINT)
    by_visit.visit("复查", done=dict.fromkeys(ALL[:4]), undone=("清设备",))
    one, other = by_act.standing.items, by_visit.standing.items
    assert {k: v.status for k, v in one.items()} == {k: v.status for k, v in other.items()}
    for office in (by_act, by_visit):
        texts = lacking(office.act, "销号", method="联合执法清理")
        assert texts[0].startswith("清设备：未完成")
        office.visit("复查", "已清空", done={"清设备": None})
        office.visit("验收", "已清空", verdict="通过")
        office.act("销号", method="联合执法清理", approval=APPROVED)
        assert office.standing.state == "已取缔"
        office.today = date(2026, 1, 16)
    assert 3 in last_act(by_act).relied, "the act itself is the proof of its items"


def test_an_acceptance_before_a_later_joint_enforcement_is_not_enough() -> None:
    office = overdue()
    office.act("联合执法", **JOINT)
    office.visit("复查", "已清空", done=dict.fromkeys(ALL))
    office.visit("验收", "已清空", verdict="通过")
    office.on(1, 18).act("联合执法", **JOINT, undone=("断电",))
    assert any(t.startswith("断电：未完成") for t in lacking(office.act, "销号", method="协助清理"))
    office.on(1, 19).act("联合执法", **JOINT, done={"断电": None})
    (text,) = lacking(office.act, "销号", method="协助清理")
    assert "早于最后一项完成的 2026-01-19" in text


def test_residents_power_is_not_cut_by_an_act_either() -> None:
    office = overdue(与居民合用=["电"])
    (text,) = lacking(office.act, "联合执法", **JOINT, done={"断电": None})
    assert "与居民合用，不得切断" in text
    office.act("联合执法", **JOINT, done={"断电": "拆除动力线路"}, done_by={"断电": "供电所"})
    assert last_act(office).measures == {"断电": "拆除动力线路"}


def test_who_was_there_is_counted_by_name_or_number() -> None:
    office = overdue()
    people = {"综合执法队": "应辛火、殷己火，梅甲水", "派出所": "4人", "供电所": "2"}
    office.act("联合执法", **JOINT, people=people, lead="综合执法队", leader="胡副镇长")
    act = last_act(office)
    assert heads(act) == 9
    assert act.departments == ("综合执法队", "生态环境所", "派出所", "供电所")
    texts = lacking(office.act, "联合执法", **JOINT, people=people, head_count=8)
    assert texts == ["总人数（8）不少于各部门人数之和（9）"]


def test_only_a_joint_enforcement_tells_of_items() -> None:
    office = Office()
    order = {"days": 5, "criteria": ("2",), "doc_no": "1号"}
    assert "不记标准项" in lacking(office.act, "限期清理", **order, done={"断电": None})[0]
    assert "不是联合执法" in lacking(office.act, "限期清理", **order, head_count=3)[0]


def test_how_it_ended_has_to_make_sense() -> None:
    office = overdue()
    done = {**JOINT, "outcome": "完成"}
    assert "又写了没有完成的" in lacking(office.act, "联合执法", **done, undone=("断电",))[0]
    put_off = {**JOINT, "outcome": "改期"}
    early = lacking(office.act, "联合执法", **put_off, again_on=date(2026, 1, 15))
    assert "不早于执法日期" in early[0]
    noted = office.act("联合执法", **put_off)
    assert any("改期至=日期" in note for note in noted.notes)
    noted = office.act("联合执法", **{**JOINT, "outcome": "中止"})
    assert any("事由=原因" in note for note in noted.notes)
    assert not office.act("联合执法", **{**JOINT, "outcome": "中止"}, reason="大雨").notes


# --- the court --------------------------------------------------------------------------------------


def test_the_court_is_asked_ten_working_days_after_the_demand() -> None:
    office = overdue()
    asked = {
        "nature": "申请法院强制执行",
        "outcome": "已申请法院",
        "note": "领导小组决定",
        "approval": APPROVED,
        "issuer": "宁河区生态环境局",
        "doc_name": "行政处罚决定书",
        "doc_no": "宁环罚〔2026〕3号",
        "demanded_on": date(2026, 1, 16),
    }
    # 19 to 30 January: ten working days
    early = lacking(office.on(1, 30).act, "联合执法", **asked)
    assert len(early) == 1 and "届满2026-01-30" in early[0]
    unnumbered = lacking(office.act, "联合执法", **{**asked, "doc_no": None})
    assert "申请执行的行政决定" in unnumbered[0]
    office.on(1, 31).act("联合执法", **asked)
    assert office.standing.state == "执法中"


def test_a_building_is_pulled_down_after_the_notice_and_the_remedies() -> None:
    office = overdue()
    forced = {
        **JOINT,
        "nature": "依法强制执行",
        "time": "09:30",
        "issuer": "宁河区人民政府",
        "doc_name": "强制拆除决定书",
        "doc_no": "宁政拆〔2026〕1号",
        "demanded_on": date(2026, 1, 11),
    }
    assert lacking(office.act, "联合执法", **forced) == [
        "限期自行拆除的公告",
        "复议、诉讼期限已经届满",
    ]
    told = {"announced_on": date(2026, 1, 6), "remedies_over": date(2026, 1, 16)}
    assert lacking(office.act, "联合执法", **forced, **told) == ["复议、诉讼期限已经届满"]
    office.act("联合执法", **forced, announced_on=date(2026, 1, 6), remedies_over=date(2026, 1, 15))


# --- 处置 --------------------------------------------------------------------------------------------


def dealt(office: Office, **told: object) -> None:
    request = DisposeRequest(**{"measure": "封存设备", "on": office.today, **told})
    office.do(dispose, request)


def waiting(office: Office) -> list[int]:
    steps = fold(office.enterprise.records, office.policy)
    return [v.number for v in undisposed(steps, office.policy)]


def test_a_disposal_speaks_for_what_was_found_up_to_it() -> None:
    office = overdue()
    office.visit("日常", "在产")
    office.on(1, 17).visit("夜查", "有生产迹象", leader="孟带班")
    assert waiting(office) == [3, 4]
    dealt(office, of=3)
    assert waiting(office) == [4]
    dealt(office)
    assert waiting(office) == []
    office.on(1, 18).visit("日常", "在产")
    assert waiting(office) == [7]


def test_only_unlawful_production_is_disposed_of() -> None:
    office = overdue()
    office.visit("日常", "停产")
    with pytest.raises(Refused, match="没有发现违法生产"):
        dealt(office)
    office.visit("日常", "在产")
    with pytest.raises(Refused, match="第3条没有发现违法生产"):
        dealt(office, of=3)
    with pytest.raises(Refused, match="早于处置的日期"):
        dealt(office, done_on=date(2026, 1, 15))


def test_a_disposal_is_finished_once_by_a_record_of_its_own() -> None:
    office = overdue()
    office.visit("日常", "在产")
    dealt(office, days=3)
    disposal = office.enterprise.records[-1]
    assert isinstance(disposal, Disposal) and disposal.deadline == date(2026, 1, 19)

    def done(number: int) -> None:
        office._write(finish(office.enterprise, number, office.today, (), None, office.policy, office.today))  # fmt: skip

    with pytest.raises(NotFound, match="第3条不是处置"):
        done(3)
    office.on(1, 18)
    done(4)
    assert done_on(disposal, office.enterprise) == date(2026, 1, 18)
    with pytest.raises(Refused, match="已于 2026-01-18 完成"):
        done(4)


# --- 移送 --------------------------------------------------------------------------------------------


def test_receipt_and_answer_are_records_that_name_the_transfer() -> None:
    office = overdue()
    sent = TransferRequest(to="宁河区生态环境局", matter="无证排污", on=office.today)
    office._write(transfer(office.enterprise, sent, office.policy, settings(), office.today))
    before = office.enterprise.records[-1]
    office.on(1, 20).do(reply, ReplyRequest(number=3, on=date(2026, 1, 18)))
    office.do(reply, ReplyRequest(number=3, on=office.today, answer="已立案"))
    assert office.enterprise.records[2] == before, "the transfer itself stays as it was written"
    assert [r.type for r in office.enterprise.records[3:]] == ["移送反馈", "移送反馈"]
    for wrong, said in (
        (ReplyRequest(number=3, on=date(2026, 1, 15), answer="早"), "早于移送的日期"),
        (ReplyRequest(number=3, on=date(2026, 1, 18), received_on=date(2026, 1, 19)), "晚于反馈"),
    ):
        with pytest.raises(Refused, match=said):
            office.do(reply, wrong)
    with pytest.raises(NotFound, match="第2条不是移送"):
        office.do(reply, ReplyRequest(number=2, on=office.today, answer="无"))
    office.undo()
    assert office.enterprise.records[-1].type == "撤销"


# --- the county --------------------------------------------------------------------------------------


def by_county() -> Office:
    """A ledger whose enterprises the county delists; cleared and accepted by the town."""
    office = Office()
    office.settings = replace(office.settings, delisted_by="区")
    office.act("限期清理", days=15, criteria=("2",), doc_no="1号", served=date(2026, 1, 5))
    office.on(1, 10).visit("复查", "已清空", done=dict.fromkeys(ALL))
    return office


def test_the_county_delists_after_the_towns_acceptance_and_report() -> None:
    office = by_county()
    assert lacking(office.act, "报区验收") == ["至少两人、结论为通过的验收"]
    office.visit("验收", "已清空", verdict="通过")
    assert lacking(office.act, "销号", method="自行清理", **COUNTY)[0] == "报区验收的记录"
    office.act("报区验收", approval=APPROVED)
    assert office.standing.submitted == 5 and office.standing.state == "清理中"
    assert lacking(office.act, "报区验收")[0].startswith("第5条报区验收的结果")
    assert (
        "区级批准销号的文书"
        in lacking(
            office.on(1, 20).act,
            "销号",
            method="自行清理",
            issuer="俵口镇人民政府",
            doc_no="俵整1号",
        )[0]
    )
    undated = {**COUNTY, "doc_date": None}
    assert "区级文书的日期" in lacking(office.act, "销号", method="自行清理", **undated)[0]
    office.act("销号", method="自行清理", **COUNTY)
    assert office.standing.state == "已取缔" and last_act(office).level == "区"
    assert 5 in last_act(office).relied


def test_what_the_county_returns_is_done_accepted_and_reported_again() -> None:
    office = by_county()
    office.visit("验收", "已清空", verdict="通过")
    told = {"undone": ("断电",), "reason": "动力线路未拆"}
    assert lacking(office.act, "区验收退回", **told)[0] == "报区验收的记录"
    office.act("报区验收", approval=APPROVED)
    assert len(lacking(office.act, "区验收退回")) == 2
    office.on(1, 12).act("区验收退回", **told)
    assert office.standing.items["断电"].status == "未完成"
    assert office.standing.submitted is None
    office.visit("复查", "已清空", done={"断电": None})
    assert "验收" in lacking(office.act, "报区验收")[0]
    office.visit("验收", "已清空", verdict="通过")
    office.act("报区验收", approval=APPROVED)
    office.on(1, 20).act("销号", method="自行清理", **COUNTY)
    assert office.standing.state == "已取缔"


def test_a_problem_returned_takes_a_new_acceptance_even_where_no_item_is_undone() -> None:
    office = by_county()
    office.visit("验收", "已清空", verdict="通过")
    office.act("报区验收", approval=APPROVED)
    office.on(1, 12).act("区验收退回", problems=("照片不全",), reason="材料不全")
    assert "区级退回（2026-01-12）以后" in lacking(office.act, "报区验收")[0]


def test_the_county_may_delist_on_its_own_paper() -> None:
    office = by_county()
    assert len(lacking(office.act, "上级直接销号", method="自行清理")) == 1
    office.on(1, 20).act("上级直接销号", method="自行清理", **COUNTY)
    assert office.standing.state == "已取缔"


def test_a_ledger_of_the_town_does_not_see_those_acts() -> None:
    from swm.domain.workflow import possibilities

    office = Office()
    names = {p.row.name for p in possibilities(office.enterprise, office.policy, office.settings, office.today)}  # fmt: skip
    assert not names & {"报区验收", "区验收退回", "上级直接销号"} and "销号" in names
    with pytest.raises(Refused, match="不能报区验收"):
        office.act("报区验收")


def test_an_act_keeps_the_level_by_which_it_was_made() -> None:
    """A ledger that changes its 销号层级 keeps its history: what was lawful then stays so."""
    from swm.domain.replay import violations

    office = Office()
    office.act("限期清理", days=15, criteria=("2",), doc_no="1号", served=date(2026, 1, 5))
    office.on(1, 10).visit("复查", "已清空", done=dict.fromkeys(ALL))
    office.visit("验收", "已清空", verdict="通过")
    office.act("销号", method="自行清理", approval=APPROVED)
    office.settings = replace(office.settings, delisted_by="区")
    assert violations(office.enterprise, office.policy) == []
    office.on(2, 10).visit("回头看", "在产")
    office.act("回潮")
    assert violations(office.enterprise, office.policy) == []
