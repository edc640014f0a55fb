"""Paper that leaves the house: its files on disk, one commit, a tag; and the same files once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from swm.cli import output, parsing
from swm.cli.call import Call
from swm.domain.reportrecords import FileHash
from swm.errors import Busy, RecordedPending, Refused, Surroundings

if TYPE_CHECKING:
    from swm.audit.issuing import Made
    from swm.domain.edits import Change
    from swm.store.writing import Writing as Committed


class Papers:
    """The files: on disk before they are recorded, at their places once they are.

    Two who issue at the same time make files of the same names. Whoever is refused takes away what
    is staged, and never what the other has put in place.
    """

    def __init__(self, folder: Path, made: Made) -> None:
        self.places = {folder / made.name(kind): data for kind, data in made.files.items()}
        self._staged: dict[Path, Path] = {}

    def keep(self) -> None:
        """Have them on disk, beside their places."""
        for place, data in self.places.items():
            self._staged[place] = output.stage(place, data)

    def settle(self) -> None:
        """Move them to their places."""
        for place, staged in self._staged.items():
            output.move(staged, place)

    def drop(self) -> None:
        """Take them away again."""
        for staged in self._staged.values():
            staged.unlink(missing_ok=True)


def day_of(call: Call) -> date:
    """The day on which it leaves: `--on`, or today."""
    return parsing.maybe("--on", call.typed["--on"], parsing.day(call.today)) or call.today


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
    try:
        call.record(decide, beside=[papers])
    except RecordedPending:
        papers.settle()
        raise
    if call.dry_run:
        return
    try:
        papers.settle()
    except Surroundings as failed:
        hint = "再出一份一样的：同一条命令加上 --again"
        raise RecordedPending(f"已经登记，文件没有都写成：{failed}", version, hint) from None
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
        if known.get(each.name) != each.sha256:
            raise Refused(
                f"{each.name} 重新生成的和登记的不一致，没有写", hint="查清来历：swm check"
            )
    places = _written(call, made, out)
    if call.json:
        call.screen.document({"文件": places, "写入": not call.dry_run})
        return
    call.screen.result(places)
    call.screen.say(["与登记的一致，未写入（--dry-run）" if call.dry_run else "与登记的一致"])


def _written(call: Call, made: Made, out: str | None) -> list[str]:
    """Where the files lie, or would lie."""
    if call.dry_run:
        folder = Path(out).expanduser() if out else call.ledger.root / output.FOLDER
        return [str(output.from_here(folder / made.name(kind))) for kind in made.files]
    papers = Papers(output.folder_for(out, call.ledger.root), made)
    papers.keep()
    papers.settle()
    return [str(output.from_here(place)) for place in papers.places]


def formats_of(registered: Sequence[FileHash]) -> frozenset[str]:
    """The formats that were made then: docx, html, …"""
    return frozenset(each.name.rpartition(".")[2] for each in registered)


def mend_tags(call: Call) -> list[str]:
    """Make the tags that are missing; their names."""
    from swm.store import tags

    untouched = call.dry_run or not call.ledger.repo.has_history
    return [] if untouched else tags.mend(call.ledger)
