"""待补批: what was recorded before its approval was there, and waits on the desk."""

from __future__ import annotations

from swm.domain.corrections import corrected
from swm.domain.fold import effective
from swm.domain.policy import Policy
from swm.domain.records import Act, Correction, Enterprise, Record, Withdrawal

APPROVAL_KEY = "批准."


def pending(enterprise: Enterprise, policy: Policy) -> list[Record]:
    """The acts, corrections and withdrawals that still lack an approval, oldest first."""
    acts = [r for r in effective(enterprise.records) if isinstance(r, Act)]
    waiting: list[Record] = [a for a in acts if a.approval is None and _needs(a, policy)]
    mends = [r for r in enterprise.records if isinstance(r, Correction)]
    for record in enterprise.records:
        if isinstance(record, Correction | Withdrawal):
            now = corrected(record, mends)
            assert isinstance(now, Correction | Withdrawal)
            if now.approval is None and not _only_supplies_approval(now):
                waiting.append(now)
    return sorted(waiting, key=lambda r: (r.on, r.number))


def _needs(act: Act, policy: Policy) -> bool:
    return any(row.approval for row in policy.workflow.actions if row.name == act.action)


def _only_supplies_approval(record: Correction | Withdrawal) -> bool:
    """Entering an approval that was given needs no approval of its own."""
    return isinstance(record, Correction) and all(
        name.startswith(APPROVAL_KEY) for name in record.values
    )
