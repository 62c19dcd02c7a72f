"""`НН2Б-44` in a passport without a plunger: its size stands in the pump's name."""

from __future__ import annotations

import numpy as np

from app.importers.regimes import leaves_equipment
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.models.relations import NAMES, plunger_named

FIELD = "plunger_diameter_m"


def told(reading: SheetReading, found: Rows) -> None:
    """Where no cell says it itself, and said with the name that it was taken from."""
    if reading.kind.target(FIELD) is None or not reading.asks or leaves_equipment(reading.plan):
        return
    for key in NAMES:
        index = reading.plan.column_of(key)
        if key not in found.values or index is None:
            continue
        names = [str(name or "") for name in found.values[key].tolist()]
        named = np.array([plunger_named(name) or np.nan for name in names])
        known = found.values.get(FIELD, np.full(len(named), np.nan))
        new = np.isfinite(named) & ~np.isfinite(known) & reading.keep
        if not new.any():
            continue
        found.values[FIELD] = np.where(new, named, known)
        found.shown[FIELD] = 1000 * found.values[FIELD]
        first = int(np.flatnonzero(new)[0])
        lines, column = reading.line[new].tolist(), reading.plan.columns[index].header
        about = {"value": names[first], "size": f"{1000 * named[first]:.0f}"}
        found.remarks.append(
            remark("plunger_by_name", reading.sheet.name, column=column, lines=lines, **about)
        )
