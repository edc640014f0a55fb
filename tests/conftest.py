"""A sealed room for every test: its own home, no git variables, and a guard on this repository."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import watch

watch.install()  # before any test module takes `run` by its name
gc.set_threshold(100_000, 50, 100)  # thousands of tests in one process leave much to look through
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # how fast a machine is says nothing about a claim
PROJECT = Path(__file__).parents[1]

GITCONFIG = """\
[user]
\tname = 严录入
\temail = luru@example.cn
[init]
\tdefaultBranch = main
"""


@pytest.fixture(scope="session", autouse=True)
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The person at this machine is invented: a home with a .gitconfig, the office's time zone."""
    # A shell that starts the tests in the background has them ignore Ctrl-C, which some try out.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(GITCONFIG, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("GIT_", "SWM_", "XDG_")):
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path_factory.getbasetemp()))
        patch.setenv("TZ", "Asia/Shanghai")
        yield home


@pytest.fixture(autouse=True)
def nobody_told() -> Iterator[None]:
    """Who reported is on no screen and in no process argument, whatever the test is about."""
    yield
    if found := watch.taken():
        pytest.fail("WHO REPORTED WAS TOLD: " + "; ".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def guard_of_the_project() -> Iterator[None]:
    """Shouts when a test escapes: the project's own repository must be as it was."""
    before = _state()
    yield
    assert _state() == before, "THIS TEST WROTE INTO THE PROJECT'S OWN REPOSITORY"


def _state() -> tuple[object, ...]:
    """What a stray swm or git would leave in .git; a colleague's commit meanwhile is no stray."""
    git = PROJECT / ".git"
    if not git.is_dir():
        return ()
    log = git / "logs" / "HEAD"
    entries = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
    strays = [line for line in entries if "\tswm: " in line or "luru@example.cn" in line]
    config = (git / "config").read_bytes()
    hooks = sorted(os.listdir(git / "hooks")) if (git / "hooks").is_dir() else []
    return config, (git / "HEAD").read_bytes(), hooks, (git / "swm").exists(), strays
