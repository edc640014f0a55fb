"""What leaves the house, searched whole: nobody is named, nothing leads to who complained.

A small town in which a person stands in every field that takes one, and all of them in every text
that a person may write: notes, report texts, messages of a hand-made commit, an office's own
templates. Every file for 上报 and 公示 is made, unzipped to the last part, and searched.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from swm.render.forms import FORMS
from swm.render.templates import find
from tests.issued import Town
from tests.signed import signed

FORMER = "闻旧主"
MISTAKEN = "令狐错名"
PEOPLE = (
    *(FORMER, MISTAKEN, "夏侯新主", "甲巡员", "乙巡员", "丙领导", "经办甲", "孟签批", "送达甲"),
    *("见证甲", "受托甲", "房旧东", "房新东", "见保甲", "告知甲", "准入甲", "审查甲", "决定甲"),
    *("值班甲", "值班乙", "主持甲", "登记甲", "承办甲", "收件甲", "核查甲", "核查乙", "包旧人"),
    *(
        "包新人",
        "巡组甲",
        "巡组乙",
        "带巡甲",
        "公示甲",
        "延期甲",
        "执法甲",
        "评分甲",
        "转办甲",
        "公布甲",
        "公布乙",
        "更正甲",
    ),
)
"""Everybody whom the ledger names, each in a field of his own."""
EVERYBODY = "、".join(PEOPLE)
PHONE = "13812345678"
COMPLAINT, LED_TO = "JB-2026-0001", "BK-0003"
"""A complaint, and the enterprise that was registered because of it."""
FIRST, SECOND = "GD-998877", "GD-998878"
"""The complaint's number where it came from: as it was first written, and as it was corrected."""
AUTHOR = "臧模板"
"""Who made the office's templates; the ledger does not know the name."""
REPORTER = "举报人李某某提供"
TODAY = "2026-11-20"


COMMANDS = (
    ("2026-09-01", "swm init . --town 俵口镇 --county 宁河区 --villages 俵口村、兴家坨村"),
    ("2026-09-01", f"swm add --name 俵口兴旺厂 --village 俵口村 --category 关停取缔 --operator {FORMER}"
     f" --phone {PHONE} --by 登记甲 --unlicensed"),
    ("2026-09-01", "swm add --name 俵口振兴塑料厂 --village 俵口村 --category 搬迁改造"),
    ("2026-09-01", "swm premises add --village 俵口村 --address 房旧东后院 --landlord 房旧东"
     f" --phone {PHONE} --tenant BK-0001"),
    ("2026-09-02", "swm letter add --premises CF-0001 --landlord 房旧东 --witness 见保甲"),
    ("2026-09-02", "swm assign 1 --role 村责任人 --name 包旧人 --from 2026-09-01"),
    ("2026-09-02", "swm assign 1 --role 村责任人 --name 包新人 --from 2026-09-02"),
    ("2026-09-08", f"swm inspect 1 --kind 夜查 --leader 丙领导 --by {MISTAKEN}、乙巡员 --result 停产"
     " --found ALL在场"),
    ("2026-09-09", "swm advance 1 限期清理 --criteria 2 --days 15 --doc-name 限期清理告知书"
     " --by 经办甲 --approver 孟签批 --note ALL经办"),
    ("2026-09-10", "swm serve 1 3 --method 留置 --witness 见证甲 --by 送达甲 --note ALL见证"),
    ("2026-09-11", "swm advance 2 限期搬迁 --days 20 --doc-name 限期搬迁告知书 --by 执法甲"),
    ("2026-09-12", "swm serve 2 2 --method 委托 --agent 受托甲 --by 送达甲"),
    ("2026-09-12", "swm score enter 2026-09 --village 俵口村 --item 组织和网格到位 --points -1 --why ALL未到"
     " --by 评分甲"),
    ("2026-10-05", "swm correct 1 2 --why ALL记错 --set 人员=甲巡员、乙巡员 --approver 更正甲"),
    ("2026-10-06", "swm edit 1 --set 经营者=夏侯新主"),
    ("2026-10-06", "swm edit 1 --set 备注=ALL提供 --set 地址=房旧东后院 --set 产品与工艺=ALL配方"),
    ("2026-10-06", "swm premises owner CF-0001 --name 房新东 --from 2026-10-01"),
    ("2026-10-07", "swm premises notice CF-0001 --landlord 房新东 --by 告知甲 --note ALL收到"),
    ("2026-10-07", "swm admit --kind 入驻 --name 兴家坨木器厂 --village 兴家坨村 --operator 准入甲"
     f" --phone {PHONE} --by 审查甲 --note ALL来办"),
    ("2026-10-07", "swm admit decide ZR-2026-0001 --decision 不予准入 --why ALL反对 --approver 决定甲"),
    ("2026-10-08", "swm duty set 2026-10-09 --leader 值班甲 --by 值班乙"),
    ("2026-10-08", "swm activity add --kind 会议 --title ALL到会 --chair 主持甲 --note ALL发言"),
    ("2026-10-08", f"swm complaint add --source 12345热线 --source-no {FIRST} --village 俵口村"
     " --text 夜间有气味 --about 1 --to 承办甲 --by 收件甲 --note ALL受理"),
    ("2026-10-08", "swm complaint hand JB-2026-0001 --to 转办甲"),
    ("2026-10-08", "swm complaint verify JB-2026-0001 --by 核查甲,核查乙 --conclusion 属实 --found ALL在场"),
    ("2026-10-08", "swm complaint extend JB-2026-0001 --until 2026-12-31 --reason ALL说明"
     " --approver 延期甲"),
    ("2026-10-09", "swm add --from-complaint JB-2026-0001 --name 俵口喷漆厂 --village 俵口村"),
    ("2026-10-09", f"swm correct JB-2026-0001 1 --why 单号写错 --set 来源单号={SECOND}"),
    ("2026-10-10", "swm patrol add --on '2026-10-10 20:00' --until 22:00 --kind 夜查 --leader 带巡甲"
     " --by 巡组甲,巡组乙 --visit 1:停产:ALL在场 --visit 点位:房旧东空院@俵口村:未见异常:ALL同去"
     " --note ALL同行"),
    ("2026-10-10", "swm correct BK-0003 1 --why 记错 --set 来源=上级交办 --approver 更正甲"),
    ("2026-10-10", "swm complaint add --source 上级交办 --village 兴家坨村 --text 扬尘"),
    ("2026-10-10", "swm undo --why ALL说重了"),
    ("2026-10-11", "swm transfer add 1 --to 区生态环境局 --matter ALL的问题"),
)  # fmt: skip
"""September and October, day by day; ALL is everybody."""

