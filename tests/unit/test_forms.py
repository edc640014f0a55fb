"""The office's forms: what each says, what it never says, blanks, hostile words, the same bytes."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from PIL import Image

from swm.domain.records import Act, Enterprise, Paper
from swm.domain.scorerecords import Deducted, ItemScore
from swm.errors import NotFound, Refused, Unreadable
from swm.render import zipped
from swm.render.discretion import Veil
from swm.render.forms import FORMS
from swm.render.forms import specimens as invented
from swm.render.forms.values import Office, Sheet, Subject
from swm.render.templates import find, visible
from swm.render.worddrawing import MILLIMETRE
from swm.render.wordphoto import TALLEST, WIDEST, photograph
from swm.render.wordtemplate import filled
from swm.reports.audiences import UPWARD
from tests.data import forms as samples
from tests.data.forms import told
from tests.office import APPROVED
from tests.office import Office as Clerk

PROJECT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDERING = ("责令", "关闭", "强制")
KINDS = [(template, kind, sheet) for template, kind, sheet in samples.specimens()]
IDS = [f"{template}-{kind}" for template, kind, _ in KINDS]


@cache
def template(name: str) -> bytes:
    return find(name)


def word(sheet: Sheet) -> bytes:
    return filled(
        sheet.template, template(sheet.template), sheet.names, title=sheet.title, on=sheet.on
    )


def filled_from(form: str, at: Office | None = None, **parts: Any) -> Sheet:
    return FORMS[form].fill(Subject(**parts), at or samples.office())


# --- every form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "kind", "sheet"), KINDS, ids=IDS)
def test_every_form_opens_and_leaves_no_tag_and_no_none(name: str, kind: str, sheet: Sheet) -> None:
    data = word(sheet)
    text = told(data)
    assert docx.Document(io.BytesIO(data)).core_properties.title == visible(sheet.title)
    assert "None" not in text
    if kind != "敌意":
        assert "{{" not in text and "{%" not in text


@pytest.mark.parametrize(
    "sheet", [s for _, kind, s in KINDS if kind == "敌意"], ids=lambda s: s.template
)
def test_hostile_words_come_out_exactly(sheet: Sheet) -> None:
    text = told(word(sheet))
    written = {
        attack
        for leaf in samples.words(sheet.names)
        for attack in samples.ATTACKS
        if attack in leaf or visible(attack) in leaf
    }
    assert written
    lost = sorted(attack for attack in written if visible(attack) not in text)
    assert lost == []


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_form_names_the_town_and_leaves_room(form: str) -> None:
    sheet = FORMS[form].blank(samples.office())
    text = told(word(sheet))
    assert "俵口镇" in text
    assert "____" in text
    assert "BK-" not in text


@pytest.mark.parametrize("form", FORMS)
def test_each_template_has_a_specimen(form: str) -> None:
    assert set(FORMS[form].specimens(samples.office())) == set(FORMS[form].templates)
    assert FORMS[form].specimen(samples.office()).template == FORMS[form].templates[0]


def test_names_and_templates_are_each_used_once() -> None:
    names = [name for form in FORMS.values() for name in form.names]
    templates = [name for form in FORMS.values() for name in form.templates]
    assert len(names) == len(set(names))
    assert len(templates) == len(set(templates))


def test_the_templates_in_the_wheel_are_those_that_the_code_makes() -> None:
    made = _maker()
    assert {f"{name}.docx" for name in made.FORMS} == {
        name for form in FORMS.values() for name in form.templates
    }
    for name in made.FORMS:
        assert zipped.unpack(made.make(name)) == zipped.unpack(template(f"{name}.docx")), name


def _maker() -> Any:
    """templates/make_forms.py, which is no package."""
    sys.path.insert(0, str(PROJECT / "templates"))
    try:
        place = PROJECT / "templates" / "make_forms.py"
        spec = importlib.util.spec_from_file_location("make_forms", place)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.pop(0)


def test_every_font_is_named_in_all_four_slots() -> None:
    for form in FORMS.values():
        for name in form.templates:
            styles = zipped.unpack(template(name))["word/styles.xml"]
            for fonts in etree.fromstring(styles).iter(f"{W}rFonts"):
                assert {"ascii", "hAnsi", "eastAsia", "cs"} <= {
                    k.removeprefix(W) for k in fonts.attrib
                }


HASHES = """
import hashlib
from tests.data import forms
from swm.render.templates import find
from swm.render.wordtemplate import filled
for _, _, s in forms.specimens():
    data = filled(s.template, find(s.template), s.names, title=s.title, on=s.on)
    print(s.template, hashlib.sha256(data).hexdigest())
