"""举报 and 上级交办: what a complaint needs, in which order, and what it leaves in enterprises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swm.domain.amendments import CorrectRequest
from swm.domain.complaintrecords import ASSIGNED, CONCLUSIONS, SOURCES, TRUE, Complaint
from swm.domain.complaints import ReceiveRequest, receive
from swm.domain.complaintsteps import (
    StepRequest,
    answer,
    close,
    extend,
    hand,
    link,
    registered_from,
)
from swm.domain.corrections import effective
from swm.domain.edits import Append, Change, Create
from swm.domain.fields import read
from swm.domain.filedamendments import correct_filed
from swm.domain.kinds import kind_of
from swm.domain.records import Approval, Enterprise, Lead, Registration, Visit
from swm.domain.registrations import RegisterRequest, register
from swm.domain.settings import Settings, Village
from swm.domain.verifications import VerifyRequest, verify
from swm.domain.workflow import AdvanceRequest, advance
from swm.errors import Refused
from swm.store.yamltext import apply, parse
from tests.policy_fixture import policy
from tests.scenario.transcript import screen

POLICY = policy()
MONDAY = date(2026, 3, 2)
TODAY = date(2026, 4, 30)
SETTINGS = Settings(ledger_id="abc", town="俵口镇", villages=(Village(name="俵口村"),))
APPROVED = Approval(person="孟镇长", on=MONDAY)


class Shelf:
    """Files in memory, as the changes leave them."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.last: Change | None = None

    def take(self, change: Change) -> Change:
        for path, edits in change.files.items():
            self.texts[path] = apply(self.texts.get(path, ""), edits, path)
        self.last = change
        return change

    def file(self, id: str) -> Any:
        kind = kind_of(id)
        path = kind.path(id)
        return read(kind.load(), parse(self.texts[path].encode(), path), path)

    def case(self, id: str = "JB-2026-0001") -> Complaint:
        found = self.file(id)
        assert isinstance(found, Complaint)
        return found

    def firm(self, id: str = "BK-0001") -> Enterprise:
        found = self.file(id)
        assert isinstance(found, Enterprise)
        return found

    # --- what a clerk does ---------------------------------------------------------------------

    def receive(self, on: date = MONDAY, **told: Any) -> Change:
        known = {"source": "12345热线", "village": "俵口村", "text": "夜间喷漆", "on": on}
        ids = [p.rpartition("/")[2][:-5] for p in self.texts if p.startswith("举报/")]
        request = ReceiveRequest(**{**known, **told})
        return self.take(receive(ids, request, POLICY, SETTINGS, TODAY))

    def verify(self, on: date = MONDAY, *ids: str, **told: Any) -> Change:
        known = {"people": ("方志明", "孙立"), "conclusion": "属实", "found": "正在喷漆"}
        cases = [self.case(id) for id in ids or ("JB-2026-0001",)]
        return self.take(verify(cases, VerifyRequest(on=on, **{**known, **told}), POLICY, TODAY))

    def close(self, on: date = MONDAY, measure: str | None = "清运", **told: Any) -> Change:
        step = StepRequest(on=on, **told)
        return self.take(close(self.case(), "已处理", measure, step, POLICY, TODAY))

    def register(self) -> Enterprise:
        request = RegisterRequest(name="俵口喷漆点", village="俵口村", on=MONDAY, source="村级上报")
        self.take(register([], request, POLICY, SETTINGS, TODAY))
        return self.firm()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def missing(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "；".join(m.text for m in refused.value.missing)


# --- 收件 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "deadline"),
    [
        ("12345热线", date(2026, 3, 11)),
        ("群众来电", date(2026, 3, 17)),
        ("来信来访", date(2026, 5, 6)),
        ("网络/微信", date(2026, 3, 17)),
        ("上级交办", date(2026, 3, 12)),
        ("媒体", date(2026, 3, 9)),
    ],
)
def test_the_rule_of_each_source_gives_the_deadline(
    shelf: Shelf, source: str, deadline: date
) -> None:
    change = shelf.receive(source=source)
    assert shelf.case().deadline == deadline
    assert any("推算" in note and "次日起算" in note for note in change.notes)


