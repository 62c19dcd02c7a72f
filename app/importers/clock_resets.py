"""Rows years away from all others: a recorder whose clock went back to its beginning, a year typed wrong.
They are kept, and said.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from app.core.clock import from_us, iso, to_us
from app.importers.plan import SheetPlan
from app.importers.remarks import remark
from app.importers.rows import Rows

DAY_US = 86_400_000_000
YEAR_US = 365 * DAY_US
STEP_MOST_US = 31 * DAY_US
FEW, SHARE = 3, 0.01
BEGINNINGS = tuple(to_us(datetime(year, 1, 1, tzinfo=UTC)) for year in (1970, 1980, 2000))
"""Where clocks of recorders begin when their battery is gone."""


def say_resets(rows: Rows, plan: SheetPlan) -> None:
    """Of readings only: what people write may well lie years apart. A date that is none is told as such."""
    if rows.kind != "readings" or not rows.asks:
        return
    wrong = [problem.line for problem in rows.problems if problem.severity == "error"]
    told = ~np.isin(rows.line, wrong)
    at = np.unique(rows.time_us[told])
    if len(at) < 2:
        return
    gaps = np.diff(at)
    widest = int(np.argmax(gaps))
    if gaps[widest] < YEAR_US:
        return
    early = (rows.time_us <= at[widest]) & told
    few = early if early.sum() <= told.sum() / 2 else told & ~early
    begun = any(np.all(np.abs(rows.time_us[early] - since) < 2 * DAY_US) for since in BEGINNINGS)
    others = np.diff(at[at > at[widest]] if few is early else at[: widest + 1])
    steady = len(others) > 0 and float(np.median(others)) <= STEP_MOST_US
    alone = steady and few.sum() <= max(FEW, SHARE * told.sum())
    if begun or alone:
        mine = early if begun else few
        first = iso(from_us(int(rows.time_us[mine].min())))
        lines = rows.line[mine].tolist()
        index = plan.column_of("time")
        header = "" if index is None else plan.columns[index].header
        rows.remarks.append(remark("far_away", "", column=header, lines=lines, value=first))
