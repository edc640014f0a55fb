"""月报: what was issued, one file a month: the numbers as printed, the files by their SHA-256.

An edition is never corrected or withdrawn: a number that was issued changes only by a new edition
(更正版), which says why and what changed. A public notice (公示) is kept in the file of the month in
which its period ends, with who approved it; another one on the same period says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import ClassVar

from swm.domain.fields import (
    DATE,
    NAME,
    NUMBER,
    PERSON,
    TEXT,
    BadValue,
    Kind,
    ListOf,
    Many,
    MapOf,
    One,
    key,
)
from swm.domain.filed import Filed, of_type, records_of
from swm.domain.kinds import REPORT
from swm.domain.originals import SHA256
from swm.domain.records import Approval, Record
from swm.errors import Missing
from swm.frozen import declared


def _sha(text: str) -> str:
    if not SHA256.fullmatch(text):
        raise BadValue(f"“{text}”不是 SHA-256", "应为64位十六进制数字")
    return text


SHA = Kind("SHA-256", _sha)


@declared
class FrozenNumber:
    """数字: one figure as it was printed."""

    name: str = key("名称", NAME, "数字的名称", required=True)
    value: int = key("值", NUMBER, "本期", required=True)
    unit: str = key("单位", NAME, "单位", required=True)
    previous: int | None = key("上期", NUMBER, "上期，没有则不写")
    year: int | None = key("本年累计", NUMBER, "本年累计")
    ever: int | None = key("建账以来", NUMBER, "建账以来")
    last_year: int | None = key("上年同期", NUMBER, "上年同期")


@declared
class FrozenRow:
    """村级: one row of the village table as it was printed, 合计 included."""

    village: str = key("村", NAME, "村，或合计", required=True)
    cells: dict[str, str] = key("格", MapOf(TEXT), "各栏，按栏目名称")


@declared
class FileHash:
    """One file that was made, or that went into the making."""

    name: str = key("名称", NAME, "文件名", required=True)
    sha256: str = key("SHA-256", SHA, "文件内容的 SHA-256", required=True)


@declared
class Changed:
    """变更: one number that another edition printed otherwise."""

    what: str = key("项目", TEXT, "哪个数字", required=True)
    was: str = key("原", TEXT, "上一版的数", required=True)
    now: str = key("现", TEXT, "本版的数", required=True)


@declared
class Issued(Record):
    """印发: the report as it left the house."""

    PINNED: ClassVar[frozenset[str]] = frozenset(
        {
            *(
                "版次",
                "期末",
                "口径",
                "台账版本",
                "程序版本",
                "锚",
                "文号",
                "签发人",
                "批准",
                "原因",
            ),
            *("说明", "文件", "模板", "数字", "村级", "底数名单", "变更", "缺原件", "登记原件"),
            *("底数增加", "底数减少"),
        }
    )

    edition: int = key("版次", NUMBER, "1 为首次印发，以后为更正版", required=True)
    ends: date = key("期末", DATE, "报告期的最后一日", required=True)
    audience: str = key("口径", NAME, "上报、内部或公示", required=True)
    version: str = key("台账版本", NAME, "据以生成的提交", required=True)
    program: str = key("程序版本", NAME, "生成它的程序", required=True)
    anchor: str = key("锚", NAME, "印在报告上的锚", required=True)
    document_number: str | None = key("文号", NAME, "文号")
    signer: str | None = key("签发人", PERSON, "签发人")
    approval: Approval | None = key("批准", One(Approval), "批准印发")
    reason: str | None = key("原因", TEXT, "更正版的原因")
    excuse: str | None = key("说明", TEXT, "勾稽不平或有待补批仍然印发的理由")
    absent: tuple[str, ...] = key("缺原件", ListOf(NAME), "印发时那台电脑的 原件/ 里没有的")
    originals: int | None = key("登记原件", NUMBER, "印发时登记了原件的记录条数")
    files: tuple[FileHash, ...] = key("文件", Many(FileHash), "生成的各文件", required=True)
    templates: tuple[FileHash, ...] = key("模板", Many(FileHash), "所用的模板")
    changes: tuple[Changed, ...] = key("变更", Many(Changed), "与上一版不同的数字")
    joined: tuple[str, ...] = key("底数增加", ListOf(TEXT), "上一版底数里没有的企业，一家一项")
    gone: tuple[str, ...] = key("底数减少", ListOf(TEXT), "只在上一版底数里的企业，一家一项")
    numbers: tuple[FrozenNumber, ...] = key("数字", Many(FrozenNumber), "各数字", required=True)
    villages: tuple[FrozenRow, ...] = key("村级", Many(FrozenRow), "村级统计表")
    stock: tuple[str, ...] = key("底数名单", ListOf(NAME), "底数内的企业，连续的编号合写")

    @property
    def title(self) -> str:
        """首次印发, 更正版第1次."""
        return "首次印发" if self.edition == 1 else f"更正版第{self.edition - 1}次"

    @property
    def figures(self) -> dict[str, FrozenNumber]:
        """The numbers by name."""
        return {number.name: number for number in self.numbers}

    @property
    def stock_ids(self) -> frozenset[str]:
        """The ids of the enterprises in 底数."""
        return ids_of(self.stock)


@declared
class Finalised(Record):
    """定稿: the signed Word file, registered after its tables were compared."""

    PINNED: ClassVar[frozenset[str]] = frozenset({"印发记录", "文件", "段落差异"})

    of: int = key("印发记录", NUMBER, "哪一条印发的定稿", required=True)
    file: FileHash = key("文件", One(FileHash), "定稿文件", required=True)
    pages: int | None = key("页数", NUMBER, "页数")
    place: str | None = key("存放", TEXT, "纸件存放的地方")
    reworded: tuple[str, ...] = key("段落差异", ListOf(TEXT), "文字与生成的不同的段落")


@declared
class Published(Record):
    """公示: the public notice as it left the house, whom it names, and who approved it."""

    PINNED: ClassVar[frozenset[str]] = frozenset(
        {
            *("期间", "期末", "次数", "台账版本", "程序版本", "锚", "批准", "原因", "说明"),
            *("文件", "模板", "整治名单", "完成名单"),
        }
    )

    period: str = key("期间", NAME, "公示的是哪一期，如 2026-10、2026-Q3", required=True)
    ends: date = key("期末", DATE, "这一期的最后一日", required=True)
    time: int = key("次数", NUMBER, "这一期的第几次公示", required=True)
    version: str = key("台账版本", NAME, "据以生成的提交", required=True)
    program: str = key("程序版本", NAME, "生成它的程序", required=True)
    anchor: str = key("锚", NAME, "据以生成的提交的锚", required=True)
    approval: Approval = key("批准", One(Approval), "批准公示", required=True)
    reason: str | None = key("原因", TEXT, "再次公示的原因")
    excuse: str | None = key("说明", TEXT, "有待补批仍然公示的理由")
    files: tuple[FileHash, ...] = key("文件", Many(FileHash), "生成的各文件", required=True)
    templates: tuple[FileHash, ...] = key("模板", Many(FileHash), "所用的模板")
    underway: tuple[str, ...] = key("整治名单", ListOf(NAME), "正在整治的企业，连续的编号合写")
    finished: tuple[str, ...] = key("完成名单", ListOf(NAME), "完成整治的企业，连续的编号合写")

    @property
    def title(self) -> str:
        """公示, then 第2次公示."""
        return "公示" if self.time == 1 else f"第{self.time}次公示"

    @property
    def underway_ids(self) -> frozenset[str]:
        """The ids of the enterprises that it named as under way."""
        return ids_of(self.underway)

    @property
    def finished_ids(self) -> frozenset[str]:
        """The ids of the enterprises that it named as finished."""
        return ids_of(self.finished)


TYPES: dict[str, type[Record]] = {"印发": Issued, "定稿": Finalised, "公示": Published}


@declared
class Report(Filed):
    """What was issued for one month."""

    LASTING: ClassVar[str] = (
        "已印发的数字只能出更正版：swm report amend 月份 --why 原因 --approver 批准人；"
        "公示过的只能再次公示：swm report issue 月份 --audience 公示"
    )

    records: tuple[Record, ...] = records_of(TYPES)

    @property
    def code(self) -> str:
        """The month: 2026-10."""
        return self.id.removeprefix(f"{REPORT.prefix}-")

    @property
    def title(self) -> str:
        """2026-10月报."""
        return f"{self.code}月报"

    @property
    def editions(self) -> tuple[Issued, ...]:
        """The editions, the latest last."""
        found: list[Issued] = list(of_type(self, Issued))
        return tuple(sorted(found, key=lambda issued: issued.edition))

    @property
    def latest(self) -> Issued | None:
        """The edition that holds now."""
        return self.editions[-1] if self.editions else None

    @property
    def finals(self) -> tuple[Finalised, ...]:
        """The signed files that were registered."""
        return tuple(of_type(self, Finalised))

    @property
    def published(self) -> tuple[Published, ...]:
        """Every public notice on a period that ends in this month, the latest of each last."""
        found: list[Published] = list(of_type(self, Published))
        return tuple(sorted(found, key=lambda notice: (notice.period, notice.time)))

    @property
    def files_out(self) -> tuple[FileHash, ...]:
        """Every file that left the house."""
        issued = (file for edition in self.editions for file in edition.files)
        public = (file for notice in self.published for file in notice.files)
        return (*issued, *public)

    def published_on(self, code: str) -> tuple[Published, ...]:
        """The public notices on one period, the latest last."""
        return tuple(notice for notice in self.published if notice.period == code)

    def objections(self, policy: object) -> Iterable[Missing]:
        """Editions count up from 1, and so do notices on one period; a 定稿 is one of an 印发."""
        for place, issued in enumerate(self.editions, start=1):
            if issued.edition != place:
                yield Missing(f"第{issued.number}条的版次是{issued.edition}，应为{place}")
        for _, notices in groupby(self.published, key=lambda notice: notice.period):
            for place, notice in enumerate(notices, start=1):
                if notice.time != place:
                    yield Missing(f"第{notice.number}条的次数是{notice.time}，应为{place}")
        numbers = {issued.number for issued in self.editions}
        for final in self.finals:
            if final.of not in numbers:
                yield Missing(f"第{final.number}条定稿所指的第{final.of}条不是印发")


def report_id(code: str) -> str:
    """The id of a month's file: YB-2026-10."""
    return f"{REPORT.prefix}-{code}"


