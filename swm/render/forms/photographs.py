"""The site photographs of a dossier, each with the day and the record that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from swm.domain.fold import Step
from swm.domain.records import Visit
from swm.errors import Unreadable
from swm.render.forms.blanks import day
from swm.render.forms.values import Named, Office, Subject
from swm.render.wordphoto import Photograph, photograph

SHOWN = 12
"""How much of a photograph's SHA-256 is shown."""


def photographs(
    subject: Subject, steps: Sequence[Step], office: Office
) -> tuple[list[Named], tuple[str, ...]]:
    """Every photograph that a visit names, and what there is to say about missing ones."""
    found: list[Named] = []
    notices: list[str] = []
    for step in steps:
        visit = step.record
        if not isinstance(visit, Visit):
            continue
        for sha in visit.photos:
            taken = _photograph(sha, subject, f"第{visit.number}条{visit.kind}的现场照片")
            if isinstance(taken, str):
                notices.append(f"第{visit.number}条的照片 {sha[:SHOWN]}… {taken}，档案里已注明")
            found.append(_named(len(found) + 1, visit, sha, taken))
    return found, tuple(notices)


def _photograph(sha: str, subject: Subject, words: str) -> Photograph | str:
    """The photograph, or why it cannot be shown."""
    data = subject.photographs.get(sha)
    if data is None:
        return "不在附件里"
    try:
        return photograph(data, words)
    except Unreadable:
        return "已损坏，打不开"


def _named(place: int, visit: Visit, sha: str, taken: Photograph | str) -> Named:
    broken = taken if isinstance(taken, str) else ""
    return {
        "图": "" if broken else taken,
        "缺": f"（照片 {sha[:SHOWN]}… {broken}）" if broken else "",
        "说明": f"照片{place}　{day(visit.on)}　第{visit.number}条　{visit.kind}：{visit.result}",
    }
