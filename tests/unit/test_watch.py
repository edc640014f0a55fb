"""The watch of the whole run bites: who reported is found wherever it must not be."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from swm.cli.main import run
from swm.render.terminal import Screen
from tests import watch
from tests.reporters import CONTACTS, ID_NUMBER, IDENTITY, LIVE, REPORTERS, WHO, write_down
from tests.scenario.transcript import screen

PROJECT = Path(__file__).parents[2]
TOLD = (*(r.name for r in REPORTERS), *(r.phone for r in REPORTERS), ID_NUMBER, *CONTACTS)


@pytest.mark.parametrize("told", TOLD)
def test_on_a_screen(told: str) -> None:
    shown = Screen(io.StringIO(), io.StringIO())
    shown.result(["举报人", f"  来电人 {told}"])
    shown.insist(line for line in [f"没有“{told}”"])
    assert shown.out.getvalue() == f"举报人\n  来电人 {told}\n", "what is written stays the same"  # type: ignore[attr-defined]
    found = watch.taken()
    assert len(found) == 2 and not any(IDENTITY.search(each) for each in found)


@pytest.mark.parametrize("told", TOLD)
def test_among_arguments(told: str) -> None:
    assert run(["find", told, "--ledger", "/nowhere"]) != 0
    subprocess.run([sys.executable, "-c", "", told], check=True)
    subprocess.run(f": {told}", shell=True, check=True)
    assert len([each for each in watch.taken() if "arguments" in each]) == 3


def test_in_what_a_process_prints() -> None:
    code = f"print({WHO.name.encode()!r}.decode()); import sys; sys.stderr.write('{LIVE.phone}')"
    spelled = code.replace(LIVE.phone, LIVE.phone[:5] + "' '" + LIVE.phone[5:]).replace("' '", "''")
    environ = {"PYTHONUTF8": "1"}
    for text in (True, False):
        subprocess.run([sys.executable, "-c", spelled], capture_output=True, text=text, env=environ)
        assert [re.sub(", at.*", "", f).split()[-1] for f in watch.taken()] == ["printed"] * 2


def test_the_command_that_shows_them_is_the_exception(tmp_path: Path) -> None:
    write_down(tmp_path / "who.txt")
    told = "complaint add --source 群众来电 --village 俵口村 --text 夜间喷漆 --reporter-stdin"
    data = tmp_path / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(data))
        place = tmp_path / "台账"
        place.mkdir()
        screen("swm init . --town 俵口镇 --villages 俵口村", "2026-03-02", place)
        screen(f"swm {told} < ../who.txt", "2026-03-02", place)
        assert WHO.name in "\n".join(screen("swm vault show 1", "2026-03-02", place))
        assert watch.taken() == []
        assert screen(f"swm vault erase 1 --why {WHO.name}要求", "2026-03-02", place)
    assert len(watch.taken()) == 1, "the exception is of one command alone"


def test_a_test_that_tells_fails_and_another_does_not(tmp_path: Path) -> None:
    """The whole way: pytest with the project's own conftest, and a test that does it."""
    (tmp_path / "test_told.py").write_text(
        "from swm.cli.main import run\n"
        "from tests.reporters import WHO\n"
        "def test_told(): assert run(['find', WHO.name, '--ledger', '/nowhere'])\n"
        "def test_not_told(): assert run(['find', 'x', '--ledger', '/nowhere'])\n",
        "utf-8",
    )
    plugins = ("tests.conftest", "no:cacheprovider", "no:hypothesispytest", "no:xdist")
    command = [sys.executable, "-m", "pytest", *(word for p in plugins for word in ("-p", p))]
    done = subprocess.run(
        [*command, "--assert=plain", "--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    assert "WHO REPORTED WAS TOLD" in done.stdout
    assert "2 passed, 1 error" in done.stdout
    assert "among the arguments of find …" in done.stdout
