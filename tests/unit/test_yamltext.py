"""Reading, writing and splicing: what stands in a file, and what an edit leaves alone."""

from __future__ import annotations

from datetime import date, datetime
from textwrap import dedent

import pytest
from yaml.loader import BaseLoader

from swm.domain.edits import Append, Create, Edit, Plain, Set
from swm.domain.tree import Map, Seq, Text
from swm.errors import Unfaithful, Unreadable
from swm.store import yamlread
from swm.store.yamlplaces import survey
from swm.store.yamltext import apply, dump, parse, tree

PATH = "企业/BK-00/BK-0001.yaml"

ENTERPRISE: dict[str, Plain] = {
    "编号": "BK-0001",
    "名称": "俵口兴旺金属加工厂",
    "证照情况": "无照",
    "统一社会信用代码": None,
    "电话": "13800000000",
    "地址": "村东工业路3号院",
    "坐标": "117.6612,39.3310",
    "行业": "C3311 金属结构制造",
    "产品与工艺": "焊接、喷漆",
    "特征": ["散", "污"],
    "包保": [{"角色": "镇包保领导", "姓名": "某某", "自": date(2026, 1, 5)}],
    "整治": {"轮次": 1, "类别": "搬迁改造", "原类别": None, "期限": date(2026, 12, 31)},
    "记录": [
        {"序号": 1, "类型": "登记", "日期": date(2026, 3, 2)},
        {
            "序号": 4,
            "动作": "限期搬迁",
            "依据": "方案三（二）",
            "凭": [2, 3],
            "批准": {"人": "某某", "日期": date(2026, 3, 5), "原件": "sha256"},
            "文书": {"文号": "俵整〔2026〕3号", "送达方式": "直接"},
        },
    ],
}

WRITTEN = """\
编号: BK-0001
名称: 俵口兴旺金属加工厂
证照情况: 无照
统一社会信用代码:
电话: "13800000000"
地址: 村东工业路3号院
坐标: "117.6612,39.3310"
行业: C3311 金属结构制造
产品与工艺: 焊接、喷漆
特征: [散, 污]
包保:
  - 角色: 镇包保领导
    姓名: 某某
    自: 2026-01-05
整治:
  轮次: 1
  类别: 搬迁改造
  原类别:
  期限: 2026-12-31
记录:
  - 序号: 1
    类型: 登记
    日期: 2026-03-02
  - 序号: 4
    动作: 限期搬迁
    依据: 方案三（二）
    凭: [2, 3]
    批准: {人: 某某, 日期: 2026-03-05, 原件: sha256}
    文书: {文号: 俵整〔2026〕3号, 送达方式: 直接}
"""


