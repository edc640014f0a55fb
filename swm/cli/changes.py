"""`--set 键=值`: from the command line, else asked for on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.prompts import Question, complete


def changes(call: Call, sets: Sequence[str] | None) -> Mapping[str, str]:
    """The new values by key. Raises `WrongUsage` where there are none and nobody to ask."""
    if sets:
        return parsing.pairs("--set", sets)
    question = Question(option="--set", title="改成什么（键=值，几项用分号隔开）", reader=_line)
    answers = complete([question], {}, call.screen, call.ask)
    found: Mapping[str, str] = answers["--set"]
    return found


def _line(text: str) -> Mapping[str, str]:
    parts = text.replace("；", ";").split(";")
    return dict(parsing.pair(part) for part in parts if part.strip())
