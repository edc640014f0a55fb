"""What is wrong with a Word template that can be seen without filling it: what docxtpl would lose
or print without a word, what Word and WPS would not show, what has no place in a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from swm.errors import ERROR, REMINDER, Finding
from swm.render.templates import visible
from swm.render.templatetags import LEFT_OVER, TAG, WIDE, Tag, finding
from swm.render.wordplaces import Paragraph, W, paragraphs, tags_in

KINDS = {
    "ins": "修订（插入）",
    "del": "修订（删除）",
    "moveTo": "修订（移动）",
    "moveFrom": "修订（移动）",
    "sdt": "内容控件",
    "sdtContent": "内容控件",
    "hyperlink": "超链接",
    "smartTag": "智能标记",
    "fldSimple": "域",
}
TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveTo", "moveFrom"))
Told = Iterator[Finding]


def wrong(path: str, place: str, message: str, hint: str = "", level: str = ERROR) -> Finding:
    """What is wrong at a place of the file."""
    return Finding("模板", level, path, None, "", f"{place} {message}".strip(), hint)


def tags_of(roots: Mapping[str, Any]) -> list[Tag]:
    """The tags of all parts, in order."""
    return [
        tag
        for part, root in roots.items()
        for paragraph in paragraphs(root, part)
        for tag, _, _ in tags_in(paragraph)
    ]


def losses(roots: Mapping[str, Any], path: str) -> Told:
    """What would be lost or printed as it stands. `roots` are the parts: '' the document, 页眉…"""
    for part, root in roots.items():
        for paragraph in paragraphs(root, part):
            yield from _braces(paragraph, path)
            yield from _lone(paragraph, path)
            for tag, first, last in tags_in(paragraph):
                if first != last:
                    yield _half(tag, first, last, path)


def _braces(paragraph: Paragraph, path: str) -> Told:
    text = paragraph.text
    if WIDE.search(text):
        yield _quoted(paragraph, path, "用了全角花括号", "请改用半角的 {{ }}、{% %}")
    elif LEFT_OVER.search(TAG.sub("", text)):
        message = "花括号没有配对，或者不在同一段里"
        yield _quoted(paragraph, path, message, "{{ 和 }}、{% 和 %} 要在同一段里成对")


def _quoted(paragraph: Paragraph, path: str, message: str, hint: str) -> Finding:
    text = visible(paragraph.text.strip())
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    return wrong(path, paragraph.place, f"“{shown}”{message}", hint)


def _lone(paragraph: Paragraph, path: str) -> Told:
    """A tag with p, tr or tc takes its paragraph, row or cell away with all that stands there."""
    found = [tag for tag, _, _ in tags_in(paragraph)]
    for tag in found:
        if tag.prefix not in ("p", "tr", "tc"):
            continue
        if tag.prefix == "p":
            beside, what = paragraph.text.replace(tag.text, "", 1), "这一段"
        else:
            element = next(paragraph.element.iterancestors(f"{W}{tag.prefix}"), None)
            if element is None:
                yield finding(tag, path, "不在表格里", "带 tr、tc 的标记要写在表格里")
                continue
            beside = _text(element).replace(tag.text, "", 1)
            what = "这一行" if tag.prefix == "tr" else "这一格"
        if beside.strip():
            message = f"所在的{what}还有“{visible(beside.strip())[:20]}”，文字会丢失"
            yield finding(tag, path, message, _alone_hint(tag.prefix))


def _alone_hint(prefix: str) -> str:
    where = {"p": "单独成段", "tr": "单独占一行", "tc": "单独占一格"}[prefix]
    return f"{{%{prefix} … %}} 要{where}"


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def _half(tag: Tag, first: Sequence[Any], last: Sequence[Any], path: str) -> Finding:
    names = [
        each.tag.rsplit("}", 1)[-1] for each in (*first, *last) if not _both(each, first, last)
    ]
    kind = next((KINDS[name] for name in names if name in KINDS), "另一种文字")
    hint = "在 Word 里接受全部修订" if "修订" in kind else "把整个标记重打一遍"
    return finding(tag, path, f"一半在{kind}里，一半在外面，文字会丢失", hint)


def _both(element: Any, first: Sequence[Any], last: Sequence[Any]) -> bool:
    return any(e is element for e in first) and any(e is element for e in last)


def habits(roots: Mapping[str, Any], styles: Any, path: str) -> Told:
    """What can be filled, but will not look right, or not everywhere."""
    for part, root in roots.items():
        if any(next(root.iter(name), None) is not None for name in TRACKED):
            message = "还有没有接受的修订，印出来的文件里按已接受处理"
            yield wrong(path, part, message, "在 Word 里接受全部修订", REMINDER)
        yield from _grids(root, part, path)
        yield from _merging(root, part, path)
    yield from _fonts(roots, styles, path)


def _merging(root: Any, part: str, path: str) -> Told:
    for paragraph in paragraphs(root, part):
        for tag, _, _ in tags_in(paragraph):
            if tag.text.startswith(("{%-", "{{-")) or tag.text.endswith(("-%}", "-}}")):
                message = "带减号，会把前后的段落并在一起"
                yield finding(tag, path, message, "去掉减号", REMINDER)


def _grids(root: Any, part: str, path: str) -> Told:
    for number, table in enumerate(root.iter(f"{W}tbl"), start=1):
        place = f"{part}第{number}个表"
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        hint = "在 Word 或 WPS 里打开，调整一下列宽再存"
        if not columns:
            message = "没有列宽（gridCol），WPS 会把它挤成一列"
            yield wrong(path, place, message, hint, REMINDER)
            continue
        for line, row in enumerate(table.findall(f"{W}tr"), start=1):
            cells = sum(map(_span, row.iterfind(f"{W}tc"))) + _skipped(row)
            if cells and cells != columns and "{%tc" not in _text(row):
                message = f"第{line}行有{cells}列，列宽却有{columns}个，WPS 里会错位"
                yield wrong(path, place, message, hint, REMINDER)


def _span(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val", "1"))


def _skipped(row: Any) -> int:
    found = (row.find(f"{W}trPr/{W}{name}") for name in ("gridBefore", "gridAfter"))
    return sum(int(each.get(f"{W}val", "0")) for each in found if each is not None)


def _fonts(roots: Mapping[str, Any], styles: Any, path: str) -> Told:
    """Chinese text needs a Chinese font named; a theme's font hides the one that is named."""
    faces = [*(styles.iter(f"{W}rFonts") if styles is not None else ())]
    defaults = None if styles is None else styles.find(f"{W}docDefaults//{W}rFonts")
    for part, root in roots.items():
        faces += root.iter(f"{W}rFonts")
        for paragraph in paragraphs(root, part):
            for text, element in paragraph.pieces:
                if _is_half_named(text, element):
                    message = f"“{visible(text.strip())[:20]}”只指定了西文字体，没有指定中文字体"
                    yield wrong(
                        path, paragraph.place, message, "选中文字，重新设一次中文字体", REMINDER
                    )
                    break
    if any(key.endswith(("Theme", "cstheme")) for face in faces for key in face.attrib):
        message = "用了主题字体，换一台电脑字体会变"
        yield wrong(
            path, "", message, "把正文和各样式的字体改成具体的字体，如 仿宋_GB2312", REMINDER
        )
    if defaults is None or not (defaults.get(f"{W}eastAsia") or defaults.get(f"{W}eastAsiaTheme")):
        message = "没有默认的中文字体，没有设字体的文字会变成宋体以外的字体"
        yield wrong(path, "", message, "在 Word 的“字体”里设好中文字体，点“设为默认值”", REMINDER)


def _is_half_named(text: str, element: Any) -> bool:
    face = element.getparent().find(f"{W}rPr/{W}rFonts")
    if face is None or not any("\u4e00" <= character <= "\u9fff" for character in text):
        return False
    named = {key.rsplit("}", 1)[-1] for key in face.attrib}
    return "ascii" in named and not named & {"eastAsia", "eastAsiaTheme"}
