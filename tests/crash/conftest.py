"""One laboratory for each test process; skipped out loud where there is no compiler."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.cases import Subject
from tests.crash.harness import Laboratory, laboratory, without_compiler


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    reason = without_compiler()
    if reason:
        pytest.skip(reason)
    with laboratory(tmp_path_factory.mktemp("crash")) as built:
        yield built


@pytest.fixture(scope="session")
def subjects(lab: Laboratory) -> dict[str, Subject]:
    """`two`: two existing files, where swm has never written. `create`: also a new file."""
    return {operation: Subject.prepare(lab, operation) for operation in ("two", "create")}
