"""A profile that another program has open, as it stands now: to be read, with nowhere to write to."""

from __future__ import annotations

from typing import NoReturn, cast

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.core.paths import Paths
from app.models.journal import Journal
from app.services.sharing import Reading, open_reading
from app.services.workspace import Workspace


class _NoJournal:
    """Who only reads enters nothing: every way to write is told who can."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def __getattr__(self, name: str) -> NoReturn:
        raise KnownError("store_locked", file=str(self._paths.store), pid="?")

    def close(self) -> None:
        return


class ReadingWorkspace(Workspace):
    """Closing it lets the copy go, and not the other program's files."""

    reading: Reading

    def close(self) -> None:
        self.leave_search()
        self.reading.close()


def read_workspace(paths: Paths, notices: NoticeBus, *, scratch: bool = False) -> ReadingWorkspace:
    """`scratch`: services that keep what they compute do so in the copy.

    Raises KnownError (store_missing, store_locked when the other program does not answer, store_older,
    key_missing, disk_full).
    """
    reading = open_reading(paths, scratch=scratch)
    journal = cast(Journal, _NoJournal(paths))
    made = ReadingWorkspace(paths, reading.settings, reading.store, journal, notices, reading.key)
    made.reading = reading
    return made
