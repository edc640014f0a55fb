"""Office files as zip archives whose bytes depend on their contents alone.

Order, times, attributes and the recording system are fixed and nothing is deflated (deflate's
output depends on the zlib build), so equal contents are equal files, on any machine.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from zipfile import BadZipFile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold."""

UNIX = 3
READ_WRITE = 0o600 << 16
FIRST = ("[Content_Types].xml", "_rels/.rels")
"""Readers of Office files look at these two first."""
NESTED = (".xlsx", ".docx")


TORN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError)
"""What reading a torn archive raises, or one packed in a way that no Office file is."""


def declared_size(archive: bytes) -> int:
    """Bytes of all parts unpacked, as the archive says, which no reader goes beyond.

    Raises one of `TORN` for what is no archive.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return sum(info.file_size for info in opened.infolist())


def unpack(archive: bytes) -> dict[str, bytes]:
    """Every part of the archive by its name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


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
