"""Every known trap of YAML: read rightly as text, or refused with file, line, field and a way out.

The numbers are those of the catalogue of faults, part B. Both parsers must agree: libyaml, and
PyYAML's own where libyaml is missing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import yaml
from ruamel.yaml import YAML
from yaml.loader import BaseLoader

from swm.domain import fields
from swm.domain.edits import Append, Plain, Set
from swm.domain.fields import DATE, NAME, NUMBER, TEXT, key
from swm.domain.tree import Text
from swm.errors import ERROR, Finding, Unreadable
from swm.store import yamlread
from swm.store.yamltext import apply, dump, parse

PATH = "企业/BK-00/BK-0001.yaml"
QUOTE = "请给整个值加上双引号"


@pytest.fixture(params=["libyaml", "pyyaml"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "pyyaml":
        monkeypatch.setattr(yamlread, "Parser", BaseLoader)
    yield request.param


def refusal(data: str | bytes) -> Finding:
    with pytest.raises(Unreadable) as refused:
        parse(data.encode() if isinstance(data, str) else data, PATH)
    assert refused.value.exit_code == 5
    assert refused.value.message == f"{PATH} 读不了"
    (finding,) = refused.value.findings
    assert finding.path == PATH and finding.level == ERROR and finding.code
    return finding


def said(data: str | bytes) -> str:
    """What the clerk reads, without the file's name."""
    return str(refusal(data)).removeprefix(PATH).lstrip(" ：")


def read_by_others(text: str) -> tuple[object, object]:
    """The same document by a YAML 1.1 and by a YAML 1.2 reader."""
    return yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)


# --- text stays text: 31-35, 38-40, 46, 52 ---------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "01012345678",  # 31
        *("007", "0123", "089", "00"),  # 32
        *("+86", "1_000", "1e3"),  # 33
        *("1:30", "190:20:30", "08:30"),  # 34
        *("no", "on", "y", "True", "OFF"),  # 35
        "2026-11-31",  # 36
        *("2026-11-30", "2026-11-30 10:00"),  # 37
        *("911101085555555555", "91110108MA01ABCD2X"),  # 39
        *("1.0e400", ".nan", "-.inf", "0x1F", "0o17"),  # 40
        "1" * 5000,  # 46
        *("=", "～", "ＡＢＣ", "\u2f08", "e\u0301"),  # 52: no normalising of what is stored
    ],
)
def test_a_scalar_is_the_text_that_was_written(parser: str, written: str) -> None:
    for line in (f"键: {written}\n", f"键: '{written}'\n", f'键: "{written}"\n'):
        value = parse(line.encode(), PATH)["键"]
        assert type(value) is Text and value == written
    for value_written in (dump({"键": written}), dump({"键": [written]})):
        for reading in (parse(value_written.encode(), PATH), *read_by_others(value_written)):
            assert reading in ({"键": written}, {"键": [written]})


def test_38_null_and_empty_are_nothing(parser: str) -> None:
    assert parse("甲: ~\n乙: null\n丙:\n".encode(), PATH) == {"甲": None, "乙": None, "丙": None}
    assert apply("甲: ~\n乙: null\n", [Append(("丙",), "x")], PATH).startswith("甲: ~\n乙: null\n")


