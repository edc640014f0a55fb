"""The only room that runs git: one function per question, one per step of a write.

Questions are answered by `subprocess`, or by reading a file where that is all it takes. Steps
of a write go through GitPython's `repo.git` plumbing, imported only then. `index.commit` is
never used: it moves the branch without comparing, and loses commits (research: 5.2).
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, run
from typing import Any

from swm.errors import NotFound, Surroundings, Unreadable
from swm.store import environment, files
from swm.store.identity import Identity
from swm.store.message import one_line
from swm.store.objects import Blob, Changed, Commit, Entry, blob_id, decode, read_commit, read_tree

BRANCH = "main"
REF = f"refs/heads/{BRANCH}"
ZERO = "0" * 40
_ID = re.compile(r"[0-9a-f]{40}")


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
    if "No space left on device" in stderr:
        return "磁盘已满"
    if "Read-only file system" in stderr or "Permission denied" in stderr:
        return "没有写入的权限"
    lines = [line for line in stderr.splitlines() if not line.startswith(("hint:", "warning:"))]
    return one_line(lines[0]) if lines else f"没有说明原因（状态 {status}）"


class Objects:
    """One `git cat-file --batch` kept open: trees, blobs and commits by id, a fraction of a
    millisecond each. Also sees objects written after it was opened."""

    def __init__(self, process: Popen[bytes]) -> None:
        self._process = process
        self._trees: dict[str, dict[str, Entry]] = {}

    def read(self, name: str) -> tuple[str, str, bytes] | None:
        """(id, type, bytes) of the object git knows by `name`; None when it has none.

        Raises Unreadable when the object is damaged.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        try:
            stdin.write(name.encode() + b"\n")
            stdin.flush()
            header = stdout.readline().split()
        except BrokenPipeError:
            header = []
        if header[-1:] in ([b"missing"], [b"ambiguous"]):
            return None
        if len(header) != 3:
            raise Unreadable(f"台账的仓库损坏：读不出对象 {name}", hint="请从备份恢复：swm restore")
        content = stdout.read(int(header[2]) + 1)[:-1]
        return header[0].decode(), header[1].decode(), content

    def blob(self, id: str) -> bytes:
        """The bytes of a blob, compared with its own id. Raises Unreadable."""
        found = self.read(id)
        if found is None or found[1] != "blob" or blob_id(found[2]) != id:
            raise Unreadable(f"台账的仓库损坏：文件内容 {id} 缺失或不对", hint="请从备份恢复：swm restore")
        return found[2]

    def tree(self, id: str) -> dict[str, Entry]:
        """The entries of one folder. Raises Unreadable."""
        if id not in self._trees:
            found = self.read(id)
            if found is None or found[1] != "tree":
                raise Unreadable(f"台账的仓库损坏：目录 {id} 缺失", hint="请从备份恢复：swm restore")
            self._trees[id] = read_tree(found[2])
        return self._trees[id]

    def commit(self, id: str) -> Commit:
        """One commit. Raises Unreadable."""
        found = self.read(id)
        if found is None or found[1] != "commit":
            raise Unreadable(f"台账的仓库损坏：版本 {id} 缺失", hint="请从备份恢复：swm restore")
        return read_commit(found[0], found[2])

    def walk(self, commit: str, path: str) -> Iterator[Entry]:
        """The entries from the top folder down to `path`, as far as they exist."""
        at = Entry("040000", self.commit(commit).tree)
        yield at
        for name in path.split("/"):
            below = self.tree(at.id).get(name) if at.mode == "040000" else None
            if below is None:
                return
            at = below
            yield at

    def entry(self, commit: str | None, path: str) -> Entry | None:
        """What `path` is in that commit; None where it is not, or there is no commit yet."""
        if commit is None:
            return None
        found = list(self.walk(commit, path))
        return found[-1] if len(found) == path.count("/") + 2 else None


