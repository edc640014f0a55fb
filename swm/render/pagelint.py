"""What is wrong with an HTML template that can be seen without filling it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from swm.errors import ERROR, Finding
from swm.render.templatetags import LEFT_OVER, TAG, WIDE, Tag

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
OUTSIDE = re.compile(
    r"""(?:\bsrc|\bhref|\baction|\bdata|\bposter)\s*=\s*["']?\s*(?:https?:|//|ftp:|file:)"""
    r"""|url\(\s*["']?\s*(?:https?:|//)|@import\b""",
    re.IGNORECASE,
)
BARE = re.compile(r"=\s*\{\{")
"""A value as an attribute without quotation marks: a blank in it begins another attribute."""


def page_tags(source: str) -> list[Tag]:
    """The tags with their lines."""
    return [Tag(found[0], "", line=_line(source, found.start())) for found in TAG.finditer(source)]


def page_findings(source: str, path: str) -> Iterator[Finding]:
    """Braces, what is fetched from elsewhere, values that could break out."""
    bare = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for pattern, message, hint in (
        (WIDE, "用了全角花括号", "请改用半角的 {{ }}、{% %}"),
        (OUTSIDE, "要从网上取东西，报告要离线能看", "把图片、样式直接写进模板，或者去掉"),
        (BARE, "属性值没有加引号，数据里的空格会打乱网页", '写作 属性="{{ … }}"'),
    ):
        lines = {_line(bare, found.start()) for found in pattern.finditer(bare)}
        for line in sorted(lines):
            yield Finding("模板", ERROR, path, line, "", message, hint)
    blank = TAG.sub(lambda found: "\n" * found[0].count("\n"), bare)
    script = re.sub(r"(?s)<(script|style)\b.*?</\1>", lambda m: "\n" * m[0].count("\n"), blank)
    script = re.sub(r"\$\{|\{\s*\}|\}\}", "", script)
    if left := LEFT_OVER.search(script):
        message = "花括号没有配对"
        hint = "{{ 和 }}、{% 和 %} 要成对"
        yield Finding("模板", ERROR, path, _line(script, left.start()), "", message, hint)


def _line(source: str, start: int) -> int:
    return source.count("\n", 0, start) + 1
