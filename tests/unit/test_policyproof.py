"""The proof of the rules: the shipped files hang together, and each mistake is found by name."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from swm.domain import guards
from swm.domain.citations import cited
from swm.domain.guards import GUARDS
from swm.domain.policy import Policy
from swm.domain.policyfiles import (
    CLAUSES,
    HOLIDAYS,
    PATHS,
    POWERS,
    RULES,
    STANDARDS,
    WORKFLOW,
    read_policy,
)
from swm.domain.policyproof import NEEDED_RULES, prove
from swm.errors import ERROR, REMINDER, Finding, Unreadable
from swm.store.yamltext import parse

LEDGER = Path(__file__).parents[2] / "ledger"
TODAY = date(2026, 11, 23)

SMALL = {
    WORKFLOW: """
类别:
  - {名称: 关停取缔, 上报名称: 关停取缔类, 目标: 已取缔, 依据: 方案三}
  - {名称: 限期整改, 上报名称: 升级改造类, 目标: 已整改, 依据: 方案三}
状态:
  - {名称: 待核查, 列入: 否, 应停产: 否}
  - {名称: 待整治, 列入: 是, 应停产: 否}
  - {名称: 已取缔, 列入: 是, 销号: 是, 应停产: 是, 终结: 是}
  - {名称: 已整改, 列入: 是, 销号: 是, 应停产: 否, 终结: 是}
动作:
  - {名称: 列入, 由: [待核查], 至: [待整治], 前提: [已定类别], 依据: 方案五2}
  - {名称: 销号, 由: [待整治], 至: [已取缔], 类别: 关停取缔, 前提: [写明原因], 依据: 方案三}
  - {名称: 销号, 由: [待整治], 至: [已整改], 类别: 限期整改, 前提: [], 事项: 责令整改, 依据: 方案三}
""",
    STANDARDS: """
验收标准:
  - 目标: 已取缔
    名称: 两断三清
    各项:
      - {名称: 断电, 说明: 断电, 涉及: 电, 合用时: 拆除动力线路}
      - {名称: 清设备, 说明: 清除设备}
    依据: 方案三
  - {目标: 已整改, 名称: 整改, 依据: 方案三}
取缔情形:
  - {代号: "1", 情形: 淘汰落后产能, 依据: 方案三}
  - {代号: "6", 情形: 逾期未整改, 依据: 方案三, 逾期于: 待整治}
禁入红线:
  - {词: 电镀, 依据: 方案三}
执法性质: [协助清理, 依法强制执行]
执法结果: [完成]
核减事由: [误登记]
完成方式: [自行清理]
保证书类型: [厂房出租保证书]
""",
    RULES: "规则:\n"
    + "".join(
        f"  - 名称: {name}\n    说明: 说明\n    取值:\n"
        f"      - {{自: 2020-01-01, 至: 2024-12-31, 日数: 1, 依据: 方案三}}\n"
        f"      - {{自: 2025-01-01, 日数: 2, 依据: 方案三、五2}}\n"
        for name in NEEDED_RULES
    )
    + "回头看:\n  - {自: 2020-01-01, 各次: [30], 以后每隔: 182, 依据: 方案五2}\n"
    + "包保:\n  - {自: 2020-01-01, 角色: [村责任人], 依据: 方案五2}\n",
    POWERS: """
职权:
  - {机关: 某区政府, 事项: 责令整改, 依据: 旧法1, 自: 2020-01-01, 至: 2025-12-31}
  - {机关: 某区政府, 事项: 责令整改, 依据: 新法1, 自: 2026-01-01}
""",
    CLAUSES: """
依据:
  - {引用: 方案三, 名称: 方案, 条: 三, 内容: 内容, 自: 2020-01-01}
  - {引用: 方案五2, 名称: 方案, 条: 五2, 内容: 内容, 自: 2020-01-01}
  - {引用: 旧法1, 名称: 旧法, 条: 一, 内容: 内容, 自: 2000-01-01, 至: 2025-12-31}
  - {引用: 新法1, 名称: 新法, 条: 一, 内容: 内容, 自: 2026-01-01, 替代: 旧法1}
""",
    HOLIDAYS: """
年度:
  - 年: 2024
    来源: 通知
    安排:
      - 节日: 春节
        法定: [2024-02-10, 2024-02-11, 2024-02-12, 2024-04-04, 2024-05-01, 2024-06-10]
        调休放假: [2024-02-13]
        调休上班: [2024-02-18]
      - 节日: 国庆节
        法定: [2023-12-31, 2024-09-17, 2024-10-01, 2024-10-02, 2024-10-03]
