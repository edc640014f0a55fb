"""Where the play is performed: the verbs are called on files in memory, and each becomes a commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from swm.domain.edits import Change, Create
from swm.domain.kinds import Kind, kind_at, path_of
from swm.domain.policy import Policy
from swm.domain.records import Enterprise, Premises, enterprise_path
from swm.domain.settings import PATH as SETTINGS_PATH
from swm.domain.settings import Settings, read_settings
from swm.sample.deeds import Deed
from swm.sample.pages import EnterprisePage, Page, ValuePage, opened
from swm.store.identity import Person
from swm.store.writing import commit_message
from swm.store.yamltext import apply, parse

F = TypeVar("F")


class History(Protocol):
    """Takes commits in order: `store.bulk.BulkHistory`."""

    def commit(
        self, when: datetime, who: Person, message: str, contents: Mapping[str, bytes]
    ) -> None:
        """One commit."""
        ...


class Stage:
    """The ledger in memory. It is what the verbs read, and it writes what they decide."""

    def __init__(self, settings: Settings, policy: Policy, history: History) -> None:
        self._settings, self._policy, self._history = settings, policy, history
        self._pages: dict[str, Page] = {}
        self._settings_text = ""
        self._ids: dict[Kind, list[str]] = defaultdict(list)
        self.commits = 0

    @property
    def settings(self) -> Settings:
        """swm.yaml."""
        return self._settings

    @property
    def policy(self) -> Policy:
        """制度/."""
        return self._policy

    def enterprise(self, id: str) -> Enterprise:
        """One enterprise as it is now."""
        page = self._pages[enterprise_path(id)]
        assert isinstance(page, EnterprisePage)
        return page.enterprise

    def premises(self, id: str) -> Premises:
        """One 厂房 as it is now."""
        return self.filed(Premises, id)

    def filed(self, record: type[F], id: str) -> F:
        """One file of any other kind as it is now."""
        page = self._pages[path_of(id)]
        assert isinstance(page, ValuePage) and isinstance(page.file, record)
        return page.file

    def ids(self, kind: Kind) -> list[str]:
        """The ids of all files of a kind."""
        return self._ids[kind]

    @property
    def records(self) -> int:
        """How many records all enterprises have together."""
        pages = (page for page in self._pages.values() if isinstance(page, EnterprisePage))
        return sum(len(page.enterprise.records) for page in pages)

    def found(self, at: datetime, clerk: str, change: Change, files: Mapping[str, bytes]) -> None:
        """The first commit."""
        self._settings_text = files[SETTINGS_PATH].decode()
        self._commit(at, clerk, change, files)

    def perform(self, deed: Deed) -> Change:
        """One command, one commit. Raises what the verb raises: that is a bug in the play."""
        change = deed.decide(self)
        texts = {path: self._write(path, change).encode() for path in change.files}
        attachments = {a.path: a.content for a in change.attachments}
        self._commit(deed.at, deed.clerk, change, {**texts, **attachments})
        return change

    def _write(self, path: str, change: Change) -> str:
        if path == SETTINGS_PATH:
            return self._set(change)
        first, *later = change.files[path]
        if isinstance(first, Create):
            page = self._pages[path] = opened(path, first)
            kind = kind_at(path)
            assert kind is not None
            self._ids[kind].append(kind.id_of(path) or "")
        else:
            page, later = self._pages[path], [first, *later]
        if later:
            page.edit(later)
        return page.text

    def _set(self, change: Change) -> str:
        """swm.yaml with the edits: the play changes it once or twice, as a person's file."""
        self._settings_text = apply(self._settings_text, change.files[SETTINGS_PATH], SETTINGS_PATH)
        written = parse(self._settings_text.encode(), SETTINGS_PATH)
        self._settings = read_settings(written)
        return self._settings_text

    def _commit(
        self, at: datetime, clerk: str, change: Change, contents: Mapping[str, bytes]
    ) -> None:
        when = at.replace(tzinfo=self._settings.zone)
        self._history.commit(when, person(clerk), commit_message(change), contents)
        self.commits += 1


def person(clerk: str) -> Person:
    """The invented identity of a clerk; nothing can be sent to .invalid."""
    number = "".join(f"{ord(character):x}" for character in clerk)
    return Person(clerk, f"u{number}@biaokou.invalid")
