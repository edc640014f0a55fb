"""Files that a command line names: scans, photographs, backups."""

from __future__ import annotations

from pathlib import Path

from swm.errors import NotFound
from swm.store.systemwords import reason


def content(name: str) -> bytes:
    """The bytes of a file. Raises `NotFound` with the reason."""
    place = Path(name).expanduser()
    if not place.is_file():
        raise NotFound(f"没有这个文件：{name}")
    try:
        return place.read_bytes()
    except OSError as failed:
        raise NotFound(f"{name} 读不了：{reason(failed)}") from None
