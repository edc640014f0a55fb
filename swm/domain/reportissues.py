"""月报印发: the first edition, 更正版, 定稿 (decision 0035).

A report that was issued is in other people's hands. What was printed is kept as it was printed; a
later change of the ledger shows as 补录 and in the 勾稽 of the next month, and the number itself
changes only by an edition that says why and what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from swm.domain import fields
from swm.domain.edits import Change, Edit
from swm.domain.entries import entered, refuse_future
from swm.domain.filed import grown, opened
from swm.domain.kinds import path_of
from swm.domain.periods import MONTH, Period
from swm.domain.policy import Policy
from swm.domain.records import Approval, Record
from swm.domain.reportrecords import (
    Changed,
    FileHash,
    Finalised,
    FrozenNumber,
    FrozenRow,
    Issued,
    Report,
    report_id,
    tag_name,
)
from swm.errors import Missing, NotFound, Refused
from swm.frozen import declared

NOTHING = "—"
"""What stands for a number that an edition does not have."""


@declared
class Edition:
    """A report that is ready to leave the house, whole."""

    period: Period
    audience: str
    version: str
    program: str
    anchor: str
    files: tuple[FileHash, ...]
    templates: tuple[FileHash, ...]
    numbers: tuple[FrozenNumber, ...]
    villages: tuple[FrozenRow, ...]
    stock: tuple[str, ...]
    on: date
    document_number: str | None = None
    signer: str | None = None
    approval: Approval | None = None
    by: tuple[str, ...] = ()
    excuse: str | None = None
    reason: str | None = None
    originals: int | None = None
    """How many records name an original."""
    absent: tuple[str, ...] = ()
    """Records whose original did not lie in 原件/ of the computer that issued it."""
    joined: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """Which enterprises 底数 has that the edition before had not, and the other way round."""


def issue(existing: Report | None, edition: Edition, policy: Policy, today: date) -> Change:
    """印发, for the first time. Raises `Refused` with all that is missing."""
    refuse_future(edition.on, today)
    refuse_issued(existing)
    wrong = list(_premature(edition))
    if wrong:
        raise Refused(f"{edition.period.title}份月报还不能印发", wrong)
    return _recorded(existing, edition, (), policy, today)


def amend(existing: Report | None, edition: Edition, policy: Policy, today: date) -> Change:
    """更正版: a new edition of what was issued. Raises `Refused`, `NotFound`."""
    refuse_future(edition.on, today)
    latest = latest_of(existing, edition.period.code)
    wrong = list(_premature(edition))
    if not edition.reason:
        wrong.append(Missing("为什么要更正", "", "--why 原因"))
    if edition.approval is None:
        wrong.append(Missing("由谁批准更正", "", "--approver 批准人"))
    if edition.audience != latest.audience:
        text = f"上一版的口径是{latest.audience}，更正版不能换口径"
        wrong.append(Missing(text, "", f"--audience {latest.audience}"))
    if edition.period.end != latest.ends:
        text = (
            f"上一版到{latest.ends}为止，按现在的月报周期到{edition.period.end}，更正版不能换期间"
        )
        wrong.append(Missing(text, "", "先在 swm.yaml 把月报周期改回来"))
    if edition.on < latest.on:
        text = f"更正版的日期 {edition.on} 早于上一版（{latest.on}）"
        wrong.append(Missing(text, "", "核对 --on"))
    if wrong:
        raise Refused(f"{edition.period.title}份月报还不能出更正版", wrong)
    changed = differences(latest, edition.numbers, edition.villages)
    return _recorded(existing, edition, changed, policy, today)


def refuse_issued(existing: Report | None) -> None:
    """Raise `Refused` where the month has been issued; it names the command that amends."""
    if existing and (latest := existing.latest):
        raise Refused(
            f"{existing.code}月报已于{latest.on}印发（{latest.title}），印发的数字不再改动",
            hint=f"要更正：swm report amend {existing.code} --why 原因 --approver 批准人",
        )


def latest_of(existing: Report | None, code: str) -> Issued:
    """The edition that holds. Raises `NotFound` where the month was not issued."""
    if existing is None or existing.latest is None:
        raise NotFound(f"{code}月报还没有印发", f"印发：swm report issue {code}")
    return existing.latest


def _premature(edition: Edition) -> Iterator[Missing]:
    period = edition.period
    if period.kind != MONTH:
        yield Missing(f"{period.title}不是一个月，只有月报可以印发", "", "写作 2026-10")
    if edition.on <= period.end:
        text = f"{period.title}还没有过完（到 {period.end}），数字会变"
        yield Missing(text, "", f"{period.end} 以后再印发")


def _recorded(
    existing: Report | None,
    edition: Edition,
    changed: Sequence[Changed],
    policy: Policy,
    today: date,
) -> Change:
    record = Issued(
        number=existing.next_number if existing else 1,
        type="印发",
        on=edition.on,
        entered=entered(edition.on, today),
        by=edition.by,
        edition=len(existing.editions) + 1 if existing else 1,
        ends=edition.period.end,
        audience=edition.audience,
        version=edition.version,
        program=edition.program,
        anchor=edition.anchor,
        document_number=edition.document_number,
        signer=edition.signer,
        approval=edition.approval,
        reason=edition.reason,
        excuse=edition.excuse,
        files=edition.files,
        templates=edition.templates,
        changes=tuple(changed),
        numbers=edition.numbers,
        villages=edition.villages,
        stock=edition.stock,
        originals=edition.originals,
        absent=edition.absent,
        joined=edition.joined,
        gone=edition.gone,
    )
    id = report_id(edition.period.code)
    told = "" if record.edition == 1 else f"，{record.title}，改动{len(changed)}处"
    after = Report(id=id, records=(record,))
    return Change(
        verb="report issue" if record.edition == 1 else "report amend",
        subject=f"印发 {id} {edition.period.title}份月报（{edition.audience}）{told}"
        f"（第{record.number}条）",
        files={path_of(id): _edits(existing, after, record, policy, today)},
        body=(
            f"印发：{edition.on}",
            f"录入：{today}",
            f"据以生成的台账版本：{edition.version}",
            *(f"{each.name}：{each.sha256}" for each in edition.files),
        ),
        recorded={
            "编号": id,
            "序号": record.number,
            "版次": record.edition,
            "据以生成": edition.version,
            "锚": edition.anchor,
            "标签": tag_name(after, record),
            "变更": [fields.fragment(each) for each in changed],
        },
    )


def _edits(
    existing: Report | None, new: Report, record: Record, policy: Policy, today: date
) -> tuple[Edit, ...]:
    if existing is None:
        return opened(new, policy, today)
    return grown(existing, [record], policy, today, f"{existing.title}不能这样登记")[1]


# --- what changed -----------------------------------------------------------------------------

_COLUMNS = {
    "本期": "value",
    "上期": "previous",
    "本年累计": "year",
    "建账以来": "ever",
    "上年同期": "last_year",
}


def differences(
    before: Issued, numbers: Sequence[FrozenNumber], villages: Sequence[FrozenRow]
) -> tuple[Changed, ...]:
    """Every number that was printed otherwise, figures first, then the village table."""
    return tuple((*_figures(before, numbers), *_cells(before, villages)))


def _figures(before: Issued, numbers: Sequence[FrozenNumber]) -> Iterator[Changed]:
    was = before.figures
    now = {number.name: number for number in numbers}
    for name in dict.fromkeys((*was, *now)):
        for title, attribute in _COLUMNS.items():
            one = _said(getattr(was.get(name), attribute, None))
            other = _said(getattr(now.get(name), attribute, None))
            if one != other:
                yield Changed(what=f"{name} {title}", was=one, now=other)


def _cells(before: Issued, villages: Sequence[FrozenRow]) -> Iterator[Changed]:
    was: Mapping[str, Mapping[str, str]] = {row.village: row.cells for row in before.villages}
    now: Mapping[str, Mapping[str, str]] = {row.village: row.cells for row in villages}
    for village in dict.fromkeys((*was, *now)):
        one, other = was.get(village, {}), now.get(village, {})
        for column in dict.fromkeys((*one, *other)):
            old, new = one.get(column) or NOTHING, other.get(column) or NOTHING
            if old != new:
                yield Changed(what=f"村级统计表 {village} {column}", was=old, now=new)


def _said(value: int | None) -> str:
    return NOTHING if value is None else str(value)


# --- the signed file --------------------------------------------------------------------------


@declared
class FinalRequest:
    """A signed Word file whose tables hold what was issued."""

    file: FileHash
    on: date
    by: tuple[str, ...] = ()
    pages: int | None = None
    place: str | None = None
    reworded: tuple[str, ...] = ()


def finalise(existing: Report, request: FinalRequest, policy: Policy, today: date) -> Change:
    """定稿 of the latest edition. Raises `Refused` for a file that is registered already."""
    refuse_future(request.on, today)
    latest = latest_of(existing, existing.code)
    if request.on < latest.on:
        raise Refused(
            f"定稿的日期 {request.on} 早于印发的日期（{latest.on}，{latest.title}）",
            hint="核对 --on",
        )
    for final in existing.finals:
        if final.of == latest.number and final.file.sha256 == request.file.sha256:
            raise Refused(f"这个文件已经登记为定稿（第{final.number}条），没有变化")
    record = Finalised(
        number=existing.next_number,
        type="定稿",
        on=request.on,
        entered=entered(request.on, today),
        by=request.by,
        of=latest.number,
        file=request.file,
        pages=request.pages,
        place=request.place,
        reworded=request.reworded,
    )
    return Change(
        verb="report final",
        subject=f"定稿 {existing.id} {existing.title}，{latest.title}（第{record.number}条）",
        files={existing.path: _edits(existing, existing, record, policy, today)},
        body=(f"定稿：{request.on}", f"录入：{today}", f"SHA-256：{request.file.sha256}"),
        recorded={"编号": existing.id, "序号": record.number, "SHA-256": request.file.sha256},
    )
