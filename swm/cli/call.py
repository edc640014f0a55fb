"""One command as it was started: where the ledger is, which day it is, where words go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import typer

from swm.cli import lastused, parsing, streams
from swm.cli.grammar import SHARED
from swm.cli.prompts import Ask, line_from_terminal
from swm.domain.days import parse_day
from swm.domain.edits import Change
from swm.domain.fields import BadValue, plain
from swm.errors import NoIdentity, RecordedPending, Surroundings, SwmError
from swm.render import terminal
from swm.render.terminal import Screen, Unwritten
from swm.render.text import visible

if TYPE_CHECKING:
    from swm.domain.likeness import Known
    from swm.store.facts import Facts
    from swm.store.ledger import Ledger
    from swm.store.snapshot import Snapshot
    from swm.store.writing import Recorded, Rehearsal, Writing

BEIJING = timezone(timedelta(hours=8))
"""The office's time where no ledger says otherwise."""
SHORT = 10
"""How much of a commit id is shown."""
OF_LEDGER = (
    "swm.yaml",
    *("制度/", "企业/", "厂房/", "巡查/", "举报/", "准入/", "活动/", "值班/", "考核/", "月报/"),
    "附件/",
    "templates/",
)
"""What a ledger is made of; other files that lie in the folder are nobody's concern."""
Decide = Callable[["Writing"], Change]


class Beside(Protocol):
    """Something that belongs to a record and never enters git: a vault's entry, an original."""

    def keep(self) -> None:
        """Put it on disk. Raises `Surroundings`: then nothing is recorded."""

    def drop(self) -> None:
        """Take away again what is there of it: it could not be kept, or the record was refused."""


