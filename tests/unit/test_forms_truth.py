"""What a careful reader found in the forms: whose paper, which day, which name, what stays inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from swm.domain.patrolrecords import Outing, Patrol, Spot
from swm.domain.records import (
    Act,
    Assignment,
    Correction,
    Enterprise,
    Paper,
    Service,
)
from swm.domain.scorerecords import Announced, Deducted, ItemScore
from swm.domain.settings import Village
from swm.errors import NotFound, Refused
from swm.render import zipped
from swm.render.discretion import Veil
from swm.render.forms import FORMS
from swm.render.forms import specimens as invented
from swm.render.forms.blanks import in_words
from swm.render.forms.values import Office, Sheet, Subject
from swm.render.templates import find
from swm.render.wordtemplate import filled
from swm.reports.audiences import UPWARD
from swm.sample import township
from swm.store.ledger import Ledger
from swm.store.ledger import find as opened
from tests.data import forms as samples
from tests.data.forms import told
from tests.issued import Town
from tests.office import APPROVED
from tests.office import Office as Clerk
from tests.policy_fixture import settings

TODAY = date(2026, 11, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BUREAU = "宁河区生态环境局"


def word(sheet: Sheet) -> str:
    return told(
        filled(sheet.template, find(sheet.template), sheet.names, title=sheet.title, on=sheet.on)
    )


def filled_from(form: str, at: Office | None = None, **parts: Any) -> Sheet:
    return FORMS[form].fill(Subject(**parts), at or samples.office())


def upward() -> Office:
    return samples.office(audience=UPWARD, veil=Veil(lifted=False))


def changed(firm: Enterprise, number: int, **values: Any) -> Enterprise:
    """The firm with one of its records as if it had been written otherwise."""
    records = tuple(replace(r, **values) if r.number == number else r for r in firm.records)
    return replace(firm, records=records)


# --- whose paper it is ----------------------------------------------------------------------------


def cleared() -> Clerk:
    """A firm that was told to clear out by 25 March, and served."""
    clerk = Clerk("关停取缔", date(2026, 2, 2), 地址="村东1号", 经营者="程甲木")
    clerk.on(2, 20).visit("核查", "在产", problems=("废水直排",))
    clerk.on(3, 2).act("限期清理", days=15, criteria=("2",), doc_name="限期清理告知书",
                       doc_no="俵整〔2026〕3号")  # fmt: skip
    clerk.on(3, 3).serve(3)
    return clerk


def fined() -> Enterprise:
    """The same firm; later the bureau's decision was cited when the court was asked to enforce."""
    firm = cleared().enterprise
    act = Act(
        number=5,
        type="动作",
        on=date(2026, 9, 7),
        action="联合执法",
        before="清理中",
        after="执法中",
        nature="申请法院强制执行",
        outcome="已申请法院",
        approval=APPROVED,
        paper=Paper(name="行政处罚决定书", number="宁环罚〔2026〕3号", issuer=BUREAU),
    )
    return replace(firm, records=(*firm.records, act))


def test_the_last_paper_is_the_towns_own() -> None:
    sheet = filled_from("文书", enterprise=fined())
    assert sheet.stem == "BK-0001第3条告知书"
    assert sheet.notices == ("按最近的第3条填写",)
    receipt = filled_from("送达回证", enterprise=fined())
    assert receipt.stem == "BK-0001第3条送达回证"


@pytest.mark.parametrize("form", ["文书", "送达回证"])
def test_a_paper_of_another_authority_that_is_named_is_refused(form: str) -> None:
    with pytest.raises(Refused, match=f"第5条的文书是{BUREAU}作出的，不能用本镇的") as refused:
        filled_from(form, enterprise=fined(), number=5)
    assert "第3条（2026-03-02）" in str(refused.value.hint)


def test_a_bureau_of_town_and_country_is_not_the_town() -> None:
    at = samples.office()
    assert at.ours(None) and at.ours("俵口镇人民政府") and at.ours("镇综合执法队")
    assert not at.ours("宁河区住房和城乡建设委员会") and not at.ours("宁河区乡村振兴局")


