"""The kinds of file that a ledger holds: where each lies, how it is numbered, what it reads as.

A file's path follows from its id and never changes. The class of a kind is loaded when a file of
that kind is first met: a command that visits an enterprise has no use for complaints.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from swm.domain.filed import Filed
    from swm.domain.records import Enterprise, Premises

    AnyFile: TypeAlias = Enterprise | Premises | Filed

_HUNDREDS = re.compile(r"(?P<folder>[A-Z]{1,6}-\d{2,})\d{2}")
_YEARLY = re.compile(r"[A-Z]{2}-(?P<year>\d{4})(?:-(?:Q\d|\d+))?")
_BY_PERIOD = re.compile(r"[A-Z]{2}-(?P<year>\d{4})-(?P<part>\d+)", re.ASCII)


class Kind(NamedTuple):
    """One kind of file. `prefix` is what its ids begin with; empty for the town's own prefix."""

    title: str
    prefix: str
    module: str
    record: str
    yearly: bool = True

    @property
    def folder(self) -> str:
        """The folder below the top of the ledger, with its slash."""
        return f"{self.title}/"

    def path(self, id: str) -> str:
        """Where the file of that id lies: a folder a hundred, or a folder a year."""
        found = _YEARLY.fullmatch(id) if self.yearly else _HUNDREDS.fullmatch(id)
        shelf = (found["year"] if self.yearly else found["folder"]) if found else "?"
        return f"{self.folder}{shelf}/{id}.yaml"

    def id_of(self, path: str) -> str | None:
        """The id that a path of this kind stands for; None for any other path."""
        id = path.rpartition("/")[2].removesuffix(".yaml")
        return id if path.startswith(self.folder) and path.count("/") == 2 else None

    def holds(self, path: str) -> bool:
        """Whether a path belongs to this kind."""
        return path.startswith(self.folder)

    def load(self) -> type[AnyFile]:
        """The class that a file of this kind is read as."""
        found: type[AnyFile] = getattr(import_module(f"swm.domain.{self.module}"), self.record)
        return found


class PeriodKind(Kind):
    """A kind whose files are named by the period alone: YB-2026-10 lies in 月报/2026/10.yaml.

    Other files may lie beside them and are of no kind.
    """

    def path(self, id: str) -> str:
        """Where the file of that id lies: a folder a year."""
        found = _BY_PERIOD.fullmatch(id)
        return f"{self.folder}{found['year']}/{found['part']}.yaml" if found else f"{self.folder}?"

    def id_of(self, path: str) -> str | None:
        """The id that a path of this kind stands for; None for any other path."""
        year, _, part = path.removeprefix(self.folder).removesuffix(".yaml").partition("/")
        id = f"{self.prefix}-{year}-{part}"
        return id if self.path(id) == path else None

    def holds(self, path: str) -> bool:
        """Whether a path belongs to this kind."""
        return self.id_of(path) is not None


ENTERPRISE = Kind("企业", "", "records", "Enterprise", yearly=False)
PREMISES = Kind("厂房", "CF", "records", "Premises", yearly=False)
PATROL = Kind("巡查", "XC", "patrolrecords", "Patrol")
COMPLAINT = Kind("举报", "JB", "complaintrecords", "Complaint")
ADMISSION = Kind("准入", "ZR", "admissionrecords", "Admission")
ACTIVITY = Kind("活动", "HD", "activityrecords", "Activity")
SCORE = Kind("考核", "KH", "scorerecords", "Score")
DUTY = Kind("值班", "ZB", "dutyrecords", "Duty")
REPORT = PeriodKind("月报", "YB", "reportrecords", "Report")

KINDS = (ENTERPRISE, PREMISES, PATROL, COMPLAINT, ADMISSION, ACTIVITY, SCORE, DUTY, REPORT)
"""Every kind of file whose contents are records."""


TEXTS = "-文字.yaml"
"""How the file ends that holds what people write into a report (`domain.reporttexts`)."""


def kind_at(path: str) -> Kind | None:
    """The kind of the file at that path; None for settings, rules, attachments and strangers."""
    return next((kind for kind in KINDS if kind.holds(path)), None)


def kind_of(id: str) -> Kind:
    """The kind that an id is of, by its prefix; any other prefix is the town's own."""
    prefix = id.partition("-")[0]
    return next((kind for kind in KINDS if kind.prefix == prefix), ENTERPRISE)


def path_of(id: str) -> str:
    """Where the file of that id lies."""
    return kind_of(id).path(id)
