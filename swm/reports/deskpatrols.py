"""The desk's lines about patrols: whether the police came, and who is on duty tonight."""

from __future__ import annotations

from collections.abc import Iterator

from swm.errors import NotFound
from swm.reports.desk import Case, Line
from swm.reports.figures import as_day

ARRIVALS, TONIGHT = "派出所到场未记", "今晚值班"
RULE = "派出所到场补记"

_CALLED = """
SELECT e.id, e.name, e.village, v.number, v.kind, v.on_day, v.police_at
FROM visit v JOIN enterprise e ON e.id = v.id
WHERE v.unlawful = 1 AND v.police_at IS NOT NULL AND v.police_came IS NULL
  AND v.on_day >= :since AND v.on_day <= :today
"""

_TONIGHT = "SELECT leader, team FROM duty WHERE on_day = :today"


def arrivals(case: Case) -> Iterator[Line]:
    """The police were called and nobody noted when they came; after the rule's days it rests."""
    try:
        since = case.back(RULE)
    except NotFound:
        text = f"制度/期限.yaml 没有“{RULE}”，补上以后才能提示派出所到场时间"
        if case.rows(_CALLED, since=""):
            yield Line(ARRIVALS, "", "", "", text, None, "swm policy")
        return
    for row in case.rows(_CALLED, since=since):
        text = (
            f"第{row['number']}条{row['kind']}（{row['on_day']}）"
            f"{row['police_at'][11:]}通知了派出所，没有记到场的时间"
        )
        command = (
            f"swm correct {row['id']} {row['number']} --why 补记"
            f' --set "派出所到场={row["on_day"]} 时刻"'
        )
        on = as_day(row["on_day"])
        yield Line(ARRIVALS, row["id"], row["name"], row["village"], text, on, command)


def tonight(case: Case) -> Iterator[Line]:
    """Who leads tonight, where a roster says so."""
    for row in case.rows(_TONIGHT):
        team = f"，组员 {row['team']}" if row["team"] else ""
        text = f"带班领导 {row['leader']}{team}"
        yield Line(TONIGHT, "", "", "", text, None, "swm patrol route")
