"""The program as a process: what it imports, in which locale, at a terminal, on a closed pipe."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from select import select

import pytest

from swm.cli.locale import restarted
from tests.scenario.transcript import SURROUNDINGS, screen

PROJECT = Path(__file__).parents[2]
HEAVY = ("git", "jinja2", "docx", "docxtpl", "ruamel", "xlsxwriter", "PIL", "pypinyin", "pydantic")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ledger with one enterprise that must have stopped."""
    folder = tmp_path_factory.mktemp("台账")
    for command in (
        "swm init . --town 俵口镇 --agency 俵整 --villages 俵口村",
        "swm add --name 俵口兴旺金属加工厂 --village 俵口村 --category 搬迁改造",
        "swm advance 1 限期搬迁 --days 30 --doc-no 俵整〔2026〕3号 --served 2026-03-02",
    ):
        shown = screen(command, "2026-03-02", folder)
        assert not shown[-1].startswith("["), shown
    return folder


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a process, the project on its path."""
    return {
        **os.environ,
        **SURROUNDINGS,
        "SWM_TODAY": "2026-03-10",
        "PYTHONPATH": str(PROJECT),
        **more,
    }


def swm(
    ledger: Path, *words: str, flags: tuple[str, ...] = (), **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """One run of the program, no terminal near."""
    return subprocess.run(
        [sys.executable, *flags, "-m", "swm", *words],
        cwd=ledger,
        env=environment(**environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [["list"], ["show", "1"], ["find", "兴旺"], ["figure", "底数"], ["log", "1"], ["check"], []],
    ids=" ".join,
)
def test_a_read_command_imports_nothing_heavy(ledger: Path, words: list[str]) -> None:
    swm(ledger, "list")  # the facts are drawn once; from then on they are only read
    probe = (
        "import sys, json\n"
        "from swm.cli.main import run\n"
        f"code = run({words!r})\n"
        f"sys.stderr.write(json.dumps([code, [m for m in {HEAVY!r} if m in sys.modules]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ledger,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    code, heavy = json.loads(done.stderr.decode().splitlines()[-1])
    assert (code, heavy) == (0, [])


def test_list_does_without_rich(ledger: Path) -> None:
    probe = (
        "import sys; from swm.cli.main import run; run(['list']); sys.exit('rich' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ledger,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "zh_CN.GBK", "en_US.ISO-8859-1"])
def test_any_locale_writes_and_says_utf_8(ledger: Path, locale: str) -> None:
    done = swm(ledger, "show", "兴旺", LC_ALL=locale)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert "俵口兴旺金属加工厂".encode() in done.stdout


def test_without_utf_8_mode_python_is_started_again(ledger: Path) -> None:
    done = swm(ledger, "show", "兴旺", flags=("-X", "utf8=0"), LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert "俵口兴旺金属加工厂".encode() in done.stdout


def test_a_chinese_terminal_keeps_its_encoding_and_files_do_not() -> None:
    assert restarted({}, "gbk", on_screen=True) == {
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "gbk:backslashreplace",
    }
    assert restarted({}, "gbk", on_screen=False) == {"PYTHONUTF8": "1"}
    assert restarted({}, "iso-8859-1", on_screen=True) == {"PYTHONUTF8": "1"}


def test_bytes_that_are_no_text_are_shown_and_refused(ledger: Path) -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"swm", b"show", b"\xff\xfe"],
        cwd=ledger,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "<U+DCFF><U+DCFE>" in done.stderr.decode()


def test_a_reader_that_leaves_is_no_error(ledger: Path) -> None:
    command = f"{sys.executable} -m swm policy | head -1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=ledger, env=environment(), capture_output=True, check=False
    )
    assert done.stdout.decode() == "类别\n"
    assert b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


def test_results_and_messages_come_apart(ledger: Path) -> None:
    done = swm(
        ledger, "add", "--name", "俵口三星橡胶厂", "--village", "俵口村", "--dry-run", "--json"
    )
    assert json.loads(done.stdout)["编号"] == "BK-0002"
    assert done.stderr == b""


def test_an_error_as_json_has_the_same_exit_code(ledger: Path) -> None:
    done = swm(ledger, "--json", "advance", "1", "销号")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["错误"].endswith("销号还不能办")
    assert set(told["缺少"][0]) == {"内容", "依据", "命令"}
    done = swm(ledger, "inspect", "1", "--json")
    assert done.returncode == 2
    assert [m["命令"].split()[0] for m in json.loads(done.stdout)["缺少"]] == [
        "--kind",
        "--by",
        "--result",
    ]


def test_without_a_name_and_without_a_terminal_it_is_wrong_usage(ledger: Path) -> None:
    done = swm(ledger, "show")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("没有写明是哪家企业")


def test_our_own_bug_is_one_line_and_a_log_without_values(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[str]:
        phone = "138" + "0" * 8
        raise KeyError(phone)

    monkeypatch.setattr("swm.render.dossier.dossier", broken)
    shown = screen("swm show 1", "2026-03-10", ledger)
    log = (ledger / ".git/swm/last-error.log").read_text("utf-8")
    assert shown[-1] == "[70]" and shown[0].startswith("程序出错（不是您的问题）：KeyError")
    assert "swm/cli/reading.py" in log
    assert "KeyError" in log
    assert "13800000000" not in log


class Terminal:
    """A person at a pseudo-terminal."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(
                sys.executable,
                [sys.executable, "-m", "swm", *words],
                environment(TERM="xterm", LC_ALL="C.UTF-8"),
            )
        self.raw = b""

    @property
    def shown(self) -> str:
        """Everything on the screen so far."""
        return self.raw.decode("utf-8", "replace")

    def _read(self) -> bool:
        """Take what the program has written; False when it has ended."""
        if not select([self.handle], [], [], 60)[0]:
            raise AssertionError(f"nothing more on the screen: {self.shown}")
        try:
            more = os.read(self.handle, 4096)
        except OSError:
            return False
        self.raw += more
        return bool(more)

    def until(self, text: str) -> None:
        """Wait for it on the screen."""
        start = len(self.raw)
        while text not in self.raw[start:].decode("utf-8", "replace"):
            assert self._read(), self.shown

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def interrupt(self, until: str) -> None:
        """Press Ctrl-C as a person does: again, if the first fell between two waits."""
        for _ in range(40):
            self.type("\x03")
            while until not in self.shown and select([self.handle], [], [], 0.5)[0]:
                self._read()
            if until in self.shown:
                return
        raise AssertionError(self.shown)

    def exit_code(self) -> int:
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_at_a_terminal_what_is_missing_is_asked_for(ledger: Path) -> None:
    person = Terminal(ledger, "inspect", "1", "--kind", "日常")
    person.until("日期 [今天]")
    person.type("\n")
    person.until("到场人员")
    person.type("方志明、孙立\n")
    person.until("现场结果")
    person.type("2\n")
    assert person.exit_code() == 0, person.shown
    assert "停产" in screen("swm show 1", "2026-03-10", ledger)[-1]


