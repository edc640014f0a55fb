"""Pinyin initials of the fixed words (`yc` for 夜查), without loading a dictionary of 40,000."""

from __future__ import annotations

from functools import cache

_BY_LETTER = {
    "b": "不保别办包变备并报搬本笔部",
    "c": "产促出厂常成承村查潮重",
    "d": "东到动单导待断电登督缔",
    "e": "二",
    "f": "分发否复房法",
    "g": "供公关告工改更格过",
    "h": "划号合回换核",
    "j": "举交减寄接级记进迹际集",
    "k": "看空",
    "l": "乱列力历料理留类联领",
    "m": "门",
    "n": "内能诺",
    "p": "品排派",
    "q": "去取强期清群迁区",
    "r": "人任入日然",
    "s": "上书升史实属所手收散是水生示设",
    "t": "他体停头托调通退",
    "w": "位委完无污网误",
    "x": "协巡新现行象销闲限",
    "y": "予依原员园夜已延有用邮验",
    "z": "中众作再制助在执整止治照直租置自证责转造镇",
}
"""The characters of the words that ship with swm; a character may stand under two letters."""


def spelled(word: str, typed: str) -> bool:
    """Whether `typed`, in lower case, is the pinyin initials of `word` or the start of them."""
    return len(typed) <= len(word) and all(
        letter in _letters(c) for c, letter in zip(word, typed, strict=False)
    )


@cache
def _letters(c: str) -> frozenset[str]:
    """The letters under which a character may be typed; itself if it is a letter or digit."""
    if c.isascii():
        return frozenset(c.lower())
    listed = frozenset(letter for letter, found in _BY_LETTER.items() if c in found)
    return listed or _looked_up(c)


def _looked_up(c: str) -> frozenset[str]:
    """A word that a town added to its own rules."""
    from pypinyin import Style, pinyin

    return frozenset(s[0] for s in pinyin(c, style=Style.NORMAL, heteronym=True)[0] if s)
