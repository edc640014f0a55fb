"""Real commands under test, as a clerk types them: one over twenty places, one over two files.

The driver's child calls the program's own entry, so that parsing, deciding, the facts database and
the answer on the screen lie between the faults as they do in an office.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from swm.cli.main import run
from swm.domain.settings import Settings, Village
from swm.store import identity
from swm.store.founding import ledger_files
from tests.filed import firm, registered

PLACES = tuple(f"BK-{n:04d}" for n in range(1, 21))
PATROL, COMPLAINT = "swm patrol add", "swm complaint add"
COMMANDS = (PATROL, COMPLAINT)
VILLAGE = "俵口村"
BEGIN = datetime(2026, 3, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))
_TIMES = re.compile(r"第(\d)次")
_ABOUT = re.compile(r"举报编号: (\S+)")


def words(operation: str, root: Path, tag: int) -> list[str]:
    """What is typed for the `tag`-th time."""
    told = f"{operation.removeprefix('swm ')} --ledger {root} --today 2026-03-20 --json".split()
    if operation == PATROL:
        visits = [word for id in PLACES for word in ("--visit", f"{id}:停产:第{tag}次")]
        when = ["--on", f"2026-03-0{tag} 21:30", "--until", "23:50"]
        return [*told, "--kind", "夜查", "--leader", "丙三", "--by", "甲一,乙二", *when, *visits]
    about = ["--about", PLACES[0], "--text", f"村西院落夜间喷漆，第{tag}次"]
    return [*told, "--source", "媒体", "--village", VILLAGE, *about]


def perform(operation: str, root: Path, tag: int) -> int:
    """The command; what it acknowledged stands behind RECORDED, as the driver's own does.

    The clock stands still: a commit's id decides in which folders its objects lie, and how many
    of those are new is a number of steps.
    """
    identity.now = lambda: BEGIN + timedelta(minutes=tag)
    sys.stdout, sys.stderr = shown = io.StringIO(), io.StringIO()
    try:
        code = run(words(operation, root, tag))
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    if code == 0:
        print("RECORDED", json.loads(shown[0].getvalue())["台账版本"])
    print(shown[0].getvalue(), shown[1].getvalue(), flush=True)
    return code


def make_base(root: Path) -> None:
    """A ledger with twenty enterprises, as a person's git holds it, and read once by the program."""
    settings = Settings(ledger_id="0f6c1d2e", town="俵口镇", villages=(Village(name=VILLAGE),))
    files = dict(ledger_files(settings))
    for id in PLACES:
        files |= firm(id, registered("2026-01-05"))
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def read_once(root: Path) -> None:
    """Somebody has looked at the list: the facts database is there."""
    command = [sys.executable, "-m", "swm", "list", "--ledger", str(root)]
    subprocess.run(command, check=True, capture_output=True)


def require_records(root: Path, operation: str, tags: list[int]) -> None:
    """All files of each command or none, each record once, the new files numbered without a gap."""
    made = "巡查" if operation == PATROL else "举报"
    prefix = "XC" if operation == PATROL else "JB"
    new = sorted(path.name for path in (root / made).rglob("*.yaml"))
    assert new == [f"{prefix}-2026-{n:04d}.yaml" for n in range(1, len(tags) + 1)]
    texts = [(root / f"{made}/2026/{name}").read_text("utf-8") for name in new]
    if operation == COMPLAINT:
        assert [_TIMES.findall(text) for text in texts] == [[str(tag)] for tag in tags]
        about = _ABOUT.findall(_enterprise(root, PLACES[0]))
        assert about == [name.removesuffix(".yaml") for name in new]
        return
    for text, tag in zip(texts, tags, strict=True):
        assert f"2026-03-0{tag}" in text and all(text.count(id) == 1 for id in PLACES)
    for id in PLACES:
        assert _TIMES.findall(_enterprise(root, id)) == [str(tag) for tag in tags], id


def _enterprise(root: Path, id: str) -> str:
    return (root / f"企业/{id[:-2]}/{id}.yaml").read_text("utf-8")