@pytest.fixture(autouse=True, params=["libyaml", "pyyaml"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers give the same places."""
    survey.cache_clear()
    if request.param == "pyyaml":
        monkeypatch.setattr(yamlread, "Parser", BaseLoader)


def edit(text: str, *edits: Edit) -> str:
    return apply(dedent(text), edits, PATH)


# --- reading -------------------------------------------------------------------------------


def test_every_scalar_is_text_with_its_line_and_quoting() -> None:
    read = parse("甲: 1\n乙: \"2\"\n丙:\n  - 三\n  - 丁: '4'\n".encode(), PATH)
    assert read == {"甲": "1", "乙": "2", "丙": ["三", {"丁": "4"}]}
    one, two, three = read["甲"], read["乙"], read["丙"]
    assert isinstance(one, Text) and isinstance(two, Text) and isinstance(three, Seq)
    assert (one.line, one.plain, two.line, two.plain) == (1, True, 2, False)
    assert (three.line, three.lines) == (4, [4, 5])
    item = three[1]
    assert isinstance(item, Map) and (item.line, item.lines) == (5, {"丁": 5})
    assert read.lines == {"甲": 1, "乙": 2, "丙": 3}


def test_only_bare_empties_are_none() -> None:
    read = parse('甲:\n乙: ~\n丙: null\n丁: Null\n戊: ""\n己: "~"\n庚: \'null\'\n'.encode(), PATH)
    assert list(read.values()) == [None, None, None, None, "", "~", "null"]


# --- writing -------------------------------------------------------------------------------


def test_the_house_style() -> None:
    assert dump(ENTERPRISE) == WRITTEN
    assert apply("", [Create(ENTERPRISE)], PATH) == WRITTEN
    assert parse(WRITTEN.encode(), PATH) == tree(ENTERPRISE)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("俵口村-2", "俵口村-2"),
        ("3号院", "3号院"),
        ("", '""'),
        ("007", '"007"'),
        ("01012345678", '"01012345678"'),
        ("2026-03-02", '"2026-03-02"'),
        ("1:30", '"1:30"'),
        ("1e3", '"1e3"'),
        ("+86", '"+86"'),
        (".nan", '".nan"'),
        ("no", '"no"'),
        ("On", '"On"'),
        ("Y", '"Y"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("=", '"="'),
        ("<<", '"<<"'),
        (" 前", '" 前"'),
        ("后 ", '"后 "'),
        ("甲: 乙", '"甲: 乙"'),
        ("甲 #乙", '"甲 #乙"'),
        ("甲:", '"甲:"'),
        ("甲#乙", "甲#乙"),
        ("甲　乙", "甲　乙"),
        ("- 甲", '"- 甲"'),
        ("*甲", '"*甲"'),
        ('说"好"\\', '说"好"\\'),
        ('"甲"', '"\\"甲\\""'),
        ("a\tb", '"a\\tb"'),
        ("甲\x85乙", '"甲\\u0085乙"'),
        ("甲\u2028乙", '"甲\\u2028乙"'),
        ("\ufeff甲", '"\\uFEFF甲"'),
        ("甲\u200b乙", '"甲\\u200B乙"'),
        ("甲\u202e乙", '"甲\\u202E乙"'),
        ("甲\U000e0001乙", '"甲\\U000E0001乙"'),
        ("甲\x1b[31m", '"甲\\u001B[31m"'),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 10, 3, 21, 30), "2026-10-03 21:30"),
        (7, "7"),
        (["散", "污"], "[散, 污]"),
        ([2, 3, None, "4"], '[2, 3, null, "4"]'),
        (["甲,乙", "a:b", "#", "丙"], '["甲,乙", "a:b", "#", 丙]'),
        ([], "[]"),
        ({}, "{}"),
    ],
)
def test_how_a_value_is_written(value: Plain, written: str) -> None:
    assert dump({"键": value}) == f"键: {written}\n"
    assert parse(f"键: {written}\n".encode(), PATH) == tree({"键": value})


def test_nothing_is_written_for_none() -> None:
    assert dump({"键": None}) == "键:\n"


def test_a_long_line_is_not_folded() -> None:
    assert dump({"说明": "长 句 " * 200 + "完"}).count("\n") == 1


def test_lines_stand_in_a_block_where_that_is_safe() -> None:
    assert dump({"键": "一\n\n  二"}) == "键: |-\n  一\n\n    二\n"
    assert dump({"键": "一\n二\n"}) == "键: |\n  一\n  二\n"
    assert dump({"记": [{"键": "一\n二"}]}) == "记:\n  - 键: |-\n      一\n      二\n"
    for unsafe in ("\n一", " 一\n二", "一 \n二", "一\n\t二", "一\n二\n\n", "一\n\u200b二"):
        assert dump({"键": unsafe}).startswith('键: "')
        assert parse(dump({"键": unsafe}).encode(), PATH) == {"键": unsafe}


def test_sequences_within_sequences() -> None:
    value: dict[str, Plain] = {"表": [[1, 2], [{"甲": 1, "乙": [3]}, "丙"], "丁", None, []]}
    assert dump(value) == dedent("""\
        表:
          - [1, 2]
          - - 甲: 1
              乙: [3]
            - 丙
          - 丁
          -
          - []
        """)
    assert parse(dump(value).encode(), PATH) == tree(value)


def test_a_boolean_is_our_mistake() -> None:
    with pytest.raises(TypeError):
        dump({"键": True})


# --- setting -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("键: 旧  # 注\n", "新", "键: 新  # 注\n"),
        ("键:   旧\n", "新", "键:   新\n"),
        ("键: '旧'   # 注\n", "no", '键: "no"   # 注\n'),
        ('"键" : "旧: # 不是注"  # 注\n', "新", '"键" : 新  # 注\n'),
        ("键: 旧  # 注\n", None, "键:  # 注\n"),
        ("键: 旧\n", None, "键:\n"),
        ("键:  # 注\n", "新", "键: 新  # 注\n"),
        ("键:\n", "新", "键: 新\n"),
        ("键: ~\n", 3, "键: 3\n"),
        ("键: |  # 注\n  一\n\n  二\n\n# 后\n", "新", "键: 新  # 注\n\n# 后\n"),
        ("键: >-\n  一\n  二\n", "新", "键: 新\n"),
        ('键: "一\n  二"  # 注\n', "新", "键: 新  # 注\n"),
        ("键: 一\n  二  # 注\n", "新", "键: 新  # 注\n"),
        ("键:\n  旧  # 注\n", "新", "键:\n  新  # 注\n"),
        ("键:  # 头\n  旧  # 注\n", None, "键:  # 头\n"),
        ("键: 旧  # 注\n", "一\n二", "键: |-  # 注\n  一\n  二\n"),
        ("键: 旧  # 注\n", ["散", "污"], "键: [散, 污]  # 注\n"),
        ("键: [散,  # 中\n  污]  # 注\n", ["散"], "键: [散]  # 注\n"),
        ("键:  # 注\n  - 散\n  # 中\n  - 污  # 尾\n", ["散"], "键: [散]  # 注\n"),
        ("键: 旧  # 注\n", {"子": 1}, "键:  # 注\n  子: 1\n"),
        ("键:\n- 1\n- 2\n", [{"子": 1}], "键:\n  - 子: 1\n"),
        ("键: {子: 1}  # 注\n", {"子": 2}, "键:  # 注\n  子: 2\n"),
    ],
)
def test_set_touches_the_value_alone(before: str, value: Plain, after: str) -> None:
    around = "前: 1  # 不动\n\n{}\n后: '2'   # 不动\n"
    assert edit(around.format(before), Set(("键",), value)) == around.format(after)


def test_blank_lines_that_are_part_of_a_value_go_with_it() -> None:
    assert edit("键: |+\n  一\n\n\n后: 1\n", Set(("键",), "新")) == "键: 新\n后: 1\n"
    assert edit("键: |+\n  一\n\n\n", Set(("后",), 1)) == "键: |+\n  一\n\n\n后: 1\n"


@pytest.mark.parametrize(
    "text",
    ["键: '1'\n", "键:  1 # 注\n", "键: |-\n  1\n", '"键": "\\u0031"\n'],
)
def test_setting_what_is_there_already_changes_nothing(text: str) -> None:
    assert edit(text, Set(("键",), "1")) == text


def test_a_missing_key_goes_before_the_one_named_or_last() -> None:
    text = """\
        # 头
        甲: 1
        # 说明乙
        乙:
            子: 1    # 注
            # 尾

        # 说明丙
        丙: 3
        """
    assert edit(text, Set(("新",), "值", before="乙")) == dedent("""\
        # 头
        甲: 1
        新: 值
        # 说明乙
        乙:
            子: 1    # 注
            # 尾

        # 说明丙
        丙: 3
        """)
    assert edit(text, Set(("乙", "新"), "值", before="没有")) == dedent("""\
        # 头
        甲: 1
        # 说明乙
        乙:
            子: 1    # 注
            新: 值
            # 尾

        # 说明丙
        丙: 3
        """)
    assert edit(text, Set(("新",), "值", before="甲")).startswith("# 头\n新: 值\n甲: 1\n")


def test_a_missing_key_in_an_item() -> None:
    text = "记:\n-   甲: 1\n    乙: 2\n"
    assert edit(text, Set(("记", 0, "丙"), 3)) == "记:\n-   甲: 1\n    乙: 2\n    丙: 3\n"
    assert (
        edit(text, Set(("记", 0, "丙"), 3, before="甲")) == "记:\n-   丙: 3\n    甲: 1\n    乙: 2\n"
    )
    assert edit(text, Set(("记", 0, "丙"), {"丁": 3})) == (
        "记:\n-   甲: 1\n    乙: 2\n    丙: {丁: 3}\n"
    )


def test_a_comment_in_block_text_above_is_no_comment() -> None:
    text = "甲: |\n  # 正文\n乙: 1\n"
    assert edit(text, Set(("新",), 2, before="乙")) == "甲: |\n  # 正文\n新: 2\n乙: 1\n"


def test_missing_parents_are_made() -> None:
    assert edit("甲: 1\n", Set(("整治", "状态"), "搬迁中")) == "甲: 1\n整治:\n  状态: 搬迁中\n"
    assert edit("整治:  # 注\n", Set(("整治", "状态"), "搬迁中")) == "整治:  # 注\n  状态: 搬迁中\n"


def test_a_file_without_a_last_newline() -> None:
    assert edit("甲: 1", Set(("乙",), 2)) == "甲: 1\n乙: 2"
    assert edit("记:\n  - 1", Append(("记",), 2)) == "记:\n  - 1\n  - 2"


def test_an_item_is_replaced_at_its_dash() -> None:
    text = "记:\n  - 甲   # 注\n  -   丙: 1  # 内\n      丁: 2\n  - 乙\n"
    assert edit(text, Set(("记", 0), "新")) == text.replace("- 甲", "- 新")
    assert edit(text, Set(("记", 1), "新")) == "记:\n  - 甲   # 注\n  -   新\n  - 乙\n"
    assert edit(text, Set(("记", 0), {"子": 1, "丑": 2})) == text.replace(
        "- 甲   # 注", "- 子: 1   # 注\n    丑: 2"
    )
    assert edit(text, Set(("记", 1, "丁"), 3)) == text.replace("丁: 2", "丁: 3")


def test_a_mapping_set_whole_keeps_the_comments_of_what_stays() -> None:
    text = """\
        整治:                 # 由记录得出
            # 轮次从一数起
            轮次: 1           # 注
            类别: '搬迁改造'
            原类别:
            状态: 待整治      # 注
        记录:
        """
    value: Plain = {"轮次": 1, "类别": "搬迁改造", "状态": "搬迁中", "期限": date(2026, 12, 31)}
    assert edit(text, Set(("整治",), value)) == dedent("""\
        整治:                 # 由记录得出
            # 轮次从一数起
            轮次: 1           # 注
            类别: '搬迁改造'
            状态: 搬迁中      # 注
            期限: 2026-12-31
        记录:
        """)


def test_the_first_key_of_an_item_can_go() -> None:
    text = "记:\n  - 甲: 1\n    乙: 2\n  - 丙: 3\n"
    assert edit(text, Set(("记", 0), {"乙": 2})) == "记:\n  - 乙: 2\n  - 丙: 3\n"
    assert edit(text, Set(("记", 1), {"丁": 4})) == "记:\n  - 甲: 1\n    乙: 2\n  - 丁: 4\n"


def test_within_brackets_nothing_else_moves() -> None:
    text = "记:\n  - 批准: {人:  '某某' , 日期: 2026-03-05, 备注: }   # 注\n"
    assert edit(text, Set(("记", 0, "批准", "人"), "某甲")) == text.replace("'某某'", "某甲")
    assert edit(text, Set(("记", 0, "批准", "备注"), "甲, 乙")) == text.replace(
        "备注: }", '备注: "甲, 乙" }'
    )
    assert edit(text, Set(("记", 0, "批准", "原件"), "x", before="日期")) == text.replace(
        "日期", "原件: x, 日期"
    )
    assert edit(text, Set(("记", 0, "批准", "凭"), [1, 2])) == text.replace(
        "备注: }", "备注: , 凭: [1, 2] }"
    )
    assert edit("甲: {乙, 丙: 1}\n", Set(("甲", "乙"), 2)) == "甲: {乙: 2, 丙: 1}\n"
    assert edit("甲: {丙: 1, 乙}\n", Set(("甲", "丁"), 2)) == "甲: {丙: 1, 乙, 丁: 2}\n"
    assert edit("甲: {乙:  , 丙: 1}\n", Set(("甲", "乙"), 2)) == "甲: {乙: 2  , 丙: 1}\n"
    assert edit("甲: {乙: 1}\n", Set(("甲", "乙"), None)) == "甲: {乙: null}\n"
    assert edit("甲: {}  # 注\n", Set(("甲", "乙"), 1)) == "甲: {乙: 1}  # 注\n"


# --- appending -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("记:\n  - 1\n  # 尾\n\n", 2, "记:\n  - 1\n  - 2\n  # 尾\n\n"),
        ("记:\n- 1   # 注\n# 尾\n", 2, "记:\n- 1   # 注\n- 2\n# 尾\n"),
        ("记:\n      - 甲: 1\n", {"甲": 2}, "记:\n      - 甲: 1\n      - 甲: 2\n"),
        (
            "记:\n  - 甲: |\n      一\n\n\n",
            {"甲": 2},
            "记:\n  - 甲: |\n      一\n  - 甲: 2\n\n\n",
        ),
        (
            "记:\n  - 甲: |+\n      一\n\n",
            {"甲": 2},
            "记:\n  - 甲: |+\n      一\n\n  - 甲: 2\n",
        ),
        ("记:\n  -\n    甲: 1\n", {"甲": 2}, "记:\n  -\n    甲: 1\n  - 甲: 2\n"),
        ("记:\n  -\n", "x", "记:\n  -\n  - x\n"),
        ("记:  # 注\n", {"甲": 2}, "记:  # 注\n  - 甲: 2\n"),
        ("记: []  # 注\n", {"甲": 2}, "记:  # 注\n  - 甲: 2\n"),
        ("记: ~\n", "散", "记: [散]\n"),
        ("记: [散]  # 注\n", "污", "记: [散, 污]  # 注\n"),
        ("记: ['散' ,  # 中\n  乱,]  # 注\n", "污", "记: ['散' ,  # 中\n  乱, 污,]  # 注\n"),
        ("记: [{甲: 1}]\n", {"甲": [2]}, "记: [{甲: 1}, {甲: [2]}]\n"),
    ],
)
def test_append(before: str, value: Plain, after: str) -> None:
    assert edit(before, Append(("记",), value)) == after
    assert edit(before + "末: 1  # 注\n", Append(("记",), value)) == after + "末: 1  # 注\n"


def test_append_makes_the_sequence() -> None:
    assert edit("别: 1\n\n# 尾\n", Append(("记",), {"甲": 2})) == (
        "别: 1\n记:\n  - 甲: 2\n\n# 尾\n"
    )
    assert edit("整治:\n  轮次: 1\n", Append(("整治", "问题"), "散")) == (
        "整治:\n  轮次: 1\n  问题: [散]\n"
    )


def test_append_stays_above_what_follows() -> None:
    text = "记:\n  - 1\n\n# 说明末\n末: 1\n"
    assert edit(text, Append(("记",), 2)) == "记:\n  - 1\n  - 2\n\n# 说明末\n末: 1\n"


def test_append_within_an_item() -> None:
    text = "厂:\n  - 租:\n    - 甲: 1\n    名: 东\n"
    assert edit(text, Append(("厂", 0, "租"), {"甲": 2})) == (
        "厂:\n  - 租:\n    - 甲: 1\n    - 甲: 2\n    名: 东\n"
    )
    assert edit(text, Append(("厂", 0, "信"), "x")) == text + "    信: [x]\n"


# --- creating and refusing -----------------------------------------------------------------


def test_create_to_the_letter() -> None:
    text = "# 头\n甲:   1   # 注\n"
    assert apply("", [Create(text=text)], PATH) == text
    assert apply("", [Create(text=text), Set(("甲",), 2)], PATH) == "# 头\n甲:   2   # 注\n"
    assert apply("", [Create(text="* -text\n")], ".gitattributes") == "* -text\n"


def test_no_step_goes_on_from_a_broken_one() -> None:
    with pytest.raises(Unfaithful):
        edit("甲: 1\n", Set(("a" * 1100,), 1), Set(("乙",), 2))


def test_half_a_character_is_not_created() -> None:
    with pytest.raises(Unfaithful):
        apply("", [Create({"甲": "\ud800"})], PATH)


def test_edits_follow_each_other() -> None:
    done = edit("甲: 1\n", Set(("乙",), 2), Append(("记",), "x"), Append(("记",), "z"))
    assert done == "甲: 1\n乙: 2\n记: [x, z]\n"


def test_no_edits_no_change() -> None:
    assert apply("甲: 1\n", [], PATH) == "甲: 1\n"


@pytest.mark.parametrize(
    "impossible",
    [
        Set(("甲", "乙"), 1),  # 甲 is text
        Set(("记", 5), 1),  # no such item
        Set(("记", "乙"), 1),  # a key in a sequence
        Set(("无", 0), 1),  # an item of nothing
        Append(("甲",), 1),
        Create({"甲": 1}),
        Set(("甲",), "\ud800"),  # half a character
        Set(("a" * 1100,), 1),  # longer than a parser takes for a key
        Set(("\u200b",), 1),
    ],
)
def test_what_cannot_be_meant_is_not_written(impossible: Edit) -> None:
    with pytest.raises(Unfaithful) as refused:
        edit("甲: 1\n记:\n  - 1\n", impossible)
    assert refused.value.exit_code == 70
    assert PATH in refused.value.message and refused.value.message.endswith("没有写入")


def test_a_splice_that_means_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The read-back is what stands between a bug of ours and the ledger."""
    from swm.store import yamlsplice

    def sloppy(text: str, *_: object, **__: object) -> str:
        return text.replace("甲: 1", "甲: 12")

    monkeypatch.setattr(yamlsplice, "replaced", sloppy)
    with pytest.raises(Unfaithful, match="读回的内容与要写的不一致"):
        edit("甲: 1\n乙: 1\n", Set(("乙",), 2))


def test_a_broken_file_is_not_edited() -> None:
    with pytest.raises(Unreadable):
        edit("甲: [1\n", Set(("甲",), 1))
