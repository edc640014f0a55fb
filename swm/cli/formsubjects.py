"""What a form is filled from, read from one commit: by the id that the clerk typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from swm.cli import parsing, selection
from swm.cli.call import Call
from swm.domain.contents import ATTACHMENTS
from swm.domain.filed import Filed
from swm.domain.kinds import ADMISSION, COMPLAINT, PATROL, PREMISES, SCORE, Kind
from swm.domain.periods import parse_period
from swm.domain.records import Enterprise, Premises, Visit, enterprise_path
from swm.domain.scorerecords import score_id
from swm.errors import NotFound, WrongUsage
from swm.render import forms
from swm.render.forms import Form
from swm.render.forms.values import Subject

if TYPE_CHECKING:
    from swm.store.facts import Facts
    from swm.store.snapshot import Snapshot

_ID = re.compile(r"(?P<prefix>[A-Za-z]{1,6})-\d[\dQq-]*")
_LETTER = "BZ"
_NUMBER = re.compile(r"第?\d+条?")
_TENANCIES = """
SELECT premises FROM tenant WHERE name IN (:id, :name) ORDER BY since, premises
"""
_FILES = {forms.PATROL: PATROL, forms.COMPLAINT: COMPLAINT, forms.ADMISSION: ADMISSION}
"""Sources that are files of their own, numbered year by year."""


class Reader:
    """Reads the subject of a form from one commit."""

    def __init__(self, call: Call, snapshot: Snapshot, facts: Facts, form: Form) -> None:
        self.call, self.snapshot, self.facts, self.form = call, snapshot, facts, form

    def subject(self, words: Sequence[str]) -> Subject:
        """What the words after the form's name mean. Raises `NotFound`, `Ambiguous`, `WrongUsage`."""
        typed, number = self._numbered(list(words))
        source, text = self._source(typed), " ".join(typed).strip()
        if number is not None and source not in (forms.ENTERPRISE, forms.PREMISES):
            raise WrongUsage(f"{self.form.name}不写第几条", hint=f"swm form {self.form.example}")
        if source == _LETTER:
            return self._of_letter(text.upper())
        if source == forms.PREMISES:
            return self._of_premises(selection.one_premises(self.call, typed), number)
        if source == forms.SCORING:
            return self._of_period(text)
        if source in _FILES:
            return self._of_file(_FILES[source], text)
        return self._of_enterprise(selection.one(self.call, typed), number)

    def _numbered(self, words: list[str]) -> tuple[list[str], int | None]:
        """The last word as the number of a record, where the form takes one and more is said."""
        if self.form.record and len(words) > 1 and _NUMBER.fullmatch(words[-1]):
            return words[:-1], parsing.read("第几条", words[-1], parsing.number)
        return words, None

    def _source(self, typed: Sequence[str]) -> str:
        """What is meant: by the id's prefix; any other text is of the form's first source."""
        named = _ID.fullmatch(" ".join(typed).strip())
        prefix = named["prefix"].upper() if named else ""
        by_prefix = {kind.prefix: source for source, kind in _FILES.items()}
        by_prefix |= {PREMISES.prefix: forms.PREMISES, SCORE.prefix: forms.SCORING}
        source = by_prefix.get(prefix, forms.ENTERPRISE) if named else self.form.sources[0]
        if prefix == _LETTER and forms.PREMISES in self.form.sources:
            return _LETTER
        if source not in self.form.sources:
            hint = f"swm form {self.form.example}"
            raise WrongUsage(f"{self.form.name}不能按{source}填写", hint=hint)
        return source

    # --- each source ------------------------------------------------------------------------

    def _of_enterprise(self, id: str, number: int | None) -> Subject:
        found = self.snapshot.enterprise(id)
        rows = self.facts.query(_TENANCIES, {"id": id, "name": found.name})
        named = [row[0] for row in rows] + ([found.premises] if found.premises else [])
        premises = tuple(
            self.snapshot.premises(each)
            for each in dict.fromkeys(named)
            if self.snapshot.text(PREMISES.path(each)) is not None
        )
        subject = Subject(enterprise=found, premises=premises, number=number)
        subject = replace(subject, others=self._tenants(premises))
        if self.form.name == "一企一档":
            subject = replace(subject, photographs=self._photographs(found))
        if self.form.sources[0] == forms.PREMISES:
            return self._its_premises(subject, id)
        return subject

    def _its_premises(self, subject: Subject, id: str) -> Subject:
        """A form about premises that was asked for by the enterprise in them."""
        if not subject.premises:
            raise NotFound(f"{id} 没有登记厂房", f"登记厂房：swm edit {id} --set 厂房=CF-0001")
        return replace(subject, enterprise=None, premises=subject.premises[-1:])

    def _of_premises(self, id: str, number: int | None) -> Subject:
        found = self.snapshot.premises(id)
        return Subject(premises=(found,), number=number, others=self._tenants([found]))

    def _of_letter(self, number: str) -> Subject:
        rows = self.facts.query(
            "SELECT DISTINCT premises FROM letter WHERE number = :number ORDER BY premises",
            {"number": number},
        )
        premises = tuple(self.snapshot.premises(row[0]) for row in rows)
        if not premises:
            raise NotFound(f"没有编号为 {number} 的保证书", "查看全部：swm letter list")
        return Subject(premises=premises, letter=number, others=self._tenants(premises))

    def _of_period(self, text: str) -> Subject:
        code = text.upper().removeprefix(f"{SCORE.prefix}-")
        cutoff = self.snapshot.settings.cutoff
        period = parsing.read("期间", code, lambda typed: parse_period(typed, cutoff))
        id = score_id(period.code)
        if self.snapshot.text(SCORE.path(id)) is None:
            raise NotFound(
                f"{period.title}的考核结果没有公布过", f"公布：swm score {period.code} --announce"
            )
        return Subject(file=self._filed(id, SCORE))

    def _of_file(self, kind: Kind, text: str) -> Subject:
        id = parsing.read("编号", text, selection.filed(self.call, kind))
        file = self._filed(id, kind)
        return Subject(file=file, others=self._enterprises(_named_in(file)))

    def _filed(self, id: str, kind: Kind) -> Filed:
        loaded = kind.load()
        assert issubclass(loaded, Filed)
        return self.snapshot.filed(loaded, id)

    # --- what goes with it --------------------------------------------------------------------

    def _tenants(self, premises: Iterable[Premises]) -> dict[str, Enterprise]:
        return self._enterprises(t.name for each in premises for t in each.tenants)

    def _enterprises(self, ids: Iterable[str]) -> dict[str, Enterprise]:
        """Those of the ids that are enterprises of the ledger."""
        wanted = [id for id in dict.fromkeys(ids) if _ID.fullmatch(id)]
        there = self.snapshot.texts(enterprise_path(id) for id in wanted)
        return {id: self.snapshot.enterprise(id) for id in wanted if enterprise_path(id) in there}

    def _photographs(self, enterprise: Enterprise) -> dict[str, bytes]:
        """The photographs that its visits name, as far as they are in the commit."""
        wanted = {sha for r in enterprise.records if isinstance(r, Visit) for sha in r.photos}
        if not wanted:
            return {}
        places = {
            name.rpartition("/")[2].partition(".")[0]: name
            for name in self.snapshot.paths
            if name.startswith(ATTACHMENTS)
        }
        texts = self.snapshot.texts(places[sha] for sha in sorted(wanted) if sha in places)
        return {sha: texts[places[sha]] for sha in wanted if places.get(sha) in texts}


def _named_in(file: Filed) -> list[str]:
    """The enterprises that a patrol called at, or that a complaint is about."""
    from swm.domain.complaintrecords import Complaint
    from swm.domain.patrolrecords import Patrol

    if file.withdrawn:
        return []
    if isinstance(file, Patrol):
        return [call.enterprise for call in file.outing.calls]
    return list(file.about) if isinstance(file, Complaint) else []