@dataclass
class Call:
    """What the shared options and the surroundings say."""

    told: Mapping[str, Any]
    typed: Mapping[str, Any]
    """The command's own options as typed, by their names: `--on`."""
    environ: Mapping[str, str]
    screen: Screen
    interactive: bool
    mentioned: bool = False
    """Whether the files that differ from HEAD have been named."""
    edits: Callable[[], list[str]] | None = None
    """The search for uncommitted edits, once it has been started."""

    @classmethod
    def of(cls, context: typer.Context) -> Call:
        """The call that a command's context stands for."""
        told = context.meta.get(SHARED, {})
        screen = Screen.opened(
            sys.stdout,
            sys.stderr,
            os.environ,
            colour=not told.get("no_color"),
            quiet=bool(told.get("quiet")),
        )
        person = sys.stdin.isatty() and sys.stdout.isatty() and not told.get("as_json")
        call = cls(told, _typed(context), os.environ, screen, bool(person))
        _ = call.today  # a day that is none is told before anything else is looked at
        return call

    @property
    def ask(self) -> Ask | None:
        """How a question is put; None where nobody can be asked."""
        return line_from_terminal if self.interactive else None

    @property
    def json(self) -> bool:
        """Whether one JSON document is wanted."""
        return bool(self.told.get("as_json"))

    @property
    def dry_run(self) -> bool:
        """Whether nothing is to be written."""
        return bool(self.told.get("dry_run"))

    def facts_anew(self) -> Facts:
        """What HEAD adds up to, from git alone: for what leaves the house."""
        self.watch_edits()
        facts = self.ledger.facts(None, self.progress("从历史重新读取台账"), anew=True)
        self.mention_edits()
        return facts

    @cached_property
    def today(self) -> date:
        """The day that counts as today: as told, else the office's own calendar."""
        now = datetime.now(BEIJING).date()
        for name, text in (
            ("--today", self.told.get("today")),
            ("SWM_TODAY", self.environ.get("SWM_TODAY")),
        ):
            if text:
                return parsing.read(name, text, parsing.day(now))
        return now

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger: as told, else upward from here. Raises `NotFound`."""
        from swm.store.ledger import find

        told = self.told.get("ledger") or self.environ.get("SWM_LEDGER")
        return find(Path(told) if told else None, Path.cwd())

    def facts(self, at: str | None = None, *, mention: bool = True) -> Facts:
        """What the committed tree adds up to, at HEAD or at `--at`; says which files differ.

        Without `mention` the search for them has only begun: `mention_edits` says it later.
        """
        ledger = self.ledger
        if at is not None:
            return ledger.facts(self.resolve(at), self.progress("读取台账"))
        self.watch_edits()
        facts = ledger.facts(None, self.progress("读取台账"))
        if mention:
            self.mention_edits()
        return facts

    @cached_property
    def known(self) -> Sequence[Known]:
        """Every committed enterprise, as far as it takes to tell them apart."""
        return self.ledger.facts(None, self.progress("读取台账")).known()

    @cached_property
    def initials(self) -> Mapping[str, str]:
        """The pinyin initials of every enterprise's name, by id."""
        rows = self.ledger.facts().query("SELECT id, initials FROM enterprise")
        return {row[0]: row[1] for row in rows}

    @cached_property
    def prefix(self) -> str:
        """The letters before an enterprise's number."""
        return self.ledger.snapshot().settings.prefix

    def snapshot(self, at: str | None = None) -> Snapshot:
        """What is committed, at HEAD or at `--at`; says which files differ from HEAD."""
        if at is not None:
            return self.ledger.snapshot(self.resolve(at))
        self.mention_edits()
        return self.ledger.snapshot()

    def resolve(self, at: str) -> str:
        """The commit that `--at` names: a revision, or a day and then its last commit."""
        try:
            return self.ledger.resolve(parse_day(at, self.today))
        except BadValue:
            return self.ledger.resolve(at)

    def judged_on(self, at: str | None) -> date:
        """The day by which deadlines are judged, and up to which is counted: with `--at` that day,
        or the commit's own. What is looked at is the ledger of then, as it was seen then."""
        if at is None:
            return self.today
        try:
            return parse_day(at, self.today)
        except BadValue:
            return self.ledger.day_of(self.ledger.resolve(at))

    def watch_edits(self) -> None:
        """Let git start looking for files that differ from HEAD while something else is done."""
        if self.edits is None:
            self.edits = self.ledger.look_for_edits()

    def mention_edits(self) -> None:
        """Name on standard error the files that differ from HEAD, once."""
        self.watch_edits()
        if not self.mentioned and self.edits:
            paths = [path for path in self.edits() if path.startswith(OF_LEDGER)]
            if paths:
                self.screen.say([terminal.dirty_notice(paths)])
        self.mentioned = True

    def mention_edit(self, path: str, committed: bytes | None) -> None:
        """The same for the one file that is shown: git need not look through all of them."""
        if not self.mentioned and self.ledger.differs(path, committed):
            self.screen.say([terminal.dirty_notice([path])])
        self.mentioned = True

    def progress(self, what: str) -> Callable[[int, int], None] | None:
        """Something that draws a bar when a job takes over a second; None when nobody looks."""
        if self.json or self.screen.quiet or not sys.stderr.isatty():
            return None
        from swm.cli.progress import Bar

        return Bar(what)

    # --- writing ------------------------------------------------------------------------------

    def require_own_repository(self) -> None:
        """Raise unless a file that is to be adopted may be put into the working copy: `Surroundings`
        for a mere folder, `NotYours` for somebody else's ledger or one of a later format."""
        from swm.store.safety import require_safe
        from swm.store.writing import require_writable

        if not (self.ledger.root / ".git").exists():
            hint = "演示：swm demo 目录；新建：swm init 目录 --town 镇名"
            raise Surroundings("这个目录没有自己的 git 仓库，只能看，不能写", hint=hint)
        require_safe(self.ledger.repo)
        require_writable(self.ledger.snapshot().settings)

    def record(
        self, decide: Decide, *, id_first: bool = False, beside: Sequence[Beside] = ()
    ) -> None:
        """Run a verb, commit what it decided, show it; or with `--dry-run` only show it.

        `beside` is what must lie outside git before the commit is made, and goes when it is not.
        """
        if self.dry_run:
            from swm.store.writing import rehearse

            self._show_rehearsal(rehearse(self.ledger, decide))
            return
        self.show(self._kept_beside(decide, beside), id_first=id_first)

    def _kept_beside(self, decide: Decide, beside: Sequence[Beside]) -> Recorded:
        """Everything beside, then the commit. Only what certainly was not recorded goes again."""
        kept: list[Beside] = []
        try:
            for each in beside:
                kept.append(each)  # before it is kept: what failed half way goes too
                each.keep()
            return self._recorded(decide)
        except RecordedPending:
            raise
        except (SwmError, KeyboardInterrupt):
            for each in kept:
                each.drop()
            raise

    def _recorded(self, decide: Decide) -> Recorded:
        from swm.store.writing import record

        before = self.ledger.head()
        try:
            try:
                return record(self.ledger, decide)
            except NoIdentity:
                if not self.interactive:
                    raise
            from swm.cli.identity import ask_and_keep

            ask_and_keep(self, self.ledger.root)
            return record(self.ledger, decide)
        except KeyboardInterrupt:
            now = self.ledger.head()
            if now == before:
                raise
            raise RecordedPending(f"已经记录（{now[:SHORT]}），随后被中断", now) from None

    def remember(self, used: Mapping[str, str | None]) -> None:
        """Keep what was typed, to be put forward at the next prompt."""
        if not self.dry_run:
            lastused.remember(self.ledger.root, {k: v for k, v in used.items() if v})

    def show(self, recorded: Recorded, *, id_first: bool = False) -> None:
        """What was recorded, then what comes next. With `id_first` the result is the last line.

        Raises `RecordedPending` where it cannot be shown: nobody is to record it again.
        """
        try:
            self._show(recorded, id_first=id_first)
        except Unwritten as lost:
            words = f"已经记录（{recorded.short}），但{streams.unwritten(lost).message}"
            raise RecordedPending(words, recorded.commit, hint="请不要再录一遍") from None

    def _show(self, recorded: Recorded, *, id_first: bool) -> None:
        if self.json:
            found = {**dict(recorded.change.recorded), "台账版本": recorded.commit}
            self.screen.document(plain(found))
            return
        subject = visible(recorded.change.subject)
        tick = self.screen.tint("已记录", terminal.GREEN)
        told = (*recorded.change.notes, *recorded.notes, *_kept(recorded.kept), recorded.recovered)
        notes = [line for note in told if note for line in self._note(note)]
        if id_first:
            self.screen.say(notes)
            id = str(recorded.change.recorded["编号"])
            rest = subject.partition(id)[2].lstrip(" ：")
            self.screen.result([f"{id} {rest} {tick} {recorded.short}"])
            return
        self.screen.result([f"{tick} {recorded.short} {subject}"])
        self.screen.say(notes)

    def _note(self, note: str) -> list[str]:
        return terminal.told(self.screen, note, "  ")

    def _show_rehearsal(self, rehearsal: Rehearsal) -> None:
        change = rehearsal.change
        if self.json:
            files = {path: new for path, (_, new) in rehearsal.texts.items()}
            self.screen.document(plain({**dict(change.recorded), "未写入": True, "文件": files}))
            return
        self.screen.result([f"将记录：{visible(change.subject)}"])
        for path, (old, new) in rehearsal.texts.items():
            self.screen.result(terminal.diff(self.screen, path, old, new))
        self.screen.say(line for note in change.notes for line in self._note(note))
        self.screen.say(["未写入（--dry-run）"])


def _kept(paths: Sequence[str]) -> list[str]:
    """Files that somebody edited in the same moment."""
    return [
        f"{path} 同时被改动，改动仍在文件里，没有提交（swm adopt --why 原因 收录）"
        for path in paths
    ]


def _typed(context: typer.Context) -> dict[str, Any]:
    options = [p for p in context.command.params if p.param_type_name == "option"]
    return {p.opts[0]: context.params.get(p.name) for p in options}
