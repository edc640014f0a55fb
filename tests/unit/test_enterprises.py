"""登记, 期初, 修改 and 包保: what is written, what is warned of, what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from swm.domain.edits import Change
from swm.domain.enterprises import (
    OpeningRequest,
    RegisterRequest,
    assign,
    edit,
    register,
    register_opening,
)
from swm.domain.fold import standing
from swm.domain.likeness import Known
from swm.domain.records import Alteration, Approval, Assignment, Enterprise, Opening, Registration
from swm.errors import Refused
from tests.policy_fixture import enterprise, played, policy, read_back, settings, written

TODAY = date(2026, 3, 4)


def add(*existing: Known, today: date = TODAY, ids: tuple[str, ...] = (), **more: Any) -> Change:
    values = {"name": "俵口试验木器厂", "village": "俵口村", "on": TODAY, **more}
    return register(existing, RegisterRequest(**values), policy(), settings(), today, premises=ids)


def open_(
    today: date = date(2026, 1, 1), base: date | None = date(2026, 1, 1), **more: Any
) -> Change:
    values = {
        "name": "俵口老砖厂",
        "village": "俵口村",
        "on": date(2026, 1, 1),
        "category": "关停取缔",
        "state": "已取缔",
        **more,
    }
    return register_opening(
        [], OpeningRequest(**values), policy(), settings(opening_date=base), today
    )


def change(values: dict[str, str], firm: Enterprise | None = None, **more: Any) -> Change:
    options: dict[str, Any] = {"nature": None, "existing": [], "premises": (), **more}
    return edit(
        firm or enterprise(),
        values,
        options["nature"],
        options["existing"],
        settings(),
        policy(),
        TODAY,
        premises=options["premises"],
    )


def refused(call: Any, *args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **more)
    return caught.value


def texts(refusal: Refused) -> list[str]:
    return [m.text for m in refusal.missing]


# --- 登记 --------------------------------------------------------------------------------------


def test_the_file_holds_what_is_known_in_the_order_of_the_table() -> None:
    done = add(
        category="搬迁改造",
        operator="郑某",
        phone="01012345678",
        traits=("散", "污"),
        unlicensed=True,
        address="村东工业路3号院",
        by=("甲一",),
        on=date(2026, 3, 3),
        found_on=date(2026, 3, 2),
    )
    (text,) = played(done).values()
    assert (
        text
        == """\
编号: BK-0001
名称: 俵口试验木器厂
证照情况: 无照
经营者: 郑某
电话: "01012345678"
村: 俵口村
地址: 村东工业路3号院
特征: [散, 污]
来源: 巡查发现
整治:
  轮次: 1
  类别: 搬迁改造
  状态: 待整治
记录:
  - 序号: 1
    类型: 登记
    日期: 2026-03-03
    录入: 2026-03-04
    经办: [甲一]
    来源: 巡查发现
    类别: 搬迁改造
    发现日期: 2026-03-02
