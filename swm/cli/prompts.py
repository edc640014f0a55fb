"""What is missing is asked for, one question after another, on a terminal; else it is an error.

`<` goes back one question, Enter takes the value in brackets, Ctrl-C ends it all with nothing
recorded. A command that has all it needs asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from swm.cli.parsing import Reader, read
from swm.domain.fields import BadValue
from swm.errors import Missing, SwmError, WrongUsage
from swm.frozen import declared
from swm.render.terminal import Screen
from swm.render.text import packed, visible, wrap

BACK = ("<", "＜", "《")
Answers = dict[str, Any]


class Cancelled(SwmError):
    """The clerk stopped at a question."""


class Incomplete(WrongUsage):
    """Required options are missing and nobody is there to be asked."""

    def __init__(self, message: str, missing: Sequence[Missing], hint: str) -> None:
        super().__init__(message, hint)
        self.missing = tuple(missing)


def _always(answers: Mapping[str, Any]) -> bool:
    return True


@declared
class Question:
    """One value of a command: the option that gives it, and how it is asked for."""

    option: str
    title: str
    reader: Reader[Any]
    choices: tuple[str, ...] = ()
    """Shown with numbers; a number is an answer too."""
    labels: tuple[str, ...] = ()
    """Shown instead, a line each, where the choices alone say too little."""
    default: str | None = None
    """Holds without being asked."""
    suggested: str | None = None
    """Put forward at the prompt only, as last used."""
    required: bool = True
    by_rule: bool = False
    """A rule asks for it: put on a terminal; without one the rule itself refuses."""
    when: Callable[[Mapping[str, Any]], bool] = _always
    """Whether it matters, after the answers so far."""


Ask = Callable[[str], str]
"""Shows a prompt and returns the line typed; raises EOFError and KeyboardInterrupt."""


def line_from_terminal(prompt: str) -> str:
    """A line with editing keys, Chinese included."""
    with suppress(ImportError):  # Windows has its own
        import readline  # noqa: F401  (its import gives input() the editing keys)
    return input(prompt)


def complete(
    questions: Sequence[Question],
    typed: Mapping[str, str | None],
    screen: Screen,
    ask: Ask | None,
) -> Answers:
    """The values by option; `ask` is None where nobody can be asked.

    Raises `WrongUsage` for a value that cannot be read, `Incomplete` where required ones are
    missing and `ask` is None, `Cancelled` when the clerk stops.
    """
    answers = {
        q.option: read(q.option, text, q.reader)
        for q in questions
        if (text := typed.get(q.option)) is not None
    }
    missing = _missing(questions, answers)
    if ask is None:
        missing = [q for q in missing if not q.by_rule]
    if not missing:
        return _with_defaults(questions, answers)
    if ask is None:
        raise _incomplete(missing)
    return interview(questions, answers, screen, ask)


def interview(questions: Sequence[Question], typed: Answers, screen: Screen, ask: Ask) -> Answers:
    """Put every question that is not answered in `typed`. Raises `Cancelled`."""
    try:
        return _interview(questions, typed, screen, ask)
    except (KeyboardInterrupt, EOFError):
        screen.insist([""])
        raise Cancelled("已取消，什么都没有记录") from None


def _missing(questions: Sequence[Question], answers: Answers) -> list[Question]:
    known = _with_defaults(questions, answers)
    return [q for q in questions if q.required and q.option not in known and q.when(known)]


def _with_defaults(questions: Sequence[Question], answers: Answers) -> Answers:
    known = dict(answers)
    for q in questions:
        if q.default is not None and q.option not in known and q.when(known):
            known[q.option] = read(q.option, q.default, q.reader)
    return known


def _incomplete(missing: Sequence[Question]) -> Incomplete:
    titles = {q.option: q.title.partition("（")[0] for q in missing}
    named = "、".join(f"{option}（{title}）" for option, title in titles.items())
    listed = [
        Missing(titles[q.option], "", f"{q.option} {'/'.join(q.choices[:8]) or '…'}")
        for q in missing
    ]
    choices = [f"{q.option} 可选：{'、'.join(q.choices)}" for q in missing if q.choices]
    return Incomplete(f"缺少 {named}", listed, "\n".join(choices))


def _interview(questions: Sequence[Question], typed: Answers, screen: Screen, ask: Ask) -> Answers:
    screen.say(["（直接回车取方括号里的值，输入 < 回上一问，Ctrl-C 取消）"])
    answers = dict(typed)
    asked: list[int] = []
    at = 0
    while at < len(questions):
        q = questions[at]
        if q.option in typed or not q.when(answers):
            at += 1
            continue
        reply = _one(q, screen, ask)
        if isinstance(reply, _Back):
            at = asked.pop() if asked else at
            answers.pop(questions[at].option, None)
            continue
        if reply is not None:
            answers[q.option] = reply
        asked.append(at)
        at += 1
    return answers


class _Back:
    """The clerk wants the question before."""


def _one(q: Question, screen: Screen, ask: Ask) -> Any:
    """The value of one answer, None for one left out, or `_Back`."""
    screen.insist(_listed(q, screen.room))
    offered = q.default if q.default is not None else q.suggested
    bracket = f" [{visible(offered)}]" if offered else "" if q.required else "（没有就回车）"
    while True:
        reply = ask(f"{q.title}{bracket}：").strip()
        if reply in BACK:
            return _Back()
        if not reply and offered:
            reply = offered
        if not reply:
            if not q.required:
                return None
            screen.insist([f"  {q.title}必须填写"])
            continue
        try:
            return q.reader(_numbered(q, reply))
        except BadValue as bad:
            hint = f"；{bad.hint}" if bad.hint else ""
            screen.insist(wrap(f"  {visible(bad.message)}{visible(hint)}", screen.room, "  "))


def _listed(q: Question, room: int) -> list[str]:
    """What can be answered."""
    if q.labels:
        return [line for label in q.labels for line in wrap(f"  {visible(label)}", room, "     ")]
    return packed((f"{n} {visible(c)}" for n, c in enumerate(q.choices, 1)), room)


def _numbered(q: Question, reply: str) -> str:
    """The choices that numbers stand for, else what was typed."""
    parts = reply.replace("，", ",").replace("、", ",").split(",")
    if q.choices and all(p.strip().isdecimal() for p in parts):
        numbers = [int(p) for p in parts]
        if all(1 <= n <= len(q.choices) for n in numbers):
            return ",".join(q.choices[n - 1] for n in numbers)
    return reply