@dataclass(frozen=True)
class Firm:
    phone: str | None = key("电话", NAME, "联系电话")
    round: int | None = key("轮次", NUMBER, "第几轮")
    found: date | None = key("日期", DATE, "发现日期", required=True)
    note: str | None = key("说明", TEXT, "情况说明")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("日期: 2026-11-31\n", "第1行“日期”：“2026-11-31”这一天不存在；请核对年、月、日"),  # 36
        (
            "日期: 2026-11-30 10:00\n",  # 37
            "第1行“日期”：“2026-11-30 10:00”不是日期；日期写作 2026-10-03",
        ),
        ("日期: ~\n", "第1行“日期”：必须填写；发现日期"),  # 38
        (
            "日期: 2026-11-30\n轮次: .nan\n",  # 40
            "第2行“轮次”：“.nan”不是整数；请写不带前导零的整数",
        ),
        (
            "日期: 2026-11-30\n轮次: 1e3\n",
            "第2行“轮次”：“1e3”不是整数；请写不带前导零的整数",
        ),
        (
            '日期: 2026-11-30\n电话: "\\e[31m"\n',  # 50
            "第2行“电话”：含有名称中不允许的字符 U+001B；请删去该字符后重新填写",
        ),
        (
            '日期: 2026-11-30\n电话: "甲\\u202e乙"\n',  # 51
            "第2行“电话”：含有名称中不允许的字符 U+202E；请删去该字符后重新填写",
        ),
        (
            '日期: 2026-11-30\n说明: "\\N"\n',  # 48
            "第2行“说明”：含有不能保存的字符 U+0085；请删去该字符后重新填写",
        ),
    ],
)
def test_what_only_the_field_can_judge(parser: str, text: str, message: str) -> None:
    with pytest.raises(Unreadable) as refused:
        fields.read(Firm, parse(text.encode(), PATH), PATH)
    assert [str(f) for f in refused.value.findings] == [f"{PATH} {message}"]


def test_31_a_bare_phone_is_a_phone(parser: str) -> None:
    tree = parse("电话: 01012345678\n日期: 2026-11-30\n".encode(), PATH)
    assert fields.read(Firm, tree, PATH) == Firm(phone="01012345678", found=date(2026, 11, 30))


# --- structure: 41-47 ------------------------------------------------------------------------

