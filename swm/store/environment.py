"""What git gets to see: a clean environment, and settings under which it can run nothing.

A ledger may come from a stranger's USB stick. Its own configuration, the person's and the
machine's all rank below the options given here, so no hook, monitor, filter, pager, helper or
signature program named anywhere is ever started (research: hostile repository, 68 to 78).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from swm.errors import Surroundings

NOTHING = str(Path(__file__).with_name("empty"))
"""An empty file we own. As a folder of hooks it holds none. Never /dev/null: one
`git config --global` typed as root would replace that device by a regular file."""

PINNED = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": NOTHING,
    "GIT_CONFIG_GLOBAL": NOTHING,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": NOTHING,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C.UTF-8",
}

CONFIGURATION = (
    f"core.hooksPath={NOTHING}",
    "core.fsmonitor=false",
    f"core.attributesFile={NOTHING}",
    f"core.excludesFile={NOTHING}",
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.splitIndex=false",
    "core.sparseCheckout=false",
    "core.logAllRefUpdates=true",
    "core.protectNTFS=true",
    "core.protectHFS=true",
    "core.quotePath=false",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.askPass=",
    "core.fsync=all",
    "core.fsyncMethod=fsync",
    "gc.auto=0",
    "maintenance.auto=false",
    "gpg.program=false",
    "gpg.openpgp.program=false",
    "gpg.x509.program=false",
    "gpg.ssh.program=false",
    "gpg.ssh.defaultKeyCommand=",
    "log.showSignature=false",
    "commit.gpgSign=false",
    "credential.helper=",
    "protocol.allow=never",
    "submodule.recurse=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "advice.graftFileDeprecated=false",
)


@lru_cache(maxsize=1)
def executable() -> str:
    """The absolute path of git: looked for once, never in the current folder (CVE-2023-40590).

    Raises Surroundings when git is not installed.
    """
    folders = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if each]
    for folder in folders:
        found = shutil.which(os.path.join(folder, "git")) if os.path.isabs(folder) else None
        if found:
            return found
    raise Surroundings("找不到 git 程序", hint="请先安装 git（2.36 或更新的版本），再重新运行")


def without_git(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` without any of git's own variables: GIT_DIR, GIT_INDEX_FILE, GIT_TRACE ..."""
    return {name: value for name, value in environ.items() if not name.upper().startswith("GIT_")}


def hardened() -> dict[str, str]:
    """The whole environment of a git process that only reads."""
    return {**without_git(os.environ), **PINNED}


def options(root: Path) -> dict[str, str | list[str]]:
    """Git's options before the command word: both folders named outright, and the settings."""
    return {
        "git_dir": str(root / ".git"),
        "work_tree": str(root),
        "c": list(CONFIGURATION),
    }


def arguments(root: Path) -> list[str]:
    """The same options as an argument vector."""
    settings = [word for setting in CONFIGURATION for word in ("-c", setting)]
    return [executable(), f"--git-dir={root / '.git'}", f"--work-tree={root}", *settings]


@contextmanager
def cleaned() -> Iterator[None]:
    """Take git's variables out of this process while GitPython, which copies them, runs git.

    GitPython starts `git version` on import. Pointed at a file that is no program, and told to be
    quiet about it, it does not; plumbing.py names the real one afterwards.
    """
    kept = dict(os.environ)
    for name in kept.keys() - without_git(kept).keys():
        del os.environ[name]
    os.environ.update(_NO_TRIAL)
    try:
        yield
    finally:
        for name in _NO_TRIAL:
            del os.environ[name]
        os.environ.update(kept)


_NO_TRIAL = {"GIT_PYTHON_GIT_EXECUTABLE": NOTHING, "GIT_PYTHON_REFRESH": "quiet"}
