"""The vault's passphrase: typed without being shown, or from SWM_VAULT_PASSPHRASE; never an option."""

from __future__ import annotations

from collections.abc import Callable
from getpass import getpass

from swm.cli.call import Call
from swm.errors import Refused

VARIABLE = "SWM_VAULT_PASSPHRASE"
"""For scripts and tests: only the user's own processes see it."""
NEW_VARIABLE = "SWM_VAULT_NEW_PASSPHRASE"


def asker(call: Call) -> Callable[[str], str]:
    """How the passphrase is asked for; once in a command."""
    known: list[str] = []

    def ask(title: str) -> str:
        if not known:
            known.append(call.environ.get(VARIABLE) or _typed(call, title))
        return known[0]

    return ask


def new(call: Call, title: str) -> str:
    """A new passphrase, typed twice."""
    if told := call.environ.get(NEW_VARIABLE):
        return told
    first = _typed(call, title)
    if _typed(call, f"再输一遍{title}") != first:
        raise Refused("两次输入的口令不一样，没有改动")
    return first


def _typed(call: Call, title: str) -> str:
    if not call.interactive:
        raise Refused(
            f"要输入{title}，这里没有终端可以输入",
            hint=f"在终端上运行；脚本里用环境变量 {VARIABLE}（新口令 {NEW_VARIABLE}）",
        )
    return getpass(f"{title}（输入时不显示）：")
