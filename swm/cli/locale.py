"""UTF-8 in any locale: file names and files must not depend on LANG."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping

_CHINESE = {"gbk", "gb2312", "gb18030", "big5", "cp936", "cp950", "hz"}
"""Screens that can show Chinese in their own encoding keep it; files do not."""


def in_utf8() -> None:
    """Return when Python already works in UTF-8; else replace this process by one that does."""
    if sys.flags.utf8_mode or (sys.getfilesystemencoding() == "utf-8" and _is_utf8()):
        return
    words = [word.encode("utf-8", "surrogateescape") for word in _command()]
    on_screen = sys.stdout is not None and sys.stdout.isatty()  # None: it was closed
    os.execve(sys.executable, words, restarted(os.environ, _encoding(), on_screen))


def restarted(environ: Mapping[str, str], encoding: str, on_screen: bool) -> dict[str, str]:
    """The environment of the new process; a Chinese terminal goes on getting its own encoding."""
    fresh = {**environ, "PYTHONUTF8": "1"}
    if on_screen and codecs.lookup(encoding).name in _CHINESE:
        fresh["PYTHONIOENCODING"] = f"{encoding}:backslashreplace"
    return fresh


def _encoding() -> str:
    import locale

    return locale.getpreferredencoding(False)


def _is_utf8() -> bool:
    return codecs.lookup(_encoding()).name == "utf-8"


def _command() -> list[str]:
    return [sys.executable, "-m", "swm", *sys.argv[1:]]
