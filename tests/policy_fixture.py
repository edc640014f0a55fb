"""The default rules, a small township and one enterprise, for tests of decisions."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from swm.domain import fields
from swm.domain.edits import Change
from swm.domain.policy import Policy
from swm.domain.policyfiles import PATHS, read_policy
from swm.domain.records import Enterprise, Owner, Premises, Registration, Remediation
from swm.domain.settings import Person, Settings, Village
from swm.store.yamltext import apply, dump, parse

R = TypeVar("R")

LEDGER = Path(__file__).parents[1] / "ledger"


@cache
def policy() -> Policy:
    """The rules that the project ships, read from `ledger/制度/`."""
    return read_policy({path: parse((LEDGER / path).read_bytes(), path) for path in PATHS})


def settings(**overrides: Any) -> Settings:
    """A township of four villages, one of them merged away at the end of 2025."""
    values: dict[str, Any] = {
        "ledger_id": "0f6c1d2e",
        "town": "俵口镇",
        "county": "宁河区",
        "opening_date": date(2026, 1, 1),
        "villages": (
            Village(name="俵口村", grids=("俵口村-1", "俵口村-2")),
            Village(name="兴家坨村"),
            Village(name="白庙村"),
            Village(name="小白庙村", until=date(2025, 12, 31), merged_into="白庙村"),
        ),
        "people": (
            Person(name="孟带班", post="副镇长"),
            Person(name="甲一"),
            Person(name="乙二", until=date(2026, 6, 30)),
        ),
    }
    return Settings(**{**values, **overrides})


def enterprise(**overrides: Any) -> Enterprise:
    """A firm found on patrol on 2026-01-05 and listed for closure."""
    found = Registration(
        number=1, type="登记", on=date(2026, 1, 5), source="巡查发现", category="关停取缔"
    )
    values: dict[str, Any] = {
        "id": "BK-0001",
        "name": "俵口兴旺金属加工厂",
        "village": "俵口村",
        "remediation": Remediation(category="关停取缔", state="待整治"),
        "records": (found,),
    }
    return Enterprise(**{**values, **overrides})


def premises(**overrides: Any) -> Premises:
    """A yard let by one landlord since nobody knows when."""
    values: dict[str, Any] = {
        "id": "CF-0001",
        "village": "俵口村",
        "address": "村东工业路3号院",
        "registered": date(2026, 1, 5),
        "owners": (Owner(name="房大有"),),
    }
    return Premises(**{**values, **overrides})


def played(change: Change, texts: dict[str, str] | None = None) -> dict[str, str]:
    """Every file's text after the change; `texts` are those that were there before."""
    after = dict(texts or {})
    for path, edits in change.files.items():
        after[path] = apply(after.get(path, ""), edits, path)
    return after


def written(record: Enterprise | Premises) -> dict[str, str]:
    """The file of an enterprise or of premises, as the house writes it."""
    return {record.path: dump(fields.fragment(record))}


def read_back(texts: dict[str, str], record: type[R]) -> R:
    """The only file of `texts`, typed again from its text."""
    ((path, text),) = texts.items()
    return fields.read(record, parse(text.encode(), path), path)
