"""Builds the Word templates of the forms, one file each: their wording, reviewable.

    python templates/make_forms.py

The wording stands in `make_papers.py` and `make_records.py`. An office may instead copy a template
into its ledger's templates/ and edit it in Word or WPS; nothing here is needed to use it.
"""

from __future__ import annotations

from pathlib import Path

from formparts import NARROW, STYLES
from gbt9704 import build
from make_papers import PAPERS
from make_records import OFFICIAL, RECORDS

HERE = Path(__file__).parent
FORMS = {**PAPERS, **RECORDS}
TABLES = {"送达回证", *RECORDS} - OFFICIAL
"""Those that are tables to be filled in, with narrow margins."""


def make(name: str) -> bytes:
    """The template of that name, the same bytes each time."""
    return build(FORMS[name], name, STYLES, NARROW if name in TABLES else None)


if __name__ == "__main__":
    for each in FORMS:
        (HERE / f"{each}.docx").write_bytes(make(each))
