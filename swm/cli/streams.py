"""Standard input and output where they are closed, full, or lead to nobody."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

from swm.errors import Surroundings
from swm.render.terminal import Unwritten
from swm.store.systemwords import reason


def open_all() -> None:
    """Let every stream lead somewhere (`swm list >&-` closes one), and take every character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The lowest free number is the closed one: no file of ours can take it any more.
            void = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 (open as long as we are)
            setattr(sys, name, void)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def hush(stream: TextIO) -> None:
    """Let an output that takes nothing lead into the void, with all that still waits in it."""
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, stream.fileno())
    os.close(void)


def unwritten(lost: Unwritten) -> Surroundings:
    """What is said where the result cannot be written; that output is given up."""
    hush(lost.stream)
    hint = "腾出磁盘空间，或写到别处"
    return Surroundings(f"写不出去：{reason(lost.failure)}", hint=hint)


def surely(say: Callable[[], int], code: int) -> int:
    """The exit code of `say`, on whatever output is left; `code` where none is."""
    for _ in (sys.stdout, sys.stderr):
        try:
            return say()
        except BrokenPipeError:
            return code
        except Unwritten as lost:
            hush(lost.stream)
    return code
