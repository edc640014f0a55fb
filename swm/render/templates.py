"""Templates: where one is found, and the closed room in which it runs.

A template is data that an office may edit, and may have come from elsewhere: it runs in Jinja's
immutable sandbox over plain dicts, lists and text, where a name that does not exist is an error
and everything is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swm.errors import NotFound, Unreadable

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MONTHLY_WORD = "月报.docx"
MONTHLY_HTML = "月报.html.j2"
PUBLIC_WORD = "公示.docx"
PUBLIC_HTML = "公示.html.j2"

HERE = Path(__file__).resolve().parent.parent
BUILT_IN = (HERE / "_data" / "templates", HERE.parent / "templates")
"""In an installed wheel; in a checkout."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that would vanish, reorder the line, or are not allowed in XML at all."""


Own = Callable[[str], bytes | None]
"""An office's own template of a name, if it has one: as it is committed, or as it lies."""


def find(name: str, own: Own | None = None) -> bytes:
    """The template of that name: the office's own before the built-in one.

    Raises what `own` raises for a template that is not to be used, `NotFound` where there is none.
    """
    if own is not None and (data := own(name)) is not None:
        return data
    for folder in BUILT_IN:
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    raise NotFound(f"没有找到模板 {name}", hint="请检查程序安装是否完整")


def find_page(name: str, own: Own | None = None) -> str:
    """The text of a page's template. Raises `Unreadable` also where it is not in UTF-8."""
    try:
        return find(name, own).decode()
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"模板 {name} 不是 UTF-8 编码的文字", hint="用记事本另存为 UTF-8"
        ) from error


def lying_in(ledger: Path) -> Own:
    """The office's own templates as they lie in the ledger's folder, committed or not.

    Raises `Unreadable` for a link, which could show any file of the machine, and for what is no
    plain file.
    """

    def own(name: str) -> bytes | None:
        place = ledger / "templates" / name
        above = place.relative_to(ledger).parents
        if place.is_symlink() or any((ledger / each).is_symlink() for each in above if each.name):
            raise linked(name)
        if not place.exists():
            return None
        if not place.is_file():
            raise Unreadable(f"模板 {place.name} 不是普通文件")
        return place.read_bytes()

    return own


def linked(name: str) -> Unreadable:
    """The error of a template that is a link."""
    return Unreadable(f"模板 {name} 是链接，不予采用", hint="请把文件本身放进台账的 templates/")


def visible(text: str) -> str:
    """The text with what would not be seen, or would turn the line round, spelled out.

    `甲\\u202e乙` becomes `甲<U+202E>乙`. Line ends become LF; tabs and LF stay.
    """
    if text.isprintable():  # the common case: nothing in UNSEEN is
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def shown(value: Any) -> Any:
    """What is printed for a value: a figure prints its text, nothing prints as nothing."""
    if value is None:
        return ""
    if isinstance(value, dict) and "文" in value:
        value = value["文"]
    return visible(value) if type(value) is str else value


def digest(text: str) -> str:
    """`sha256-…`, as a content security policy names the one script that may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def environment(printed: list[str] | None = None) -> ImmutableSandboxedEnvironment:
    """The room for one rendering (`swm.render.room`): escaping always on, unknown names refused
    in Chinese, everything counted, no way out. Texts that are printed are noted in `printed`.
    """
    from swm.render import room

    return room.opened(printed)


def again(room: ImmutableSandboxedEnvironment) -> ImmutableSandboxedEnvironment:
    """The same room for another rendering, its counts begun anew: what it compiled stays."""
    room.meter.renew()  # type: ignore[attr-defined]
    return room


def broken(name: str, error: Exception) -> Unreadable:
    """The error of a template, told to the person who edits it."""
    line = getattr(error, "lineno", None)
    place = f"第{line}行" if line and name.endswith(".j2") else ""
    return Unreadable(
        f"模板 {name} {place}有误：{error}",
        hint=f"改正台账 templates/{name}，或把它移走，改用程序自带的模板",
    )
