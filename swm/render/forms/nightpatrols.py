"""夜查记录: a night patrol, and who was told of what it found (方案五2)."""

from __future__ import annotations

from swm.render.forms.patrols import filled
from swm.render.forms.values import Office, Sheet, Subject


def fill(subject: Subject, office: Office) -> Sheet:
    """The 夜查 named, or the last one. Raises `Refused` for what is no 夜查."""
    return filled(subject, office, night=True)
