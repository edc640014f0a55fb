"""Faults by number: build the shim, keep a driver running, make fresh ledgers, judge what is left."""

from __future__ import annotations

import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash import verbs
from tests.crash.driver import VISITED, paths_of

MODES = {"count": 0, "kill": 1, "torn": 2, "short": 3, "enospc": 4, "enospc-on": 5, "eio": 6}
_HEADER = struct.Struct("=iiii1024s1024s")
_STEPS = 4096
PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """How one command ended, and what the shim saw of it."""

    status: int
    output: str
    steps: int
    fired: bool
    kinds: str

    @property
    def recorded(self) -> str | None:
        """The commit it acknowledged."""
        words = self.output.split()
        return words[words.index("RECORDED") + 1] if "RECORDED" in words else None


class Laboratory:
    """One driver with the shim under it, and a folder for ledgers that may be ruined."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self.folder = process, folder
        self._control = folder / "control"
        self._control.write_bytes(bytes(_HEADER.size + _STEPS))
        self._serial = 0

    def run(
        self,
        root: Path,
        operation: str,
        tag: int,
        mode: str = "count",
        at: int = 0,
        trace: str = "",
    ) -> Outcome:
        """Run one command on the ledger at `root` with step `at` going wrong as `mode` says.

        `trace` is a file that gets a line for each step.
        """
        with open(self._control, "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
            names = os.fsencode(root), trace.encode()
            header = _HEADER.pack(0, at, MODES[mode], 0, *names)
            memory[:] = header + bytes(_STEPS)
            job = {"root": str(root), "operation": operation, "tag": tag}
            job["control"] = str(self._control)
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
            count, _, _, fired, *_ = _HEADER.unpack_from(memory)
            kinds = memory[_HEADER.size :].rstrip(b"\0").decode().replace("\0", " ")
        return Outcome(answer["status"], answer["output"], count, bool(fired), kinds[1:])

    def copy(self, original: Path) -> Path:
        """A fresh ledger, hard links kept as `cp -a` keeps them."""
        self._serial += 1
        place = self.folder / f"case-{self._serial}"
        shutil.copytree(original, place, symlinks=True)
        fence, lock = place / ".git/swm/fence", place / ".git/index.lock"
        if lock.exists() and os.path.samefile(
            original / ".git/swm/fence", original / ".git/index.lock"
        ):
            lock.unlink()
            os.link(fence, lock)
        return place

    def discard(self, root: Path) -> None:
        """Room for the next case."""
        shutil.rmtree(root)


@contextmanager
def laboratory(folder: Path) -> Iterator[Laboratory]:
    """Compile the shim and start the driver. Needs gcc: see `without_compiler`."""
    shim = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    compiler = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(shim)]
    subprocess.run([*compiler, str(source), "-ldl"], check=True)
    environ = {**os.environ, "LD_PRELOAD": str(shim), "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.driver"],
        cwd=folder,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Laboratory(process, folder)
        assert process.stdin is not None
        process.stdin.close()


def without_compiler() -> str:
    """Why the fault matrices cannot run here; empty when they can."""
    if sys.platform != "linux":
        return "the fault shim needs Linux (LD_PRELOAD, /proc)"
    return "" if shutil.which("gcc") else "gcc is not installed: THE CRASH TESTS DID NOT RUN"


def git(root: Path, *words: str) -> str:
    """What a person's git says, in a ledger; it must succeed."""
    date = {"GIT_AUTHOR_DATE": "@1790000000 +0800", "GIT_COMMITTER_DATE": "@1790000000 +0800"}
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *words],
        cwd=root,
        env={**os.environ, **date},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
    return done.stdout


def head(root: Path) -> str:
    """The tip of main, without starting git."""
    return (root / ".git/refs/heads/main").read_text().strip()


def make_base(root: Path, lab: Laboratory, operation: str) -> None:
    """A ledger as a person's git makes it: swm has never written here. For the variant `create`
    swm has, so that both first use and everyday use are covered."""
    root.mkdir()
    git(root, "init", "-q", "-b", "main", ".")
    if operation in verbs.COMMANDS:
        verbs.make_base(root)
    else:
        _make_lines(root, VISITED if operation == "patrol" else paths_of("two"))
    git(root, "add", "-A")
    git(root, "-c", "user.name=严", "-c", "user.email=y@example.cn", "commit", "-qm", "建账")
    if operation in verbs.COMMANDS:
        verbs.read_once(root)
    if operation == "create":
        assert lab.run(root, "two", 7).status == 0


def _make_lines(root: Path, paths: tuple[str, ...]) -> None:
    """The least that is a ledger, and these files."""
    (root / "企业/BK-00").mkdir(parents=True)
    for path in paths:
        (root / path).write_text(f"编号: {Path(path).stem}\n", "utf-8")
    (root / "swm.yaml").write_text("格式: 1\n", "utf-8")
    (root / ".gitattributes").write_text("* -text\n", "utf-8")


def require_truthful(root: Path, outcome: Outcome, before: str) -> None:
    """G1, G2, G3: HEAD is the old commit or the new one, and the exit status says which."""
    after = head(root)
    if after != before:
        assert git(root, "rev-parse", f"{after}^").strip() == before
    if outcome.recorded:
        assert outcome.recorded == after != before
    if outcome.status in (0, 3):
        assert after != before, f"said recorded: {outcome.output}"
    elif outcome.status > 0:
        assert outcome.status == 4 and after == before, f"said not recorded: {outcome.output}"
        assert outcome.output.strip()


def require_clean(root: Path) -> None:
    """Nothing a person would have to tidy up: no locks, no staged residue, files equal HEAD."""
    assert git(root, "status", "--porcelain", "--untracked-files=all") == ""
    locks = [each for each in (root / ".git").rglob("*.lock")]
    assert not locks, locks
    kept = set(os.listdir(root / ".git/swm"))
    assert kept - {"cache", "last-used.json"} == {"fence", "lock", "tmp"}, kept
    assert os.listdir(root / ".git/swm/tmp") == []
    git(root, "fsck", "--full", "--strict", "--no-dangling")


def require_lines(root: Path, operation: str, tags: list[int]) -> None:
    """Every file of the command carries exactly these lines: all or none, each once."""
    if operation in verbs.COMMANDS:
        return verbs.require_records(root, operation, tags)
    for path in paths_of(operation):
        text = (root / path).read_text("utf-8") if (root / path).exists() else ""
        found = [line for line in text.splitlines() if line.startswith("记录")]
        earlier = ["记录: 第7次"] if operation == "create" and "CF-" not in path else []
        assert found == earlier + [f"记录: 第{tag}次" for tag in tags], path
