"""Which paper is meant: that of an act on record, or a draft of the one that comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from swm.domain.fold import EXTENSION, Standing, Step
from swm.domain.guards import FORCED
from swm.domain.guards.always import ORDERING_WORDS
from swm.domain.policy import Action, Policy, Power
from swm.domain.records import Act, Enterprise, Paper
from swm.domain.terms import usual
from swm.errors import Refused
from swm.frozen import frozen
from swm.render.forms.deadlines import Limit, limit_of, limit_on
from swm.render.forms.records import (
    now,
    number_list,
    service_of,
    step_of,
    steps_of,
    with_papers,
)
from swm.render.forms.values import Office, Subject, anothers, missing

LIMIT, PROLONGED, JOINT = "限期", "延期", "联合执法"
"""What a paper tells: a deadline, a later one, that several departments come."""
CONVERSION = "转取缔"


@frozen
class Issue:
    """One paper, on record or drafted."""

    enterprise: Enterprise
    act: Act
    """The act; of a draft its number is 0."""
    paper: Paper
    before: Standing
    row: Action | None
    power: Power | None
    limit: Limit

    @property
    def drafted(self) -> bool:
        """Whether nothing of it is on record yet."""
        return self.act.number == 0


def issue_of(subject: Subject, office: Office) -> tuple[Issue, tuple[str, ...]]:
    """The paper of the record named, of the one that waits for service, or the next one's draft;
    and what the clerk has to know of the choice. Raises `Refused` where there is none.

    The town's own notice is filled from its own papers alone. Another authority's is printed only
    when it is named or waits for service, and only as the order that its power covers.
    """
    enterprise = subject.enterprise
    assert enterprise is not None
    steps = steps_of(enterprise, office.policy)
    if subject.number is not None:
        return _recorded(enterprise, step_of(enterprise, subject.number, office.policy), office), ()
    waiting = now(steps).awaiting_service
    if waiting is not None and subject.issuer is None:
        step = step_of(enterprise, waiting, office.policy)
        if _why_not(step, office) is None:
            return _recorded(enterprise, step, office), (f"按第{waiting}条待送达的文书填写",)
    if drafted := _draft(subject, now(steps), steps, office):
        return drafted, (
            f"按下一步“{drafted.act.action}”拟的草稿，尚未登记；登记：",
            f"  swm advance {enterprise.id} {drafted.act.action}",
        )
    told = _of_town(steps, office)
    if not told:
        at = now(steps).state
        hint = f"可以办的：swm advance {enterprise.id}"
        what = f"{enterprise.id} 现在{at}，没有要下达的文书，本镇也没有发过文书"
        raise Refused(what, hint=hint)
    return _recorded(enterprise, told[-1], office), (f"按最近的第{told[-1].record.number}条填写",)


def _recorded(enterprise: Enterprise, step: Step, office: Office) -> Issue:
    act = step.record
    if not isinstance(act, Act) or act.paper is None or told_by(act) == "":
        others = _others(enterprise, office)
        raise missing(enterprise.id, step.record.number, "下达文书的动作", others)
    if refused := _why_not(step, office):
        raise refused(enterprise.id, act, _others(enterprise, office))
    row = _row(act, step, office.policy)
    power = _power(act, row, office)
    service = service_of(enterprise, act)
    served = act.paper.served_on or (service.on if service else None)
    return Issue(
        enterprise, act, act.paper, step.before, row, power,
        limit_on(act, step.before, served, office.policy),
    )  # fmt: skip


def _others(enterprise: Enterprise, office: Office) -> str:
    """The records that would do, for the hint of a refusal."""
    found = _of_town(steps_of(enterprise, office.policy), office)
    return number_list([s.record for s in found], "文书", enterprise.id)


def _of_town(steps: Sequence[Step], office: Office) -> list[Step]:
    """The steps whose paper the town made and can print."""
    return [
        s
        for s in with_papers(steps)
        if isinstance(s.record, Act)
        and s.record.paper
        and office.ours(s.record.paper.issuer)
        and told_by(s.record)
        and _why_not(s, office) is None
    ]


def _why_not(step: Step, office: Office) -> Callable[[str, Act, str], Refused] | None:
    """Why the paper of an act is none of the town's to print; None where it may be."""
    act = step.record
    if not isinstance(act, Act) or act.paper is None:
        return None
    if _power(act, _row(act, step, office.policy), office):
        return None
    if not office.ours(act.paper.issuer):
        return _anothers
    return _forces if any(word in (act.nature or "") for word in ORDERING_WORDS) else None


def _anothers(id: str, act: Act, others: str) -> Refused:
    assert act.paper is not None
    return anothers(id, act.number, act.paper.issuer or "", "告知书", others)


def _forces(id: str, act: Act, others: str) -> Refused:
    return Refused(f"{id} 第{act.number}条是{act.nature}，不能用告知书", hint=others)


def _power(act: Act, row: Action | None, office: Office) -> Power | None:
    """The power by which the paper orders, where it orders."""
    if act.paper is None or act.paper.nature != "责令":
        return None
    matter = (row.matter if row else None) or (FORCED if act.nature == FORCED else "")
    return office.policy.power(act.paper.issuer or office.hall, matter, act.on)


def told_by(record: object) -> str:
    """What the paper of an act tells; nothing for one that is not for the enterprise."""
    if not isinstance(record, Act) or record.paper is None:
        return ""
    if record.action == EXTENSION:
        return PROLONGED
    if record.departments or record.nature:
        return JOINT
    return LIMIT if record.deadline or record.term else ""


def _row(act: Act, step: Step, policy: Policy) -> Action | None:
    """The row of the workflow by which the act was done."""
    category = act.category or step.before.category
    rows = [a for a in policy.workflow.actions if a.name == act.action and act.before in a.sources]
    fitting = [a for a in rows if a.category in (None, category)]
    return next(iter([*fitting, *rows]), None)


def _draft(subject: Subject, at: Standing, steps: tuple[Step, ...], office: Office) -> Issue | None:
    """The order that comes next, with nothing decided that a person has to decide."""
    policy, enterprise = office.policy, subject.enterprise
    assert enterprise is not None
    rows = [
        row
        for row in policy.workflow.actions
        if row.orders and at.state in row.sources and _leads_on(row, at, office)
    ]
    if not rows:
        return None
    row = rows[0]
    issuer = subject.issuer or office.hall
    power = policy.power(issuer, row.matter or "", office.today)
    if power is None and not office.ours(issuer):
        what = f"{issuer}无权{row.matter or '责令'}（制度/职权.yaml），不能替它拟文书"
        raise Refused(what, hint=f"本镇的告知书不写 --issuer：swm form 文书 {enterprise.id}")
    lapse = tuple(g.code for g in policy.standards.grounds if g.after == at.state)
    act = Act(
        number=0,
        type="动作",
        on=office.today,
        action=row.name,
        before=at.state,
        after=row.target(at.state),
        category=row.category if row.name == CONVERSION else at.category,
        criteria=lapse,
        clause=row.clause,
    )
    name = (row.order if power else row.paper) or f"{row.name}告知书"
    act = replace(act, paper=Paper(name=name, issuer=issuer))
    rule = usual(policy, row, at.state, office.today)
    assert act.paper is not None
    return Issue(enterprise, act, act.paper, at, row, power, limit_of(rule))


def _leads_on(row: Action, at: Standing, office: Office) -> bool:
    """Whether the order is the next step: of its category, or a deadline that has passed."""
    if row.name == CONVERSION:
        return at.overdue(office.today, office.policy)
    return row.category in (None, at.category)
