"""The stories a clerk lives through, with the exact screens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.scenario.transcript import play

STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))


@pytest.mark.parametrize("path", STORIES, ids=lambda p: p.stem)
def test_story(path: Path, tmp_path: Path) -> None:
    story = path.read_text("utf-8")
    played = play(story, tmp_path)
    if os.environ.get("REWRITE_STORIES"):
        path.write_text(played, "utf-8")
    assert played == story


def test_there_are_stories() -> None:
    assert len(STORIES) >= 13
