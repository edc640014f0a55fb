"""验收销号表: the standard's items one by one, the acceptance, who signs (方案三)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from swm.domain.fold import DONE, NOT_APPLICABLE, UNDONE, ItemStatus, Standing, Step
from swm.domain.policy import Item, Standard
from swm.domain.records import Act, Enterprise, Record, Visit
from swm.errors import Refused
from swm.frozen import frozen
from swm.render.forms.blanks import DAY, clauses, day, named, padded
from swm.render.forms.records import now, step_of, steps_of, visits_of
from swm.render.forms.values import Named, Office, Sheet, Subject
from swm.render.whereabouts import address_in

TEMPLATE = "验收销号表.docx"
ACCEPTANCE = "验收"
NOT_RECORDED = "尚无记录"
ROOM = 2
"""Rows to write problems in on the blank form."""
EMPTY: Named = {"标准": "", "项": "", "要求": "", "情况": "", "日期": "", "凭": "", "人员": ""}


def fill(subject: Subject, office: Office) -> Sheet:
    """How the items stand now, or stood at the record named. Raises `Refused` for one that was
    never on the list: it has nothing to be accepted for."""
    enterprise = subject.enterprise
    if enterprise is None:
        names = _frame(office) | {"各项": _blank_rows(office), "各次验收": [_no_visit()] * 2}
        names["标准"] = "按整治类别填写相应的各项"
        return Sheet(TEMPLATE, "（空白）验收销号表", "验收销号表", office.today, names)
    steps = steps_of(enterprise, office.policy)
    if subject.number is not None:
        at = step_of(enterprise, subject.number, office.policy)
        steps = steps[: steps.index(at) + 1]
        return _of(_Case(enterprise, steps, now(steps), at.record.on), subject.number, office)
    return _of(_Case(enterprise, steps, now(steps), office.today), subject.number, office)


@frozen
class _Case:
    enterprise: Enterprise
    steps: tuple[Step, ...]
    at: Standing
    on: date
    """The day of which it is told: today's, or that of the record named."""

    def record(self, number: int) -> Record | None:
        """One of the records so far."""
        return next((s.record for s in self.steps if s.record.number == number), None)


def _of(case: _Case, number: int | None, office: Office) -> Sheet:
    enterprise, at = case.enterprise, case.at
    policy = office.policy
    category = next((c for c in policy.workflow.categories if c.name == at.category), None)
    if category is None or not policy.state(at.state).listed:
        hint = f"查看：swm show {enterprise.id}"
        raise Refused(f"{enterprise.id} 现在{at.state}，没有要验收的", hint=hint)
    standard = policy.standard(category.goal)
    names = _frame(office) | _profile(case, office) | _ending(case, office)
    names |= {
        "标准": standard.name if standard else "",
        "标准依据": clauses(policy, standard.clause, office.today) if standard else "",
        "各项": _rows(case, standard, office),
        "各次验收": padded([_acceptance(v, office) for v in _accepted(case)], 1, _no_visit()),
    }
    where = f"第{number}条" if number is not None else ""
    stem = f"{enterprise.id}{where}验收销号表"
    return Sheet(TEMPLATE, stem, f"验收销号表（{enterprise.name}）", case.on, names)


def _frame(office: Office) -> Named:
    """The names of a table of which nothing is known."""
    keys = (
        *("编号", "企业", "村", "地址", "经营者", "电话", "证照", "类别", "原类别", "轮次"),
        *("状态", "期限", "要求文书", "合用", "标准", "标准依据", "完成方式", "迁往"),
        *("批准", "销号日期", "层级", "负责人", "填表日期"),
    )
    return dict.fromkeys(keys, "") | {
        "镇": office.settings.town,
        "区级": office.settings.delisted_by == "区",
        "销号日期": DAY,
        "填表日期": DAY,
    }


def _profile(case: _Case, office: Office) -> Named:
    enterprise, at = case.enterprise, case.at
    leader = next(
        (a for a in enterprise.assignments if a.role == "镇包保领导" and a.until is None), None
    )
    return {
        "编号": enterprise.id,
        "企业": enterprise.name,
        "村": office.settings.village_at(enterprise.village, case.on),
        "地址": office.veil.text(
            address_in(enterprise.village, enterprise.address, office.settings, case.on)
        ),
        "经营者": office.veil.person(enterprise.operator),
        "电话": office.veil.phone(enterprise.phone),
        "证照": enterprise.licence or "",
        "类别": at.category or "",
        "原类别": at.former_category or "",
        "轮次": f"第{at.round}轮",
        "状态": at.state,
        "期限": day(_last_deadline(case), ""),
        "要求文书": "、".join(_papers(case)),
        "合用": named(enterprise.shared_supply),
        "负责人": office.veil.person(leader.person) if leader else "",
    }


def _last_deadline(case: _Case) -> date | None:
    """The deadline in force, or the last one that was before it was delisted."""
    found = [
        s.after.deadline for s in case.steps if s.after.deadline and s.after.round == case.at.round
    ]
    return case.at.deadline or (found[-1] if found else None)


