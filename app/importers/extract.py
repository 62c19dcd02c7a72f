"""A sheet and its plan → rows of one kind, in SI and UTC, and every cell that does not fit with its place and
reason.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers import (
    curve_titles,
    free_events,
    perforation_words,
    pipe_walls,
    pump_names,
    rod_roles,
    serial_columns,
)
from app.importers.field_clock import assumed_zone
from app.importers.liquid_or_oil import decided
from app.importers.liquid_parts import joined
from app.importers.numbers import texts_of
from app.importers.plan import SheetPlan
from app.importers.quality_columns import quality_of_rows
from app.importers.remarks import TAKE, remark
from app.importers.rod_order import from_the_top
from app.importers.row_headers import leave_out_headers
from app.importers.row_times import measured_at, times_of, until_of
from app.importers.row_values import number_of, text_of
from app.importers.row_wells import leave_out_totals, refuse_other_wells, say_taken_from_above, wells_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import LINE, Sheet, column_name

_READ_BEFORE = (
    "well",
    "time",
    "clock",
    "elapsed",
    "year",
    "month",
    "day",
    "until",
    "until_clock",
    "lasted",
    "measured_at",
)
"""Whose and when: read by row_wells and row_times."""


def extract(
    sheet: Sheet,
    table: pa.Table,
    plan: SheetPlan,
    *,
    technical_atmosphere: bool = False,
    strict: bool = True,
    asks: bool = True,
) -> Rows:
    """The rows of one sheet as its plan says, with every problem."""
    reading = SheetReading(sheet, edited(sheet, table, plan), plan, technical_atmosphere, strict, asks)
    leave_out_headers(reading)
    hidden = _leave_out_hidden(reading)
    well = wells_of(reading)
    leave_out_totals(reading, well)
    refuse_other_wells(reading, well)
    say_taken_from_above(reading, well)
    time_us = times_of(reading, well)
    until = until_of(reading, time_us)
    found = Rows(reading.plan.kind, reading.line, well, time_us, until, {}, strict=strict, asks=asks)
    if (measured := measured_at(reading)) is not None:
        found.values["measured_at"] = measured
    for index, column in enumerate(reading.plan.columns):
        target = reading.kind.target(column.field) if column.field else None
        if target is None or target.key in _READ_BEFORE:
            continue
        if target.type == "number":
            number_of(reading, found, index, column, target)
        elif reading.kind.key in free_events.KINDS and target.key == free_events.KIND and reading.asks:
            free_events.kinds_of(reading, found, index, target)
        else:
            found.values[target.key] = text_of(reading, index, target)
    perforation_words.opened(reading, found)
    pipe_walls.bores(reading, found)
    pump_names.told(reading, found)
    rod_roles.told(reading, found)
    serial_columns.told(found)
    curve_titles.told(reading, found)
    joined(reading, found)
    decided(reading, found)
    found.beside |= reading.beside
    found.quality = quality_of_rows(reading, found.beside)
    from_the_top(reading, found)
    if reading.asks and reading.keep.any():
        zoned = reading.moments.zoned if reading.moments is not None else np.zeros(len(reading.line), bool)
        found.remarks += assumed_zone(reading.sheet, reading.plan, zoned)
    if len(hidden):
        found.remarks.append(remark("rows_hidden", sheet.name, lines=hidden.tolist()))
    _mark_missing(reading, found)
    free_events.untold(reading, found)
    if not found.values and not reading.kind.timeless:
        reading.keep[:] = False
    return reading.cut(found)


def _leave_out_hidden(reading: SheetReading) -> np.ndarray:
    """Rows that the spreadsheet does not show are left out unless they are asked for; their lines."""
    wanted = reading.plan.answers.get("rows_hidden") == TAKE or not reading.asks
    if wanted or not reading.sheet.hidden_lines:
        return np.empty(0, np.int64)
    hidden = np.isin(reading.line, reading.sheet.hidden_lines)
    reading.keep &= ~hidden
    return reading.line[hidden]


def edited(sheet: Sheet, table: pa.Table, plan: SheetPlan) -> pa.Table:
    """The cells put right by hand, and without the rows left out by hand."""
    if plan.edits:
        lines = np.asarray(table.column(LINE))
        for column in sorted({column for _, column in plan.edits}):
            changes = {line: text for (line, c), text in plan.edits.items() if c == column}
            rows = np.flatnonzero(np.isin(lines, list(changes)))
            if not len(rows) or column >= len(sheet.headers):
                continue
            cells = texts_of(table.column(column_name(column))).to_pylist()
            for row in rows.tolist():
                cells[row] = changes[int(lines[row])]
            place = table.column_names.index(column_name(column))
            table = table.set_column(
                place, column_name(column), pa.array([cell or None for cell in cells], pa.string())
            )
    if plan.skip_lines:
        table = table.filter(
            pc.invert(
                pc.is_in(table.column(LINE), pa.array(sorted(plan.skip_lines), table.schema.field(LINE).type))
            )
        )
    return table


_OF_NOTHING = ("period", "energy_period")
"""Of which period a row is says nothing where it has no amount."""


def _mark_missing(reading: SheetReading, found: Rows) -> None:
    """A row that holds nothing is left out, one that lacks what its kind cannot do without is an
    error.
    """
    there = {key: _there(found, key) for key in found.values}
    filled = np.zeros(len(reading.line), bool)
    for key, is_there in there.items():
        target = reading.kind.target(key)
        if (target is None or not target.role) and not (reading.asks and key in _OF_NOTHING):
            filled |= is_there
    for key, is_there in there.items():
        target, index = reading.kind.target(key), reading.plan.column_of(key)
        missing = ~is_there & filled & reading.keep
        if target is None or not target.required or index is None or not missing.any():
            continue
        marked = {(p.line, p.column) for p in reading.problems}
        unmarked = np.array([(int(line), index) not in marked for line in reading.line.tolist()], bool)
        reading.mark(missing & unmarked, index, reading.plan.columns[index].header, "value_missing")
    if not reading.kind.timeless:
        in_doubt = [p.line for p in reading.problems if p.severity != "warning"]
        said = filled | np.isin(reading.line, in_doubt)
        found.blank_lines = reading.line[reading.keep & ~said]
        reading.keep &= said


def _there(found: Rows, key: str) -> np.ndarray:
    """Which rows hold a value of `key`, or a laboratory's word instead of one."""
    value = found.values[key]
    there = (
        np.isfinite(value)
        if value.dtype.kind == "f"
        else np.array([cell not in ("", None) for cell in value.tolist()], bool)
    )
    return there | (found.qualifiers[key] != "") if key in found.qualifiers else there
