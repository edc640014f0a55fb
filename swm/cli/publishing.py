"""The public notice (公示): how its value and its files are made."""

from __future__ import annotations

from collections.abc import Callable

from swm.audit.publishing import notice_on
from swm.cli.call import Call
from swm.cli.reportperiods import chosen_period
from swm.errors import WrongUsage
from swm.render.templates import Own
from swm.reports.public import Public


def published(
    call: Call,
    when: str | None,
    at: str | None,
    audience: str,
    kind: str,
    number: str | None,
) -> Public:
    """The public notice as a value; it bears no number. Raises `WrongUsage`."""
    if number is not None:
        raise WrongUsage(f"{audience}不编文号", hint="去掉 --doc-no")
    return notice_on(call.ledger, call.facts(at), chosen_period(call, when, at, kind))


def _json(notice: Public, _: Own) -> bytes:
    from swm.render.public import render_json

    return render_json(notice)


def _html(notice: Public, own: Own) -> bytes:
    from swm.render.public import render_html
    from swm.render.templates import PUBLIC_HTML, find_page

    return render_html(notice, find_page(PUBLIC_HTML, own)).encode()


def _word(notice: Public, own: Own) -> bytes:
    from swm.render.public import render_word
    from swm.render.templates import PUBLIC_WORD, find

    return render_word(notice, find(PUBLIC_WORD, own))


WRITERS: dict[str, Callable[[Public, Own], bytes]] = {
    "docx": _word,
    "html": _html,
    "json": _json,
}
"""What each format is made by, from the notice and the office's own templates."""
