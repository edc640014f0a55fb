"""A small office with two months behind it, for tests of what leaves the house."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.scenario.transcript import screen

SEPTEMBER = (
    ("2026-09-01", "swm init . --town 俵口镇 --county 宁河区 --villages 俵口村、兴家坨村"),
    (
        "2026-09-02",
        "swm add --name 俵口兴旺金属加工厂 --village 俵口村 --category 关停取缔 --operator 闻经营"
        " --phone 13800000001 --unlicensed",
    ),
    ("2026-09-03", "swm add --name 俵口振兴塑料厂 --village 俵口村 --category 搬迁改造"),
    (
        "2026-09-08",
        "swm inspect 1 --kind 夜查 --leader 丙领导 --by 甲一、乙二 --result 停产",
    ),
    (
        "2026-09-09",
        "swm advance 1 限期清理 --criteria 2 --days 15 --doc-name 限期清理告知书"
        " --served 2026-09-09 --by 甲一、乙二",
    ),
)
OCTOBER = (
    ("2026-10-12", "swm add --name 兴家坨木器厂 --village 兴家坨村 --category 关停取缔"),
    ("2026-10-13", "swm inspect 1 --kind 日常 --by 甲一、乙二 --result 停产"),
)
AS_A_PERSON = ("-c", "core.quotePath=false", "-c", "user.name=甲", "-c", "user.email=a@b.cn")


class Town:
    """Its folder, and what is typed there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def begun(cls, root: Path) -> Town:
        """September, as it was recorded day by day."""
        town = cls(root)
        for today, command in SEPTEMBER:
            town.say(today, command)
        return town

    def copied(self, root: Path) -> Town:
        """The same town in another folder, for a test to change."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Town(root)

    def october(self) -> Town:
        """A month later."""
        for today, command in OCTOBER:
            self.say(today, command)
        return self

    def lines(self, today: str, command: str) -> list[str]:
        """The screen of a command, its exit code last where it is not 0."""
        return screen(command, today, self.root)

    def say(self, today: str, command: str) -> str:
        """The same as one text; the command must succeed."""
        told = self.lines(today, command)
        assert not told or not (told[-1].startswith("[") and told[-1].endswith("]")), told
        return "\n".join(told)

    def refused(self, today: str, command: str, code: int = 1) -> str:
        """The screen of a command that must end with `code`."""
        told = self.lines(today, command)
        assert told[-1] == f"[{code}]", told
        return "\n".join(told)

    def report(self, today: str, month: str) -> dict[str, Any]:
        """The month's JSON report as it is now."""
        self.say(today, f"swm report month {month} --format json --out .git/out")
        text = (self.root / f".git/out/{month}月报.json").read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def git(self, *words: str) -> str:
        """What a person's git says; it must succeed."""
        done = subprocess.run(
            ["git", *AS_A_PERSON, *words],
            cwd=self.root,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()
