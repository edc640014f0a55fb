"""A template as it comes out of an office's Word: with somebody's name wherever the program puts one."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from swm.render import zipped

PAPERS = "http://schemas.openxmlformats.org/officeDocument/2006"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def signed(template: bytes, who: str, note: str) -> bytes:
    """The template with the name `who` in every property and mark, and `note` where text goes."""
    document = docx.Document(BytesIO(template))
    about = document.core_properties
    about.author = about.last_modified_by = about.content_status = who
    about.comments = about.keywords = about.subject = about.category = note
    changed = f'w:id="901" w:author="{who}" w:date="2026-01-01T00:00:00Z"'
    for inner in (
        f"<w:del {changed}><w:r><w:delText>{note}</w:delText></w:r></w:del>"
        f"<w:ins {changed}><w:r><w:t>接受的话</w:t></w:r></w:ins>",
        f"<w:pPr><w:rPr><w:ins {changed}/></w:rPr><w:pPrChange {changed}><w:pPr/></w:pPrChange>"
        f'</w:pPr><w:permStart w:id="7" w:ed="{who}"/><w:r><w:t>可以改的话</w:t></w:r>'
        '<w:permEnd w:id="7"/>',
    ):
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    picture = document.add_paragraph().add_run()
    document.add_comment(picture, text=note, author=who, initials=who[:1])
    shape = picture.add_picture(BytesIO(PIXEL))._inline.docPr
    shape.set("descr", rf"C:\Users\{who}\Desktop\公章.png")
    shape.set("name", f"{who}.png")
    out = BytesIO()
    document.save(out)
    return zipped.pack(_with_parts(zipped.unpack(out.getvalue()), who, note))


def _with_parts(parts: dict[str, bytes], who: str, note: str) -> dict[str, bytes]:
    """What Word keeps beside the text."""
    told = parts["docProps/app.xml"].decode()
    told = told.replace("<Manager/>", f"<Manager>{who}</Manager>")
    parts["docProps/app.xml"] = told.replace("<Company/>", f"<Company>{who}厂</Company>").encode()
    settings = parts["word/settings.xml"].decode()
    variables = f'<w:docVars><w:docVar w:name="x" w:val="{who}"/></w:docVars></w:settings>'
    parts["word/settings.xml"] = settings.replace("</w:settings>", variables).encode()
    more = {
        "docProps/custom.xml": (f"{PAPERS}/custom-properties", f'<a name="{who}">{note}</a>'),
        "word/people.xml": ("x/2011/relationships/people", f'<a author="{who}"/>'),
        "customXml/item1.xml": (f"{PAPERS}/relationships/customXml", f"<a>{note}</a>"),
    }
    for number, (name, (kind, text)) in enumerate(more.items(), start=901):
        parts[name] = text.encode()
        rels = "_rels/.rels" if name.startswith("docProps") else "word/_rels/document.xml.rels"
        line = f'<Relationship Id="rId{number}" Type="{kind}" Target="/{name}"/></Relationships>'
        parts[rels] = parts[rels].decode().replace("</Relationships>", line).encode()
    parts["docProps/thumbnail.jpeg"] = who.encode()
    return parts
