"""swm.yaml: which town this is, its villages, its people, how it counts months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta, timezone
from typing import Protocol

from swm.domain.fields import (
    DATE,
    NAME,
    NUMBER,
    PERSON,
    YES,
    BadValue,
    Kind,
    ListOf,
    Many,
    One,
    by_key,
    choice,
    key,
    read,
)
from swm.domain.reportstyle import ReportStyle
from swm.domain.tree import Map, Node
from swm.errors import ERROR, Finding
from swm.frozen import declared

PATH = "swm.yaml"
FORMAT = 1
"""The newest 格式 this program writes. A newer one is read, never written."""
NATURAL_MONTH = "自然月"
_DIGITS = re.compile("[0-9]{1,9}")
RESERVED_PREFIXES = frozenset({"CF", "BZ", "XC", "JB", "ZR", "HD", "KH", "ZB", "YB"})
"""Taken by 厂房, 保证书, and the yearly kinds of file (`domain.kinds`)."""


def _cycle(text: str) -> str:
    if text == NATURAL_MONTH or re.fullmatch("[1-9]|1[0-9]|2[0-8]", text):
        return text
    raise BadValue(f"“{text}”不是月报周期", "写“自然月”，或每月的截止日 1 至 28，例如 25")


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,6}", text):
        raise BadValue(f"“{text}”不能作编号前缀", "用1至6个大写字母，例如 BK")
    if text in RESERVED_PREFIXES:
        raise BadValue(f"“{text}”已用于台账的其他编号", "请换一个前缀，例如 BK")
    return text


def _offset(text: str) -> str:
    if not re.fullmatch(r"[+-](0[0-9]|1[0-4]):[0-5][0-9]", text):
        raise BadValue(f"“{text}”不是时区", '时区写作 "+08:00"')
    return text


CYCLE = Kind("月报周期：自然月，或每月的截止日", _cycle)
PREFIX = Kind("编号前缀：大写字母", _prefix)
OFFSET = Kind('时区，如 "+08:00"', _offset)
LEVELS = ("镇", "区")
LEVEL = choice("销号层级", *LEVELS)


class Dated(Protocol):
    """Something that holds from a day to a day, both included; None is open."""

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


def holds(thing: Dated, on: date) -> bool:
    """Whether it holds on that day."""
    begun = thing.since is None or thing.since <= on
    return begun and (thing.until is None or on <= thing.until)


@declared
class Village:
    """村: a row of every table, from when to when, and where it went."""

    name: str = key("名称", NAME, "村的名称", required=True)
    since: date | None = key("自", DATE, "设立日期")
    until: date | None = key("至", DATE, "最后存在的一日")
    merged_into: str | None = key("并入", NAME, "撤并后并入的村")
    grids: tuple[str, ...] = key("网格", ListOf(NAME), "网格的名称")


@declared
class Member:
    """One seat of the 领导小组 (方案四)."""

    role: str = key("小组职务", NAME, "组长、常务副组长、副组长、成员", required=True)
    post: str | None = key("职务", NAME, "本职")
    name: str | None = key("姓名", PERSON, "姓名")
    since: date | None = key("自", DATE, "开始日期")
    until: date | None = key("至", DATE, "结束日期（当日仍在任）")


@declared
class Person:
    """人员: somebody whose name may stand in records."""

    name: str = key("姓名", PERSON, "姓名", required=True)
    post: str | None = key("职务", NAME, "职务")
    department: str | None = key("部门", NAME, "所在部门或村")
    phone: str | None = key("电话", NAME, "联系电话")
    since: date | None = key("自", DATE, "开始日期")
    until: date | None = key("至", DATE, "结束日期（当日仍在任）")


@declared
class Settings:
    """swm.yaml."""

    format: int = key("格式", NUMBER, "文件格式的版本", required=True, default=FORMAT)
    ledger_id: str = key("台账编号", NAME, "随机产生，不改动", required=True)
    town: str = key("镇名", NAME, "镇（街道）的名称", required=True)
    county: str | None = key("区名", NAME, "所属区（县）的名称")
    prefix: str = key("编号前缀", PREFIX, "企业编号的前缀", required=True, default="BK")
    agency_code: str | None = key("机关代字", NAME, "文号中的机关代字")
    opening_date: date | None = key("建账基准日", DATE, "期初状态所在的日期")
    cycle: str = key("月报周期", CYCLE, "自然月，或每月的截止日", default=NATURAL_MONTH)
    delisted_by: str = key("销号层级", LEVEL, "由镇还是由区验收销号", default="镇")
    issue_pending: bool | None = key(
        "待补批可印发", YES, "“是”：有待补批的也可以印发月报，但要写明理由；不写就是否"
    )
    offset: str = key("时区", OFFSET, "与世界时的差", default="+08:00")
    villages: tuple[Village, ...] = key("村", Many(Village), "村与网格名册")
    leading_group: tuple[Member, ...] = key("领导小组", Many(Member), "领导小组名单")
    departments: tuple[str, ...] = key("部门", ListOf(NAME), "可以参加联合执法的部门")
    people: tuple[Person, ...] = key("人员", Many(Person), "经办人员名册")
    style: ReportStyle | None = key("月报", One(ReportStyle), "报表的版头、主送、抄送、落款")

    @property
    def writable(self) -> bool:
        """Whether this program may write the ledger: not if a newer one made it."""
        return self.format <= FORMAT

    @property
    def cutoff(self) -> int | None:
        """The cut-off day of the reporting month; None is the natural month."""
        return None if self.cycle == NATURAL_MONTH else int(self.cycle)

    @property
    def zone(self) -> timezone:
        """The zone in which days begin and end."""
        hours, minutes = int(self.offset[1:3]), int(self.offset[4:])
        size = timedelta(hours=hours, minutes=minutes)
        return timezone(-size if self.offset[0] == "-" else size)

    def village_names(self, on: date) -> tuple[str, ...]:
        """The villages that exist on that day, in the order of the file."""
        return tuple(v.name for v in self.villages if holds(v, on))

    def village_at(self, name: str, on: date) -> str:
        """Under which village `name` is counted on that day: itself, or what it was merged into."""
        known = {v.name: v for v in self.villages}
        passed: set[str] = set()
        while (village := known.get(name)) and name not in passed:
            if village.until is None or on <= village.until or not village.merged_into:
                break
            passed.add(name)
            name = village.merged_into
        return name

    def people_on(self, on: date) -> tuple[Person, ...]:
        """Who is in office on that day."""
        return tuple(p for p in self.people if holds(p, on))


def read_settings(node: Node, path: str = PATH) -> Settings:
    """The settings that swm.yaml holds. Raises `Unreadable`.

    Keys that a newer 格式 has added are passed over, so that an old program can still show the
    ledger; within its own 格式 an unknown key is a mistake.
    """
    if isinstance(node, Map) and _is_newer(node):
        node = _familiar(node)
    return read(Settings, node, path)


def _is_newer(node: Map) -> bool:
    written = node.get("格式")
    return isinstance(written, str) and bool(_DIGITS.fullmatch(written)) and int(written) > FORMAT


def _familiar(node: Map) -> Map:
    known = by_key(Settings)
    kept = Map(node.line)
    kept.update({name: child for name, child in node.items() if name in known})
    kept.lines.update(node.lines)
    return kept


def prove_settings(settings: Settings) -> list[Finding]:
    """What does not hang together in swm.yaml: names twice, mergers into nowhere."""
    problems = (*_repeated(settings), *_mergers(settings.villages))
    return [Finding("名册", ERROR, PATH, None, *problem) for problem in problems]


def _repeated(settings: Settings) -> Iterator[tuple[str, str, str]]:
    lists = {
        "村": [v.name for v in settings.villages],
        "网格": [grid for v in settings.villages for grid in v.grids],
        "部门": settings.departments,
    }
    for field, names in lists.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield field, f"“{name}”写了{times}次", "只留一项"


def _mergers(villages: tuple[Village, ...]) -> Iterator[tuple[str, str, str]]:
    names = {v.name for v in villages}
    for village in villages:
        field = f"村[{village.name}].并入"
        if village.merged_into is None:
            continue
        if village.merged_into not in names or village.merged_into == village.name:
            message = f"并入的“{village.merged_into}”不在名册里"
            yield field, message, "先在名册中写上并入后的村"
        elif village.until is None:
            yield field, "写了并入而没有写“至”", "写上本村最后存在的一日"
