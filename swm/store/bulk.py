"""Many commits at once, for a ledger that is made in one go: the sample, and later big imports.

What `recording.py` does safely for one command in some twenty milliseconds, `git fast-import`
does for ten thousand commands a second; the objects are the same to the byte. Nothing points at
them before all of them are written, so a crash leaves an empty repository and no half ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, run
from types import TracebackType

from swm.store import environment, files, transaction
from swm.store.identity import Person
from swm.store.objects import FILE
from swm.store.refs import REF
from swm.store.repo import GitFailed


class BulkHistory:
    """A new ledger's whole history, streamed commit by commit into `root`.

    The folder is made, and must be empty. On leaving without an exception the branch stands at
    the last commit and the working copy holds it. Raises Refused, Surroundings.
    """

    def __init__(self, root: Path) -> None:
        files.make_empty(root)
        self.root = root.absolute()
        transaction.create(self.root)

    def __enter__(self) -> BulkHistory:
        words = ("fast-import", "--quiet", "--done", "--date-format=raw")
        self._process = Popen(
            [*environment.arguments(self.root), *words],
            cwd=self.root,
            env={**environment.hardened(), **_nobody()},
            stdin=PIPE,
            stdout=DEVNULL,
            stderr=PIPE,
        )
        assert self._process.stdin is not None
        self._stream = self._process.stdin
        return self

    def commit(
        self, when: datetime, who: Person, message: str, contents: Mapping[str, bytes]
    ) -> None:
        """One commit that gives each path these bytes. `when` knows its offset from UTC."""
        person = f"{who.name} <{who.email}> {int(when.timestamp())} {when:%z}"
        head = f"commit {REF}\nauthor {person}\ncommitter {person}\n"
        parts = [head.encode(), _data(message.encode())]
        for path, content in sorted(contents.items()):
            parts += [f"M {FILE} inline {path}\n".encode(), _data(content)]
        self._write(b"".join(parts))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._write(b"done\n")
        complaint = self._closed()
        if error is None:
            if self._process.returncode:
                raise GitFailed("fast-import", self._process.returncode, complaint)
            self._check_out()

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
        except BrokenPipeError:
            complaint = self._closed()
            raise GitFailed("fast-import", self._process.returncode, complaint) from None

    def _closed(self) -> bytes:
        _, complaint = self._process.communicate()
        return complaint

    def _check_out(self) -> None:
        command = [*environment.arguments(self.root), "read-tree", "--reset", "-u", REF]
        done = run(command, cwd=self.root, env=environment.hardened(), capture_output=True)
        if done.returncode:
            raise GitFailed("read-tree", done.returncode, done.stderr)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _nobody() -> dict[str, str]:
    """Whom the reflog names; the commits name their own people."""
    return {
        f"GIT_COMMITTER_{word}": value
        for word, value in (("NAME", "swm"), ("EMAIL", "swm@localhost.invalid"))
    }
