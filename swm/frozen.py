"""Frozen dataclasses whose methods are compiled when the first of a kind is made.

The house is built of small values, and a command meets a few kinds of them. Compiling the methods
of all of them on import would take a fifth of a short command's time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_BY_NAME: dict[type, bool] = {}
"""The kinds not compiled yet, and whether their values are given by name only."""


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(kind: type[T]) -> type[T]:
    """`dataclass(frozen=True)`, compiled later."""
    return _later(kind, False)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def declared(kind: type[T]) -> type[T]:
    """`dataclass(frozen=True, kw_only=True)`, compiled later: a record of a field table."""
    return _later(kind, True)


def compiled(kind: type[T]) -> type[T]:
    """The class as a dataclass, its bases first."""
    for each in reversed(kind.__mro__):
        if each in _BY_NAME:
            by_name = _BY_NAME.pop(each)
            del each.__init__  # type: ignore[misc]
            dataclasses.dataclass(frozen=True, kw_only=by_name, eq=False, repr=False)(each)
    return kind


def compile_all() -> None:
    """Every kind that is loaded. Called before threads are started that could make the first of
    one kind at the same moment: while a class is compiled it has no `__init__`."""
    for kind in list(_BY_NAME):
        compiled(kind)


def _later(kind: type[T], by_name: bool) -> type[T]:
    _BY_NAME[kind] = by_name
    methods: dict[str, Callable[..., Any]] = {
        "__init__": _compile_first,
        "__eq__": _same,
        "__hash__": _hash,
        "__repr__": _shown,
    }
    for name, method in methods.items():
        setattr(kind, name, method)
    return kind


def _compile_first(self: object, *values: Any, **named: Any) -> None:
    compiled(type(self))
    type(self).__init__(self, *values, **named)


def _same(self: object, other: object) -> bool:
    return type(self) is type(other) and vars(self) == vars(other)


def _hash(self: object) -> int:
    return hash(tuple(vars(self).values()))


def _shown(self: object) -> str:
    values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
    return f"{type(self).__name__}({values})"