def test_a_firm_with_no_paper_of_the_town_has_none_to_print() -> None:
    firm = fined()
    firm = replace(firm, records=(*firm.records[:2], firm.records[-1]))
    firm = changed(firm, 5, before="待整治")
    with pytest.raises(Refused, match="没有"):
        filled_from("文书", enterprise=firm)
    with pytest.raises(NotFound, match="本镇没有发过文书"):
        filled_from("送达回证", enterprise=firm)


def test_the_towns_notice_does_not_announce_force() -> None:
    firm = changed(fined(), 5, paper=Paper(name="联合执法告知书", number="俵整〔2026〕9号"))
    assert filled_from("文书", enterprise=firm).stem == "BK-0001第3条告知书"
    with pytest.raises(Refused, match="申请法院强制执行，不能用告知书"):
        filled_from("文书", enterprise=firm, number=5)


def test_a_draft_for_an_authority_without_the_power_is_no_notice_of_the_town() -> None:
    firm = Clerk("限期整改", date(2026, 2, 2)).enterprise
    with pytest.raises(Refused, match=r"宁河区供电局.*无权责令"):
        filled_from("文书", enterprise=firm, issuer="宁河区供电局")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    root: Path = tmp_path_factory.mktemp("town") / "台账"
    township.play(root, 40, 12, 0, TODAY)
    return opened(root, root)


def notices(town: Ledger) -> Iterator[tuple[str, Sheet]]:
    """Every 文书 that the sample can print, each record with a paper named and none named."""
    snapshot = town.snapshot()
    at = Office(snapshot.settings, snapshot.policy, TODAY, "0" * 40, "swm")
    for path in sorted(p for p in snapshot.paths if p.startswith("企业/")):
        firm = snapshot.enterprise(Path(path).stem)
        papers = [r.number for r in firm.records if isinstance(r, Act) and r.paper]
        for number in (None, *papers):
            try:
                yield firm.id, FORMS["文书"].fill(Subject(enterprise=firm, number=number), at)
            except (Refused, NotFound):
                continue


def test_no_notice_of_the_sample_orders_or_is_signed_by_another_authority(town: Ledger) -> None:
    found = [(id, s) for id, s in notices(town) if s.template == "告知书.docx"]
    assert len(found) > 20
    for id, sheet in found:
        text = word(sheet)
        where = (id, sheet.stem)
        assert [each for each in ("责令", "关闭", "强制") if each in text] == [], where
        assert sheet.names["机关"] == "俵口镇人民政府", where
        assert sheet.names["回证"]["机关"] == "俵口镇人民政府", where


# --- what the notice rests on ---------------------------------------------------------------------


def test_a_notice_tells_of_which_kind_the_visit_was() -> None:
    firm = cleared().enterprise
    assert "经2026年2月20日核查，你单位" in word(filled_from("文书", enterprise=firm, number=3))
    night = changed(firm, 2, kind="夜查")
    assert "经2026年2月20日夜查，你单位" in word(filled_from("文书", enterprise=night, number=3))
    daily = changed(firm, 2, kind="日常")
    assert "经2026年2月20日巡查，你单位" in word(filled_from("文书", enterprise=daily, number=3))


def test_a_check_counts_before_a_later_visit_of_another_kind() -> None:
    clerk = Clerk("关停取缔", date(2026, 2, 2))
    clerk.on(2, 20).visit("核查", "在产", problems=("废水直排",))
    clerk.on(2, 25).visit("夜查", "停产", leader="孟带班")
    assert "经2026年2月20日核查" in word(filled_from("文书", enterprise=clerk.enterprise))


def test_an_order_after_a_relapse_names_the_visit_that_showed_it() -> None:
    clerk = Clerk("关停取缔", date(2026, 2, 2), {"状态": "已取缔", "销号日期": date(2026, 1, 20)})
    clerk.on(2, 20).visit("夜查", "在产", leader="孟带班")
    clerk.on(2, 21).act("回潮", reason="恢复生产")
    text = word(filled_from("文书", enterprise=clerk.enterprise))
    assert "经2026年2月20日夜查，你单位" in text


