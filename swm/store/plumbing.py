"""The steps of a write, through GitPython's `repo.git` plumbing, in the order recording.py needs.

`index.commit` is never used: it moves the branch without comparing, and loses commits when two
people work at once (research: 5.2). GitPython is imported by the first step, not before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from subprocess import PIPE
from typing import Any

from swm.errors import Surroundings
from swm.store import environment, files, refs, trees
from swm.store.identity import Identity
from swm.store.objects import Entry
from swm.store.repo import ZERO, GitFailed, Repository
from swm.store.trees import Folder


class WritableRepository(Repository):
    """A repository whose safety has been checked: see safety.py."""

    @cached_property
    def _plumbing(self) -> Any:
        import git

        git.Git.GIT_PYTHON_GIT_EXECUTABLE = environment.executable()
        plumbing = git.Repo(self.root, expand_vars=False).git
        plumbing.update_environment(**environment.PINNED)
        plumbing.set_persistent_git_options(**environment.options(self.root))
        return plumbing

    def load(self) -> None:
        """Import GitPython, which takes as long as half a dozen steps."""
        with environment.cleaned():
            _ = self._plumbing

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

    def write_tree(self, folders: Sequence[tuple[str, Folder]]) -> str:
        """Put these folders into the object store, the top folder last; its id.

        Raises Surroundings when git stored anything else than what was worked out.
        """
        ids = self._do("mktree", "-z", "--batch", stdin=trees.listing(folders)).split()
        if ids != [id for id, _ in folders]:
            raise Surroundings("写进仓库的目录和要写的不一致，什么也没有记录")
        return ids[-1]

    def _update_index(self, index: Path, updates: Mapping[str, Entry | None]) -> None:
        lines = "".join(
            f"{entry.mode} {entry.id} 0\t{path}\0" if entry else f"0 {ZERO}\t{path}\0"
            for path, entry in updates.items()
        )
        self._do("update_index", "-z", "--index-info", stdin=lines, GIT_INDEX_FILE=str(index))

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

    def tag(self, name: str, commit: str, message: str) -> None:
        """An annotated tag by whoever made the commit, at that very moment: the same tag whenever
        it is made. Raises GitFailed where there is one of that name."""
        with self.objects() as objects:
            about = objects.commit(commit)
        moment = f"{int(about.committed.timestamp())} {about.committed:%z}"
        who = f"{about.committer} <{about.committer_email}>"
        text = f"object {commit}\ntype commit\ntag {name}\ntagger {who} {moment}\n\n{message}"
        id = self._do("mktag", stdin=text).strip()
        self._do("update_ref", f"refs/tags/{name}", id, ZERO)

    def restage(self, updates: Mapping[str, Entry | None], head: str) -> None:
        """Bring the person's index up to date for these paths alone.

        Done on a copy that then takes its place, since we ourselves hold index.lock.
        """
        draft = self.scratch / "index.next"
        if self.index.exists():
            files.copy(self.index, draft)
        else:
            self._do("read_tree", head, GIT_INDEX_FILE=str(draft))
        if updates:
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
            plumbing.init("--quiet", "--template=", f"--initial-branch={refs.BRANCH}", ".")

    def configure(self, key: str, value: str) -> None:
        """Set one key in the ledger's own configuration."""
        self._do("config", "--local", "--replace-all", key, value)
