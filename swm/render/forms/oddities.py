"""The invented records with odd words wherever a person may have written something.

Tests and the check of templates fill the forms from them: every word has to come out as it went in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

from swm.render.forms.values import Subject

FREE = frozenset({
    *("name", "operator", "address", "product", "note", "found", "text", "matter", "reason"),
    *("problems", "solved", "people", "leader", "witness", "refusal", "kept_order", "landlord"),
    *("person", "told", "measure", "result_text", "tenant_name", "industry", "why"),
})  # fmt: skip
"""Attributes that hold what people wrote; the others are names of the policy, ids and numbers."""
KEPT = frozenset({"Paper", "Reason"})
"""Classes whose `name` is a choice, or is not printed as it stands."""


def odd(subject: Subject, words: Sequence[str]) -> Subject:
    """The subject with its free text replaced, each by the next of `words` in turn."""
    turn = cycle(words)
    others = {id: _odd(e, turn) for id, e in subject.others.items()}
    return replace(
        subject,
        enterprise=_odd(subject.enterprise, turn),
        premises=tuple(_odd(p, turn) for p in subject.premises),
        file=_odd(subject.file, turn),
        others=others,
    )


def _odd(value: Any, turn: Iterator[str]) -> Any:
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for each in fields(value):
        old = getattr(value, each.name)
        changed[each.name] = _changed(type(value).__name__, each.name, old, turn)
    return replace(value, **changed)


def _changed(kind: str, name: str, old: Any, turn: Iterator[str]) -> Any:
    if isinstance(old, tuple) and any(is_dataclass(each) for each in old):
        return tuple(_odd(each, turn) for each in old)
    if is_dataclass(old):
        return _odd(old, turn)
    free = name in FREE and not (name == "name" and kind in KEPT)
    if not free or not old or (kind == "Tenant" and name == "name"):
        return old
    if isinstance(old, tuple):
        return tuple(next(turn) for _ in old)
    return next(turn) if isinstance(old, str) else old
