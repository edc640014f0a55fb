"""Who records, when, with which key: plain data, taken before git's environment is cleaned."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from swm.errors import NoIdentity
from swm.frozen import frozen
from swm.store import gitconfig
from swm.store.message import one_line


@frozen
class Person:
    """A name and a mail address fit for a commit: one line each, without < and >."""

    name: str
    email: str


@frozen
class Signing:
    """The person's own key, from the person's own settings; never from the ledger."""

    key: str
    settings: tuple[str, ...]


@frozen
class Identity:
    """Who did the work, who enters it, and how the commit is signed, if it is."""

    author: Person
    committer: Person
    signing: Signing | None = None


def now() -> datetime:
    """The real clock, with this machine's offset from UTC."""
    return datetime.now().astimezone()


def identify(
    root: Path, personal: Mapping[str, str], environ: Mapping[str, str] | None = None
) -> Identity:
    """GIT_AUTHOR_* and GIT_COMMITTER_*, then the ledger's own settings, then the person's.

    `personal` is the person's global git configuration (`repo.personal_settings()`).
    Raises NoIdentity with the two commands that would supply what is missing.
    """
    environ = os.environ if environ is None else environ
    here = _own_settings(root)
    people = []
    for role in ("AUTHOR", "COMMITTER"):
        name, email = (
            tidy(environ.get(f"GIT_{role}_{word.upper()}", ""))
            or tidy(here.get(f"user.{word}", ""))
            or tidy(personal.get(f"user.{word}", ""))
            for word in ("name", "email")
        )
        if not name or not email:
            raise NoIdentity(
                "还不知道是谁在记录，所以什么也没有记录",
                hint='请先告诉 git 您是谁：git config --global user.name "您的姓名"，'
                '再 git config --global user.email "您的邮箱"',
            )
        people.append(Person(name, email))
    return Identity(people[0], people[1], _signing(personal))


def tidy(text: str) -> str:
    """A name or address as git can keep it; empty when nothing is left of it.

    Git itself drops <, > and line feeds, and crud like dots and quotes around the words.
    """
    return re.sub(r"[<>]", "", one_line(text)).strip(" .,:;\"'\\-")


def _own_settings(root: Path) -> dict[str, str]:
    """The ledger's configuration; unreadable parts are for the safety check to report."""
    try:
        return dict(gitconfig.parse((root / ".git" / "config").read_bytes()))
    except (OSError, ValueError):
        return {}


def _signing(personal: Mapping[str, str]) -> Signing | None:
    if personal.get("commit.gpgsign", "").lower() not in ("true", "yes", "on", "1"):
        return None
    kept = {
        key: value
        for key, value in personal.items()
        if key.startswith("gpg.") or key == "user.signingkey"
    }
    # The pins of environment.py name `false` for each program; git's own defaults come back here.
    defaults = {
        "gpg.program": "gpg",
        "gpg.openpgp.program": kept.get("gpg.program", "gpg"),
        "gpg.x509.program": "gpgsm",
        "gpg.ssh.program": "ssh-keygen",
    }
    settings = tuple(f"{key}={value}" for key, value in {**defaults, **kept}.items())
    return Signing(kept.get("user.signingkey", ""), settings)
