"""The clerk's manual speaks of this program as it is: its words, its options and its screens.

A block marked ```console holds commands (`$ swm …`) and the screens they show; the blocks are
played one after another, in the ledgers that the manual makes as it goes. Three kinds of line are
for this test and not for the reader:

    <!-- @ 2026-03-02 台账 -->    the day, and the folder in which the next commands are typed
    <!-- $ swm inspect 2 … -->    a command whose screen is not shown
    ```console 前12行              of each screen in the block, only the first 12 lines are shown

`REWRITE_MANUAL=1` writes the screens as they are now: then read every line of the diff.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from swm.cli import commands
from swm.cli.grammar import Doing, Root
from swm.cli.main import app
from tests.scenario.transcript import screen

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = DOCS / "手册.md"
PAGES = [MANUAL, *sorted((DOCS / "手册").glob("*.md"))]
"""The manual, and its page for each mechanism."""
CUT = "……"
_DAY = re.compile(r"<!-- @ (?P<day>\S+)(?: (?P<folder>\S+))? -->")
_HIDDEN = re.compile(r"<!-- \$ (?P<command>.+) -->")
_FENCE = re.compile(r"```(?P<kind>\w*)(?: 前(?P<shown>\d+)行)?")
_SPAN = re.compile(r"`(swm(?: [^`]+)?)`")
_SWM = re.compile(r"^swm(?: .*)?$")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


class Player:
    """Types the manual's commands into real ledgers."""

    def __init__(self, place: Path) -> None:
        self.place = self.folder = place
        self.day = "2026-01-01"

    def move(self, day: str, folder: str | None) -> None:
        self.day = day
        if folder:
            self.folder = self.place / folder
            self.folder.mkdir(parents=True, exist_ok=True)

    def screen(self, command: str) -> list[str]:
        return screen(command, self.day, self.folder)


def play(manual: str, place: Path) -> str:
    """The manual with its screens as they really are."""
    player, lines = Player(place), list[str]()
    shown: int | None = None
    inside, skipping = "", False
    for line in manual.splitlines():
        if fence := _FENCE.fullmatch(line):
            opens = not inside
            inside, skipping = (fence["kind"] or "text") if opens else "", False
            shown = int(fence["shown"]) if opens and fence["shown"] else None
        elif inside == "console" and line.startswith("$ "):
            lines += [line, *_cut(player.screen(line[2:]), shown)]
            skipping = True
            continue
        elif not inside and (day := _DAY.fullmatch(line)):
            player.move(day["day"], day["folder"])
        elif not inside and (hidden := _HIDDEN.fullmatch(line)):
            told = player.screen(hidden["command"])
            assert not (told and re.fullmatch(r"\[\d+\]", told[-1])), (line, told)
        if not skipping:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _cut(told: list[str], shown: int | None) -> list[str]:
    return told if shown is None or len(told) <= shown else [*told[:shown], CUT]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_screens_are_what_the_program_shows(tmp_path: Path, page: Path) -> None:
    manual = page.read_text("utf-8")
    played = play(manual, tmp_path)
    if os.environ.get("REWRITE_MANUAL"):
        page.write_text(played, "utf-8")
    assert played == manual


def typed(manual: str) -> Iterator[str]:
    """Every `swm …` of the manual: in screens, in running text and in tables.

    What the manual types wrongly on purpose is shown to be refused, with exit code 2.
    """
    inside, lines = False, manual.splitlines()
    for at, line in enumerate(lines):
        if _FENCE.fullmatch(line):
            inside = not inside
        elif hidden := _HIDDEN.fullmatch(line):
            yield from _SWM.findall(hidden["command"])
        elif inside:
            if not _refused(lines[at + 1 :]):
                yield from _SWM.findall(line.strip().removeprefix("$ "))
        else:
            yield from _SPAN.findall(line)


def everything_typed() -> list[str]:
    """Every `swm …` of all pages."""
    return [line for page in PAGES for line in typed(page.read_text("utf-8"))]


def _refused(after: list[str]) -> bool:
    """Whether the screen that follows a command ends with exit code 2."""
    told = takewhile(lambda line: not line.startswith(("$ ", "```")), after)
    return "[2]" in told


def unknown(line: str) -> list[str]:
    """What the command line's own grammar does not know of `swm …`: words and options."""
    Root.places = commands.PLACES
    command: Any = get_command(app)
    shared = _options(command)
    words = _words(line)[1:]
    with typer.Context(command) as context:
        while words and hasattr(command, "list_commands"):
            word = words[0]
            if word.startswith("-") or not re.fullmatch(r"[a-z]+", word):
                break
            found = command.get_command(context, word)
            if found is None:
                return [word]
            command, words = found, words[1:]
        if isinstance(command, Doing):  # what follows a noun that is a deed belongs to its verb
            command = command.get_command(context, "add")
    known = shared | _options(command) | {"--help", "-h"}
    given = [o for word in words if word.startswith("-") for o in _OPTION.findall(word)[:1]]
    return [option for option in given if option not in known]


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a quote that closes on the next line of a wrapped screen
        return line.split()


def _options(command: Any) -> set[str]:
    return {name for param in command.params for name in (*param.opts, *param.secondary_opts)}


def test_every_command_and_option_exists() -> None:
    strange = [(line, unknown(line)) for line in everything_typed()]
    assert [each for each in strange if each[1]] == []


@pytest.mark.parametrize("line", ["swm conjure 1", "swm inspect 1 --magic", "swm letter burn 1"])
def test_what_does_not_exist_is_noticed(line: str) -> None:
    assert unknown(line)


def every_command() -> list[str]:
    Root.places = commands.PLACES
    root: Any = get_command(app)
    found: list[str] = []
    with typer.Context(root) as context:
        for word in root.list_commands(context):
            verb: Any = root.get_command(context, word)
            below = verb.list_commands(context) if hasattr(verb, "list_commands") else []
            found += [f"swm {word} {each}" for each in below] or [f"swm {word}"]
    return found


@pytest.mark.parametrize("command", every_command())
def test_every_command_is_in_the_manual(command: str) -> None:
    said = everything_typed()
    assert any(line == command or line.startswith(command + " ") for line in said)
