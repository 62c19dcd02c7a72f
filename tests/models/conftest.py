"""An empty journal for each test, over one file: deriving its key costs more than a test does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.models.journal import Journal
from tests.models.journals import Clock


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """One for all: deriving its key costs more than a test does."""
    folder = tmp_path_factory.mktemp("journal")
    opened = Journal(folder / "j.sqlite", folder / "blobs", "11" * 32)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(file: Journal, clock: Clock) -> Journal:
    file._file.clock = clock
    with file._file.quietly():
        for table in ("entry_blob", "event_log", "entry"):
            file._file.execute(f"DELETE FROM {table}")
    return file
