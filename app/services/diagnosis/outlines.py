"""The outlines of all cards of a cache: what lacks one gets it, all are read once and kept in memory."""

from __future__ import annotations

import threading

import numpy as np

from app.analysis.cards.alike import MADE_BY, SIZE, outline_of
from app.core.jobs import Job
from app.models.store import outlines
from app.models.store.database import Database
from app.models.store.outlines import Rows

AT_ONCE = 2_000


class OutlineKeeper:
    """Thread-safe; one cache."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[list[str], Rows] | None = None

    def rows(self, store: Database, job: Job) -> tuple[list[str], Rows]:
        """Names and rows (cards, 48) of all that were there when it was looked; one that is gone since is
        found by nobody.
        """
        with self._lock:
            if _made(store, job) or self._kept is None:
                self._kept = outlines.everything(store, MADE_BY, job)
            return self._kept


def _made(store: Database, job: Job) -> int:
    none = [0.0] * SIZE  # of a card that is no stroke: it is near to nothing that is one
    made = 0
    while missing := outlines.without(store, MADE_BY, AT_ONCE):
        job.check()
        rows = []
        for name, position, load in missing:
            row = outline_of(np.array(position, float), np.array(load, float))
            rows.append((name, none if row is None else row.tolist()))
        outlines.put(store, MADE_BY, rows)
        made += len(rows)
        job.report(made, None, "job.alike")
    return made
