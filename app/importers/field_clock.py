"""The clock of the field: that of times of which a file tells the hour and no zone. A day of production, or
the date of a run, is no hour: it stays that day.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from app.core.zones import FieldZone
from app.importers.plan import SheetPlan
from app.importers.sheets import Sheet, column_name

DAY_US = 86_400_000_000


def by_the_field(sheet: Sheet, plan: SheetPlan, zone: FieldZone) -> SheetPlan:
    """The plan with the field's zone where the sheet tells hours and names none."""
    if plan.zone or zone.is_utc or not _tells_hours(sheet, plan):
        return plan
    return replace(plan, zone=zone.name)


def _tells_hours(sheet: Sheet, plan: SheetPlan) -> bool:
    if plan.column_of("clock") is not None or ":" in plan.time:
        return True
    index = plan.column_of("time")
    if index is None:
        return False
    column = sheet.table.column(column_name(index))
    if pa.types.is_timestamp(column.type):
        wall = pc.cast(pc.cast(column, pa.timestamp("us")), pa.int64())
        return any(one is not None and one % DAY_US for one in wall.to_pylist())
    if not pa.types.is_string(column.type):
        return False
    return bool(pc.any(pc.match_substring_regex(pc.fill_null(column, ""), r"\d:\d")).as_py())
