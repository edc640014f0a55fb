"""What a 送达 has to say, by its method; 送达 follows 民事诉讼法 (行政强制法 38, 行政处罚法 61)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from swm.domain.policy import Policy
from swm.domain.records import Service
from swm.errors import Missing, NotFound

LEFT, POSTED, ENTRUSTED, ANNOUNCED = "留置", "邮寄", "委托", "公告"
NOTICE = "公告送达"
"""The rule of 期限.yaml: after how many days a public notice is deemed served."""
_OF_METHOD = {
    "refusal": (LEFT, "拒签", "--refusal"),
    "tracking": (POSTED, "邮件号", "--tracking"),
    "sent_on": (POSTED, "寄出日期", "--sent-on"),
    "agent": (ENTRUSTED, "受托人", "--agent"),
    "announced_on": (ANNOUNCED, "公告日期", "--on"),
    "why": (ANNOUNCED, "公告理由", "--why"),
}
"""Fields that belong to one method: which, their key, their option."""


def deemed_on(announced: date, policy: Policy) -> tuple[date, str, tuple[str, ...]]:
    """The last day of a public notice, the arithmetic, warnings."""
    if all(rule.name != NOTICE for rule in policy.rules.rules):
        raise NotFound(f"制度/期限.yaml 没有规则“{NOTICE}”", "从附送的默认制度中补上，再公告送达")
    rule = policy.rule(NOTICE, announced)
    found = policy.calendar.deadline(announced, rule.days, rule.unit, rule.roll, "发布公告")
    return found.day, found.arithmetic, found.warnings


def service_faults(service: Service, policy: Policy) -> Iterator[Missing]:
    """Everything that the method asks for and is not there, or that does not go with it."""
    if service.method == LEFT and not service.witness:
        yield Missing("见证人", "留置送达", "加上 --witness 某某")
    if service.method == POSTED and not service.tracking:
        yield Missing("邮件号（挂号信、快递的单号）", "民事诉讼法91", "加上 --tracking 单号")
    if service.method == ENTRUSTED and not service.agent:
        yield Missing("受委托的单位或个人", "民事诉讼法91", "加上 --agent 单位")
    if service.method == ANNOUNCED and not service.why:
        text = "其他方式无法送达的情况（公告在用尽其他方式以后）"
        yield Missing(text, "民事诉讼法95", '加上 --why "两次上门无人，电话停机"')
    for attribute, (method, title, option) in _OF_METHOD.items():
        if getattr(service, attribute) is not None and service.method != method:
            yield Missing(
                f"{title}只用于{method}送达", "送达方式", f"去掉 {option}，或改用 --method {method}"
            )
    if service.sent_on is not None and service.sent_on > service.on:
        text = f"寄出日期 {service.sent_on} 晚于收件日期 {service.on}"
        yield Missing(text, "民事诉讼法91", "核对 --sent-on；--on 写收件的日期")
    if service.announced_on is not None and service.method == ANNOUNCED:
        day, arithmetic, _ = deemed_on(service.announced_on, policy)
        if day != service.on:
            text = f"公告送达的日期应为期满之日 {day}（{arithmetic}）"
            yield Missing(text, "民事诉讼法95", f"日期和公告日期一起更正：--set 日期={day}")