def test_every_source_has_a_rule() -> None:
    for source in SOURCES:
        assert POLICY.rule(f"{source}办理", MONDAY).days > 0


def test_the_sheets_own_deadline_stands(shelf: Shelf) -> None:
    shelf.receive(source=ASSIGNED, due=date(2026, 3, 5))
    assert shelf.case().deadline == date(2026, 3, 5)
    assert shelf.case().received.term is None


def test_a_ledger_without_the_rule_is_told_which_file_to_complete(shelf: Shelf) -> None:
    rules = tuple(r for r in POLICY.rules.rules if not r.name.endswith("办理"))
    bare = replace(POLICY, rules=replace(POLICY.rules, rules=rules))
    request = ReceiveRequest(source="媒体", village="俵口村", text="夜间喷漆", on=MONDAY)
    with pytest.raises(Refused) as refused:
        receive([], request, bare, SETTINGS, TODAY)
    assert "制度/期限.yaml" in refused.value.missing[0].command
    told = replace(request, due=date(2026, 3, 9))
    assert receive([], told, bare, SETTINGS, TODAY).recorded["期限"] == date(2026, 3, 9)


def test_the_message_says_neither_source_nor_words(shelf: Shelf) -> None:
    change = shelf.receive(source_number="GD123", text="夜间喷漆")
    said = "\n".join((change.subject, *change.body))
    assert change.subject == "交办事项 JB-2026-0001 俵口村：收件"
    assert not any(word in said for word in ("12345", "GD123", "喷漆", "举报"))


def test_everything_wrong_is_told_at_once(shelf: Shelf) -> None:
    with pytest.raises(Refused) as refused:
        shelf.receive(village="白庙村", text="我叫某某", due=date(2026, 2, 1), contact=True)
    told = missing(refused)
    assert all(word in told for word in ("白庙村", "第一人称", "早于收件", "保密库里却没有登记"))


@pytest.mark.parametrize("field", ["text", "note", "handler", "source_number"])
def test_no_text_of_it_may_hold_a_telephone(shelf: Shelf, field: str) -> None:
    with pytest.raises(Refused, match="还不能登记") as refused:
        shelf.receive(**{field: "找13912345678"})
    assert "手机号" in missing(refused)


def test_a_duplicate_names_the_first_one(shelf: Shelf) -> None:
    shelf.receive()
    shelf.receive(duplicate_of=shelf.case())
    assert shelf.case("JB-2026-0002").received.duplicate_of == "JB-2026-0001"
    with pytest.raises(Refused) as refused:
        shelf.receive(duplicate_of=shelf.case("JB-2026-0002"))
    assert "本身就是 JB-2026-0001 的重复件" in missing(refused)
    with pytest.raises(Refused) as refused:
        shelf.receive(on=MONDAY - timedelta(1), duplicate_of=shelf.case())
    assert "收到在后" in missing(refused)


# --- 核查 ----------------------------------------------------------------------------------------


def test_it_takes_two_people(shelf: Shelf) -> None:
    shelf.receive()
    for people in ((), ("方志明",), ("方志明", "方志明")):
        with pytest.raises(Refused) as refused:
            shelf.verify(people=people)
        assert "至少两人" in missing(refused) or "必须填写" in missing(refused)


def test_what_they_found_may_not_tell_who_reported(shelf: Shelf) -> None:
    shelf.receive()
    with pytest.raises(Refused) as refused:
        shelf.verify(found="王先生反映属实")
    assert "举报人的身份" in missing(refused)


def test_one_visit_settles_a_complaint_and_its_duplicate(shelf: Shelf) -> None:
    shelf.receive()
    shelf.receive(duplicate_of=shelf.case())
    change = shelf.verify(MONDAY, "JB-2026-0001", "JB-2026-0002")
    assert len(change.files) == 2
    assert [shelf.case(f"JB-2026-000{n}").state for n in (1, 2)] == ["办理中", "办理中"]


