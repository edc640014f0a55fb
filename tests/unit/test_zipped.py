"""An archive from anybody's hands: one meaning for every reader and no more memory than is allowed,
or refused."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from swm.render import zipped

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": "<w>底数 2</w>".encode() * 50,
    "word/styles.xml": b"",
}


def packed(
    parts: dict[str, bytes] = PARTS, method: int = zipfile.ZIP_DEFLATED, **named: bool
) -> bytearray:
    """The parts as another program packs them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            with archive.open(entry, "w", **named) as part:
                part.write(data)
    return bytearray(out.getvalue())


def streamed(parts: dict[str, bytes]) -> bytes:
    """As a program packs them that cannot go back: the sizes follow each part."""

    class Forward(io.RawIOBase):
        def __init__(self) -> None:
            self.kept = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            before = len(self.kept)
            self.kept += data  # type: ignore[operator]
            return len(self.kept) - before

    out = Forward()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, data in parts.items():
            archive.writestr(name, data)
    return bytes(out.kept)


def twice(name: str) -> bytes:
    """A second entry of that name, with other content."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for part, data in PARTS.items():
            archive.writestr(part, data)
        archive.writestr(name, b"<w>9</w>")
    return out.getvalue()


def commented() -> bytes:
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"hidden"
    return out.getvalue()


def declaring(size: int) -> bytes:
    """A part that says in the directory that it is `size` bytes long, and is not."""
    data = packed()
    place = data.rfind(b"PK\1\2", 0, data.find(b"word/styles.xml", data.find(b"PK\1\2")) - 46)
    data[place + 24 : place + 28] = struct.pack("<L", size)
    return bytes(data)


def locally(before: bytes, after: bytes) -> bytes:
    """The first header of a part changed, the directory left as it was."""
    data = packed()
    place = data.find(before)
    data[place : place + len(after)] = after
    return bytes(data)


def between(junk: bytes) -> bytes:
    """Bytes between the parts and the directory, which is found all the same."""
    data = packed()
    directory = data.find(b"PK\1\2")
    (offset,) = struct.unpack("<L", data[-6:-2])
    data[-6:-2] = struct.pack("<L", offset + len(junk))
    data[directory:directory] = junk
    return bytes(data)


def uncovered() -> bytes:
    """A part that the directory does not know."""
    data = packed()
    last = data.rfind(b"PK\1\2")
    length = len(data) - 22 - last
    count, _, size, offset, _ = struct.unpack("<HHLLH", data[-14:])
    data[-14:] = struct.pack("<HHLLH", count - 1, count - 1, size - length, offset, 0)
    del data[last : last + length]
    return bytes(data)


@pytest.mark.parametrize(
    "archive",
    [
        zipped.pack(PARTS),
        bytes(packed()),
        bytes(packed(method=zipfile.ZIP_STORED)),
        bytes(packed(force_zip64=True)),
        streamed(PARTS),
    ],
    ids=["ours", "deflated", "stored", "zip64", "streamed"],
)
def test_an_archive_is_read_however_an_honest_program_packed_it(archive: bytes) -> None:
    assert zipped.unpack(archive) == PARTS


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda: twice("word/document.xml"), "重名"),
        (lambda: twice("Word/Document.XML"), "重名"),
        (lambda: twice("word\\document.xml"), "名称"),
        (lambda: twice("/word/document.xml"), "名称"),
        (lambda: twice("word/./document.xml"), "名称"),
        (lambda: twice("word/media/../document.xml"), "名称"),
        (lambda: b"PK" + b"junk" * 100 + bytes(packed()), "以外"),
        (lambda: bytes(packed()) + b"junk", ""),
        (commented, ""),
        (lambda: between(b"junk"), "以外"),
        (uncovered, "以外"),
        (lambda: bytes(packed(method=zipfile.ZIP_BZIP2)), "压缩"),
        (lambda: bytes(packed(method=zipfile.ZIP_LZMA)), "压缩"),
        (lambda: declaring(10), ""),
        (lambda: declaring(5_000), ""),
        (lambda: locally(b"word/document.xml", b"word/DOCUMENT.xml"), "两处"),
        (lambda: bytes(packed())[:-30], ""),
        (lambda: b"", ""),
        (lambda: b"PK\5\6" + bytes(18) + b"x", ""),
    ],
)
def test_an_archive_that_two_readers_could_read_otherwise_is_refused(
    forge: Callable[[], bytes], why: str
) -> None:
    with pytest.raises(zipped.Torn, match=why or None):
        zipped.unpack(forge())


def test_a_bomb_takes_no_more_memory_than_is_allowed() -> None:
    data = packed({"zz": bytes(30_000_000)})
    for declared in (30_000_000, 10):
        place = data.rfind(b"PK\1\2")
        data[place + 24 : place + 28] = struct.pack("<L", declared)
        tracemalloc.start()
        with pytest.raises((zipped.Torn, zipped.TooLarge)):
            zipped.unpack(bytes(data), 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
        tracemalloc.stop()


def test_many_small_parts_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped.pack({f"{n}": bytes(1000) for n in range(20)})
    with pytest.raises(zipped.TooLarge):
        zipped.unpack(many, 10_000)
    monkeypatch.setattr(zipped, "MOST_PARTS", 19)
    with pytest.raises(zipped.TooLarge):
        zipped.unpack(many)


def test_whatever_bytes_are_changed_the_archive_is_the_same_or_refused() -> None:
    """A change may pass only where no reader would see it: a date, an attribute, a version."""
    chance = random.Random(49)
    honest = streamed(PARTS)
    for _ in range(1_000):
        data = bytearray(honest)
        for _ in range(chance.choice((1, 1, 2, 8))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(zipped.Torn, zipped.TooLarge):
            assert zipped.unpack(bytes(data)) == PARTS