""",
}


def policy_of(texts: dict[str, str]) -> Policy:
    return read_policy({path: parse(text.encode(), path) for path, text in texts.items()})


def broken(path: str, old: str, new: str, on: date = TODAY) -> list[Finding]:
    """What the proof finds once `old` in one of the small files has become `new`."""
    assert SMALL[path].count(old) >= 1, old
    texts = SMALL | {path: SMALL[path].replace(old, new, 1)}
    return prove(policy_of(texts), GUARDS, on)


def shipped() -> Policy:
    texts = {path: (LEDGER / path).read_text(encoding="utf-8") for path in PATHS}
    return policy_of(texts)


def test_the_shipped_rules_are_proven() -> None:
    assert prove(shipped(), GUARDS, TODAY) == []


def test_the_small_rules_are_proven() -> None:
    assert prove(policy_of(SMALL), GUARDS, TODAY) == []


# fmt: off
MISTAKES = [
    (WORKFLOW, "由: [待核查]", "由: [待核实]", "引用", "动作[列入].由", "没有“待核实”这个状态"),
    (WORKFLOW, "至: [已整改]", "至: [整改完]", "引用", "动作[销号].至", "没有“整改完”这个状态"),
    (WORKFLOW, "类别: 限期整改, 前", "类别: 整改, 前",
     "引用", "动作[销号].类别", "没有“整改”这个类别"),
    (WORKFLOW, "目标: 已整改", "目标: 整改完",
     "引用", "类别[限期整改].目标", "没有“整改完”这个状态"),
    (WORKFLOW, "目标: 已整改", "目标: 待整治", "目标", "类别[限期整改].目标", "不是销号的状态"),
    (WORKFLOW, "{名称: 待核查", "{名称: 待查", "引用", "状态", "缺少状态“待核查”"),
    (WORKFLOW, "前提: [已定类别]", "前提: [已定类]",
     "引用", "动作[列入].前提", "没有“已定类”这个前提"),
    (WORKFLOW, "前提: [已定类别]", "前提: [已定类别, 已定类别]",
     "重复", "动作[列入].前提", "写了2次"),
    (WORKFLOW, "至: [已整改]", "至: [已取缔]", "流程", "状态[已整改]", "没有动作能够到达"),
    (WORKFLOW, "至: [已整改]", "至: []", "流程", "动作[销号].至", "不能为空"),
    (WORKFLOW, "由: [待核查]", "由: [待整治]", "流程", "状态[待核查]", "没有动作能够离开"),
    (WORKFLOW, "应停产: 是, 终结: 是", "应停产: 是", "流程", "状态[已取缔]", "没有动作能够离开"),
    (WORKFLOW, "类别: 限期整改, 前", "类别: 关停取缔, 前",
     "重叠", "动作[销号].由", "分不出用哪一行"),
    (WORKFLOW, "至: [已取缔], 类别: 关停取缔", "至: [已取缔]", "重叠", "动作[销号].由", "“待整治”"),
    (WORKFLOW, "依据: 方案五2", "依据: 方案五3", "依据", "动作[列入].依据", "依据里没有“方案五3”"),
    (WORKFLOW, "名称: 已整改", "名称: 已取缔", "重复", "状态", "“已取缔”写了2次"),
    (STANDARDS, "目标: 已整改", "目标: 待整治", "引用", "验收标准[待整治].目标", "这个销号状态"),
    (STANDARDS, "目标: 已整改", "目标: 待整治", "目标", "验收标准", "“已整改”没有验收标准"),
    (STANDARDS, "名称: 清设备", "名称: 断电", "重复", "验收标准[已取缔].各项", "“断电”写了2次"),
    (STANDARDS, "涉及: 电", "涉及: 气", "引用", "验收标准[已取缔].各项[断电].涉及", "没有“气”"),
    (STANDARDS, ", 合用时: 拆除动力线路", "", "引用", "验收标准[已取缔].各项[断电]", "应同时写"),
    (STANDARDS, '代号: "6"', '代号: "1"', "重复", "取缔情形", "“1”写了2次"),
    (STANDARDS, "逾期于: 待整治", "逾期于: 整治",
     "引用", "取缔情形[6].逾期于", "没有“整治”这个状态"),
    (RULES, "名称: 补录界限", "名称: 补录期限", "规则", "规则", "缺少规则“补录界限”"),
    (RULES, "自: 2025-01-01", "自: 2025-01-03", "时效", "规则[延期次数].取值", "没有取值"),
    (RULES, "自: 2025-01-01", "自: 2024-12-31", "时效", "规则[延期次数].取值", "两段重叠"),
    (RULES, ", 至: 2024-12-31", "", "时效", "规则[延期次数].取值", "两段重叠"),
    (RULES, "至: 2024-12-31", "至: 2019-12-31",
     "时效", "规则[延期次数].取值", "早于“自”2020-01-01"),
    (RULES, "自: 2020-01-01", "自: 2019-12-31",
     "依据", "规则[延期次数].取值[2019-12-31].依据", "不能引用"),
    (RULES, "方案三、五2", "方案三、五9",
     "依据", "规则[延期次数].取值[2025-01-01].依据", "“方案五9”"),
    (POWERS, "事项: 责令整改", "事项: 责令整政",
     "引用", "职权[某区政府].事项", "没有“责令整政”这个事项"),
    (POWERS, "自: 2026-01-01", "自: 2025-12-31", "时效", "职权[某区政府，责令整改]", "两段重叠"),
    (POWERS, "至: 2025-12-31", "至: 2019-12-31", "时效", "职权[某区政府，责令整改]", "早于“自”"),
    (POWERS, "依据: 新法1", "依据: 旧法1",
     "依据", "职权[某区政府，责令整改].依据", "2025-12-31 后不再施行"),
    (CLAUSES, "至: 2025-12-31", "至: 1999-12-31", "时效", "依据[旧法1]", "早于“自”2000-01-01"),
    (CLAUSES, "替代: 旧法1", "替代: 旧法2", "依据", "依据[新法1].替代", "没有被替代的“旧法2”"),
    (CLAUSES, "引用: 方案五2", "引用: 方案三", "重复", "依据", "“方案三”写了2次"),
    (HOLIDAYS, "调休上班: [2024-02-18]", "调休上班: [2024-02-19]",
     "节假日", "年度[2024].安排[春节]", "星期一"),
    (HOLIDAYS, "调休放假: [2024-02-13]", "调休放假: [2024-02-12]",
     "节假日", "年度[2024].安排[春节]", "春节法定"),
    (HOLIDAYS, "调休放假: [2024-02-13]", "调休放假: [2025-02-13]",
     "节假日", "年度[2024].安排[春节]", "不在2024年"),
]
# fmt: on


@pytest.mark.parametrize(("path", "old", "new", "code", "field", "message"), MISTAKES)
def test_each_mistake_is_found_where_it_stands(
    path: str, old: str, new: str, code: str, field: str, message: str
) -> None:
    found = broken(path, old, new)
    hits = [f for f in found if (f.code, f.field) == (code, field) and message in f.message]
    assert hits, found
    assert all(f.hint for f in found)


def test_a_misspelt_guard_is_given_its_nearest_name() -> None:
    [found] = broken(WORKFLOW, "前提: [写明原因]", "前提: [写明原由]")
    assert (
        str(found) == "制度/流程.yaml“动作[销号].前提”：没有“写明原由”这个前提；是不是“写明原因”？"
    )


def test_a_year_listed_twice_is_found() -> None:
    year = SMALL[HOLIDAYS].split("年度:")[1]
    texts = SMALL | {HOLIDAYS: f"年度:{year}{year}"}
    found = prove(policy_of(texts), GUARDS, TODAY)
    assert "“2024”写了2次" in [f.message for f in found]


def test_too_few_statutory_days_are_a_reminder() -> None:
    [found] = broken(HOLIDAYS, "2024-02-10, 2024-02-11, ", "")
    assert (found.level, found.message) == (REMINDER, "法定节假日只列了9天，全年应为11天")


def test_a_clause_that_lapses_with_time_is_a_reminder_naming_its_successor() -> None:
    cite = {WORKFLOW: SMALL[WORKFLOW].replace("依据: 方案五2", "依据: 旧法1")}
    policy = policy_of(SMALL | cite)
    assert prove(policy, GUARDS, date(2025, 12, 31)) == []
    [found] = prove(policy, GUARDS, date(2026, 1, 1))
    assert found.level == REMINDER
    assert found.hint == "改引“新法1”"


def test_contradicting_dates_are_an_error_whatever_the_day() -> None:
    for on in (date(2021, 1, 1), TODAY):
        found = broken(POWERS, "至: 2025-12-31", "至: 2026-01-31", on)
        assert [f.level for f in found if f.code == "依据"] == [ERROR]


def test_all_mistakes_of_all_files_are_listed_at_once() -> None:
    texts = SMALL | {
        WORKFLOW: SMALL[WORKFLOW].replace("列入: 否", "列入: 不", 1),
        CLAUSES: SMALL[CLAUSES].replace("自: 2020-01-01", "自: 2020-02-30", 1),
    }
    del texts[POWERS]
    with pytest.raises(Unreadable) as refused:
        policy_of(texts)
    assert {(f.path, f.line) for f in refused.value.findings} == {
        (WORKFLOW, 6),
        (POWERS, None),
        (CLAUSES, 3),
    }


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("方案三", ("方案三",)),
        ("方案三（一）6、三（二）", ("方案三（一）6", "方案三（二）")),
        ("行政强制法35、43", ("行政强制法35", "行政强制法43")),
        ("方案三（一）、行政强制法35、43", ("方案三（一）", "行政强制法35", "行政强制法43")),
        ("方案五2、本镇暂定", ("方案五2", "本镇暂定")),
    ],
)
def test_joint_citations_are_split(text: str, clauses: tuple[str, ...]) -> None:
    assert cited(text) == clauses


def test_every_clause_that_a_guard_cites_stands_in_the_shipped_clauses() -> None:
    texts = (
        node.value
        for module in Path(guards.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    cites = {t for t in texts if t.startswith(("方案三", "方案五", "行政强制法")) and len(t) < 20}
    assert "行政强制法35" in cites
    known = {clause.code for clause in shipped().clauses.clauses}
    assert {code for text in cites for code in cited(text)} <= known


def test_clauses_quote_the_plan_and_the_repealed_laws_have_successors() -> None:
    clauses = {c.code: c for c in shipped().clauses.clauses}
    assert clauses["方案三（一）6"].text == "限期整改类企业逾期未完成整改的企业（作坊）"
    ended = [code for code, clause in clauses.items() if clause.until]
    assert {c.replaces for c in clauses.values() if c.replaces} == set(ended)


def test_the_town_itself_holds_no_power() -> None:
    policy = shipped()
    assert policy.power("俵口镇人民政府", "责令限期清理", TODAY) is None
    before, after = date(2026, 8, 14), date(2026, 8, 15)
    for day, basis in ((before, "水污染防治法87"), (after, "生态环境法典1141")):
        power = policy.power("宁河区人民政府", "责令限期清理", day)
        assert power is not None
        assert power.basis == basis


def test_the_shipped_numbers_say_who_chose_them() -> None:
    values = [(r.name, v) for r in shipped().rules.rules for v in r.values]
    by_law = {"公告送达", "申请法院前催告"}
    assert {name for name, v in values if "本镇暂定" not in cited(v.clause)} == by_law
    assert {name: value.days for name, value in values if name.startswith("限期")} == {
        "限期清理": 15,
        "限期搬迁": 90,
        "限期整改": 30,
    }


LETTINGS = """保证书类型: [厂房出租保证书]
保证书适用:
  - {类型: 厂房出租保证书, 签订人: [房东], 有效期: 保证书有效期, 自: 2020-01-01, 依据: 方案三}
