"""What an act may ask of the clerk: a refusal names the options that would supply what is missing,
and these are the questions behind those options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from swm.cli import parsing
from swm.cli.prompts import Question
from swm.domain.policy import Policy
from swm.domain.settings import Settings
from swm.errors import Missing

_OPTION = re.compile(r"--[a-z][a-z-]*")
_PROPOSED = re.compile(r"(--days|--doc-name) (\S+)")
"""What a command proposes that is more than an example."""
_WITH = {
    "--doc-name": ("--doc-name", "--doc-no", "--issuer"),
    "--approver": ("--approver", "--approval"),
}
"""Options that are asked for together."""


def askable(missing: Sequence[Missing], command: str) -> list[str]:
    """The options that would supply all of `missing`; empty if some of it takes a deed.

    `command` is how the command itself starts: `swm advance BK-0001 限期搬迁`.
    """
    found: list[str] = []
    for item in missing:
        needed, _, _ = item.command.partition("（")
        named = _OPTION.findall(needed) if needed.startswith(command) else []
        if not named:
            return []
        found += [each for name in named for each in _WITH.get(name, (name,))]
    return list(dict.fromkeys(found))


def questions(
    options: Sequence[str],
    missing: Sequence[Missing],
    policy: Policy,
    settings: Settings,
    used: Mapping[str, str],
    today: date,
) -> list[Question]:
    """A question for each of these options; what the refusal's commands propose is put forward."""
    known = _known(policy, settings, used, today)
    proposed = dict(_PROPOSED.findall(" ".join(item.command for item in missing)))
    return [
        replace(known[name], suggested=proposed.get(name, known[name].suggested))
        for name in options
        if name in known
    ]


def _known(
    policy: Policy, settings: Settings, used: Mapping[str, str], today: date
) -> dict[str, Question]:
    standards = policy.standards
    day = parsing.day(today)
    made = (
        _one("--category", "整治类别", tuple(c.name for c in policy.workflow.categories)),
        _text("--reason", "原因"),
        replace(
            _many("--criteria", "符合的取缔情形（代号）", tuple(g.code for g in standards.grounds)),
            labels=tuple(f"{g.code}  {g.text}" for g in standards.grounds),
        ),
        Question(option="--days", title="期限（自送达次日起几日）", reader=parsing.number),
        Question(option="--deadline", title="期限", reader=day),
        _text("--doc-name", "文书名称"),
        _text("--doc-no", "文号", required=False),
        _text("--issuer", "作出机关", used.get("作出机关") or f"{settings.town}人民政府"),
        _text("--note", "领导小组的决定"),
        _many("--dept", "参加的部门", tuple(settings.departments), used.get("部门")),
        _one("--nature", "执法性质", standards.natures),
        _one("--outcome", "执法结果", standards.outcomes),
        _one("--method", "完成方式", standards.methods),
        _text("--moved-to", "迁往"),
        _text("--approver", "批准人", used.get("批准人")),
        _text("--approval", "批准的依据（签批单、会议纪要）", required=False),
        Question(option="--doc-date", title="上级文书的落款日期", reader=day),
        Question(option="--demanded-on", title="催告书送达日期", reader=day),
        Question(option="--announced-on", title="限期拆除公告的日期", reader=day),
        Question(option="--remedies-over", title="复议、诉讼期限届满的日期", reader=day),
        _many("--by", "经办人", (), used.get("人员")),
    )
    return {question.option: question for question in made}


def _text(
    option: str, title: str, suggested: str | None = None, *, required: bool = True
) -> Question:
    return Question(option=option, title=title, reader=str, suggested=suggested, required=required)


def _one(option: str, title: str, values: tuple[str, ...]) -> Question:
    reader = parsing.choice(values, title)
    return Question(option=option, title=title, reader=reader, choices=values)


def _many(
    option: str, title: str, values: tuple[str, ...], suggested: str | None = None
) -> Question:
    reader = parsing.choices(values, title) if values else parsing.words
    return Question(option=option, title=title, reader=reader, choices=values, suggested=suggested)
