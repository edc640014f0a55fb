"""A ledger of three files, a clerk who records in it, and a person who uses plain git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from swm.store.identity import Identity, Person
from swm.store.message import message
from swm.store.recording import Receipt
from swm.store.transaction import create, writing

FIRST, SECOND = "企业/BK-00/BK-0001.yaml", "企业/BK-00/BK-0002.yaml"
WHO = Identity(Person("严录入", "luru@example.cn"), Person("严录入", "luru@example.cn"))
WORDS = message("夜查 BK-0001", [], {"Swm-Version": "0", "Swm-Verb": "inspect"})
FILES = {
    "swm.yaml": b"\xe6\xa0\xbc\xe5\xbc\x8f: 1\n",
    ".gitattributes": b"* -text\n",
    FIRST: "编号: BK-0001\n".encode(),
    SECOND: "编号: BK-0002\n".encode(),
}


def git(root: Path, *words: str, fine: bool = True, **environ: str) -> str:
    """What a person's git prints; it must succeed, or must not."""
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *words],
        cwd=root,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) == fine, f"git {' '.join(words)}: {done.stdout}{done.stderr}"
    return done.stdout + ("" if fine else done.stderr)


def make(root: Path) -> Path:
    """The repository, and its first commit by the write protocol."""
    root.mkdir()
    create(root)
    with writing(root, WHO) as tx:
        tx.commit(dict(FILES), WORDS)
    return root


def append(root: Path, *paths: str, line: str = "备注: 一行") -> Receipt:
    """One command that gives each of these files one more line."""
    with writing(root, WHO, patience=1) as tx:
        contents = {path: (tx.base(path) or b"") + f"{line}\n".encode() for path in paths}
        return tx.commit(dict(contents), WORDS)


def commits(root: Path) -> list[str]:
    """Newest first."""
    return git(root, "rev-list", "main").split()
