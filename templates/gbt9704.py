"""What every Word template of this house is made of: GB/T 9704-2012 as python-docx parts.

A4, margins 37/28/26/35 mm, 22 lines of 28 characters, page numbers outside (— 1 —), the four
official fonts named and none shipped. `make_monthly.py` puts its wording into these parts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from swm.render import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
MADE = datetime(2026, 1, 1)

LATIN = "Times New Roman"
FANGSONG, KAITI, HEITI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"

ODD, EVEN = "rIdOdd", "rIdEven"
"""Relationship ids of the two footers."""
HEADER = "rIdHeader"
"""Relationship id of the header, where a template has one."""

LINE = 579
"""One of the page's 22 lines: 28.95 pt, in twips."""
TWO_CHARACTERS = 640
PORTRAIT_WIDTH = 8844
"""156 mm in twips."""


# --- Styles -----------------------------------------------------------------------------------


def fonts(east: str, latin: str = LATIN) -> str:
    """All four slots, so that no theme font shows through."""
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"'
        ' w:hint="eastAsia"/>'
    )


def style(
    name: str,
    east: str,
    size: int,
    line: int | None,
    align: str,
    *,
    indent: str = '<w:ind w:firstLineChars="0" w:firstLine="0"/>',
    before: int = 0,
    after: int = 0,
    keep: bool = False,
    grid: bool = False,
    tight: bool = False,
    identity: str | None = None,
    outline: int | None = None,
    border: str = "",
    color: str = "000000",
) -> str:
    """A paragraph style. `size` in half points, `line` exact in twips (None: single spacing).

    `grid` snaps to the page's lines; `tight` takes 0.25 pt from each character, so that 28 of
    them fit the line in Word and in LibreOffice alike. `border` may also hold tab stops.
    """
    exact = f'w:line="{line}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'
    custom = "" if identity else ' w:customStyle="1"'
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    together = "<w:keepNext/>" if keep else '<w:keepNext w:val="0"/>'
    snap = "" if grid else '<w:snapToGrid w:val="0"/>'
    narrower = '<w:spacing w:val="-5"/>' if tight else ""
    return (
        f'<w:style {NAMESPACES} w:type="paragraph"{custom} w:styleId="{identity or name}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
        f'{together}<w:keepLines w:val="0"/><w:widowControl w:val="0"/>{border}{snap}'
        f'<w:spacing w:before="{before}" w:after="{after}" {exact}/>{indent}'
        f'<w:jc w:val="{align}"/>{level}</w:pPr><w:rPr>{fonts(east)}<w:b w:val="0"/>'
        f'<w:bCs w:val="0"/><w:color w:val="{color}"/>{narrower}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


FIRST_LINE = f'<w:ind w:firstLineChars="200" w:firstLine="{TWO_CHARACTERS}"/>'
ANNEX_FIRST = '<w:ind w:leftChars="600" w:left="1920" w:hangingChars="400" w:hanging="1280"/>'
ANNEX_MORE = '<w:ind w:leftChars="600" w:left="1920" w:hangingChars="100" w:hanging="320"/>'
SIGNATURE = '<w:ind w:rightChars="200" w:right="640"/>'
SIGNED_ON = '<w:ind w:rightChars="400" w:right="1280"/>'
NOTE_LINE = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
RED = "FF0000"
MARKS = {"大": 96, "中": 66, "小": 50, "特小": 40}
"""Sizes of the red head in half points; which one is taken, `swm/render/letterhead.py` says."""
RED_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="{RED}"/></w:pBdr>'
RULE_AND_TAB = f'{RED_RULE}<w:tabs><w:tab w:val="right" w:pos="{PORTRAIT_WIDTH - 320}"/></w:tabs>'
IMPRINT = '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
TOP_RULE = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="808080"/></w:pBdr>'


def body(name: str, east: str = FANGSONG, align: str = "both", **more: Any) -> str:
    """A style of the text itself: 3号, one of the page's 22 lines, 28 characters to the line."""
    return style(name, east, 32, LINE, align, grid=True, tight=True, **more)


STYLES = (
    style("红头空", FANGSONG, 32, 1984, "center", keep=True),
    *(
        style(f"红头{name}", XIAOBIAOSONG, size, size * 13, "center", keep=True, color=RED)
        for name, size in MARKS.items()
    ),
    style("发文字号", FANGSONG, 32, LINE, "center", before=2 * LINE, keep=True, border=RED_RULE),
    style("上行文号", FANGSONG, 32, LINE, "left", before=2 * LINE, keep=True, border=RULE_AND_TAB),
    style("公文标题", XIAOBIAOSONG, 44, 700, "center", after=LINE),
    style("公文副题", KAITI, 32, LINE, "center", after=LINE),
    body("主送机关", align="left"),
    body("附注", align="left", indent=FIRST_LINE),
    style("版记", FANGSONG, 28, 420, "left", indent=IMPRINT),
    style("版记右", FANGSONG, 28, 420, "right", indent=IMPRINT),
    body("heading 1", HEITI, indent=FIRST_LINE, keep=True, identity="Heading1", outline=0),
    body("heading 2", KAITI, indent=FIRST_LINE, keep=True, identity="Heading2", outline=1),
    body("公文正文", indent=FIRST_LINE),
    body("附件说明首项", align="left", indent=ANNEX_FIRST, before=LINE, keep=True),
    body("附件说明", align="left", indent=ANNEX_MORE, keep=True),
    body("公文署名", align="right", indent=SIGNATURE, before=2 * LINE, keep=True),
    body("公文成文日期", align="right", indent=SIGNED_ON),
    style("附件序号", HEITI, 32, LINE, "left", keep=True),
    style("附件标题", XIAOBIAOSONG, 36, 640, "center", before=240, after=160, keep=True),
    style("表注", KAITI, 24, 400, "right", keep=True),
    style("表题", HEITI, 28, 480, "center", before=240, after=60, keep=True),
    style("表头", HEITI, 21, 300, "center", keep=True),
    style("表文", FANGSONG, 21, 300, "center"),
    style("表文左", FANGSONG, 21, 300, "left"),
    style("窄表头", HEITI, 18, 230, "center", keep=True),
    style("窄表文", FANGSONG, 18, 230, "center"),
    style("图片", FANGSONG, 24, None, "center", before=120, keep=True),
    style("图题", HEITI, 24, 400, "center", after=120),
    style("说明标题", HEITI, 28, 480, "left", before=200, after=60, keep=True),
    style("说明文", FANGSONG, 24, 400, "both", indent=NOTE_LINE, after=40),
    style("版次", KAITI, 28, 480, "center", after=120),
    style("锚", FANGSONG, 24, 400, "center", before=80, after=80, keep=True),
    style("版本行", FANGSONG, 18, 300, "left", before=360, border=TOP_RULE),
)

BORDERS = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
"""Widths of a table's lines in eighths of a point."""

TABLE_STYLE = (
    f'<w:style {NAMESPACES} w:type="table" w:customStyle="1" w:styleId="公文表">'
    '<w:name w:val="公文表"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>'
        for side, width in BORDERS.items()
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="50" w:type="dxa"/>'
    '<w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)

KEPT = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList"})
"""Of python-docx's styles; the rest are for English reports and name theme fonts."""


def dress(document: Document, styles: Sequence[str] = ()) -> None:
    """Replace the styles: document defaults, then ours, then `styles` of one kind of document."""
    root = document.styles.element
    for child in root.findall(f"{{{W}}}style"):
        if child.get(f"{{{W}}}styleId") not in KEPT:
            root.remove(child)
    defaults = root.find(f"{{{W}}}docDefaults")
    root.replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>{fonts(FANGSONG)}"
            '<w:sz w:val="32"/><w:szCs w:val="32"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
            '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
            "</w:pPrDefault></w:docDefaults>"
        ),
    )
    for markup in (*STYLES, TABLE_STYLE, *styles):
        root.append(parse_xml(markup))


