"""The same commit gives the same files in another place, another language, on another day."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.issued import Town

FORMATS = ("docx", "html", "json")
ELSEWHERE = (
    {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.begun(tmp_path_factory.mktemp("town")).october()


def made(town: Town, out: Path, today: str, umask: int, environ: dict[str, str]) -> dict[str, str]:
    """The SHA-256 of each file that another process makes in other surroundings."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "SWM_TODAY")}
    project = str(Path(__file__).parents[2])
    subprocess.run(
        [
            sys.executable,
            "-m",
            "swm",
            "--today",
            today,
            "report",
            "month",
            "2026-09",
            "--format",
            ",".join(FORMATS),
            "--out",
            str(out),
        ],
        cwd=town.root,
        env={**kept, "PYTHONPATH": project, **environ},
        umask=umask,
        check=True,
        capture_output=True,
    )
    return {
        kind: hashlib.sha256((out / f"2026-09月报.{kind}").read_bytes()).hexdigest()
        for kind in FORMATS
    }


def test_the_surroundings_leave_no_trace(town: Town, tmp_path: Path) -> None:
    one = made(town, tmp_path / "一", "2026-11-03", 0o022, ELSEWHERE[0])
    other = made(town, tmp_path / "二", "2026-11-04", 0o077, ELSEWHERE[1])
    assert one == other


def test_a_clone_makes_the_same_files(town: Town, tmp_path: Path) -> None:
    here = made(town, tmp_path / "一", "2026-11-03", 0o022, ELSEWHERE[0])
    town.git("clone", "-q", ".", str(tmp_path / "另一台电脑"))
    there = made(Town(tmp_path / "另一台电脑"), tmp_path / "二", "2026-11-03", 0o022, ELSEWHERE[1])
    assert here == there


def test_one_record_changes_every_file_and_verify_names_the_cell(
    town: Town, tmp_path: Path
) -> None:
    before = made(town, tmp_path, "2026-11-03", 0o022, ELSEWHERE[0])
    changed = town.copied(tmp_path / "改过")
    changed.say("2026-11-03", "swm correct 1 2 --why 记错 --set 日期=2026-08-31 --approver 孟批准")
    after = made(changed, tmp_path / "改后", "2026-11-03", 0o022, ELSEWHERE[0])
    assert all(before[kind] != after[kind] for kind in FORMATS)
    old = changed.git("rev-parse", "HEAD^")
    new = changed.git("rev-parse", "HEAD")
    page = (tmp_path / "改后/2026-09月报.html").read_text("utf-8").replace(new, old)
    (tmp_path / "冒充.html").write_text(page, "utf-8")
    told = changed.refused("2026-11-03", f"swm report verify {tmp_path / '冒充.html'}")
    assert "“夜查次数”第3列“本期”：文件里是 0，应为 1" in told.replace("\n    ", "")
