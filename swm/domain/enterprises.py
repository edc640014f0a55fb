"""The verbs of an enterprise's file: 登记, 期初, 修改, 包保."""

from swm.domain.alterations import edit
from swm.domain.assignments import assign
from swm.domain.likeness import Known, known
from swm.domain.openings import OpeningRequest, register_opening
from swm.domain.registrations import RegisterRequest, register

__all__ = [
    "Known",
    "OpeningRequest",
    "RegisterRequest",
    "assign",
    "edit",
    "known",
    "register",
    "register_opening",
]
