"""`make bench`: how long the daily commands take, against the cost of their imports and of git.

Prints a Markdown table. Ratios of one run on one machine; the medians of several rounds each.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import documents

TODAY = "2026-11-20"
ROUNDS = 7
INSPECTIONS = 11
WORK = Path("build/bench")
IMPORTS_READ = "import typer, rich.table"
IMPORTS_WRITE = "import typer, rich.table, ruamel.yaml, git"


def timed(command: list[str], cwd: Path | None = None) -> float:
    """Seconds of one run; raises when it fails."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, env=ENV)
    return time.perf_counter() - start


def median(command: list[str], cwd: Path | None = None, rounds: int = ROUNDS) -> float:
    """The median of several runs, after one that is not counted."""
    timed(command, cwd)
    return statistics.median(timed(command, cwd) for _ in range(rounds))


ENV = {
    # as on a clerk's machine: compiled modules are kept
    **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONUTF8": "1",
    "SWM_TODAY": TODAY,
    "GIT_AUTHOR_NAME": "测试",
    "GIT_AUTHOR_EMAIL": "bench@example.invalid",
    "GIT_COMMITTER_NAME": "测试",
    "GIT_COMMITTER_EMAIL": "bench@example.invalid",
}
SWM = [sys.executable, "-m", "swm"]


def bare_commits(tree: Path, count: int = 5) -> float:
    """Seconds of `count` times plain `git add` + `git commit` with every fsync on, in a clone."""
    clone = tree.with_name(tree.name + "-bare")
    if not clone.exists():
        subprocess.run(["git", "clone", "-q", str(tree), str(clone)], check=True, env=ENV)
    target = next((clone / "企业").rglob("*.yaml"))
    total = 0.0
    for n in range(count):
        with target.open("a", encoding="utf-8") as file:
            file.write(f"# {time.time_ns()} {n}\n")
        total += timed(["git", "add", str(target.relative_to(clone))], clone)
        total += timed(["git", "-c", "core.fsync=all", "commit", "-qm", "bench"], clone)
    return total


def township(size: int) -> Path:
    """A played-out township of `size` enterprises."""
    place = WORK / str(size)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        words = ["demo", str(place), "--enterprises", str(size), "--months", "12", "--today", TODAY]
        subprocess.run([*SWM, *words], check=True, env=ENV, stdout=subprocess.DEVNULL)
        print(f"(township of {size}: {time.perf_counter() - start:.0f} s)", file=sys.stderr)
    return place.absolute()


def main() -> None:
    """Measure and print."""
    read = median([sys.executable, "-c", IMPORTS_READ])
    write = median([sys.executable, "-c", IMPORTS_WRITE])
    print(f"`{IMPORTS_READ}` {read * 1000:.0f} ms, `{IMPORTS_WRITE}` {write * 1000:.0f} ms\n")
    print("| township | command | time | against | ratio | allowed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in SIZES:
        for row in measured(township(size), read):
            print(f"| {size} | " + " | ".join(row) + " |")
    for row in documents.measured():
        print("| invented | " + " | ".join(row) + " |")


SIZES = tuple(int(word) for word in sys.argv[1:]) or (1000, 10000)


def measured(tree: Path, read: float) -> list[tuple[str, ...]]:
    """One row a command."""
    rows = []
    for words in (["list"], ["show", "BK-0007"]):
        took = median([*SWM, "--ledger", str(tree), *words])
        rows.append(
            (f"`{words[0]}`", f"{took * 1000:.0f} ms", "imports", f"{took / read:.2f}", "2.5")
        )
    took, allowed, ratio = _inspect(tree)
    text = f"imports + 5 bare commits ({allowed * 1000:.0f} ms)"
    rows.append(("`inspect`", f"{took * 1000:.0f} ms", text, f"{ratio:.2f}", "1.0"))
    words = ["report", "month", "2026-10", "--format", "docx", "--out", str(WORK / "out")]
    took = median([*SWM, "--ledger", str(tree), *words], rounds=3)
    rows.append(("`report month`", f"{took:.2f} s", "2 s", f"{took / 2:.2f}", "1.0"))
    return [*rows, _site(tree)]


def _site(tree: Path) -> tuple[str, ...]:
    """The whole site of the office, once: 20 s for every 1,000 enterprises."""
    allowed = 20 * len(list((tree / "企业").rglob("*.yaml"))) / 1000
    words = ["site", str((WORK / "site" / tree.name).absolute()), "--audience", "内部"]
    took = timed([*SWM, "--ledger", str(tree), *words])
    return ("`site`", f"{took:.1f} s", f"{allowed:.0f} s", f"{took / allowed:.2f}", "1.0")


def _inspect(tree: Path) -> tuple[float, float, float]:
    """Medians of `inspect`, of its bar, and of their ratio; measured side by side, since the disk
    is faster in one second than in the next. Each round visits another enterprise."""
    bare_commits(tree)
    found = []
    for n in range(1, INSPECTIONS + 1):
        allowed = timed([sys.executable, "-c", IMPORTS_WRITE]) + bare_commits(tree)
        words = ["inspect", f"BK-{n:04}", "--on", TODAY, "--by", "甲一,乙二", "--kind", "日常"]
        took = timed([*SWM, "--ledger", str(tree), *words, "--result", "停产"])
        found.append((took, allowed, took / allowed))
    took, allowed, ratio = (statistics.median(each) for each in zip(*found, strict=True))
    return took, allowed, ratio


if __name__ == "__main__":
    main()
