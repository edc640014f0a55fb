"""告知书 and 通知书: the paper of an act, or a draft of the one that comes next (方案三).

Only a body that 制度/职权.yaml names for the matter may order (责令). Everybody else's paper is a
告知书, filled into a template in which the words 责令、关闭、强制 do not occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from swm.domain.fold import EXTENSION, Standing, Step
from swm.domain.guards import FORCED
from swm.domain.guards.always import ORDERING_WORDS
from swm.domain.policy import Action, Policy, Power
from swm.domain.records import Act, Enterprise, Paper, Visit
from swm.domain.terms import usual
from swm.errors import Refused
from swm.frozen import frozen
from swm.render.forms.blanks import DAY, LINE, clauses, day, ended, gap, named, number
from swm.render.forms.deadlines import Limit, limit_of, limit_on
from swm.render.forms.records import (
    now,
    number_list,
    service_of,
    step_of,
    steps_of,
    visits_of,
    with_papers,
)
from swm.render.forms.services import receipt
from swm.render.forms.values import Named, Office, Sheet, Subject, missing

NOTICE, ORDER = "告知书.docx", "责令通知书.docx"
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


def fill(subject: Subject, office: Office) -> Sheet:
    """The paper of the record named, of the one that waits for service, or the next one's draft.

    Raises `Refused` where there is none, or where its name orders what its issuer may not order.
    """
    if subject.enterprise is None:
        return _blank(subject, office)
    issue, notices = _issue(subject, office)
    _refuse_ordering(issue)
    ordered = issue.power is not None
    service = None if issue.drafted else service_of(issue.enterprise, issue.act)
    names = _names(issue, office) | {"回证": receipt(issue.enterprise, issue.act, service, office)}
    if subject.variant == "通知书" and not ordered:
        notices = (*notices, f"{issue.paper.issuer or office.hall}无权责令，按告知书填写")
    if not ordered:
        notices = (*notices, *_telling_words(names))
    return Sheet(
        template=ORDER if ordered else NOTICE,
        stem=f"{issue.enterprise.id}{_place(issue)}{'通知书' if ordered else '告知书'}",
        title=f"{issue.paper.name}（{issue.enterprise.name}）",
        on=issue.act.on,
        names=names,
        notices=notices,
    )


def _place(issue: Issue) -> str:
    return "草稿" if issue.drafted else f"第{issue.act.number}条"


# --- which paper --------------------------------------------------------------------------------


def _issue(subject: Subject, office: Office) -> tuple[Issue, tuple[str, ...]]:
    enterprise = subject.enterprise
    assert enterprise is not None
    steps = steps_of(enterprise, office.policy)
    if subject.number is not None:
        return _recorded(enterprise, step_of(enterprise, subject.number, office.policy), office), ()
    waiting = now(steps).awaiting_service
    if waiting is not None and subject.issuer is None:
        step = step_of(enterprise, waiting, office.policy)
        return _recorded(enterprise, step, office), (f"按第{waiting}条待送达的文书填写",)
    if drafted := _draft(subject, now(steps), steps, office):
        return drafted, (
            f"按下一步“{drafted.act.action}”拟的草稿，尚未登记；登记：",
            f"  swm advance {enterprise.id} {drafted.act.action}",
        )
    told = [s for s in with_papers(steps) if _told(s.record) != ""]
    if not told:
        at = now(steps).state
        hint = f"可以办的：swm advance {enterprise.id}"
        raise Refused(f"{enterprise.id} 现在{at}，没有要下达的文书，也没有发过文书", hint=hint)
    return _recorded(enterprise, told[-1], office), (f"按最近的第{told[-1].record.number}条填写",)


def _recorded(enterprise: Enterprise, step: Step, office: Office) -> Issue:
    act = step.record
    if not isinstance(act, Act) or act.paper is None or _told(act) == "":
        acts = [
            s.record for s in with_papers(steps_of(enterprise, office.policy)) if _told(s.record)
        ]
        what = "下达文书的动作"
        raise missing(
            enterprise.id, step.record.number, what, number_list(acts, "文书", enterprise.id)
        )
    row = _row(act, step, office.policy)
    matter = (row.matter if row else None) or (FORCED if act.nature == FORCED else "")
    issuer = act.paper.issuer or office.hall
    power = office.policy.power(issuer, matter, act.on) if act.paper.nature == "责令" else None
    service = service_of(enterprise, act)
    served = act.paper.served_on or (service.on if service else None)
    return Issue(
        enterprise, act, act.paper, step.before, row, power,
        limit_on(act, step.before, served, office.policy),
    )  # fmt: skip


def _told(record: object) -> str:
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


# --- what it may say ------------------------------------------------------------------------------


def _refuse_ordering(issue: Issue) -> None:
    if issue.power is not None:
        return
    for word in ORDERING_WORDS:
        if word in issue.paper.name:
            at = f"{issue.enterprise.id} {issue.act.number}"
            raise Refused(
                f"{issue.paper.issuer or '本镇'}无权“{word}”，不能发《{issue.paper.name}》"
                "（制度/职权.yaml）",
                hint=f"更正：swm correct {at} --why 原因 --set 文书.名称={issue.act.action}告知书",
            )


def _telling_words(names: Named) -> Iterator[str]:
    """That what people wrote about the case brings in a word which a notice does not use."""
    written = [*names["各情形"], *names["各问题"], names["事由"]]
    for text in written:
        for word in ORDERING_WORDS:
            if word in text:
                yield f"提醒：记录里的“{text[:20]}”有“{word}”字样，告知书照录，请核对"


# --- the names ------------------------------------------------------------------------------------


def _names(issue: Issue, office: Office) -> Named:
    act, enterprise, policy = issue.act, issue.enterprise, office.policy
    category = act.category or issue.before.category
    standard = policy.standard(_goal(category, policy))
    named_category = category or "待定"
    return {
        **_addressee(issue.enterprise, office),
        "镇": office.settings.town,
        "机关": issue.paper.issuer or office.hall,
        "文书名称": issue.paper.name,
        "文号": issue.paper.number or number(office.settings, act.on.year, issue.paper.issuer),
        "种类": _told(act) or LIMIT,
        "类别": named_category,
        "核查日期": _checked_on(issue, office),
        "各情形": [ended(policy.ground(code).text) for code in act.criteria],
        "情形待填": issue.drafted and not act.criteria and _needs_ground(issue.row),
        "各问题": [ended(office.veil.text(text)) for text in issue.before.problems],
        "各项": _items(enterprise, standard),
        "标准": standard.name if standard and standard.items else "",
        "合用": named(enterprise.shared_supply),
        "依据": clauses(policy, act.clause, act.on) or LINE,
        "职权": clauses(policy, issue.power.basis, act.on) if issue.power else "",
        "期限": issue.limit.words,
        "届满": day(issue.limit.day),
        "算法": issue.limit.arithmetic,
        "逾期取缔": _converts(act.after, policy),
        "原期限": day(issue.before.deadline),
        "事由": office.veil.text(act.reason) if act.reason else "",
        "须停产": policy.state(act.after).must_stop,
        "部门": named(act.departments, LINE),
        "性质": act.nature or "",
        "执法日期": day(act.on),
        "日期": DAY if issue.drafted else day(issue.paper.dated or act.on),
    }


def _addressee(enterprise: Enterprise, office: Office) -> Named:
    return {
        "编号": enterprise.id,
        "企业": enterprise.name,
        "经营者": office.veil.person(enterprise.operator),
        "地址": gap(office.veil.text(_address(enterprise))),
        "证照": enterprise.licence or "",
        "信用代码": enterprise.uscc or "",
    }


def _address(enterprise: Enterprise) -> str:
    """The village and the address in it."""
    address = enterprise.address or ""
    return address if address.startswith(enterprise.village) else enterprise.village + address


def _goal(category: str | None, policy: Policy) -> str:
    return next((c.goal for c in policy.workflow.categories if c.name == category), "")


def _items(enterprise: Enterprise, standard: object) -> list[str]:
    """断水：切断生产用水. What residents share is not cut."""
    told = []
    for item in getattr(standard, "items", ()):
        shared = item.supply in enterprise.shared_supply and item.shared_measure
        told.append(f"{item.name}：{item.shared_measure if shared else item.meaning}")
    return told


def _needs_ground(row: Action | None) -> bool:
    return row is not None and "有取缔情形" in row.guards


def _converts(state: str, policy: Policy) -> bool:
    """Whether a lapse turns the enterprise into one that is closed down (方案三（一）6、三（二）)."""
    return any(a.name == CONVERSION and state in a.sources for a in policy.workflow.actions)


def _checked_on(issue: Issue, office: Office) -> str:
    """The day of the visit that the act relies on, else of the last one before it."""
    visits = visits_of(steps_of(issue.enterprise, office.policy))
    relied = [v for v in visits if v.number in issue.act.relied]
    last: Visit | None = relied[-1] if relied else issue.before.last_visit
    return day(last.on) if last else ""


# --- the blank ------------------------------------------------------------------------------------


def _blank(subject: Subject, office: Office) -> Sheet:
    ordered = subject.variant == "通知书"
    names: Named = {
        "编号": LINE,
        "企业": LINE * 2,
        "经营者": LINE,
        "地址": LINE * 2,
        "证照": "",
        "信用代码": "",
        "镇": office.settings.town,
        "机关": LINE * 2 if ordered else office.hall,
        "文书名称": f"限期____{'通知书' if ordered else '告知书'}",
        "文号": number(office.settings, office.today.year),
        "种类": LIMIT,
        "类别": LINE,
        "核查日期": DAY,
        "各情形": [],
        "情形待填": True,
        "各问题": [LINE * 5, LINE * 5],
        "各项": [LINE * 5] * 3,
        "标准": "",
        "合用": "",
        "依据": LINE * 3,
        "职权": LINE * 3,
        "期限": "____日（自然日／工作日）",
        "届满": DAY,
        "算法": "",
        "逾期取缔": False,
        "原期限": DAY,
        "事由": "",
        "须停产": False,
        "部门": LINE,
        "性质": "",
        "执法日期": DAY,
        "日期": DAY,
        "回证": receipt(None, None, None, office),
    }
    title = "通知书" if ordered else "告知书"
    template = ORDER if ordered else NOTICE
    return Sheet(template, f"（空白）{title}", title, office.today, names)
