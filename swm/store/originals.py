"""原件/: scans with signatures, faces or id numbers. Outside git, by SHA-256, for the office only.

With a passphrase set (`swm vault passphrase`) they are sealed like the vault's entries.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from warnings import catch_warnings

from swm.domain.originals import SHA256
from swm.errors import NotFound, Refused
from swm.store import paths, places, private, sealing
from swm.store.sealing import Keys

LIMIT = 50 << 20
"""Bytes a scan may have."""
_SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,8}")
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_ENOUGH = 4 << 20
"""Bytes of one unpacked stream that are looked at."""
SEALED = ".sealed"


class Originals:
    """The originals of one ledger on this computer."""

    def __init__(self, root: Path, keys: Keys | None) -> None:
        self._root = root
        self._keys = keys

    @staticmethod
    def digest(data: bytes) -> str:
        """The name of a scan: the SHA-256 of the scan itself, sealed or not."""
        if not data:
            raise Refused("扫描件是空的", hint="核对 --scan 的文件")
        if len(data) > LIMIT:
            raise Refused(f"扫描件有 {len(data)} 字节，超过上限 {LIMIT} 字节", hint="缩小后再存")
        return hashlib.sha256(data).hexdigest()

    @property
    def ignored(self) -> bool:
        """Whether the ledger's .gitignore keeps 原件/ out of history."""
        try:
            lines = (self._root / ".gitignore").read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        return any(line.strip().strip("/") == places.ORIGINALS for line in lines)

    def keep(self, sha: str, data: bytes, suffix: str) -> bool:
        """Store it, on disk when this returns; False when it is there already.

        Raises `NotYours` where a link leads there.
        """
        clean = suffix.lower() if _SUFFIX.fullmatch(suffix) else ""
        name = f"{sha}{clean}{SEALED if self._keys else ''}"
        place = paths.locate(self._root, f"{places.ORIGINALS}/{sha[:2]}/{name}")
        if self.find(sha) is not None:
            return False
        private.put(place, sealing.seal(self._keys, data, sha) if self._keys else data)
        return True

    def drop(self, sha: str) -> None:
        """Take it away."""
        if place := self.find(sha):
            private.drop(place)

    def find(self, sha: str) -> Path | None:
        """Where it lies; None when it is not here. Behind a link nothing is."""
        folder = places.originals(self._root, sha[:2])
        found = sorted(folder.glob(f"{sha}*")) if folder and folder.is_dir() else []
        return next((p for p in found if p.is_file() and not p.is_symlink()), None)

    def all(self) -> list[str]:
        """The SHA-256 of all that are here."""
        folder = places.originals(self._root)
        if folder is None or not folder.is_dir():
            return []
        names = (p.name[:64] for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
        return sorted({name for name in names if SHA256.fullmatch(name)})

    def read(self, sha: str, passphrase: Callable[[str], str]) -> tuple[bytes, str]:
        """The scan and its suffix. Raises `NotFound`, `WrongPassphrase`; `Refused` if altered."""
        if places.originals(self._root, sha[:2]) is None:
            hint = "把它换成真正的文件夹，里面的扫描件一起移过来"
            raise Refused(f"{places.ORIGINALS}/ 是符号链接，不能经过它读取扫描件", hint=hint)
        place = self.find(sha)
        if place is None:
            raise NotFound(f"这台电脑的 原件/ 里没有 {sha[:12]}…", "从备份或另一台电脑拷回 原件/")
        data, name = place.read_bytes(), place.name
        if sealing.is_sealed(data):
            if self._keys is None:
                raise Refused("保密库缺少密钥文件", hint="用备份恢复：swm vault restore 文件")
            data = sealing.unseal(self._keys, passphrase("保密库口令"), data, sha)
            name = name.removesuffix(SEALED)
        if hashlib.sha256(data).hexdigest() != sha:
            raise Refused(f"{place} 与记录的 SHA-256 不符，已损坏或被改动")
        return data, name[64:]

    def is_sealed(self, sha: str) -> bool:
        """Whether it cannot be read without the passphrase."""
        place = self.find(sha)
        if place is None:
            return False
        with place.open("rb") as stream:
            return sealing.is_sealed(stream.read(64))


def page_count(data: bytes) -> int | None:
    """How many pages a scan has: a picture 1, a TIFF its frames; None where it cannot be told."""
    if data.startswith(b"%PDF-"):
        return _pdf_pages(data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return _frames(data)
    pictures = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"BM")
    return 1 if data.startswith(pictures) else None


def _pdf_pages(data: bytes) -> int | None:
    """Page objects, plain or in object streams."""
    count = len(_PAGE.findall(_STREAM.sub(b"", data)))
    for m in _STREAM.finditer(data):
        try:
            unpacked = zlib.decompressobj().decompress(m[1], _ENOUGH)
        except zlib.error:
            continue
        count += len(_PAGE.findall(unpacked))
    return count or None


def _frames(data: bytes) -> int | None:
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    try:
        with catch_warnings(action="ignore"), Image.open(BytesIO(data)) as opened:
            return int(getattr(opened, "n_frames", 1))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
