"""待补批: what was recorded before its approval was there, and waits on the desk."""

from __future__ import annotations

from swm.domain.corrections import corrected, effective, in_force, mends
from swm.domain.policy import Policy
from swm.domain.records import Act, Correction, Enterprise, Record, Withdrawal

APPROVAL_KEY = "批准."


def pending(enterprise: Enterprise, policy: Policy) -> list[Record]:
    """The acts, corrections and withdrawals that still lack an approval, oldest first."""
    settled = mends(enterprise.records)
    withdrawals = [
        corrected(r, settled) for r in in_force(enterprise.records) if isinstance(r, Withdrawal)
    ]
    acts = [r for r in effective(enterprise.records) if isinstance(r, Act) and _needs(r, policy)]
    waiting: list[Record] = [r for r in (*acts, *withdrawals) if r.approval is None]
    waiting += [r for r in settled if r.approval is None and not supplies_approval(r)]
    return sorted(waiting, key=lambda r: (r.on, r.number))


def _needs(act: Act, policy: Policy) -> bool:
    return any(row.approval for row in policy.workflow.actions if row.name == act.action)


def supplies_approval(record: Correction) -> bool:
    """Entering an approval that was given needs no approval of its own."""
    return all(name.startswith(APPROVAL_KEY) for name in record.values)
