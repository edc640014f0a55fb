"""`--scan` on its way in: the scan goes into 原件/ outside git, its fingerprint into the record."""

from __future__ import annotations

from pathlib import Path

from swm.cli import parsing
from swm.cli.call import Call
from swm.cli.files import content
from swm.domain.complaints import Scan
from swm.errors import Refused, WrongUsage
from swm.store.originals import Originals, page_count
from swm.store.vault import Vault


class KeptScan:
    """A scan that goes into 原件/ before the commit that names it."""

    def __init__(self, originals: Originals, name: str, data: bytes, scan: Scan) -> None:
        self.scan = scan
        self._originals, self._suffix, self._data = originals, Path(name).suffix, data
        self._new = False

    def keep(self) -> None:
        """Store it, unless it is there already."""
        self._new = self._originals.keep(self.scan.sha256, self._data, self._suffix)

    def drop(self) -> None:
        """Take it away again, if this command put it there."""
        if self._new:
            self._originals.drop(self.scan.sha256)


def originals_of(call: Call) -> Originals:
    """The 原件/ of the ledger, sealed with the vault's keys where there are any."""
    return Originals(call.ledger.root, Vault(call.ledger.snapshot().settings.ledger_id).keys)


def scanned(
    call: Call, scan: str | None, pages: str | None = None, place: str | None = None
) -> tuple[Scan | None, list[KeptScan]]:
    """What the record says of the scan, and what has to be kept beside it."""
    if scan is None:
        if pages or place:
            raise WrongUsage("写了原件的页数或存放处，还缺扫描件", hint="加上 --scan 文件")
        return None, []
    data = content(scan)
    told = parsing.maybe("--scan-pages", pages, parsing.number)
    originals = originals_of(call)
    if not originals.ignored:
        raise Refused(
            "台账的 .gitignore 里没有 原件/，扫描件会被当作没有提交的文件，没有记录",
            hint="在 .gitignore 里加一行 原件/，再试一次",
        )
    about = Scan(sha256=originals.digest(data), pages=told or page_count(data), place=place or None)
    kept = KeptScan(originals, scan, data, about)
    return about, [kept]
