"""禁入红线: the words that forbid entry, looked for in name, industry and product (方案五1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from swm.domain.policy import Policy, RedLine

_BY_CHANCE = re.compile("(?<![抛磨])光电镀膜")
"""Where a red line's characters meet by chance: 光电 and 镀膜 are not 电镀, 抛光、电镀 is."""


def crossed(texts: Iterable[str | None], policy: Policy) -> tuple[RedLine, ...]:
    """The red lines whose word stands in one of `texts`, each once.

    Width, case, spaces and 粘/黏 make no difference. Latin words count only as whole words.
    """
    spelled = [_spelled(text) for text in texts if text]
    return tuple(
        line
        for line in policy.standards.red_lines
        if any(_pattern(line.word).search(text) for text in spelled)
    )


def _spelled(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("粘", "黏")
    joined = re.sub(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])", "", plain)
    return _BY_CHANCE.sub("光电膜", joined)


def _pattern(word: str) -> re.Pattern[str]:
    spelled = re.escape(_spelled(word))
    return re.compile(rf"(?<![a-z0-9]){spelled}(?![a-z0-9])" if word.isascii() else spelled)