"""


def test_the_same_records_give_the_same_bytes() -> None:
    def run(**environ: str) -> str:
        known = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **environ}
        done = subprocess.run(
            [sys.executable, "-c", HASHES], cwd=PROJECT, env=known, capture_output=True, check=True
        )
        return done.stdout.decode()

    first = run(PYTHONHASHSEED="1", TZ="Asia/Shanghai")
    assert len(first.splitlines()) == len(KINDS)
    assert run(PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C") == first


# --- 告知书 and 通知书 -------------------------------------------------------------------------------


def clerk(category: str = "关停取缔") -> Clerk:
    """A firm that was checked on 20 February."""
    office = Clerk(category, date(2026, 2, 2), 地址="村东1号", 经营者="程甲木")
    office.on(2, 20).visit("核查", "在产", problems=("废水直排",))
    return office


def ordered(action: str, category: str, served: int | None = None, **more: Any) -> Enterprise:
    """The order of 2 March, served on that day of March."""
    office = clerk(category).on(3, 2)
    office.act(action, doc_name=f"{action}告知书", doc_no="俵整〔2026〕3号", **more)
    if served:
        office.on(3, served).serve(3)
    return office.enterprise


def test_a_notice_tells_ground_problem_tasks_and_the_arithmetic_of_its_deadline() -> None:
    firm = ordered("限期清理", "关停取缔", days=15, criteria=("2",), served=10)
    sheet = filled_from("文书", enterprise=firm, number=3)
    text = told(word(sheet))
    assert sheet.template == "告知书.docx"
    assert "俵口镇人民政府\n限期清理告知书" in text
    assert "俵整〔2026〕3号" in text
    assert "经2026年2月20日核查，你单位（台账编号BK-0001，地址：俵口村村东1号）" in text
    assert "（1）违法违规生产经营，污染排放严重的小制造、小加工、小作坊等。" in text
    assert "（1）废水直排。" in text
    assert "请停止生产，在期限内自行完成下列各项，达到“两断三清”的要求：" in text
    assert "（5）清设备：清除生产设备。" in text
    assert (
        "期限：15日（自然日），自本文书送达之日的次日起算，届满日遇休息日的，顺延至其后第一个工作日。"
        "（送达以后填记：2026年3月10日送达，次日起算15个自然日，届满2026年3月25日（星期三），为工作日，"
        "不顺延，期限的最后一日为2026年3月25日。）"
    ) in text
    assert "《俵口镇“散乱污”企业整治工作方案》三、（一）取缔类企业范围和标准" in text
    assert text.rstrip().endswith("制作机关：俵口镇人民政府")


def test_a_notice_not_yet_served_leaves_its_last_day_open() -> None:
    firm = ordered("限期清理", "关停取缔", days=15, criteria=("2",))
    text = told(word(filled_from("文书", enterprise=firm)))
    assert "期限的最后一日为____年__月__日。" in text
    assert "□直接　□留置　□邮寄　□委托　□公告" in text


def test_a_day_that_is_named_stands_as_it_is() -> None:
    firm = ordered("限期搬迁", "搬迁改造", deadline=date(2026, 12, 31))
    text = told(word(filled_from("文书", enterprise=firm)))
    assert "期限：至2026年12月31日。" in text
    assert "依照上述方案列入关停取缔类" in text
    assert "（4）无生产能力：现有厂区不再有生产能力。" in text


def test_what_residents_share_is_not_cut() -> None:
    firm = ordered("限期清理", "关停取缔", days=15, criteria=("2",))
    text = told(word(filled_from("文书", enterprise=replace(firm, shared_supply=("水", "电")))))
    assert "断水：封停生产用水" in text and "断电：拆除动力线路" in text
    assert "切断生产用" not in text


@pytest.mark.parametrize("sheet", [s for n, _, s in KINDS if s.template == "告知书.docx"],
                         ids=lambda s: s.stem)  # fmt: skip
def test_a_notice_never_orders(sheet: Sheet) -> None:
    text = told(word(sheet))
    assert [each for each in (*ORDERING, "检查") if each in text] == []


def test_the_wording_of_all_papers_but_the_order_never_orders() -> None:
    for form in FORMS.values():
        for name in form.templates:
            text = told(template(name))
            if name != "责令通知书.docx":
                assert [each for each in ORDERING if each in text] == [], name
            if name != "巡查记录.docx":  # which has a row for the agency of a lawful inspection
                assert "检查" not in text, name


def test_only_a_body_with_the_power_orders() -> None:
    subject = invented.of_firm(3, invented.COUNTY_BUREAU)()
    sheet = FORMS["文书"].fill(subject, samples.office())
    text = told(word(sheet))
    assert sheet.template == "责令通知书.docx"
    assert "现责令你单位" in text
    assert "安全生产法" in text and "行政复议" in text
    assert "宁河区应急管理局" in text and "宁应急〔2026〕8号" in text


@pytest.mark.parametrize("on", [date(2021, 8, 31), date(2026, 3, 5)])
def test_a_power_holds_only_on_its_days(on: date) -> None:
    subject = invented.of_firm(3, invented.COUNTY_BUREAU)()
    assert subject.enterprise is not None
    moved = tuple(
        replace(r, on=on) if isinstance(r, Act) else r
        for r in subject.enterprise.records
        if r.number in (1, 3)
    )
    firm = replace(subject.enterprise, records=tuple(replace(r, on=on) for r in moved))
    if on.year == 2026:
        sheet = filled_from("文书", enterprise=firm, number=3)
        assert sheet.template == "责令通知书.docx"
        return
    with pytest.raises(Refused, match="宁河区应急管理局作出的，不能用本镇的告知书"):
        filled_from("文书", enterprise=firm, number=3)


def test_a_paper_whose_name_orders_without_the_power_is_refused() -> None:
    subject = invented.of_firm(3)()
    assert subject.enterprise is not None
    renamed = tuple(
        replace(r, paper=Paper(name="责令停产通知书")) if isinstance(r, Act) else r
        for r in subject.enterprise.records
    )
    with pytest.raises(Refused, match="无权“责令”"):
        filled_from("文书", enterprise=replace(subject.enterprise, records=renamed), number=3)


def test_what_people_wrote_with_an_ordering_word_is_pointed_out() -> None:
    office = clerk("限期整改")
    office.on(2, 21).visit("核查", "在产", problems=("被责令整改后没有整改",))
    office.on(3, 2).act("限期整改", doc_name="限期整改告知书", days=30)
    sheet = filled_from("文书", enterprise=office.enterprise)
    assert [n for n in sheet.notices if "“责令”字样" in n]


def test_the_next_order_is_drafted_with_nothing_decided() -> None:
    firm = clerk("搬迁改造").enterprise
    sheet = filled_from("文书", enterprise=firm)
    text = told(word(sheet))
    assert "限期搬迁告知书" in text
    assert "90日（自然日）" in text
    assert sheet.notices[0] == "按下一步“限期搬迁”拟的草稿，尚未登记；登记："
    assert sheet.stem == "BK-0001草稿告知书"


def test_a_draft_for_another_issuer_goes_by_its_power() -> None:
    firm = clerk("限期整改").enterprise
    sheet = filled_from("文书", enterprise=firm, issuer="宁河区应急管理局")
    assert sheet.template == "责令通知书.docx"
    assert "俵整〔" not in told(word(sheet))
    town = filled_from("文书", enterprise=firm, issuer="俵口镇人民政府")
    assert town.template == "告知书.docx"


def test_an_extension_tells_the_old_day_and_the_new_one() -> None:
    office = clerk("搬迁改造").on(3, 2)
    office.act("限期搬迁", deadline=date(2026, 6, 30), doc_name="限期搬迁告知书")
    office.on(3, 3).serve(3)
    office.on(6, 1).act("延期", deadline=date(2026, 8, 31), reason="新厂房未完工",
                        approval=APPROVED, doc_name="延期告知书")  # fmt: skip
    text = told(word(filled_from("文书", enterprise=office.enterprise, number=5)))
    assert "整治期限原为2026年6月30日。因新厂房未完工，经批准，同意延长期限。" in text
    assert "期限：至2026年8月31日。" in text


def test_a_record_without_a_paper_is_refused_and_the_others_are_named() -> None:
    firm = ordered("限期清理", "关停取缔", days=15, criteria=("2",))
    with pytest.raises(Refused, match="第2条不是下达文书的动作") as refused:
        filled_from("文书", enterprise=firm, number=2)
    assert "第3条（2026-03-02）" in str(refused.value.hint)
    with pytest.raises(NotFound, match="没有这条记录"):
        filled_from("文书", enterprise=firm, number=9)


# --- 送达回证 ---------------------------------------------------------------------------------------


def test_a_receipt_shows_how_the_paper_was_served() -> None:
    subject = invented.of_firm(3)()
    text = told(word(FORMS["送达回证"].fill(subject, samples.office())))
    assert "☑留置" in text and "□直接" in text
    assert "2026年3月6日" in text
    assert "拒签：看过后拒绝签字" in text and "田戊土" in text


# --- 保证书, 停租, 移送 -------------------------------------------------------------------------------


def test_a_letter_to_be_signed_goes_to_whoever_has_not_signed() -> None:
    subject = Subject(premises=(invented.premises(),), variant="保证书")
    sheet = FORMS["保证书"].fill(subject, samples.office())
    text = told(word(sheet))
    assert sheet.template == "转租保证书.docx"  # the landlord's own letter is in force
    assert "孔庚木" in text and "郑己火处承租" in text
    assert "自签订之日起180日有效" in text


def test_a_letter_on_file_is_printed_as_signed() -> None:
    subject = Subject(premises=(invented.premises(),), letter="BZ-2026-0001", variant="保证书")
    text = told(word(FORMS["保证书"].fill(subject, samples.office())))
    assert "编号：BZ-2026-0001" in text
    assert "签订日期：2026年3月4日" in text
    assert "自签订之日起至2027年3月4日止有效" in text


def test_a_letter_of_another_kind_is_refused() -> None:
    subject = Subject(premises=(invented.premises(),), letter="BZ-2026-0001", variant="转租保证书")
    with pytest.raises(Refused, match="是厂房出租保证书"):
        FORMS["保证书"].fill(subject, samples.office())


def test_a_notice_to_the_landlord_counts_its_deadline() -> None:
    subject = Subject(
        premises=(invented.premises(),), number=1, others={"BK-0001": invented.enterprise()}
    )
    text = told(word(FORMS["停租告知书"].fill(subject, samples.office())))
    assert "俵整〔2026〕4号" in text and "郑己火：" in text
    assert "俵口兴旺金属加工厂（台账编号BK-0001）" in text
    assert "期限的最后一日为2026年3月26日" in text


def test_a_transfer_tells_the_matter_and_what_was_seen_before() -> None:
    text = told(word(FORMS["移送函"].fill(invented.of_firm(6)(), samples.office())))
    assert "宁河区应急管理局：" in text and "俵函〔2026〕1号" in text
    assert "二、移送的事项。涉嫌存在重大安全隐患。" in text
    assert "2026年3月3日（夜查）：在产。喷漆间正在作业；问题：喷漆废气没有收集" in text
    assert "2026年3月30日" not in text  # a visit after the transfer


# --- 巡查, 夜查, 验收 ---------------------------------------------------------------------------------


def test_a_night_patrol_tells_who_led_and_who_was_told() -> None:
    subject = Subject(file=invented.patrol(), others={"BK-0001": invented.enterprise()})
    text = told(word(FORMS["夜查记录"].fill(subject, samples.office())))
    for each in ("贺壬土", "章丙水、邵丁金", "21:00", "次日00:20", "21:40", "21:45", "村北旧窑"):
        assert each in text


def test_a_visits_record_tells_who_was_told() -> None:
    text = told(word(FORMS["巡查记录"].fill(invented.of_firm(2)(), samples.office())))
    assert "21:40通知派出所，21:45报告主要领导\n现场劝止：劝止作业，看护现场" in text


def test_what_is_no_night_patrol_is_no_night_record() -> None:
    subject = invented.of_firm(7)()
    with pytest.raises(Refused, match="第7条不是夜查记录"):
        FORMS["夜查记录"].fill(subject, samples.office())


def test_every_item_stands_with_its_day_record_and_people() -> None:
    office = clerk()
    office.on(3, 2).act("限期清理", days=15, criteria=("2",), doc_name="限期清理告知书",
                        served=date(2026, 3, 2))  # fmt: skip
    office.on(3, 20).visit("复查", done={"断电": "拆除电表", "清原料": None}, not_applicable={"断水": "无水源"},
                           undone=("清设备",))  # fmt: skip
    sheet = filled_from("验收销号表", enterprise=office.enterprise)
    rows = {row["项"]: row for row in sheet.names["各项"]}
    assert list(rows) == ["断水", "断电", "清原料", "清产品", "清设备"]
    assert rows["断水"]["情况"] == "不涉及（无水源）"
    assert rows["断电"]["情况"] == "已完成（拆除电表）"
    assert rows["清原料"]["情况"] == "已完成"
    assert rows["清设备"]["情况"] == "未完成"
    assert rows["清产品"]["情况"] == "尚无记录"
    assert (rows["断电"]["日期"], rows["断电"]["凭"]) == ("2026-03-20", "第4条")
    assert rows["断电"]["人员"] == "甲一、乙二"
    assert "不涉及（无水源）" in told(word(sheet))


def test_problems_are_the_items_of_a_rectification() -> None:
    subject = invented.of_firm()()
    sheet = FORMS["验收销号表"].fill(subject, samples.office())
    states = {row["项"]: row["情况"] for row in sheet.names["各项"]}
    assert states == {"没有排污登记": "已完成", "喷漆废气没有收集": "未完成"}
    assert "不通过，未达到：喷漆废气没有收集，定于2026年4月6日再次验收" in told(word(sheet))


# --- 举报, 准入, 考核 ---------------------------------------------------------------------------------


def test_a_complaints_form_tells_neither_its_source_nor_its_number_there() -> None:
    subject = Subject(file=invented.complaint(), others={"BK-0001": invented.enterprise()})
    sheet = FORMS["举报核查表"].fill(subject, samples.office())
    text = told(word(sheet))
    assert "夜间喷漆，气味大" in text and "BK-0001第2条" in text and "已列入整治" in text
    for each in ("12345", "热线", "GD-2026-777"):
        assert each not in text
        assert not any(each in leaf for leaf in samples.words(sheet.names))


def test_an_admission_tells_what_is_lacking_and_why() -> None:
    text = told(
        word(FORMS["准入审查表"].fill(Subject(file=invented.admission()), samples.office()))
    )
    assert "☑接电" in text and "☑补充材料" in text
    assert "缺少用地证明" in text and "用地证明" in text and "建议补充材料" in text


def test_an_announcement_ranks_the_villages_as_they_were_announced() -> None:
    sheet = FORMS["考核通报"].fill(Subject(file=invented.score()), samples.office())
    text = told(word(sheet))
    assert "参评2个村，其中优秀2个村。鹭洲村没有整治对象，不参评。" in text
    assert "得分最高的是苇湾村（100分），最低的是俵口村（95分）。" in text
    assert [row["名次"] for row in sheet.names["各村"]] == ["1", "2", "—"]
    assert [(r["村"], r["得分"]) for r in sheet.names["各事项"]] == [("俵口村", "-5")]


def test_villages_read_no_number_of_the_office_s_own_file() -> None:
    score = invented.score()
    announced = score.announcements[-1]
    entered = Deducted(id="KH-2026-Q3", number=1, points="-5", why="漏报一家")
    item = ItemScore(item="排查不漏", points="15", most="20", because=(entered,))
    veto = "瞒报虚报（零分；KH-2026-Q3 第2条、KH-2026-Q3 第3条）"
    first = replace(announced.results[0], items=(item,), vetoes=(veto,))
    again = replace(announced, results=(first, *announced.results[1:]))
    filed = replace(score, records=(*score.records[:-1], again))
    told = repr(FORMS["考核通报"].fill(Subject(file=filed), samples.office()).names)
    assert "KH-" not in told
    assert "瞒报虚报（零分）" in told and "'漏报一家'" in told


def test_a_result_that_was_not_announced_is_not_told() -> None:
    with pytest.raises(NotFound, match="没有公布过"):
        filled_from("考核通报", file=replace(invented.score(), records=()))


# --- 一企一档, photographs, audiences -----------------------------------------------------------------


def dossier(**changes: Any) -> Sheet:
    return FORMS["一企一档"].fill(replace(invented.of_firm()(), **changes), samples.office())


def test_a_dossier_lists_and_tells_every_record() -> None:
    sheet = dossier()
    text = told(word(sheet))
    assert "内部资料　注意保存" in text
    assert [line["序号"] for line in sheet.names["目录"]] == ["1", "2", "3", "4", "5", "6", "7"]
    for each in (
        "限期整改：待整治→整改中",
        "BZ-2026-0001",
        "贺壬土",
        "JB-2026-0001",
        "整改中，类别",
    ):
        assert each in text


def test_a_photograph_stands_in_the_dossier_unstretched_with_its_caption() -> None:
    taken = io.BytesIO()
    Image.new("RGB", (1600, 900), (90, 120, 150)).save(taken, "JPEG")
    sheet = dossier(photographs={invented.SHA: taken.getvalue()})
    data = word(sheet)
    document = docx.Document(io.BytesIO(data))
    (shape,) = document.inline_shapes
    assert abs(shape.width / shape.height - 1600 / 900) < 0.001
    assert shape.width <= WIDEST and shape.height <= TALLEST
    assert "照片1　2026年3月3日　第2条　夜查：在产" in told(data)
    (name,) = [n for n in zipped.unpack(data) if n.startswith("word/media/")]
    assert zipped.unpack(data)[name] == taken.getvalue()


def test_a_missing_or_broken_photograph_is_told_in_the_document_and_to_the_clerk() -> None:
    for photographs, what in (({}, "不在附件里"), ({invented.SHA: b"\xff\xd8none"}, "已损坏")):
        sheet = dossier(photographs=photographs)
        data = word(sheet)
        assert f"（照片 {invented.SHA[:12]}… {what}" in told(data)
        assert len(docx.Document(io.BytesIO(data)).inline_shapes) == 0
        assert [n for n in sheet.notices if what in n and "第2条" in n]


def test_the_same_photograph_is_put_in_once() -> None:
    subject = invented.of_firm()()
    assert subject.enterprise is not None
    twice = tuple(
        replace(r, photos=(invented.SHA, invented.SHA)) if r.number == 2 else r
        for r in subject.enterprise.records
    )
    data = word(dossier(enterprise=replace(subject.enterprise, records=twice)))
    assert len([n for n in zipped.unpack(data) if n.startswith("word/media/")]) == 1
    assert len(docx.Document(io.BytesIO(data)).inline_shapes) == 2


@pytest.mark.parametrize(("kind", "size"), [("WEBP", (640, 480)), ("BMP", (1200, 900))])
def test_what_word_cannot_show_goes_in_as_a_jpeg(kind: str, size: tuple[int, int]) -> None:
    taken = io.BytesIO()
    Image.new("RGB", size, (10, 90, 30)).save(taken, kind)
    found = photograph(taken.getvalue(), "照片")
    assert found.kind == "JPEG" and found.pixels == size


def test_a_heavy_photograph_is_scaled_down() -> None:
    taken = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(taken, "PNG")
    found = photograph(taken.getvalue(), "照片")
    assert found.pixels == (1600, 1200) and len(found.data) < len(taken.getvalue())


def test_a_high_photograph_is_no_higher_than_its_room() -> None:
    taken = io.BytesIO()
    Image.new("RGB", (300, 900)).save(taken, "PNG")
    width, height = photograph(taken.getvalue(), "照片").size
    assert height == TALLEST and abs(width - TALLEST / 3) < MILLIMETRE


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(Unreadable):
        photograph(b"%PDF-1.4", "照片")


def test_upward_no_name_and_no_phone_is_shown() -> None:
    people = frozenset(
        {"程甲木", "贺壬土", "章丙水", "邵丁金", "田戊土", "郑己火", "孔庚木", "程乙火"}
    )
    at = samples.office(audience=UPWARD, veil=Veil(lifted=False, people=people))
    for form in FORMS.values():
        for sheet in form.specimens(at).values():
            text = told(word(sheet))
            shown = [each for each in (*people, "13800000000", "13900000000") if each in text]
            assert shown == [], sheet.template
            assert "内部资料" not in text


def lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line)


def test_a_form_prints_no_empty_hole_between_words() -> None:
    """What the ledger does not know is a line to write on, not two marks with nothing between."""
    for _, kind, sheet in KINDS:
        if kind != "空白":
            continue
        for line in lines(told(word(sheet))):
            assert not re.search(r"（）|《》|“”|，，|、、|：，|：。|^，", line), (sheet.stem, line)


def test_hashes_differ_where_the_records_differ() -> None:
    one, other = dossier(), dossier(photographs={})
    assert hashlib.sha256(word(one)).digest() != hashlib.sha256(word(other)).digest()
