"""One commit of a ledger, typed: the settings, the rules, and each file as it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from swm.domain.kinds import ENTERPRISE, PREMISES, Kind
from swm.errors import ERROR, Finding, NotFound, Unreadable
from swm.store.objects import LINK, Blob
from swm.store.repo import Repository

if TYPE_CHECKING:  # a list is answered by the facts alone and loads none of these
    from swm.domain.filed import Filed
    from swm.domain.policy import Policy
    from swm.domain.records import Enterprise, Premises
    from swm.domain.scoring import Scoring
    from swm.domain.settings import Settings
    from swm.domain.tables import Tables
    from swm.domain.tree import Node

R = TypeVar("R")
F = TypeVar("F", bound="Filed")

LISTED = {
    "厂房": "查看全部：swm premises list",
    "巡查": "查看全部：swm patrol list",
    "举报": "查看全部：swm complaint list",
    "准入": "查看全部：swm admit list",
    "活动": "查看全部：swm activity list",
    "月报": "查看全部：swm report list",
}
"""For each kind of file that can be listed, what helps where an id stands for none."""

TEMPLATES = "templates"
"""Where an office keeps its own templates."""
_RULES: dict[tuple[Path, str], Policy] = {}
_FOUNDATIONS: dict[tuple[Path, str], dict[str, Node]] = {}
"""What was read already, by commit: a commit never changes."""


class Snapshot:
    """What one commit says. Nothing is read before it is asked for; nothing is read twice."""

    def __init__(self, repo: Repository, commit: str) -> None:
        self.repo = repo
        self.commit = commit
        self._read: dict[str, bytes | None] = {}

    def text(self, path: str) -> bytes | None:
        """The committed bytes of one file, or None."""
        if path not in self._read:
            self._fetch([path])
        return self._read[path]

    def _fetch(self, paths: Iterable[str]) -> None:
        """Read files, and with the first of them the settings and rules: one process for all."""
        from swm.domain.policyfiles import PATHS as POLICY_PATHS
        from swm.domain.settings import PATH as SETTINGS_PATH

        wanted = [*paths, *(() if self._read else (SETTINGS_PATH, *POLICY_PATHS))]
        found = self.texts(wanted)
        self._read |= {path: found.get(path) for path in wanted}

    def template(self, name: str) -> bytes | None:
        """The office's own template of that name as it is committed, or None.

        Raises `Unreadable` where it is a link: what a link shows is not in the history.
        """
        path = f"{TEMPLATES}/{name}"
        with self.repo.objects() as objects:
            folder, entry = objects.entry(self.commit, TEMPLATES), objects.entry(self.commit, path)
            if LINK in (found.mode for found in (folder, entry) if found):
                hint = "请把文件本身放进台账的 templates/"
                raise Unreadable(f"模板 {name} 是链接，不予采用", hint=hint)
            return objects.blob(entry.id) if entry and folder else None

    def texts(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The committed bytes of several files, by one process; missing ones are left out."""
        found = {}
        with self.repo.objects() as objects:
            for path in paths:
                entry = objects.entry(self.commit, path)
                if entry and entry.mode.startswith("10"):
                    found[path] = objects.blob(entry.id)
        return found

    @cached_property
    def _foundation(self) -> dict[str, Node]:
        """swm.yaml and 制度/, parsed; what cannot be parsed is named with all the rest."""
        from swm.domain.policyfiles import PATHS as POLICY_PATHS
        from swm.domain.settings import PATH as SETTINGS_PATH
        from swm.store.yamlread import parse

        trees: dict[str, Node] = {}
        findings: list[Finding] = []
        if (self.repo.root, self.commit) in _FOUNDATIONS:
            return _FOUNDATIONS[self.repo.root, self.commit]
        if not self._read:
            self._fetch([])
        for path in (SETTINGS_PATH, *POLICY_PATHS):
            data = self._read[path]
            if data is None:
                continue
            try:
                trees[path] = parse(data, path)
            except Unreadable as bad:
                findings += bad.findings
        if findings:
            raise Unreadable("台账的设置或制度读不了", findings)
        _FOUNDATIONS[self.repo.root, self.commit] = trees
        return trees

    @cached_property
    def settings(self) -> Settings:
        """swm.yaml. Raises Unreadable."""
        from swm.domain.settings import PATH as SETTINGS_PATH
        from swm.domain.settings import read_settings

        if SETTINGS_PATH not in self._foundation:
            raise Unreadable("台账里没有 swm.yaml", hint="新建台账：swm init 目录 --town 镇名")
        return read_settings(self._foundation[SETTINGS_PATH])

    @cached_property
    def policy(self) -> Policy:
        """制度/. Raises Unreadable with the findings of all its files."""
        from swm.domain.policyfiles import read_policy

        place = (self.repo.root, self.commit)
        if place not in _RULES:
            _RULES[place] = read_policy(self._foundation)
        return _RULES[place]

    @cached_property
    def scoring(self) -> Scoring:
        """制度/考核.yaml, read by those who score villages. Raises NotFound, or Unreadable."""
        from swm.domain.scoring import SCORING, read_scoring
        from swm.store.yamlread import parse

        data = self.text(SCORING)
        if data is None:
            raise NotFound(
                f"这本台账还没有考核办法（{SCORING}）",
                "新建一个台账，把其中的 制度/考核.yaml 和 制度/依据.yaml 里的方案六各条抄过来，再收录："
                "swm adopt --why 增加考核办法",
            )
        return read_scoring(parse(data, SCORING))

    @cached_property
    def tables(self) -> Tables:
        """制度/表格.yaml; an older ledger without one has the tables that ship with swm.

        Raises Unreadable, also for tables that do not hang together.
        """
        from swm.domain.tables import TABLES, prove_tables, read_tables
        from swm.store.founding import default_policy
        from swm.store.yamlread import parse

        data = self.text(TABLES)
        found = read_tables(parse(default_policy()[TABLES] if data is None else data, TABLES))
        if findings := list(prove_tables(found)):
            raise Unreadable(f"{TABLES} 有误", findings)
        return found

    @property
    def scoring_digest(self) -> str:
        """What 制度/考核.yaml is, byte for byte."""
        from hashlib import sha256

        from swm.domain.scoring import SCORING

        return sha256(self.text(SCORING) or b"").hexdigest()

    def enterprise(self, id: str) -> Enterprise:
        """One enterprise. Raises NotFound, or Unreadable with every finding of its file."""
        from swm.domain.records import Enterprise, enterprise_path

        missing = f"没有编号为 {id} 的企业"
        return self._record(Enterprise, enterprise_path(id), missing, "查找：swm find 名称")

    def enterprises(self) -> Iterator[Enterprise]:
        """Every enterprise in the order of the paths, all read by one process. Raises Unreadable."""
        from swm.domain import fields
        from swm.domain.records import Enterprise
        from swm.store.yamlread import parse

        blobs = [b for b in self.repo.tree_of(self.commit) if ENTERPRISE.id_of(b.path)]
        contents = self.repo.blobs(blob.id for blob in blobs)
        for blob, (_, data) in zip(blobs, contents, strict=True):
            found = fields.read(Enterprise, parse(data, blob.path), blob.path)
            if found.path != blob.path:
                message = f"编号 {found.id} 与文件名不符"
                finding = Finding(
                    "编号", ERROR, blob.path, None, "编号", message, "检查：swm check"
                )
                raise Unreadable("有文件的编号不对", [finding])
            yield found

    def premises(self, id: str) -> Premises:
        """One 厂房. Raises NotFound, or Unreadable with every finding of its file."""
        from swm.domain.records import Premises, premises_path

        missing = f"没有编号为 {id} 的厂房"
        return self._record(Premises, premises_path(id), missing, LISTED[PREMISES.title])

    def filed(self, record: type[F], id: str) -> F:
        """One file of a kind that is nothing but its records. Raises NotFound, or Unreadable."""
        from swm.domain.kinds import kind_of

        kind = kind_of(id)
        hint = LISTED.get(kind.title, "")
        found = self._record(kind.load(), kind.path(id), f"没有编号为 {id} 的{kind.title}", hint)
        if not isinstance(found, record):
            raise NotFound(f"{id} 是{kind.title}的编号")
        return found

    def _record(self, record: type[R], path: str, missing: str, hint: str) -> R:
        from swm.domain import fields
        from swm.store.yamlread import parse

        data = self.text(path)
        if data is None:
            raise NotFound(missing, hint)
        return fields.read(record, parse(data, path), path)

    @cached_property
    def paths(self) -> list[str]:
        """Every path of the commit."""
        return [blob.path for blob in self.repo.tree_of(self.commit)]

    def ids(self, kind: Kind) -> list[str]:
        """The ids of all files of a kind."""
        return [id for path in self.paths if (id := kind.id_of(path)) is not None]

    def given(self, kind: Kind) -> list[str]:
        """Every id of a kind that was ever given, those of removed files too: none is given again."""
        taken_out = (kind.id_of(blob.path) for blob in self._removed)
        return list(dict.fromkeys((*self.ids(kind), *(id for id in taken_out if id))))

    @property
    def removed_letters(self) -> list[str]:
        """The numbers of letters whose premises somebody took out of the ledger."""
        from swm.store.removed import letters_of

        return letters_of(self.repo, self._removed)

    @cached_property
    def _removed(self) -> list[Blob]:
        from swm.store.removed import removed

        return removed(self.repo, self.commit)

    @cached_property
    def enterprise_ids(self) -> list[str]:
        """The ids of all enterprises."""
        return self.ids(ENTERPRISE)

    @cached_property
    def premises_ids(self) -> list[str]:
        """The ids of all 厂房."""
        return self.ids(PREMISES)
