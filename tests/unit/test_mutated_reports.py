"""Whatever is changed in a report's file, `swm report verify` judges it or says why it cannot: no
change makes the program stumble, and none passes for the same."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import pytest
from lxml import etree

from swm.audit.differences import differences, listed
from swm.audit.finals import reworded
from swm.audit.telling import about, kind_of
from swm.audit.wordcontents import word_contents
from swm.errors import Refused, Unreadable
from swm.render import zipped
from tests.issued import Town

TODAY = "2026-10-09"
TIMES = 20
"""Files of each format that are looked into; some more go through the whole command."""
ODD: tuple[Any, ...] = (
    *("", "0", "-1", "9" * 5000, "²", "１", "a" * 5000, "\ud800", "\0", "\x1b[31m", "\u202e"),
    *("2026-13", "0001-01-01..2026-10-31", "9999-W52", "2026-Q3", "公示", "HEAD", "f" * 40),
    *(None, True, 0, -1, 10**30, 1e300, [], {}, [[1]], {"版次": 1}),
)
TEXTS = [odd for odd in ODD if isinstance(odd, str) and odd.isprintable()]
PARTS = (
    *("word/document.xml", "word/styles.xml", "word/footer1.xml", "docProps/custom.xml"),
    *("_rels/.rels", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"),
)
Change = Callable[[random.Random, bytes], bytes]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    town = Town.begun(tmp_path_factory.mktemp("town"))
    town.say("2026-10-08", "swm report issue 2026-09 --doc-no 俵整办〔2026〕9号 --signer 郑签发")
    return town


def issued(town: Town, kind: str) -> bytes:
    return (town.root / f"输出/2026-09月报.{kind}").read_bytes()


def in_bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        place = chance.randrange(len(changed))
        new = bytes(chance.randrange(256) for _ in range(chance.choice((0, 1, 8))))
        changed[place : place + chance.choice((0, 1, 50))] = new
    return bytes(changed)


def in_json(chance: random.Random, data: bytes) -> bytes:
    document = json.loads(data)
    inner: Any = document
    while True:
        place = chance.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if inner[place] and isinstance(inner[place], dict | list) and chance.random() < 0.6:
            inner = inner[place]
        else:
            break
    inner[place] = chance.choice(ODD)
    return json.dumps(document).encode()


def in_page(chance: random.Random, data: bytes) -> bytes:
    page = data.decode()
    said = chance.choice(list(re.finditer(r'(?<=content=")[^"]*', page)))
    mark = chance.choice(list(re.finditer(r"<[^>]*>", page)))
    cut, new = chance.choice(
        (
            (said, chance.choice((*TEXTS, "&#0;", "&#xD800;"))),
            (mark, ""),
            (mark, mark[0] * 300),
            (mark, chance.choice(("<!--", "-->", "<table>", "<tr>", "</html>", "<![CDATA[", "\0"))),
        )
    )
    return f"{page[: cut.start()]}{new}{page[cut.end() :]}".encode()


def in_parts(chance: random.Random, data: bytes) -> bytes:
    parts = zipped.unpack(data)
    known = [name for name in PARTS if name in parts]
    name = chance.choice((*known, *known, *parts))
    if not parts[name].startswith(b"<"):
        parts[name] = in_bytes(chance, parts[name])
    elif chance.random() < 0.1:
        del parts[name]
    else:
        parts[name] = in_xml(chance, parts[name])
    return zipped.pack(parts)


def in_xml(chance: random.Random, part: bytes) -> bytes:
    root = etree.fromstring(part)
    nodes = list(root.iter())
    for _ in range(chance.choice((1, 3))):
        node, other = chance.choice(nodes), chance.choice(nodes)
        chance.choice(
            (
                lambda node=node: node.append(etree.Comment("x")),
                lambda node=node: node.insert(0, etree.ProcessingInstruction("x", "y")),
                lambda node=node: setattr(node, "text", chance.choice(TEXTS)),
                lambda node=node: node.attrib.update(
                    {name: chance.choice(TEXTS) for name in node.attrib}
                ),
                lambda node=node: node.attrib.clear(),
                lambda node=node, other=other: node.append(copy.deepcopy(other)),
                lambda node=node: node.clear(),
            )
        )()
    return etree.tostring(root)


CHANGES: Mapping[str, tuple[Change, ...]] = {
    "docx": (in_parts, in_parts, in_bytes),
    "xlsx": (in_parts, in_parts, in_bytes),
    "html": (in_page, in_page, in_bytes),
    "json": (in_json, in_json, in_bytes),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_changed_file_is_read_or_refused(town: Town, kind: str) -> None:
    chance = random.Random(f"{kind} 49")
    data = issued(town, kind)
    true = word_contents(data) if kind == "docx" else None
    for _ in range(TIMES):
        changed = chance.choice(CHANGES[kind])(chance, data)
        with suppress(Refused, Unreadable):
            told = about(changed, kind_of(changed))
            found, _ = listed(differences(kind_of(changed), changed, data))
            assert found or changed == data or zipped.unpack(changed) == zipped.unpack(data)
            json.dumps([told, [each.there for each in found]])
        if true:
            with suppress(Refused, Unreadable):
                reworded(word_contents(changed), true, "2026-09")


@pytest.mark.parametrize("kind", CHANGES)
def test_the_command_judges_a_changed_file_or_says_why_not(town: Town, kind: str) -> None:
    chance = random.Random(f"{kind} 49")
    data = issued(town, kind)
    for change in dict.fromkeys(CHANGES[kind]):
        (town.root / ".git/来件").write_bytes(change(chance, data))
        told = town.lines(TODAY, "swm report verify .git/来件")
        assert told[-1] in ("[1]", "[5]") and "Traceback" not in " ".join(told), told
