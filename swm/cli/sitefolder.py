"""A folder of many files, written whole or not at all, and only over one that was ours before."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from swm.cli.output import from_here
from swm.errors import Refused, Surroundings
from swm.store.systemwords import reason

MARKER = "swm-site.json"
"""What makes a folder a site of ours: by which program, of what, and which files it has."""
FILES = "文件"
_NEW, _OLD = ".swm-site-new-", ".swm-site-old-"


def refuse_foreign(place: Path) -> None:
    """Raises `Refused` unless `place` may be written: missing, empty, or a site of ours with
    nothing of anybody else's in it."""
    shown = from_here(place)
    if place.is_symlink():
        raise Refused(f"{shown} 是符号链接，不往那里写", hint="写明真正的文件夹")
    if not place.exists():
        return
    if not place.is_dir():
        raise Refused(f"{shown} 是一个文件，不是文件夹", hint="换一个文件夹")
    held = _held(place)
    if not held:
        return
    ours = _ours(place)
    if ours is None:
        raise Refused(
            f"{shown} 里已经有别的东西，不是以前生成的网站，没有写入",
            hint="换一个新的文件夹，或先把里面的东西移走",
        )
    strange = sorted(held - ours - {MARKER})
    if strange:
        raise Refused(
            f"{shown} 里有不是网站的文件，没有写入：{'、'.join(strange[:5])}"
            + (f"等{len(strange)}个" if len(strange) > 5 else ""),
            hint="先把它们移走：重新生成时整个文件夹都会换掉",
        )


def _held(place: Path) -> set[str]:
    """Every file below the folder, links as what they are; an empty folder counts as none."""
    found = set()
    for folder, folders, names in os.walk(place):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            found.add((Path(folder) / name).relative_to(place).as_posix())
    return found


def _ours(place: Path) -> set[str] | None:
    """The files that our marker names; None where there is no marker of ours."""
    marker = place / MARKER
    if marker.is_symlink() or not marker.is_file():
        return None
    try:
        told: Any = json.loads(marker.read_bytes())
        return {str(path) for path in told[FILES]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish(place: Path, pages: Iterable[tuple[str, bytes]], about: dict[str, Any]) -> int:
    """Build the folder beside `place` and put it there in its stead; the number of files.

    What was there stays as it was until all is written. Raises `Refused`, `Surroundings`.
    """
    refuse_foreign(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        fresh = Path(tempfile.mkdtemp(prefix=f"{_NEW}{place.name}.", dir=place.parent))
        try:
            paths = sorted(_write(fresh, path, data) for path, data in pages)
            marker = {**about, FILES: paths}
            text = json.dumps(marker, ensure_ascii=False, indent=1, sort_keys=True)
            _write(fresh, MARKER, f"{text}\n".encode())
            os.chmod(fresh, 0o777 & ~_umask())
            _exchange(fresh, place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as failed:
        raise Surroundings(
            f"{from_here(place)} 写不了：{reason(failed)}",
            hint="正开着的网页和文件夹窗口先关上；磁盘满的先腾地方；原来的网站没有动",
        ) from None
    return len(paths) + 1


def _write(folder: Path, path: str, data: bytes) -> str:
    """One file below the folder; its path never leads out of it."""
    parts = PurePosixPath(path).parts
    if PurePosixPath(path).is_absolute() or ".." in parts:
        raise ValueError(f"a page's path leads out of the site: {path!r}")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def _exchange(fresh: Path, place: Path) -> None:
    """Let the new folder stand where the old one stood."""
    refuse_foreign(place)
    if not place.exists():
        os.replace(fresh, place)
        return
    old = Path(tempfile.mkdtemp(prefix=f"{_OLD}{place.name}.", dir=place.parent))
    os.rmdir(old)
    os.replace(place, old)
    try:
        os.replace(fresh, place)
    except OSError:
        os.replace(old, place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Take away what a run that was killed left beside `place`; put back what it had moved."""
    for left in sorted(place.parent.iterdir()):
        stem, _, _ = left.name.rpartition(".")
        if stem == f"{_OLD}{place.name}" and not place.exists() and _ours(left) is not None:
            os.replace(left, place)
        elif stem in (f"{_OLD}{place.name}", f"{_NEW}{place.name}") and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
