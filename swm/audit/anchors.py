"""锚: one line that stands for the whole history up to a commit, short enough for paper.

Whoever keeps an earlier anchor can tell, offline and without a key, whether anything before it was
rewritten: the commit must still be in the history, with as many commits before it and the very
same files. It proves neither that the facts are true nor anything about what came later.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from string import ascii_uppercase, digits
from typing import Any

from swm.domain.fields import BadValue
from swm.errors import Unreadable
from swm.frozen import frozen
from swm.store.digests import digests
from swm.store.ledger import Ledger
from swm.store.remembered import Remembered
from swm.store.repo import Repository

DIGEST = 26
"""Base32 characters of the files' SHA-256: 130 of its 256 bits."""
COUNT = 6
"""Digits of the number of commits, at least."""
GROUP = 4
_LINE = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<count>\d{6,9})(?P<commit>[0-9A-F]{40})"
    r"(?P<digest>[A-Z2-7]{26})[0-9A-Z]{2}",
    re.ASCII,
)
_QUESTION = "anchor"
_ALPHABET = digits + ascii_uppercase
_MODULUS, _RADIX = 1271, 36
"""ISO/IEC 7064, MOD 1271-36: two check characters over digits and letters."""


@frozen
class Anchor:
    """A month, and the history as it stood on a commit."""

    month: str
    """2026-10."""
    count: int
    """How many commits led to it, itself included."""
    commit: str
    digest: str
    """What `tree_digest` says of its files."""

    @property
    def text(self) -> str:
        """As it is printed: groups of four, the two check characters last."""
        plain = f"{self.month.replace('-', '')}{self.count:0{COUNT}}{self.commit}{self.digest}"
        plain = plain.upper()
        plain += check_characters(plain)
        return " ".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))


def tree_digest(files: Iterable[tuple[str, str]]) -> str:
    """26 base32 characters of the SHA-256 over the sorted (path, SHA-256 of its bytes)."""
    whole = sha256()
    for path, digest in sorted((path.encode("utf-8", "surrogateescape"), d) for path, d in files):
        whole.update(b"%s\0%s\n" % (path, digest.encode()))
    return b32encode(whole.digest()).decode()[:DIGEST]


def check_characters(text: str) -> str:
    """The two characters that end a line of digits and capital letters."""
    value = 0
    for character in text:
        value = (value * _RADIX + _ALPHABET.index(character)) % _MODULUS
    first, second = divmod((1 - value * _RADIX**2) % _MODULUS, _RADIX)
    return _ALPHABET[first] + _ALPHABET[second]


def read_anchor(text: str) -> Anchor:
    """The anchor that somebody typed or scanned. Raises `BadValue` for a slip of the pen."""
    line = "".join(text.split()).upper()
    found = _LINE.fullmatch(line)
    if found is None:
        raise BadValue("这不是锚：长度不对，或有不该有的字符", "照印件逐组核对，每组四个字符")
    if check_characters(line[:-2]) != line[-2:]:
        raise BadValue("锚的校验字符不对，有抄错的地方", "照印件逐组核对，每组四个字符")
    month = f"{found['year']}-{found['month']}"
    return Anchor(month, int(found["count"]), found["commit"].lower(), found["digest"])


def anchor_of(ledger: Ledger, commit: str, month: str, *, fresh: bool = True) -> Anchor:
    """The anchor of `month` on a commit. Every file is read and every commit counted; with
    `fresh` off only what was not read and counted before."""
    repo = ledger.repo
    if fresh:
        return Anchor(month, repo.count(commit), commit, tree_digest(digests(repo, commit)))

    def work_out(known: Mapping[str, Any]) -> tuple[int, str]:
        files = digests(repo, commit, fresh=False)
        return _counted(repo, commit, known), tree_digest(files)

    count, digest = Remembered(repo).ask(f"{_QUESTION} {commit}", work_out)
    return Anchor(month, count, commit, digest)


def _counted(repo: Repository, commit: str, known: Mapping[str, Any]) -> int:
    """How many commits led to it: from the last count, and by how many the two are apart."""
    counted = [question for question in known if question.startswith(f"{_QUESTION} ")]
    for question in reversed(counted):
        other = question.removeprefix(f"{_QUESTION} ")
        with suppress(Unreadable):  # it may be gone, with a branch that was cut off
            mine, others = repo.apart(commit, other)
            return int(known[question][0]) + mine - others
    return repo.count(commit)
