"""修改 of a profile: the fields that describe an enterprise, never 整治 or 记录.

A new name, operator or address also becomes a 变更 record, so that old values are kept and found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from swm.domain import fields
from swm.domain.cautions import doubtful_numbers, likely_twins, red_lines
from swm.domain.edits import Change, Edit, Set
from swm.domain.entries import append
from swm.domain.fields import BadValue, Field
from swm.domain.likeness import Known
from swm.domain.measures import misplaced
from swm.domain.policy import Policy
from swm.domain.profiles import nearest, typed, unknown_premises, unknown_village
from swm.domain.records import ALTERATIONS, Alteration, Enterprise
from swm.domain.settings import Settings
from swm.errors import Missing, Refused

RECORDED = ("名称", "经营者", "地址")
"""Fields whose changes are facts of their own."""
_ELSEWHERE = {
    "编号": ("编号不变，也不重复使用", "登记错了的：swm advance {id} 核减"),
    "整治": ("整治由各条记录推算，不能直接改", "推进：swm advance {id}"),
    "状态": ("状态由各条记录推算，不能直接改", "推进：swm advance {id}"),
    "类别": ("类别由各条记录推算，不能直接改", "swm advance {id} 调整类别"),
    "期限": ("期限由各条记录推算，不能直接改", "swm advance {id} 延期"),
    "记录": ("记录只增不改", 'swm correct {id} 序号 --why "原因" --set 键=值'),
    "包保": ("包保责任人有起止日期", "swm assign {id} --role 角色 --name 姓名"),
}
_LIKENESS = frozenset({"名称", "经营者", "电话", "统一社会信用代码", "厂房", "坐标"})
"""Fields by which an enterprise may turn out to be another."""


def edit(
    enterprise: Enterprise,
    values: Mapping[str, str],
    nature: str | None,
    existing: Sequence[Known],
    settings: Settings,
    policy: Policy,
    today: date,
    *,
    premises: Collection[str] = (),
    by: tuple[str, ...] = (),
) -> Change:
    """Profile fields by their Chinese keys; an empty value clears. One commit.

    `nature` says what kind of change it is (变更登记 unless told); `existing` and `premises` are
    all enterprises and the ids of all 厂房. Raises `Refused` with everything that is wrong, and
    when nothing would change.
    """
    changed = _changed(enterprise, values, nature, settings, premises, today)
    new = replace(enterprise, **{row.attribute: value for row, value in changed.items()})
    records = tuple(_alterations(enterprise, changed, nature, by, today))
    sets = _sets(enterprise, changed)
    grown = append(new, records, policy) if records else None
    names = [row.key for row in changed]
    number = f"（第{records[0].number}条）" if records else ""
    return Change(
        verb="edit",
        subject=f"{'变更' if records else '修改'} {new.id} {new.name}：{'、'.join(names)}{number}",
        files={new.path: (*sets, *(grown.edits if grown else ()))},
        body=_body(records, today),
        notes=tuple(_notes(new, set(names), len(values), existing, policy, settings)),
        recorded={
            "编号": new.id,
            "字段": list(names),
            **({"序号": records[-1].number} if records else {}),
        },
    )


# --- what changes -----------------------------------------------------------------------------


def _changed(
    enterprise: Enterprise,
    values: Mapping[str, str],
    nature: str | None,
    settings: Settings,
    premises: Collection[str],
    today: date,
) -> dict[Field, Any]:
    """The new values by field, without those that stay; raises `Refused`."""
    missing: list[Missing] = []
    wanted: dict[Field, Any] = {}
    for name, text in values.items():
        try:
            row = _row(enterprise, name)
            wanted[row] = _value(row, text)
        except BadValue as bad:
            missing.append(Missing(bad.message, "", bad.hint))
    missing += _unknown(wanted, settings, premises, today)
    if nature is not None and nature not in ALTERATIONS:
        missing.append(Missing(f"没有“{nature}”这种变更", "", "可用：" + "、".join(ALTERATIONS)))
    if missing:
        raise Refused(f"{enterprise.id} {enterprise.name}不能这样修改", missing)
    changed = {r: v for r, v in wanted.items() if v != getattr(enterprise, r.attribute)}
    if not changed:
        hint = "写作 --set 电话=13800000000" if not values else f"现值：swm show {enterprise.id}"
        raise Refused(f"{enterprise.id} {enterprise.name}没有变化", hint=hint)
    return {row: changed[row] for row in fields.table(Enterprise) if row in changed}


def _row(enterprise: Enterprise, name: str) -> Field:
    head = name.partition(".")[0]
    known = fields.by_key(Enterprise)
    if head in _ELSEWHERE:
        why, verb = _ELSEWHERE[head]
        raise BadValue(f"“{name}”：{why}", verb.format(id=enterprise.id))
    if name not in known:
        free = [key for key in known if key not in _ELSEWHERE]
        raise BadValue(f"没有“{name}”这个字段", "可用：" + "、".join(nearest(name, free)))
    return known[name]


def _value(row: Field, text: str) -> Any:
    if row.required and fields.blank(text):
        raise BadValue(f"“{row.key}”不能清空", row.meaning)
    try:
        return typed(row, text)
    except BadValue as bad:
        raise BadValue(f"“{row.key}”{bad.message}", bad.hint) from None


def _unknown(
    wanted: Mapping[Field, Any], settings: Settings, premises: Collection[str], today: date
) -> Iterator[Missing]:
    """A village outside the roster, premises that are not there, a place that can't be."""
    for row, value in wanted.items():
        if row.key == "村":
            yield from unknown_village(value, settings, today)
        elif row.key == "厂房":
            yield from unknown_premises(value, premises)
        elif row.key == "坐标":
            yield from misplaced(value)


def _sets(enterprise: Enterprise, changed: Mapping[Field, Any]) -> Iterator[Edit]:
    """The lines of the changed fields; a new key stands where the field table has it."""
    rows = fields.table(Enterprise)
    for row, value in changed.items():
        later = rows[rows.index(row) + 1 :]
        there = (r.key for r in later if getattr(enterprise, r.attribute) not in (None, (), {}))
        yield Set((row.key,), fields.plain(value) or None, before=next(there, None))


def _alterations(
    enterprise: Enterprise,
    changed: Mapping[Field, Any],
    nature: str | None,
    by: tuple[str, ...],
    today: date,
) -> Iterator[Alteration]:
    number = enterprise.next_number
    for row, value in changed.items():
        if row.key in RECORDED:
            yield Alteration(
                number=number,
                type="变更",
                on=today,
                by=by,
                item=row.key,
                old=getattr(enterprise, row.attribute),
                new=value,
                nature=nature or "变更登记",
            )
            number += 1


# --- what is told -----------------------------------------------------------------------------


def _body(records: Sequence[Alteration], today: date) -> tuple[str, ...]:
    """No values: an operator's name or a telephone does not belong into a message."""
    lines = [f"录入：{today}"]
    if records:
        lines.append(f"性质：{records[0].nature}")
        lines += ["经办：" + "、".join(records[0].by)] if records[0].by else []
    return tuple(lines)


def _notes(
    new: Enterprise,
    names: set[str],
    asked: int,
    existing: Sequence[Known],
    policy: Policy,
    settings: Settings,
) -> Iterator[str]:
    if len(names) < asked:
        yield f"另有{asked - len(names)}项本来就是这样，没有变化"
    if names & {"统一社会信用代码", "电话"}:
        yield from doubtful_numbers(new)
    if names & {"名称", "行业", "产品与工艺"}:
        yield from red_lines(new, policy)
    if names & _LIKENESS:
        yield from likely_twins(new, list(existing), policy, settings)
