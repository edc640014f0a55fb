"""制度/表格.yaml: the standard tables, their columns and headings. Data of the town, not code."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator

from swm.domain.fields import NAME, TEXT, YES, Many, key, read
from swm.domain.tablesources import EVERYTHING, SOURCES, Source
from swm.domain.tree import Node
from swm.errors import ERROR, Finding, NotFound
from swm.frozen import declared

TABLES = "制度/表格.yaml"
LONGEST_NAME = 31
"""Characters that Excel lets the name of a sheet have."""
_UNFIT = re.compile(r"[\\/:*?\"<>|\[\]']")
"""What neither a file nor a sheet may have in its name."""


@declared
class TableColumn:
    """One column: what it shows, and what stands above it."""

    source: str = key("取自", NAME, "数据项的名称", required=True)
    title: str | None = key("标题", NAME, "表头；不写就是数据项的名称")
    group: str | None = key("组", NAME, "两行表头中上面的一行；相邻同组的合为一格")

    @property
    def heading(self) -> str:
        """What stands above the column."""
        return self.title or self.source


@declared
class Table:
    """One standard table."""

    name: str = key("名称", NAME, "表的名称，也是文件和工作表的名称", required=True)
    title: str = key("标题", NAME, "印在表头的标题，前面加镇名", required=True)
    rows: str = key(
        "行", NAME, "一行是什么：企业、村、到访、出动、厂房、举报、回头看", required=True
    )
    pick: str = key("范围", NAME, "哪些行：全部，或一个数字的名称", default=EVERYTHING)
    columns: tuple[TableColumn, ...] = key("列", Many(TableColumn), "各列", required=True)
    total: bool = key("合计", YES, "是否有合计行；只用于村", default=False)
    signed: bool = key("落款", YES, "是否印填报单位、填表人、审核人", default=True)
    public: bool = key("公示", YES, "是否可以按公示口径出", default=False)
    note: str | None = key("说明", TEXT, "印在表下的说明")

    @property
    def source(self) -> Source:
        """What its rows are; a proven table names one that exists."""
        return SOURCES[self.rows]


@declared
class Tables:
    """制度/表格.yaml."""

    tables: tuple[Table, ...] = key("表格", Many(Table), "各种标准表", required=True)

    @property
    def names(self) -> tuple[str, ...]:
        """The tables' names, as the file has them."""
        return tuple(table.name for table in self.tables)

    def named(self, name: str) -> Table:
        """The table of that name. Raises `NotFound`."""
        for table in self.tables:
            if table.name == name:
                return table
        raise NotFound(f"没有“{name}”这张表", "可用：" + "、".join(self.names))


def read_tables(node: Node) -> Tables:
    """The tables that the file holds. Raises `Unreadable`."""
    return read(Tables, node, TABLES)


def prove_tables(tables: Tables) -> Iterator[Finding]:
    """Everything that does not hang together; nothing is the proof."""
    for name, times in Counter(tables.names).items():
        if times > 1:
            yield _bad("表格", f"“{name}”写了{times}次", "只留一项，或改名")
    for table in tables.tables:
        where = f"表格[{table.name}]"
        yield from _name_fits(table.name, where)
        if table.rows not in SOURCES:
            yield _unknown(f"{where}.行", table.rows, SOURCES, "行")
            continue
        yield from _columns_exist(table, where)
        yield from _rows_fit(table, where)


def _name_fits(name: str, where: str) -> Iterator[Finding]:
    """The name can be that of a file and of a sheet."""
    if len(name) > LONGEST_NAME:
        yield _bad(f"{where}.名称", f"超过{LONGEST_NAME}个字", "用短一些的名称，全称写在标题里")
    if _UNFIT.search(name) or name.startswith("."):
        hint = "不用 \\ / : * ? \" < > | [ ] '，不以句点开头"
        yield _bad(f"{where}.名称", "不能作文件和工作表的名称", hint)


def _columns_exist(table: Table, where: str) -> Iterator[Finding]:
    """Every column shows something that a row has; a table has columns."""
    known = [datum.name for datum in table.source.data]
    for number, column in enumerate(table.columns, start=1):
        if column.source not in known:
            yield _unknown(f"{where}.列[{number}].取自", column.source, known, "数据项")
    if not table.columns:
        yield _bad(f"{where}.列", "不能为空", "至少写一列")


def _rows_fit(table: Table, where: str) -> Iterator[Finding]:
    """范围 is one of the source's, 合计 is for villages, 公示 leaves something to be shown."""
    if table.pick not in table.source.picks:
        yield _unknown(f"{where}.范围", table.pick, table.source.picks, "范围")
    if table.total and table.rows != "村":
        yield _bad(f"{where}.合计", "只有一行一个村的表才有合计行", "删去“合计”")
    shown = (table.source.datum(column.source) for column in table.columns)
    if table.public and not any(datum and datum.public and datum.key != "row" for datum in shown):
        hint = "公示只印名称、村、类别、状态；加上这些列，或删去“公示”"
        yield _bad(f"{where}.公示", "没有一列可以公示", hint)


def _unknown(field: str, name: str, known: Collection[str], what: str) -> Finding:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"是不是“{near[0]}”？" if near else f"可用的{what}：" + "、".join(known)
    return _bad(field, f"没有“{name}”这个{what}", hint)


def _bad(field: str, message: str, hint: str) -> Finding:
    return Finding("表格", ERROR, TABLES, None, field, message, hint)
