"""The words that records may use where 制度/ says which there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from swm.domain.policy import Policy
from swm.domain.policyfiles import STANDARDS, WORKFLOW
from swm.domain.records import Act, Opening, Record, Registration
from swm.errors import Missing


def unknown_words(record: Record, policy: Policy) -> Iterator[Missing]:
    """Each word of a 登记, 期初 or 动作 that the rules do not know, with those they do."""
    flow, standards = policy.workflow, policy.standards
    categories = [c.name for c in flow.categories]
    if isinstance(record, Registration | Opening | Act):
        yield from _unknown((record.category,), categories, "类别", "--category", WORKFLOW)
    if isinstance(record, Opening):
        states = [s.name for s in flow.states]
        yield from _unknown((record.state,), states, "状态", "--state", WORKFLOW)
    if isinstance(record, Act):
        grounds = [g.code for g in standards.grounds]
        yield from _unknown(record.criteria, grounds, "取缔情形", "--criteria")
        yield from _unknown((record.method,), standards.methods, "完成方式", "--method")
        yield from _unknown((record.nature,), standards.natures, "执法性质", "--nature")
        yield from _unknown((record.outcome,), standards.outcomes, "执法结果", "--outcome")


def _unknown(
    words: Collection[str | None],
    known: Collection[str],
    what: str,
    option: str,
    where: str = STANDARDS,
) -> Iterator[Missing]:
    for word in words:
        if word is not None and word not in known:
            text = f"没有“{word}”这种{what}"
            yield Missing(text, where, f"改用 {option} " + "/".join(known))
