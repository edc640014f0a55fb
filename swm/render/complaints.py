"""One complaint on the screen, for the office alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from swm.domain.calendar import day_named
from swm.domain.complaintrecords import (
    Answered,
    Closed,
    Complaint,
    Handed,
    Linked,
    Prolonged,
    Received,
    Verified,
)
from swm.domain.corrections import effective
from swm.domain.records import Correction, Record, Withdrawal
from swm.render.text import commas, visible, wrap


def case_page(c: Complaint, today: date, room: int) -> list[str]:
    """Everything about one complaint, but who reported."""
    lines = [f"{c.id} 登记已撤销"] if c.withdrawn else list(_head(c, today, room))
    lines += ["", f"记录（{len(c.records)}条）"]
    settled = {r.number: r for r in effective(c.records)}
    for record in c.records:
        shown = settled.get(record.number, record)
        gone = not isinstance(record, Correction | Withdrawal) and record.number not in settled
        mark = "（已撤销）" if gone else "（已更正）" if shown != record else ""
        text = f"{record.number:>3}. {shown.on}  {record.type}{mark}{_said(shown)}"
        lines += wrap(visible(text), room, " " * 17)
    return lines


def _head(c: Complaint, today: date, room: int) -> Iterator[str]:
    received = c.received
    yield f"{c.id} {visible(received.village)}：{c.state}"
    yield ""
    number = f"，单号 {visible(received.source_number)}" if received.source_number else ""
    yield f"来源  {received.source}{number}，{day_named(received.on)}收件"
    yield from wrap(f"内容  {visible(received.text)}", room, "      ")
    if c.about:
        yield from wrap(f"企业  {commas(c.about)}", room, "      ")
    if received.duplicate_of:
        yield f"重复  与 {received.duplicate_of} 重复"
    if c.handler:
        yield f"承办  {visible(c.handler)}"
    if c.deadline:
        late = f"，已超期{(today - c.deadline).days}天" if c.overdue(today) else ""
        yield f"期限  {c.deadline}{late}"
    yield f"举报人  {_reporter(c)}"


def _reporter(c: Complaint) -> str:
    received = c.received
    if received.token is None:
        return "没有登记"
    known = "，身份已核验" if received.named else ""
    way = "，可以答复" if received.contact else "，没有留联系方式"
    return f"已登记在保密库{known}{way}（swm vault show {c.id}）"


def _said(record: Record) -> str:
    """What a record says in a line."""
    parts = [p for p in _parts(record) if p]
    by = f"（经办 {commas(record.by)}）" if record.by else ""
    return f"：{'；'.join(parts)}{by}" if parts else by


def _parts(record: Record) -> Iterator[str]:
    match record:
        case Received():
            yield record.source
            if record.handler:
                yield f"交{record.handler}"
            yield f"期限 {record.deadline}" if record.deadline else ""
            yield _paper(record.scan, record.pages, record.place)
        case Handed():
            yield f"交{record.handler}"
        case Linked():
            yield "、".join(record.about)
            yield "凭 " + "、".join(record.proof) if record.proof else ""
        case Verified():
            yield record.conclusion
            yield "、".join(record.people)
            yield record.found
            yield "凭 " + "、".join(record.proof) if record.proof else ""
            yield _paper(record.scan, record.pages, record.place)
        case Prolonged():
            yield f"延至 {record.deadline}"
            yield record.reason
            yield f"{record.approval.person}批准（{record.approval.on or record.on}）"
        case Answered():
            yield record.way
            yield record.text or ""
            if record.satisfied is not None:
                yield "满意" if record.satisfied else "不满意"
        case Closed():
            yield record.result
            yield f"措施：{record.measure}" if record.measure else ""
            yield "凭 " + "、".join(record.proof) if record.proof else ""
        case Correction():
            changed = "、".join(f"{k}→{v or '（空）'}" for k, v in record.values.items())
            yield f"更正第{record.of}条 {changed}"
            yield record.reason
        case Withdrawal():
            yield "撤销" + "、".join(f"第{n}条" for n in record.of)
            yield record.reason or ""
    yield getattr(record, "note", None) or ""


def _paper(sha: str | None, pages: int | None, place: str | None) -> str:
    if sha is None:
        return ""
    more = "，".join(p for p in (f"{pages}页" if pages else "", place or "") if p)
    return f"原件 {sha[:12]}…" + (f"（{more}）" if more else "")
