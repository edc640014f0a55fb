"""举报核查表: what a complaint says, what was found on the spot, what was done (方案五2、六5).

Nothing in it leads to who reported: neither where it came from nor its number there, how it was
answered, or a note. The records hold no names of reporters; they are in the vault.
"""

from __future__ import annotations

from swm.domain.complaintrecords import Closed, Complaint, Verified
from swm.domain.filed import of_type
from swm.errors import Refused
from swm.render.forms.blanks import DAY, day, named, padded
from swm.render.forms.values import Named, Office, Sheet, Subject

TEMPLATE = "举报核查表.docx"
NO_VISIT: Named = {"日期": DAY, "人员": "", "结论": "", "发现": "", "凭": ""}


def fill(subject: Subject, office: Office) -> Sheet:
    """The form of one complaint. Raises `Refused` for one that is withdrawn."""
    names = _frame(office)
    complaint = subject.file
    if complaint is None:
        return Sheet(TEMPLATE, "（空白）举报核查表", "举报核查表", office.today, names)
    assert isinstance(complaint, Complaint)
    if complaint.withdrawn:
        hint = f"查看：swm complaint show {complaint.id}"
        raise Refused(f"{complaint.id} 的登记已撤销", hint=hint)
    received = complaint.received
    visits = [_visit(v, office) for v in of_type(complaint, Verified)]
    names |= {
        "编号": complaint.id,
        "收件日期": day(received.on),
        "期限": day(complaint.deadline),
        "承办": office.veil.text(complaint.handler),
        "村": office.settings.village_at(received.village, office.today),
        "内容": office.veil.text(received.text),
        "重复": received.duplicate_of or "",
        "企业": "\n".join(_firm(id, subject, office) for id in complaint.about),
        "各次核查": padded(visits, 1, NO_VISIT),
        "状态": complaint.state,
        **_ending(complaint.closed, office),
    }
    title = f"举报核查表（{complaint.id}）"
    return Sheet(TEMPLATE, f"{complaint.id}举报核查表", title, received.on, names)


def _frame(office: Office) -> Named:
    keys = ("编号", "承办", "村", "内容", "重复", "企业", "状态", "处理", "结果")
    return dict.fromkeys(keys, "") | {
        "镇": office.settings.town,
        "标识": office.mark,
        "收件日期": DAY,
        "期限": DAY,
        "办结日期": DAY,
        "各次核查": [NO_VISIT],
    }


def _firm(id: str, subject: Subject, office: Office) -> str:
    known = subject.others.get(id)
    if known is None:
        return id
    village = office.settings.village_at(known.village, office.today)
    return f"{id} {known.name}（{village}，{known.remediation.state}）"


def _visit(visit: Verified, office: Office) -> Named:
    return {
        "日期": str(visit.on),
        "人员": office.veil.person(named(visit.people)),
        "结论": visit.conclusion,
        "发现": office.veil.text(visit.found),
        "凭": named(visit.proof),
    }


def _ending(closed: Closed | None, office: Office) -> Named:
    if closed is None:
        return {}
    proof = f"（{named(closed.proof)}）" if closed.proof else ""
    return {
        "处理": office.veil.text(closed.measure) + proof,
        "结果": office.veil.text(closed.result),
        "办结日期": day(closed.on),
    }
