"""For all texts and all hand-styled files: nothing is lost, nothing else is touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from yaml.loader import BaseLoader

from swm.domain.edits import Append, Path, Plain, Set
from swm.store import yamlread
from swm.store.yamltext import apply, dump, parse, tree
from swm.store.yamlwrite import is_plain

PATH = "企业/BK-00/BK-0001.yaml"
TRAPS = (
    *("no", "On", "y", "NULL", "~", "True", "=", "<<", "-", "?", "---", "...", ": ", " #", "#"),
    *("1:30", "0123", "1e3", ".5", "+86", "0x1F", "0o17", "2026-11-31", "12_3", ".inf", "-.NaN"),
    *("*甲", "&甲", "!甲", "%甲", "@甲", "`甲", "|", ">", "[", "{", "甲,乙", "甲:乙", "甲: 乙"),
    *("甲 #乙", "'", '"', "\\", "\\n", "\n", "甲\n乙", " 甲\n乙", "甲\n\n乙\n", "甲 \n", "\t甲"),
    *("\x85", "\u2028", "\ufeff", "\u200b", "\u202e", "\u3000", "\xa0", "\U0001f600", "３", "é"),
)
PIECES = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    st.text("俵口村东工业路号院某甲乙散污", max_size=6),
    st.text("0123456789-:.+_eExoTZ ", max_size=10),
)
TEXTS = st.lists(PIECES, max_size=4).map("".join)
"""Any text at all but halves of characters, and the awkward ones often."""


def by_11(text: str) -> object:
    return yaml.safe_load(text)


def by_12(text: str) -> object:
    return YAML(typ="safe", pure=True).load(text)


def by_us(text: str) -> object:
    return parse(text.encode(), PATH)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@pytest.mark.parametrize("read", [by_us, by_11, by_12])
def test_every_text_comes_back_as_that_text(read: Callable[[str], object], text: str) -> None:
    values: list[dict[str, Plain]] = [
        {"键": text},
        {"键": [text, text]},
        {"键": [{"子": {"孙": text}}]},
        {"键": [{"子": text, "后": "x"}], "后": "z"},
        {"键": {"子": {"孙": text}}},
    ]
    for value in values:
        assert read(dump(value)) == value


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(lambda t: 0 < len(t) < 200))
def test_every_text_can_be_a_key(text: str) -> None:
    for value in ({text: "值"}, {"键": [{"子": {text: "值"}}]}):
        assert by_11(dump(value)) == by_12(dump(value)) == value


@given(st.dates(), st.datetimes(), st.integers())
def test_what_stands_bare_is_read_as_what_it_is(day: date, moment: datetime, count: int) -> None:
    moment = moment.replace(second=0, microsecond=0)
    value: dict[str, Plain] = {"日": day, "时": moment, "数": count, "列": [day, moment, count]}
    assert parse(dump(value).encode(), PATH) == tree(value)
    assert yaml.safe_load(dump({"日": day, "数": count})) == {"日": day, "数": count}


# --- files written by many hands ---------------------------------------------------------------

KEYS = ("名称", "村", "状态", "期限", "说明", "整治", "记录", "A b", "甲#乙", "no", "é", "3号")
SCALARS = st.one_of(st.none(), st.integers(0, 99), TEXTS.filter(lambda t: len(t) < 40))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    ),
    max_leaves=8,
)
FILES = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=5)


@dataclass
class Hand:
    """Writes a value as a person might; every line knows which value it belongs to."""

    draw: Callable[[st.SearchStrategy[int]], int]
    lines: list[tuple[str, Path | None]] = field(default_factory=list)

    def pick(self, *choices: str) -> str:
        return choices[self.draw(st.integers(0, len(choices) - 1))]

    def width(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def clutter(self, column: int) -> None:
        """Comments and blank lines that belong to nobody."""
        for _ in range(max(0, self.width(-3, 2))):
            self.lines.append((self.pick("", " " * column + "# 注: [", "# - 注"), None))

    def scalar(self, value: Plain) -> str:
        if value is None:
            return self.pick("", "~", "null")
        if not isinstance(value, str):
            return str(value)
        ways = [dump({"k": [value]})[4:-2]]
        if value.isprintable():
            ways += ["'" + value.replace("'", "''") + "'", json.dumps(value, ensure_ascii=False)]
        if is_plain(value, in_flow=True):
            ways.append(value)
        return self.pick(*ways)

    def bracketed(self, value: Plain) -> str:
        comma = self.pick(", ", ",  ", " ,")
        if isinstance(value, list):
            return "[" + comma.join(self.bracketed(v) for v in value) + self.pick("]", " ]")
        if isinstance(value, dict):
            pairs = (f"{self.scalar(k)}: {self.bracketed(v)}" for k, v in value.items())
            return "{" + comma.join(pairs) + self.pick("}", " }")
        return "null" if value is None else self.scalar(value)

    def mapping(self, value: dict[str, Plain], column: int, path: Path, lead: str) -> None:
        for i, (key, child) in enumerate(value.items()):
            if i:
                self.clutter(column)
            name = (lead if i == 0 else " " * column) + self.scalar(key)
            self.value(name + self.pick(":", " :"), child, column, (*path, key), self.width(0, 3))

    def sequence(self, value: list[Plain], column: int, path: Path) -> None:
        for i, child in enumerate(value):
            self.clutter(column)
            gap = self.width(1, 3)
            if isinstance(child, dict) and child and self.width(0, 2):
                inner = column + 1 + gap
                self.mapping(child, inner, (*path, i), " " * column + "-" + " " * gap)
            else:
                self.value(" " * column + "-", child, column, (*path, i), 1)

    def value(self, lead: str, value: Plain, column: int, path: Path, seq_step: int) -> None:
        """Whatever stands behind a key or a dash."""
        comment = self.pick("", "", "  # 注", "   # 注: 'x")
        is_block = isinstance(value, dict | list) and value and self.width(0, 3)
        if not is_block:
            written = self.bracketed(value) if isinstance(value, dict | list) else self.scalar(value)
            gap = " " * self.width(1, 3) if written else ""
            self.lines.append((f"{lead}{gap}{written}{comment}", path))
            return
        self.lines.append((lead + comment, path))
        if isinstance(value, dict):
            inner = column + self.width(1, 4)
            self.clutter(inner)
            self.mapping(value, inner, path, " " * inner)
        elif isinstance(value, list):
            self.sequence(value, column + seq_step, path)


@dataclass(frozen=True)
class Written:
    """A file, and which of its lines belong to which value."""

    value: dict[str, Plain]
    lines: tuple[tuple[str, Path | None], ...]

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line, _ in self.lines)

    def span(self, path: Path) -> tuple[int, int]:
        """The lines of a value: the first, and past the last."""
        mine = [i for i, (_, p) in enumerate(self.lines) if p and p[: len(path)] == path]
        return mine[0], mine[-1] + 1


@st.composite
def hand_written(draw: Callable[..., int]) -> Written:
    value: dict[str, Plain] = draw(FILES)  # type: ignore[assignment]
    hand = Hand(draw)
    hand.clutter(0)
    hand.mapping(value, 0, (), "")
    hand.clutter(0)
    return Written(value, tuple(hand.lines))


def places(value: Plain, path: Path = ()) -> list[Path]:
    parts: list[tuple[str | int, Plain]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    if isinstance(value, list):
        parts = list(enumerate(value))
    return [place for k, v in parts for place in ((*path, k), *places(v, (*path, k)))]


def at(value: Plain, path: Path) -> Plain:
    for step in path:
        value = value[step]  # type: ignore[index, call-overload]
    return value


FEW = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@FEW
@given(hand_written())
def test_a_hand_written_file_is_read_as_meant(written: Written) -> None:
    assert parse(written.text.encode(), PATH) == tree(written.value)


@FEW
@given(hand_written(), st.data())
def test_set_changes_the_lines_of_that_value_alone(written: Written, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(places(written.value)))
    new: Plain = data.draw(VALUES)  # type: ignore[assignment]
    after = apply(written.text, [Set(path, new)], PATH)
    wanted = deepcopy(written.value)
    at(wanted, path[:-1])[path[-1]] = new  # type: ignore[index, call-overload]
    assert parse(after.encode(), PATH) == tree(wanted)
    owner = next(p for _, p in written.lines if p and p == path[: len(p)] and is_line_of(p, path))
    first, past = written.span(owner)
    before_lines = [line for line, _ in written.lines]
    after_lines = after.split("\n")[:-1]
    assert after_lines[:first] == before_lines[:first]
    rest = before_lines[past:]
    assert after_lines[len(after_lines) - len(rest) :] == rest


def is_line_of(owner: Path, path: Path) -> bool:
    return True


@FEW
@given(hand_written(), st.data())
def test_a_new_key_only_adds_lines(written: Written, data: st.DataObject) -> None:
    maps = [(), *(p for p in places(written.value) if isinstance(at(written.value, p), dict))]
    path = data.draw(st.sampled_from(maps))
    owner = at(written.value, path)
    assert isinstance(owner, dict)
    new: Plain = data.draw(VALUES)  # type: ignore[assignment]
    before = data.draw(st.sampled_from([None, *list(owner)[1:]]))
    after = apply(written.text, [Set((*path, "新键"), new, before)], PATH)
    wanted = deepcopy(written.value)
    at(wanted, path)["新键"] = new  # type: ignore[index, call-overload]
    assert parse(after.encode(), PATH) == tree(wanted)
    names = [k for k in parse(after.encode(), PATH)] if not path else None
    if names and before:
        assert names.index("新键") == names.index(before) - 1
    assert only_added(written, path, after)


@FEW
@given(hand_written(), st.data())
def test_append_only_adds_lines_right_below_the_last_item(
    written: Written, data: st.DataObject
) -> None:
    lists = [p for p in places(written.value) if isinstance(at(written.value, p), list)]
    assume(lists)
    path = data.draw(st.sampled_from(lists))
    new: Plain = data.draw(VALUES)  # type: ignore[assignment]
    after = apply(written.text, [Append(path, new)], PATH)
    wanted = deepcopy(written.value)
    at(wanted, path).append(new)  # type: ignore[union-attr]
    assert parse(after.encode(), PATH) == tree(wanted)
    assert only_added(written, path, after)


def only_added(written: Written, path: Path, after: str) -> bool:
    raise NotImplementedError