def overdue(category: str, action: str) -> Clerk:
    clerk = Clerk(category, date(2026, 2, 2))
    clerk.on(2, 20).visit("核查", "在产", problems=("废水直排",))
    clerk.on(3, 2).act(action, deadline=date(2026, 4, 1), doc_name=f"{action}告知书",
                       served=date(2026, 3, 2))  # fmt: skip
    clerk.on(3, 20).visit("日常", "在产")
    return clerk


def test_a_conversion_without_a_second_check_leaves_its_day_open() -> None:
    text = word(filled_from("文书", enterprise=overdue("限期整改", "限期整改").enterprise))
    assert "经____年__月__日复查，你单位" in text
    assert "三、（一）第6项" in text and "三、（二）" not in text


def test_a_conversion_names_the_second_check_and_its_own_clause() -> None:
    clerk = overdue("搬迁改造", "限期搬迁")
    clerk.on(4, 3).visit("复查", "在产", problems=("没有搬",), verdict="不通过")
    text = word(filled_from("文书", enterprise=clerk.enterprise))
    assert "经2026年4月3日复查，你单位" in text
    assert "三、（二）" in text and "第6项" not in text
    clerk.on(4, 8).act("转取缔", deadline=date(2026, 4, 23), doc_name="限期清理告知书",
                       approval=APPROVED, served=date(2026, 4, 8))  # fmt: skip
    number = clerk.enterprise.records[-1].number
    text = word(filled_from("文书", enterprise=clerk.enterprise, number=number))
    assert "经2026年4月3日复查，你单位" in text
    assert "依照《俵口镇“散乱污”企业整治工作方案》三、（二）搬迁改造类企业范围和标准，" in text


def test_a_notice_asks_for_the_items_of_the_standard_and_no_more() -> None:
    text = word(filled_from("文书", enterprise=cleared().enterprise, number=3))
    assert "（5）清设备：清除生产设备。" in text
    assert "上列问题" not in text


# --- the state of that day ------------------------------------------------------------------------


def test_a_notice_to_the_landlord_tells_the_state_of_its_day() -> None:
    firm = cleared().enterprise
    premises = invented.premises()
    subject = Subject(premises=(premises,), number=1, others={"BK-0001": firm})
    assert "现为清理中" in word(FORMS["停租告知书"].fill(subject, samples.office()))
    earlier = replace(premises.clearings[0], on=date(2026, 2, 25))
    subject = replace(subject, premises=(replace(premises, clearings=(earlier,)),))
    assert "现为待整治" in word(FORMS["停租告知书"].fill(subject, samples.office()))


def test_a_transfer_tells_the_state_as_of_its_record() -> None:
    """What was recorded later on the same day is not what the letter knew."""
    firm = invented.enterprise()
    order = replace(firm.records[2], on=date(2026, 3, 10), number=9)
    records = (*(r for r in firm.records if r.number not in (3, 4)), order)
    sheet = filled_from("移送函", enterprise=replace(firm, records=records), number=6)
    assert sheet.names["状态"] == "待整治"


# --- one village, one name ------------------------------------------------------------------------

RENAMED = (
    Village(name="俵口村", until=date(2026, 8, 31), merged_into="俵新村", grids=("俵口村-1",)),
    Village(name="俵新村", since=date(2026, 9, 1), grids=("俵新村-1",)),
    Village(name="后庄村", until=date(2026, 10, 31), merged_into="前庄村", grids=("后庄村-1",)),
    Village(name="前庄村", grids=("前庄村-1",)),
)


def renamed() -> Office:
    """The town after 俵口村 became 俵新村 on 1 September and 前庄村 took 后庄村 in."""
    return samples.office(settings=settings(villages=RENAMED))


def test_a_form_made_now_names_the_village_as_of_now() -> None:
    firm = replace(
        invented.enterprise(),
        grid="俵口村-1",
        address="俵口村村东1号",
        assignments=(Assignment(role="村责任人", person="贺壬土", department="俵口村"),),
    )
    subject = Subject(
        enterprise=firm, premises=(invented.premises(),), others={"BK-0001": firm}, variant="保证书"
    )
    for form in ("一企一档", "验收销号表", "移送函", "保证书"):
        asked = subject if form != "移送函" else replace(subject, number=None)
        if form == "移送函":
            asked = replace(asked, enterprise=replace(firm, records=firm.records[:2]))
        text = word(FORMS[form].fill(asked, renamed()))
        assert "俵新村" in text and "俵口村" not in text, form
    assert "俵新村-1" in word(FORMS["一企一档"].fill(subject, renamed()))