ALIAS = f"用了 YAML 别名（* 开头）；请把内容直接写出；本来就是文字的，{QUOTE}"
ANCHOR = f"用了 YAML 锚点（& 开头）；请删去锚点；本来就是文字的，{QUOTE}"
TAG = f"用了 YAML 标签（! 开头）；请删去标签；本来就是文字的，{QUOTE}"
REPEATED = "写了两遍（第{}行和第{}行）{}；请核对后删去其中一处"
TWIN = "，两处看上去一样而编码不同"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲: 1\n乙: 2\n甲: 3\n", "第3行“甲”：“甲”" + REPEATED.format(1, 3, "")),  # 41
        (
            "记:\n  - 甲: 1\n  - 甲: 1\n    乙:\n      丙: 1\n      '丙': 2\n",
            "第6行“记[2].乙.丙”：“丙”" + REPEATED.format(5, 6, ""),
        ),
        ("甲: {乙: 1, 乙: 2}\n", "第1行“甲.乙”：“乙”写了两遍（都在第1行）；请核对后删去其中一处"),
        (
            "甲:\n  \u00e9: 1\n  e\u0301: 2\n",  # 42
            "第3行“甲.e\u0301”：“e\u0301”" + REPEATED.format(2, 3, TWIN),
        ),
        (
            "甲:\n  e\u0301: 1\n  \u00e9: 2\n",
            "第3行“甲.\u00e9”：“\u00e9”" + REPEATED.format(2, 3, TWIN),
        ),
        (
            "a: &a [x, x]\nb: *a\n",  # 43
            f"第1行“a”：{ANCHOR}",
        ),
        (
            "甲: &a [*a]\n",  # 44
            f"第1行“甲”：{ANCHOR}",
        ),
        (
            "甲: 1\n记:\n  - 备注: *重要\n",
            f"第3行“记[1].备注”：{ALIAS}",
        ),
        (
            "甲:\n  *a : 1\n",
            f"第2行“甲”：用了 YAML 别名（* 开头）；请把内容直接写出；本来就是文字的，{QUOTE}",
        ),
        (
            "甲:\n  &a 乙: 1\n",
            f"第2行“甲.乙”：{ANCHOR}",
        ),
        ("甲:\n  <<: {乙: 1}\n", "第2行“甲.<<”：用了 YAML 合并键（<<）；请把内容直接写出"),
        (
            "甲: !!python/object:os.system x\n",  # 47
            f"第1行“甲”：{TAG}",
        ),
        (
            "甲:\n  - 1\n  - !foo {乙: 1}\n",
            f"第3行“甲[2]”：{TAG}",
        ),
        (
            "甲:\n  !foo 乙: 1\n",
            f"第2行“甲.乙”：{TAG}",
        ),
        (
            "甲: 1\n---\n乙: 2\n",
            "第2行：一个文件里有不止一份文档；请删去多出的 --- 或 ... 及其后的内容",
        ),
        (
            "甲: 1\n...\n乙: 2\n",
            "第3行“乙”：一个文件里有不止一份文档；请删去多出的 --- 或 ... 及其后的内容",
        ),
        ("%YAML 1.2\n---\n甲: 1\n", "第1行：有 % 开头的 YAML 指令；请删去这一行"),
        ("%TAG ! tag:x\n---\n甲: 1\n", "第1行：有 % 开头的 YAML 指令；请删去这一行"),
        ("", "第1行：文件是空的；请从 git 历史中恢复，或删去这个文件"),
        ("# 只有注释\n", "第1行：文件是空的；请从 git 历史中恢复，或删去这个文件"),
        ("---\n", "第1行：文件是空的；请从 git 历史中恢复，或删去这个文件"),
        ("# 头\n- 甲\n", "第2行：整个文件应由“键: 值”组成；每行写作 键: 值"),
        ("甲\n", "第1行：整个文件应由“键: 值”组成；每行写作 键: 值"),
        (
            "甲:\n  [乙, 丙]: 1\n",
            "第2行“甲”：键不能是列表或下级字段；键应是一个词；带括号的键请加双引号",
        ),
        (
            "甲: {{乙: 1}: 2}\n",
            "第1行“甲”：键不能是列表或下级字段；键应是一个词；带括号的键请加双引号",
        ),
        ("甲: 1\n? 乙\n: 2\n", "第2行“乙”：用了“? ”开头的键；写作 键: 值"),
        ("甲: 1\n: 2\n", "第2行：冒号前面没有键；写作 键: 值"),
        ('甲: 1\n"": 2\n', "第2行：冒号前面没有键；写作 键: 值"),
        ("甲\u200b: 1\n", "第1行“甲<U+200B>”：键里有不可见的字符 U+200B；请删去该字符"),  # 51
        (
            '乙:\n  "\\e[31m": 1\n',
            "第2行“乙.<U+001B>[31m”：键里有不可见的字符 U+001B；请删去该字符",
        ),
        ("乙:\n  甲\u202e: 1\n", "第2行“乙.甲<U+202E>”：键里有不可见的字符 U+202E；请删去该字符"),
    ],
)
def test_structure(parser: str, text: str, message: str) -> None:
    assert said(text) == message


def test_42_a_lone_key_in_another_normal_form_is_kept(parser: str) -> None:
    assert parse("e\u0301: 1\n甲: 2\n".encode(), PATH) == {"e\u0301": "1", "甲": "2"}


def test_43_the_alias_bomb_is_refused_at_once(parser: str) -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 25)]
    assert refusal("\n".join(rows)).code == "锚点"


@pytest.mark.parametrize("depth", [21, 500, 5000, 500_000])
def test_45_nesting(parser: str, depth: int) -> None:
    started = time.process_time()
    finding = refusal("甲: " + "[" * depth)
    assert finding.code == "层级" and "层级超过 20 层" in finding.message and finding.line == 1
    assert time.process_time() - started < 5


def test_45_twenty_levels_are_read(parser: str) -> None:
    assert parse(("甲: " + "[" * 19 + "乙" + "]" * 19).encode(), PATH)
    assert refusal("甲: " + "[" * 20 + "乙" + "]" * 20).code == "层级"


