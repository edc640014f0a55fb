"""双随机: a drawn sample of enterprises, and a drawn pair of people for each.

Nobody's hand is in it: the seed is the full id of a commit of the ledger. Each enterprise gets
the SHA-256 of `种子/编号` (UTF-8); the enterprises with the smallest digests are drawn, in that
order. For each of them every person gets the SHA-256 of `种子/编号/姓名`, and the two smallest
go. So the same commit, scope, number and names give the same list, on any machine, and anybody
can check one line of it with `printf '%s' 种子/BK-0001 | sha256sum`.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from swm.errors import Refused
from swm.frozen import frozen

PAIR = 2


@frozen
class Lot:
    """One enterprise drawn, and who is drawn to go there (nobody where no names were given)."""

    id: str
    people: tuple[str, ...]


def draw(seed: str, ids: Sequence[str], count: int, people: Sequence[str] = ()) -> list[Lot]:
    """The sample. Raises `Refused` where there is nothing, or too little, to draw from."""
    pool, names = list(dict.fromkeys(ids)), list(dict.fromkeys(people))
    if not pool:
        raise Refused("没有可以抽取的企业", hint="放宽 --village、--category、--state")
    if count > len(pool):
        raise Refused(f"只有 {len(pool)} 家企业可抽，抽不出 {count} 家", hint="减少 --count")
    if names and len(names) < PAIR:
        raise Refused(f"至少要有 {PAIR} 名人员可抽", hint="写作 --from 甲,乙,丙,丁")
    chosen = sorted(pool, key=lambda id: digest(seed, id))[:count]
    return [Lot(id, _pair(seed, id, names)) for id in chosen]


def _pair(seed: str, id: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: digest(seed, id, name))[:PAIR])


def digest(*parts: str) -> str:
    """The SHA-256 that decides, of the parts joined by strokes."""
    return sha256("/".join(parts).encode()).hexdigest()