class Repository:
    """The repository of one ledger, whose top folder is `root` (absolute)."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.git_dir = self.root / ".git"
        self.area = self.git_dir / "swm"
        self.scratch = self.area / "tmp"
        self.index = self.git_dir / "index"

    # Questions that a file answers

    def branch(self) -> str | None:
        """The branch that HEAD names; None when it is detached. Raises Unreadable."""
        target = self._head_file()
        return target.removeprefix("ref: refs/heads/") if target.startswith("ref: ") else None

    def head(self) -> str | None:
        """The commit everybody reads; None before the first one. Takes no git process."""
        target = self._head_file()
        return self.tip(target[5:]) if target.startswith("ref: ") else target

    def tip(self, ref: str) -> str | None:
        """The id a ref holds, loose or packed; None when there is no such ref."""
        for _ in range(2):  # `git pack-refs` may move it between the first look and the second
            for found in (self._loose(ref), self._packed(ref)):
                if found is not None:
                    return found
        return None

    def _head_file(self) -> str:
        try:
            text = (self.git_dir / "HEAD").read_text("ascii").strip()
        except (OSError, ValueError) as failure:
            raise Unreadable(f"读不出 {self.git_dir / 'HEAD'}：这里不是 git 仓库，或仓库损坏") from failure
        if not (_ID.fullmatch(text) or re.fullmatch(r"ref: refs/[^\s\\]+", text)) or ".." in text:
            raise Unreadable(f"{self.git_dir / 'HEAD'} 的内容不对，仓库损坏")
        return text

    def _loose(self, ref: str) -> str | None:
        try:
            text = (self.git_dir / ref).read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        if not _ID.fullmatch(text):
            raise Unreadable(f"{self.git_dir / ref} 的内容不对，仓库损坏")
        return text

    def _packed(self, ref: str) -> str | None:
        try:
            packed = (self.git_dir / "packed-refs").read_bytes()
        except FileNotFoundError:
            return None
        found = re.search(rb"^([0-9a-f]{40}) " + re.escape(ref.encode()) + rb"$", packed, re.M)
        return found[1].decode() if found else None

    # Questions put to git

    def tree_of(self, commit: str) -> list[Blob]:
        """Every file of a commit, in git's order."""
        listing = self._ask("ls-tree", "-r", "-z", "--full-tree", _full(commit))
        files_ = []
        for line in listing.split(b"\0")[:-1]:
            about, _, name = line.partition(b"\t")
            mode, _, id = about.decode().split(" ")
            files_.append(Blob(decode(name), mode, id))
        return files_

    def changed(self, old: str, new: str) -> list[Changed]:
        """The files that differ between two commits."""
        raw = self._ask(
            "diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv",
            "--no-abbrev", _full(old), _full(new),
        )  # fmt: skip
        return [
            Changed(path, _present(before), _present(after), old_mode, new_mode)
            for path, old_mode, new_mode, before, after in _raw_lines(raw)
        ]

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """(id, bytes) of many blobs, in that order, by one process. Raises Unreadable."""
        wanted = [_full(id) for id in ids]
        output = self._ask("cat-file", "--batch", "--buffer", stdin="\n".join([*wanted, ""]).encode())
        at = 0
        for id in wanted:
            end = output.index(b"\n", at)
            header = output[at:end].split()
            if len(header) != 3 or header[1] != b"blob":
                raise Unreadable(f"台账的仓库损坏：文件内容 {id} 缺失", hint="请从备份恢复：swm restore")
            at = end + 1 + int(header[2])
            yield id, output[end + 1 : at]
            at += 1

    @contextmanager
    def objects(self) -> Iterator[Objects]:
        """Objects by id, one at a time, from one open process."""
        command = [*environment.arguments(self.root), "cat-file", "--batch"]
        process = Popen(
            command, cwd=self.root, env=environment.hardened(), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        with process:
            yield Objects(process)

    def show(self, commit: str, path: str) -> bytes | None:
        """The bytes of one file in one commit; None when it is not a file there."""
        with self.objects() as objects:
            entry = objects.entry(_full(commit), path)
            return objects.blob(entry.id) if entry and entry.mode.startswith("10") else None

    def history(self, path: str | None = None, start: str | None = None) -> list[Commit]:
        """The commits that led to `start` (HEAD), newest first; with `path`, those that touched it."""
        start = start or self.head()
        if start is None:
            return []
        where = () if path is None else ("--full-history", "--", path)
        ids = self._ask("rev-list", "--topo-order", _full(start), *where).decode().split()
        with self.objects() as objects:
            return [objects.commit(id) for id in ids]

    def resolve(self, revision: str) -> str:
        """The full id of the commit a person means by `revision`. Raises NotFound."""
        odd = not revision or revision.startswith("-") or re.search(r"[\s:\0-\x1f\x7f]|@\{", revision)
        if not odd:
            words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            answer = self._ask(*words, fine=(0, 1, 128)).decode().strip()
            if _ID.fullmatch(answer):
                return answer
        raise NotFound(f"台账里没有这个版本：{one_line(revision)}", hint="可用的版本见 swm log")

    def last_commit_of(self, day: date, zone: tzinfo) -> str:
        """The newest commit entered by the end of that day in the office's zone. Raises NotFound."""
        head = self.head()
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        until = f"--min-age={int(midnight.timestamp()) - 1}"
        found = head and self._ask("rev-list", "-1", "--first-parent", until, head).decode().strip()
        if not found:
            raise NotFound(f"{day.isoformat()} 那天还没有任何记录")
        return found

    def commit_at(self, when: str | date, zone: tzinfo) -> str:
        """What `--at` means: a revision, or a day and then its last commit. Raises NotFound."""
        return self.last_commit_of(when, zone) if isinstance(when, date) else self.resolve(when)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` rests on `old`; False also for a commit that is not here."""
        command = [*environment.arguments(self.root), "merge-base", "--is-ancestor", old, new]
        done = run(command, cwd=self.root, env=environment.hardened(), stdin=DEVNULL, capture_output=True)
        return done.returncode == 0

    def dirty(self) -> list[str]:
        """Paths whose bytes differ from HEAD, and files git does not know and does not ignore.

        Git only compares sizes and times here; what looks changed is read by us. So no filter
        of the repository ever sees a file.
        """
        head = self.head()
        unknown = self._ask("ls-files", "-o", "-z", "--exclude-standard", *self._excludes())
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
        wanted = set(paths)
        staged: dict[str, str] = {}
        if wanted and self.index.exists():
            for line in self._ask("ls-files", "-s", "-z", "--", *sorted(wanted)).split(b"\0")[:-1]:
                about, _, name = line.partition(b"\t")
                _, id, level = about.decode().split(" ")
                if (path := decode(name)) in wanted:
                    staged[path] = id if level == "0" else "?"
        return staged

    def _excludes(self) -> tuple[str, ...]:
        """The sample ledger lies inside another repository; then there is no exclude file."""
        return ()

    def _working_id(self, path: str) -> str | None:
        place = self.root / path
        try:
            if place.is_symlink() or not place.is_file():
                return "?" if place.is_symlink() or place.exists() else None
            return blob_id(place.read_bytes())
        except OSError:
            return "?"

    def _ask(self, *words: str, stdin: bytes = b"", fine: Sequence[int] = (0,)) -> bytes:
        command = [*environment.arguments(self.root), *words]
        done = run(command, cwd=self.root, env=environment.hardened(), input=stdin, capture_output=True)
        if done.returncode not in fine:
            failure = GitFailed(words[0], done.returncode, done.stderr)
            raise Unreadable(f"读不出台账的历史：{failure.message}") from failure
        return done.stdout

    # Steps of a write

    @cached_property
    def _plumbing(self) -> Any:
        import git

        git.Git.GIT_PYTHON_GIT_EXECUTABLE = environment.executable()
        plumbing = git.Repo(self.root, expand_vars=False).git
        plumbing.update_environment(**environment.PINNED)
        plumbing.set_persistent_git_options(**environment.options(self.root))
        return plumbing

    def _do(
        self, step: str, *words: str, stdin: str = "", settings: Sequence[str] = (), **environ: str
    ) -> str:
        with environment.cleaned():
            plumbing = self._plumbing
            if settings:
                plumbing(c=list(settings))
            process = getattr(plumbing, step)(*words, as_process=True, istream=PIPE, env=environ)
            output, complaint = process.communicate(stdin.encode("utf-8", "surrogateescape"))
        if process.returncode:
            raise GitFailed(step.replace("_", "-"), process.returncode, complaint)
        return str(output.decode("utf-8", "surrogateescape"))

    def write_blobs(self, staged: Sequence[Path]) -> list[str]:
        """Put the bytes of these files into the object store, exactly as they are; their ids."""
        lines = "".join(f"{place.relative_to(self.root).as_posix()}\n" for place in staged)
        return self._do("hash_object", "-w", "--no-filters", "--stdin-paths", stdin=lines).split()

    def write_tree(self, base: str | None, updates: Mapping[str, Entry | None]) -> str:
        """The tree of `base` with these entries put in or (None) taken out.

        Built in an index of its own: neither what a person staged nor what a crash left behind
        can get into it.
        """
        private = str(self.scratch / "index")
        unsynced = ("core.fsync=all,-index",)  # this index dies with the transaction
        start = ("--empty",) if base is None else (base,)
        self._do("read_tree", *start, settings=unsynced, GIT_INDEX_FILE=private)
        self._update_index(Path(private), updates, unsynced)
        return self._do("write_tree", GIT_INDEX_FILE=private).strip()

    def _update_index(
        self, index: Path, updates: Mapping[str, Entry | None], settings: Sequence[str] = ()
    ) -> None:
        lines = "".join(
            f"{entry.mode} {entry.id} 0\t{path}\0" if entry else f"0 {ZERO}\t{path}\0"
            for path, entry in updates.items()
        )
        self._do(
            "update_index", "-z", "--index-info",
            stdin=lines, settings=settings, GIT_INDEX_FILE=str(index),
        )  # fmt: skip

    def write_commit(
        self, tree: str, parents: Sequence[str], message: str, identity: Identity, when: datetime
    ) -> str:
        """A commit object; nothing points at it yet. Signed if the person's own settings say so."""
        moment = f"@{int(when.timestamp())} {when:%z}"
        people = {"AUTHOR": identity.author, "COMMITTER": identity.committer}
        environ = {
            f"GIT_{role}_{word}": value
            for role, person in people.items()
            for word, value in (("NAME", person.name), ("EMAIL", person.email), ("DATE", moment))
        }
        signing = identity.signing
        key = [f"-S{signing.key}"] if signing else []
        settings = signing.settings if signing else ()
        above = [word for parent in parents for word in ("-p", parent)]
        words = (tree, *above, *key, "-F", "-")
        return self._do("commit_tree", *words, stdin=message, settings=settings, **environ).strip()

    def move(self, ref: str, new: str, old: str | None, why: str) -> None:
        """The single commit point: `ref` becomes `new` if it still is `old`. Raises GitFailed."""
        self._do("update_ref", "--create-reflog", "-m", why, ref, new, old or ZERO)

    def restage(self, updates: Mapping[str, Entry | None], head: str) -> None:
        """Bring the person's index up to date for these paths alone.

        Done on a copy that then takes its place, since we ourselves hold index.lock.
        """
        draft = self.scratch / "index.next"
        if self.index.exists():
            files.copy(self.index, draft)
        else:
            self._do("read_tree", head, GIT_INDEX_FILE=str(draft))
        self._update_index(draft, updates)
        present = "".join(f"{path}\0" for path, entry in updates.items() if entry)
        if present:
            self._do(
                "add", "--refresh", "--pathspec-from-file=-", "--pathspec-file-nul",
                stdin=present, GIT_INDEX_FILE=str(draft),
            )  # fmt: skip
        draft.replace(self.index)
        files.sync_folder(self.git_dir)

    def initialise(self) -> None:
        """Make an empty repository on `main` here, without sample hooks."""
        import git

        with environment.cleaned():
            git.Git.GIT_PYTHON_GIT_EXECUTABLE = environment.executable()
            plumbing = git.Git(self.root)
            plumbing.update_environment(**environment.PINNED)
            plumbing.init("--quiet", "--template=", f"--initial-branch={BRANCH}", ".")

    def configure(self, key: str, value: str) -> None:
        """Set one key in the ledger's own configuration."""
        self._do("config", "--local", "--replace-all", key, value)


def personal_settings() -> dict[str, str]:
    """Name, address and signing key from the person's own global configuration, as git reads it.

    Run in the person's own environment, on no repository at all.
    """
    pattern = r"^(user\.(name|email|signingkey)|commit\.gpgsign|gpg\..*)$"
    command = [environment.executable(), "config", "--global", "--null", "--get-regexp", pattern]
    done = run(command, cwd=Path(environment.NOTHING).parent, stdin=DEVNULL, capture_output=True)
    pairs = [line.partition("\n") for line in done.stdout.decode("utf-8", "replace").split("\0")[:-1]]
    return {key: value for key, _, value in pairs}


def _full(id: str) -> str:
    """Only whole ids go to git: nothing there can be an option or a name."""
    if not _ID.fullmatch(id):
        raise ValueError(f"not a whole object id: {id!r}")
    return id


def _present(id: str) -> str | None:
    return None if id == ZERO else id


def _raw_lines(raw: bytes) -> Iterator[tuple[str, str, str, str, str]]:
    """(path, old mode, new mode, old id, new id) from `--raw -z` output."""
    parts = raw.split(b"\0")[:-1]
    for about, name in zip(parts[::2], parts[1::2], strict=True):
        old_mode, new_mode, old, new, _ = about.decode().removeprefix(":").split(" ")
        yield decode(name), old_mode, new_mode, old, new
