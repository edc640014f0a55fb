"""What a clerk types: choices, dates, lists, options before and after, complaints in Chinese."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypinyin import Style, pinyin

from swm.cli import commands, parsing
from swm.cli.acting import askable
from swm.cli.initials import _BY_LETTER, spelled
from swm.cli.main import run
from swm.cli.prompts import Cancelled, Incomplete, Question, complete
from swm.cli.selection import named
from swm.domain.fields import BadValue
from swm.domain.likeness import Known
from swm.domain.records import RESULTS, SOURCES, VISIT_KINDS
from swm.errors import Missing, WrongUsage
from swm.render.terminal import Screen
from tests.issued import Town
from tests.policy_fixture import policy

TODAY = date(2026, 10, 9)


# --- choices ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("夜查", "夜查"),
        ("夜", "夜查"),
        ("yc", "夜查"),
        ("YC", "夜查"),
        ("hts", "hui"),
        ("cj", "cun"),
    ],
)
def test_a_choice_by_name_prefix_or_initials(typed: str, meant: str) -> None:
    meant = {"hui": "回头看", "cun": "村级排查"}.get(meant, meant)
    typed = {"hts": "htk"}.get(typed, typed)
    assert parsing.choice(VISIT_KINDS, "巡查方式")(typed) == meant


def test_a_choice_that_fits_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(BadValue) as bad:
        parsing.choice(RESULTS, "现场结果")("y")
    assert "有生产迹象" in bad.value.hint or "没有" in bad.value.message


def test_an_unknown_choice_lists_all() -> None:
    with pytest.raises(BadValue) as bad:
        parsing.choice(SOURCES, "来源")("听说")
    assert bad.value.message == "没有“听说”这种来源"
    assert bad.value.hint == "可选：" + "、".join(SOURCES)


def test_whole_initials_win_over_longer_ones() -> None:
    assert parsing.choice(("销号", "销号复核"), "动作")("xh") == "销号"


def test_the_table_of_initials_says_what_the_dictionary_says() -> None:
    rules = policy()
    words = [
        *VISIT_KINDS,
        *RESULTS,
        *SOURCES,
        *(a.name for a in rules.workflow.actions),
        *(s.name for s in rules.workflow.states),
        *(c.name for c in rules.workflow.categories),
        *rules.standards.methods,
        *rules.standards.outcomes,
    ]
    for word in words:
        letters = "".join(s[0][0] for s in pinyin(word, style=Style.NORMAL))
        assert spelled(word, letters), (word, letters)


def test_the_table_is_enough_for_the_words_that_ship() -> None:
    rules = policy()
    listed = set("".join(_BY_LETTER.values()))
    names = (*VISIT_KINDS, *RESULTS, *SOURCES, *(a.name for a in rules.workflow.actions))
    assert set("".join(names)) <= listed


# --- lists, pairs, days -------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["甲,乙", "甲，乙", "甲、乙", " 甲 ， 乙 "])
def test_lists(text: str) -> None:
    assert parsing.words(text) == ("甲", "乙")


def test_done_items_with_and_without_a_measure() -> None:
    assert parsing.measures("--done", ["断水、断电=拆除动力线路", "清原料"]) == {
        "断水": None,
        "断电": "拆除动力线路",
        "清原料": None,
    }


def test_reasons_may_hold_commas() -> None:
    assert parsing.reasons("--na", ["断水=无水源，用桶装水，断电=无电"]) == {
        "断水": "无水源，用桶装水",
        "断电": "无电",
    }
    assert parsing.reasons("--na", ["断水"]) == {"断水": ""}


def test_pairs_take_the_first_equals_sign() -> None:
    assert parsing.pairs("--set", ["备注=a=b", "电话＝138"]) == {"备注": "a=b", "电话": "138"}


@pytest.mark.parametrize("texts", [["电话"], ["=1"], ["电话=1", "电话=2"]])
def test_pairs_that_are_none(texts: list[str]) -> None:
    with pytest.raises(WrongUsage, match="--set"):
        parsing.pairs("--set", texts)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("昨天", (date(2026, 10, 8), None)),
        ("2026-10-03 21:30", (date(2026, 10, 3), "21:30")),
        ("10月3日21点", (date(2026, 10, 3), "21:00")),
    ],
)
def test_a_day_with_or_without_a_time(text: str, meant: tuple[date, str | None]) -> None:
    assert parsing.when(text, TODAY) == meant


def test_left_out_it_happened_today() -> None:
    assert parsing.when(None, TODAY) == (TODAY, None)


@pytest.mark.parametrize("text", ["0", "-1", "3.5", "三", "１２３４５６７８９x"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(BadValue):
        parsing.number(text)


def test_a_number_of_a_record() -> None:
    assert parsing.with_number(["兴旺", "第3条"]) == (["兴旺"], 3)
    with pytest.raises(WrongUsage):
        parsing.with_number(["3"])


def test_a_position_takes_both_halves() -> None:
    assert parsing.position("117.6612", "39.3310") == "117.6612,39.3310"
    with pytest.raises(WrongUsage):
        parsing.position("117.6612", None)
    with pytest.raises(WrongUsage):
        parsing.position("东经", "39")


# --- which enterprise ---------------------------------------------------------------------------

KNOWN = (
    Known("BK-0001", "俵口兴旺金属加工厂"),
    Known("BK-0002", "兴旺板材厂", former_names=("大成板材厂",)),
    Known("BK-0003", "兴旺"),
)
INITIALS = {"BK-0001": "bkxwjsjgc", "BK-0002": "xwbcc", "BK-0003": "xw"}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("兴旺", ["BK-0003"]),
        ("板材", ["BK-0002"]),
        ("大成板材厂", ["BK-0002"]),
        ("大成", ["BK-0002"]),
        ("金属", ["BK-0001"]),
        ("bkxw", ["BK-0001"]),
        ("XWBC", ["BK-0002"]),
        ("xwj", ["BK-0001"]),
        ("厂", ["BK-0001", "BK-0002"]),
        ("无此厂", []),
    ],
)
def test_an_enterprise_by_name_part_former_name_or_initials(typed: str, ids: list[str]) -> None:
    assert [k.id for k in named(KNOWN, typed, INITIALS)] == ids


# --- questions ----------------------------------------------------------------------------------

KIND = Question(
    option="--kind",
    title="方式",
    reader=parsing.choice(VISIT_KINDS, "方式"),
    choices=VISIT_KINDS,
)
BY = Question(option="--by", title="人员", reader=parsing.words, suggested="甲、乙")
LEADER = Question(
    option="--leader",
    title="带班领导",
    reader=str,
    by_rule=True,
    when=lambda answers: answers.get("--kind") == "夜查",
)
NOTE = Question(option="--note", title="备注", reader=str, required=False)
ALL = (KIND, LEADER, BY, NOTE)


@pytest.fixture
def screen() -> Screen:
    return Screen(io.StringIO(), io.StringIO(), 80)


class Clerk:
    """Answers in turn; an exception among them is what happens at the prompt."""

    def __init__(self, *replies: str | type[BaseException]) -> None:
        self.replies: Iterator[str | type[BaseException]] = iter(replies)
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.asked.append(prompt)
        reply = next(self.replies)
        if isinstance(reply, str):
            return reply
        raise reply


def test_nothing_is_asked_when_all_is_there(screen: Screen) -> None:
    clerk = Clerk()
    assert complete(ALL, {"--kind": "rc", "--by": "甲"}, screen, clerk) == {
        "--kind": "日常",
        "--by": ("甲",),
    }
    assert clerk.asked == []


def test_a_number_a_default_and_an_empty_answer(screen: Screen) -> None:
    clerk = Clerk("1", "", "")
    assert complete(ALL, {}, screen, clerk) == {"--kind": "日常", "--by": ("甲", "乙")}
    assert clerk.asked == ["方式：", "人员 [甲、乙]：", "备注（没有就回车）："]


def test_a_question_that_depends_on_an_answer(screen: Screen) -> None:
    clerk = Clerk("夜查", "孟镇长", "甲", "")
    assert complete(ALL, {}, screen, clerk)["--leader"] == "孟镇长"


def test_one_step_back(screen: Screen) -> None:
    clerk = Clerk("夜查", "<", "日常", "甲", "")
    assert complete(ALL, {}, screen, clerk) == {"--kind": "日常", "--by": ("甲",)}


def test_a_wrong_answer_is_explained_and_asked_again(screen: Screen) -> None:
    clerk = Clerk("看看", "日常", "甲", "")
    complete(ALL, {}, screen, clerk)
    assert isinstance(screen.err, io.StringIO)
    assert "没有“看看”这种方式" in screen.err.getvalue()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_stopping_says_that_nothing_was_recorded(screen: Screen, stop: type[BaseException]) -> None:
    with pytest.raises(Cancelled, match="已取消，什么都没有记录") as cancelled:
        complete(ALL, {}, screen, Clerk("日常", stop))
    assert cancelled.value.exit_code == 1


def test_without_a_terminal_all_missing_options_are_named_at_once(screen: Screen) -> None:
    with pytest.raises(Incomplete) as incomplete:
        complete(ALL, {}, screen, None)
    assert incomplete.value.message == "缺少 --kind（方式）、--by（人员）"
    assert incomplete.value.exit_code == 2
    assert [m.text for m in incomplete.value.missing] == ["方式", "人员"]


def test_what_a_rule_asks_for_is_left_to_the_rule_without_a_terminal(screen: Screen) -> None:
    answers = complete(ALL, {"--kind": "夜查", "--by": "甲"}, screen, None)
    assert "--leader" not in answers


def test_a_bad_value_names_its_option(screen: Screen) -> None:
    with pytest.raises(WrongUsage, match="--kind：没有“x”这种方式"):
        complete(ALL, {"--kind": "x", "--by": "甲"}, screen, None)


def test_a_refusal_says_what_can_be_asked() -> None:
    command = "swm advance BK-0001 限期搬迁"
    term = Missing("期限", "", f"{command} --days 90（或 --deadline 日期）")
    paper = Missing("文书", "", f"{command} --doc-name 告知书 --doc-no 1号")
    visit = Missing("核查", "", "swm inspect BK-0001 --kind 核查")
    assert askable([term, paper], command) == ["--days", "--doc-name", "--doc-no", "--issuer"]
    assert askable([term, visit], command) == []


# --- the command line itself --------------------------------------------------------------------


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(words)
    caught = capsys.readouterr()
    return code, caught.out + caught.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["shw"], "没有“shw”这个命令\n是不是 swm show？"),
        (["premises", "lst"], "没有“lst”这个命令\n是不是 swm premises list？"),
        (["xyzzy"], "没有“xyzzy”这个命令\n可用命令："),
        (["premises"], "swm premises 后面还缺一个命令\n可用命令："),
        (["list", "--villag", "俵口"], "没有“--villag”这个选项，是不是 --village？"),
        (["list", "--village"], "选项 --village 后面缺少值"),
        (["list", "--json=1"], "选项 --json 后面不能带值"),
        (["check", "--strict", "-x"], "没有“-x”这个选项"),
        (["adopt", "甲"], "多出了不认识的内容：甲"),
        (["--today", "明天", "list"], "--today：“明天”不是日期"),
    ],
)
def test_every_complaint_about_usage_is_chinese(
    words: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    code, text = said(capsys, *words)
    assert message in text
    assert code == 2
    assert not any(word in text for word in ("Usage", "Error", "Try", "No such", "Missing"))


@pytest.mark.parametrize("word", list(commands.PLACES))
def test_every_help_page_is_chinese_and_fits(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, word, "--help")
    assert code == 0
    assert text.startswith(f"用法：swm {word}")
    assert "选项：" in text
    for english in ("Usage", "Options", "Commands", "Show this", "default", "required"):
        assert english not in text


def test_the_first_help_page_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "--help")
    assert code == 0
    assert all(f"\n  {word} " in text for word in commands.PLACES)


def test_a_complaint_as_json(
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import json

    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    code, text = said(capsys, "list", "--json")
    assert code == 1
    assert json.loads(text)["错误"].startswith("这里不是台账")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("dispose --help", "用法：swm dispose 命令"),
        ("dispose 2 --measure 停机 --help", "用法：swm dispose add "),
        ("dispose --measure 停机 -h", "用法：swm dispose add "),
        ("dispose done 2 3 --help", "用法：swm dispose done "),
        ("transfer 2 --to 区生态环境局 --help", "用法：swm transfer add "),
        ("--ledger 台账 transfer --help", "用法：swm transfer 命令"),
        ("inspect 2 --kind 日常 --help", "用法：swm inspect "),
        ("admit --kind 入驻 --help", "用法：swm admit "),
    ],
)
def test_help_after_whatever_was_typed(
    typed: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(typed.split()) == 0
    assert capsys.readouterr().out.startswith(shown)


# --- two options that say the same thing ----------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "swm advance 1 限期清理 --days 15 --deadline 2026-03-30",
        "swm advance 1 限期清理 --workdays 15 --deadline 2026-03-30",
        "swm advance 1 延期 --days 15 --workdays 10",
        "swm dispose 1 --measure 停机 --days 3 --deadline 2026-03-30",
        "swm complaint extend 1 --reason 复杂 --days 3 --until 2026-03-30",
    ],
)
def test_a_deadline_is_given_in_one_way(tmp_path: Path, command: str) -> None:
    town = Town(tmp_path)
    town.say("2026-03-02", "swm init . --town 俵口镇 --villages 俵口村")
    town.say("2026-03-02", "swm add --name 甲厂 --village 俵口村")
    told = town.refused("2026-03-02", command, 2)
    assert "说的是同一个期限" in told
    assert all(option in told for option in command.split() if option in _DEADLINES)


_DEADLINES = ("--days", "--workdays", "--deadline", "--until")
