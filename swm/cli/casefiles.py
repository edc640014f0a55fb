"""Which complaints a command means, and which records of enterprises prove something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.cli.prompts import Question, complete
from swm.domain.fields import BadValue, split
from swm.domain.kinds import COMPLAINT
from swm.errors import WrongUsage

_PROOF = re.compile(
    r"(?P<id>[A-Za-z]{1,6}-\d{4,}|\d{1,6})\s*(?:[:：#]|第)\s*(?P<number>\d{1,5})条?"
)


def complaint_ids(call: Call, words: Sequence[str] | None) -> list[str]:
    """The ids of the complaints meant. Raises `WrongUsage`."""
    if not words:
        if not call.interactive:
            raise WrongUsage(
                "没有写明是哪一件", hint="写编号（JB-2026-0001）；查看：swm complaint list"
            )
        question = Question(option="编号", title="哪一件（编号或本年的序号）", reader=str.strip)
        words = [complete([question], {}, call.screen, call.ask)["编号"]]
    parts = [part for word in words for part in split(word)]
    read = selection.filed(call, COMPLAINT, "举报、交办")
    return list(dict.fromkeys(parsing.read("编号", part, read) for part in parts))


def complaint_id(call: Call, words: Sequence[str] | None) -> str:
    """The id of the one complaint meant. Raises `WrongUsage`."""
    found = complaint_ids(call, words)
    if len(found) != 1:
        raise WrongUsage("一次只办一件", hint="一件一件地登记；核查可以几件一起")
    return found[0]


def proofs(call: Call, text: str | None) -> tuple[str, ...]:
    """`BK-0001:5，2:7` as the records say it: BK-0001第5条."""
    return tuple(parsing.read("--proof", part, _proof(call)) for part in split(text or ""))


def _proof(call: Call) -> parsing.Reader[str]:
    def read(text: str) -> str:
        m = _PROOF.fullmatch(text.strip())
        if m is None or not int(m["number"]):
            raise BadValue(f"“{text}”不是企业的一条记录", "写作 BK-0001:5（第5条）")
        id = m["id"].upper() if "-" in m["id"] else f"{call.prefix}-{int(m['id']):04d}"
        return f"{id}第{int(m['number'])}条"

    return read


def yes(text: str) -> bool:
    """是 or 否."""
    if text.strip() not in ("是", "否"):
        raise BadValue(f"“{text}”应为“是”或“否”")
    return text.strip() == "是"


def pick(option: str, title: str, values: tuple[str, ...]) -> Question:
    """A question with choices."""
    reader = parsing.choice(values, title)
    return Question(option=option, title=title, reader=reader, choices=values)
