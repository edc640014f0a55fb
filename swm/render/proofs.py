"""What a check of a report's file found, and what a number rests on: screen and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from swm.render.figures import compared, entry_document
from swm.render.terminal import Column, table
from swm.render.text import visible, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from swm.domain.periods import Period
    from swm.reports.values import Entry, Figure

SHOWN = 50
"""How many differences are listed on the screen."""
SHORT = 10
NOTHING = "（空）"


class Differing(Protocol):
    """One place where two files differ."""

    @property
    def place(self) -> str: ...
    @property
    def there(self) -> str: ...
    @property
    def here(self) -> str: ...


class Judged(Protocol):
    """What a check of a file found."""

    @property
    def about(self) -> Mapping[str, str]: ...
    @property
    def identical(self) -> bool: ...
    @property
    def differences(self) -> Sequence[Differing]: ...
    @property
    def more(self) -> bool: ...
    @property
    def repacked(self) -> bool: ...
    @property
    def registered(self) -> str: ...
    @property
    def signed(self) -> str: ...
    @property
    def like(self) -> str: ...
    @property
    def draft(self) -> bool: ...


class Reason(Protocol):
    """One record behind a number, and the commit that wrote it."""

    @property
    def entry(self) -> Entry: ...
    @property
    def commit(self) -> str: ...
    @property
    def on(self) -> date | None: ...
    @property
    def who(self) -> str: ...


class Reasoned(Protocol):
    """A number with its records."""

    @property
    def figure(self) -> Figure: ...
    @property
    def period(self) -> Period: ...
    @property
    def version(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def issued(self) -> int | None: ...
    @property
    def records(self) -> Sequence[Reason]: ...


def difference_lines(differences: Sequence[Differing], room: int) -> list[str]:
    """Each place with what the file says and what it should say."""
    lines: list[str] = []
    for each in differences[:SHOWN]:
        there, here = (visible(text) or NOTHING for text in (each.there, each.here))
        lines += wrap(f"  {visible(each.place)}：文件里是 {there}，应为 {here}", room, "    ")
    if len(differences) > SHOWN:
        lines.append(f"  还有{len(differences) - SHOWN}处不同（全部：--json）")
    return lines


def verdict_document(found: Judged) -> dict[str, Any]:
    """The verdict for another program."""
    return {
        "一致": found.identical,
        **found.about,
        "草稿": found.draft,
        "印发登记": found.registered or None,
        "定稿": found.signed or None,
        "重新打包": found.repacked,
        "内容同登记": found.like or None,
        "不同": [{"位置": d.place, "文件": d.there, "应为": d.here} for d in found.differences],
        "还有不同": found.more,
    }


def explained_page(found: Reasoned, columns: int | None) -> list[str]:
    """The number, then its records with their commits."""
    figure = found.figure
    basis = f"，{found.edition}的数" if found.edition else ""
    lines = [
        f"{figure.name} {figure.text}（{found.period.span}{basis}，台账版本 {found.version[:SHORT]}）"
    ]
    if found.issued is not None and found.issued != figure.value:
        lines.append(f"注意：印发登记的是 {found.issued}{figure.unit}")
    if not found.records:
        return lines
    records = found.records
    named = {
        Column("编号"): [r.entry.id for r in records],
        Column("名称", shrink=True): [r.entry.name for r in records],
        Column("记录"): [f"第{r.entry.number}条" if r.entry.number else "" for r in records],
        Column("日期"): [str(r.entry.on or "") for r in records],
        Column("说明", shrink=True): [r.entry.note for r in records],
        Column("提交"): [r.commit[:SHORT] for r in records],
        Column("录入人"): [r.who for r in records],
    }
    told = {column: cells for column, cells in named.items() if any(cells)}
    return [*lines, "", *table(list(told), list(zip(*told.values(), strict=True)), columns)]


def explained_document(found: Reasoned) -> dict[str, Any]:
    """The same for another program."""
    figure = found.figure
    return {
        "名称": figure.name,
        "期间": found.period.code,
        "值": figure.value,
        "单位": figure.unit,
        "版次": found.edition or None,
        "印发": found.issued,
        **compared(figure),
        "记录": [
            {
                **entry_document(reason.entry),
                "提交": reason.commit or None,
                "录入": reason.on,
                "录入人": reason.who or None,
            }
            for reason in found.records
        ],
        "台账版本": found.version,
    }
