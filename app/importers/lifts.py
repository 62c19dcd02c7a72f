"""Lifts that a list of wells, a passport or a report says."""

from __future__ import annotations

import numpy as np

from app.importers.rows import Rows


def said(rows: Rows) -> tuple[tuple[str, str], ...]:
    """(well, lift) of the wells of which a row says one: of several, what the latest says."""
    lifts = rows.values.get("lift")
    if lifts is None:
        return ()
    told: dict[str, str] = {}
    for row in np.argsort(rows.time_us, kind="stable").tolist():
        if lifts[row]:
            told[str(rows.well[row])] = str(lifts[row])
    return tuple(told.items())
