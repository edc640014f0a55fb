"""The offline site: complete, the same every time, and silent on what its audience may not see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html as parsed
from lxml.html import HtmlElement

from swm.cli.main import run
from swm.cli.sitefolder import MARKER, publish, refuse_foreign
from swm.domain.fold import fold, last
from swm.domain.reportrecords import Report
from swm.domain.tree import Map, Node, Seq
from swm.errors import Refused, Surroundings
from swm.reports import lists
from swm.reports.lists import Wanted
from swm.reports.public import UNDERWAY
from swm.reports.site import _degrees, up_to
from swm.store.ledger import Ledger
from swm.store.yamlread import parse
from tests.issued import Town

TODAY = "2026-11-20"
PEOPLE = frozenset(
    [
        "经营者",
        "姓名",
        "人员",
        "带班领导",
        "带队",
        "经办",
        "人",
        "见证人",
        "签订人",
        "受托人",
        "出租方",
    ]
)
"""Keys of the ledger's files whose values are people."""
WIDE = "欧阳慕容司马上官"
"""A person whose name is longer than most."""
LED_TO = "俵口有人说过的塑料厂"
COMPLAINED = "反映夜里机器响"
HOSTILE = "<b>&甲\"'{{ 7*7 }}厂"


def swm(ledger: Path | None, *words: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SWM_TODAY", TODAY)
        patch.setenv("COLUMNS", "100")
        if ledger is not None:
            patch.setenv("SWM_LEDGER", str(ledger))
        return run([*words, "-q"])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A played-out township, and in it people who stand in every kind of field."""
    from PIL import Image

    place = tmp_path_factory.mktemp("site") / "town"
    assert swm(None, "demo", str(place), "--enterprises", "20", "--months", "6") == 0
    picture = place.with_name("picture.png")
    Image.new("RGB", (32, 24), (90, 120, 60)).save(picture)
    new = max(Ledger(place).snapshot().enterprise_ids)
    hostile = f"BK-{int(new[3:]) + 1:04}"
    commands = (
        ("add", "--name", HOSTILE, "--village", "俵口村", "--operator", WIDE, "--on", "2026-10-01",
         "--phone", "13911112222", "--lon", "117.123456", "--lat", "39.654321", "--category",
         "关停取缔", "--address", "杏花巷九十九号"),
        ("inspect", hostile, "--on", "2026-10-20", "--kind", "核查", "--by", "令狐小明,诸葛小亮",
         "--result", "在产", "--found", f"{WIDE}在场，电话13911112222", "--photo", str(picture),
         "--police-at", "2026-10-20 10:00", "--reported-at", "2026-10-20 10:05",
         "--note", "令狐小明带路"),
        ("advance", hostile, "限期清理", "--on", "2026-10-21", "--criteria", "1", "--days", "15", "--doc-name", "限期清理告知书",
         "--by", "令狐小明"),
        ("serve", hostile, "3", "--on", "2026-10-22", "--method", "留置", "--by", "令狐小明",
         "--witness", "皇甫小见", "--note", "拒签"),
        ("add", "--name", LED_TO, "--village", "俵口村", "--source", "群众举报", "--on", "2026-10-22",
         "--note", COMPLAINED),
        ("report", "issue", "2026-09", "--approver", "孟签批"),
        ("edit", hostile, "--set", "经营者=夏侯小接"),
        ("assign", hostile, "--role", "村责任人", "--name", "东方小包"),
    )  # fmt: skip
    for words in commands:
        assert swm(place, *words) == 0, words
    return place


@pytest.fixture(scope="module")
def inside(town: Path) -> Path:
    return made(town, "内部")


@pytest.fixture(scope="module")
def upward(town: Path) -> Path:
    return made(town, "上报")


@pytest.fixture(scope="module")
def public(town: Path) -> Path:
    return made(town, "公示", "--approver", "孟签批")


def made(town: Path, audience: str, *more: str) -> Path:
    place = town.with_name(f"网站-{audience}")
    assert swm(town, "site", str(place), "--audience", audience, *more) == 0
    return place


def files(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def pages(place: Path) -> dict[str, HtmlElement]:
    return {
        name: parsed.document_fromstring(data.decode())
        for name, data in files(place).items()
        if name.endswith(".html")
    }


# --- whole --------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["inside", "upward", "public"])
def test_every_link_leads_to_something(site: str, request: pytest.FixtureRequest) -> None:
    place: Path = request.getfixturevalue(site)
    found = pages(place)
    ids = {name: set(root.xpath("//@id")) for name, root in found.items()}
    for name, root in found.items():
        assert len(root.xpath("//@id")) == len(ids[name]), f"an id twice in {name}"
        for target in root.xpath("//a/@href | //@src | //link/@href"):
            path, _, part = unquote(target).partition("#")
            to = (place / name).parent.joinpath(path).resolve() if path else place / name
            assert to.is_file(), f"{name}: {target}"
            if part and to.suffix == ".html":
                assert part in ids[to.relative_to(place).as_posix()], f"{name}: {target}"


@pytest.mark.parametrize("site", ["inside", "upward", "public"])
def test_pages_run_nothing_of_their_own(site: str, request: pytest.FixtureRequest) -> None:
    for name, root in pages(request.getfixturevalue(site)).items():
        (policy,) = root.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
        assert policy.startswith("default-src 'none';") and "unsafe" not in policy
        assert not root.xpath("//style | //@style | //script[not(@src)]"), name
        assert not [each for each in root.xpath("//@*") if each.attrname.startswith("on")], name
        assert not [t for t in root.xpath("//@href | //@src") if re.match(r"[a-z]+:|//", t)], name


def test_no_tag_and_no_none_is_left_over(inside: Path) -> None:
    for name, data in files(inside).items():
        if name.endswith(".html"):
            text = re.sub(r"\{\{ 7\*7 \}\}", "", data.decode())
            assert not [left for left in ("{{", "{%", ">None<", "Undefined") if left in text], name


def test_a_tables_title_stands_above_the_box_that_scrolls(inside: Path) -> None:
    for name, root in pages(inside).items():
        assert not root.xpath('//caption | //*[@class="wide"]//h2'), name
        for table in root.xpath("//table"):
            said = table.xpath(
                "string((ancestor::details/summary | ../preceding-sibling::h2)[last()])"
            )
            assert said == table.get("aria-label"), name


def test_every_enterprise_has_its_page_with_every_record(town: Path, inside: Path) -> None:
    for enterprise in Ledger(town).snapshot().enterprises():
        root = parsed.document_fromstring(
            (inside / f"firm/{enterprise.id}.html").read_text("utf-8")
        )
        assert root.xpath("string(//h1)") == enterprise.name
        numbers = {int(each[1:]) for each in root.xpath('//ol[@class="timeline"]/li/@id')}
        assert numbers == {record.number for record in enterprise.records}


def test_hostile_names_come_out_exactly(inside: Path, upward: Path, public: Path) -> None:
    for place in (inside, upward, public):
        listed = pages(place)["firms.html" if place != public else "index.html"]
        assert HOSTILE in [each.text_content() for each in listed.xpath("//tbody//th")]


def test_the_list_has_everybody_and_the_months_numbers(town: Path, inside: Path) -> None:
    facts = Ledger(town).facts()
    everybody = [each.id for each in lists.listing(facts, Wanted(), date(2026, 11, 20))]
    root = pages(inside)["firms.html"]
    assert [
        each.text_content() for each in root.xpath('//table[@id="firms"]/tbody/tr/td[1]')
    ] == everybody
    tiles = {
        tile.xpath("string(.//span)"): tile.xpath("string(.//b)")
        for tile in pages(inside)["index.html"].xpath('//ul[@class="tiles"]/li')
    }
    late = lists.listing(facts, Wanted(overdue=True), date(2026, 11, 20))
    assert tiles["超期"] == f"{len(late)}家" != "0家"


def test_an_issued_month_is_told_as_it_was_printed(town: Path, upward: Path) -> None:
    issued = Ledger(town).snapshot().filed(Report, "YB-2026-09").editions[-1]
    root = pages(upward)["report/2026-09.html"]
    rows = root.xpath('//table[@aria-label="印发的数字"]/tbody/tr')
    told = {row[0].text_content(): row[2].text_content() for row in rows}
    assert told == {number.name: str(number.value) for number in issued.numbers}
    assert issued.anchor in root.text_content()


def test_a_photograph_lies_in_the_offices_own_site_alone(inside: Path, upward: Path) -> None:
    (photo,) = [name for name in files(inside) if name.startswith("photo/")]
    assert files(inside)[photo].startswith(b"\x89PNG")
    assert not [name for name in files(upward) if name.startswith("photo/")]
    assert not [n for n, root in pages(upward).items() if root.xpath("//img")]


def test_with_photos_they_go_upward_too(town: Path, tmp_path: Path) -> None:
    place = tmp_path / "上报"
    assert swm(town, "site", str(place), "--audience", "上报", "--photos") == 0
    assert len([name for name in files(place) if name.startswith("photo/")]) == 1


# --- the same every time ------------------------------------------------------------------------


def test_the_same_commit_and_day_give_the_same_bytes(
    town: Path, inside: Path, tmp_path: Path
) -> None:
    again = tmp_path / "内部"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        assert swm(town, "site", str(again), "--audience", "内部") == 0
    assert files(again) == files(inside)


def test_an_earlier_day_is_told_as_it_was(town: Path, tmp_path: Path) -> None:
    place = tmp_path / "以前"
    assert swm(town, "site", str(place), "--audience", "内部", "--at", "2026-09-30") == 0
    assert "截至2026年9月30日" in (place / "index.html").read_text("utf-8")
    assert HOSTILE not in pages(place)["firms.html"].text_content()
    assert json.loads((place / MARKER).read_bytes())["截至"] == "2026-09-30"


# --- silent -------------------------------------------------------------------------------------


def values(town: Path, keys: frozenset[str]) -> set[str]:
    """Every value of these keys in all files of the ledger, lists and several names taken apart."""
    found: set[str] = set()
    for place in sorted(town.rglob("*.yaml")):
        if "制度" not in place.parts:
            found.update(_below(parse(place.read_bytes(), place.name), keys))
    return {part for text in found for part in re.split("[、，,]", text) if len(part) > 1}


def _below(node: Node, keys: frozenset[str], wanted: bool = False) -> Iterator[str]:
    if isinstance(node, Map):
        for key, child in node.items():
            yield from _below(child, keys, wanted or key in keys)
    elif isinstance(node, Seq):
        for child in node:  # a row of a list of people tells by its own keys who is one
            yield from _below(child, keys, wanted and not isinstance(child, Map))
    elif wanted and node is not None:
        yield str(node)


def names_of_people(town: Path) -> set[str]:
    named = values(town, PEOPLE) | {WIDE}  # an operator until the last 变更
    assert {"令狐小明", "诸葛小亮", "皇甫小见", "夏侯小接", "东方小包"} <= named
    return {name for name in named if not name.isascii()}


def test_upward_no_person_is_named_and_no_number_or_place_told(town: Path, upward: Path) -> None:
    hidden = names_of_people(town) | values(town, frozenset({"电话"}))
    hidden |= values(town, frozenset({"坐标"})) | {"117.123456", "39.654321", "map.html"}
    for name, data in files(upward).items():
        text = data.decode()
        assert [each for each in sorted(hidden) if each in text] == [], name
    told = pages(upward)
    firm = next(r for r in told.values() if r.xpath("string(//h1)") == HOSTILE).text_content()
    assert "欧某某某某某某某在场，电话139****2222" in firm
    assert "夏某某某" in firm and "东某某某" in firm and "诸某某某" in firm


def test_upward_nothing_tells_that_somebody_complained(
    town: Path, upward: Path, inside: Path
) -> None:
    firms = [root for name, root in pages(upward).items() if name.startswith("firm/")]
    for root in firms:
        text = root.text_content()
        assert not re.search(r"JB-\d{4}|群众举报|上级交办|线索：", text)
        assert COMPLAINED not in text
    own = [root for name, root in pages(inside).items() if name.startswith("firm/")]
    assert any("线索：" in root.text_content() for root in own), "else the test shows nothing"
    assert any(COMPLAINED in root.text_content() for root in own)


def test_a_delisted_enterprise_has_no_problem_left_to_solve(town: Path, inside: Path) -> None:
    snapshot = Ledger(town).snapshot()
    ended = {s.name for s in snapshot.policy.workflow.states if s.delisted or s.final}
    told = {name: root.text_content() for name, root in pages(inside).items()}
    left = 0
    for id in snapshot.enterprise_ids:
        firm = snapshot.enterprise(id)
        now = last(fold(firm.records, snapshot.policy))
        left += now.state in ended and bool(now.problems)
        unsolved = "未整改：" in told[f"firm/{id}.html"]
        assert unsolved == (bool(now.problems) and now.state not in ended)
    assert left, "else the test shows nothing"


def test_the_public_reads_firm_village_measure_and_result_only(town: Path, public: Path) -> None:
    hidden = names_of_people(town) | {"孟签批"}
    keys = "电话 坐标 地址 备注 发现 统一社会信用代码 网格 行业 产品与工艺 文号 原因 事由 摘要"
    hidden |= values(town, frozenset(keys.split()))
    (root,) = pages(public).values()
    allowed = " ".join(cell.text_content() for cell in root.xpath("//tbody//th | //tbody//td"))
    hidden = {each for each in hidden if len(each) > 2 or each not in allowed}  # 注塑 of 注塑厂
    assert len(hidden) > 100
    told = files(public)
    assert sorted(told) == ["index.html", "site.css", "site.js", MARKER]
    for name, data in told.items():
        text = data.decode()
        assert [each for each in sorted(hidden) if each in text] == [], name
        assert not re.search(r"(BK|CF|JB|XC|BZ|ZR)-\d", text), name


def test_the_public_never_reads_of_suspects_or_of_the_cleared(town: Path, public: Path) -> None:
    firms = lists.listing(Ledger(town).facts(), Wanted(), date(2026, 11, 20))
    listed = sorted(f.name for f in firms if f.state not in ("待核查", "不予列入", "已核减"))
    (root,) = pages(public).values()
    rows = [
        [cell.text_content() for cell in row] for row in root.xpath('//table[@id="firms"]/tbody/tr')
    ]
    assert sorted(row[0] for row in rows) == listed
    others = {f.name for f in firms} - set(listed)
    assert others and not [name for name in others if name in root.text_content()]
    assert {row[3] for row in rows} <= {UNDERWAY, "已取缔", "已搬迁", "已整改"}
    assert {row[2] for row in rows} <= {"关停取缔类", "整合搬迁类", "升级改造类", "待定"}


def test_the_office_is_told_to_keep_its_own_to_itself(inside: Path, upward: Path) -> None:
    assert all("内部资料 注意保存" in r.text_content() for r in pages(inside).values())
    assert not [n for n, r in pages(upward).items() if "内部资料" in r.text_content()]


# --- the folder ---------------------------------------------------------------------------------


def test_a_public_site_needs_somebody_who_answers_for_it(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert swm(town, "site", str(tmp_path / "x")) == 1
    assert "公示要有批准人" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
    assert swm(town, "site", str(tmp_path / "x"), "--audience", "内部", "--approver", "孟签批") == 2


def test_an_older_site_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    place = tmp_path / "网站"
    assert publish(place, [("a.html", b"1"), ("b/c.html", b"2")], {"口径": "内部"}) == 3
    publish(place, [("a.html", b"3")], {"口径": "内部"})
    assert sorted(files(place)) == ["a.html", MARKER]
    assert (place / "a.html").read_bytes() == b"3"
    assert [each.name for each in tmp_path.iterdir()] == ["网站"]


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "文件夹"
    place.mkdir()
    (place / "报告.docx").write_bytes(b"x")
    with pytest.raises(Refused, match="已经有别的东西"):
        publish(place, [("a.html", b"1")], {})
    publish(tmp_path / "网站", [("a.html", b"1")], {})
    (tmp_path / "网站" / "笔记.txt").write_bytes(b"x")
    with pytest.raises(Refused, match=r"不是网站的文件，没有写入：笔记\.txt"):
        publish(tmp_path / "网站", [("a.html", b"1")], {})
    (tmp_path / "假.txt").write_bytes(b"x")
    with pytest.raises(Refused, match="是一个文件"):
        refuse_foreign(tmp_path / "假.txt")


def test_links_are_not_followed(tmp_path: Path) -> None:
    publish(tmp_path / "网站", [("a.html", b"1")], {})
    (tmp_path / "链接").symlink_to(tmp_path / "网站")
    with pytest.raises(Refused, match="符号链接"):
        publish(tmp_path / "链接", [("a.html", b"2")], {})
    outside = tmp_path / "别处"
    outside.mkdir()
    (outside / "要紧.txt").write_bytes(b"x")
    (tmp_path / "网站" / "里面").symlink_to(outside)
    with pytest.raises(Refused, match="不是网站的文件，没有写入：里面"):
        publish(tmp_path / "网站", [("a.html", b"2")], {})
    assert (outside / "要紧.txt").read_bytes() == b"x"


def test_what_fails_on_the_way_leaves_the_old_site(tmp_path: Path) -> None:
    place = tmp_path / "网站"
    publish(place, [("a.html", b"1")], {})

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"2"
        raise OSError(28, "No space left on device")

    with pytest.raises(Surroundings, match="磁盘已满"):
        publish(place, failing(), {})
    assert (place / "a.html").read_bytes() == b"1"
    assert [each.name for each in tmp_path.iterdir()] == ["网站"]


def test_what_a_killed_run_left_is_put_right(tmp_path: Path) -> None:
    place = tmp_path / "网站"
    publish(place, [("a.html", b"1")], {})
    place.rename(tmp_path / ".swm-site-old-网站.abc")  # killed between the two renames
    (tmp_path / ".swm-site-new-网站.def").mkdir()
    (tmp_path / ".swm-site-new-网站-二.xyz").mkdir()  # another site's
    publish(place, [("a.html", b"2")], {})
    assert (place / "a.html").read_bytes() == b"2"
    left = sorted(each.name for each in tmp_path.iterdir())
    assert left == [".swm-site-new-网站-二.xyz", "网站"]


def test_a_page_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    for path in ("../x.html", "/etc/x", "a/../../x"):
        with pytest.raises(ValueError):
            publish(tmp_path / "网站", [(path, b"1")], {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["企业/网站", "制度", ".git/x", ".", ".."])
def test_the_ledgers_own_folders_are_no_place_for_it(town: Path, folder: str) -> None:
    assert swm(town, "site", str(town / folder), "--audience", "内部") == 1


# --- small things -------------------------------------------------------------------------------


def test_the_month_runs_up_to_the_day() -> None:
    assert up_to(date(2026, 11, 20), None).code == "2026-11-01..2026-11-20"
    assert up_to(date(2026, 11, 30), None).code == "2026-11"
    assert up_to(date(2026, 11, 26), 25).code == "2026-11-26..2026-11-26"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("117.5,39.25", (117.5, 39.25)),
        ("117.5 , 39.25", (117.5, 39.25)),
        ("117.5", None),
        ("东,西", None),
        ("nan,39", None),
        ("390,39", None),
        ("1,2,3", None),
    ],
)
def test_only_what_is_a_place_on_earth_is_drawn(
    text: str, place: tuple[float, float] | None
) -> None:
    assert _degrees(text) == place


def test_the_plot_has_a_link_for_every_enterprise_with_a_position(inside: Path, town: Path) -> None:
    rows = Ledger(town).facts().query("SELECT id FROM enterprise WHERE position IS NOT NULL")
    links = pages(inside)["map.html"].xpath('//*[name()="svg"]//*[name()="a"]/@href')
    assert sorted(links) == sorted(f"firm/{row[0]}.html" for row in rows)


def test_a_broken_template_of_the_office_is_told_with_its_line(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = town / "templates" / "site"
    own.mkdir(parents=True)
    try:
        (own / "企业.html.j2").write_text("<h1>{{ 名称 }}</h1>\n{{ 没有的名字 }}\n", "utf-8")
        assert swm(town, "adopt", "--why", "换版面") == 0
        assert swm(town, "site", str(tmp_path / "x"), "--audience", "内部") == 5
        told = capsys.readouterr().err
        assert "site/企业.html.j2 第2行" in told and "没有的名字" in told
        assert not (tmp_path / "x").exists()
    finally:
        (own / "企业.html.j2").unlink()
        assert swm(town, "adopt", "--why", "改回自带的") == 0


def test_a_page_names_the_village_as_of_now(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.say("2026-09-01", "swm init . --town 俵口镇 --villages 前埝村、后埝村")
    town.say("2026-09-02", "swm add --name 一厂 --village 后埝村 --category 关停取缔")
    town.say("2026-10-20", "swm village merge 后埝村 --into 前埝村 --from 2026-11-01")
    town.say("2026-11-20", "swm site 输出/网站 --audience 内部")
    page = (tmp_path / "输出/网站/firm/BK-0001.html").read_text("utf-8")
    assert ">前埝村<" in page and ">后埝村<" not in page
