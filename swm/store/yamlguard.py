"""What can be wrong with a YAML file before and while it is parsed, in a clerk's words.

`decoded` guards bytes and characters; `translated` turns the parser's English problem into a
`Finding`. Every refusal of the reader ends here: one `Unreadable` with one finding.
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from swm.domain.fields import unfit_character
from swm.errors import ERROR, Finding, Unreadable

LARGEST = 1 << 20
"""Bytes. A ledger's file is a few kilobytes; more is an accident or an attack."""

_TO_UTF8 = "请用编辑器把文件另存为 UTF-8（不带 BOM）"
_QUOTE_IT = "请给整个值加上双引号"


class Fault(NamedTuple):
    """What is wrong, what to do."""

    code: str
    message: str
    hint: str


def refuse(path: str, line: int | None, field: str, fault: Fault) -> NoReturn:
    """Raise the reader's one kind of refusal."""
    shown = "".join(f"<U+{ord(c):04X}>" if unfit_character(c) else c for c in field)
    finding = Finding(fault.code, ERROR, path, line, shown, fault.message, fault.hint)
    raise Unreadable(f"{path} 读不了", [finding])


# --- bytes and characters ------------------------------------------------------------------


def decoded(data: bytes, path: str) -> str:
    """The file's text: UTF-8, LF, no BOM, no control characters, no traces of a git conflict.

    Raises `Unreadable`.
    """
    if len(data) > LARGEST:
        hint = "照片和扫描件请作为附件保存，不要写进台账文件"
        refuse(path, None, "", Fault("过大", f"文件有 {len(data)} 字节，超过 1 MiB 的上限", hint))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        refuse(path, line, "", _misencoded(data, broken))
    # isprintable runs in C and settles nearly every file; what it doubts the pattern decides
    if not text.replace("\n", "").isprintable() and (bad := _FORBIDDEN.search(text)):
        line = text.count("\n", 0, bad.start()) + 1
        fault = _forbidden(bad.group(), bad.start(), data)
        refuse(path, line, "" if fault.code == "编码" else key_on(text, line), fault)
    if ("<<<<<<<" in text or ">>>>>>>" in text) and (mark := _CONFLICT.search(text)):
        hint = "请留下正确的内容，删去 <<<<<<<、=======、>>>>>>> 这几行"
        fault = Fault("合并冲突", "文件里有 git 合并冲突的标记，两边的内容还没有取舍", hint)
        refuse(path, text.count("\n", 0, mark.start()) + 1, "", fault)
    return text


_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONFLICT = re.compile(r"^(<{7}|>{7})(?: |$)", re.M)


def _misencoded(data: bytes, broken: UnicodeDecodeError) -> Fault:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return Fault("编码", "文件是 UTF-16 编码，台账只用 UTF-8", _TO_UTF8)
    if _decodes(data, "utf-8", "surrogatepass"):
        return Fault("字符", "含有残缺的字符（单个代理码 U+D800—U+DFFF）", "请删去该字符后重新填写")
    lenient = data.decode("utf-8", "replace")
    lost = lenient.count("\ufffd")
    kept = sum(c > "\x7f" for c in lenient) - lost
    if lost > kept and _decodes(data, "gb18030"):
        return Fault(
            "编码",
            "文件是 GBK 编码，台账只用 UTF-8",
            "请运行 swm import --encoding gb18030 导入，或用编辑器另存为 UTF-8",
        )
    byte = data[broken.start]
    return Fault("编码", f"文件不是 UTF-8 编码（字节 0x{byte:02X} 无法识别）", _TO_UTF8)


def _decodes(data: bytes, encoding: str, errors: str = "strict") -> bool:
    try:
        data.decode(encoding, errors)
    except UnicodeDecodeError:
        return False
    return True


def _forbidden(char: str, position: int, data: bytes) -> Fault:
    name = f"U+{ord(char):04X}"
    if char == "\ufeff" and position == 0:
        return Fault("编码", "文件开头有 BOM 标记", _TO_UTF8)
    if char == "\0" and data.count(0) * 3 > len(data):
        return Fault("编码", "文件是 UTF-16 编码，台账只用 UTF-8", _TO_UTF8)
    if char == "\r":
        return Fault("换行", "行尾是 Windows 的换行（CRLF）", "请用编辑器把换行方式改为 LF 后保存")
    if char in "\x85\u2028\u2029":
        return Fault("字符", f"含有不可见的换行字符 {name}", "请删去该字符，另起一行请用回车")
    return Fault("字符", f"含有控制字符 {name}", "请删去该字符后重新填写")


_KEY = re.compile(r"[\s-]*([^\s:#\-\"'{}\[\]][^:#\"']*?)\s*:(?:\s|$)")


_LONGEST_KEY = 200  # characters; keeps the pattern quick on a line of a million blanks


def key_on(text: str, line: int) -> str:
    """The key that stands on a line (from 1), for a fault that was met outside the tree."""
    found = _KEY.match(line_of(text, line)[:_LONGEST_KEY])
    return found.group(1) if found else ""


def line_of(text: str, line: int) -> str:
    """One line of the text (from 1); "" past its end."""
    lines = text.split("\n", line)
    return lines[line - 1] if line <= len(lines) else ""