def test_the_grid_of_a_merged_village_is_told_as_a_former_one() -> None:
    firm = replace(invented.enterprise(), village="后庄村", grid="后庄村-1")
    rows = filled_from("一企一档", renamed(), enterprise=firm).names["基本"]
    told_ = {r["左"]: r["左值"] for r in rows} | {r["右"]: r["右值"] for r in rows}
    assert (told_["村"], told_["网格"]) == ("前庄村", "原后庄村-1")


def test_a_paper_of_a_past_day_names_the_village_as_it_was_called() -> None:
    firm = invented.enterprise()
    text = word(filled_from("文书", renamed(), enterprise=firm, number=3))
    assert "地址：俵口村村东工业路3号院" in text
    later = changed(firm, 3, on=date(2026, 9, 2))
    later = replace(later, records=tuple(r for r in later.records if not isinstance(r, Service)))
    text = word(filled_from("文书", renamed(), enterprise=later, number=3))
    assert "地址：俵新村村东工业路3号院" in text and "俵口村" not in text


def test_a_patrol_never_names_one_village_twice() -> None:
    outing = invented.patrol().records[0]
    assert isinstance(outing, Outing)
    on = date(2026, 10, 27)
    spot = Spot(number=2, type="点位", on=on, place="旧窑", village="俵口村", result="未见异常")
    outing = replace(outing, on=on, villages=("俵口村", "后庄村", "俵新村"), calls=())
    file = Patrol(id="XC-2026-0001", records=(outing, spot))
    sheet = filled_from("夜查记录", renamed(), file=file)
    assert sheet.names["村"] == "俵新村、后庄村"
    assert sheet.names["各处"][0]["对象"] == "旧窑（俵新村）"
    assert sheet.names["各处"][0]["记录"] == "本记录"


# --- what stays inside ----------------------------------------------------------------------------


def complained_about(source: str = "群众举报") -> Enterprise:
    firm = replace(invented.enterprise(), source=source, position="117.6,39.3", meter="8677361698")
    firm = changed(firm, 1, source=source, complaint="JB-2026-0001", note="随单转来，要求核查")
    firm = changed(firm, 7, found="JB-2026-0001 所指的院落")
    mend = Correction(number=8, type="更正", on=date(2026, 4, 1), of=5,
                      values={"举报编号": "JB-2026-0002"}, reason="编号抄错")  # fmt: skip
    source_mended = Correction(number=9, type="更正", on=date(2026, 4, 1), of=1,
                               values={"来源": source}, reason="实由群众反映")  # fmt: skip
    return replace(firm, records=(*firm.records, mend, source_mended))


@pytest.mark.parametrize("source", ["群众举报", "上级交办"])
def test_upward_a_dossier_tells_neither_place_nor_meter_nor_that_somebody_complained(
    source: str,
) -> None:
    firm = complained_about(source)
    sheet = filled_from("一企一档", upward(), enterprise=firm)
    text = word(sheet)
    hidden = ("坐标", "117.6", "用电户号", "8677361698", "JB-", "线索：", "举报", source, "转来",
              "群众反映")  # fmt: skip
    assert [each for each in hidden if each in text] == []
    assert "线索核查" in text
    assert [r["序号"] for r in sheet.names["目录"]] == ["1", "2", "3", "4", "6", "7"]
    assert [r["序号"] for r in sheet.names["经过"]] == ["1", "2", "3", "4", "6", "7"]
    inside = word(filled_from("一企一档", enterprise=firm))
    for each in ("117.6,39.3", "8677361698", "JB-2026-0001", source, "转来"):
        assert each in inside


def test_upward_other_registrations_keep_their_source_and_note() -> None:
    firm = changed(invented.enterprise(), 1, note="走访时发现")
    text = word(filled_from("一企一档", upward(), enterprise=firm))
    assert "登记：巡查发现" in text and "备注：走访时发现" in text


