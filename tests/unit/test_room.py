"""The room in which templates run: every way to break out, to run on or to fill the memory ends
with one sentence, in Chinese, and soon."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jinja2 import TemplateError

from swm.render import limits, room, roomfilters
from swm.render.limits import Limits
from swm.render.templates import environment

DATA: dict[str, Any] = {
    "名单": list(range(10)),
    "数字": {"本月新增": {"文": "3家", "值": 3}},
    "恶": "<b>&",
    "长": "字" * 100_000,
}
SMALL = Limits(turns=20_000, printed=200_000, text=20_000, elements=1_000, seconds=60)
"""Limits that a test meets in a moment; the measure is the same."""


def fill(source: str, small: bool = False) -> str:
    return room.opened(limits=SMALL if small else limits.LIMITS).from_string(source).render(DATA)


def doubled(start: str, step: str, end: str) -> str:
    """A template that doubles something sixty times."""
    return start + step * 60 + end


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        ("{{ 'x' * 10 ** 9 }}", "不能这样用"),
        ("{{ 'x' * 1000000000 }}", r"不能这样用“\*”"),
        ("{{ [1] * 1000000000 }}", r"不能这样用“\*”"),
        ("{{ 10 ** 10 ** 10 }}", r"不能这样用“\*\*”"),
        ("{{ 999999999 * 999999999 }}", "数字太大"),
        ("{{ '%1000000000d' % 1 }}", "不能这样用“%”"),
        ("{{ '%1000000000d'|format(1) }}", "没有“|format”"),
        ("{{ '{:>1000000000}'.format(1) }}", "不能用“format”"),
        ("{{ 'x'|center(1000000000) }}", "没有“|center”"),
        ("{{ 'x'|indent(1000000000) }}", "没有“|indent”"),
        ("{{ 'x'.ljust(1000000000) }}", "不能用“ljust”"),
        ("{{ 'x'.join(名单) }}", "不能用“join”"),
        ("{{ 'x'.replace('x', 长) }}", "不能用“replace”"),
        ("{{ []|batch(1000000000, 'x')|list }}", "每组"),
        ("{{ 1.5|round(1000000000) }}", "小数最多"),
        ("{% for i in range(1000000000) %}x{% endfor %}", "没有“range”"),
        ("{% for i in 名单 recursive %}{{ loop(名单) }}{% endfor %}", "recursive"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "停不下来"),
        ("{% block a %}{{ self.a() }}{% endblock %}", "不能用“block”"),
        ("{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}", "不能用“varargs”"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "太复杂"),
        ("{{ " + "9" * 5000 + " }}", "太复杂"),
        ("{{ " + "-" * 3000 + "1 }}", "太复杂"),
        ("{% if 1 %}" * 200 + "{% endif %}" * 200, "太复杂"),
    ],
)
def test_what_would_grow_without_end_is_refused_before_it_grows(attack: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        fill(attack)


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        ("{% for a in 名单 %}" * 9 + "x" + "{% endfor %}" * 9, "循环太多"),
        (
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
            "循环太多",
        ),
        (doubled("{% set a = 'x' %}", "{% set a = a ~ a %}", ""), "文字太长"),
        (doubled("{% set a = 'x' %}", "{% set a = a + a %}", ""), "文字太长"),
        (
            doubled("{% set a %}x{% endset %}", "{% set a %}{{ a }}{{ a }}{% endset %}", ""),
            "写出的",
        ),
        (doubled("{% set a = [1] %}", "{% set a = a + a %}", ""), "清单太长"),
        (doubled("{% set a = [1] %}", "{% set a = [a, a] %}", ""), "清单太长"),
        (doubled("{% set a = (1,) %}", "{% set a = (a, a) %}", ""), "清单太长"),
        (doubled("{% set a = {} %}", "{% set a = {'a': a, 'b': a} %}", ""), "清单太长"),
        ("{{ 长|replace('字', 长) }}", "文字太长"),
        (doubled("{% set a = 'ab' %}", "{% set a = a|replace('a', a) %}", ""), "文字太长"),
        ("{{ [长, 长]|join(长) }}", "文字太长"),
        (
            "{% for a in 名单 %}{% for b in 名单 %}" + "字" * 3000 + "{% endfor %}{% endfor %}",
            "写出的",
        ),
        ("{% for a in 名单 %}{{ 长 }}{% endfor %}", "写出的"),
    ],
)
def test_what_grows_step_by_step_is_stopped_on_the_way(attack: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        fill(attack, small=True)


def test_what_counts_for_little_and_takes_long_is_stopped_by_the_time_it_takes() -> None:
    slow = Limits(seconds=0.2)
    source = "{% for a in 长 %}{% if 长[1:] == 长[:1] %}{% endif %}{% endfor %}"
    with pytest.raises(TemplateError, match="时间太长"):
        room.opened(limits=slow).from_string(source).render(DATA)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 名单.__class__ }}",
        "{{ 名单|attr('__class__') }}",
        "{{ 名单.append(1) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler }}",
        "{{ namespace() }}",
        "{{ lipsum(5) }}",
        "{{ loop.__class__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% from 'os' import path %}",
        "{% extends '/etc/passwd' %}",
        "{% autoescape false %}{{ 恶 }}{% endautoescape %}",
        "{{ 恶|safe }}",
        "{{ 恶|urlize }}",
        "{{ {'a': 恶}|xmlattr }}",
        "{{ 名单|random }}",
        "{{ 名单|pprint }}",
    ],
)
def test_there_is_no_way_out_and_nothing_is_left_to_chance(attack: str) -> None:
    with pytest.raises(TemplateError):
        fill(attack)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("{{ 1 / 0 }}", "除数是零"),
        ("{{ 名单['x':] }}", "方括号里要写数字"),
        ("{{ 名单 }}", "不是文字和数字"),
        ("{{ 数字 }}", "不是文字和数字"),
        ("{{ 名单 < 1 }}", "不能比较大小"),
        ("{{ 5() }}", "不能带括号使用"),
        ("{% for a, b in 名单 %}{% endfor %}", "项数"),
        ("{% for a in 5 %}{% endfor %}", "不是清单"),
        ("{{ -名单 }}", "不能这样计算"),
        ("{{ 1 + 'x' }}", "不能这样用“\\+”"),
        ("{{ 数字.本月新曾 }}", "没有“本月新曾”这一项，是不是“本月新增”？"),
        ("{{ 恶|uper }}", "没有“\\|uper”这种写法"),
        ("{% if 恶 is oddd %}{% endif %}", "没有“is oddd”这种写法"),
        ("{{ 恶 恶 }}", "“恶”多余"),
        ("{{ 恶", "没有写完"),
        ("{% if 恶 %}", "“if”没有结束，缺少 endif"),
        ("{% endif %}", "“endif”前面没有与它配对的标记"),
        ("{% for a in 名单 %}{% endif %}", "“for”还没有结束"),
        ("{% iff 恶 %}", "不认识的标记“iff”"),
        ("{{ }}", "花括号里要写名称"),
        ("{{ 1 if }}", "这里不能有“}}”"),
    ],
)
def test_a_mistake_is_told_in_chinese_with_its_line(wrong: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told) as caught:
        fill("一\n二\n" + wrong)
    assert caught.value.lineno == 3  # type: ignore[attr-defined]
    assert not re.search("[a-z]{4,} [a-z]{2,}", str(caught.value)), "still English"


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 恶 }}", "&lt;b&gt;&amp;"),
        ("{{ 数字.本月新增 }}", "3家"),
        ("{{ 数字.本月新增.值 + 1 }}", "4"),
        ("{{ 7 // 2 }}|{{ 7 % 2 }}|{{ 7 / 2 }}|{{ 2 * 3 }}", "3|1|3.5|6"),
        ("{{ '甲' ~ 恶 ~ 1 }}", "甲&lt;b&gt;&amp;1"),
        ("{{ ['甲', 恶]|join('、') }}", "甲、&lt;b&gt;&amp;"),
        ("{{ '甲乙'|replace('乙', '丙') }}", "甲丙"),
        ("{{ 名单|batch(4)|list|length }}", "3"),
        ("{{ [数字.本月新增, 数字.本月新增]|sum }}", "6"),
        ("{{ 名单|sum }}|{{ 1.25|round(1) }}", "45|1.2"),
        ("{% for 个 in 名单 if 个 > 7 %}{{ loop.index }}{{ 个 }}{% endfor %}", "1829"),
        (
            "{% for 个 in 名单|select('odd') %}{{ loop.last }}{% endfor %}",
            "FalseFalseFalseFalseTrue",
        ),
        (
            "{% macro 一(甲, 乙='丙') %}{{ 甲 }}{{ 乙 }}{% endmacro %}{{ 一(恶) }}",
            "&lt;b&gt;&amp;丙",
        ),
        (
            "{% macro 二() %}[{{ caller('丁') }}]{% endmacro %}{% call(甲) 二() %}{{ 甲 }}{% endcall %}",
            "[丁]",
        ),
        ("{% filter upper %}abc{% endfilter %}", "ABC"),
        ("{{ 恶.startswith('<') and '甲' or '乙' }}", "甲"),
        ("{% set 甲 %}{{ 恶 }}{% endset %}{{ 甲 }}", "&lt;b&gt;&amp;"),
        ("{{ '甲' if 名单 else '乙' }}{{ 长[:2] }}{{ 名单[1:3]|length }}", "甲字字2"),
    ],
)
def test_an_offices_ordinary_wishes_are_met(source: str, printed: str) -> None:
    assert fill(source) == printed


def test_what_is_printed_is_noted_as_it_is_printed() -> None:
    noted: list[str] = []
    environment(noted).from_string("{{ 恶 }}{{ 名单[0] }}{{ 数字.本月新增 }}").render(DATA)
    assert noted == ["<b>&", "3家"]


def test_long_lists_keep_their_length_and_order_while_they_are_watched() -> None:
    many = list(range(limits.WATCHED * 3))
    source = (
        "{% for 个 in 数 %}{{ 个 }}{% if not loop.last %},{% endif %}{% endfor %}/{{ 数|length }}"
    )
    told = environment().from_string(source).render(数=many)
    assert told == ",".join(map(str, many)) + f"/{len(many)}"


def test_every_filter_of_the_room_is_known_to_the_check_and_no_other() -> None:
    assert set(environment().filters) == set(roomfilters.ALL)
