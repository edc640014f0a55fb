"""A Word template filled: docxtpl behind a strict subclass.

docxtpl as it comes loses text without a word: it repairs broken XML by dropping what follows, and
rewrites `{_{`. `_opened` makes each of that an error or right. Every Word file of ours is filled
here: the reports and the forms alike.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from swm.errors import Unreadable
from swm.render import worddrawing, wordlint, wordpackage, wordpicture, zipped
from swm.render.templates import broken, environment, visible
from swm.render.wordabout import telling_its_own
from swm.render.wordchart import Chart
from swm.render.worddrawing import RELATIONS, Frame
from swm.render.wordphoto import hung
from swm.render.wordpicture import Picture
from swm.render.wordrows import last_rows_together
from swm.render.wordtable import Xml

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

Named = Mapping[str, Any]

DOCUMENT = "word/document.xml"
LONG_LIST = 300
"""Above this many rows a list is spliced in as text; the template's loop would take minutes."""
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def filled(
    name: str,
    template: bytes,
    names: Named,
    *,
    title: str,
    on: date,
    lists: Sequence[str] = (),
    charts: Mapping[str, Chart] | None = None,
    pictures: Mapping[str, Picture] | None = None,
    about: Mapping[str, str] | None = None,
    printed: list[str] | None = None,
) -> bytes:
    """The template `name` filled with `names`, as docx: the same input gives the same bytes.

    `title` and `on` become the file's properties, the template's own do not. `lists` are the names whose value is a list of
    plain rows that may be long; `charts` become native charts under their names, `pictures`
    drawings; a `Photograph` anywhere in `names` is printed as it was taken; `about` becomes
    properties of the file's own (文件 → 信息 → 高级属性 → 自定义). Texts that are printed are
    noted in `printed`. Raises `Unreadable` where the template is broken: no docx, an unknown
    name, a tag whose text would be lost.
    """
    known = dict(names)
    long = {each: known[each] for each in lists if len(known[each]) > LONG_LIST}
    known |= {each: [_marks(each, rows[0])] for each, rows in long.items()}
    put: dict[str, Chart | Picture] = dict(charts or {})
    put |= pictures or {}
    parts = zipped.unpack(_rendered(name, template, known, put, printed))
    parts = telling_its_own(parts, title, on, about or {})
    for each, rows in long.items():
        parts[DOCUMENT] = _spliced(parts[DOCUMENT], each, rows)
    parts[DOCUMENT] = last_rows_together(parts[DOCUMENT])
    return zipped.canonical(zipped.pack(parts))


def _rendered(
    name: str,
    template: bytes,
    names: dict[str, Any],
    put: Mapping[str, Chart | Picture],
    printed: list[str] | None,
) -> bytes:
    from jinja2 import TemplateError
    from lxml.etree import XMLSyntaxError

    document = _opened(name, template)
    for place, (key, each) in enumerate(put.items(), start=1):
        if isinstance(each, Chart):
            names[key] = _put_in(document, each, place)
        else:
            names[key] = Xml(wordpicture.placed(document.docx.part, each, place))
    names = hung(document, names)
    try:
        document.render(names, environment(printed))
    except (TemplateError, XMLSyntaxError) as error:
        raise broken(name, error) from error
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(name: str, template: bytes) -> DocxTemplate:
    """The opened template, as a docxtpl that raises where it used to lose text."""
    from docxtpl import DocxTemplate
    from lxml import etree

    class Strict(DocxTemplate):  # type: ignore[misc]
        def patch_xml(self, src_xml: str) -> str:
            return _TAG.sub(_unescaped, str(super().patch_xml(src_xml)))

        def render_xml_part(
            self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None
        ) -> str:
            self.current_rendering_part = part
            return str(self.resolve_listing(jinja_env.from_string(src_xml).render(context)))

        def fix_tables(self, xml: str) -> Any:
            parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
            tree = etree.fromstring(xml, parser)
            if any(len(text) for text in tree.iter(f"{WORDS}t")):
                raise Unreadable(f"模板 {name} 有误：文字里夹了版式代码")
            return super().fix_tables(xml)

    for fault in wordpackage.faults(template, name):
        raise Unreadable(f"模板 {name} {fault.message}", hint=fault.hint)
    try:
        document = Strict(io.BytesIO(template))
        document.init_docx()
    except (*zipped.TORN, etree.XMLSyntaxError) as error:
        raise Unreadable(f"模板 {name} 不是 Word 文档（docx）") from error
    _refuse_losses(name, document)
    return document


def _refuse_losses(name: str, document: DocxTemplate) -> None:
    """What docxtpl would drop or print without a word."""
    roots = {"": document.docx._element}
    if found := list(wordlint.losses(roots, f"templates/{name}")):
        first = found[0]
        more = f"（共{len(found)}处）" if len(found) > 1 else ""
        raise Unreadable(
            f"模板 {name} 有误：{first.message}{more}",
            hint=f"{first.hint}；全部问题：swm template check {name}",
        )


def _unescaped(tag: re.Match[str]) -> str:
    """A tag's `&`, which docxtpl leaves as XML writes it."""
    return tag[0].replace("&amp;", "&")


def _put_in(document: DocxTemplate, chart: Chart, place: int) -> Xml:
    """Put a chart into the package; what is returned prints it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    main = document.docx.part
    package = main.package
    chart_name = package.next_partname("/word/charts/chart%d.xml")
    book_name = PackURI(chart_name.replace("charts/", "embeddings/").replace(".xml", ".xlsx"))
    part = Part(chart_name, CHART_TYPE, b"", package)
    inside = part.relate_to(Part(book_name, BOOK_TYPE, chart.book, package), f"{RELATIONS}/package")
    part._blob = chart.part(inside)
    outside = main.relate_to(part, f"{RELATIONS}/chart")
    frame = Frame(place=place, name=chart.name, words=chart.words, size=chart.size)
    return Xml(worddrawing.chart(frame, outside))


def _marks(name: str, row: Mapping[str, Any]) -> dict[str, str]:
    """A row that says of each of its cells which one it is.

    The marks are made of characters that `visible` lets no data bring in.
    """
    from markupsafe import Markup

    return {key: Markup(f"\ufff9{name}·{key}\ufffb") for key in row}


def _spliced(document: bytes, name: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The document with its one row of `_marks` put once for each of `rows`.

    A template that does not print the list has no such row and stays as it is.
    """
    text = document.decode()
    mark = re.compile(f"\ufff9{name}·([^\ufffb]+)\ufffb")
    found = mark.search(text)
    if found is None:
        return document
    start = max(text.rfind("<w:tr>", 0, found.start()), text.rfind("<w:tr ", 0, found.start()))
    end = text.index("</w:tr>", found.end()) + len("</w:tr>")
    pieces = mark.split(text[start:end])
    filled = "".join(_row(pieces, row) for row in rows)
    return (text[:start] + filled + text[end:]).encode()


def _row(pieces: list[str], row: Mapping[str, Any]) -> str:
    """`pieces` are, in turn, the row's XML and the keys between."""
    return "".join(_text(str(row[piece])) if at % 2 else piece for at, piece in enumerate(pieces))


def _text(words: str) -> str:
    """Text inside a `w:t`, its line ends and tabs as Word has them."""
    words = escape(visible(words), quote=False)
    opening = '<w:t xml:space="preserve">'
    return words.replace("\n", f"</w:t><w:br/>{opening}").replace("\t", f"</w:t><w:tab/>{opening}")
