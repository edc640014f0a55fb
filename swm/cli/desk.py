"""`swm` alone: what waits today, most urgent first, each line with its command."""

from __future__ import annotations

import sys

from swm import __version__
from swm.cli.call import Call
from swm.errors import Unreadable
from swm.render.desk import desk_document, desk_page
from swm.reports.desk import desk


def show_version(call: Call) -> None:
    """The program's version, and what it runs on."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    call.screen.result([f"swm {__version__}（Python {python}）"])


def show_desk(call: Call) -> None:
    """The desk; files that cannot be read are named, and the exit code is then 5."""
    facts = call.facts()
    snapshot = call.ledger.snapshot(facts.commit)
    found = desk(facts, snapshot.policy, snapshot.settings, call.today)
    if call.json:
        call.screen.document({**desk_document(found), "台账版本": facts.commit})
    else:
        call.screen.result(desk_page(found, snapshot.settings.town, call.screen))
    if found.unreadable:
        raise Unreadable("有文件读不了，没有算在里面", found.unreadable, "检查：swm check")
