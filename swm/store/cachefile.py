"""Bytes kept in the cache behind their checksum: dropped on any doubt, and nothing is lost."""

from __future__ import annotations

import zlib
from contextlib import suppress
from pathlib import Path

from swm.store import places


def recall(root: Path, folder: str, name: str) -> bytes | None:
    """What was kept; None where a byte is not as it was written."""
    kept = places.cache(root, folder)
    data = places.read(kept / name) if kept else None
    checksum, _, content = (data or b"").partition(b"\n")
    return content if checksum == _checksum(content) else None


def keep(root: Path, folder: str, name: str, content: bytes) -> None:
    """Keep it for the next time. A disk that can't is no harm."""
    if kept := places.cache(root, folder):
        with suppress(OSError):
            places.put(kept, name, b"%s\n%s" % (_checksum(content), content))


def _checksum(content: bytes) -> bytes:
    return b"%08x" % zlib.crc32(content)