# --- Paragraphs and tables --------------------------------------------------------------------


def run(text: str) -> str:
    """A run whose quotation marks and dashes are Chinese ones."""
    words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in words.split("\n"))
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{lines}</w:r>'


def paragraph(name: str, text: str, more: str = "") -> str:
    """One paragraph in the named style; `more` are properties of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{more}</w:pPr>{run(text)}</w:p>'


def tag(code: str) -> str:
    """A paragraph that is only a template's tag, and leaves no paragraph behind."""
    return paragraph("公文正文", "{%p " + code + " %}")


def each(loop: str, *paragraphs: str) -> tuple[str, ...]:
    """Paragraphs once for each of a list."""
    return (tag(f"for {loop}"), *paragraphs, tag("endfor"))


def when(condition: str, then: Sequence[str], otherwise: Sequence[str] = ()) -> tuple[str, ...]:
    """Paragraphs under a condition."""
    other = (tag("else"), *otherwise) if otherwise else ()
    return (tag(f"if {condition}"), *then, *other, tag("endif"))


Columns = Sequence[tuple[str, int, str, str]]
"""Heading, width in twips, style, content of each column."""


def table(loop: str, columns: Columns) -> str:
    """A table with a heading that repeats and one row for each of a list."""
    total = sum(width for _, width, _, _ in columns)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width, _, _ in columns)
    span = f'<w:gridSpan w:val="{len(columns)}"/>'
    head = row([cell(width, "表头", title) for title, width, _, _ in columns], "<w:tblHeader/>")
    line = row([cell(width, name, content) for _, width, name, content in columns])
    start = row([cell(total, "表文", "{%tr for " + loop + " %}", span)])
    end = row([cell(total, "表文", "{%tr endfor %}", span)])
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="公文表"/><w:tblW w:w="{total}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{start}{line}{end}</w:tbl>"
    )


