"""What a document leaves unsaid: the names and phones of people, veiled for those outside.

Veiled text is as long as a reader needs to see that somebody is meant: 张某某, 138****0000.
A firm's own name is what the document is about and stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cached_property

from swm.domain.kinds import ADMISSION, kind_of
from swm.domain.settings import RESERVED_PREFIXES
from swm.frozen import frozen
from swm.reports.audiences import INTERNAL

SOMEBODY = "某"
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:\+?86[ -]?)?(?:1[3-9]\d(?:[ -]?\d){8}|0\d{2,3}[ -]?\d{7,8})(?![0-9A-Za-z])"
)
_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")


@frozen
class Veil:
    """How one audience is told of people. `people` are the names to be veiled in free text."""

    lifted: bool
    """Whether all is shown: 内部."""
    people: Set[str] = frozenset()

    def person(self, name: str | None) -> str:
        """臧某某 for 臧庚火; several names with 、 between them, each for itself."""
        if self.lifted or not name:
            return name or ""
        return "、".join(_somebody(each) for each in name.split("、"))

    def phone(self, number: str | None) -> str:
        """138****0000: the last four digits and the first three stay; a short number is hidden."""
        if self.lifted or not number:
            return number or ""
        return _starred(number)

    def text(self, text: str | None) -> str:
        """Free text in which known people, phones and id numbers are veiled."""
        if self.lifted or not text:
            return text or ""
        hidden = _NUMBER.sub(lambda m: _starred(m[0]), _ID.sub("（号码略）", text))
        return self._without_people(hidden)

    def called(self, id: str, name: str) -> str:
        """What the record of that id is called: a firm by its own name; the title of a meeting, an
        address, the name of a spot are a clerk's words."""
        of_firm = id.partition("-")[0] not in RESERVED_PREFIXES or kind_of(id) == ADMISSION
        return name if of_firm else self.text(name)

    def _without_people(self, text: str) -> str:
        told: list[str] = []
        at = 0
        while at < len(text):
            lengths = self._lengths.get(text[at], ())
            found = next((n for n in lengths if text[at : at + n] in self.people), 0)
            told.append(_somebody(text[at : at + found]) if found else text[at])
            at += found or 1
        return "".join(told)

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """For each character that a name begins with, how long such names are, longest first."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for name in self.people:
            found[name[:1]].add(len(name))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


def veil_for(audience: str, people: Set[str]) -> Veil:
    """The veil for an audience; only 内部 sees all."""
    return Veil(lifted=audience == INTERNAL, people=people)


def _somebody(name: str) -> str:
    return name[:1] + SOMEBODY * (len(name) - 1 or 1)


def _starred(number: str) -> str:
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
