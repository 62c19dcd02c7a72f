"""Rows that say they were measured after now: a recorder's clock, a year that was typed wrong. They are out,
and said.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from app.core.clock import from_us, iso, to_us
from app.core.errors import KnownError
from app.importers.plan import SheetPlan
from app.importers.rows import Problem, Rows
from app.importers.sheet_reading import MOST_PROBLEMS
from app.models.limits import latest_measured

MEASURED = ("readings", "card")
"""Kinds of tables that nobody writes before it has happened."""
AHEAD = "measured_ahead"


def without_ahead(rows: Rows, plan: SheetPlan, now: datetime) -> Rows:
    """Rows of what was measured, no later than a clock may be wrong."""
    late = rows.time_us >= to_us(latest_measured(now))
    if rows.kind not in MEASURED or not late.any():
        return rows
    index = plan.column_of("time")
    column, header = (-1, "") if index is None else (index, plan.columns[index].header)
    for row in np.flatnonzero(late)[:MOST_PROBLEMS].tolist():
        at = iso(from_us(int(rows.time_us[row])))
        rows.problems.append(
            Problem("", int(rows.line[row]), column, header, at, AHEAD, details={"now": iso(now)})
        )
    return rows.where(~late)


def refuse_ahead(measured_at: datetime, file: str, now: datetime) -> None:
    """Of what stands in a file of our own. Raises KnownError (measured_ahead)."""
    if measured_at >= latest_measured(now):
        raise KnownError(AHEAD, file=file, value=iso(measured_at), now=iso(now))
