"""Transcripts: a story is a text of commands with the exact screens they show.

    # words for the reader
    @ 2026-03-02
    $ swm add --name 俵口兴旺金属加工厂 --village 俵口村
    BK-0001 俵口兴旺金属加工厂（俵口村） 已记录 0000000000
    $ swm show 9
    没有编号为 BK-0009 的企业
    [1]

`@` sets the day. A command that does not start with `swm` is given to the shell (a person at
work in the folder). Standard output and standard error come together, as a clerk sees them; an
exit code other than 0 stands in brackets. `< file` at the end gives the file as standard input.
`举报人写入 file` is a person who writes down in an editor who reported (`tests/reporters.py`). Commit ids and the clock are made the same in all runs.
`REWRITE_STORIES=1` writes the screens as they are now: then read every line of the diff.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from swm.cli.main import run
from tests.reporters import write_down

WRITTEN_DOWN = "举报人写入"
SURROUNDINGS = {
    "GIT_AUTHOR_NAME": "方志明",
    "GIT_AUTHOR_EMAIL": "fang@example.cn",
    "GIT_COMMITTER_NAME": "方志明",
    "GIT_COMMITTER_EMAIL": "fang@example.cn",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "COLUMNS": "80",
    "NO_COLOR": "1",
}
_LOG_LINE = re.compile(r"^(0{10}  )\d{4}-\d\d-\d\d \d\d:\d\d", re.M)
_ANCHOR = re.compile(r"\b(\d{6}|\d{4} \d{2})[0-9A-Z ]{80,95}\b")
_ID = re.compile(r"\b(?:[0-9a-f]{40}|[0-9a-f]{16}|[0-9a-f]{10})\b")


@dataclass
class Step:
    """One command, the day it is typed on, and the screen it shows."""

    command: str
    today: str
    lead: list[str]
    """The story's own lines before it."""
    screen: list[str]


def parse(story: str) -> tuple[list[Step], list[str]]:
    """The steps of a story, and what stands after the last one."""
    steps: list[Step] = []
    lead: list[str] = []
    today = "2026-01-01"
    for line in story.splitlines():
        if line.startswith("@ "):
            today = line[2:].strip()
            lead.append(line)
        elif line.startswith("$ "):
            steps.append(Step(line[2:], today, lead, []))
            lead = []
        elif line.startswith("#") or (not line and (lead or not steps)):
            lead.append(line)
        else:
            steps[-1].screen.append(line)
    for step in steps:
        _settle(step)
    return steps, lead


def _settle(step: Step) -> None:
    """Blank lines before the next paragraph of the story belong to the story."""
    while step.screen and not step.screen[-1]:
        step.screen.pop()


def play(story: str, folder: Path) -> str:
    """The story with the screens as they really are, in a new empty `folder`."""
    steps, rest = parse(story)
    lines: list[str] = []
    for step in steps:
        if lines and step.lead and step.lead[0]:
            lines.append("")
        lines += [*step.lead, f"$ {step.command}", *screen(step.command, step.today, folder)]
    return "\n".join([*lines, *rest]) + "\n"


def screen(command: str, today: str, folder: Path) -> list[str]:
    """What one command shows, its exit code last where it is not 0."""
    with surroundings(folder, SWM_TODAY=today) as shown:
        code = _run(command)
    told = normal(shown.getvalue()).splitlines()
    while told and not told[-1]:
        told.pop()
    return [*told, *([f"[{code}]"] if code else [])]


def normal(text: str) -> str:
    """`text` without what differs from run to run."""
    same = _ID.sub(lambda m: "0" * min(len(m[0]), 10), text)
    same = _ANCHOR.sub(lambda m: f"{m[1]}00 0000 0000 …", same)
    return _LOG_LINE.sub(r"\g<1>2026-01-01 08:00", same)


def _run(command: str) -> int:
    words = shlex.split(command)
    if words[0] == WRITTEN_DOWN:
        write_down(Path(words[1]))
        return 0
    if words[0] == "swm":
        if words[-2:-1] != ["<"]:
            return run(words[1:])
        with open(words[-1], encoding="utf-8") as sys.stdin:
            return run(words[1:-2])
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout + done.stderr)
    return done.returncode


@contextmanager
def surroundings(folder: Path, **environ: str) -> Iterator[io.StringIO]:
    """A folder to work in, who works there, and one screen for both streams."""
    kept = dict(os.environ), os.getcwd(), sys.stdout, sys.stderr, sys.stdin
    os.environ.update(SURROUNDINGS, **environ)
    os.chdir(folder)
    sys.stdout = sys.stderr = shown = io.StringIO()
    try:
        yield shown
    finally:
        sys.stdout, sys.stderr, sys.stdin = kept[2:]
        os.chdir(kept[1])
        os.environ.clear()
        os.environ.update(kept[0])
