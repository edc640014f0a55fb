"""Over the whole run: no screen and no process argument holds who reported.

`install` wraps, once for each test process, the two ways by which a command's words reach a
screen (`Screen`), the program's entry (`run`), and `subprocess.Popen`, by which every process is
started and read. What is found is kept without the words themselves; the fixture `nobody_told` in
`tests/conftest.py` fails the test during which it happened. The one exception is the screen of
`swm vault show`, which is there to be seen by whoever asked for it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from swm.cli import main
from swm.render.terminal import Screen
from tests.reporters import IDENTITY

IN_BYTES = re.compile(IDENTITY.pattern.encode())
WHOLE = re.compile(rf"\w{{0,3}}(?:{IDENTITY.pattern})")
"""The same with the surname before it, to be left out of what is said about it."""
SHOWN_ON_PURPOSE = ("vault", "show")

_found: list[str] = []
_running: list[Sequence[str]] = []
"""The arguments of the commands that run in this process just now."""


def taken() -> list[str]:
    """What was found since the last time this was asked."""
    found = list(_found)
    _found.clear()
    return found


def install() -> None:
    """Watch this process from now on."""
    for name in ("result", "insist"):
        setattr(Screen, name, _watched_screen(getattr(Screen, name)))
    main.run = _watched_run(main.run)
    subprocess.Popen.__init__ = _watched_start(subprocess.Popen.__init__)  # type: ignore[method-assign]
    subprocess.Popen.communicate = _watched_end(subprocess.Popen.communicate)  # type: ignore[method-assign]


def on_purpose(arguments: Sequence[str]) -> bool:
    """Whether they are of the command that shows a reporter."""
    words = [word for word in arguments if word in SHOWN_ON_PURPOSE]
    return tuple(words[:2]) == SHOWN_ON_PURPOSE


def _look(text: object, where: str) -> None:
    if isinstance(text, bytes | bytearray):
        seen = IN_BYTES.search(text)
    else:
        seen = IDENTITY.search(str(text)) if text else None
    if seen:
        _found.append(f"{where}, at character {seen.start()}")


def _watched_screen(write: Callable[..., None]) -> Callable[..., None]:
    def watched(screen: Screen, lines: Iterable[str]) -> None:
        kept = list(lines)
        if not (_running and on_purpose(_running[-1])):
            _look("\n".join(kept), f"on the screen of {_named(_running[-1] if _running else ())}")
        write(screen, kept)

    return watched


def _watched_run(run: Callable[[Sequence[str]], int]) -> Callable[[Sequence[str]], int]:
    def watched(arguments: Sequence[str]) -> int:
        _look("\n".join(arguments), f"among the arguments of {_named(arguments)}")
        _running.append(arguments)
        try:
            return run(arguments)
        finally:
            _running.pop()

    return watched


def _watched_start(start: Callable[..., None]) -> Callable[..., None]:
    def watched(process: Any, args: Any, *more: Any, **told: Any) -> None:
        words = _words(args)
        _look("\n".join(words), f"among the arguments of the process {_named(words)}")
        start(process, args, *more, **told)

    return watched


def _watched_end(end: Callable[..., Any]) -> Callable[..., Any]:
    def watched(process: Any, *given: Any, **told: Any) -> Any:
        printed = end(process, *given, **told)
        words = _words(process.args)
        # What git tells its caller is no screen; a store's objects are searched in test_reporters.
        if Path(words[0]).name != "git" and not on_purpose(words):
            for text in printed:
                _look(text, f"in what the process {_named(words)} printed")
        return printed

    return watched


def _words(args: Any) -> list[str]:
    if isinstance(args, str | bytes | os.PathLike):
        return [os.fsdecode(args)]
    return [os.fsdecode(word) for word in args]


def _named(arguments: Sequence[str]) -> str:
    """The command's first words, without the identity if it stands there."""
    return WHOLE.sub("…", " ".join(arguments[:3])) or "no command"
