"""What typer says about a command line that it cannot read, said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable

import typer

from swm.errors import WrongUsage

_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.S)
_NO_VALUE = re.compile(r"Option '(.*)' does not take a value", re.S)


def translated(error: typer.TyperException) -> WrongUsage:
    """The same complaint for the clerk, with the way to help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "swm"
    return WrongUsage(_message(error), hint=f"用法见：{path} --help")


def no_such_command(path: str, name: str, known: Iterable[str]) -> WrongUsage:
    """Names the nearest command, else all of them."""
    from difflib import get_close_matches

    known = list(known)
    begun = [each for each in known if name and each.startswith(name)]
    near = begun or get_close_matches(name, known, n=1, cutoff=0.5)
    listed = "可用命令：" + "、".join(known)
    hint = f"是不是 {path} {near[0]}？" if near else listed
    return WrongUsage(f"没有“{name}”这个命令", hint=hint)


def missing_command(path: str, known: Iterable[str]) -> WrongUsage:
    """A noun without its verb."""
    return WrongUsage(f"{path} 后面还缺一个命令", hint="可用命令：" + "、".join(known))


def _message(error: typer.TyperException) -> str:
    option = getattr(error, "option_name", "")
    possible = getattr(error, "possibilities", None)
    if type(error).__name__ == "NoSuchOption":
        near = f"，是不是 {'、'.join(sorted(possible))}？" if possible else ""
        return f"没有“{option}”这个选项{near}"
    if found := _NO_VALUE.match(error.message):
        return f"选项 {found[1]} 后面不能带值"
    if option:
        return f"选项 {option} 后面缺少值"
    if found := _EXTRA.match(error.message):
        return f"多出了不认识的内容：{found[1]}"
    if parameter := getattr(error, "param", None):
        name = parameter.metavar or parameter.opts[0]
        return f"缺少 {name}"
    return f"命令看不懂：{error.message}"
