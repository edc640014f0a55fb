"""What a repository can be asked; and that asking, or writing, runs nothing a stranger left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from swm.errors import NotFound, NotYours, Refused, Unreadable
from swm.store import environment, gitconfig, paths, safety
from swm.store.objects import blob_id
from swm.store.repo import Repository
from swm.store.transaction import writing
from tests.small_ledger import FILES, FIRST, SECOND, WHO, WORDS, append, commits, git, make

OFFICE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("original") / "ledger")
    append(root, FIRST)
    append(root, FIRST, "厂房/CF-00/CF-0001.yaml")
    return root


@pytest.fixture
def ledger(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "ledger", symlinks=True))


# Questions


def test_head_and_branch_from_files_alone(ledger: Path) -> None:
    repo = Repository(ledger)
    assert (repo.branch(), repo.head()) == ("main", commits(ledger)[0])
    git(ledger, "pack-refs", "--all")
    assert not (ledger / ".git/refs/heads/main").exists()
    assert repo.head() == commits(ledger)[0]
    git(ledger, "switch", "-q", "--detach", "HEAD~1")
    assert (repo.branch(), repo.head()) == (None, commits(ledger)[1])


def test_head_of_no_repository(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        Repository(tmp_path).head()
    git(tmp_path, "init", "-q", "-b", "main")
    assert Repository(tmp_path).head() is None
    assert Repository(tmp_path).history() == []
    (tmp_path / ".git/HEAD").write_text("ref: ../../etc/passwd\n")
    with pytest.raises(Unreadable):
        Repository(tmp_path).head()


def test_trees_blobs_and_what_changed(ledger: Path) -> None:
    repo = Repository(ledger)
    new, old, first = commits(ledger)
    tree = {blob.path: blob.id for blob in repo.tree_of(new)}
    assert set(tree) == {*FILES, "厂房/CF-00/CF-0001.yaml"}
    assert dict(repo.blobs(tree.values())) == {
        id: (ledger / path).read_bytes() for path, id in tree.items()
    }
    assert [(c.path, c.old is None) for c in repo.changed(old, new)] == [
        (FIRST, False),
        ("厂房/CF-00/CF-0001.yaml", True),
    ]
    assert repo.show(first, FIRST) == FILES[FIRST]
    assert repo.show(first, "厂房/CF-00/CF-0001.yaml") is None
    assert repo.show(first, "企业") is None
    assert repo.is_ancestor(first, new) and not repo.is_ancestor(new, first)
    assert not repo.is_ancestor("f" * 40, new)
    with pytest.raises(Unreadable):
        list(repo.blobs(["f" * 40]))
    with pytest.raises(ValueError):
        repo.tree_of("main")


def test_blob_ids_are_git_s_own(ledger: Path) -> None:
    content = b"\xff\r\n" * 3
    (ledger / "x").write_bytes(content)
    assert blob_id(content) == git(ledger, "hash-object", "--no-filters", "x").strip()


def test_history_of_everything_and_of_one_file(ledger: Path) -> None:
    repo = Repository(ledger)
    assert [commit.id for commit in repo.history()] == commits(ledger)
    assert [commit.id for commit in repo.history(FIRST)] == commits(ledger)
    assert [commit.id for commit in repo.history(SECOND)] == commits(ledger)[-1:]
    newest = repo.history()[0]
    assert (newest.author, newest.author_email) == ("严录入", "luru@example.cn")
    assert newest.subject == "夜查 BK-0001" and newest.parents == (commits(ledger)[1],)
    assert newest.body == "Swm-Version: 0\nSwm-Verb: inspect"


def test_history_shows_what_would_command_a_terminal(ledger: Path) -> None:
    git(
        ledger, "commit", "-q", "--allow-empty", "--cleanup=verbatim",
        "-m", "红\x1b[31m\n\n正文\u202e\n", GIT_AUTHOR_NAME="坏\x1b]0;人",
    )  # fmt: skip
    newest = Repository(ledger).history()[0]
    assert newest.subject == "红<U+001B>[31m" and newest.body == "正文<U+202E>"
    assert "\x1b" not in newest.author


@pytest.mark.parametrize("year", [-99999999999, 99999999999999])
def test_a_forged_year_stops_nobody(ledger: Path, year: int) -> None:
    raw = f"tree {git(ledger, 'rev-parse', 'main^{tree}').strip()}\n"
    raw += f"author 甲 <a@b> {year} +9999\ncommitter 甲 <a@b> {year} -0000\n\nx\n"
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "--literally", "-w", "--stdin"],
        cwd=ledger, input=raw.encode(), capture_output=True, check=True,
    )  # fmt: skip
    (ledger / ".git/refs/heads/main").write_bytes(made.stdout)
    assert Repository(ledger).history()[0].subject == "x"


@pytest.mark.parametrize("word", ["HEAD", "main", "HEAD~1", "main^", "v1"])
def test_revisions(ledger: Path, word: str) -> None:
    git(ledger, "tag", "v1")
    assert Repository(ledger).resolve(word) == git(ledger, "rev-parse", word).strip()
    assert Repository(ledger).resolve(commits(ledger)[0][:8]) == commits(ledger)[0]


@pytest.mark.parametrize(
    "word",
    ["", "-", "--output=x", "--all", "HEAD:swm.yaml", "HEAD@{1}", "a b", "nosuch", "HEAD\n", "f" * 40,
     "HEAD^{tree}", ":/x", "main..main"],
)  # fmt: skip
def test_what_is_no_revision(ledger: Path, word: str) -> None:
    with pytest.raises(NotFound):
        Repository(ledger).resolve(word)
    assert not (ledger / "x").exists()


def test_the_last_commit_of_a_day_in_the_office_s_zone(ledger: Path) -> None:
    midnight = datetime(2027, 3, 1, 16, 0, tzinfo=UTC)  # 2027-03-02 00:00 in Shanghai
    made = []
    for offset in (-60, -1, 0, 3600):
        with writing(ledger, WHO) as tx:
            when = midnight + timedelta(seconds=offset)
            made.append(tx.commit({}, WORDS, when=when, empty=True).commit)
    repo = Repository(ledger)
    assert repo.last_commit_of(date(2027, 3, 1), OFFICE) == made[1]
    assert repo.last_commit_of(date(2027, 3, 2), OFFICE) == made[3]
    assert repo.last_commit_of(date(2027, 3, 1), ZoneInfo("UTC")) == made[3]
    assert repo.resolve("HEAD~1") == made[2]
    with pytest.raises(NotFound, match="2001-01-01"):
        repo.last_commit_of(date(2001, 1, 1), OFFICE)


def test_dirty_compares_bytes_not_times(ledger: Path) -> None:
    repo = Repository(ledger)
    (ledger / ".gitignore").write_text("输出/\n", "utf-8")
    git(ledger, "add", ".gitignore")
    git(ledger, "commit", "-qm", "ignore")
    assert repo.dirty() == []
    os.utime(ledger / FIRST, (1, 1))
    assert repo.dirty() == []
    (ledger / "输出").mkdir()
    (ledger / "输出/x").write_text("x")
    (ledger / "草稿 1.txt").write_text("x")
    (ledger / FIRST).write_text("改")
    (ledger / SECOND).unlink()
    (ledger / "swm.yaml").unlink()
    (ledger / "swm.yaml").symlink_to(FIRST)
    git(ledger, "add", "草稿 1.txt")
    (ledger / "草稿2").write_text("x")
    expected = sorted([FIRST, SECOND, "swm.yaml", "草稿 1.txt", "草稿2"])
    assert repo.dirty() == expected
    (ledger / ".git/index").unlink()
    assert set(repo.dirty()) >= {FIRST, SECOND, "swm.yaml", "草稿2"}


def test_no_gitpython_for_readers(ledger: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from swm.store.repo import Repository\n"
        "repo = Repository(Path(sys.argv[1])); repo.dirty(); repo.history()\n"
        "import swm.store.transaction\n"
        "assert 'git' not in sys.modules and 'portalocker' not in sys.modules\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, str(ledger)], cwd=root, check=True)


def test_git_s_variables_change_nothing(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, "/nonexistent")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    kept = dict(os.environ)
    repo = Repository(ledger)
    before = repo.head()
    assert append(ledger, FIRST).parent == before
    assert repo.dirty() == [] and len(repo.history()) == 4
    assert dict(os.environ) == kept


def test_git_is_not_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "git"
    trap.write_text("#!/bin/sh\ntouch fired\n")
    trap.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".:bin::{os.environ['PATH']}")
    environment.executable.cache_clear()
    try:
        assert Path(environment.executable()).is_absolute()
        assert Path(environment.executable()).parent != tmp_path
    finally:
        environment.executable.cache_clear()


# Strangers' repositories

TRAPS: dict[str, Callable[[Path, str], str]] = {
    "core.fsmonitor": lambda root, trap: f"[core]\n\tfsmonitor = {trap}\n",
    "core.hookspath": lambda root, trap: f"[core]\n\thooksPath = {Path(trap).parent}\n",
    "core.sshcommand": lambda root, trap: f"[core]\n\tsshCommand = {trap}\n",
    "core.pager": lambda root, trap: f"[core]\n\tpager = {trap}\n",
    "core.editor": lambda root, trap: f"[core]\n\teditor = {trap}\n",
    "core.worktree": lambda root, trap: "[core]\n\tworktree = /tmp\n",
    "core.attributesfile": lambda root, trap: "[core]\n\tattributesFile = /etc/passwd\n",
    "filter.x.clean": lambda root, trap: f'[filter "x"]\n\tclean = {trap}\n\tsmudge = {trap}\n',
    "filter.x.process": lambda root, trap: f'[filter "x"]\n\tprocess = {trap}\n',
    "diff.x.textconv": lambda root, trap: f'[diff "x"]\n\ttextconv = {trap}\n',
    "diff.x.command": lambda root, trap: f'[diff "x"]\n\tcommand = {trap}\n',
    "diff.external": lambda root, trap: f"[diff]\n\texternal = {trap}\n",
    "merge.x.driver": lambda root, trap: f'[merge "x"]\n\tdriver = {trap}\n',
    "gpg.program": lambda root, trap: (
        f"[gpg]\n\tprogram = {trap}\n[log]\n\tshowSignature = true\n[commit]\n\tgpgSign = true\n"
    ),
    "gpg.ssh.program": lambda root, trap: (
        f'[gpg "ssh"]\n\tprogram = {trap}\n[gpg]\n\tformat = ssh\n[commit]\n\tgpgSign = true\n'
    ),
    "alias.status": lambda root, trap: f"[alias]\n\tstatus = !{trap}\n",
    "credential.helper": lambda root, trap: f"[credential]\n\thelper = !{trap}\n",
    "include.path": lambda root, trap: f"[include]\n\tpath = {root}/.git/more\n",
    "includeif.gitdir:/.path": lambda root, trap: (
        f'[includeIf "gitdir:/"]\n\tpath = {root}/.git/more\n'
    ),
    "remote.origin.promisor": lambda root, trap: (
        f'[remote "origin"]\n\turl = "ext::{trap}"\n\tpromisor = true\n'
        "[extensions]\n\tpartialClone = origin\n"
    ),
    "uploadpack.packobjectshook": lambda root, trap: f"[uploadpack]\n\tpackObjectsHook = {trap}\n",
    "extensions.worktreeconfig": lambda root, trap: "[extensions]\n\tworktreeConfig = true\n",
    "gc.recentobjectshook": lambda root, trap: f"[gc]\n\trecentObjectsHook = {trap}\n",
    "core.alternaterefscommand": lambda root, trap: f"[core]\n\talternateRefsCommand = {trap}\n",
    "一行两截": lambda root, trap: f"[core] fsmonitor = {trap}\n",
    "续行": lambda root, trap: f"[core]\n\tfsmonitor = {trap[:-2]}\\\n{trap[-2:]}\n",
}


def lay_traps(ledger: Path, tmp_path: Path) -> tuple[str, Path]:
    """A program that leaves a mark, as every hook, and named for every file by attributes."""
    mark = tmp_path / "FIRED"
    folder = tmp_path / "traps"
    folder.mkdir()
    hooks = (
        "pre-commit", "post-commit", "commit-msg", "prepare-commit-msg", "post-index-change",
        "reference-transaction", "post-checkout", "pre-auto-gc", "trap",
    )  # fmt: skip
    for place in (folder, ledger / ".git/hooks"):
        place.mkdir(exist_ok=True)
        for name in hooks:
            (place / name).write_text(f"#!/bin/sh\necho $0 >> {mark}\ncat\n")
            (place / name).chmod(0o755)
    (ledger / ".git/info").mkdir(exist_ok=True)
    (ledger / ".git/info/attributes").write_text("* filter=x diff=x merge=x\n")
    (ledger / ".git/more").write_text(f"[core]\n\tfsmonitor = {folder / 'trap'}\n")
    return str(folder / "trap"), mark


def read_everything(root: Path) -> None:
    """Every question, with files that look changed so that git would want to read them."""
    repo = Repository(root)
    (root / FIRST).write_bytes((root / FIRST).read_bytes())
    os.utime(root / SECOND, (1, 1))
    head = repo.head()
    assert head is not None
    repo.dirty()
    repo.history(FIRST)
    list(repo.blobs(blob.id for blob in repo.tree_of(head)))
    repo.changed(repo.resolve("main~1"), head)
    repo.show(head, FIRST)
    repo.index_entries([FIRST])
    repo.last_commit_of(date(2100, 1, 1), OFFICE)
    with pytest.raises(Unreadable):
        list(repo.blobs(["e" * 40]))  # a missing object: a partial clone would fetch it


@pytest.mark.parametrize("key", TRAPS)
def test_nothing_in_a_stranger_s_ledger_fires(ledger: Path, tmp_path: Path, key: str) -> None:
    trap, mark = lay_traps(ledger, tmp_path)
    head = Repository(ledger).head()
    with (ledger / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write(TRAPS[key](ledger, trap))
    read_everything(ledger)
    assert not mark.exists(), mark.read_text()
    with pytest.raises(NotYours) as caught:
        append(ledger, FIRST)
    if key.isascii():
        assert key in caught.value.message.lower()
    assert caught.value.exit_code == 4 and not mark.exists()
    assert Repository(ledger).head() == head


@pytest.mark.parametrize(
    "key",
    ["core.fsmonitor", "filter.x.clean", "diff.x.textconv", "include.path", "一行两截", "续行"],
)
def test_these_traps_do_fire_for_whoever_is_careless(
    ledger: Path, tmp_path: Path, key: str
) -> None:
    """Otherwise the tests around this one would prove nothing."""
    trap, mark = lay_traps(ledger, tmp_path)
    with (ledger / ".git/config").open("a", encoding="utf-8") as stream:
        stream.write(TRAPS[key](ledger, trap))
    (ledger / FIRST).write_bytes((ledger / FIRST).read_bytes())
    for words in (["status"], ["log", "-p", "-1"]):
        subprocess.run(["git", *words], cwd=ledger, capture_output=True)
    assert mark.exists()


def test_hooks_and_attributes_alone_do_not_stop_a_write(ledger: Path, tmp_path: Path) -> None:
    _, mark = lay_traps(ledger, tmp_path)
    append(ledger, FIRST, "厂房/CF-00/CF-0002.yaml")
    read_everything(ledger)
    assert not mark.exists(), mark.read_text()


def test_attributes_and_autocrlf_change_no_byte(ledger: Path) -> None:
    git(ledger, "config", "core.autocrlf", "true")
    (ledger / ".git/info").mkdir(exist_ok=True)
    (ledger / ".git/info/attributes").write_text("* text=auto eol=crlf ident\n")
    content = b"a: $Id$\nb: 1\n"
    with writing(ledger, WHO) as tx:
        tx.commit({"厂房/x.yaml": content}, WORDS)
    assert Repository(ledger).show(commits(ledger)[0], "厂房/x.yaml") == content
    assert (ledger / "厂房/x.yaml").read_bytes() == content


def test_an_everyday_configuration_is_fine(ledger: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "second")
    git(ledger, "remote", "add", "origin", str(tmp_path / "second"))
    git(ledger, "push", "-q", "-u", "origin", "main")
    git(ledger, "config", "user.name", '带 "引号" 的; # 名字\\')
    git(ledger, "config", "pull.rebase", "true")
    git(ledger, "config", "branch.main.description", "两行\n文字")
    parsed = dict(gitconfig.parse((ledger / ".git/config").read_bytes()))
    listed = git(ledger, "config", "--local", "--list", "--null").split("\0")[:-1]
    assert parsed == {k: v for k, _, v in (line.partition("\n") for line in listed)}
    assert list(safety.objections(Repository(ledger))) == []
    append(ledger, FIRST)


@pytest.mark.parametrize("raw", [b"[core", b"x = 1\n", b'[a]\nb = "\n', b"[a]\nb=\\x\n", b"\xff"])
def test_what_is_no_configuration_is_not_guessed(raw: bytes) -> None:
    with pytest.raises(ValueError):
        list(gitconfig.parse(raw))


# Paths


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a/", "a\\b", "C:x", "-x", "a/-x", ".git/x",
     ".GIT/config", "a/.git", "git~1/x", ".g\u200cit/x", "．ｇｉｔ/x", "CON", "con.yaml", "a/NUL.yaml",
     "COM1", "LPT9.txt", "a.", "a ", " a", "a/b. /c", "a\nb", "a\0b", "a\x1bb", "a\u202eb", "a*b",
     "a?b", 'a"b', "a|b", "\ud800", "x" * 241, "企" * 100, ".gitmodules"],
)  # fmt: skip
def test_paths_a_ledger_cannot_hold(path: str) -> None:
    with pytest.raises(Refused, match="路径") as caught:
        paths.check(path)
    caught.value.message.encode()


@pytest.mark.parametrize(
    "path",
    ["swm.yaml", ".gitattributes", ".gitignore", FIRST, "附件/ab/abc.jpg", "console/x", "a-b"],
)
def test_paths_a_ledger_holds(path: str) -> None:
    assert paths.check(path) == path
