"""The guards of the workflow: each a named function that cites its clause.

A guard looks at one `Case` and returns a `Proof`: everything that is missing, each with the
command that supplies it, and the numbers of the records it relied on. It never raises, so a
refusal lists all that is missing at once. 流程.yaml names guards by their Chinese names; what no
流程.yaml may switch off stands in `always`.
"""

from __future__ import annotations

from swm.domain.guards import closing, county, deadlines, leads, leaving, orders
from swm.domain.guards.always import ALWAYS
from swm.domain.guards.case import GUARDS, Case, Guard, Proof
from swm.domain.guards.county import COUNTY_PAPER
from swm.domain.guards.enforcement import FORCED

__all__ = [
    "ALWAYS",
    "COUNTY_PAPER",
    "FORCED",
    "GUARDS",
    "Case",
    "Guard",
    "Proof",
    "closing",
    "county",
    "deadlines",
    "leads",
    "leaving",
    "orders",
]
