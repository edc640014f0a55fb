"""`swm advance` and `swm serve`: the state moves on; a paper reaches the enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from swm.cli import acting, lastused, parsing, selection
from swm.cli import options as o
from swm.cli.approvals import approval
from swm.cli.call import Call
from swm.cli.grammar import Writing, verbs
from swm.cli.originals import scanned
from swm.cli.possible import show_possibilities
from swm.cli.prompts import Question, complete
from swm.domain import service, workflow
from swm.domain.records import SERVICE_METHODS, Enterprise
from swm.domain.service import ServeRequest
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
    served: Annotated[o.Text, o.text("--served", "日期", "已经送达的，送达日期")] = None,
    dept: Annotated[o.Text, o.text("--dept", "部门", "参加联合执法的部门")] = None,
    nature: Annotated[o.Text, o.text("--nature", "性质", "联合执法的性质")] = None,
    outcome: Annotated[o.Text, o.text("--outcome", "结果", "联合执法的结果")] = None,
    demanded_on: Annotated[o.Text, o.text("--demanded-on", "日期", "催告书送达日期")] = None,
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
        lambda tx: workflow.advance(tx.enterprise(id), request, tx.policy, tx.settings, call.today)
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
        served=read("--served", day),
        departments=read("--dept", parsing.words) or (),
        nature=read("--nature", parsing.choice(standards.natures, "执法性质")),
        outcome=read("--outcome", parsing.choice(standards.outcomes, "执法结果")),
        demanded_on=read("--demanded-on", day),
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


@app.command(
    "serve", cls=Writing, help="登记文书送达：企业、文书所在记录的序号。期限自送达次日起算。"
)
def serve(
    context: typer.Context,
    which: o.WhichRecord = None,
    on: o.On = None,
    method: Annotated[o.Text, o.text("--method", "方式", "直接、留置、邮寄、委托、公告")] = None,
    by: o.By = None,
    witness: o.Witness = None,
    scan: o.Scan = None,
    scan_pages: o.ScanPages = None,
    scan_place: o.ScanPlace = None,
) -> None:
    """Service of the paper of one record."""
    call = Call.of(context)
    words, number = parsing.with_number(which)
    id = selection.one(call, words)
    asked = (
        Question(option="--on", title="送达日期", reader=parsing.day(call.today), default="今天"),
        Question(
            option="--method",
            title="送达方式",
            reader=parsing.choice(SERVICE_METHODS, "送达方式"),
            choices=SERVICE_METHODS,
        ),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    paper, papers = scanned(call, scan, scan_pages, scan_place)
    request = ServeRequest(
        number=number,
        on=answers["--on"],
        method=answers["--method"],
        by=parsing.words(by or ""),
        witness=parsing.words(witness or ""),
        scan=paper.sha256 if paper else None,
        pages=paper.pages if paper else None,
        place=paper.place if paper else None,
    )
    call.record(
        lambda tx: service.serve(tx.enterprise(id), request, tx.policy, call.today), beside=papers
    )
