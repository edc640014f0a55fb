"""Files that a command line names: scans that are only fingerprinted, photographs that are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

from swm.cli.output import reason
from swm.errors import NotFound


def content(name: str) -> bytes:
    """The bytes of a file. Raises `NotFound` with the reason."""
    place = Path(name).expanduser()
    if not place.is_file():
        raise NotFound(f"没有这个文件：{name}")
    try:
        return place.read_bytes()
    except OSError as failed:
        raise NotFound(f"{name} 读不了：{reason(failed)}") from None


def digest(name: str) -> str:
    """The SHA-256 of a scan; the scan itself never enters the ledger."""
    return hashlib.sha256(content(name)).hexdigest()