def test_the_enterprise_gets_its_visit_in_the_same_commit(shelf: Shelf) -> None:
    firm = shelf.register()
    shelf.receive(about=[firm])
    firm = shelf.firm()
    change = shelf.verify(
        visited=[firm], result="在产", problems=("无治理设施",), enterprises={firm.id: firm}
    )
    visit = shelf.firm().records[-1]
    assert isinstance(visit, Visit) and visit.kind == "核查" and visit.problems == ("无治理设施",)
    assert shelf.case().verified and shelf.case().verified.proof == ("BK-0001第3条",)
    assert any("swm advance BK-0001 列入" in note for note in change.notes)
    listed = AdvanceRequest(action="列入", on=MONDAY, category="关停取缔")
    shelf.take(advance(shelf.firm(), listed, POLICY, SETTINGS, TODAY))
    assert shelf.firm().remediation.state == "待整治"


def test_only_a_check_of_the_enterprise_proves_it(shelf: Shelf) -> None:
    firm = shelf.register()
    shelf.receive()
    for proof, text in (("BK-0001第1条", "不是核查记录"), ("BK-0001第9条", "没有有效的第9条")):
        with pytest.raises(Refused) as refused:
            shelf.verify(proof=(proof,), enterprises={firm.id: firm})
        assert text in missing(refused)


def test_a_true_one_without_an_enterprise_is_offered_for_registration(shelf: Shelf) -> None:
    shelf.receive()
    assert any("add --from-complaint JB-2026-0001" in n for n in shelf.verify().notes)
    request = RegisterRequest(
        name="俵口喷漆点", village="俵口村", on=MONDAY, source="群众举报", complaint="JB-2026-0001"
    )
    change = register([], request, POLICY, SETTINGS, TODAY)
    shelf.take(registered_from(shelf.case(), change, MONDAY, POLICY, TODAY))
    assert shelf.case().about == ("BK-0001",)
    first = shelf.firm().records[0]
    assert isinstance(first, Registration) and first.complaint == "JB-2026-0001"
    assert first.source == "群众举报"
    assert not any("群众举报" in line for line in change.body)


# --- 重新核查 -------------------------------------------------------------------------------------


def refuted(shelf: Shelf) -> None:
    firm = shelf.register()
    shelf.receive(source="媒体")
    visit = VerifyRequest(
        on=MONDAY, people=("甲", "乙"), conclusion="不属实", found="空院", visited=[firm],
        result="已清空", enterprises={firm.id: firm},
    )  # fmt: skip
    shelf.take(verify([shelf.case()], visit, POLICY, TODAY))
    no = AdvanceRequest(action="查否", on=MONDAY, reason="空院")
    shelf.take(advance(shelf.firm(), no, POLICY, SETTINGS, TODAY))


AGAIN = AdvanceRequest(action="重新核查", on=MONDAY + timedelta(9))


def test_a_later_complaint_is_reason_enough_to_look_again(shelf: Shelf) -> None:
    refuted(shelf)
    with pytest.raises(Refused):
        advance(shelf.firm(), AGAIN, POLICY, SETTINGS, TODAY)
    change = shelf.receive(on=MONDAY + timedelta(8), about=[shelf.firm()])
    assert any("重新核查" in note for note in change.notes)
    lead = shelf.firm().records[-1]
    assert isinstance(lead, Lead) and lead.complaint == "JB-2026-0002"
    act = shelf.take(advance(shelf.firm(), AGAIN, POLICY, SETTINGS, TODAY))
    assert shelf.firm().remediation.state == "待核查"
    assert f"凭：第{lead.number}条" in act.body


def test_an_earlier_complaint_is_not(shelf: Shelf) -> None:
    refuted(shelf)
    shelf.receive(on=MONDAY - timedelta(3), about=[shelf.firm()])
    with pytest.raises(Refused):
        advance(shelf.firm(), AGAIN, POLICY, SETTINGS, TODAY)