# --- blanks and words -----------------------------------------------------------------------------


def test_a_blank_dossier_asserts_nothing() -> None:
    text = word(FORMS["一企一档"].blank(samples.office()))
    for each in ("没有", "0条", "0张", "台账版本", "还没有到期"):
        assert each not in text
    names = FORMS["一企一档"].blank(samples.office()).names
    for rows in ("各项", "各包保", "目录", "经过", "各文书", "各厂房", "各保证书", "各回头看"):
        assert len(names[rows]) >= 2, rows


def test_days_within_a_sentence_are_written_one_way() -> None:
    assert in_words("夜查；2026-02-16 21:21 通知派出所") == "夜查；2026年2月16日21:21通知派出所"
    assert in_words("第2轮，2026-11-02 销号") == "第2轮，2026年11月2日销号"
    assert in_words("郁己金 2026-11-02 批准") == "郁己金2026年11月2日批准"
    text = word(FORMS["一企一档"].fill(invented.of_firm()(), samples.office()))
    story = text[text.index("七、整治经过") : text.index("八、现场照片")]
    assert not re.search(r"\d{4}-\d\d-\d\d", story)
    assert "2026年3月3日21:40通知派出所" in story


def test_a_receipt_names_its_maker_on_a_line_of_its_own() -> None:
    text = word(FORMS["送达回证"].fill(invented.of_firm(3)(), samples.office()))
    assert "\n制作机关：俵口镇人民政府" in text


def test_a_villages_letter_reads_as_a_sentence() -> None:
    text = word(FORMS["保证书"].blank(samples.office(), "村集体资产出租保证书"))
    assert "是下列厂房的出租方（村集体）。" in text


def test_villages_are_told_the_reason_and_not_the_office_file() -> None:
    item = ItemScore(
        item="组织和网格到位", points="9", most="10",
        because=(Deducted(id="KH-2026-Q1", number=1, points="-1", why="名册没有更新"),),
    )  # fmt: skip
    score = invented.score()
    last = score.records[0]
    assert isinstance(last, Announced)
    results = tuple(replace(r, items=(item,)) if r.takes_part else r for r in last.results)
    sheet = filled_from("考核通报", file=replace(score, records=(replace(last, results=results),)))
    assert {row["事项"] for row in sheet.names["各事项"]} == {"名册没有更新"}


def paragraphs(template: str) -> list[tuple[str, bool]]:
    """The text of each paragraph of a template, and whether it stays with the next."""
    document = etree.fromstring(zipped.unpack(find(template))["word/document.xml"])
    return [
        ("".join(p.itertext()), p.find(f"{W}pPr/{W}keepNext") is not None)
        for p in document.iter(f"{W}p")
    ]


def test_the_signatures_of_an_acceptance_go_to_the_next_page_together() -> None:
    found = paragraphs("验收销号表.docx")
    first = next(at for at, (text, _) in enumerate(found) if text == "完成方式")
    last = next(at for at, (text, _) in enumerate(found) if text == "销号日期")
    assert all(kept for _, kept in found[first:last])
    assert not any(kept for _, kept in found[last:])


@pytest.mark.parametrize(
    ("template", "last"),
    [
        ("考核通报.docx", "请各村对照"),
        ("移送函.docx", "请依法处理"),
        ("停租告知书.docx", "没有按期清退的"),
        ("告知书.docx", "对本告知书有不同意见的"),
        ("责令通知书.docx", "如不服本决定"),
    ],
)
def test_a_signature_stays_with_words_of_its_letter(template: str, last: str) -> None:
    assert [kept for text, kept in paragraphs(template) if text.startswith(last)] == [True]


@pytest.mark.parametrize(("typed", "told_"), [("list", "swm form"), ("回证", "可能是：送达回证")])
def test_a_form_that_there_is_not_is_answered_with_where_they_are_listed(
    tmp_path: Path, typed: str, told_: str
) -> None:
    place = Town(tmp_path)
    place.say("2026-09-01", "swm init . --town 俵口镇 --villages 俵口村")
    screen = place.refused("2026-09-01", f"swm form {typed}", 2)
    assert f"没有“{typed}”这种表单" in screen and told_ in screen
