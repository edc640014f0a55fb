"""For all texts and all hand-styled files: nothing is lost, nothing else is touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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


@settings(max_examples=250, deadline=None)
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

    draw: Callable[..., Any]
    lines: list[tuple[str, Path | None]] = field(default_factory=list)

    def pick(self, *choices: str) -> str:
        return choices[self.width(0, len(choices) - 1)]

    def width(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

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
        comma = self.pick(", ", ",  ", " , ")
        if isinstance(value, list):
            return "[" + comma.join(map(self.bracketed, value)) + self.pick("]", " ]")
        if isinstance(value, dict):
            pairs = (f"{self.scalar(k)}: {self.bracketed(v)}" for k, v in value.items())
            return "{" + comma.join(pairs) + self.pick("}", " }")
        return "null" if value is None else self.scalar(value)

    def mapping(self, value: dict[str, Plain], column: int, path: Path, lead: str) -> None:
        for i, (name, child) in enumerate(value.items()):
            if i:
                self.clutter(column)
            start = (lead if i == 0 else " " * column) + self.scalar(name)
            self.value(start + self.pick(":", " :"), child, column, (*path, name), 0)

    def sequence(self, value: list[Plain], column: int, path: Path) -> None:
        for i, child in enumerate(value):
            self.clutter(column)
            gap = self.width(1, 3)
            if isinstance(child, dict) and child and self.width(0, 2):
                lead = " " * column + "-" + " " * gap
                self.mapping(child, column + 1 + gap, (*path, i), lead)
            else:
                self.value(" " * column + "-", child, column, (*path, i), 1)

    def value(self, lead: str, value: Plain, column: int, path: Path, least: int) -> None:
        """What stands behind a key or a dash; a sequence below stands at `least` further in."""
        comment = self.pick("", "", "  # 注", "   # 注: 'x")
        inner = column + self.width(1, 4)
        gap = " " * self.width(1, 3)
        if isinstance(value, dict | list) and value and self.width(0, 3):
            self.lines.append((lead + comment, path))
            if isinstance(value, dict):
                self.clutter(inner)
                self.mapping(value, inner, path, " " * inner)
            else:
                self.sequence(value, column + self.width(least, 3), path)
        elif isinstance(value, str) and self.width(0, 2) and fits_block(value):
            sign = "|" if value.endswith("\n") else "|-"
            self.lines.append((f"{lead}{gap}{sign}{comment}", path))
            rows = value.removesuffix("\n").split("\n")
            self.lines.extend((" " * inner + row if row else "", path) for row in rows)
        elif isinstance(value, str) and self.width(0, 2) and is_foldable(value):
            first, second = value.split(" ", 1)
            quote = self.pick("", "'", '"')
            self.lines.append((f"{lead}{gap}{quote}{first}", path))
            self.lines.append((f"{' ' * inner}{second}{quote}{comment}", path))
        else:
            is_scalar = not isinstance(value, dict | list)
            written = self.scalar(value) if is_scalar else self.bracketed(value)
            self.lines.append((f"{lead}{gap}{written}{comment}" if written else lead, path))


def fits_block(text: str) -> bool:
    rows = text.removesuffix("\n").split("\n")
    whole = "\n" in text and not text.endswith("\n\n") and rows[0] and rows[0][0] != " "
    return bool(whole) and all(row.isprintable() and (not row or row.strip()) for row in rows)


def is_foldable(text: str) -> bool:
    quotes = set(text) & set("'\"\\")  # which would have to be written another way
    return len(text.split(" ")) == 2 and not quotes and all(map(is_plain, text.split(" ")))


@dataclass(frozen=True)
class Written:
    """A file, and which of its lines belong to which value."""

    value: dict[str, Plain]
    lines: tuple[tuple[str, Path | None], ...]

    @property
    def rows(self) -> list[str]:
        return [line for line, _ in self.lines]

    @property
    def text(self) -> str:
        return "".join(row + "\n" for row in self.rows)

    def below(self, path: Path) -> list[int]:
        return [i for i, (_, p) in enumerate(self.lines) if p and p[: len(path)] == path]

    def span(self, path: Path) -> tuple[int, int]:
        """The lines of a value, or of what it stands in between brackets: first, and past last."""
        while not self.below(path):
            path = path[:-1]
        return self.below(path)[0], self.below(path)[-1] + 1

    def is_block(self, path: Path) -> bool:
        """Whether its parts have lines of their own."""
        return any(p and len(p) > len(path) and p[: len(path)] == path for _, p in self.lines)


@st.composite
def hand_written(draw: Callable[..., Any]) -> Written:
    value: dict[str, Plain] = draw(FILES)
    hand = Hand(draw)
    hand.clutter(0)
    hand.mapping(value, 0, (), "")
    hand.clutter(0)
    return Written(value, tuple(hand.lines))


def places(value: Plain, path: Path = ()) -> list[Path]:
    parts: list[tuple[Any, Plain]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    if isinstance(value, list):
        parts = list(enumerate(value))
    return [place for k, v in parts for place in ((*path, k), *places(v, (*path, k)))]


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def unchanged_outside(written: Written, first: int, past: int, after: list[str]) -> bool:
    head, tail = written.rows[:first], written.rows[past:]
    return (
        len(after) >= len(head) + len(tail)
        and after[:first] == head
        and after[len(after) - len(tail) :] == tail
    )


def only_added(written: Written, first: int, past: int, after: list[str]) -> bool:
    """Whether whole new lines stand in one place between `first` and `past`, and all else stays."""
    return any(unchanged_outside(written, i, i, after) for i in range(first, past + 1))


FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(hand_written())
@pytest.mark.parametrize("parser", [yamlread.Parser, BaseLoader])
def test_a_hand_written_file_is_read_as_meant(parser: Any, written: Written) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlread, "Parser", parser)
        assert parse(written.text.encode(), PATH) == tree(written.value)


@FEW
@given(hand_written(), st.data())
def test_set_changes_the_lines_of_that_value_alone(written: Written, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(places(written.value)))
    new: Any = data.draw(VALUES)
    after = apply(written.text, [Set(path, new)], PATH)
    wanted = deepcopy(written.value)
    at(wanted, path[:-1])[path[-1]] = new
    assert parse(after.encode(), PATH) == tree(wanted)
    assert unchanged_outside(written, *written.span(path), after.split("\n")[:-1])


@FEW
@given(hand_written(), st.data())
def test_setting_what_is_there_changes_nothing(written: Written, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(places(written.value)))
    assert apply(written.text, [Set(path, at(written.value, path))], PATH) == written.text


@FEW
@given(hand_written(), st.data())
def test_a_mapping_set_whole_touches_only_the_keys_that_differ(
    written: Written, data: st.DataObject
) -> None:
    maps = [p for p in places(written.value) if isinstance(at(written.value, p), dict)]
    maps = [p for p in maps if written.is_block(p)]
    assume(maps)
    path = data.draw(st.sampled_from(maps))
    name = data.draw(st.sampled_from(list(at(written.value, path))))
    wanted = deepcopy(written.value)
    at(wanted, path)[name] = "别的"
    after = apply(written.text, [Set(path, at(wanted, path))], PATH)
    assert parse(after.encode(), PATH) == tree(wanted)
    assert unchanged_outside(written, *written.span((*path, name)), after.split("\n")[:-1])


@FEW
@given(hand_written(), st.data())
def test_a_new_key_only_adds_lines(written: Written, data: st.DataObject) -> None:
    maps = [(), *(p for p in places(written.value) if isinstance(at(written.value, p), dict))]
    path = data.draw(st.sampled_from(maps))
    names = list(at(written.value, path))
    before = data.draw(st.sampled_from([None, *names[1:]]))
    new: Any = data.draw(VALUES)
    after = apply(written.text, [Set((*path, "新键"), new, before)], PATH)
    wanted = deepcopy(written.value)
    at(wanted, path)["新键"] = new
    assert parse(after.encode(), PATH) == tree(wanted)
    place = names.index(before) if before else len(names)
    assert list(at(parse(after.encode(), PATH), path)).index("新键") == place
    judge = only_added if written.is_block(path) else unchanged_outside
    assert judge(written, *written.span(path), after.split("\n")[:-1])


@FEW
@given(hand_written(), st.data())
def test_append_adds_lines_right_below_the_last_item(written: Written, data: st.DataObject) -> None:
    lists = [p for p in places(written.value) if isinstance(at(written.value, p), list)]
    assume(lists)
    path = data.draw(st.sampled_from(lists))
    new: Any = data.draw(VALUES)
    after = apply(written.text, [Append(path, new)], PATH)
    wanted = deepcopy(written.value)
    at(wanted, path).append(new)
    assert parse(after.encode(), PATH) == tree(wanted)
    first, past = written.span(path)
    if written.is_block(path):
        first = past
    assert unchanged_outside(written, first, past, after.split("\n")[:-1])