TEXT = """期间: 2026-10
总体情况:
  - ALL
存在问题:
  - ALL
下一步工作:
  - ALL
举报交办:
  - ALL
附注: ALL
"""
PUBLIC = "公示.docx"
OWN = (PUBLIC, "月报.docx", "一企一档.docx", "送达回证.docx")
"""The templates that the office has made its own."""
TABLES = ("台账", "销号表", "未完成清单", "巡查表", "夜查表", "巡查出动表", "核减清单", "回头看清单",
          "整治进展统计表", "厂房与保证书清单", "举报交办清单")  # fmt: skip
PAGES = ("html", "json")
NOTICES = ("整治情况公示表", "销号公示表")
SUBJECTS = ("BK-0001", "BK-0002", "BK-0003", "CF-0001", "XC-2026-0001", "JB-2026-0001",
            "ZR-2026-0001", "2026-09")  # fmt: skip


BY_HAND = (
    (f"举报/2026/{COMPLAINT}.yaml", f"ALL说单号应为{SECOND}"),
    ("企业/BK-00/BK-0002.yaml", "ALL举报过这一家"),
    ("swm.yaml", f"按{COMPLAINT}改"),
    ("swm.yaml", "ALL要求"),
)
"""What a person committed outside the tool: a file with one line more, and the message."""
YEAR = date.today().year
"""The commits are of today, whatever the day of the records."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    found = Town(tmp_path_factory.mktemp("leaving") / "台账")
    found.root.mkdir()
    for today, command in COMMANDS:
        found.say(today, command.replace("ALL", EVERYBODY))
    for path, message in BY_HAND:
        with (found.root / path).open("a") as file:
            file.write("# 手工\n")
        found.git("commit", "-qam", message.replace("ALL", EVERYBODY))
        found.say("2026-10-12", "swm adopt --why 认可")
    text = found.root / "月报/2026/10-文字.yaml"
    text.parent.mkdir(parents=True)
    text.write_text(TEXT.replace("ALL", EVERYBODY), "utf-8")
    for name in OWN:
        place = found.root / "templates" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(signed(find(name), AUTHOR, REPORTER))
    with (found.root / f"举报/2026/{COMPLAINT}.yaml").open("a") as file:
        file.write("# 又一行\n")
    found.say("2026-10-12", "swm adopt --why 写好文字，换模板")
    found.say("2026-10-13", "swm score 2026-09 --announce --approver 公布甲 --by 公布乙")
    found.say("2026-10-13", "swm report issue 2026-09 --signer 郑签发 --approver 公示甲")
    why = f"{EVERYBODY}要求更正"
    found.say("2026-10-14", f"swm report amend 2026-09 --why {why} --approver 公示甲 --out ../上报")
    found.say("2026-10-14", f"swm correct 2 1 --why {why} --set 备注={EVERYBODY}")
    return found


@pytest.fixture(scope="module")
def upward(town: Town) -> dict[str, str]:
    """Every part of every file that goes to the county."""
    out = town.root.parent / "上报"
    whole = "docx,html,xlsx,json"
    for period in ("month 2026-09", "month 2026-10", "quarter 2026-Q3", f"year {YEAR}"):
        command = f"swm report {period} --audience 上报 --format {whole} --out {out}"
        town.say(f"{YEAR}-12-31", command)
    for name in TABLES:
        for kind in ("xlsx", "csv", "json"):
            town.say(TODAY, f"swm table {name} --to 2026 --format {kind} --out {out}/{name}")
    made = 0
    for form in FORMS:
        for subject in SUBJECTS:
            lines = town.lines(TODAY, f"swm form {form} {subject} --audience 上报 --out {out}")
            assert lines[-1] in ("[1]", "[2]", "[3]") or not lines[-1].startswith("["), lines
            made += not lines[-1].startswith("[")
    assert made > len(FORMS)
    town.say(TODAY, f"swm site {out}/网站 --audience 上报")
    return parts(out)


@pytest.fixture(scope="module")
def public(town: Town) -> dict[str, str]:
    """The same for what everybody reads."""
    out = town.root.parent / "公示"
    told = "--audience 公示 --approver 公示甲"
    town.say(TODAY, f"swm report month 2026-10 {told} --format docx,html,json --out {out}")
    for name in NOTICES:
        town.say(TODAY, f"swm table {name} --to 2026 {told} --format xlsx --out {out}")
    town.say(TODAY, f"swm site {out}/网站 {told}")
    return parts(out)


def parts(folder: Path) -> dict[str, str]:
    """Every file below the folder, those in archives included, all the way down."""
    return dict(
        each
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for each in unpacked(str(path.relative_to(folder)), path.read_bytes())
    )


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    yield name, f"{name}\n{data.decode('utf-8', 'replace')}"
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from unpacked(f"{name}!{part}", archive.read(part))


def found(files: dict[str, str], *secrets: str) -> list[tuple[str, str]]:
    return [(name, s) for name, text in files.items() for s in secrets if s in text]


def test_nobody_is_named(upward: dict[str, str], public: dict[str, str]) -> None:
    assert found(upward, *PEOPLE, PHONE) == []
    assert found(public, *PEOPLE, PHONE) == []


def test_who_made_a_template_stays_with_it(upward: dict[str, str], public: dict[str, str]) -> None:
    assert found(upward, AUTHOR, REPORTER) == []
    assert found(public, AUTHOR, REPORTER, "12345热线") == []


def test_nothing_tells_where_a_complaint_came_from(
    upward: dict[str, str], public: dict[str, str]
) -> None:
    defined = "本期内收到的群众举报和上级交办事项"  # how a figure is counted
    told = {name: text.replace(defined, "") for name, text in upward.items()}
    words = (FIRST, SECOND, "来源单号", "12345热线", "群众举报", "JB-2026-0002")
    assert found(told, *words) == []
    assert found(public, *words, COMPLAINT, "JB-2026-0002") == []


def test_a_complaints_number_stands_in_lists_of_complaints_alone(upward: dict[str, str]) -> None:
    """There with a village and its days; never with an enterprise, a field or what was said."""
    named = {name.partition("!")[0] for name, _ in found(upward, COMPLAINT)}
    lists = ("举报交办清单", f"{COMPLAINT}举报核查表", "网站/number/", "网站/village/")
    assert {n for n in named if not n.startswith(lists)} == {
        *(f"{period}.{kind}" for period in ("2026-10月报", f"{YEAR}年报") for kind in PAGES)
    }
    for name in (n for n in named if "举报核查表" not in n):
        for line in upward[name].splitlines():
            assert COMPLAINT not in line or ("更正" not in line and LED_TO not in line), name


def test_the_county_is_told_that_complaints_were_mended(upward: dict[str, str]) -> None:
    told = upward[f"{YEAR}年报.html"]
    for said in (
        "更正了举报、交办登记",
        "撤销了举报、交办登记",
        "在工具以外改动了举报、交办登记",
        "采纳了对举报、交办登记的改动",
        "工具以外的提交，说明从略",
        "更正 BK-0001 俵口兴旺厂：第2条人员",
        "闻某某、令某某某、夏某某某、甲某某",
        "BK-0002 俵口振兴塑料厂第4条更正",
    ):
        assert said in told, said


def test_the_office_itself_is_told_all_of_it(town: Town) -> None:
    out = town.root.parent / "内部"
    town.say(f"{YEAR}-12-31", f"swm report year {YEAR} --audience 内部 --format html --out {out}")
    told = (out / f"{YEAR}年报.html").read_text("utf-8")
    for said in (f"更正 {COMPLAINT}：第1条来源单号", f"说单号应为{SECOND}", FORMER, MISTAKEN):
        assert said in told, said
