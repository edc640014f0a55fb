"""Who reported, and in what words: asked for at a prompt or read from standard input.

Never from an argument: what stands on a command line stays in the shell's history and can be seen
by every user of the computer while the command runs.
"""

from __future__ import annotations

import json
import re
import secrets
import sys
import unicodedata
from collections.abc import Iterator, Mapping

from swm.cli.call import Call
from swm.cli.prompts import Question, interview, line_from_terminal
from swm.domain.complaintrecords import ASSIGNED
from swm.domain.personaldata import LEFT_BEHIND, WHERE_IT_BELONGS
from swm.errors import Missing, Refused, WrongUsage
from swm.store.vault import Reporter, Vault

KEYS = {
    "姓名": "name",
    "举报人": "name",
    "电话": "phone",
    "手机": "phone",
    "其他联系方式": "contact",
    "微信": "contact",
    "原话": "words",
}
_LINE = re.compile(rf"\s*({'|'.join(KEYS)})\s*[:：]\s*(.*)")
_UNASKED = frozenset({ASSIGNED, "媒体"})
"""Sources where there is nobody to ask for."""
_TITLE = re.compile("(?:先生|女士|小姐|同志|师傅|老师|大爷|大妈|大娘|阿姨|大叔|大姐|大哥)$")
_SEPARATOR = re.compile("[-－—()（）]")
_NO_DIGIT = re.compile(r"(?<=\d)[-－—()（）]+(?=\d)")
_NUMBER = re.compile(r"\d{7,}")
_SHORT = 3
"""A contact of so few characters says nothing by being found again."""
_SHAPE = "写成“姓名：”“电话：”“其他联系方式：”“原话：”几行，或一个 JSON 对象"


class Kept:
    """A vault's entry, on disk before the commit that names its token."""

    def __init__(self, vault: Vault, reporter: Reporter) -> None:
        self.vault, self.reporter = vault, reporter
        self.token = secrets.token_hex(8)

    def keep(self) -> None:
        """Write it."""
        self.vault.keep(self.token, self.reporter)

    def drop(self) -> None:
        """Take it away again."""
        self.vault.drop(self.token)


def refuse_arguments(given: object) -> None:
    """Raise `WrongUsage` where somebody tries to name the reporter on the command line."""
    if given:
        raise WrongUsage(
            "举报人的姓名、电话和原话不写在命令行上，什么都没有记录",
            hint="在终端上按提示填写，或从文件读：swm complaint add … --reporter-stdin < 文件；"
            "刚才的命令还留在终端的命令历史里，请删去（history -d 行号）",
        )


def reporter_of(call: Call, from_stdin: bool, source: str) -> Reporter:
    """Who reported: from standard input, else asked for on a terminal, else nobody."""
    if from_stdin:
        return parsed(sys.stdin.read())
    if not call.interactive or source in _UNASKED:
        return Reporter()
    call.screen.say(["（以下只进这台电脑的保密库，不进台账；匿名的都直接回车）"])
    asked = [
        Question(option=option, title=title, reader=str.strip, required=False)
        for option, title in (
            ("name", "举报人姓名"),
            ("phone", "举报人电话"),
            ("contact", "其他联系方式"),
            ("words", "举报的原话"),
        )
    ]
    return Reporter(**interview(asked, {}, call.screen, line_from_terminal))


def refuse_told(who: Reporter, texts: Mapping[str, str | None]) -> None:
    """Raise `Refused` where words that go into the ledger, by their options, say who reported:
    what was just told in confidence is known. Nothing of it is repeated."""
    told = [
        Missing(f"{option} 里有{what}", "", WHERE_IT_BELONGS)
        for option, text in texts.items()
        for what, in_it in _marks(who, text or "")
        if in_it
    ]
    if told:
        raise Refused("举报人不写进台账，没有记录", told, hint=LEFT_BEHIND)


def _marks(who: Reporter, text: str) -> Iterator[tuple[str, bool]]:
    plain, digits = _squeezed(text), _NO_DIGIT.sub("", _squeezed(text))
    name = _squeezed(who.name)
    names = {name, _TITLE.sub("", name)}
    yield "举报人的姓名", any(len(each) > 1 and each in plain for each in names)
    numbers = _NUMBER.findall(_SEPARATOR.sub("", _squeezed(who.phone)))
    yield "举报人的电话", any(number in digits for number in numbers)
    contact = _squeezed(who.contact)
    yield "举报人的联系方式", len(contact) > _SHORT and contact in plain


def _squeezed(text: str) -> str:
    """Without spaces, wide characters as narrow ones, capitals as small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def parsed(text: str) -> Reporter:
    """What standard input says. Raises `WrongUsage`, repeating nothing of it."""
    found = _of_json(text) if text.lstrip().startswith("{") else _of_lines(text)
    reporter = Reporter(**found)
    if reporter.empty:
        raise WrongUsage("标准输入里没有举报人的内容，什么都没有记录", hint=_SHAPE)
    return reporter


def _of_json(text: str) -> dict[str, str]:
    try:
        document = json.loads(text)
    except ValueError:
        raise WrongUsage("标准输入不是一个完整的 JSON 对象，什么都没有记录", hint=_SHAPE) from None
    if not all(k in KEYS and isinstance(v, str) for k, v in document.items()):
        known = "、".join(KEYS)
        raise WrongUsage(f"标准输入的 JSON 只能有这些键，值都是文字：{known}", hint=_SHAPE)
    return {KEYS[k]: v.strip() for k, v in document.items()}


def _of_lines(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, line in _lines(text):
        found[key] = f"{found[key]}\n{line}" if key in found else line
    return {key: value.strip() for key, value in found.items()}


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line with the key that it belongs to: 原话 may go on over several lines."""
    key = ""
    for line in text.lstrip("\ufeff").splitlines():
        if m := _LINE.fullmatch(line):
            key = KEYS[m[1]]
            yield key, m[2]
        elif key == "words":
            yield key, line
        elif line.strip():
            raise WrongUsage("标准输入有一行看不懂，什么都没有记录", hint=_SHAPE)
