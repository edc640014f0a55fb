"""What Jinja and Python say of a wrong template, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

ALIKE = 0.45
"""How alike two names must be: one of two characters right is enough."""
TOKENS = {"end of print statement": "}}", "end of statement block": "%}"}

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Encountered unknown tag '(.+?)'\. (?:Jinja was|You probably)?.*looking for.*block that needs to be closed is '(.+?)'",
        "标记不配对：“{0}”之前，“{1}”还没有结束",
    ),
    (r"Encountered unknown tag '(end\w+|else|elif)'", "“{0}”前面没有与它配对的标记"),
    (r"Encountered unknown tag '(.+?)'", "不认识的标记“{0}”"),
    (
        r"Unexpected end of template\. .*block that needs to be closed is '(.+?)'",
        "“{0}”没有结束，缺少 end{0}",
    ),
    (r"No filter named '(.+?)'", "没有“|{0}”这种写法"),
    (r"No test named '(.+?)'", "没有“is {0}”这种写法"),
    (r"unexpected char '(.+?)' at", "不认识的字符“{0}”"),
    (r"expected token 'end of print statement', got '(.+?)'", "“{0}”多余，或者它前面缺了连接"),
    (r"expected token 'end of statement block', got '(.+?)'", "“{0}”多余，或者它前面缺了东西"),
    (r"expected token '(.+?)', got '(.+?)'", "这里应当是“{0}”，却是“{1}”"),
    (r"unexpected '(.+?)'", "这里不能有“{0}”"),
    (r"unexpected end of template", "没有写完"),
    (r"Expected an expression, got '(.+?)'", "花括号里要写名称，却是“{0}”"),
    (r"Missing end of (?:comment|raw)", "注释没有结束"),
    (r"division|modulo by zero", "除数是零"),
    (r"not iterable", "不是清单，不能逐项列出"),
    (r"recursion", "自己调用自己，停不下来"),
    (r"cannot unpack|not enough values|too many values", "清单的项数与写的名称数不符"),
    (r"not supported between", "不同的东西不能比较大小"),
    (r"bad operand type|unsupported operand", "这里不能这样计算"),
    (r"slice indices|indices must be", "方括号里要写数字"),
    (r"not callable", "它不能带括号使用"),
    (r"takes|missing \d+ required|unexpected keyword|got multiple", "括号里的项数不对"),
)


def nearest(word: str, known: Iterable[str]) -> str:
    """是不是“本月新增”？: of what is known, the most like it; nothing where none is."""
    near = get_close_matches(word, list(known), 1, ALIKE)
    return f"是不是“{near[0]}”？" if near else ""


def told(error: BaseException) -> str:
    """The error in a clerk's words; words that are Chinese already stay."""
    said = str(getattr(error, "message", None) or error)
    if re.search("[\u4e00-\u9fff]", said) and not said.isascii() and not _english(said):
        return said
    if isinstance(error, RecursionError):
        return "自己调用自己，停不下来"
    if isinstance(error, MemoryError):
        return "要的内存太大"
    for pattern, sentence in SENTENCES:
        if found := re.search(pattern, said, re.DOTALL):
            return sentence.format(*(TOKENS.get(word, word) for word in found.groups()))
    return f"写法有误（{said}）"


def _english(said: str) -> bool:
    """Whether one of our patterns knows it: an English sentence that quotes Chinese."""
    return any(re.search(pattern, said, re.DOTALL) for pattern, _ in SENTENCES)