@pytest.mark.parametrize(
    "unit",
    [
        "甲",
        " ",
        "\n",
        "a:",
        "- ",
        "- \n",
        "? ",
        "'",
        '"\n',
        "|\n",
        "[",
        "{a",
        "{a: ",
        "#",
        "%",
        "\t",
    ],
)
@pytest.mark.parametrize("head", ["", "甲: ", "甲: |\n  ", "甲: 乙"])
def test_a_file_of_one_thing_over_and_over_costs_no_time(head: str, unit: str) -> None:
    """Nearly a mebibyte; what is refused is refused in a moment, what is read is read."""
    text = head + unit * ((1 << 20) // len(unit.encode()) - 20)
    started = time.process_time()
    try:
        parse(text.encode(), PATH)
    except Unreadable as refused:
        assert len(refused.findings) == 1
    assert time.process_time() - started < 3


def test_46_a_file_over_a_mebibyte_is_not_even_decoded(parser: str) -> None:
    assert said(b"\xff" * (1 << 20) + b"\xff") == (
        "文件有 1048577 字节，超过 1 MiB 的上限；照片和扫描件请作为附件保存，不要写进台账文件"
    )


# --- characters and encodings: 48-54, 58 -----------------------------------------------------

TO_UTF8 = "请用编辑器把文件另存为 UTF-8（不带 BOM）"
DROP = "请删去该字符后重新填写"
NEWLINE = "请删去该字符，另起一行请用回车"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("甲: 1\n乙: 前\x85后\n", f"第2行“乙”：含有不可见的换行字符 U+0085；{NEWLINE}"),  # 48
        ("甲: 1\n乙: 前\u2028后\n", f"第2行“乙”：含有不可见的换行字符 U+2028；{NEWLINE}"),
        ("甲: 1\n乙: 前\u2029后\n", f"第2行“乙”：含有不可见的换行字符 U+2029；{NEWLINE}"),
        (
            "甲: 1\n乙: ".encode() + b"\xed\xa0\x80\n",  # 49
            f"第2行：含有残缺的字符（单个代理码 U+D800—U+DFFF）；{DROP}",
        ),
        ("甲: 1\n  # \x1b[31m\n", f"第2行：含有控制字符 U+001B；{DROP}"),  # 50
        ("记:\n  - 乙: \x9b31m\n", f"第2行“乙”：含有控制字符 U+009B；{DROP}"),
        ("甲: \x07\n", f"第1行“甲”：含有控制字符 U+0007；{DROP}"),
        ("甲: \x00\n", f"第1行“甲”：含有控制字符 U+0000；{DROP}"),
        ("甲: \x7f\n", f"第1行“甲”：含有控制字符 U+007F；{DROP}"),
        ("甲: 前\ufeff后\n", f"第1行“甲”：含有控制字符 U+FEFF；{DROP}"),  # 51
        ("甲: \ufffe\n", f"第1行“甲”：含有控制字符 U+FFFE；{DROP}"),
        (
            "# 企业\n名称: 兴旺金属加工厂\n".encode("gb18030"),  # 53
            "第1行：文件是 GBK 编码，台账只用 UTF-8；"
            "请运行 swm import --encoding gb18030 导入，或用编辑器另存为 UTF-8",
        ),
        ("甲: 1\n".encode("utf-16"), f"第1行：文件是 UTF-16 编码，台账只用 UTF-8；{TO_UTF8}"),
        ("甲: 1\n".encode("utf-16-be"), f"第1行：文件是 UTF-16 编码，台账只用 UTF-8；{TO_UTF8}"),
        ("a: 1\n".encode("utf-16-le"), f"第1行：文件是 UTF-16 编码，台账只用 UTF-8；{TO_UTF8}"),
        (
            "名称: 兴旺金属加工厂\n村: ".encode() + b"\xff\n",
            f"第2行：文件不是 UTF-8 编码（字节 0xFF 无法识别）；{TO_UTF8}",
        ),
        ("\ufeff甲: 1\n", f"第1行：文件开头有 BOM 标记；{TO_UTF8}"),  # 54
        (
            "甲: 1\r\n乙: 2\r\n",  # 54, 58
            "第1行“甲”：行尾是 Windows 的换行（CRLF）；请用编辑器把换行方式改为 LF 后保存",
        ),
    ],
)
def test_characters(parser: str, data: str | bytes, message: str) -> None:
    assert said(data) == message


