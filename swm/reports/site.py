"""The offline site as values: how the town stands on a day, and what each page lists.

The numbers are those of the month's report up to that day, by the same code. What only the
office may see is not in the value that is made for others: a template cannot show it by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from swm.domain.periods import Period
from swm.domain.policy import Policy
from swm.domain.reportrecords import Published, Report
from swm.domain.settings import Settings
from swm.frozen import frozen
from swm.reports import dues, figures, lists, monthly, outings, places, registers
from swm.reports.answers import Answers
from swm.reports.audiences import INTERNAL
from swm.reports.dues import Asked, Upcoming
from swm.reports.lists import Listed, Wanted
from swm.reports.outings import Outing
from swm.reports.places import Place, Signed
from swm.reports.public import UNDERWAY, Shown, result
from swm.reports.registers import Paper
from swm.reports.values import Monthly

AHEAD = 30
"""How many days ahead the page of deadlines looks."""
SOON = 7
COMPLAINTS = "举报、交办"
"""What falls due about complaints stays in the office."""


@frozen
class Spot:
    """An enterprise on the plot of positions: longitude and latitude in degrees (WGS-84 or as
    measured)."""

    firm: Listed
    longitude: float
    latitude: float


@frozen
class Site:
    """Everything but the enterprises' own files, for 内部 and 上报."""

    day: date
    """The day up to which everything is told, and by which deadlines are judged."""
    month: Monthly
    """The month's report up to that day."""
    firms: tuple[Listed, ...]
    open_states: frozenset[str]
    """The states in which something is still to be finished: their deadlines count."""
    done_states: frozenset[str]
    """The states of what is delisted."""
    initials: Mapping[str, str]
    """The pinyin initials of each enterprise's name, to be searched."""
    others: Mapping[str, tuple[Upcoming, ...]]
    """What else falls due within AHEAD days, by title."""
    outings: tuple[Outing, ...]
    places: tuple[Place, ...]
    letters: tuple[Signed, ...]
    papers: Mapping[str, tuple[Paper, ...]]
    """Each enterprise's papers."""
    reports: tuple[Report, ...]
    """The months issued for this audience, the latest first; 内部 sees all."""
    notices: tuple[Published, ...]
    """The public notices that went up, the latest first."""
    spots: tuple[Spot, ...]
    """Empty for all but 内部."""
    people: frozenset[str]
    """Whose names are veiled in free text; nobody's for 内部."""


@frozen
class PublicSite:
    """公示: listed enterprises, each with village, measure and result, and nothing else."""

    town: str
    county: str
    day: date
    version: str
    program: str
    firms: tuple[Shown, ...]
    villages: tuple[tuple[str, int, int], ...]
    """Each village that has any: how many, how many of them delisted."""


def site(
    facts: Answers,
    settings: Settings,
    policy: Policy,
    day: date,
    program: str,
    audience: str,
    reports: Iterable[Report] = (),
) -> Site:
    """The site of `audience` on that day.

    Raises `Unreadable` when a file was left out of the facts: a site with a hole is none.
    """
    inside = audience == INTERNAL
    reports = tuple(reports)
    month = monthly.monthly(
        facts, settings, policy, up_to(day, settings.cutoff), facts.commit, program, audience
    )
    firms = tuple(lists.listing(facts, Wanted(), day))
    return Site(
        day=day,
        month=month,
        firms=firms,
        open_states=frozenset(s.name for s in policy.workflow.states if s.open),
        done_states=frozenset(s.name for s in policy.workflow.states if s.delisted),
        initials=dict(map(tuple, facts.query("SELECT id, initials FROM enterprise"))),
        others=_others(facts, settings, policy, day, inside),
        outings=tuple(outings.outings(facts, day)),
        places=tuple(places.places(facts, day)),
        letters=tuple(places.letters(facts, day)),
        papers=_papers(facts),
        reports=_issued(reports, audience),
        notices=tuple(sorted(_notices(reports), key=lambda notice: notice.on, reverse=True)),
        spots=_spots(facts, firms) if inside else (),
        people=month.people,
    )


def public_site(
    facts: Answers, settings: Settings, policy: Policy, day: date, program: str
) -> PublicSite:
    """公示 on that day. 待核查, 不予列入 and 已核减 are not in 底数, so they never appear."""
    found = figures.figure(facts, "底数", up_to(day, settings.cutoff), policy)
    measures = {c.name: c.upward for c in policy.workflow.categories}
    roster = {name: place for place, name in enumerate(settings.village_names(day))}
    firms = sorted(
        (
            Shown(
                e.name,
                e.village,
                measures.get(e.category, e.category),
                result(e.state, policy),
            )
            for e in found.entries
        ),
        key=lambda firm: (roster.get(firm.village, len(roster)), firm.village, firm.name),
    )
    return PublicSite(
        town=settings.town,
        county=settings.county or "",
        day=day,
        version=facts.commit,
        program=program,
        firms=tuple(firms),
        villages=_by_village(firms),
    )


def up_to(day: date, cutoff: int | None) -> Period:
    """The month of that day, as far as the day."""
    whole = Period.month_of(day, cutoff)
    return whole if day == whole.end else Period.range(whole.start, day)


def _by_village(firms: Iterable[Shown]) -> tuple[tuple[str, int, int], ...]:
    found: dict[str, tuple[int, int]] = {}
    for firm in firms:
        total, done = found.get(firm.village, (0, 0))
        found[firm.village] = (total + 1, done + (firm.result != UNDERWAY))
    return tuple((village, *counts) for village, counts in found.items())


def _others(
    facts: Answers, settings: Settings, policy: Policy, day: date, inside: bool
) -> dict[str, tuple[Upcoming, ...]]:
    asked = Asked(facts, policy, settings, day, day + timedelta(days=AHEAD))
    found = dues.upcoming(asked)
    return {t: tuple(each) for t, each in found.items() if inside or t != COMPLAINTS}


def _papers(facts: Answers) -> dict[str, tuple[Paper, ...]]:
    found: dict[str, list[Paper]] = {}
    for paper in registers.papers(facts):
        found.setdefault(paper.id, []).append(paper)
    return {id: tuple(papers) for id, papers in found.items()}


def _issued(reports: Iterable[Report], audience: str) -> tuple[Report, ...]:
    """Those whose edition in force was made for the audience; the office sees all."""
    found = [
        report
        for report in reports
        if (last := report.latest) and audience in (INTERNAL, last.audience)
    ]
    return tuple(sorted(found, key=lambda report: report.code, reverse=True))


def _notices(reports: Iterable[Report]) -> Iterator[Published]:
    for report in reports:
        yield from report.published


def _spots(facts: Answers, firms: Iterable[Listed]) -> tuple[Spot, ...]:
    rows = facts.query("SELECT id, position FROM enterprise WHERE position IS NOT NULL")
    known = {row[0]: place for row in rows if (place := _degrees(row[1]))}
    return tuple(Spot(firm, *known[firm.id]) for firm in firms if firm.id in known)


def _degrees(position: str) -> tuple[float, float] | None:
    """(longitude, latitude); None for what is no place on earth."""
    try:
        longitude, latitude = (float(part) for part in position.split(","))
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None