"""
    )


def test_the_message_names_the_firm_and_no_person() -> None:
    done = add(operator="郑某", phone="13800000000", category="关停取缔")
    assert done.subject == "登记 BK-0001 俵口试验木器厂（俵口村）"
    assert done.body == (
        "发生：2026-03-04",
        "录入：2026-03-04",
        "来源：巡查发现",
        "类别：关停取缔",
        "依据：方案五2",
    )
    assert "郑某" not in "".join((done.subject, *done.body))
    assert done.recorded == {"编号": "BK-0001", "序号": 1, "状态": "待整治"}


@pytest.mark.parametrize(
    ("ids", "new"),
    [
        ((), "BK-0001"),
        (("BK-0007", "BK-0003"), "BK-0008"),
        (("BK-9999",), "BK-10000"),
        (("XX-0400", "BK-0002"), "BK-0003"),
    ],
)
def test_an_id_follows_the_highest_ever_given(ids: tuple[str, ...], new: str) -> None:
    known = [Known(id, f"无关{id}") for id in ids]
    assert add(*known).recorded["编号"] == new
    assert list(add(*known).files) == [f"企业/{new[:-2]}/{new}.yaml"]


@pytest.mark.parametrize(
    ("source", "category", "state"),
    [
        ("巡查发现", "关停取缔", "待整治"),
        ("历史清单", "搬迁改造", "待整治"),
        ("巡查发现", None, "待核查"),
        ("群众举报", "关停取缔", "待核查"),
        ("上级交办", "关停取缔", "待核查"),
        ("村级上报", None, "待核查"),
    ],
)
def test_the_source_decides_where_it_starts(source: str, category: str | None, state: str) -> None:
    done = add(source=source, category=category)
    made = read_back(played(done), Enterprise)
    assert made.remediation.state == state == standing(made, policy()).state
    assert isinstance(made.records[0], Registration) and made.records[0].source == source
    told = "\n".join(done.notes)
    if state == "待核查":
        assert "swm inspect BK-0001 --kind 核查" in told and "swm advance BK-0001 列入" in told
    else:
        act = {"关停取缔": "限期清理", "搬迁改造": "限期搬迁"}[category or ""]
        assert f"swm advance BK-0001 {act}" in told and "核查" not in told


def test_entered_days_later_it_says_so() -> None:
    assert any("补录" in note for note in add(on=date(2026, 3, 1)).notes)
    assert not any("补录" in note for note in add(on=date(2026, 3, 2)).notes)
    assert "晚于今天" in refused(add, on=date(2026, 3, 5)).message


def test_all_that_is_wrong_is_said_at_once() -> None:
    why = refused(
        add,
        name="俵口\u202e木器厂",
        village="俵口",
        category="关停",
        source="听说",
        premises="CF-0009",
        ids=("CF-0001",),
        uscc="91350100M000100Y43",
        unlicensed=True,
        traits=("脏",),
        found_on=date(2026, 3, 5),
    )
    assert texts(why) == [
        "“名称”含有名称中不允许的字符 U+202E",
        "“特征”“脏”不在可选值内",
        "“来源”“听说”不在可选值内",
        "2026-03-04 的村名册里没有“俵口”",
        "没有编号为 CF-0009 的厂房",
        "没有“关停”这个类别",
        "既有统一社会信用代码，又说无照",
        "发现日期 2026-03-05 晚于登记日期 2026-03-04",
    ]
    assert why.missing[3].command == "可用：俵口村、兴家坨村、白庙村"
    assert "关停取缔/搬迁改造/限期整改" in why.missing[5].command


def test_a_village_counts_on_the_day_of_registration() -> None:
    why = refused(add, village="小白庙村")
    assert texts(why) == ["2026-03-04 的村名册里没有“小白庙村”（已并入白庙村）"]
    assert why.missing[0].command.startswith("可用：白庙村")
    done = add(village="小白庙村", on=date(2025, 12, 30))
    assert read_back(played(done), Enterprise).village == "小白庙村"


def test_a_name_is_needed_and_a_missing_roster_says_where_it_goes() -> None:
    assert texts(refused(add, name="")) == ["“名称”必须填写"]
    request = RegisterRequest(name="甲厂", village="甲村", on=TODAY)
    why = refused(register, [], request, policy(), settings(villages=()), TODAY)
    assert "swm.yaml" in why.missing[0].command


@pytest.mark.parametrize("name", ["甲\x1b[31m厂", "甲\n厂", "甲\u200b厂", "甲\ud800厂", " 甲厂"])
def test_hostile_names_are_refused(name: str) -> None:
    assert texts(refused(add, name=name))[0].startswith("“名称”")


@pytest.mark.parametrize(
    "name", ["<b>甲</b>&乙", "{{ 甲 }}", "[red]甲", "甲: 乙 # 丙", "- 甲", "是"]
)
def test_strange_names_come_back_exactly(name: str) -> None:
    assert read_back(played(add(name=name)), Enterprise).name == name


def test_doubtful_numbers_and_red_lines_are_told_and_kept() -> None:
    done = add(name="俵口电镀厂", phone="12345", uscc="913501", product="五金电镀")
    made = read_back(played(done), Enterprise)
    assert (made.phone, made.uscc) == ("12345", "913501")
    told = [note for note in done.notes if note.startswith("提醒")]
    assert [note.split("：")[1] for note in told] == [
        "统一社会信用代码存疑",
        "电话存疑",
        "触及禁入红线“电镀”（方案三（一）1）",
    ]


# --- likely twins --------------------------------------------------------------------------------

TWIN = Known(
    "BK-0004",
    "俵口试验木器加工厂",
    operator="郑某",
    phone="13800000000",
    premises="CF-0003",
    state="整改中",
    village="俵口村",
)


def twin_notes(twin: Known, **more: Any) -> list[str]:
    notes = add(twin, ids=("CF-0003",), **more).notes
    return [note for note in notes if "BK-0004" in note]


def test_a_twin_on_the_list_is_named_with_the_command_that_removes_a_duplicate() -> None:
    (note,) = twin_notes(TWIN)
    assert "与 BK-0004 俵口试验木器加工厂（整改中）相像：名称相近" in note
    assert "swm show BK-0004" in note
    assert '核减 --reason "重复登记 BK-0004"' in note


def test_another_operator_on_a_cleared_site_and_the_same_one_elsewhere() -> None:
    cleared = replace(TWIN, state="已取缔")
    (same_place,) = twin_notes(cleared, name="俵口大发板材厂", premises="CF-0003", operator="钱某")
    assert "原址再生" in same_place
    (same_person,) = twin_notes(
        cleared, name="白庙大发板材厂", village="白庙村", phone="13800000000"
    )
    assert "异地转移" in same_person
    (came_back,) = twin_notes(cleared)
    assert "swm advance BK-0004 回潮" in came_back


def test_a_closed_operator_under_another_name_in_another_village() -> None:
    elsewhere = {"name": "白庙大发板材厂", "village": "白庙村", "operator": "郑某"}
    (note,) = twin_notes(replace(TWIN, state="已取缔"), **elsewhere)
    assert "经营者与此同名" in note and "异地转移" in note
    assert twin_notes(TWIN, **elsewhere) == []


def test_many_twins_are_told_in_short() -> None:
    crowd = [replace(TWIN, id=f"BK-{i:04d}") for i in range(1, 9)]
    notes = [note for note in add(*crowd).notes if "相像" in note]
    assert len(notes) == 6 and notes[-1] == "提醒：另有3家相像：BK-0006、BK-0007、BK-0008"


# --- 期初 --------------------------------------------------------------------------------------


def test_an_old_list_gives_the_state_and_no_guard_asks() -> None:
    done = open_(delisted_on=date(2018, 9, 1), list_hash="a" * 64, row=12)
    made = read_back(played(done), Enterprise)
    opening = made.records[0]
    assert isinstance(opening, Opening)
    assert (opening.state, opening.delisted_on, opening.row) == ("已取缔", date(2018, 9, 1), 12)
    now = standing(made, policy())
    assert now.opening and now.delisted_on == date(2018, 9, 1)
    assert made.source == "历史清单" and made.remediation == now.remediation()
    assert done.subject == "期初 BK-0001 俵口老砖厂（俵口村）：已取缔"
    assert any("期初" in note for note in done.notes)


@pytest.mark.parametrize(
    ("today", "on", "base"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1), None),
    ],
)
def test_after_the_base_date_it_needs_an_approver_and_a_reason(
    today: date, on: date, base: date | None
) -> None:
    why = refused(open_, today=today, on=on, base=base)
    assert [t[-5:] for t in texts(why)] == ["准：批准人", "须写明原因"]
    approval = Approval(person="孟签批", on=today, basis="签批单")
    done = open_(today=today, on=on, base=base, approval=approval, reason="清单漏列")
    made = read_back(played(done), Enterprise)
    assert isinstance(made.records[0], Opening) and made.records[0].approval == approval
    assert "批准：孟签批" in "".join(done.body) and "原因：清单漏列" in done.body


def test_up_to_the_base_date_it_is_free() -> None:
    assert open_(today=date(2025, 12, 20), on=date(2025, 12, 20)).recorded["状态"] == "已取缔"


def test_a_list_that_contradicts_itself_is_refused() -> None:
    why = refused(open_, state="已取缔", deadline=date(2026, 5, 1), delisted_on=date(2026, 2, 1))
    assert texts(why) == [
        "已取缔没有期限",
        "销号日期 2026-02-01 晚于期初日期 2026-01-01",
    ]
    why = refused(open_, state="搬迁中", category=None, delisted_on=date(2025, 2, 1))
    assert texts(why) == ["清单所载的整治类别", "搬迁中没有销号日期"]
    assert texts(refused(open_, state="关了")) == ["没有“关了”这个状态"]


def test_an_open_deadline_of_the_list_counts() -> None:
    made = read_back(
        played(open_(state="搬迁中", category="搬迁改造", deadline=date(2026, 3, 1))), Enterprise
    )
    assert made.remediation.deadline == date(2026, 3, 1)
    assert standing(made, policy()).overdue(date(2026, 3, 2), policy())


def test_a_goal_that_does_not_fit_the_category_is_kept_and_told() -> None:
    notes = open_(state="已搬迁").notes
    assert any("关停取缔类销号后应为已取缔，清单上是已搬迁，照录" in note for note in notes)


# --- 修改 --------------------------------------------------------------------------------------


def test_a_telephone_is_set_in_its_place_and_nothing_else_moves() -> None:
    firm = enterprise(operator="郑某")
    before = written(firm)
    done = change({"电话": "13800000000"}, firm)
    (old,), (new,) = before.values(), played(done, before).values()
    assert new == old.replace("村: 俵口村", '电话: "13800000000"\n村: 俵口村')
    assert done.subject == "修改 BK-0001 俵口兴旺金属加工厂：电话"
    assert done.recorded == {"编号": "BK-0001", "字段": ["电话"]}
    assert "13800000000" not in "".join((done.subject, *done.body))


def test_name_operator_and_address_become_records_of_their_own() -> None:
    firm = enterprise(operator="郑某", address="老街1号")
    values = {"名称": "俵口鑫源五金厂", "经营者": "钱某", "地址": "老街2号"}
    done = change(values, firm, nature="实际换人")
    made = read_back(played(done, written(firm)), Enterprise)
    alterations = [r for r in made.records if isinstance(r, Alteration)]
    assert [(a.number, a.item, a.old, a.new, a.nature) for a in alterations] == [
        (2, "名称", "俵口兴旺金属加工厂", "俵口鑫源五金厂", "实际换人"),
        (3, "经营者", "郑某", "钱某", "实际换人"),
        (4, "地址", "老街1号", "老街2号", "实际换人"),
    ]
    assert made.former_names == ("俵口兴旺金属加工厂",)
    assert done.subject == "变更 BK-0001 俵口鑫源五金厂：名称、经营者、地址（第2条）"
    assert "钱某" not in "".join((done.subject, *done.body))
    assert change({"名称": "新名"}).notes == () and alterations[0].on == TODAY


def test_lists_are_split_and_an_empty_value_clears() -> None:
    firm = enterprise(traits=("散",), phone="13800000000")
    done = change({"特征": "乱，污、乱", "电话": "", "与居民合用": "电"}, firm)
    made = read_back(played(done, written(firm)), Enterprise)
    assert (made.traits, made.phone, made.shared_supply) == (("乱", "污"), None, ("电",))
    assert made.remediation == firm.remediation and made.records == firm.records


def test_what_stands_elsewhere_names_its_verb() -> None:
    why = refused(
        change,
        {
            "编号": "BK-9",
            "整治.状态": "已取缔",
            "记录": "",
            "包保": "甲",
            "期限": "2026-12-31",
            "点话": "1",
        },
    )
    assert [m.command for m in why.missing][:5] == [
        "登记错了的：swm advance BK-0001 核减",
        "推进：swm advance BK-0001",
        'swm correct BK-0001 序号 --why "原因" --set 键=值',
        "swm assign BK-0001 --role 角色 --name 姓名",
        "swm advance BK-0001 延期",
    ]
    assert why.missing[5].text == "没有“点话”这个字段"
    assert why.missing[5].command.startswith("可用：电话")


def test_values_are_typed_and_references_must_exist() -> None:
    why = refused(
        change,
        {
            "名称": "",
            "特征": "脏",
            "村": "俵口",
            "厂房": "CF-0002",
            "地址": "一\u202e二",
            "证照情况": "有",
        },
        premises=("CF-0001",),
        nature="改着玩",
    )
    assert [t.split("”")[0] for t in texts(why)] == [
        "“名称",
        "“特征",
        "“地址",
        "“证照情况",
        "2026-03-04 的村名册里没有“俵口",
        "没有编号为 CF-0002 的厂房",
        "没有“改着玩",
    ]
    done = change({"厂房": "CF-0001"}, premises=("CF-0001",))
    assert done.recorded["字段"] == ["厂房"]


def test_nothing_new_is_refused_and_partly_nothing_new_is_told() -> None:
    firm = enterprise(phone="13800000000")
    assert "没有变化" in refused(change, {"电话": "13800000000"}, firm).message
    assert "没有变化" in refused(change, {}, firm).message
    done = change({"电话": "13800000000", "村": "白庙村"}, firm)
    assert done.recorded["字段"] == ["村"] and "另有1项" in done.notes[0]


def test_a_changed_number_or_name_is_looked_at_again() -> None:
    others = [Known("BK-0002", "俵口试验木器厂", state="整改中", phone="13900000000")]
    notes = change({"名称": "试验木器电镀厂", "电话": "13900000000"}, existing=others).notes
    assert "电镀" in notes[0] and "电话相同" in notes[1]
    assert change({"用电户号": "123"}, existing=others).notes == ()


# --- 包保 --------------------------------------------------------------------------------------


def take(firms: list[Enterprise], person: str, since: date = TODAY, **more: Any) -> Change:
    options = {"role": "网格员", "department": None, **more}
    return assign(firms, options["role"], person, options["department"], since, settings(), TODAY)


def test_the_first_assignment_stands_before_the_remediation() -> None:
    done = take([enterprise()], "甲一", department="俵口村")
    (text,) = played(done, written(enterprise())).values()
    assert (
        "包保:\n  - 角色: 网格员\n    姓名: 甲一\n    部门: 俵口村\n    自: 2026-03-04\n整治:"
        in text
    )
    assert done.subject == "包保 BK-0001 俵口兴旺金属加工厂：网格员（自 2026-03-04）"
    assert done.recorded == {"编号": "BK-0001", "角色": "网格员", "姓名": "甲一"}


def test_the_predecessor_ends_the_day_before_and_other_roles_stay() -> None:
    firm = enterprise(
        assignments=(
            Assignment(role="网格员", person="乙二", since=date(2026, 1, 5)),
            Assignment(role="镇包保领导", person="孟带班", since=date(2026, 1, 5)),
        )
    )
    done = take([firm], "甲一")
    held = read_back(played(done, written(firm)), Enterprise).assignments
    assert [(a.person, a.until) for a in held] == [
        ("乙二", date(2026, 3, 3)),
        ("孟带班", None),
        ("甲一", None),
    ]
    assert done.notes == ("BK-0001 原网格员乙二至 2026-03-03 止",)


def test_several_firms_in_one_commit_and_those_that_have_him_are_left_alone() -> None:
    has_him = enterprise(
        id="BK-0003", assignments=(Assignment(role="网格员", person="甲一", since=TODAY),)
    )
    done = take([enterprise(), enterprise(id="BK-0002"), has_him], "甲一")
    assert list(done.files) == ["企业/BK-00/BK-0001.yaml", "企业/BK-00/BK-0002.yaml"]
    assert done.subject == "包保 BK-0001 等2家：网格员（自 2026-03-04）"
    assert done.recorded["编号"] == ["BK-0001", "BK-0002"]
    assert "没有变化" in refused(take, [has_him], "甲一").message


def test_nobody_takes_over_before_the_predecessor_began() -> None:
    firm = enterprise(assignments=(Assignment(role="网格员", person="乙二", since=TODAY),))
    why = refused(take, [firm], "甲一", role="网格员")
    assert texts(why) == ["BK-0001 的网格员自 2026-03-04 起是乙二"]
    why = refused(take, [firm], "甲\n一", role="看门人")
    assert [t[:4] for t in texts(why)] == ["“姓名”", "没有“看"]
    assert "晚于今天" in refused(take, [firm], "甲一", since=date(2026, 4, 1)).message


def test_somebody_outside_the_roster_is_told() -> None:
    assert any("名册里没有“丁四”" in note for note in take([enterprise()], "丁四").notes)
    assert take([enterprise()], "甲一").notes == ()