def test_49_an_escaped_half_of_a_character() -> None:
    assert said('甲: 1\n乙: "\\ud800"\n') == (
        "第2行“乙”：双引号里的反斜杠（\\）写法不对；反斜杠本身写作 \\\\，或把双引号改为单引号"
    )


def test_51_what_a_note_may_hold_is_kept(parser: str) -> None:
    note = "甲\u202e乙\u200b丙"
    assert parse(f"说明: {note}\n".encode(), PATH) == {"说明": note}
    assert dump({"说明": note}) == '说明: "甲\\u202E乙\\u200B丙"\n'


def test_a_merge_left_half_done(parser: str) -> None:
    text = "甲: 1\n<<<<<<< HEAD\n乙: 2\n=======\n乙: 3\n>>>>>>> other\n"
    assert said(text) == (
        "第2行：文件里有 git 合并冲突的标记，两边的内容还没有取舍；"
        "请留下正确的内容，删去 <<<<<<<、=======、>>>>>>> 这几行"
    )
    assert parse("甲: '<<<<<<< 不是标记'\n".encode(), PATH) == {"甲": "<<<<<<< 不是标记"}


# --- spelling: what the parser says, in Chinese: 57 ------------------------------------------

COLON = "缺少“: ”（英文冒号加一个空格）；写作 键: 值；中文冒号“：”不能代替英文冒号"
AGAIN = "值里又出现“: ”，或这一行缩进过多；值里有冒号的，请给整个值加上双引号；否则请与同级的键对齐"
TABS = "用制表符（Tab）缩进；请把制表符换成空格，每级两个空格"
INDENT = "缩进与同级的键不一致，或值的后面多出了内容；同级的键要对齐，下级多缩进两个空格"
SQUARE = "方括号 [ ] 没有配对，或项与项之间缺少英文逗号；列表写作 [甲, 乙]"
CURLY = "花括号 { } 没有配对，或项与项之间缺少英文逗号；写作 {人: 某某, 日期: 2026-03-05}"
BLOCK = "| 或 > 的后面还有别的内容；正文另起一行并缩进；文字本身以 | 或 > 开头的，" + QUOTE
ESCAPE = "双引号里的反斜杠（\\）写法不对；反斜杠本身写作 \\\\，或把双引号改为单引号"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲:\n\t乙: 1\n", f"第2行“乙”：{TABS}"),  # 57
        ("甲:\n  - 1\n\t- 2\n", f"第3行：{TABS}"),
        ("甲:\n  乙: 1\n  \t丙: 2\n", f"第3行“丙”：{TABS}"),
        ("甲: 1\n名称：某某\n乙: 2\n", f"第2行：{COLON}"),
        ("甲: 1\n乙:2\n", f"第2行：{COLON}"),
        ("记:\n  - 甲: 1\n    地址: 村东: 3号\n", f"第3行“记[1].地址”：{AGAIN}"),
        ("甲: 1\n  乙: 2\n", f"第2行“乙”：{AGAIN}"),
        ('甲: "没有完\n乙: 2\n丙: 3\n', "第1行“甲”：引号没有配对；请补上另一半引号"),
        ("甲: '没有完\n乙: 2\n", "第1行“甲”：引号没有配对；请补上另一半引号"),
        ("甲: [1, 2\n乙: 3\n", f"第1行“甲”：{SQUARE}"),
        ("甲: {人: 1\n乙: 3\n", f"第1行“甲”：{CURLY}"),
        ('甲: "乙" 丙\n', f"第1行“甲”：{INDENT}"),
        ("甲:\n    乙: 1\n  丙: 2\n", f"第3行“丙”：{INDENT}"),
        ("甲: 1\n- 乙\n", f"第2行：{INDENT}"),
        (
            "甲:\n  - 乙\n  丙: 1\n",
            "第3行“丙”：列表各项没有对齐，或列表里混入了别的内容；每项以“- ”开头，上下对齐",
        ),
        (
            "甲: - 乙\n",
            f"第1行“甲”：“- ”的位置不对；列表的每一项另起一行；文字本身以“- ”开头的，{QUOTE}",
        ),
        ("甲: @乙\n", f"第1行“甲”：值不能以 @ 开头；{QUOTE}"),
        ("甲: `乙`\n", f"第1行“甲”：值不能以 ` 开头；{QUOTE}"),
        ("甲: %乙\n", f"第1行“甲”：值不能以 % 开头；{QUOTE}"),
        ("甲: ? 乙\n", f"第1行“甲”：值不能以“? ”开头；{QUOTE}"),
        ("甲: ]\n", f"第1行“甲”：值以 , ] }} 之一开头，或没有写完；{QUOTE}"),
        ('甲: "C:\\盘"\n', f"第1行“甲”：{ESCAPE}"),
        ('甲: "\\x1"\n', f"第1行“甲”：{ESCAPE}"),
        ("甲: | 乙\n", f"第1行“甲”：{BLOCK}"),
        ("甲: >乙\n", f"第1行“甲”：{BLOCK}"),
        (
            "甲: &重 1\n",
            f"第1行“甲”：{ANCHOR}",
        ),
        (
            "甲: !重 1\n",
            f"第1行“甲”：{TAG}",
        ),
    ],
)
def test_spelling(parser: str, text: str, message: str) -> None:
    assert said(text) == message


