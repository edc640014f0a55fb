"""The tags of a template, whatever file they stand in: whether each is written right, whether
beginnings and ends belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from swm.errors import ERROR, REMINDER, Finding
from swm.frozen import frozen
from swm.render.templates import environment, visible
from swm.render.templatewords import nearest, told

if TYPE_CHECKING:
    from jinja2 import Environment

TAG = re.compile(r"\{\{(?:(?!\{\{|\{%).)*?\}\}|\{%(?:(?!\{\{|\{%).)*?%\}|\{#.*?#\}", re.DOTALL)
"""No tag holds the beginning of another: so one that is not closed is found where it stands."""
LEFT_OVER = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
WIDE = re.compile(r"｛\s*[｛{%％#＃]|\{\s*[｛％＃]|[｝}%％#＃]\s*｝|％\s*\}")
"""Braces as a Chinese keyboard writes them, alone or half and half."""
QUOTES = str.maketrans("“”‘’", "\"\"''")
ENDS = {
    "if": "endif",
    "for": "endfor",
    "macro": "endmacro",
    "call": "endcall",
    "filter": "endfilter",
    "with": "endwith",
    "set": "endset",
}
INNER = {"elif": ("if",), "else": ("if", "for")}
REFUSED = ("include", "import", "from", "extends", "block", "autoescape", "do", "raw", "trans")
SPECIAL = ("vm", "hm", "cellbg", "colspan")
"""What docxtpl adds for cells."""
KNOWN = (*ENDS, *ENDS.values(), *INNER)


@frozen
class Tag:
    """One tag: its own text, and where it stands."""

    text: str
    place: str
    """第3段, 第2个表第1行第3格, or nothing where there is a line."""
    line: int | None = None
    prefix: str = ""
    """p, tr, tc or r, in Word."""
    inside: tuple[Any, ...] = ()
    """What must be equal for the tags of one block, in Word."""
    at: Any = None
    """The paragraph, in Word."""

    @property
    def code(self) -> str:
        """The tag as Jinja gets it, on one line."""
        body = self.text[2:-2].removeprefix("-").removesuffix("-")
        body = body.removeprefix(self.prefix) if self.prefix else body
        body = " ".join(body.translate(QUOTES).split())
        word = body.split(" ", 1)[0]
        if self.is_deed and word in SPECIAL:
            rest = body.removeprefix(word).strip()
            return f"{{{{ {rest} }}}}" if rest else ""
        return f"{self.text[:2]} {body} {self.text[-2:]}"

    @property
    def is_deed(self) -> bool:
        """Whether it is {% … %}."""
        return self.text.startswith("{%")

    @property
    def word(self) -> str:
        """if, for, endif … of {% … %}; else nothing."""
        words = self.code[2:-2].split() if self.is_deed else []
        return words[0] if words else ""


Told = Iterator[Finding]


def finding(tag: Tag, path: str, message: str, hint: str = "", level: str = ERROR) -> Finding:
    """What is wrong with a tag, with its text."""
    place = f"{tag.place} " if tag.place else ""
    shown = visible(" ".join(tag.text.split()))
    shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
    return Finding("模板", level, path, tag.line, "", f"{place}{shown} {message}", hint)


def check_tags(tags: Sequence[Tag], path: str) -> list[Finding]:
    """Each tag by itself, then how they belong together."""
    room = environment()
    found = [each for tag in tags for each in _alone(tag, path, room)]
    return [*found, *_together(tags, path)]


def sound(tags: Sequence[Tag]) -> list[str]:
    """What can be read of the tags, a line each: those that are wrong by themselves or have no
    match are left out, blocks without end are ended after the last."""
    room = environment()
    lines: list[str] = []
    opened: list[str] = []
    for tag in tags:
        word, code = tag.word, tag.code
        if next(_alone(tag, "", room), None) is not None:
            code = ""
        elif word in ENDS and not _is_short_set(tag):
            opened.append(word)
        elif word in INNER and (not opened or opened[-1] not in INNER[word]):
            code = ""
        elif word in ENDS.values():
            if opened and ENDS[opened[-1]] == word:
                opened.pop()
            else:
                code = ""
        lines.append(code)
    return [*lines, "".join(f"{{% {ENDS[word]} %}}" for word in reversed(opened))]


def _alone(tag: Tag, path: str, room: Environment) -> Told:
    if tag.text.startswith("{#"):
        return
    word = tag.word
    if word in REFUSED:
        yield finding(tag, path, f"模板里不能用“{word}”")
        return
    if word in ("p", "tr", "tc", "r") and not tag.prefix:
        yield from _prefixed(tag, word, path)
        return
    if tag.is_deed and word not in KNOWN and word:
        yield finding(tag, path, f"不认识的标记“{word}”", nearest(word, KNOWN))
        return
    if wrong := _wrong(_completed(tag), room):
        yield finding(tag, path, wrong)


def _prefixed(tag: Tag, word: str, path: str) -> Told:
    inner = tag.text[2:-2]
    if inner.startswith(" "):
        yield finding(tag, path, f"{{% 和 {word} 之间不能有空格", f"写作 {{%{word} … %}}")
    else:
        yield finding(
            tag,
            path,
            f"里面不能有“%”和“}}”，Word 模板认不出 {word}",
            "把要比较的东西先用 {% set %} 另行写好",
        )


def _completed(tag: Tag) -> str:
    """The tag with what makes it a whole template."""
    word, code = tag.word, tag.code
    if word in INNER:
        return f"{{% if 1 %}}{code}{{% endif %}}"
    if word in ENDS.values():
        start = next(key for key, end in ENDS.items() if end == word)
        opening = {"for": "for a in b", "macro": "macro a()", "call": "call a()", "set": "set a"}
        first = opening.get(start, "filter upper" if start == "filter" else f"{start} a")
        return f"{{% {first} %}}{code}" if start != "with" else f"{{% with a = 1 %}}{code}"
    if word in ENDS and not _is_short_set(tag):
        return f"{code}{{% {ENDS[word]} %}}"
    return code


def _is_short_set(tag: Tag) -> bool:
    """{% set 甲 = 1 %}, which has no end."""
    return tag.word == "set" and re.search(r"[^=!<>]=[^=]", tag.code) is not None


def _wrong(source: str, room: Environment) -> str:
    """What Jinja says against it; nothing where it is right."""
    from jinja2 import TemplateError

    try:
        room.parse(source)
    except (TemplateError, ValueError, RecursionError) as error:
        return told(error)
    return ""


def _together(tags: Sequence[Tag], path: str) -> Told:
    """Every block ends, and its tags stand in the same room."""
    opened: list[Tag] = []
    for tag in tags:
        word = tag.word
        if word in ENDS and not _is_short_set(tag):
            opened.append(tag)
        elif word in INNER or word in ENDS.values():
            wanted = INNER.get(word) or tuple(k for k, end in ENDS.items() if end == word)
            if not opened or opened[-1].word not in wanted:
                yield _unmatched(tag, opened, path)
                continue
            yield from _same_room(opened[-1], tag, path)
            if word not in INNER:
                opened.pop()
    for tag in opened:
        yield finding(tag, path, f"没有结束，缺少 {{% {ENDS[tag.word]} %}}")


def _unmatched(tag: Tag, opened: Sequence[Tag], path: str) -> Finding:
    if not opened:
        return finding(tag, path, "前面没有与它配对的标记")
    last = opened[-1]
    where = last.place or f"第{last.line}行"
    return finding(
        tag,
        path,
        f"与前面的标记不配对：{where}的“{last.word}”还没有结束",
        f"先写 {{% {ENDS[last.word]} %}}",
    )


def _same_room(start: Tag, other: Tag, path: str) -> Told:
    """In Word a block may not begin in one cell, row or content control and end in another."""
    if start.prefix != other.prefix:
        yield finding(
            other,
            path,
            f"与{start.place}的 {start.text} 写法不同",
            "同一组标记要么都带 p（或 tr、tc），要么都不带",
        )
    elif start.inside != other.inside:
        yield finding(
            other,
            path,
            f"与{start.place}的 {start.text} 不在同一处（一个在单元格、内容控件、文本框、修订或超链接里，"
            "一个不在），版式会被打乱",
            "把同一组标记移到同一处",
        )
    elif not start.prefix and start.at is not other.at:
        yield finding(
            other,
            path,
            f"与{start.place}的 {start.text} 不在同一段，不成立时两段会并成一段",
            "各自单独成段，写作 {%p … %}",
            REMINDER,
        )
