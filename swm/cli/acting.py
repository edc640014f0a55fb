"""What an act asks of the clerk: each guard's questions, put only where an answer is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from swm.cli import parsing
from swm.cli.prompts import Question
from swm.domain.policy import Action, Policy
from swm.domain.settings import Settings

DEADLINES = ("--deadline", "--days", "--workdays")
"""Three ways to say one thing; any of them answers the question for a deadline."""


def questions(
    row: Action, policy: Policy, settings: Settings, used: Mapping[str, str], today: date
) -> list[Question]:
    """What may be asked for one row of the workflow, in the order of its guards.

    Whether the answers are enough is for the guards to say; none of these is required here.
    """
    asked = [q for name in row.guards for q in _of_guard(name, policy, settings, used)]
    return [*asked, *(_approval(used, today) if row.approval else ())]


def _of_guard(
    name: str, policy: Policy, settings: Settings, used: Mapping[str, str]
) -> Sequence[Question]:
    standards = policy.standards
    categories = tuple(c.name for c in policy.workflow.categories)
    match name:
        case "已定类别" | "改定类别":
            return [_pick("--category", "整治类别", categories)]
        case "写明原因":
            return [_text("--reason", "原因")]
        case "有取缔情形":
            codes = tuple(g.code for g in standards.grounds)
            return [_several("--criteria", "取缔情形", codes)]
        case "有期限" | "期限后延":
            return [_text("--days", "期限（自送达次日起的日数）", parsing.number)]
        case "有文书":
            number = f"{settings.agency_code or ''}〔〕号".replace("〔〕号", "〔年份〕几号")
            return [
                _text("--doc-no", f"文号（如 {number}）"),
                _text("--issuer", "作出机关", suggested=used.get("作出机关")),
            ]
        case "领导小组决定":
            return [_text("--note", "领导小组的决定")]
        case "两个以上部门":
            departments = tuple(settings.departments)
            return [_several("--dept", "参加的部门", departments, used.get("部门"))]
        case "执法性质与结果":
            return [
                _pick("--nature", "执法性质", standards.natures),
                _pick("--outcome", "执法结果", standards.outcomes),
            ]
        case "写明完成方式":
            return [_pick("--method", "完成方式", standards.methods)]
        case "写明去向":
            return [_text("--moved-to", "迁往")]
        case "核减事由":
            return [_text("--reason", "核减事由（" + "、".join(standards.reasons) + "）")]
        case "两人经办":
            return [_text("--by", "经办人（两人）", parsing.words, used.get("人员"))]
        case _:
            return []


def _approval(used: Mapping[str, str], today: date) -> list[Question]:
    return [
        _text("--approver", "批准人（暂无批准的先空着，以后补批）", suggested=used.get("批准人")),
        Question(
            option="--approval",
            title="批准的依据（签批单、会议纪要）",
            reader=str,
            required=False,
            when=lambda answers: "--approver" in answers,
        ),
    ]


def _text(
    option: str, title: str, reader: parsing.Reader[object] = str, suggested: str | None = None
) -> Question:
    return Question(
        option=option, title=title, reader=reader, suggested=suggested, required=False
    )


def _pick(option: str, title: str, values: tuple[str, ...]) -> Question:
    reader = parsing.choice(values, title)
    return Question(option=option, title=title, reader=reader, choices=values, required=False)


def _several(
    option: str, title: str, values: tuple[str, ...], suggested: str | None = None
) -> Question:
    reader = parsing.choices(values, title) if values else parsing.words
    return Question(
        option=option,
        title=title,
        reader=reader,
        choices=values,
        suggested=suggested,
        required=False,
    )
