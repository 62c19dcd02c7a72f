"""Journals of thousands of runs: the program's own, in memory and without a cipher. What the disk and the key
do to them is the business of `tests/faults/power` and of the journal's own tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import apsw
import pytest

from app.models.journal import Journal
from tests.faults.simulated.world import BEGUN


class _InMemory(apsw.Connection):
    def __init__(self, _: str) -> None:
        super().__init__(":memory:")

    def pragma(self, name: str, *value: Any) -> Any:
        """A store in memory takes no key."""
        return None if name == "key" else super().pragma(name, *value)


def opened(folder: Path, laptops: int = 2) -> list[Journal]:
    """Used by one run after the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apsw, "Connection", _InMemory)
        return [_opened(folder, number) for number in range(laptops)]


def _opened(folder: Path, number: int) -> Journal:
    path = folder / f"{number}.sqlite"
    path.touch()
    return Journal(path, folder / f"{number}.blobs", f"{number}1" * 32, lambda: BEGUN)


def content(journal: Journal) -> bytes:
    return journal._file._connection.serialize("main")


def put(journal: Journal, content: bytes) -> None:
    journal._file._connection.deserialize("main", content)
    with journal._file.quietly():
        """Its counts are told anew."""


def emptied(journals: list[Journal]) -> list[Journal]:
    for journal in journals:
        with journal._file.quietly():
            for table in ("entry_blob", "event_log", "entry"):
                journal._file.execute(f"DELETE FROM {table}")
    return journals
