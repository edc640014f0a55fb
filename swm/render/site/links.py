"""Where things stand in the site: the path of each page, from the site's top folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from swm.frozen import frozen
from swm.reports.site import Site
from swm.reports.values import Figure

HOME, FIRMS, VILLAGES, DEADLINES = "index.html", "firms.html", "villages.html", "deadlines.html"
PATROLS, PREMISES, NUMBERS, PLOT = "patrols.html", "premises.html", "numbers.html", "map.html"
REPORTS = "reports.html"


@frozen
class Links:
    """What the site holds, so that nothing leads nowhere."""

    firms: frozenset[str]
    villages: Mapping[str, str]
    """The page of each village."""
    figures: Mapping[str, str]
    """The page of each figure that has records to show."""
    premises: frozenset[str]
    patrols: Mapping[str, str]
    """The page and place of each patrol."""

    def thing(self, id: str) -> str:
        """Where an id leads: an enterprise, premises, a patrol; "" for what has no page."""
        if id in self.firms:
            return firm_page(id)
        if id in self.premises:
            return f"{PREMISES}#{id}"
        return self.patrols.get(id, "")

    def village(self, name: str, part: str = "") -> str:
        """The page of a village, or the part of it that lists a figure's records there."""
        page = self.villages.get(name, "")
        return f"{page}#{part}" if page and part else page


def links_of(site: Site) -> Links:
    """Every page that the site will have."""
    rows = [row.cells["村"] for row in site.month.village_rows]
    return Links(
        firms=frozenset(firm.id for firm in site.firms),
        villages={name: f"village/{n:02}.html" for n, name in enumerate(rows, start=1)},
        figures=_figure_pages(tuple(site.month.figures.values())),
        premises=frozenset(place.id for place in site.places),
        patrols={o.patrol: f"{outing_page(o.on)}#{o.patrol}" for o in site.outings if o.patrol},
    )


def _figure_pages(figures: Sequence[Figure]) -> dict[str, str]:
    return {
        figure.name: f"number/{place:03}.html"
        for place, figure in enumerate(figures, start=1)
        if figure.entries
    }


def firm_page(id: str) -> str:
    """An enterprise's own page."""
    return f"firm/{id}.html"


def outing_page(day: date) -> str:
    """The page of the outings of a month."""
    return f"patrol/{day:%Y-%m}.html"