转租签订: [房东]
准入材料:
  - {方式: 接电, 材料: [营业执照], 自: 2020-01-01, 依据: 方案三}
"""


def test_whose_letter_and_what_is_handed_in_name_what_exists() -> None:
    whole = SMALL[STANDARDS].replace("保证书类型: [厂房出租保证书]\n", LETTINGS)

    def said(old: str, new: str) -> list[str]:
        assert old in whole
        texts = SMALL | {STANDARDS: whole.replace(old, new, 1)}
        return [f.field for f in prove(policy_of(texts), GUARDS, TODAY)]

    assert said("转租签订", "转租签订") == []
    assert said("{类型: 厂房出租保证书", "{类型: 口头保证") == ["保证书适用[口头保证]"]
    assert said("签订人: [房东]", "签订人: [亲戚]") == ["保证书适用[厂房出租保证书].签订人"]
    assert said("有效期: 保证书有效期", "有效期: 一年") == ["保证书适用[厂房出租保证书].有效期"]
    assert said("转租签订: [房东]", "转租签订: [亲戚]") == ["转租签订"]
    assert said("方式: 接电", "方式: 接气") == ["准入材料[接气]"]
    assert said(
        "[营业执照], 自: 2020-01-01, 依据: 方案三", "[营业执照], 自: 2020-01-01, 依据: 方案九"
    ) == ["准入材料[接电].依据"]
    twice = "  - {方式: 接电, 材料: [用地证明], 自: 2021-01-01, 依据: 方案三}\n"
    assert said("  - {方式: 接电", twice + "  - {方式: 接电") == ["准入材料[接电]"]
