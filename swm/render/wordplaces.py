"""Where things stand in a Word template: its paragraphs, counted as a person counts them, and the
tags in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from swm.frozen import frozen
from swm.render.templatetags import TAG, Tag

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PREFIX = re.compile(r"^(?:\{%|\{\{|\{#)(p|tr|tc|r)\s")


@frozen
class Paragraph:
    """One paragraph: its element, its text run by run, and where it stands."""

    element: Any
    pieces: tuple[tuple[str, Any], ...]
    place: str

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(text for text, _ in self.pieces)


def paragraphs(root: Any, part: str) -> Iterator[Paragraph]:
    """Every paragraph of a part. `part` is 页眉, 页脚 or nothing for the document itself.

    A text box is stored twice; the copy for old programs is not looked at.
    """
    count = 0
    tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), start=1)}
    for element in root.iter(f"{W}p"):
        if next(element.iterancestors(FALLBACK), None) is not None:
            continue
        cell = next(element.iterancestors(f"{W}tc"), None)
        if cell is None:
            count += 1
        place = f"第{count}段" if cell is None else _cell(cell, tables)
        yield Paragraph(element, tuple(_pieces(element)), f"{part}{place}")


def _cell(cell: Any, tables: dict[Any, int]) -> str:
    row = next(cell.iterancestors(f"{W}tr"))
    table = next(cell.iterancestors(f"{W}tbl"))
    at = [each for each in row.iter(f"{W}tc") if _above(each, "tr") is row].index(cell) + 1
    line = [each for each in table.iter(f"{W}tr") if _above(each, "tbl") is table].index(row) + 1
    return f"第{tables[table]}个表第{line}行第{at}格"


def _above(element: Any, name: str) -> Any:
    return next(element.iterancestors(f"{W}{name}"), None)


def _pieces(paragraph: Any) -> Iterator[tuple[str, Any]]:
    """The paragraph's own text; that of a text box in it is another paragraph's."""
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if _above(element, "p") is paragraph and _above(element, "r") is not None:
            yield (element.text or "") if element.tag == f"{W}t" else " ", element


def tags_in(paragraph: Paragraph) -> Iterator[tuple[Tag, tuple[Any, ...], tuple[Any, ...]]]:
    """Each tag of a paragraph, and what surrounds its first and its last character."""
    owners = [element for text, element in paragraph.pieces for _ in text]
    for found in TAG.finditer(paragraph.text):
        first, last = owners[found.start()], owners[found.end() - 1]
        prefix = PREFIX.match(found[0])
        name = prefix[1] if prefix and _takes_prefix(found[0]) else ""
        around = surrounding(first, paragraph.element)
        yield (
            Tag(
                found[0],
                paragraph.place,
                prefix=name,
                inside=_room(first, name, paragraph.element),
                at=paragraph.element,
            ),
            around,
            surrounding(last, paragraph.element),
        )


def _takes_prefix(text: str) -> bool:
    """Whether docxtpl knows the p, tr or tc: it does not where % or } stand inside."""
    return text.startswith("{#") or not re.search("[}%]", text[2:-2].rstrip("-"))


def surrounding(text: Any, paragraph: Any) -> tuple[Any, ...]:
    """What sets a text apart inside its paragraph: a tracked insertion, a link, a control."""
    found = []
    for above in text.iterancestors():
        if above is paragraph:
            break
        if above.tag != f"{W}r":
            found.append(above)
    return tuple(found)


def _room(text: Any, prefix: str, paragraph: Any) -> tuple[Any, ...]:
    """What must be the same for all tags of a block: everything around what the tag takes away."""
    if not prefix:
        around = surrounding(text, paragraph)
        return (*around, *(a for a in paragraph.iterancestors()))
    taken = text
    for above in text.iterancestors():
        taken = above
        if above.tag == f"{W}{prefix}":
            break
    return tuple(taken.iterancestors())
