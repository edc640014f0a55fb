"""By which day it is judged what is overdue: `--on` that day, `--at` the day that is looked at."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from tests.issued import AS_A_PERSON, Town

TODAY = "2026-12-31"
LAST_DAY = "2026-09-24"
"""The deadline of BK-0001: fifteen days from the day after its paper was served."""
OF_THE_DAY = "2026-10-01"


class Dated(Town):
    """Its commits bear the days on which they were recorded, as on a clerk's own computer."""

    def say(self, today: str, command: str) -> str:
        """The same, and what it recorded is dated."""
        before = self.git("rev-parse", "HEAD") if (self.root / ".git").exists() else ""
        told = super().say(today, command)
        if self.git("rev-parse", "HEAD") != before:
            at = f"{today}T10:00:00+08:00"
            dated = ["git", *AS_A_PERSON, "commit", "-q", "--amend", "--no-edit", f"--date={at}"]
            environ = {**os.environ, "GIT_COMMITTER_DATE": at}
            subprocess.run(dated, cwd=self.root, env=environ, check=True)
        return told


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Dated.begun(tmp_path_factory.mktemp("town"))
    town.say("2026-09-10", "swm premises add --village 俵口村 --address 村东 --landlord 房东甲")
    land = "swm letter add --premises 1 --landlord 房东甲 --on 2026-09-11 --until 2026-10-31"
    town.say("2026-09-11", land)
    town.say("2026-09-11", "swm premises add --village 俵口村 --address 村西 --landlord 房东乙")
    return town


def late(town: Town, words: str) -> list[str]:
    return [line for line in town.say(TODAY, f"swm {words}").splitlines() if "超期" in line]


def test_on_a_day_counts_the_days_up_to_that_day(town: Town) -> None:
    (row, _) = late(town, f"list --on {OF_THE_DAY}")
    assert "超期7天" in row
    assert "超期" not in "".join(late(town, f"list --on {LAST_DAY}")).replace("超期 0", "")
    assert any("超期98天" in row for row in late(town, "list"))


@pytest.mark.parametrize("words", ["list --at {day}", "find 兴旺 --at {day}", "show 1 --at {day}"])
def test_at_a_day_is_judged_on_that_day(town: Town, words: str) -> None:
    assert "超期7天" in "".join(late(town, words.format(day=OF_THE_DAY))).replace(" ", "")


def test_a_figure_at_a_day_ends_with_that_day(town: Town) -> None:
    told = town.say(TODAY, f"swm figure 超期 --at {OF_THE_DAY}")
    assert told.splitlines()[0] == "超期 1家（2026年10月1日）"
    document = json.loads(town.say(TODAY, f"swm figure 超期 --at {LAST_DAY} --json"))
    assert (document["值"], document["期间"][-10:]) == (0, LAST_DAY)


def test_a_commit_is_judged_on_its_own_day(town: Town) -> None:
    told = town.say(TODAY, "swm figure 超期 --at HEAD")
    assert "2026年9月1日至9月11日" in told.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("letter list", "2026-10-31  有效"),
        ("premises list", "已签有效 1 处"),
        ("letter expiring", "2026-10-31"),
    ],
)
def test_a_letter_at_a_day_is_in_force_as_of_that_day(town: Town, words: str, told: str) -> None:
    assert told in town.say(TODAY, f"swm {words} --at 2026-10-20")
    assert told not in town.say(TODAY, f"swm {words}")


def test_the_brief_and_the_tables_end_with_that_day(town: Town) -> None:
    assert "10月1日" in town.say(TODAY, f"swm brief --at {OF_THE_DAY}")
    told = town.say(TODAY, f"swm table 台账 --at {OF_THE_DAY} --audience 内部")
    assert "2026年10月1日" in told.splitlines()[1]
