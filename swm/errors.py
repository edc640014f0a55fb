"""Bad news, by kind. Every message here is read by a clerk, so it is Chinese.

A ledger that is wrong yields `Finding` values, collected and listed together. A request that
cannot be met raises a `SwmError`, once, and `swm.cli.main` catches it, once.
"""

from __future__ import annotations

from collections.abc import Iterable

from swm.frozen import frozen

ERROR = "错误"
REMINDER = "提醒"


@frozen
class Finding:
    """One thing wrong with the ledger's files: where it stands, what it is, what to do."""

    code: str
    level: str
    path: str
    line: int | None
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path} 第{self.line}行"
        field = f"“{self.field}”" if self.field else ""
        hint = f"；{self.hint}" if self.hint else ""
        return f"{place}{field}：{self.message}{hint}"


@frozen
class Missing:
    """One thing an act lacks, the clause that asks for it, and the command that supplies it."""

    text: str
    clause: str = ""
    command: str = ""


class SwmError(Exception):
    """What the clerk is told instead of a traceback; `exit_code` is the contract's."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(SwmError):
    """A rule forbids it. `missing` lists everything that is missing, never only the first."""

    def __init__(self, message: str, missing: Iterable[Missing] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.missing = tuple(missing)


class NotFound(SwmError):
    """Nothing in the ledger answers to that id, name or number."""


class Ambiguous(SwmError):
    """Several answer where one is wanted; `matches` are shown and nothing is done."""

    def __init__(self, message: str, matches: Iterable[str], hint: str = "") -> None:
        super().__init__(message, hint)
        self.matches = tuple(matches)


class WrongUsage(SwmError):
    """The command line itself cannot be understood."""

    exit_code = 2


class RecordedPending(SwmError):
    """The fact IS in history (`commit`), only the working copy is not tidied up yet."""

    exit_code = 3

    def __init__(self, message: str, commit: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.commit = commit


class Surroundings(SwmError):
    """Nothing was done, because the machine or the repository is in the way."""

    exit_code = 4


class Busy(Surroundings):
    """Another writer holds the ledger."""


class Uncommitted(Surroundings):
    """A file the command must touch carries an edit that nobody has committed."""


class WrongBranch(Surroundings):
    """HEAD is detached, elsewhere than on main, or a merge or rebase is in progress."""


class NotYours(Surroundings):
    """The repository belongs to somebody else, or could run code of its own."""


class NoIdentity(Surroundings):
    """Nobody is named as the author of what would be recorded."""


class Unreadable(SwmError):
    """The ledger could not be read or checked; `findings` say where and why."""

    exit_code = 5

    def __init__(self, message: str, findings: Iterable[Finding] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.findings = tuple(findings)


class Unfaithful(SwmError):
    """What would be written does not read back as what was meant: nothing is written. Our bug."""

    exit_code = 70

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}：{why}，没有写入", "这是程序的问题，请把所用的命令告诉维护人员")
