"""Records as the forms need them: as they count today, with the standing around each."""

from __future__ import annotations

from collections.abc import Sequence

from swm.domain.corrections import corrected, in_force, mends
from swm.domain.fold import Standing, Step, fold
from swm.domain.policy import Policy
from swm.domain.records import Act, Enterprise, Record, Service, Visit
from swm.errors import NotFound


def steps_of(enterprise: Enterprise, policy: Policy) -> tuple[Step, ...]:
    """Every record that counts with the standing before and after it, by the days."""
    return fold(enterprise.records, policy)


def step_of(enterprise: Enterprise, number: int, policy: Policy) -> Step:
    """The step of record `number`. Raises `NotFound` where there is none that counts."""
    for step in steps_of(enterprise, policy):
        if step.record.number == number:
            return step
    gone = any(r.number == number for r in enterprise.records)
    what = "已撤销，或是更正、撤销的记录" if gone else "没有这条记录"
    raise NotFound(f"{enterprise.id} 第{number}条：{what}", f"各条记录：swm show {enterprise.id}")


def service_of(enterprise: Enterprise, act: Act) -> Service | None:
    """How the paper of an act was served, where that was recorded apart."""
    settled = mends(enterprise.records)
    found = [
        corrected(r, settled)
        for r in in_force(enterprise.records)
        if isinstance(r, Service) and r.of == act.number
    ]
    return found[-1] if found else None


def with_papers(steps: Sequence[Step]) -> list[Step]:
    """The steps whose act has a paper."""
    return [s for s in steps if isinstance(s.record, Act) and s.record.paper]


def visits_of(steps: Sequence[Step]) -> list[Visit]:
    """Every visit, by the days."""
    return [s.record for s in steps if isinstance(s.record, Visit)]


def number_list(records: Sequence[Record], what: str, id: str) -> str:
    """第3条、第7条: which records would do, for the hint of a refusal."""
    if not records:
        return f"{id} 还没有{what}"
    told = "、".join(f"第{r.number}条（{r.on}）" for r in records)
    return f"可用的{what}：{told}"


def now(steps: Sequence[Step]) -> Standing:
    """Where it stands after the last step."""
    return steps[-1].after if steps else Standing()
