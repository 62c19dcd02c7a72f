"""The clock of the field: that of times of which a file tells the hour and no zone. A day of production, or
the date of a run, is no hour: it stays that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.errors import Remark
from app.core.zones import FieldZone, known
from app.importers.numbers import texts_of
from app.importers.own_names import READINGS
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.remarks import remark
from app.importers.sheets import Sheet, column_name
from app.importers.titles import lines_above
from app.importers.zones import zone_in

DAY_US = 86_400_000_000
_ZONES = re.compile(
    r"^(?:time[ _]?zone|tz|zone|utc[ _]?offset|offset|часовой\s+пояс|пояс|зона|врем\w+\s+зона)$",
    re.IGNORECASE,
)
_OF_SOURCE = re.compile(r"source|источник|device|устройств", re.IGNORECASE)
_OF_SERVER = re.compile(r"server|сервер|receiv|recorded|store|record|запис|local|местн", re.IGNORECASE)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""Days that Excel counts, from 1954 to 2119."""
_HOURS = r"\d:\d|^\s*(?:19|20)\d{6}[T _-]?\d{4}(?:\d{2})?\b|^\s*[2-7]\d{4}[.,]\d*[1-9]"
"""`08:00`, `20261001080000`, `46296,3333`."""


def by_the_field(sheet: Sheet, plan: SheetPlan, zone: FieldZone) -> SheetPlan:
    """The plan with the field's zone where the sheet tells hours and names none."""
    if plan.zone or zone.is_utc or not tells_hours(sheet, plan):
        return plan
    return replace(plan, zone=zone.name)


def zone_said(sheet: Sheet, columns: Iterable[ColumnPlan]) -> str:
    """By the header of the times or their unit, else by the lines above; empty where the file says none."""
    columns = tuple(columns)
    if sheet.headers == READINGS:
        return "UTC"
    for index, column in enumerate(columns):
        if column.field in ("time", "clock"):
            unit = sheet.unit_in_row(index)
            zone = zone_in(column.header) or zone_in(f"({unit})")
            if zone:
                return zone
    beside = zone_column(sheet, columns)
    if beside is not None:
        return zones_in(sheet.table, beside)[0]
    return zone_in(lines_above(sheet.above), title=True)


def which_time(header: str) -> float:
    """Of several times of a row the one whose zone is told, and the one of the source: more than nothing
    for what speaks for it.
    """
    told = 0.04 if zone_in(header) else 0.0
    return told + 0.02 * bool(_OF_SOURCE.search(header)) - 0.02 * bool(_OF_SERVER.search(header))


def zone_column(sheet: Sheet, columns: Iterable[ColumnPlan]) -> int | None:
    """A column whose cells are the zones of the times beside them: `Time zone`, `Часовой пояс`."""
    for index, column in enumerate(columns):
        if not column.field and _ZONES.match(sheet.headers[index].strip()):
            named = zones_in(sheet.table, index)
            if named and all(map(known, named)):
                return index
    return None


def zones_in(table: pa.Table, index: int) -> list[str]:
    """The distinct cells of a column of zones, in their order."""
    return [cell for cell in texts_of(table.column(column_name(index))).unique().to_pylist() if cell]


def assumed_zone(sheet: Sheet, plan: SheetPlan, zoned: np.ndarray) -> list[Remark]:
    """Which zone clocks were read in of which the file names none. `zoned`: rows whose cell names its own."""
    without = len(zoned) == 0 or not zoned.all()
    if not without or not tells_hours(sheet, plan) or zone_said(sheet, plan.columns):
        return []
    if plan.zone:
        return [remark("zone_of_field", sheet.name, zone=plan.zone)]
    return [remark("zone_unknown", sheet.name, zone="UTC")]


def tells_hours(sheet: Sheet, plan: SheetPlan) -> bool:
    """Whether the rows have a time of day, and no count of seconds since 1970, which is UTC."""
    if plan.column_of("clock") is not None or ":" in plan.time:
        return True
    index = plan.column_of("time")
    if index is None:
        return False
    column = sheet.table.column(column_name(index))
    if pa.types.is_timestamp(column.type):
        wall = pc.cast(pc.cast(column, pa.timestamp("us")), pa.int64())
        days = pc.multiply(pc.divide(wall, DAY_US), DAY_US)
        return bool(pc.any(pc.not_equal(wall, days)).as_py())
    if pa.types.is_floating(column.type):
        value = column.to_numpy()
        days = (value > FIRST_SERIAL) & (value < LAST_SERIAL) & (value % 1 != 0)
        written = ((value > 1.9e11) & (value < 2.1e11)) | ((value > 1.9e13) & (value < 2.1e13))
        return bool((days | written).any())
    if not pa.types.is_string(column.type):
        return False
    return bool(pc.any(pc.match_substring_regex(pc.fill_null(column, ""), _HOURS)).as_py())
