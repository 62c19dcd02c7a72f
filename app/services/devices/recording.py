"""What a device says, continuously into the store: gathered as fast as it comes, written in one import every
few minutes and at the end.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.core.clock import to_us
from app.core.errors import KnownError
from app.devices.live import Live
from app.devices.profile import Profile
from app.models.wells import Well
from app.services.devices.storing import Table, store
from app.services.workspace import Workspace

EVERY_S = 300.0
"""What a crash can take at most; a button writes at once."""


@dataclass(frozen=True)
class Saved:
    """Readings that are in the journal and the store, those that wait, and until when they are saved [µs]."""

    readings: int = 0
    waiting: int = 0
    until_us: int | None = None


class Recorder:
    """`take` from the thread that reads the line, `flush` from one that may write."""

    def __init__(self, workspace: Workspace, well: Well, profile: Profile, every_s: float = EVERY_S) -> None:
        self._workspace, self.well, self._profile, self._every_s = workspace, well, profile, every_s
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._waiting: list[tuple[int, str, float]] = []
        self._saved = 0
        self._until_us: int | None = None

    @property
    def saved(self) -> Saved:
        with self._lock:
            return Saved(self._saved, len(self._waiting), self._until_us)

    def take(self, live: Iterable[Live]) -> None:
        """Of what has a sensor and a value."""
        new = [(one.at_us, one.register.sensor, one.si) for one in live if one.register.sensor and one.there]
        with self._lock:
            self._waiting += new

    @property
    def due(self) -> bool:
        """Whether what waits is old enough to be written, also where the line has fallen silent since."""
        now_us = to_us(self._workspace.clock())
        with self._lock:
            return bool(self._waiting) and now_us - self._waiting[0][0] >= self._every_s * 1e6

    def heard(self, live: Iterable[Live]) -> KnownError | None:
        """Taken, and written where that is due: why it could not be."""
        self.take(live)
        return self.flushed() if self.due else None

    def flushed(self) -> KnownError | None:
        """Why it could not be written: it waits then, and is tried again."""
        try:
            self.flush()
        except KnownError as error:
            return error
        return None

    def flush(self) -> None:
        """What cannot be written keeps waiting. Raises KnownError."""
        with self._writing:
            with self._lock:
                taken, self._waiting = self._waiting, []
            if not taken:
                return
            try:
                store(self._workspace, self.well, self._profile, table_of(taken))
            except BaseException:
                with self._lock:
                    self._waiting = taken + self._waiting
                raise
            with self._lock:
                self._saved += len(taken)
                self._until_us = max(at_us for at_us, _, _ in taken)


def table_of(readings: list[tuple[int, str, float]]) -> Table:
    """(moment, sensor, value) as rows of moments."""
    time_us = np.array(sorted({at_us for at_us, _, _ in readings}), np.int64)
    values = {sensor: np.full(len(time_us), np.nan) for _, sensor, _ in readings}
    row = {at_us: index for index, at_us in enumerate(time_us.tolist())}
    for at_us, sensor, value in readings:
        values[sensor][row[at_us]] = value
    return Table(time_us, values)
