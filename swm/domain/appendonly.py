"""只增不改: what one version of a file says that the next one says no more.

Records, letters and steps of a clearing are added and never changed. A version that changed one,
took one out or gave it another number has broken that, and each of these is a loss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from swm.domain.fields import fragment
from swm.domain.records import Premises
from swm.frozen import frozen

if TYPE_CHECKING:
    from swm.domain.edits import Plain
    from swm.domain.kinds import AnyFile

WHOLE = ""
"""The place of a loss that is the whole file."""


@frozen
class Loss:
    """Something that was written and is not any more."""

    where: str
    """第4条, 保证书 BZ-2026-0001, 清退第2条; `WHOLE` for the file itself."""
    text: str
    was: Any
    now: Any = None
    """What stands there instead; None where nothing does."""


def losses(old: AnyFile | None, new: AnyFile | None) -> list[Loss]:
    """Everything of `old` that `new` does not say any more, in the order in which it stood."""
    if old is None:
        return []
    if new is None:
        return [Loss(where=WHOLE, text="文件被删去", was=old)]
    before, after = entries(old), entries(new)
    return [
        _loss(where, was, before, after) for where, was in before.items() if after.get(where) != was
    ]


def mended(old: AnyFile | None, new: AnyFile | None, lost: Mapping[str, Collection[Any]]) -> bool:
    """Whether `new` differs from `old` in that it says again what was lost, and in nothing else
    that is append-only. `lost` holds, by its place, what stood there before it was lost."""
    if new is None:
        return False
    if old is None:
        return new in lost.get(WHOLE, ())
    before = entries(old)
    changed = {where: now for where, now in entries(new).items() if before.get(where) != now}
    gone = before.keys() - entries(new).keys()
    again = all(now in lost.get(where, ()) for where, now in changed.items())
    return bool(changed) and not gone and again


def entries(file: AnyFile) -> dict[str, Any]:
    """What of a file is append-only, by its place."""
    if isinstance(file, Premises):
        letters = {f"保证书 {letter.number}": letter for letter in file.letters}
        return letters | {f"清退第{step.number}条": step for step in file.clearings}
    return {f"第{record.number}条": record for record in file.records}


def _loss(where: str, was: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Loss:
    if where in after:
        now = after[where]
        keys = "、".join(_differing(fragment(was), fragment(now)))
        return Loss(where=where, text=f"被改动（{keys}）", was=was, now=now)
    for place, other in after.items():
        if place not in before and replace(other, number=was.number) == was:
            return Loss(where=where, text=f"被改成了{place}", was=was)
    return Loss(where=where, text="被删去", was=was)


def _differing(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Iterator[str]:
    """The keys whose values are not the same, those of nested fields too. No values: a file may
    hold personal data."""
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from (f"{key}.{inner}" for inner in _differing(was, now))
        elif was != now:
            yield key
