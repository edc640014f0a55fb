"""核查 of complaints (方案五2): one visit by at least two people may settle several of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from swm.domain.complaintrecords import TRUE, Complaint, Verified, close_command, proof_of
from swm.domain.complaints import SPOKEN, Scan
from swm.domain.complaintsteps import StepRequest, strange_proof, unlisted
from swm.domain.corrections import effective
from swm.domain.edits import Change, Edit
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import grown
from swm.domain.inspections import InspectRequest, inspect
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Visit
from swm.errors import Missing, Refused
from swm.frozen import declared

KIND = "核查"


@declared
class VerifyRequest:
    """What the team found. `visited` get a 核查 record of their own in the same commit.

    `proof` names 核查 records that are there already; `enterprises` are all that are named.
    """

    on: date
    people: tuple[str, ...]
    conclusion: str
    found: str
    visited: Sequence[Enterprise] = ()
    result: str | None = None
    problems: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    enterprises: Mapping[str, Enterprise] = field(default_factory=dict)
    scan: Scan | None = None
    by: tuple[str, ...] = ()
    note: str | None = None


def verify(
    complaints: Sequence[Complaint], request: VerifyRequest, policy: Policy, today: date
) -> Change:
    """A 核查 of these complaints, one commit. Raises `Refused` with all that is wrong."""
    refuse_future(request.on, today)
    files: dict[str, tuple[Edit, ...]] = {}
    wrong: list[Missing] = [*_bad_proof(complaints, request)]
    notes: list[str] = []
    proof = request.proof
    if request.visited:
        if request.result is None:
            command = "--result 在产（停产、有生产迹象、已清空……）"
            wrong.append(Missing("到企业核查的现场结果", "方案五2", command))
        elif len(set(request.people)) > 1 and not wrong:
            visit = _visit(request, policy, today)
            files |= visit.files
            notes += visit.notes
        made = tuple(f"{e.id}第{e.next_number}条" for e in request.visited)
        proof = (*proof, *made)
    added = []
    for complaint in complaints:
        if complaint.withdrawn:
            wrong.append(Missing(f"{complaint.id} 没有撤销", "", "撤销了的另行登记"))
            continue
        record = _record(complaint, request, proof, today)
        try:
            new, edits = grown(complaint, [record], policy, today, "")
        except Refused as refused:
            wrong += refused.missing
            continue
        files[new.path] = edits
        added.append((new, record.number))
    if wrong:
        ids = "、".join(c.id for c in complaints)
        raise Refused(f"{ids} 的核查还不能登记", dict.fromkeys(wrong))
    notes += dict.fromkeys(note for new, _ in added for note in _notes(new, request))
    first, number = added[0]
    more = f" 等{len(added)}件" if len(added) > 1 else f" {first.received.village}"
    numbered: list[dict[str, str | int]] = [{"编号": new.id, "序号": n} for new, n in added]
    return Change(
        verb="complaint verify",
        subject=f"{SPOKEN} {first.id}{more}：核查{request.conclusion}（第{number}条）",
        files=files,
        body=(
            f"发生：{request.on}",
            f"录入：{today}",
            "人员：" + "、".join(request.people),
            "依据：方案五2",
        ),
        notes=tuple(notes),
        recorded=dict(numbered[0]) if len(numbered) == 1 else {"记录": [dict(n) for n in numbered]},
    )


def _record(
    complaint: Complaint, request: VerifyRequest, proof: tuple[str, ...], today: date
) -> Verified:
    scan = request.scan
    return Verified(
        number=complaint.next_number,
        type="核查",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        people=tuple(dict.fromkeys(request.people)),
        conclusion=request.conclusion,
        found=request.found,
        proof=tuple(dict.fromkeys(proof)),
        scan=scan.sha256 if scan else None,
        pages=scan.pages if scan else None,
        place=scan.place if scan else None,
        note=request.note,
    )


def _visit(request: VerifyRequest, policy: Policy, today: date) -> Change:
    """The 核查 that the enterprises' own files get."""
    visit = InspectRequest(
        on=request.on,
        kind=KIND,
        result=request.result or "",
        people=request.people,
        found=request.found,
        problems=request.problems,
        by=request.by,
    )
    return inspect(request.visited, visit, policy, today)


def _bad_proof(complaints: Sequence[Complaint], request: VerifyRequest) -> Iterator[Missing]:
    step = StepRequest(on=request.on, proof=request.proof, enterprises=request.enterprises)
    yield from strange_proof(step)
    for text in request.proof:
        id, number = proof_of(text)
        for record in effective(request.enterprises[id].records):
            if record.number == number and not (isinstance(record, Visit) and record.kind == KIND):
                command = f"swm show {id}"
                yield Missing(f"{id} 第{number}条不是核查记录", "方案五2", command)


def _notes(new: Complaint, request: VerifyRequest) -> Iterator[str]:
    known = {**request.enterprises, **{e.id: e for e in request.visited}}
    if request.conclusion in TRUE:
        yield from unlisted(new, known)
    if new.received.contact and not new.answers:
        yield f"答复举报人：swm complaint answer {new.id} --way 电话"
    yield f"办结：{close_command(new.id, request.conclusion)}"
