"""What a repository can be asked: one function per question, answered by git or from a file.

Together with plumbing.py the only room that runs git. Nothing here writes, and nothing a
stranger's repository holds can run: see environment.py. GitPython is not imported.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from subprocess import DEVNULL, PIPE, CompletedProcess, Popen, run
from threading import Thread

from swm.errors import NotFound, Surroundings, SwmError, Unreadable
from swm.store import environment, refs
from swm.store.message import one_line
from swm.store.objects import RESTORE, Blob, Changed, Commit, Objects, blob_id, decode

ZERO = "0" * 40
_ID = re.compile(r"[0-9a-f]{40}")
_REVISION = re.compile(r"[^-\s:\0-\x1f\x7f][^\s:\0-\x1f\x7f]*")
_REASONS = {
    "No space left on device": "磁盘已满",
    "Out of diskspace": "磁盘已满",
    "Disk quota exceeded": "磁盘配额已用完",
    "File too large": "文件超过了系统允许的大小（ulimit -f 或磁盘配额）",
    "Input/output error": "磁盘读写出错，请尽快检查磁盘并备份",
    "Read-only file system": "磁盘是只读的",
    "Permission denied": "没有写入的权限",
}


class GitFailed(Surroundings):
    """A git command ended badly; `stderr` is what it said."""

    def __init__(self, command: str, status: int, stderr: bytes) -> None:
        self.command, self.status = command, status
        self.stderr = stderr.decode("utf-8", "replace").strip()
        super().__init__(f"git {command} 没有成功：{_reason(status, self.stderr)}")


def _reason(status: int, stderr: str) -> str:
    """In the clerk's words. Killed for a file too large, git dies without one of its own."""
    if status == -getattr(signal, "SIGXFSZ", 25):
        return "文件超过了系统允许的大小（ulimit -f 或磁盘配额）"
    for words, reason in _REASONS.items():
        if words in stderr:
            return reason
    lines = [line for line in stderr.splitlines() if not line.startswith(("hint:", "warning:"))]
    return one_line(lines[0]) if lines else f"没有说明原因（状态 {status}）"


