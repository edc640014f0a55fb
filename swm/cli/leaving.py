"""Paper that leaves the house: its files on disk, one commit, a tag; and the same files once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from swm.cli import output
from swm.cli.call import Call
from swm.domain.reportrecords import FileHash
from swm.errors import Busy, Refused

if TYPE_CHECKING:
    from swm.audit.issuing import Made
    from swm.domain.edits import Change
    from swm.store.writing import Writing as Committed


class Papers:
    """The files: on disk before they are recorded, gone again if they are not."""

    def __init__(self, folder: Path, made: Made) -> None:
        self.places = {folder / made.name(kind): data for kind, data in made.files.items()}
        self._before: dict[Path, bytes | None] = {}

    def keep(self) -> None:
        """Write them."""
        for place, data in self.places.items():
            self._before[place] = place.read_bytes() if place.is_file() else None
            output.write(place, data)

    def drop(self) -> None:
        """Put back what lay there before."""
        for place, earlier in self._before.items():
            if earlier is None:
                place.unlink(missing_ok=True)
            else:
                output.write(place, earlier)


def leave(
    call: Call,
    made: Made,
    version: str,
    anchor: str,
    out: str | None,
    change: Callable[[Committed], Change],
) -> None:
    """Write the files, record what left, tag it, say where the files are.

    Raises `Busy` where the ledger has moved on from `version`, the commit they were made from.
    """
    from swm.store import tags

    def decide(tx: Committed) -> Change:
        if tx.commit != version:
            raise Busy("生成文件的时候台账又有了新的记录，没有登记", "请再运行一次")
        decided = change(tx)
        if not call.dry_run:
            mend_tags(call)  # those of earlier papers; only here is it known that we may write
            tags.expect(call.ledger.repo)
        return decided

    papers = Papers(output.folder_for(out, call.ledger.root), made)
    call.record(decide, beside=[papers])
    if call.dry_run:
        return
    names = mend_tags(call)
    if not call.json:
        call.screen.result(str(output.from_here(place)) for place in papers.places)
        call.screen.say([f"标签 {name}" for name in names])
        call.screen.say([f"锚 {anchor}"])


def write_again(call: Call, made: Made, registered: Sequence[FileHash], out: str | None) -> None:
    """The files once more. Raises `Refused`, with nothing written, unless they are the very bytes
    that were registered."""
    known = {each.name: each.sha256 for each in registered}
    for each in made.hashes:
        if known[each.name] != each.sha256:
            raise Refused(
                f"{each.name} 重新生成的和登记的不一致，没有写", hint="查清来历：swm check"
            )
    papers = Papers(output.folder_for(out, call.ledger.root), made)
    papers.keep()
    call.screen.result(str(output.from_here(place)) for place in papers.places)
    call.screen.say(["与登记的一致"])


def formats_of(registered: Sequence[FileHash]) -> frozenset[str]:
    """The formats that were made then: docx, html, …"""
    return frozenset(each.name.rpartition(".")[2] for each in registered)


def mend_tags(call: Call) -> list[str]:
    """Make the tags that are missing; their names."""
    from swm.store import tags

    untouched = call.dry_run or not call.ledger.repo.has_history
    return [] if untouched else tags.mend(call.ledger)