def _papers(case: _Case) -> list[str]:
    """The papers of this round: 《限期清理告知书》俵整〔2026〕3号."""
    acts = [s.record for s in case.steps if s.after.round == case.at.round]
    return [
        f"《{act.paper.name}》{act.paper.number or ''}"
        for act in acts
        if isinstance(act, Act) and act.paper
    ]


# --- the items ------------------------------------------------------------------------------------


def _rows(case: _Case, standard: Standard | None, office: Office) -> list[Named]:
    if standard is None or not standard.items:
        return padded(_problems(case, office), 1, EMPTY | {"项": "没有写明的问题"})
    return [_row(item, case.at.items.get(item.name), case, standard, office)
            for item in standard.items]  # fmt: skip


def _row(
    item: Item, status: ItemStatus | None, case: _Case, standard: Standard, office: Office
) -> Named:
    shared = item.supply in case.enterprise.shared_supply and item.shared_measure
    named_row: Named = {
        "标准": standard.name,
        "项": item.name,
        "要求": f"{item.meaning}（与居民合用：{item.shared_measure}）" if shared else item.meaning,
    }
    if status is None:
        return EMPTY | named_row | {"情况": NOT_RECORDED}
    return named_row | _shown(status, case, office, item.name)


def _problems(case: _Case, office: Office) -> list[Named]:
    """整改: every problem that was named, mended or not."""
    found: list[Named] = []
    for problem, status in case.at.solved.items():
        row = {"标准": "整改", "项": office.veil.text(problem), "要求": "整改到位"}
        found.append(row | _shown(status, case, office, problem))
    for problem, number in case.at.problems.items():
        row = {"标准": "整改", "项": office.veil.text(problem), "要求": "整改到位"}
        record = case.record(number)
        status = ItemStatus(UNDONE, number, record.on if record else office.today)
        found.append(row | _shown(status, case, office, problem))
    return found


def _shown(status: ItemStatus, case: _Case, office: Office, name: str) -> Named:
    record = case.record(status.number)
    return {
        "情况": office.veil.text(_condition(status, record, name)),
        "日期": str(status.on),
        "凭": f"第{status.number}条",
        "人员": office.veil.person(named(_people(record))),
    }


def _condition(status: ItemStatus, record: Record | None, name: str) -> str:
    """已完成（拆除动力线路）, 不涉及（无水源）, 未完成."""
    if not isinstance(record, Visit | Act):
        return status.status
    if status.status == NOT_APPLICABLE:
        why = record.not_applicable.get(name)
        return f"{NOT_APPLICABLE}（{why}）" if why else NOT_APPLICABLE
    measure = record.measures.get(name) if status.status == DONE else None
    return f"{status.status}（{measure}）" if measure else status.status


def _people(record: Record | None) -> Sequence[str]:
    if isinstance(record, Visit):
        return record.team
    if isinstance(record, Act):
        return tuple(dict.fromkeys((*((record.leader,) if record.leader else ()), *record.by)))
    return ()


def _blank_rows(office: Office) -> list[Named]:
    """Every item of every standard, and room for problems."""
    found: list[Named] = []
    for standard in office.policy.standards.standards:
        for item in standard.items:
            row = {"标准": standard.name, "项": item.name, "要求": item.meaning}
            found.append(EMPTY | row)
        if not standard.items:
            found += [EMPTY | {"标准": standard.name, "要求": "整改到位"}] * ROOM
    return found


# --- acceptance and signatures --------------------------------------------------------------------


def _accepted(case: _Case) -> list[Visit]:
    """The 验收 of this round."""
    known = {v.number for v in case.at.visits}
    return [v for v in visits_of(case.steps) if v.kind == ACCEPTANCE and v.number in known]


def _acceptance(visit: Visit, office: Office) -> Named:
    failed = [*visit.undone, *visit.problems]
    told = f"，未达到：{'、'.join(failed)}" if failed else ""
    again = f"，定于{day(visit.again_on)}再次验收" if visit.again_on else ""
    return {
        "日期": str(visit.on),
        "人员": office.veil.person(named(visit.team)),
        "结论": office.veil.text(f"{visit.verdict or '未写结论'}{told}{again}"),
        "凭": f"第{visit.number}条",
    }


def _no_visit() -> Named:
    return {"日期": "", "人员": "", "结论": "", "凭": ""}


def _ending(case: _Case, office: Office) -> Named:
    """The act by which it was delisted, where it is."""
    act = case.at.last_act
    if act is None or case.at.delisted_on is None:
        return {}
    approval = act.approval
    told = (approval.person, day(approval.on, ""), approval.basis or "") if approval else ()
    return {
        "完成方式": office.veil.text(act.method),
        "迁往": office.veil.text(act.moved_to),
        "批准": office.veil.text("　".join(part for part in told if part)) or "待补批",
        "销号日期": day(case.at.delisted_on),
        "层级": act.level or office.settings.delisted_by,
    }
