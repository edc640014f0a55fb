"""A ledger's files as commits of a real repository in a temporary folder."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from swm.store.repo import Repository
from swm.store.snapshot import Snapshot

POLICY = Path(__file__).parents[1] / "ledger" / "制度"
WHO = ["-c", "user.name=甲一", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]


class Committed:
    """A repository at `root` with the shipped policy; each `commit` gives a snapshot."""

    def __init__(self, root: Path, settings: bytes) -> None:
        self.root = root
        self._git("init", "--quiet", "--initial-branch=main")
        self.files = {f"制度/{p.name}": p.read_bytes() for p in POLICY.glob("*.yaml")}
        self.write(self.files | {"swm.yaml": settings})

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Put files into the working copy, or take them away."""
        for path, data in files.items():
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                place.unlink()
            else:
                place.write_bytes(data)

    def commit(self, files: Mapping[str, bytes | None]) -> Snapshot:
        """Commit the files; what is committed, as readers see it."""
        self.write(files)
        self._git("add", "--all")
        self._git(*WHO, "commit", "--quiet", "--allow-empty", "--message", "记录")
        repo = Repository(self.root)
        head = repo.head()
        assert head is not None
        return Snapshot(repo, head)

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True)