ENGLISH = re.compile(r"\b(found|expected|while|mapping|scalar|token)\b")


def test_no_english_reaches_the_clerk() -> None:
    """Whatever is cut from or put into a sound file, no word of the parser is passed on."""
    sound = '甲: "1"\n乙: [散, {丙: 1}]\n记:\n  - 丁: 2\n    戊: |\n      文\n'
    for i in range(len(sound)):
        for wounded in (sound[:i], *(sound[:i] + c + sound[i:] for c in "\"'[]{}:,-?|>@`%&*!#\t ")):
            try:
                parse(wounded.encode(), PATH)
            except Unreadable as refused:
                (finding,) = refused.findings
                assert not any(w in finding.message for w in ("found", "expected", "while")), (
                    wounded
                )


# --- edits: 34, 35, 54-57 --------------------------------------------------------------------


@pytest.mark.parametrize("value", ["1:30", "190:20:30", "no", "on", "y", "0123", "=", "<<"])
def test_34_35_what_a_11_reader_would_take_for_something_else_is_quoted(value: str) -> None:
    for reading in read_by_others(dump({"键": value})):
        assert reading == {"键": value}
    assert dump({"键": value}) == f'键: "{value}"\n'


def test_54_nothing_is_normalised_on_the_way() -> None:
    text = "---\n甲: True   # 注\n乙: [1,2]\n丙: 1.10\n丁: ~\n记:\n- 戊\n...\n"
    assert apply(text, [Append(("记",), "己")], PATH) == text.replace("- 戊\n", "- 戊\n- 己\n")


def test_55_comments_beside_what_goes_stay() -> None:
    text = "甲:\n  # 乙的说明\n  乙: 1  # 乙\n  # 丙的说明\n  丙: 2  # 丙\n末: 1  # 末\n"
    assert apply(text, [Set(("甲",), {"丙": 2})], PATH) == text.replace("  乙: 1  # 乙\n", "")


def test_56_an_item_lands_above_the_comment_that_follows() -> None:
    text = "记:\n  - 甲\n  # 以下为空\n\n# 末的说明\n末: 1\n"
    assert apply(text, [Append(("记",), "乙")], PATH) == text.replace("- 甲\n", "- 甲\n  - 乙\n")


def test_57_a_long_line_stays_one_line() -> None:
    value: Plain = "很长的说明 " * 500 + "完"
    written = apply("甲: 1\n", [Append(("记",), {"说明": value})], PATH)
    assert written.count("\n") == 3
