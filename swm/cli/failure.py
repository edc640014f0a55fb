"""How a command ends badly: what is said, as text or JSON, and with which exit code."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path
from typing import Any

from swm.errors import (
    Ambiguous,
    Finding,
    Missing,
    RecordedPending,
    Refused,
    SwmError,
    Unfaithful,
    Unreadable,
)
from swm.render import terminal
from swm.render.terminal import Screen
from swm.render.text import visible
from swm.store import places

OUR_BUG = 70


def report(error: SwmError, screen: Screen, *, as_json: bool = False) -> int:
    """Say it, and return its exit code."""
    if as_json:
        screen.document(document(error))
    else:
        screen.insist(lines(error, screen))
    if isinstance(error, Unfaithful):
        write_trace(error)
    return error.exit_code


def document(error: SwmError) -> dict[str, Any]:
    """The error as the one JSON document."""
    missing: tuple[Missing, ...] = getattr(error, "missing", ())
    findings: tuple[Finding, ...] = getattr(error, "findings", ())
    found: dict[str, Any] = {"错误": error.message}
    if missing:
        found["缺少"] = [{"内容": m.text, "依据": m.clause, "命令": m.command} for m in missing]
    if findings:
        found["问题"] = [as_finding(f) for f in findings]
    if isinstance(error, Ambiguous):
        found["符合的"] = list(error.matches)
    if isinstance(error, RecordedPending):
        found["台账版本"] = error.commit
    if error.hint:
        found["提示"] = error.hint
    return found


def as_finding(found: Finding) -> dict[str, Any]:
    """One finding by its Chinese keys."""
    return {
        "级别": found.level,
        "代码": found.code,
        "文件": found.path,
        "行": found.line,
        "字段": found.field,
        "内容": found.message,
        "提示": found.hint,
    }


def lines(error: SwmError, screen: Screen) -> list[str]:
    """The error as a clerk reads it."""
    if isinstance(error, Refused):
        return terminal.refusal(screen, error.message, error.missing, error.hint)
    said: list[str] = []
    if isinstance(error, Ambiguous):
        said = [f"  {visible(match)}" for match in error.matches]
    if isinstance(error, Unreadable):
        said = [line for f in error.findings for line in terminal.finding(screen, f)]
    hint = terminal.hinted(screen, error.hint)
    return [*terminal.refusal(screen, error.message, ()), *said, *hint]


def write_trace(error: BaseException, ledger: Path | None = None) -> Path:
    """Where each call stood, without any value: neither names nor phones get into the log.

    `ledger` is the folder that the command line named.
    """
    trace = traceback.TracebackException.from_exception(error, capture_locals=False)
    said = [f"{type(error).__name__}\n"]
    chain: traceback.TracebackException | None = trace
    while chain is not None:
        said += chain.stack.format()
        chain = chain.__cause__ or chain.__context__
    return _logged("".join(said).encode("utf-8", "backslashreplace"), ledger or Path.cwd())


def _logged(said: bytes, start: Path) -> Path:
    """In `.git/swm/last-error.log` of the ledger at or above, else in the temporary folder."""
    for folder in (start, *start.parents):
        if (folder / "swm.yaml").is_file() and (folder / ".git").is_dir():
            try:
                return places.note(folder, "last-error.log", said)
            except OSError:
                break
    number, name = tempfile.mkstemp(prefix="swm-", suffix=".log")
    with open(number, "wb") as log:
        log.write(said)
    return Path(name)
