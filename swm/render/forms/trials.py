"""Each template of the forms filled three ways, to see whether an office's own one is in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from swm.domain.policy import Policy
from swm.domain.settings import Settings, Village
from swm.render.forms import Form
from swm.render.forms.values import Office, Sheet
from swm.render.specimens import ODD, VERSION


def form_specimens(form: Form, template: str, policy: Policy) -> dict[str, Sheet]:
    """Sheets of this template by what they are. `policy` is the one that is shipped: the invented
    records name its states and acts."""
    office = _office(policy)
    strange = replace(office, settings=replace(office.settings, town="俵&<口>镇"))
    return {
        "寻常": form.specimens(office)[template],
        "空白": form.blanks(office)[template],
        "怪字": form.odd(strange, ODD)[template],
    }


def _office(policy: Policy) -> Office:
    settings = Settings(
        ledger_id="specimen",
        town="俵口镇",
        county="宁河区",
        agency_code="俵整",
        opening_date=date(2026, 1, 1),
        villages=tuple(Village(name=name) for name in ("俵口村", "苇湾村", "鹭洲村")),
    )
    return Office(settings, policy, date(2026, 4, 20), VERSION, "swm 0.0.0")