def row(cells: Sequence[str], more: str = "") -> str:
    """A row that is never torn between two pages."""
    height = '<w:trHeight w:val="400" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{more}</w:trPr>{''.join(cells)}</w:tr>"


def cell(width: int, name: str, text: str, more: str = "") -> str:
    """One cell of the given width."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraph(name, text)}</w:tc>"
    )


def signed_number(number: str, label: str, signer: str) -> str:
    """The line of a paper that goes up: its number on the left, who signs on the right."""
    kai = f"<w:rPr>{fonts(KAITI)}</w:rPr>"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="上行文号"/></w:pPr>{run("　" + number)}'
        f"<w:r><w:tab/></w:r>{run(label)}<w:r>{kai}<w:t>{signer}</w:t></w:r></w:p>"
    )


def imprint(copies: str, issuer: str, issued_on: str) -> tuple[str, ...]:
    """版记, at the foot of the last page: who gets copies (if anybody), who issued it and when.

    `copies` is the name that holds who gets them.
    """
    thick, thin = (f'w:val="single" w:sz="{size}" w:space="0" w:color="000000"' for size in (8, 6))
    right = 3800
    left = PORTRAIT_WIDTH - right
    across = '<w:gridSpan w:val="2"/>'

    def line(content: str) -> str:
        return row([cell(PORTRAIT_WIDTH, "版记", content, across)])

    rows = (
        line("{%tr if " + copies + " %}")
        + line("抄送：{{ " + copies + " }}。")
        + line("{%tr endif %}")
        + row([cell(left, "版记", issuer), cell(right, "版记右", issued_on)])
    )
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin"'
        ' w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>'
    )
    borders = f"<w:top {thick}/><w:bottom {thick}/><w:insideH {thin}/>"
    return (
        paragraph("说明文", ""),
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{PORTRAIT_WIDTH}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>{rows}</w:tbl>',
        section_end(""),
    )


def section(*, landscape: bool = False) -> str:
    """Section properties. Landscape is the portrait page turned: its top is the binding edge."""
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"'
        ' w:header="850" w:footer="850" w:gutter="0"/>'
        if landscape
        else '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
        ' w:header="850" w:footer="1417" w:gutter="0"/>'
    )
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{ODD}"/>'
        f'<w:footerReference w:type="even" r:id="{EVEN}"/><w:type w:val="nextPage"/>{size}'
        f'<w:cols w:space="720"/><w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )


def section_end(properties: str) -> str:
    """The end of a section, as a paragraph of no height."""
    spacing = (
        '<w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    )
    return f"<w:p><w:pPr>{spacing}{properties}</w:pPr></w:p>"


# --- The file ---------------------------------------------------------------------------------


def footer(side: str) -> str:
    """— 1 —, one character in from the outer edge: `right` on odd pages, `left` on even ones."""
    face = f'<w:rPr>{fonts("宋体", "宋体")}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'

    def piece(markup: str) -> str:
        return f"<w:r>{face}{markup}</w:r>"

    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
        + piece('<w:t xml:space="preserve">— </w:t>')
        + piece('<w:fldChar w:fldCharType="begin"/>')
        + piece('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        + piece('<w:fldChar w:fldCharType="separate"/>')
        + piece("<w:t>1</w:t>")
        + piece('<w:fldChar w:fldCharType="end"/>')
        + piece('<w:t xml:space="preserve"> —</w:t>')
        + "</w:p></w:ftr>"
    )


SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    "<w:doNotExpandShiftReturn/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/></w:settings>'
)
"""A soft line break does not stretch its line; odd and even pages differ."""

SUBSTITUTES = {FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", XIAOBIAOSONG: "方正小标宋_GBK"}
"""What Word takes where a named font is not installed."""

FONT_TABLE = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACES}>'
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    + "</w:fonts>"
)

DROPPED = ("thumbnail", "customXml", "stylesWithEffects", "webSettings", "numbering")
"""Relationships of python-docx's template that an official document has no use for."""


