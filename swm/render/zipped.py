"""Office files as zip archives whose bytes depend on their contents alone.

Order, times, attributes and the recording system are fixed and nothing is deflated (deflate's
output depends on the zlib build), so equal contents are equal files, on any machine.

An archive may come from anybody. It is read only where every reader finds the same parts in it:
entry after entry and then the directory, nothing before, between or behind, no name twice. And no
part is unfolded beyond what it declares, nor all of them beyond what is allowed.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from zipfile import BadZipFile, ZipInfo

from swm.render.text import visible

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""

UNIX = 3
READ_WRITE = 0o600 << 16
FIRST = ("[Content_Types].xml", "_rels/.rels")
"""Readers of Office files look at these two first."""
NESTED = (".xlsx", ".docx")

LARGEST = 200_000_000
"""Bytes that all parts together may have, unpacked."""
MOST_PARTS = 10_000
LONGEST_ENTRY = 400
"""Bytes of the directory for a part, on average: its name and what goes with it."""

TORN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError)
"""What another library raises that reads a torn archive; our own reading raises only `Torn`."""


class Torn(BadZipFile):
    """No archive, or a damaged one."""


class Forged(Torn):
    """An archive in which two readers could find different parts; the text says why, in Chinese."""


class TooLarge(Exception):
    """An archive that would fill the memory."""


def unpack(archive: bytes, largest: int = LARGEST) -> dict[str, bytes]:
    """Every part of the archive by its name. Raises `Torn` and `TooLarge`."""
    parts: dict[str, bytes] = {}
    left = largest
    for entry, data in _entries(archive):
        left -= entry.file_size
        if left < 0:
            raise TooLarge
        parts[entry.filename] = _unfolded(entry, data)
    return parts


# --- reading ----------------------------------------------------------------------------------

_END = struct.Struct("<4s4H2LH")
_LOCATOR = 20
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = 46
_ENCRYPTED, _STREAMED, _UTF8 = 0x1, 0x8, 0x800
_UNKNOWN = 0xFFFFFFFF
"""What stands for a size that is told elsewhere."""


def _entries(archive: bytes) -> Iterator[tuple[ZipInfo, bytes]]:
    """Each entry with its packed bytes, in the order in which they lie."""
    entries, directory = _directory(archive)
    _refuse_names(entries)
    starts = [*(entry.header_offset for entry in entries), directory]
    if starts[0] != 0:
        raise Forged("各部件以外还夹带了内容")
    for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
        yield entry, _packed(archive, entry, start, end)


def _directory(archive: bytes) -> tuple[list[ZipInfo], int]:
    """The entries by their places, and where the directory begins, which must be all the rest."""
    if len(archive) < _END.size:
        raise Torn
    told = _END.unpack_from(archive, len(archive) - _END.size)
    mark, _, _, _, count, size, start, comment = told
    if mark != b"PK\5\6" or comment:
        raise Torn
    if start + size + _END.size != len(archive):
        raise Forged("各部件以外还夹带了内容")
    if archive[-_END.size - _LOCATOR :].startswith(b"PK\6\7"):
        raise Torn
    if count > MOST_PARTS or size > MOST_PARTS * LONGEST_ENTRY:
        raise TooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            entries = sorted(opened.infolist(), key=lambda entry: entry.header_offset)
    except TORN as error:
        raise Torn from error
    listed = sum(_CENTRAL + len(_raw(e)) + len(e.extra) + len(e.comment) for e in entries)
    if (len(entries), listed) != (count, size):
        raise Torn
    return entries, start


def _raw(entry: ZipInfo) -> bytes:
    """The name as the archive spells it."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")


def _refuse_names(entries: list[ZipInfo]) -> None:
    """A name twice, to a reader that takes no heed of capitals, and what is no plain name."""
    known: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        steps = name.removesuffix("/").split("/")
        if "\\" in name or not name.isprintable() or any(step in ("", ".", "..") for step in steps):
            raise Forged("有的部件名称不正常")
        if name.casefold() in known:
            raise Forged(f"有重名的部件 {visible(name)}")
        known.add(name.casefold())


def _packed(archive: bytes, entry: ZipInfo, start: int, end: int) -> bytes:
    """The bytes of an entry that fills its place from `start` to `end`, behind its own header,
    which must say what the directory says."""
    if start + _LOCAL.size > end:
        raise Torn
    told = _LOCAL.unpack_from(archive, start)
    mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = told
    begin = start + _LOCAL.size + name_length + extra_length
    if mark != b"PK\3\4" or begin + entry.compress_size > end:
        raise Torn
    name = archive[start + _LOCAL.size :][:name_length]
    same = (name, method) == (_raw(entry), entry.compress_type)
    same = same and not (flags ^ entry.flag_bits) & (_ENCRYPTED | _UTF8)
    if not flags & _STREAMED:
        same = same and crc == entry.CRC
        same = same and packed in (entry.compress_size, _UNKNOWN)
        same = same and size in (entry.file_size, _UNKNOWN)
    if not same:
        raise Forged(f"部件 {visible(entry.filename)} 的说明两处不一致")
    behind = archive[begin + entry.compress_size : end]
    if behind and not (flags & _STREAMED and behind in _afterwards(entry)):
        raise Forged("各部件以外还夹带了内容")
    return archive[begin : begin + entry.compress_size]


def _afterwards(entry: ZipInfo) -> set[bytes]:
    """What stands behind a part whose sizes were not known before it was written."""
    told = (entry.CRC, entry.compress_size, entry.file_size)
    forms = [struct.pack("<LQQ", *told)]
    if max(told) <= _UNKNOWN:
        forms.append(struct.pack("<LLL", *told))
    return {mark + form for form in forms for mark in (b"", b"PK\7\x08")}


def _unfolded(entry: ZipInfo, data: bytes) -> bytes:
    """The part, never more of it than it declares."""
    if entry.flag_bits & _ENCRYPTED:
        raise Torn
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        inflating = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            part = inflating.decompress(data, entry.file_size + 1)
        except zlib.error as error:
            raise Torn from error
        whole = inflating.eof and not inflating.unused_data
    elif entry.compress_type == zipfile.ZIP_STORED:
        part, whole = data, True
    else:
        raise Forged(f"部件 {visible(entry.filename)} 用了 Office 文件不用的压缩方法")
    if not whole or len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise Torn
    return part


# --- writing ----------------------------------------------------------------------------------


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The one archive that holds exactly these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=_place):
            archive.writestr(_entry(name), parts[name])
    return out.getvalue()


def canonical(archive: bytes) -> bytes:
    """The same contents, packed the one way; Office files inside it likewise."""
    return pack({name: _inner(name, data) for name, data in unpack(archive).items()})


def _inner(name: str, data: bytes) -> bytes:
    return canonical(data) if name.endswith(NESTED) else data


def _place(name: str) -> tuple[int, str]:
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = UNIX
    entry.external_attr = READ_WRITE
    return entry
