"""Step 0 of a write: is this a ledger of ours, whole, at rest, and unable to run code?

Naming the git folder outright switches off git's own ownership check, so the check is here.
Reading needs none of this: there git is given an environment in which nothing can act.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from swm.domain.kinds import REPORT
from swm.errors import NotYours, Surroundings, WrongBranch
from swm.store import gitconfig
from swm.store.refs import BRANCH
from swm.store.repo import Repository

_HARMLESS = re.compile(
    r"core\.(repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode"
    r"|symlinks|autocrlf|safecrlf|eol|quotepath|abbrev|compression|longpaths|protectntfs|protecthfs"
    r"|preloadindex|untrackedcache|fscache|trustctime|checkstat|commentchar|whitespace|fsync"
    r"|fsyncmethod|bigfilethreshold|packedgitlimit|packedgitwindowsize|hidedotfiles)"
    r"|user\.(name|email|signingkey|useconfigonly)"
    r"|remote\..*\.(url|pushurl|fetch|push|tagopt|prune|prunetags|mirror|skipdefaultupdate)"
    r"|remote\.pushdefault|branch\..*\.(remote|pushremote|merge|rebase|description)"
    r"|branch\.(autosetupmerge|autosetuprebase|sort)|(pull|push|fetch|rebase|merge)\.(ff|rebase"
    r"|default|prune|followtags|autosetupremote|conflictstyle|autostash|autosquash|renames)"
    r"|gc\.(?!recentobjectshook)[a-z.]*|(pack|repack|receive|index|status|color|column|advice|init|tag|rerere|swm)\..*"
    r"|(commit|tag)\.gpgsign|log\.(date|decorate|abbrevcommit|follow)"
    r"|diff\.(algorithm|renames|mnemonicprefix|colormoved|noprefix)"
)
"""Keys that can neither run a program nor change what we read or write. All others refuse."""

_FIXED = {
    "core.bare": ("false",),
    "core.repositoryformatversion": ("0", "1"),
    "extensions.objectformat": ("sha1",),
}

_UNFINISHED = {
    "MERGE_HEAD": "合并",
    "rebase-merge": "变基",
    "rebase-apply": "变基",
    "CHERRY_PICK_HEAD": "拣选",
    "REVERT_HEAD": "回退",
    "BISECT_LOG": "二分查找",
}

_HIDING = {
    "shallow": "历史是截短的（shallow）",
    "info/grafts": "历史被嫁接过（info/grafts）",
    "objects/info/alternates": "对象借自别处（alternates）",
    "objects/info/http-alternates": "对象借自别处（http-alternates）",
    "commondir": "是另一个仓库的附属工作树",
}

_OWN_PARTS = (
    "HEAD", "config", "index", "packed-refs", "info", "objects", "objects/info", "objects/pack",
    "refs", "refs/heads", f"refs/heads/{BRANCH}", "refs/tags", "logs", "logs/HEAD", "logs/refs",
    "logs/refs/heads", f"logs/refs/heads/{BRANCH}", "logs/refs/tags", "swm",
)  # fmt: skip
"""What git or we write to."""

_OWN_FOLDERS = (
    "objects", f"refs/tags/{REPORT.title}", f"logs/refs/tags/{REPORT.title}", "swm", "swm/cache",
)  # fmt: skip
"""The same with everything that lies in them: objects by the hundred, tags of reports
(reportrecords.tag_name), and whatever we keep."""


def require_safe(repo: Repository) -> None:
    """Raises the first objection to writing in this repository, before anything is touched."""
    for objection in objections(repo):
        raise objection


def objections(repo: Repository) -> Iterator[Surroundings]:
    """Everything that speaks against writing here: NotYours, or WrongBranch."""
    fatal = _layout(repo)
    if fatal is not None:
        yield fatal
        return
    yield from _ownership(repo)
    yield from _links(repo.git_dir)
    yield from _hidden_history(repo.git_dir)
    yield from _configuration(repo.git_dir)
    yield from _state(repo)


def _layout(repo: Repository) -> Surroundings | None:
    """The one layout that is supported: a folder with its own .git folder in it."""
    try:
        kind = stat.S_IFMT(os.lstat(repo.git_dir).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return NotYours(
            f"{repo.root} 不是一个独立的台账仓库的最上层，只能读，不能写",
            hint="想试用：swm demo 目录；想建新台账：swm init 目录",
        )
    if kind == stat.S_IFLNK:
        return NotYours(f"{repo.git_dir} 是符号链接，只能读，不能写")
    if kind != stat.S_IFDIR:
        return NotYours(
            f"{repo.root} 是另一个 git 仓库的附属工作树或子模块，只能读，不能写",
            hint="请在独立的台账里记录：git clone 一份，或 swm init 目录",
        )
    missing = [each for each in ("HEAD", "objects", "refs") if not (repo.git_dir / each).exists()]
    if missing:
        return NotYours(f"{repo.git_dir} 不完整：缺少 {'、'.join(missing)}")
    return None


def _ownership(repo: Repository) -> Iterator[Surroundings]:
    if not hasattr(os, "geteuid"):  # Windows keeps owners elsewhere and git looks there itself
        return
    for place in (repo.root, repo.git_dir):
        if os.lstat(place).st_uid != os.geteuid():
            yield NotYours(
                f"{place} 属于另一个系统用户，只能读，不能写",
                hint="请换用它的主人的账号，或者请管理员把整个文件夹的所有者改成您（chown -R）",
            )


def _links(git_dir: Path) -> Iterator[Surroundings]:
    """A link inside .git would carry our writes out of the ledger."""
    inner = dict.fromkeys(git_dir / each for each in (*_OWN_PARTS, *_OWN_FOLDERS))
    for folder in _OWN_FOLDERS:
        if (git_dir / folder).is_dir():
            with os.scandir(git_dir / folder) as entries:
                inner |= {Path(each.path): None for each in entries if each.is_symlink()}
    for place in inner:
        if place.is_symlink():
            yield NotYours(
                f"{place} 是符号链接，会把内容写到台账外面，只能读，不能写",
                hint="确认这本台账的来历；把这个链接删去（只删链接，不动它指向的地方）再试",
            )


def _hidden_history(git_dir: Path) -> Iterator[Surroundings]:
    for name, words in _HIDING.items():
        if (git_dir / name).exists():
            yield NotYours(f"这个仓库{words}，看到的历史不是全部，只能读，不能写：.git/{name}")
    if _has_replacements(git_dir):
        yield NotYours("这个仓库里有替换过的对象（refs/replace），历史可能被遮盖，只能读，不能写")


def _has_replacements(git_dir: Path) -> bool:
    folder, packed = git_dir / "refs" / "replace", git_dir / "packed-refs"
    loose = folder.is_dir() and any(folder.iterdir())
    return loose or (packed.is_file() and b" refs/replace/" in packed.read_bytes())


def _configuration(git_dir: Path) -> Iterator[Surroundings]:
    config = git_dir / "config"
    if not config.exists():
        return
    try:
        for key, value in gitconfig.parse(config.read_bytes()):
            if not _is_harmless(key, value):
                yield NotYours(
                    f".git/config 里的 {key} 能让 git 运行别的程序或改变读写方式，只能读，不能写",
                    hint=f"确认这本台账的来历；不需要它就删掉：git config --unset-all {key}",
                )
    except (UnicodeDecodeError, ValueError) as failure:
        line = "" if isinstance(failure, UnicodeDecodeError) else f"第{failure}行"
        yield NotYours(f".git/config {line}看不懂，不能确定它是否安全，只能读，不能写")


def _is_harmless(key: str, value: str) -> bool:
    if key in _FIXED:
        return value.lower() in _FIXED[key]
    return _HARMLESS.fullmatch(key) is not None


def _state(repo: Repository) -> Iterator[Surroundings]:
    for name, words in _UNFINISHED.items():
        if (repo.git_dir / name).exists():
            yield WrongBranch(
                f"这个仓库里有一次没有做完的{words}，现在不能记录",
                hint="请先用 git status 看清楚，把它做完或放弃，再重新运行",
            )
    branch = repo.branch()
    if branch != BRANCH:
        where = f"分支 {branch}" if branch else "一个没有分支的旧版本"
        yield WrongBranch(
            f"台账现在停在{where}上，记录只能写在 {BRANCH} 分支上",
            hint=f"请先运行 git switch {BRANCH}",
        )
