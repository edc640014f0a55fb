"""Part of the check 字段: 坐标 and 面积 are what they can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from swm.domain.admissionrecords import Admission, Review
from swm.domain.contents import Contents
from swm.domain.filed import of_type
from swm.domain.measures import misplaced, unmeasured
from swm.errors import ERROR, Finding, Missing


def measures_fit(ledger: Contents) -> Iterator[Finding]:
    """Every 坐标 of an enterprise, of premises and of an application, and every 面积."""
    for path, enterprise in ledger.enterprises.items():
        yield from _odd(ledger, path, ("坐标",), misplaced(enterprise.position))
    for path, premises in ledger.premises.items():
        yield from _odd(ledger, path, ("坐标",), misplaced(premises.position))
        yield from _odd(ledger, path, ("面积",), unmeasured(premises.area))
    for path, file in ledger.filed.items():
        if isinstance(file, Admission):
            for review in of_type(file, Review):
                place = ("记录", [r.number for r in file.records].index(review.number), "坐标")
                yield from _odd(ledger, path, place, misplaced(review.position))


def _odd(
    ledger: Contents, path: str, place: tuple[str | int, ...], wrong: Iterable[Missing]
) -> Iterator[Finding]:
    for each in wrong:
        line = ledger.line(path, *place)
        yield Finding("字段", ERROR, path, line, str(place[-1]), each.text, each.command)