def test_at_a_terminal_a_likeness_is_asked_about_and_linked(ledger: Path) -> None:
    """The site of a closed enterprise with another operator: 原址再生, if the clerk says so."""
    old = "swm add --opening --name 俵口老板材厂 --village 俵口村 --operator 钱老 --lon 117.66 --lat 39.33"
    rest = "--category 关停取缔 --state 已取缔 --approver 孟带班 --reason 补记"
    added = screen(f"{old} {rest}", "2026-03-10", ledger)
    id = added[-1].split()[0]
    about = ["--village", "俵口村", "--source", "巡查发现", "--category", "关停取缔"]
    about += ["--operator", "李新", "--phone", "13900000000", "--address", "村西"]
    person = Terminal(
        ledger, "add", "--name", "白庙新旺五金厂", *about, "--lon", "117.66", "--lat", "39.33"
    )
    person.until("是不是原址再生")
    person.type("是\n")
    assert person.exit_code() == 0, person.shown
    assert f"原址再生自 {id}" in "\n".join(screen("swm show 新旺", "2026-03-10", ledger))
    assert "原址再生：" in "\n".join(screen(f"swm show {id}", "2026-03-10", ledger))


def test_ctrl_c_at_a_question_records_nothing(ledger: Path) -> None:
    before = screen("swm log --json", "2026-03-10", ledger)
    person = Terminal(ledger, "inspect", "1")
    person.until("日期")
    person.interrupt("已取消，什么都没有记录")
    assert person.exit_code() == 1
    assert screen("swm log --json", "2026-03-10", ledger) == before


def test_with_all_options_a_terminal_is_asked_nothing(ledger: Path) -> None:
    words = ["inspect", "1", "--kind", "日常", "--by", "孙立", "--result", "停产"]
    person = Terminal(ledger, *words)
    assert person.exit_code() == 0
    assert "：" not in person.shown.split("已记录")[0]


# --- nowhere to write ---------------------------------------------------------------------------


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")


def typed(ledger: Path, line: str, **environ: str) -> tuple[int, str]:
    """The exit code of a shell's line, and what came to its standard error."""
    command = line.replace("swm", f"{sys.executable} -m swm", 1)
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=ledger,
        env=environment(**environ),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode()


@FULL
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["", "list", "list --json", "--help", "show 1", "inspect --help"])
def test_a_full_disk_behind_the_output_is_told(ledger: Path, words: str, unbuffered: str) -> None:
    code, told = typed(ledger, f"swm {words} >/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert code == 4
    assert told.startswith("写不出去：磁盘已满") and "Error" not in told


@FULL
def test_what_was_recorded_is_told_although_the_output_is_full(ledger: Path) -> None:
    visit = "inspect 1 --kind 日常 --by 甲 --result 停产"
    code, told = typed(ledger, f"swm {visit} >/dev/full")
    assert code == 3
    assert "已经记录" in told and "磁盘已满" in told and "请不要再录一遍" in told


@FULL
def test_a_full_disk_behind_the_messages_changes_no_exit_code(ledger: Path) -> None:
    assert typed(ledger, "swm show 99 2>/dev/full") == (1, "")
    assert typed(ledger, "swm show 99 >/dev/full 2>&1") == (1, "")
    assert typed(ledger, "swm list --json 2>/dev/full >/dev/null") == (0, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("words", ["", "list", "--help"])
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.GBK"])
def test_a_closed_stream_stays_quiet(ledger: Path, words: str, closed: str, locale: str) -> None:
    code, told = typed(ledger, f"swm {words} {closed}", LC_ALL=locale, PYTHONUTF8="0")
    assert code == 0 and "Traceback" not in told and "Error" not in told