def tag_name(report: Report, left: Issued | Published) -> str:
    """The git tag of what left the house: 月报/2026-10, then 月报/2026-10-更正1; 月报/2026-10-公示,
    then 月报/2026-10-公示2."""
    if isinstance(left, Published):
        again = "" if left.time == 1 else str(left.time)
        return f"{REPORT.title}/{plain(left.period)}-公示{again}"
    later = "" if left.edition == 1 else f"-更正{left.edition - 1}"
    return f"{REPORT.title}/{report.code}{later}"


def plain(code: str) -> str:
    """A period's code where two dots mean something else: in the name of a tag."""
    return code.replace("..", "至")


# --- ids written together ---------------------------------------------------------------------

_SPAN = re.compile(r"(?P<head>[A-Z]+-)(?P<first>\d+)(?:\.\.(?P<last>\d+))?", re.ASCII)
LONGEST = 100_000
"""How many ids a span may stand for."""


def spans(ids: Iterable[str]) -> tuple[str, ...]:
    """BK-0001..0012, BK-0014: the ids in order, consecutive ones together."""
    found = sorted((_serial(id), id) for id in set(ids))
    told = []
    for _, run in groupby(enumerate(found), key=lambda each: each[1][0] - each[0]):
        members = [id for _, (_, id) in run]
        last = members[-1].rpartition("-")[2]
        told.append(members[0] if len(members) == 1 else f"{members[0]}..{last}")
    return tuple(told)


def ids_of(spans: Iterable[str]) -> frozenset[str]:
    """All ids that some spans stand for."""
    return frozenset(id for span in spans for id in spread(span))


def spread(span: str) -> Iterator[str]:
    """The ids that a span stands for. A text that is none stands for itself."""
    found = _SPAN.fullmatch(span)
    if found is None:
        yield span
        return
    first, last = int(found["first"]), int(found["last"] or found["first"])
    for serial in range(first, min(last, first + LONGEST) + 1):
        yield f"{found['head']}{serial:04d}"


def _serial(id: str) -> int:
    tail = id.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0