def build(
    content: Sequence[str],
    title: str,
    styles: Sequence[str] = (),
    page: str | None = None,
    *,
    mark: str = "",
) -> bytes:
    """The template: these paragraphs and tables, the last section portrait or as `page` has it.

    `styles` are those of its own besides `STYLES`; `mark` is what stands at the top right of
    every page.
    """
    document = docx.Document()
    dress(document, styles)
    root = document.element.body
    root.clear()
    for markup in (*content, page or section()):
        root.append(_parsed(markup))
    _strip(document)
    _add_footer(document, ODD, "right")
    _add_footer(document, EVEN, "left")
    if mark:
        _add_header(document, mark)
    _refill(document.settings.element, SETTINGS)
    _part(document, "fontTable")._blob = FONT_TABLE.encode()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = MADE
    properties.last_modified_by, properties.revision = "", 1
    out = io.BytesIO()
    document.save(out)
    return zipped.canonical(out.getvalue())


def _parsed(markup: str) -> BaseOxmlElement:
    """The element, which may use the prefixes w and r."""
    opening = re.match(r"<[^\s/>]+", markup)
    if opening is None:
        raise ValueError(markup)
    return parse_xml(f"{opening[0]} {NAMESPACES}{markup[opening.end() :]}")


def _refill(element: BaseOxmlElement, markup: str) -> None:
    element.clear()
    for child in list(parse_xml(markup)):
        element.append(child)


def _part(document: Document, kind: str) -> Part:
    """The part that the document knows by this kind of relationship."""
    relations = document.part.rels.values()
    found: Part = next(r.target_part for r in relations if r.reltype.endswith(kind))
    return found


def _strip(document: Document) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for identity in [i for i, rel in relations.items() if _dropped(rel.reltype)]:
            del relations[identity]


def _dropped(kind: str) -> bool:
    return kind.rsplit("/", 1)[-1] in DROPPED


def _add_header(document: Document, mark: str) -> None:
    """The same header on odd and even pages of every section."""
    package = document.part.package
    markup = (
        f'<w:hdr {NAMESPACES}><w:p><w:pPr><w:snapToGrid w:val="0"/><w:jc w:val="right"/></w:pPr>'
        f'<w:r><w:rPr>{fonts(HEITI)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
        f'<w:t xml:space="preserve">{mark}</w:t></w:r></w:p></w:hdr>'
    )
    part = Part(
        package.next_partname("/word/header%d.xml"), CT.WML_HEADER, markup.encode(), package
    )
    document.part.rels.add_relationship(RT.HEADER, part, HEADER)
    for properties in document.element.body.iter(f"{{{W}}}sectPr"):
        for kind in ("even", "default"):
            reference = f'<w:headerReference {NAMESPACES} w:type="{kind}" r:id="{HEADER}"/>'
            properties.insert(0, parse_xml(reference))


def _add_footer(document: Document, identity: str, side: str) -> None:
    package = document.part.package
    name = package.next_partname("/word/footer%d.xml")
    part = Part(name, CT.WML_FOOTER, footer(side).encode(), package)
    document.part.rels.add_relationship(RT.FOOTER, part, identity)