def test_a_complaint_linked_afterwards_counts_too(shelf: Shelf) -> None:
    refuted(shelf)
    shelf.receive(on=MONDAY + timedelta(8))
    step = StepRequest(on=MONDAY + timedelta(9))
    case = shelf.case("JB-2026-0002")
    shelf.take(link(case, [shelf.firm()], step, POLICY, TODAY))
    shelf.take(advance(shelf.firm(), AGAIN, POLICY, SETTINGS, TODAY))
    with pytest.raises(Refused, match="已经关联"):
        link(shelf.case("JB-2026-0002"), [shelf.firm()], step, POLICY, TODAY)


# --- 延期、答复、办结 --------------------------------------------------------------------------------


def prolonged(shelf: Shelf, on: date, **told: Any) -> Change:
    known: dict[str, Any] = {"until": None, "days": 5, "reason": "复杂", "approval": APPROVED}
    step = StepRequest(on=on)
    return extend(shelf.case(), **{**known, **told}, request=step, policy=POLICY, today=TODAY)


def test_an_extension_is_approved_before_the_deadline_passes(shelf: Shelf) -> None:
    shelf.receive()
    last, after = date(2026, 3, 11), date(2026, 3, 12)
    with pytest.raises(Refused) as refused:
        prolonged(shelf, after, approval=Approval(person="孟镇长", on=after))
    assert "已经超期" in missing(refused)
    with pytest.raises(Refused) as refused:
        prolonged(shelf, last, until=last, days=None)
    assert "晚于现期限" in missing(refused)
    with pytest.raises(Refused) as refused:
        prolonged(shelf, last, approval=None, days=None)
    assert "批准人" in missing(refused) and "延到哪一天" in missing(refused)
    change = prolonged(shelf, last, approval=Approval(person="孟镇长", on=last))
    assert "届满" in change.notes[0]
    shelf.take(change)
    assert shelf.case().deadline == date(2026, 3, 16)


def test_nobody_is_answered_who_left_no_contact(shelf: Shelf) -> None:
    shelf.receive()
    shelf.verify()
    step = StepRequest(on=MONDAY)
    with pytest.raises(Refused) as refused:
        answer(shelf.case(), "电话", None, True, step, POLICY, TODAY)
    assert "联系方式" in missing(refused)
    shelf.take(answer(shelf.case(), "回复交办单位", None, None, step, POLICY, TODAY))


def test_an_answer_comes_after_the_check(shelf: Shelf) -> None:
    shelf.receive(token="0123456789abcdef", contact=True)
    step = StepRequest(on=MONDAY)
    with pytest.raises(Refused) as refused:
        answer(shelf.case(), "电话", None, True, step, POLICY, TODAY)
    assert "答复以前的核查" in missing(refused)
    shelf.verify()
    shelf.take(answer(shelf.case(), "电话", "已告知", True, step, POLICY, TODAY))
    assert shelf.case().answers[0].satisfied is True


def test_none_is_closed_without_a_check(shelf: Shelf) -> None:
    shelf.receive()
    with pytest.raises(Refused) as refused:
        shelf.close()
    assert "至少两人的核查" in missing(refused)


@given(conclusion=st.sampled_from(CONCLUSIONS), measure=st.sampled_from([None, "清运"]))
def test_what_is_true_is_closed_only_with_a_measure(conclusion: str, measure: str | None) -> None:
    shelf = Shelf()
    shelf.receive()
    shelf.verify(conclusion=conclusion)
    if conclusion in TRUE and measure is None:
        with pytest.raises(Refused) as refused:
            shelf.close(measure=measure)
        assert "措施" in missing(refused)
    else:
        shelf.close(measure=measure)
        assert shelf.case().state == "已办结"
        with pytest.raises(Refused, match="还不能办结"):
            shelf.close(measure="再办")


