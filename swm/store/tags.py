"""Tags of issued reports and notices: made after the commit that they name, and never moved.

A process may die between the commit and its tag. So the intent is put on disk while the ledger is
held, and the next write, or the next command about issued reports, makes what is missing. What a
tag shall name follows from the history alone; made late it is the same, byte for byte.
"""

from __future__ import annotations

from contextlib import suppress

from swm.domain.kinds import REPORT
from swm.domain.reportrecords import Issued, Published, Report, tag_name
from swm.errors import Unreadable
from swm.store import files
from swm.store.ledger import Ledger
from swm.store.plumbing import WritableRepository
from swm.store.refs import UNTAGGED
from swm.store.repo import GitFailed, Repository
from swm.store.rollforward import left_behind
from swm.store.snapshot import Snapshot
from swm.store.writing import read_file


def expect(repo: Repository) -> None:
    """Say on disk that a tag is about to be missing. Called while the ledger is held."""
    staged = files.stage(repo.scratch, b"")
    staged.replace(repo.area / UNTAGGED)
    files.sync_folder(repo.area)


def mend(ledger: Ledger) -> list[str]:
    """Make every tag that is missing; their names. One that is there stays as it is."""
    repo = WritableRepository(ledger.root)
    snapshot = ledger.snapshot()
    made = []
    for report, paper in _papers(snapshot):
        name = tag_name(report, paper)
        if repo.tip(f"refs/tags/{name}") is None:
            message = f"{_title(report, paper)}\n\n锚：{paper.anchor}\n"
            _make(repo, name, _commit_of(snapshot, report, paper), message)
            made.append(name)
    with suppress(FileNotFoundError):
        (repo.area / UNTAGGED).unlink()
    return made


def astray(ledger: Ledger) -> list[tuple[str, str]]:
    """(tag, commit) of each paper whose tag names another commit than the one that recorded it:
    somebody moved it."""
    snapshot = ledger.snapshot()
    found = []
    for report, paper in _papers(snapshot):
        name, commit = tag_name(report, paper), _commit_of(snapshot, report, paper)
        present = ledger.repo.tip(f"refs/tags/{name}")
        if present is not None and ledger.repo.resolve(f"refs/tags/{name}") != commit:
            found.append((name, commit))
    return found


def missing(ledger: Ledger) -> list[str]:
    """The tags that are not there."""
    return [
        name
        for report, paper in _papers(ledger.snapshot())
        if ledger.repo.tip(f"refs/tags/{(name := tag_name(report, paper))}") is None
    ]


def _papers(snapshot: Snapshot) -> list[tuple[Report, Issued | Published]]:
    found: list[tuple[Report, Issued | Published]] = []
    for id in snapshot.ids(REPORT):
        report = snapshot.filed(Report, id)
        found += ((report, issued) for issued in report.editions)
        found += ((report, notice) for notice in report.published)
    return found


def _title(report: Report, paper: Issued | Published) -> str:
    head = report.title if isinstance(paper, Issued) else paper.period
    return f"{head}，{paper.title}"


def _commit_of(snapshot: Snapshot, report: Report, paper: Issued | Published) -> str:
    """The commit by which an edition or a notice was recorded."""
    for commit in reversed(snapshot.repo.history(report.path, snapshot.commit)):
        data = snapshot.repo.show(commit.id, report.path)
        try:
            past = read_file(report.path, data.decode()) if data is not None else None
        except Unreadable:
            continue
        if isinstance(past, Report) and any(r.number == paper.number for r in past.records):
            return commit.id
    raise Unreadable(
        f"历史里找不到“{_title(report, paper)}”的提交", hint="请从备份恢复：swm restore"
    )


def _make(repo: WritableRepository, name: str, commit: str, message: str) -> None:
    """Also after a crash in the very making of it, which leaves git's lock on the tag behind."""
    lock = repo.git_dir / f"refs/tags/{name}.lock"
    if lock.exists() and left_behind(lock) is not None:
        files.remove(lock)
    try:
        repo.tag(name, commit, message)
    except GitFailed:
        if repo.tip(f"refs/tags/{name}") is None:  # else another process was quicker
            raise
