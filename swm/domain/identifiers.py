"""统一社会信用代码 and telephone numbers: what looks wrong with one, in words.

A doubtful number is kept as the clerk wrote it and becomes a 提醒; it is never refused, because a
wrong number on a signboard or an old list is itself a fact.
"""

from __future__ import annotations

import re
import unicodedata

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: no I, O, S, V, Z."""
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_CODE_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11714: the 组织机构代码 in characters 9 to 17 checks itself."""
_OLD_NUMBER = re.compile(r"\d{15}")
_PHONES = re.compile(r"[,，、;；/]|\s{2,}|(?<=\d{11})\s")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-9]\d{6,7}(?:转\d{1,6})?")
_SERVICE_LINE = re.compile(r"[48]00\d{7}")


def uscc_check_character(first: str) -> str:
    """The 18th character that GB 32100-2015 gives for the first 17, all of its alphabet."""
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(first, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def doubt_uscc(text: str) -> str | None:
    """Why `text` can hardly be a 统一社会信用代码, or None (GB 32100-2015, GB 11714)."""
    if _OLD_NUMBER.fullmatch(text):
        return "是 15 位的旧注册号，请核对有没有换发 18 位代码"
    if len(text) != 18:
        return f"应为 18 位，现为 {len(text)} 位"
    strange = sorted(set(text) - set(_USCC_ALPHABET))
    if strange:
        return f"含有代码不用的字符 {'、'.join(strange)}（只用数字和大写字母，不用 I、O、S、V、Z）"
    if not text[2:8].isdigit():
        return "第 3 至 8 位应为行政区划数字"
    if text[17] != uscc_check_character(text[:17]):
        return f"末位校验不符（按前 17 位应为 {uscc_check_character(text[:17])}）"
    if text[16] != _code_check_character(text[8:16]):
        return f"第 9 至 17 位组织机构代码的校验不符（应为 {_code_check_character(text[8:16])}）"
    return None


def _code_check_character(first: str) -> str:
    total = sum(_CODE_ALPHABET.index(c) * w for c, w in zip(first, _CODE_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def phones(text: str) -> tuple[str, ...]:
    """The numbers in a telephone field, each without spaces, dashes and brackets."""
    parts = _PHONES.split(unicodedata.normalize("NFKC", text))
    bare = (re.sub(r"[\s\-—()]", "", part) for part in parts)
    return tuple(number.removeprefix("+86") for number in bare if number)


def doubt_phone(text: str) -> str | None:
    """Why one of the numbers in `text` can hardly be a telephone number, or None."""
    for number in phones(text):
        if "*" in number:
            return f"“{number}”打了星号，不是完整的号码"
        if not any(form.fullmatch(number) for form in (_MOBILE, _LANDLINE, _SERVICE_LINE)):
            return f"“{number}”不像电话号码（手机 11 位；固定电话 7 或 8 位，可带区号）"
    return None