# --- the parser's problems, translated -----------------------------------------------------


ALIAS = Fault("别名", "用了 YAML 别名（* 开头）", f"请把内容直接写出；本来就是文字的，{_QUOTE_IT}")
ANCHOR = Fault("锚点", "用了 YAML 锚点（& 开头）", f"请删去锚点；本来就是文字的，{_QUOTE_IT}")
TAG = Fault("标签", "用了 YAML 标签（! 开头）", f"请删去标签；本来就是文字的，{_QUOTE_IT}")
DIRECTIVE = Fault("指令", "有 % 开头的 YAML 指令", "请删去这一行")
SECOND = Fault("多份文档", "一个文件里有不止一份文档", "请删去多出的 --- 或 ... 及其后的内容")
NO_KEY = Fault("结构", "冒号前面没有键", "写作 键: 值")
TAB = Fault("制表符", "用制表符（Tab）缩进", "请把制表符换成空格，每级两个空格")


class _Rule(NamedTuple):
    """A pattern sought in "context | problem", in libyaml's words and in PyYAML's own."""

    pattern: str
    fault: Fault
    at_start: bool = False  # told where the unfinished thing begins, not where it was noticed


def _syntax(pattern: str, message: str, hint: str, at_start: bool = False) -> _Rule:
    return _Rule(pattern, Fault("语法", message, hint), at_start)


_RULES = (
    _Rule("scanning an alias", ALIAS),
    _Rule("scanning an anchor", ANCHOR),
    _Rule("a tag|tag handle", TAG),
    _Rule("directive|incompatible YAML", DIRECTIVE),
    _Rule("<document start>", SECOND),
    _syntax(
        r"quoted scalar \| found unexpected", "引号没有配对", "请补上另一半引号", at_start=True
    ),
    _syntax(
        "escape|hexdecimal|hexadecimal",
        "双引号里的反斜杠（\\）写法不对",
        "反斜杠本身写作 \\\\，或把双引号改为单引号",
    ),
    _syntax(
        "flow sequence",
        "方括号 [ ] 没有配对，或项与项之间缺少英文逗号",
        "列表写作 [甲, 乙]",
        at_start=True,
    ),
    _syntax(
        "flow mapping",
        "花括号 { } 没有配对，或项与项之间缺少英文逗号",
        "写作 {人: 某某, 日期: 2026-03-05}",
        at_start=True,
    ),
    _syntax(
        "mapping values are not allowed",
        "值里又出现“: ”，或这一行缩进过多",
        f"值里有冒号的，{_QUOTE_IT}；否则请与同级的键对齐",
    ),
    _syntax(
        "could not find expected ':'",
        "缺少“: ”（英文冒号加一个空格）",
        "写作 键: 值；中文冒号“：”不能代替英文冒号",
        at_start=True,
    ),
    _syntax("mapping keys are not allowed", "值不能以“? ”开头", _QUOTE_IT),
    _syntax(
        "sequence entries are not allowed",
        "“- ”的位置不对",
        f"列表的每一项另起一行；文字本身以“- ”开头的，{_QUOTE_IT}",
    ),
    _syntax(
        "block mapping",
        "缩进与同级的键不一致，或值的后面多出了内容",
        "同级的键要对齐，下级多缩进两个空格",
    ),
    _syntax(
        "block collection|block sequence",
        "列表各项没有对齐，或列表里混入了别的内容",
        "每项以“- ”开头，上下对齐",
    ),
    _syntax(
        "block scalar",
        "| 或 > 的后面还有别的内容",
        f"正文另起一行并缩进；文字本身以 | 或 > 开头的，{_QUOTE_IT}",
    ),
    _syntax("node content", "值以 , ] } 之一开头，或没有写完", _QUOTE_IT),
    _syntax("unexpected ':'", "括号里的冒号后面缺少空格", "写作 {键: 值}"),
)
_UNKNOWN = Fault("语法", "不符合 YAML 的写法", "请检查这一行及上一行的冒号、缩进、引号和括号")


class Problem(NamedTuple):
    """What the parser said, and where: lines from 1, `position` in characters.

    `reached` is the path to what it last read, which need not be what is wrong.
    """

    words: str
    line: int
    position: int
    start_line: int
    reached: str


def translated(problem: Problem, text: str, path: str) -> NoReturn:
    """Raise the parser's problem as a finding in Chinese."""
    line, fault = _translation(problem, text)
    key = key_on(text, line)
    is_reached = key and f".{problem.reached}".endswith(f".{key}")
    refuse(path, line, problem.reached if is_reached else key, fault)


def _translation(problem: Problem, text: str) -> tuple[int, Fault]:
    char = text[problem.position : problem.position + 1]
    shown = line_of(text, problem.line)
    indent = shown[: len(shown) - len(shown.lstrip())]
    if char == "\t" or "\t" in indent:
        return problem.line, TAB
    if shown.lstrip(" -").startswith(":"):
        return problem.line, NO_KEY
    if "cannot start any token" in problem.words:
        return problem.line, Fault("语法", f"值不能以 {char} 开头", _QUOTE_IT)
    for rule in _RULES:
        if re.search(rule.pattern, problem.words):
            return problem.start_line if rule.at_start else problem.line, rule.fault
    return problem.line, _UNKNOWN
