"""The standard tables: data of the ledger, proven; each row a record; veiled by audience."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from swm.domain.periods import Period
from swm.domain.tables import TABLES, Table, Tables, prove_tables, read_tables
from swm.domain.tablesources import EVERYTHING, PERSON, PHONE, SOURCES
from swm.errors import Unreadable
from swm.render import tables as printing
from swm.render.tables import Signatures
from swm.reports import figures
from swm.reports.audiences import INTERNAL, PUBLIC, UPWARD
from swm.reports.definitions import FIGURES, with_sets
from swm.reports.inquiry import parameters_of
from swm.reports.monthly import monthly
from swm.reports.public import public
from swm.reports.site import public_site
from swm.reports.tablefirms import asker, firms
from swm.reports.tablerows import ROWS, _when
from swm.reports.tables import Filled, filled
from swm.store.facts import Facts
from swm.store.ledger import find
from swm.store.snapshot import Snapshot
from swm.store.yamlread import parse
from tests.scenario.transcript import screen

LEDGER = Path(__file__).parents[2] / "ledger"
TODAY = "2026-11-20"
OCTOBER = Period.month(2026, 10)
EVER = Period.range(date(2025, 1, 1), date(2026, 11, 20))
SHIPPED = (LEDGER / TABLES).read_text("utf-8")


def shipped() -> Tables:
    return read_tables(parse(SHIPPED.encode(), TABLES))


def findings(old: str, new: str) -> list[str]:
    """What is wrong with the shipped tables once `old` has become `new`."""
    assert old in SHIPPED
    changed = parse(SHIPPED.replace(old, new, 1).encode(), TABLES)
    return [str(finding) for finding in prove_tables(read_tables(changed))]


# --- data of the ledger -------------------------------------------------------------------------


def test_what_is_shipped_hangs_together() -> None:
    assert list(prove_tables(shipped())) == []
    assert {"台账", "整治进展统计表", "销号表", "未完成清单", "巡查表", "核减清单"} <= set(
        shipped().names
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("取自: 产品与工艺", "取自: 产品与工序",
         "制度/表格.yaml“表格[台账].列[7].取自”：没有“产品与工序”这个数据项；是不是“产品与工艺”？"),
        ("行: 到访", "行: 到仿", "制度/表格.yaml“表格[巡查表].行”：没有“到仿”这个行；是不是“到访”？"),
        ("范围: 本月销号", "范围: 本月消号",
         "制度/表格.yaml“表格[销号表].范围”：没有“本月消号”这个范围；是不是“本月销号”？"),
        ("名称: 销号表", "名称: 台账", "制度/表格.yaml“表格”：“台账”写了2次；只留一项，或改名"),
        ("名称: 销号表", "名称: 销号/表",
         "制度/表格.yaml“表格[销号/表].名称”：不能作文件和工作表的名称；不用 \\ / : * ? \" < > | [ ] '，不以句点开头"),
        ("名称: 销号表", f"名称: {'长' * 32}",
         f"制度/表格.yaml“表格[{'长' * 32}].名称”：超过31个字；用短一些的名称，全称写在标题里"),
        ("行: 企业\n    范围: 本月销号", "行: 企业\n    合计: 是\n    范围: 本月销号",
         "制度/表格.yaml“表格[销号表].合计”：只有一行一个村的表才有合计行；删去“合计”"),
        ("行: 出动\n", "行: 出动\n    公示: 是\n    范围: 夜查\n",
         "制度/表格.yaml“表格[巡查出动表].范围”：没有“夜查”这个范围；可用的范围：全部"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_named_with_the_nearest(old: str, new: str, told: str) -> None:
    assert told in findings(old, new)


def test_an_unknown_key_is_refused_by_the_field_table() -> None:
    bad = SHIPPED.replace("行: 企业", "行数: 企业", 1).encode()
    with pytest.raises(Unreadable) as caught:
        read_tables(parse(bad, TABLES))
    said = "\n".join(map(str, caught.value.findings))
    assert "没有这个字段；是不是“行”？" in said and "“表格[1].行”：必须填写" in said


def test_a_public_table_shows_something() -> None:
    bare = replace(shipped().named("销号公示表"), columns=shipped().named("巡查出动表").columns[:2])
    told = [str(f) for f in prove_tables(Tables(tables=(replace(bare, rows="出动", pick="全部"),)))]
    assert any("没有一列可以公示" in each for each in told)


# --- a played-out township ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("表")
    screen("swm demo 镇 --enterprises 24 --months 8", TODAY, root)
    return root / "镇"


@pytest.fixture(scope="module")
def known(town: Path) -> tuple[Facts, Snapshot]:
    ledger = find(town, town)
    return ledger.facts(), ledger.snapshot()


def made(
    known: tuple[Facts, Snapshot],
    table: Table | str,
    period: Period = OCTOBER,
    audience: str = UPWARD,
    village: str | None = None,
) -> Filled:
    facts, snapshot = known
    meant = snapshot.tables.named(table) if isinstance(table, str) else table
    return filled(
        facts, snapshot.settings, snapshot.policy, meant, period, audience, "swm 0", village
    )


def column(told: Filled, key: str) -> list[Any]:
    keys = [heading.datum.key for heading in told.columns]
    return [row[keys.index(key)] for row in told.rows]


@pytest.mark.parametrize("source", [s for s in SOURCES if s != "村"])
def test_every_datum_is_fetched(known: tuple[Facts, Snapshot], source: str) -> None:
    """What 制度/表格.yaml may ask for comes from somewhere, for one of the rows at least."""
    facts, snapshot = known
    ask = asker(facts, parameters_of(EVER, snapshot.policy), with_sets)
    keys = {datum.key for datum in SOURCES[source].data} - {"row", "remark"}
    rows = firms(ask, EVER.end, keys) if source == "企业" else ROWS[source](ask, EVER.end)
    assert rows
    assert keys <= {key for row in rows for key in row}


@pytest.mark.parametrize(
    ("source", "pick"),
    [(s.name, pick) for s in SOURCES.values() for pick in s.picks if pick != EVERYTHING],
)
@pytest.mark.parametrize("period", [OCTOBER, EVER], ids=["十月", "建账以来"])
def test_a_list_has_as_many_rows_as_the_number(
    known: tuple[Facts, Snapshot], source: str, pick: str, period: Period
) -> None:
    facts, snapshot = known
    column = shipped().named("整治情况公示表").columns[0]
    table = Table(name="试", title="试", rows=source, pick=pick, columns=(column,))
    number = figures.figure(facts, pick, period, snapshot.policy)
    assert pick in FIGURES
    assert len(made(known, table, period).rows) == number.value


def test_the_ledger_tells_all_of_an_enterprise(known: tuple[Facts, Snapshot]) -> None:
    facts, _ = known
    told = made(known, "台账", EVER, INTERNAL)
    assert len(told.rows) == facts.query("SELECT COUNT(*) FROM enterprise")[0][0]
    for row in facts.query("SELECT * FROM enterprise"):
        at = column(told, "id").index(row["id"])
        for key in ("name", "operator", "phone", "address", "state", "source"):
            assert column(told, key)[at] == row[key]
        assert str(column(told, "delisted_on")[at] or "") == (row["delisted_on"] or "")


def test_the_state_is_that_of_the_last_day(known: tuple[Facts, Snapshot]) -> None:
    facts, _ = known
    march = Period.month(2026, 8)
    told = made(known, "台账", march)
    sql = "SELECT id, state FROM standing WHERE on_day <= :d AND :d < until_day AND state <> ''"
    rows = facts.query(sql, {"d": march.end.isoformat()})
    assert dict(zip(column(told, "id"), column(told, "state"), strict=True)) == dict(
        map(tuple, rows)
    )


def test_the_village_table_is_the_reports(known: tuple[Facts, Snapshot]) -> None:
    facts, snapshot = known
    report = monthly(facts, snapshot.settings, snapshot.policy, OCTOBER, facts.commit, "swm 0")
    told = made(known, "整治进展统计表")
    keys = [heading.datum.key for heading in told.columns]

    def texts(row: tuple[Any, ...]) -> dict[str, str]:
        return {key: str(cell) for key, cell in zip(keys, row, strict=True) if key != "row"}

    for ours, theirs in zip(told.rows, report.village_rows, strict=True):
        said = texts(ours)
        assert said.pop("village") == theirs.cells["村"]
        assert said == {key: theirs.cells[key] for key in said}
    assert told.total is not None
    total = texts(told.total)
    assert total.pop("village") == "合计"
    assert total == {key: report.village_total.cells[key] for key in total}


@pytest.mark.parametrize(
    "kinds_and_clocks",
    [
        [
            ("日常", "09:08"),
            ("日常", "09:55"),
            ("夜查", "21:04"),
            ("夜查", "00:20"),
            ("日常", None),
        ],
        [("夜查", "19:30"), ("夜查", "23:50"), ("夜查", "00:05")],
    ],
)
def test_a_days_visits_are_in_the_order_of_the_clock(
    kinds_and_clocks: list[tuple[str, str | None]],
) -> None:
    day = [
        {"on_day": OCTOBER.end, "kind": kind, "clock": clock, "patrol": None, "serial": -at,
         "team": f"{9 - at}组", "seq": -at}
        for at, (kind, clock) in enumerate(kinds_and_clocks)
    ]  # fmt: skip
    assert sorted(reversed(day), key=_when) == day


def test_one_village_alone_has_no_total(known: tuple[Facts, Snapshot]) -> None:
    village = known[1].settings.villages[0].name
    told = made(known, "整治进展统计表", village=village)
    assert [row[1] for row in told.rows] == [village] and told.total is None
    whole = made(known, "台账", EVER)
    told = made(known, "台账", EVER, village=village)
    assert column(told, "id") == [
        id
        for id, of in zip(column(whole, "id"), column(whole, "village"), strict=True)
        if of == village
    ]


# --- who may see what ---------------------------------------------------------------------------


def secrets(facts: Facts) -> tuple[set[str], set[str]]:
    """The names of people and the phones that the ledger holds."""
    names = {
        name
        for sql in (
            "SELECT operator FROM enterprise",
            "SELECT person FROM assignment",
            "SELECT name FROM owner",
            "SELECT team FROM visit",
            "SELECT leader FROM visit",
        )
        for row in facts.query(sql)
        for name in (row[0] or "").split("、")
    }
    phones = {
        row[0]
        for sql in ("SELECT phone FROM enterprise", "SELECT phone FROM owner")
        for row in facts.query(sql)
    }
    return {name for name in names if len(name) > 1}, {phone for phone in phones if phone}


def in_all_forms(told: Filled) -> str:
    """Everything that any of the forms of a table says."""
    book = openpyxl.load_workbook(io.BytesIO(printing.excel(told, Signatures())))
    cells = [str(c.value) for page in book for row in page.iter_rows() for c in row if c.value]
    return "\n".join(
        (
            *cells,
            printing.comma_separated(told).decode(),
            printing.as_json(told).decode(),
            *printing.screen(told, None)[0],
        )
    )


@pytest.mark.parametrize("name", shipped().names)
def test_upwards_nobody_is_named(known: tuple[Facts, Snapshot], name: str) -> None:
    names, phones = secrets(known[0])
    text = in_all_forms(made(known, name, EVER))
    assert not [each for each in (*names, *phones) if each in text]
    assert "群众举报" not in text and "12345热线" not in text and "内部资料" not in text


def test_inside_everybody_is(known: tuple[Facts, Snapshot]) -> None:
    text = in_all_forms(made(known, "台账", EVER, INTERNAL))
    rows = known[0].query("SELECT operator, phone FROM enterprise")
    assert all(row[0] in text and row[1] in text for row in rows)
    assert "内部资料 注意保存" in text
    assert "群众举报" in text


def test_where_a_complaint_came_from_and_whom_it_is_about_stays_inside(
    known: tuple[Facts, Snapshot],
) -> None:
    inside = made(known, "举报交办清单", EVER, INTERNAL)
    outside = made(known, "举报交办清单", EVER)
    names = {h.datum.name for h in inside.columns} - {h.datum.name for h in outside.columns}
    assert names == {"来源", "事项", "涉及企业"}
    assert len(inside.rows) == len(outside.rows) > 0
    told = [row[0] for row in known[0].query("SELECT summary FROM complaint")]
    text = in_all_forms(outside)
    assert not [each for each in told if each in text]


def test_the_public_sees_firm_village_measure_and_result(known: tuple[Facts, Snapshot]) -> None:
    told = made(known, "整治情况公示表", OCTOBER, PUBLIC)
    assert [h.title for h in told.columns] == ["序号", "企业名称", "所在村", "整治措施", "整治结果"]
    upward = {c.upward for c in known[1].policy.workflow.categories} | {"待定"}
    assert set(column(told, "category")) <= upward
    results = dict(zip(column(told, "name"), column(told, "state"), strict=True))
    site = public_site(known[0], known[1].settings, known[1].policy, OCTOBER.end, "swm 0.1.0")
    assert results == {firm.name: firm.result for firm in site.firms}
    assert "正在整治" in results.values()
    notice = public(known[0], known[1].settings, known[1].policy, OCTOBER, "甲", "swm 0.1.0")
    for firm in (*notice.underway, *notice.finished):
        assert results[firm.name] == firm.result
    everything = made(known, "台账", OCTOBER, PUBLIC)
    assert {h.datum.name for h in everything.columns} == {"序号", "名称", "村", "类别", "状态"}


def test_every_name_and_phone_is_marked_as_one() -> None:
    sorts = {
        (source.name, datum.key): datum.sort for source in SOURCES.values() for datum in source.data
    }
    for place, sort in sorts.items():
        if place[1] in ("operator", "leader", "team", "owners", "wardens", "accepted_by"):
            assert sort == PERSON, place
        if place[1] in ("phone", "phones"):
            assert sort == PHONE, place


# --- the forms ----------------------------------------------------------------------------------


def test_a_sheet_says_all_that_the_screen_and_the_files_say(known: tuple[Facts, Snapshot]) -> None:
    told = made(known, "未完成清单")
    page = openpyxl.load_workbook(
        io.BytesIO(printing.excel(told, Signatures(filler="甲一", reviewer="乙二")))
    ).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "俵口镇“散乱污”企业整治未完成清单"
    assert rows[1][0] == f"2026年10月，截至2026年10月31日　共{len(told.rows)}家"
    assert rows[2] == [h.title for h in told.columns]
    assert len(rows) == 3 + len(told.rows) + 1
    assert rows[-1][0] == (
        "填报单位（盖章）：俵口镇“散乱污”企业专项整治工作领导小组办公室　　填表人：甲一　　审核人：乙二"
        "　　填报日期：＿＿＿＿年＿＿月＿＿日"
    )
    listed = list(csv.reader(io.StringIO(printing.comma_separated(told).decode("utf-8-sig"))))
    assert listed[0] == printing.keys(told)
    document = json.loads(printing.as_json(told))
    assert [line["编号"] for line in document["行"]] == [line[1] for line in listed[1:]]
    assert document["台账版本"] == known[0].commit


def test_columns_of_one_heading_are_told_apart_by_their_group(
    known: tuple[Facts, Snapshot],
) -> None:
    names = printing.keys(made(known, "整治进展统计表"))
    assert len(set(names)) == len(names)
    assert "关停取缔类·应完成" in names and "底数" in names


def test_a_csv_holds_nothing_that_a_spreadsheet_would_obey(known: tuple[Facts, Snapshot]) -> None:
    told = made(known, "整治情况公示表")
    nasty = replace(told, rows=((1, "=1+1", "@甲", "-1", "+1"), (2, "甲\r\n乙", "a,b", '"', "平")))
    text = printing.comma_separated(nasty).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [
        ["1", "'=1+1", "'@甲", "'-1", "'+1"],
        ["2", "甲\n乙", "a,b", '"', "平"],
    ]


def test_the_same_commit_gives_the_same_bytes(known: tuple[Facts, Snapshot]) -> None:
    one, other = (made(known, "台账") for _ in range(2))
    assert printing.excel(one, Signatures()) == printing.excel(other, Signatures())


# --- typed --------------------------------------------------------------------------------------


def say(ledger: Path, command: str) -> str:
    return "\n".join(screen(command, TODAY, ledger))


def test_a_ledger_without_the_file_has_the_shipped_tables(town: Path) -> None:
    say(town, f"git rm -q {TABLES}")
    say(town, "git -c user.name=甲 -c user.email=a@example.invalid commit -qm 删去")
    assert "销号表（企业，本月销号）" in say(town, "swm table")
    assert "共" in say(town, "swm table 台账 --to 2026-10")
    assert TABLES not in say(town, "swm check 制度 字段")
    say(town, "git -c user.name=甲 -c user.email=a@example.invalid revert --no-edit HEAD")


def test_wrong_tables_are_told_by_check_and_not_adopted(town: Path) -> None:
    place = town / TABLES
    before = place.read_text("utf-8")
    place.write_text(before.replace("取自: 产品与工艺", "取自: 产品与工序"), "utf-8")
    assert "没有“产品与工序”这个数据项" in say(town, "swm check 制度")
    assert "没有“产品与工序”这个数据项" in say(town, "swm adopt --why 改表格")
    place.write_text(before.replace("标题: 联系电话", "标题: 手机号码"), "utf-8")
    assert "已记录" in say(town, "swm adopt --why 改表格")
    assert "手机号码" in say(town, "swm table")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("swm table 台帐本", "没有“台帐本”这张表"),
        ("swm table 台账 --to 2027-01", "2027年1月还没有开始"),
        ("swm table 台账 --from 2026-12-01 --to 2026-10", "早于开始日期"),
        ("swm table 台账 --village 西村", "没有“西村”这种村"),
        ("swm table 台账 --format docx", "没有“docx”这种格式"),
        ("swm table 台账 --audience 公示 --approver 某某", "“台账”不是公示用的表"),
        ("swm table 销号公示表 --audience 公示", "公示要经批准：没有写批准人"),
        ("swm table 销号公示表 --approver 某某", "--approver 只用于公示"),
    ],
)
def test_what_cannot_be_is_said(town: Path, command: str, told: str) -> None:
    said = say(town, command)
    assert told in said and "Traceback" not in said


def test_the_manual_names_every_row_range_and_datum() -> None:
    page = (LEDGER.parent / "docs" / "手册" / "报表与Excel.md").read_text("utf-8")
    for source in SOURCES.values():
        line = next(x for x in page.splitlines() if x.startswith(f"| {source.name} |"))
        _, _, picks, data = (cell.strip().split("、") for cell in line.strip("|").split("|"))
        assert tuple(picks) == source.picks
        marked = [each.name + ("（内部）" if each.inside else "") for each in source.data]
        assert data == marked
