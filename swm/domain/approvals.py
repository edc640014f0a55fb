"""待补批: what was recorded before its approval was there, and waits on the desk."""

from __future__ import annotations

from swm.domain.corrections import corrected, effective, in_force, mends, place
from swm.domain.policy import Policy
from swm.domain.records import Act, Correction, Enterprise, Record, Withdrawal
from swm.domain.settings import LEVELS

APPROVAL_KEY = "批准."


def pending(enterprise: Enterprise, policy: Policy) -> list[Record]:
    """The acts, corrections and withdrawals that still lack an approval, oldest first."""
    settled = mends(enterprise.records)
    withdrawals = [
        corrected(r, settled) for r in in_force(enterprise.records) if isinstance(r, Withdrawal)
    ]
    acts = [r for r in effective(enterprise.records) if isinstance(r, Act) and _needs(r, policy)]
    amended = [r for r in settled if not supplies_approval(r)]
    due: list[Act | Correction | Withdrawal] = [*acts, *withdrawals, *amended]
    return sorted((r for r in due if r.approval is None), key=place)


def _needs(act: Act, policy: Policy) -> bool:
    level = act.level or LEVELS[0]
    rows = (row for row in policy.workflow.actions if row.level in (None, level))
    return any(row.approval for row in rows if row.name == act.action)


def supplies_approval(record: Correction) -> bool:
    """Entering an approval that was given needs no approval of its own."""
    return all(name.startswith(APPROVAL_KEY) for name in record.values)


def waiting_notes(enterprise: Enterprise, record: Correction | Withdrawal) -> tuple[str, ...]:
    """What is told of a correction or withdrawal that nobody has approved yet."""
    if record.approval is not None:
        return ()
    if isinstance(record, Correction) and supplies_approval(record):
        return ()
    return (f"待补批：{record.type}（{enterprise.id} 第{record.number}条）尚无批准",)
