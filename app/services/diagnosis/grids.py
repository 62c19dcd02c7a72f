"""The cells of the wells looked at last, so that new readings cost only their own cells. Late or corrected
ones start anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.core.jobs import Job
from app.models.readings import Hourly, Readings
from app.models.store import cells as cell_store
from app.models.store.database import Database

KEPT_WELLS = 6
"""About 12 MB each: a quarter of a year, eighteen sensors."""


@dataclass(frozen=True)
class _Kept:
    step_us: int
    from_us: int
    to_us: int
    cells: dict[int, Hourly]


class GridKeeper:
    """Thread-safe. `cells` answers as `cells.cells` of the store does."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def cells(
        self, store: Database, well: int, from_us: int, to_us: int, step_us: int, job: Job | None = None
    ) -> dict[int, Hourly]:
        with self._lock:
            kept = self._kept.get(well)
        first = from_us // step_us * step_us
        if kept is None or kept.step_us != step_us or kept.from_us > first or kept.to_us > to_us:
            cells = cell_store.cells(store, well, first, to_us, step_us, job)
        else:
            # The last cell kept may have been half full.
            cut = kept.to_us // step_us * step_us
            new = cell_store.cells(store, well, cut, to_us, step_us, job)
            cells = _joined(kept.cells, new, first, cut)
        with self._lock:
            self._kept[well] = _Kept(step_us, first, to_us, cells)
            self._kept.move_to_end(well)
            while len(self._kept) > KEPT_WELLS:
                self._kept.popitem(last=False)
        return cells

    def written(self, readings: Readings, into: Mapping[int, int] | None = None) -> None:
        """Rows went into the store: a well that got any before what is kept of it is forgotten. `into`:
        merged wells and those that show their readings.
        """
        with self._lock:
            for well in list(self._kept):
                wells = [well, *(one for one, shown in (into or {}).items() if shown == well)]
                times = readings.time_us[np.isin(readings.well, wells)]
                if len(times) and int(times.min()) <= self._kept[well].to_us:
                    del self._kept[well]

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


def _joined(old: dict[int, Hourly], new: dict[int, Hourly], first: int, cut: int) -> dict[int, Hourly]:
    """Old cells of [first, cut), then the new ones."""
    result = {}
    for sensor in old.keys() | new.keys():
        parts = []
        if sensor in old:
            inside = (old[sensor].time_us >= first) & (old[sensor].time_us < cut)
            parts.append(Hourly(*(getattr(old[sensor], name)[inside] for name in _COLUMNS)))
        if sensor in new:
            parts.append(new[sensor])
        result[sensor] = Hourly(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS)
        )
    return result


_COLUMNS = ("time_us", "low", "high", "mean", "good", "bad", "marks")
