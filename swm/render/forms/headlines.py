"""One record in a few words, for a table of contents."""

from __future__ import annotations

from swm.domain.records import (
    OFFICIAL,
    Act,
    Alteration,
    Correction,
    Disposal,
    DisposalDone,
    Lead,
    Opening,
    Record,
    Registration,
    Reply,
    Service,
    Transfer,
    Visit,
    Withdrawal,
)


def headline(record: Record) -> str:
    """夜查：停产; 限期搬迁：待整治→搬迁中《限期搬迁告知书》."""
    match record:
        case Registration():
            return record.source
        case Opening():
            return f"{record.category}，{record.state}"
        case Visit():
            kind = f"{OFFICIAL}（{record.kind}）" if record.official else record.kind
            return f"{kind}：{record.result}" + (f"，{record.verdict}" if record.verdict else "")
        case Act():
            goes = f"：{record.before}→{record.after}" if record.before != record.after else ""
            return record.action + goes + (f"《{record.paper.name}》" if record.paper else "")
        case Service():
            return f"第{record.of}条的文书，{record.method}"
        case Disposal():
            return record.measure
        case DisposalDone() | Reply() | Correction():
            return f"第{record.of}条"
        case Transfer():
            return f"{record.to}：{record.matter}"
        case Alteration():
            return f"{record.nature}：{record.item}"
        case Lead():
            return record.complaint
        case Withdrawal():
            return "、".join(f"第{n}条" for n in record.of)
        case _:
            return ""
