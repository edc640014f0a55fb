"""A ledger's files as the checks see them: each typed, with the lines on which things stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from swm.domain import fields
from swm.domain.filed import Filed
from swm.domain.kinds import ENTERPRISE, KINDS, PREMISES, Kind
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Premises
from swm.domain.settings import Settings
from swm.domain.tree import Map, Node, Seq
from swm.errors import Finding, Unreadable
from swm.frozen import declared

R = TypeVar("R")

ATTACHMENTS = "附件/"


@declared
class Contents:
    """Everything that is checked together. `broken` are the findings of files left out."""

    trees: Mapping[str, Node]
    enterprises: Mapping[str, Enterprise]
    premises: Mapping[str, Premises]
    filed: Mapping[str, Filed]
    """The files of all other kinds, by path."""
    attachments: frozenset[str]
    """SHA-256 of every file in 附件/."""
    broken: tuple[Finding, ...]
    settings: Settings
    policy: Policy
    day: date
    """What counts as today."""
    originals: frozenset[str] = frozenset()
    """SHA-256 of every file in 原件/."""
    vault: frozenset[str] | None = None
    """The tokens in this computer's vault; None where it has none."""
    erased: frozenset[str] = frozenset()
    """The tokens whose entries were erased on purpose."""

    def line(self, path: str, *place: str | int) -> int | None:
        """The line on which the thing at `place` stands, or the nearest above it that does."""
        node, line = self.trees.get(path), None
        for step in place:
            if isinstance(node, Map) and isinstance(step, str):
                line = node.lines.get(step, line)
                node = node.get(step)
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
                line = node.lines[step] if step < len(node.lines) else line
                node = node[step]
            else:
                break
        return line


def contents(
    trees: Mapping[str, Node],
    settings: Settings,
    policy: Policy,
    today: date,
    *,
    attachments: Collection[str] = (),
    broken: Iterable[Finding] = (),
    originals: Collection[str] = (),
    vault: Collection[str] | None = None,
    erased: Collection[str] = (),
) -> Contents:
    """The files of `trees`, by path, typed; one that its field table refuses joins `broken`.

    `attachments` are the paths of the files in 附件/. `broken` are the findings of files whose
    text is not even YAML as the ledger writes it.
    """
    findings = list(broken)
    enterprises = _typed(Enterprise, trees, ENTERPRISE, findings)
    premises = _typed(Premises, trees, PREMISES, findings)
    filed: dict[str, Filed] = {}
    for kind in KINDS:
        if kind not in (ENTERPRISE, PREMISES):
            filed |= _typed(Filed, trees, kind, findings)
    return Contents(
        trees=trees,
        enterprises=enterprises,
        premises=premises,
        filed=filed,
        attachments=frozenset(_stem(path) for path in attachments),
        broken=tuple(findings),
        settings=settings,
        policy=policy,
        day=today,
        originals=frozenset(originals),
        vault=None if vault is None else frozenset(vault),
        erased=frozenset(erased),
    )


def _typed(
    record: type[R], trees: Mapping[str, Node], kind: Kind, findings: list[Finding]
) -> dict[str, R]:
    """The files of one kind; its own class may say more than `record` does."""
    found: dict[str, R] = {}
    for path in sorted(trees):
        if kind.holds(path):
            try:
                value = fields.read(kind.load(), trees[path], path)
                assert isinstance(value, record)
                found[path] = value
            except Unreadable as bad:
                findings.extend(bad.findings)
    return found


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]