class Repository:
    """The repository of one ledger, whose top folder is `root` (absolute)."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.git_dir = self.root / ".git"
        self.area = self.git_dir / "swm"
        self.scratch = self.area / "tmp"
        self.index = self.git_dir / "index"

    @property
    def has_history(self) -> bool:
        """Whether there are commits to be asked about; a mere folder has none."""
        return True

    # Questions that a file answers

    def branch(self) -> str | None:
        """The branch that HEAD names; None when it is detached. Raises Unreadable."""
        return refs.branch(self.git_dir)

    def head(self) -> str | None:
        """The commit everybody reads; None before the first one. Takes no git process."""
        return refs.head(self.git_dir)

    def tip(self, ref: str) -> str | None:
        """The id a ref holds; None when there is no such ref."""
        return refs.tip(self.git_dir, ref)

    # Questions put to git

    def tree_of(self, commit: str) -> list[Blob]:
        """Every file of a commit, in git's order."""
        listing = self._ask("ls-tree", "-r", "-z", "--full-tree", _full(commit))
        found = []
        for line in listing.split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, id = about.decode().split(" ")
            found.append(Blob(decode(name), mode, id))
        return found

    def changed(self, old: str, new: str) -> list[Changed]:
        """The files that differ between two commits."""
        raw = self._ask(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv",
            "--no-abbrev", _full(old), _full(new),
        )  # fmt: skip
        return _changed(raw)

    def differences(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Changed]]:
        """The files that differ between two trees, for many pairs of trees by one process."""
        asked = "".join(f"{_full(old)} {_full(new)}\n" for old, new in pairs)
        if not asked:
            return {}
        raw = self._ask(
            "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff",
            "--no-textconv", "--no-abbrev", stdin=asked.encode(),
        )  # fmt: skip
        found: dict[tuple[str, str], list[Changed]] = {}
        at, files = 0, []
        while at < len(raw):
            if raw[at : at + 1] == b":":
                end = raw.index(b"\0", raw.index(b"\0", at) + 1)
                files += _changed(raw[at : end + 1])
            else:
                end = raw.index(b"\n", at)
                old, new = raw[at:end].decode().split()
                files = found[old, new] = []
            at = end + 1
        return found

    def removals(self, commit: str, since: str | None = None) -> list[Blob]:
        """Every file that a commit on the way to this one (after `since`) took out, as it was."""
        span = _full(commit) if since is None else f"{_full(since)}..{_full(commit)}"
        raw = self._ask(
            "log", "-m", "--diff-filter=D", "--format=", "--raw", "-z", "--no-abbrev",
            "--no-renames", "--no-ext-diff", "--no-textconv", span,
        )  # fmt: skip
        return [Blob(file.path, file.old_mode, file.old) for file in _changed(raw) if file.old]

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """(id, bytes) of many blobs, in that order, by one process. Raises Unreadable."""
        wanted = [_full(id) for id in ids]
        questions = "".join(f"{id}\n" for id in wanted).encode()
        output = self._ask("cat-file", "--batch", "--buffer", stdin=questions)
        at = 0
        for id in wanted:
            end = output.index(b"\n", at)
            header = output[at:end].split()
            if len(header) != 3 or header[1] != b"blob":
                raise Unreadable(f"台账的仓库损坏：文件内容 {id} 缺失", hint=RESTORE)
            at = end + 1 + int(header[2])
            yield id, output[end + 1 : at]
            at += 1

    @contextmanager
    def objects(self) -> Iterator[Objects]:
        """Objects by id, one at a time, from one open process."""
        with Popen(
            [*environment.arguments(self.root), "cat-file", "--batch"],
            cwd=self.root,
            env=environment.hardened(),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            yield Objects(process.stdin, process.stdout)

    def show(self, commit: str, path: str) -> bytes | None:
        """The bytes of one file in one commit; None when it is not a file there."""
        with self.objects() as objects:
            entry = objects.entry(_full(commit), path)
            return objects.blob(entry.id) if entry and entry.mode.startswith("10") else None

    def history(self, path: str | None = None, start: str | None = None) -> list[Commit]:
        """The commits that led to `start` (HEAD), newest first; only those that touched `path`."""
        start = start or self.head()
        if start is None:
            return []
        where = () if path is None else ("--full-history", "--", path)
        ids = self._ask("rev-list", "--topo-order", _full(start), *where).decode().split()
        with self.objects() as objects:
            return [objects.commit(id) for id in ids]

    def count(self, commit: str) -> int:
        """How many commits led to this one, itself included."""
        return int(self._ask("rev-list", "--count", _full(commit)))

    def log_of(self, commit: str, paths: Sequence[str]) -> bytes:
        """Every change of these files on the way to a commit, the oldest first, as raw lines."""
        asked = "".join(f"{line}\n" for line in (_full(commit), "--", *paths))
        return self._ask(
            "log", "--stdin", "--reverse", "--topo-order", "--format=%x01%H", "--raw", "-z",
            "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
            stdin=asked.encode("utf-8", "surrogateescape"),
        )  # fmt: skip

    def apart(self, one: str, other: str) -> tuple[int, int]:
        """How many commits led to `one` and not to `other`, and the other way round."""
        told = self._ask(
            "rev-list", "--left-right", "--count", f"{_full(one)}...{_full(other)}"
        ).split()
        return int(told[0]), int(told[1])

    def commits(self, ids: Iterable[str]) -> list[Commit]:
        """The commits by their ids, in that order. Raises Unreadable where one is missing."""
        with self.objects() as objects:
            return [objects.commit(_full(id)) for id in ids]

    def unusual(self, commit: str, first: datetime, last: datetime) -> list[str]:
        """Of the commits that led to this one and were entered from `first` up to `last`: those
        made by `adopt`, `correct` or `undo`, and those made outside the tool, newest first."""
        usual = "^Swm-Verb: ([^acu]|a[^d]|ad[^o]|c[^o]|co[^r]|u[^n])"
        between = _between(first, last)
        return self._listed("--invert-grep", "-E", f"--grep={usual}", *between, _full(commit))

    def touching(
        self,
        commit: str,
        first: datetime,
        last: datetime,
        paths: Sequence[str],
        *,
        undone: bool = False,
    ) -> list[str]:
        """Of the same commits those that changed one of these files or folders, newest first;
        `undone`: also where a merge took nothing of it over."""
        whole = ("--full-history",) if undone else ()
        return self._listed(*whole, *_between(first, last), _full(commit), "--", *paths)

    def _listed(self, *words: str) -> list[str]:
        return self._ask("rev-list", "--topo-order", *words).decode().split()

    def resolve(self, revision: str) -> str:
        """The full id of the commit a person means by `revision`. Raises NotFound."""
        if _REVISION.fullmatch(revision) and "@{" not in revision:
            words = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            answer = self._run("rev-parse", *words).stdout.decode().strip()
            if _ID.fullmatch(answer):
                return answer
        raise NotFound(f"台账里没有这个版本：{one_line(revision)}", hint="可用的版本见 swm log")

    def last_commit_of(self, day: date, zone: tzinfo) -> str:
        """The last commit entered by the end of that day in the office's zone. Raises NotFound."""
        head = self.head()
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        until = f"--min-age={int(midnight.timestamp()) - 1}"
        found = head and self._ask("rev-list", "-1", "--first-parent", until, head).decode().strip()
        if not found:
            raise NotFound(f"{day.isoformat()} 那天还没有任何记录")
        return found

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` rests on `old`; False also for a commit that is not here."""
        return self._run("merge-base", "--is-ancestor", _full(old), _full(new)).returncode == 0

    def dirty(self) -> list[str]:
        """Paths whose bytes differ from HEAD, and files git does not know and does not ignore."""
        return self.look_for_edits()()

    def look_for_edits(self) -> Callable[[], list[str]]:
        """Start looking for what `dirty` says; the answer is collected when it is called.

        Git only compares sizes and times here; what looks changed is read by us. So no filter
        of the repository ever sees a file.
        """
        found: Future[list[str]] = Future()

        def look() -> None:
            try:
                found.set_result(self._edits())
            except (SwmError, OSError) as failure:
                found.set_exception(failure)

        # One after the other: on two cores the program itself keeps one.
        Thread(target=look, daemon=True).start()
        return found.result

    def _edits(self) -> list[str]:
        head = self.head()
        unknown = self._ask("ls-files", "-o", "-z", "--exclude-standard")
        paths = {decode(name) for name in unknown.split(b"\0")[:-1]}
        if head is not None:
            raw = self._ask(
                "diff-index", "-z", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv",
                "--no-abbrev", "--ignore-submodules=all", head,
            )  # fmt: skip
            for path, _, _, committed, _ in _raw_lines(raw):
                if self._working_id(path) != _present(committed):
                    paths.add(path)
        return sorted(paths)

    def index_entries(self, paths: Iterable[str]) -> dict[str, str]:
        """What the person's index holds for these paths; "?" where a merge left several."""
        with self.asking_index_entries(paths) as entries:
            return entries()

    @contextmanager
    def asking_index_entries(self, paths: Iterable[str]) -> Iterator[Callable[[], dict[str, str]]]:
        """The same, asked at once and answered when it is called."""
        wanted = set(paths)
        if not wanted or not self.index.exists():
            yield dict
            return
        few = sorted(wanted) if len(wanted) < 500 else []  # an argument list has a limit
        with self._asking("ls-files", "-s", "-z", "--", *few) as listing:

            def entries() -> dict[str, str]:
                staged: dict[str, str] = {}
                for line in listing().split(b"\0")[:-1]:
                    about, _, name = line.partition(b"\t")
                    _, id, level = about.decode().split(" ")
                    if (path := decode(name)) in wanted:
                        staged[path] = id if level == "0" else "?"
                return staged

            yield entries

    def _working_id(self, path: str) -> str | None:
        place = self.root / path
        try:
            if place.is_symlink() or not place.is_file():
                return "?" if place.is_symlink() or place.exists() else None
            return blob_id(place.read_bytes())
        except OSError:
            return "?"

    def _ask(self, *words: str, stdin: bytes = b"") -> bytes:
        done = self._run(*words, stdin=stdin)
        return _answer(words[0], done.returncode, done.stdout, done.stderr)

    @contextmanager
    def _asking(self, *words: str) -> Iterator[Callable[[], bytes]]:
        """A question that git works on while we do something else."""
        with Popen(
            [*environment.arguments(self.root), *words],
            cwd=self.root,
            env=environment.hardened(),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        ) as process:

            def answer() -> bytes:
                output, complaint = process.communicate()
                return _answer(words[0], process.returncode, output, complaint)

            yield answer

    def _run(self, *words: str, stdin: bytes = b"") -> CompletedProcess[bytes]:
        return run(
            [*environment.arguments(self.root), *words],
            cwd=self.root,
            env=environment.hardened(),
            input=stdin,
            capture_output=True,
            check=False,
        )


def _answer(command: str, status: int, output: bytes, complaint: bytes) -> bytes:
    if status:
        failure = GitFailed(command, status, complaint)
        raise Unreadable(f"读不出台账的历史：{failure.message}") from failure
    return output


def personal_settings() -> dict[str, str]:
    """Name, address and signing key from the person's own global configuration, as git reads it.

    Run in the person's own environment, on no repository at all.
    """
    with asking_personal_settings() as settings:
        return settings()


@contextmanager
def asking_personal_settings() -> Iterator[Callable[[], dict[str, str]]]:
    """The same, asked at once and answered when it is called."""
    pattern = r"^(user\.(name|email|signingkey)|commit\.gpgsign|gpg\..*)$"
    command = [environment.executable(), "config", "--global", "--null", "--get-regexp", pattern]
    nowhere = Path(environment.NOTHING).parent
    with Popen(command, cwd=nowhere, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL) as process:

        def settings() -> dict[str, str]:
            lines = process.communicate()[0].decode("utf-8", "replace").split("\0")[:-1]
            return {key: value for key, _, value in (line.partition("\n") for line in lines)}

        yield settings


def _full(id: str) -> str:
    """Only whole ids go to git: nothing there can be an option or a name."""
    if not _ID.fullmatch(id):
        raise ValueError(f"not a whole object id: {id!r}")
    return id


def _between(first: datetime, last: datetime) -> tuple[str, str]:
    return f"--since=@{int(first.timestamp())}", f"--until=@{int(last.timestamp())}"


def _present(id: str) -> str | None:
    return None if id == ZERO else id


def _changed(raw: bytes) -> list[Changed]:
    """The files that `--raw -z` output says differ."""
    return [
        Changed(path, _present(before), _present(after), old_mode, new_mode)
        for path, old_mode, new_mode, before, after in _raw_lines(raw)
    ]


def _raw_lines(raw: bytes) -> Iterator[tuple[str, str, str, str, str]]:
    """(path, old mode, new mode, old id, new id) from `--raw -z` output."""
    parts = raw.split(b"\0")[:-1]
    for about, name in zip(parts[::2], parts[1::2], strict=True):
        old_mode, new_mode, old, new, _ = about.decode().removeprefix(":").split(" ")
        yield decode(name), old_mode, new_mode, old, new
