"""One laboratory for each test process; skipped out loud where there is no compiler."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.crash.cases import Subject
from tests.crash.harness import Laboratory, laboratory, without_compiler


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    reason = without_compiler()
    if reason:
        pytest.skip(reason)
    memory = Path("/dev/shm")  # process death needs no real disk, and this one is faster
    place = memory if os.access(memory, os.W_OK) else tmp_path_factory.getbasetemp()
    temporary = TemporaryDirectory(prefix="swm-crash-", dir=place)
    with temporary as folder, laboratory(Path(folder)) as built:
        yield built


@pytest.fixture(scope="session")
def subjects(lab: Laboratory) -> dict[str, Subject]:
    """`two`: two existing files, where swm has never written. `create`: also a new file."""
    return {operation: Subject.prepare(lab, operation) for operation in ("two", "create")}
