"""告知书 and 通知书: the paper of an act, or a draft of the one that comes next (方案三).

Only a body that 制度/职权.yaml names for the matter may order (责令). Everybody else's paper is a
告知书, filled into a template in which the words 责令、关闭、强制 do not occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from swm.domain.guards.always import ORDERING_WORDS
from swm.domain.policy import Action, Policy
from swm.domain.records import Act, Enterprise, Visit
from swm.errors import Refused
from swm.render.forms.blanks import DAY, LINE, clauses, day, ended, gap, named, number
from swm.render.forms.issues import CONVERSION, LIMIT, Issue, issue_of, told_by
from swm.render.forms.records import service_of, steps_of, visits_of
from swm.render.forms.services import receipt
from swm.render.forms.values import Named, Office, Sheet, Subject
from swm.render.whereabouts import place_of

NOTICE, ORDER = "告知书.docx", "责令通知书.docx"
CHECK, SECOND_CHECK = "核查", "复查"
CALLED = {"日常": "巡查", "村级排查": "排查", "回头看": "“回头看”"}
"""What a visit is called in a paper, where that is another word than its kind."""


def fill(subject: Subject, office: Office) -> Sheet:
    """The paper of the record named, of the one that waits for service, or the next one's draft.

    Raises `Refused` where there is none, or where its name orders what its issuer may not order.
    """
    if subject.enterprise is None:
        return _blank(subject, office)
    issue, notices = issue_of(subject, office)
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
        **_addressee(issue.enterprise, office, act.on),
        **_seen(issue, office),
        "镇": office.settings.town,
        "机关": issue.paper.issuer or office.hall,
        "文书名称": issue.paper.name,
        "文号": issue.paper.number or number(office.settings, act.on.year, issue.paper.issuer),
        "种类": told_by(act) or LIMIT,
        "类别": named_category,
        "各情形": [ended(policy.ground(code).text) for code in act.criteria],
        "情形待填": issue.drafted and not act.criteria and _needs_ground(issue.row),
        "各问题": [ended(office.veil.text(text)) for text in issue.before.problems],
        "各项": _items(enterprise, standard),
        "标准": standard.name if standard and standard.items else "",
        "合用": named(enterprise.shared_supply),
        "依据": clauses(policy, _clause(act, policy), act.on) or LINE,
        "职权": clauses(policy, issue.power.basis, act.on) if issue.power else "",
        "期限": issue.limit.words,
        "届满": day(issue.limit.day),
        "算法": issue.limit.arithmetic,
        "送达后": issue.limit.once_served,
        "逾期取缔": _converts(act.after, policy),
        "原期限": day(issue.before.deadline),
        "事由": office.veil.text(act.reason) if act.reason else "",
        "须停产": policy.state(act.after).must_stop,
        "部门": named(act.departments, LINE),
        "性质": act.nature or "",
        "执法日期": day(act.on),
        "日期": DAY if issue.drafted else day(issue.paper.dated or act.on),
    }


def _clause(act: Act, policy: Policy) -> str | None:
    """The clauses that the act rests on: a lapse turns into 关停取缔 by the clause of its own
    category, not by those of both."""
    if act.action != CONVERSION or not act.criteria:
        return act.clause
    return "、".join(dict.fromkeys(policy.ground(code).clause for code in act.criteria))


def _addressee(enterprise: Enterprise, office: Office, on: date) -> Named:
    return {
        "编号": enterprise.id,
        "企业": enterprise.name,
        "经营者": office.veil.person(enterprise.operator),
        "地址": gap(
            office.veil.text(place_of(enterprise.village, enterprise.address, office.settings, on))
        ),
        "证照": enterprise.licence or "",
        "信用代码": enterprise.uscc or "",
    }


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


def _seen(issue: Issue, office: Office) -> Named:
    """The visit that the paper rests on: its day and what kind it was.

    A 核查 or 复查 comes before any other visit; a lapse is shown by a 复查 after the deadline alone.
    A draft that has none leaves the day open.
    """
    visits = _relied_on(issue, office)
    checks = [v for v in visits if v.kind in (CHECK, SECOND_CHECK)]
    if found := (checks or visits)[-1:]:
        return {"核查日期": day(found[0].on), "核查方式": CALLED.get(found[0].kind, found[0].kind)}
    kind = SECOND_CHECK if issue.act.action == CONVERSION else CHECK
    return {"核查日期": DAY if issue.drafted else "", "核查方式": kind}


def _relied_on(issue: Issue, office: Office) -> list[Visit]:
    """The visits that the act names, else those of its round that showed something, else those
    by which the round began (回潮)."""
    every = visits_of(steps_of(issue.enterprise, office.policy))
    before, last = issue.before, issue.before.last_act
    if relied := [v for v in every if v.number in issue.act.relied]:
        return relied
    if issue.act.action == CONVERSION:
        late = before.deadline or date.max
        return [v for v in before.visits if v.kind == SECOND_CHECK and v.on > late]
    seen = [v for v in before.visits if v.kind in (CHECK, SECOND_CHECK) or _shows(v)]
    return seen or [v for v in every if last and v.number in last.relied]


def _shows(visit: Visit) -> bool:
    return visit.producing or bool(visit.problems)


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
        "核查方式": CHECK,
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
        "送达后": False,
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
