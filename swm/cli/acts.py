"""`swm advance`: the state moves on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import acting, lastused, parsing, selection
from swm.cli import options as o
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.enforcing import told_of_operation
from swm.cli.grammar import Writing, verbs
from swm.cli.possible import show_possibilities
from swm.cli.prompts import complete
from swm.domain import workflow
from swm.domain.profiles import unknown_firm
from swm.domain.records import Enterprise
from swm.domain.workflow import AdvanceRequest
from swm.errors import Refused, WrongUsage

if TYPE_CHECKING:
    from swm.domain.policy import Policy
    from swm.store.snapshot import Snapshot

app = verbs()

REMOVAL = "核减"
"""The act whose reason may name another enterprise."""


@app.command("advance", cls=Writing, help="推进整治状态。不写动作，则列出可以办什么、还缺什么。")
def advance(
    context: typer.Context,
    which: o.WhichAct = None,
    action: Annotated[
        o.Text, o.text("--action", "动作", "要办的动作，也可直接写在企业后面")
    ] = None,
    on: o.On = None,
    by: o.By = None,
    deadline: Annotated[o.Text, o.text("--deadline", "日期", "期限，以文书所写的日期为准")] = None,
    days: Annotated[o.Text, o.text("--days", "日数", "期限，自送达次日起的自然日数")] = None,
    workdays: Annotated[
        o.Text, o.text("--workdays", "日数", "期限，自送达次日起的工作日数")
    ] = None,
    category: o.Category = None,
    criteria: Annotated[o.Text, o.text("--criteria", "代号", "取缔情形，如 1,3")] = None,
    doc_name: Annotated[o.Text, o.text("--doc-name", "名称", "文书名称")] = None,
    doc_no: Annotated[o.Text, o.text("--doc-no", "文号", "文书的文号")] = None,
    issuer: Annotated[o.Text, o.text("--issuer", "机关", "作出文书的机关；不写就是本镇")] = None,
    doc_date: Annotated[o.Text, o.text("--doc-date", "日期", "上级文书的落款日期")] = None,
    served: Annotated[o.Text, o.text("--served", "日期", "已经送达的，送达日期")] = None,
    dept: Annotated[o.Text, o.text("--dept", "部门", "参加联合执法的部门")] = None,
    lead: Annotated[o.Text, o.text("--lead", "部门", "联合执法的牵头部门")] = None,
    leader: Annotated[o.Text, o.text("--leader", "姓名", "联合执法的带队领导")] = None,
    until: Annotated[o.Text, o.text("--until", "时刻", "联合执法结束的时刻")] = None,
    people: Annotated[
        o.Many, o.text("--people", "人员", "出动的人数，或各部门的人：综合执法队=4")
    ] = None,
    nature: Annotated[o.Text, o.text("--nature", "性质", "联合执法的性质")] = None,
    outcome: Annotated[o.Text, o.text("--outcome", "结果", "联合执法的结果")] = None,
    again: Annotated[o.Text, o.text("--again", "日期", "中止、改期的，改到哪一天")] = None,
    done: Annotated[
        o.Many, o.text("--done", "各项", "联合执法中完成的标准项：断水、断电=拆除动力线路")
    ] = None,
    done_by: Annotated[o.Many, o.text("--done-by", "项=部门", "各项由谁实施：断电=供电所")] = None,
    na: Annotated[o.Many, o.text("--na", "项=理由", "不涉及的标准项：断水=无水源")] = None,
    undone: Annotated[o.Many, o.text("--undone", "各项", "没有完成或被退回的标准项")] = None,
    problem: Annotated[o.Many, o.text("--problem", "文字", "区级验收退回的问题")] = None,
    demanded_on: Annotated[o.Text, o.text("--demanded-on", "日期", "催告书送达日期")] = None,
    announced_on: Annotated[
        o.Text, o.text("--announced-on", "日期", "限期拆除公告的日期（强制拆除）")
    ] = None,
    remedies_over: Annotated[
        o.Text, o.text("--remedies-over", "日期", "复议、诉讼期限届满的日期（强制拆除）")
    ] = None,
    emergency: Annotated[
        bool, typer.Option("--emergency", help="紧急情况（夜间、节假日）")
    ] = False,
    method: Annotated[o.Text, o.text("--method", "方式", "销号的完成方式")] = None,
    moved_to: Annotated[o.Text, o.text("--moved-to", "去向", "迁往何处")] = None,
    reason: Annotated[o.Text, o.text("--reason", "原因", "原因或事由")] = None,
    approver: o.Approver = None,
    approved_on: o.ApprovedOn = None,
    approval_paper: o.ApprovalPaper = None,
    note: o.Note = None,
) -> None:
    """Do one act, or say which acts are possible. The options are read from `call.typed`."""
    call = Call.of(context)
    words, named = _parted(which or [], action)
    id = selection.one(call, words)
    snapshot = call.ledger.snapshot()
    enterprise = snapshot.enterprise(id)
    if named is None:
        show_possibilities(call, snapshot, enterprise)
        return
    request = _asked(call, snapshot, enterprise, named)
    call.record(
        lambda tx: workflow.advance(
            tx.enterprise(id),
            request,
            tx.policy,
            tx.settings,
            call.today,
            lambda: tx.facts.paper_numbers(),
            against=unknown_firm(
                request.related, tx.settings, tx.enterprise_ids if request.related else ()
            ),
        )
    )
    _remember(call, request)


def _parted(words: list[str], action: str | None) -> tuple[list[str], str | None]:
    """The enterprise, and the act that follows it."""
    if action is not None or len(words) < 2:
        return words, action
    if len(words) > 2:
        raise WrongUsage(f"多出了不认识的内容：{' '.join(words[2:])}", "写作 swm advance 企业 动作")
    return words[:1], words[1]


def _asked(call: Call, snapshot: Snapshot, enterprise: Enterprise, named: str) -> AdvanceRequest:
    """The request as typed; on a terminal, what options alone can supply is asked for."""
    request = _request(call, snapshot, named, call.typed)
    if not call.interactive:
        return request
    policy, settings = snapshot.policy, snapshot.settings
    try:
        workflow.advance(enterprise, request, policy, settings, call.today)
        return request
    except Refused as refused:
        missing = refused.missing
    lacking = acting.askable(missing, f"swm advance {enterprise.id} {request.action}")
    if not lacking:
        return request
    used = lastused.recall(call.ledger.root)
    asked = acting.questions(lacking, missing, policy, settings, used, call.today)
    answers = complete(asked, {}, call.screen, call.ask)
    supplied = {option: _as_text(value) for option, value in answers.items()}
    return _request(call, snapshot, named, {**call.typed, **supplied})


def _as_text(value: Any) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _request(
    call: Call, snapshot: Snapshot, named: str, typed: Mapping[str, Any]
) -> AdvanceRequest:
    """The act as typed. Raises `WrongUsage` that names the option."""
    parsing.refuse_both(typed, "--deadline", "--days", "--workdays")
    policy, today = snapshot.policy, call.today
    standards = policy.standards
    action = _action(policy, named)
    on, time = parsing.when(typed["--on"], today)
    day = parsing.day(today)
    categories = [c.name for c in policy.workflow.categories]
    grounds = [g.code for g in standards.grounds]
    reason, related = _reason(call, policy, action, typed["--reason"])

    def read(option: str, reader: parsing.Reader[Any]) -> Any:
        return parsing.maybe(option, typed[option], reader)

    return AdvanceRequest(
        action=action,
        on=on,
        time=time,
        by=read("--by", parsing.words) or (),
        deadline=read("--deadline", day),
        days=read("--days", parsing.number),
        workdays=read("--workdays", parsing.number),
        category=read("--category", parsing.choice(categories, "整治类别")),
        criteria=read("--criteria", parsing.choices(grounds, "取缔情形")) or (),
        doc_name=typed["--doc-name"],
        doc_no=typed["--doc-no"],
        issuer=typed["--issuer"],
        doc_date=read("--doc-date", day),
        served=read("--served", day),
        departments=read("--dept", parsing.words) or (),
        nature=read("--nature", parsing.choice(standards.natures, "执法性质")),
        outcome=read("--outcome", parsing.choice(standards.outcomes, "执法结果")),
        demanded_on=read("--demanded-on", day),
        announced_on=read("--announced-on", day),
        remedies_over=read("--remedies-over", day),
        **told_of_operation(typed, today),
        emergency=typed["--emergency"],
        method=read("--method", parsing.choice(standards.methods, "完成方式")),
        moved_to=typed["--moved-to"],
        reason=reason,
        related=related,
        approval=approval(typed, today, on),
        note=parsing.joined(typed["--note"]),
    )


def _action(policy: Policy, named: str) -> str:
    names = dict.fromkeys(a.name for a in policy.workflow.actions)
    return parsing.read("动作", named, parsing.choice(names, "动作"))


def _reason(
    call: Call, policy: Policy, action: str, typed: str | None
) -> tuple[str | None, str | None]:
    """The reason; for 核减 one of the named ones, and after a blank the other enterprise."""
    if typed is None or action != REMOVAL:
        return typed, None
    head, _, other = typed.strip().partition(" ")
    names = policy.standards.reasons
    reason = parsing.read("--reason", head, parsing.choice(names, "核减事由"))
    return reason, selection.one(call, [other.strip()]) if other.strip() else None


def _remember(call: Call, request: AdvanceRequest) -> None:
    used = {
        "作出机关": request.issuer,
        "部门": "、".join(request.departments),
        "批准人": request.approval.person if request.approval else None,
    }
    call.remember(used)
