"""Who records: asked once on a terminal, kept in the ledger's own configuration."""

from __future__ import annotations

from pathlib import Path

from swm.cli.call import Call
from swm.cli.prompts import Question, interview, line_from_terminal
from swm.domain.fields import BadValue


def _mail(text: str) -> str:
    if "@" not in text.strip("@"):
        raise BadValue("邮箱里要有 @", "没有邮箱的写 姓名@本单位")
    return text.strip()


QUESTIONS = (
    Question(option="姓名", title="您的姓名（记在每条记录上）", reader=str.strip),
    Question(option="邮箱", title="您的邮箱", reader=_mail),
)


def asked(call: Call) -> tuple[str, str]:
    """Name and address of the person at the terminal. Raises `Cancelled`."""
    call.screen.insist(["还不知道是谁在记录。只问这一次："])
    answers = interview(QUESTIONS, {}, call.screen, line_from_terminal)
    return answers["姓名"], answers["邮箱"]


def ask_and_keep(call: Call, root: Path) -> None:
    """Ask who records, and keep it in the ledger."""
    from swm.store.transaction import store_identity

    store_identity(root, *asked(call))