def test_an_enterprises_act_is_measure_enough(shelf: Shelf) -> None:
    firm = shelf.register()
    shelf.receive(about=[firm])
    shelf.verify(enterprises={firm.id: shelf.firm()})
    firms = {"BK-0001": shelf.firm()}
    with pytest.raises(Refused) as refused:
        shelf.close(measure=None, proof=("BK-0001第8条",), enterprises=firms)
    assert "没有有效的第8条" in missing(refused)
    shelf.close(measure=None, proof=("BK-0001第2条",), enterprises=firms)
    assert shelf.case().closed is not None


def test_a_correction_may_not_take_the_ground_away(shelf: Shelf) -> None:
    shelf.receive()
    shelf.verify(conclusion="不属实")
    shelf.close(measure=None)
    for values, text in (
        ({"结论": "属实"}, "措施"),
        ({"人员": "方志明"}, "至少两人"),
        ({"发现": "本人所见"}, "第一人称"),
    ):
        request = CorrectRequest(number=2, values=values, reason="记错")
        with pytest.raises(Refused) as refused:
            correct_filed(shelf.case(), request, POLICY, TODAY)
        assert text in missing(refused)
    fine = CorrectRequest(number=2, values={"发现": "院内停放农机"}, reason="写得不清楚")
    shelf.take(correct_filed(shelf.case(), fine, POLICY, TODAY))
    verified = shelf.case().verified
    assert verified is not None and verified.found == "院内停放农机"


def test_the_reason_of_a_correction_is_a_text_like_any_other(shelf: Shelf) -> None:
    shelf.receive()
    request = CorrectRequest(number=1, values={"内容": "夜间异味"}, reason="13912345678来电更正")
    with pytest.raises(Refused) as refused:
        correct_filed(shelf.case(), request, POLICY, TODAY)
    assert "“原因”里有手机号" in missing(refused)


def test_it_is_overdue_from_the_day_after(shelf: Shelf) -> None:
    shelf.receive()
    deadline = shelf.case().deadline
    assert deadline is not None
    assert not shelf.case().overdue(deadline) and shelf.case().overdue(deadline + timedelta(1))
    shelf.verify()
    shelf.close(on=deadline + timedelta(3))
    assert any("超过期限" in n for n in (shelf.last.notes if shelf.last else ()))
    assert not shelf.case().overdue(TODAY)


def test_it_is_handed_on_and_the_last_one_has_it(shelf: Shelf) -> None:
    shelf.receive(handler="环保办")
    step = StepRequest(on=MONDAY)
    shelf.take(hand(shelf.case(), "综合执法队", step, POLICY, TODAY))
    assert shelf.case().handler == "综合执法队"
    assert len(list(effective(shelf.case().records))) == 2


def test_changes_only_append(shelf: Shelf) -> None:
    made = shelf.receive()
    assert [type(e) for edits in made.files.values() for e in edits] == [Create]
    later = shelf.verify()
    assert [type(e) for edits in later.files.values() for e in edits] == [Append]


@pytest.mark.parametrize(
    ("conclusion", "asked"),
    [("属实", True), ("部分属实", True), ("不属实", False), ("查无此处", False)],
)
def test_what_is_true_is_closed_with_what_was_done(
    tmp_path: Path, conclusion: str, asked: bool
) -> None:
    """The command that 核查 and the desk put forward is one that can be recorded."""

    def say(command: str, today: str = "2026-03-10") -> str:
        return "\n".join(screen(command, today, tmp_path))

    say("swm init . --town 俵口镇 --villages 俵口村")
    say("swm complaint add --source 媒体 --village 俵口村 --text 路边堆放废料")
    told = say(
        f"swm complaint verify 1 --by 甲一,乙二 --conclusion {conclusion} --found 现场已经看过"
    )
    command = "swm complaint close JB-2026-0001 --result 办理结果" + " --measure 措施" * asked
    assert command in told.splitlines()[-1]
    assert command in [line.strip() for line in say("swm", "2026-04-20").splitlines()]
    assert "已记录" in say(command)
