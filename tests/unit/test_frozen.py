"""Frozen values: compiled when the first is made, equal by kind and fields, safe before threads."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, field, replace

import pytest

from swm import frozen
from swm.frozen import compile_all, declared


@frozen.frozen
class Point:
    across: int
    up: int = 0
    names: tuple[str, ...] = field(default_factory=tuple)


@declared
class Named:
    name: str
    note: str | None = None


@declared
class Dated(Named):
    day: int = 1


def test_values_are_equal_by_kind_and_fields_and_do_not_change() -> None:
    one = Point(1, up=2)
    assert one == Point(1, 2) != Point(1, 3) and hash(one) == hash(Point(1, 2))
    assert replace(one, across=5) == Point(5, 2) and repr(one) == "Point(across=1, up=2, names=())"
    assert Dated(name="甲").day == 1 and Dated(name="甲") != Named(name="甲")
    with pytest.raises(FrozenInstanceError):
        one.across = 9  # type: ignore[misc]


def test_nothing_is_left_to_compile_before_threads_start() -> None:
    @frozen.frozen
    class Late:
        value: int

    assert Late in frozen._BY_NAME
    compile_all()
    assert not frozen._BY_NAME
    assert Late(3).value == 3
