"""`swm complaint`: 举报 and 上级交办 come in and are handed on, answered and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from swm.cli import complaintlists, parsing, selection
from swm.cli import complaintsteps as later
from swm.cli import options as o
from swm.cli.call import Call
from swm.cli.casefiles import complaint_id, complaint_ids, pick, proofs
from swm.cli.complaintlists import Which
from swm.cli.complaintsteps import Proof
from swm.cli.grammar import Writing, noun
from swm.cli.originals import scanned
from swm.cli.prompts import Question, complete
from swm.cli.reporters import Kept, refuse_arguments, refuse_told, reporter_of
from swm.domain import complaints, verifications
from swm.domain.complaintrecords import CONCLUSIONS, SOURCES, Complaint, proof_of
from swm.domain.complaints import ReceiveRequest
from swm.domain.edits import Change
from swm.domain.kinds import COMPLAINT
from swm.domain.records import RESULTS
from swm.domain.verifications import VerifyRequest
from swm.errors import WrongUsage
from swm.store.vault import Vault

if TYPE_CHECKING:
    from swm.store.writing import Writing as Committed

app = noun("complaint", "举报、上级交办：登记、转办、核查、延期、答复、办结。")


@app.command("add", cls=Writing, help="登记一件举报或上级交办。最后一行以编号开头。")
def add(
    context: typer.Context,
    source: Annotated[o.Text, o.text("--source", "来源", "、".join(SOURCES))] = None,
    on: Annotated[o.Text, o.text("--on", "日期", "收到的日期；不写就是今天")] = None,
    village: o.Village = None,
    text: Annotated[o.Text, o.text("--text", "文字", "反映的情况：摘要，不写姓名、电话")] = None,
    source_no: Annotated[o.Text, o.text("--source-no", "单号", "工单号、交办单号")] = None,
    due: Annotated[o.Text, o.text("--due", "日期", "交办单写的办结期限；不写按制度推算")] = None,
    about: Annotated[o.Text, o.text("--about", "企业", "涉及的企业，几家用逗号隔开")] = None,
    duplicate_of: Annotated[
        o.Text, o.text("--duplicate-of", "编号", "重复件：所重复的那一件")
    ] = None,
    to: Annotated[o.Text, o.text("--to", "承办", "承办的部门或人员")] = None,
    reporter_stdin: Annotated[
        bool, typer.Option("--reporter-stdin", help="从标准输入读举报人的姓名、电话、原话")
    ] = False,
    identified: Annotated[
        bool, typer.Option("--identified", help="实名举报，身份已核验（不记证件号码）")
    ] = False,
    scan: o.Scan = None,
    scan_pages: o.ScanPages = None,
    scan_place: o.ScanPlace = None,
    by: o.By = None,
    note: o.Note = None,
    reporter: Annotated[
        list[str] | None,
        typer.Option("--reporter", "--reporter-name", "--reporter-phone", "--phone", hidden=True),
    ] = None,
) -> None:
    """Record what came in."""
    call = Call.of(context)
    refuse_arguments(reporter)
    settings = call.ledger.snapshot().settings
    villages = settings.village_names(call.today)
    asked = (
        pick("--source", "来源", SOURCES),
        Question(
            option="--village", title="村", reader=parsing.village(villages), choices=villages
        ),
        Question(option="--text", title="反映的情况（摘要，不写姓名、电话）", reader=str.strip),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    firms = selection.several(call, [about]) if about else []
    first = complaint_id(call, [duplicate_of]) if duplicate_of else None
    who = reporter_of(call, reporter_stdin, answers["--source"])
    told = {"--text": answers["--text"], "--note": parsing.joined(note), "--to": to}
    refuse_told(who, {**told, "--source-no": source_no})
    kept = None if who.empty else Kept(_vault(call), who)
    paper, papers = scanned(call, scan, scan_pages, scan_place)
    day = parsing.day(call.today)

    def decide(tx: Committed) -> Change:
        request = ReceiveRequest(
            source=answers["--source"],
            village=answers["--village"],
            text=answers["--text"],
            on=parsing.maybe("--on", on, day) or call.today,
            source_number=source_no,
            due=parsing.maybe("--due", due, day),
            about=[tx.enterprise(id) for id in firms],
            duplicate_of=tx.filed(Complaint, first) if first else None,
            handler=to,
            token=kept.token if kept else None,
            contact=who.reachable if kept else None,
            named=True if identified else None,
            scan=paper,
            by=parsing.words(by or ""),
            note=parsing.joined(note),
        )
        return complaints.receive(tx.given(COMPLAINT), request, tx.policy, tx.settings, call.today)

    call.record(decide, id_first=True, beside=[*([kept] if kept else []), *papers])


def _vault(call: Call) -> Vault:
    return Vault(call.ledger.snapshot().settings.ledger_id, call.environ)


@app.command("verify", cls=Writing, help="登记核查：至少两人，一次可以核查几件（重复件一并）。")
def verify(
    context: typer.Context,
    which: Which = None,
    on: o.On = None,
    by: Annotated[o.Text, o.text("--by", "人员", "到场人员，至少两人")] = None,
    conclusion: Annotated[o.Text, o.text("--conclusion", "结论", "、".join(CONCLUSIONS))] = None,
    found: Annotated[o.Text, o.text("--found", "文字", "现场发现的情况")] = None,
    visit: Annotated[o.Text, o.text("--visit", "企业", "同时在这些企业的档案里记一次核查")] = None,
    result: Annotated[
        o.Text, o.text("--result", "结果", "--visit 的现场结果：" + "、".join(RESULTS))
    ] = None,
    problem: Annotated[o.Many, o.text("--problem", "文字", "--visit 发现的问题；可写多次")] = None,
    proof: Proof = None,
    scan: o.Scan = None,
    scan_pages: o.ScanPages = None,
    scan_place: o.ScanPlace = None,
    note: o.Note = None,
) -> None:
    """Record what a team found."""
    call = Call.of(context)
    ids = complaint_ids(call, which)
    asked = (
        Question(option="--by", title="到场人员（至少两人，用顿号隔开）", reader=parsing.words),
        pick("--conclusion", "核查结论", CONCLUSIONS),
        Question(option="--found", title="现场发现的情况", reader=str.strip),
    )
    answers = complete(asked, call.typed, call.screen, call.ask)
    visited = selection.several(call, [visit]) if visit else []
    if not visited and (result or problem):
        raise WrongUsage("写了现场结果或问题，还缺是哪家企业", hint="加上 --visit 企业")
    relied = proofs(call, proof)
    paper, papers = scanned(call, scan, scan_pages, scan_place)

    def decide(tx: Committed) -> Change:
        cases = [tx.filed(Complaint, id) for id in ids]
        named = {id for c in cases if not c.withdrawn for id in c.about}
        named |= {proof_of(text)[0] for text in relied} | set(visited)
        firms = {id: tx.enterprise(id) for id in sorted(named)}
        request = VerifyRequest(
            on=parsing.maybe("--on", on, parsing.day(call.today)) or call.today,
            people=answers["--by"],
            conclusion=answers["--conclusion"],
            found=answers["--found"],
            visited=[firms[id] for id in visited],
            result=parsing.maybe("--result", result, parsing.choice(RESULTS, "现场结果")),
            problems=tuple(problem or ()),
            proof=relied,
            enterprises=firms,
            scan=paper,
            note=parsing.joined(note),
        )
        return verifications.verify(cases, request, tx.policy, call.today)

    call.record(decide, beside=papers)


later.register(app)
complaintlists.register(app)
