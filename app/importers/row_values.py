"""What stands in the cells of one column: numbers in SI with their unit, texts, choices and flags."""

from __future__ import annotations

import numpy as np

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import AT, ATM, Unit
from app.importers.choices import choice_of, flag_of
from app.importers.numbers import NOTHING, numbers_of
from app.importers.plan import ColumnPlan
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.targets import Target
from app.models import limits
from app.models.kinds.lab import PARAMETERS


def number_of(reading: SheetReading, found: Rows, index: int, column: ColumnPlan, target: Target) -> None:
    """The numbers of one column, into `found`."""
    numbers = numbers_of(reading.table.column(column_name(index)))
    reading.mark(numbers.bad, index, column.header, "value_not_number")
    unit = _unit_of(reading, found, column, target)
    value = numbers.value
    if reading.kind.key == "lab_result":
        _laboratory(reading, found, index, column, target, value, unit, numbers.qualifier)
        return
    if numbers.qualifier is not None:
        marked = numbers.qualifier != ""
        reading.mark(marked & np.isfinite(value), index, column.header, "value_qualified")
        reading.mark(marked & ~np.isfinite(value), index, column.header, "value_qualified", "warning")
        value = np.where(numbers.qualifier != "", np.nan, value)
    si = unit.to_si(value) if unit is not None else value
    if reading.kind.key != "readings":  # readings carry marks instead
        si = _within_limits(reading, index, column, target, si)
    found.values[target.key], found.shown[target.key], found.units[target.key] = si, value, unit


def _unit_of(reading: SheetReading, found: Rows, column: ColumnPlan, target: Target) -> Unit | None:
    if target.quantity == "number":
        return None
    unit = find_unit(column.unit, target.quantity) if column.unit else None
    if unit is None:
        if target.named.startswith("lab."):
            return None
        unit = usual_units(target.quantity)[0]
        found.assumed[target.key] = unit
    return AT if unit is ATM and reading.technical else unit


def _laboratory(
    reading: SheetReading,
    found: Rows,
    index: int,
    column: ColumnPlan,
    target: Target,
    value: np.ndarray,
    unit: Unit | None,
    qualifier: np.ndarray | None,
) -> None:
    """Results stay in the laboratory's customary unit (models/kinds/lab)."""
    if target.key in PARAMETERS:
        parameter = PARAMETERS[target.key]
        own = find_unit(parameter.unit, parameter.quantity)
        if unit is not None and own is not None and unit is not own:
            value = own.from_si(unit.to_si(value))
        value = _within_limits(reading, index, column, target, value)
    found.values[target.key] = value
    if qualifier is not None:
        found.qualifiers[target.key] = qualifier


def _within_limits(
    reading: SheetReading, index: int, column: ColumnPlan, target: Target, si: np.ndarray
) -> np.ndarray:
    """Outside the hard limits a cell is an error, as in a form: empty when such cells are left out. A file
    journalled before that was so keeps what it brought.
    """
    outside = np.isfinite(si) & ~limits.within(si, target.minimum, target.maximum)
    reading.mark(
        outside, index, column.header, "value_out_of_range", "error" if reading.strict else "warning"
    )
    return np.where(outside, np.nan, si) if reading.strict else si


def text_of(reading: SheetReading, index: int, target: Target) -> np.ndarray:
    """The texts of one column; choices and flags as what they mean."""
    text = reading.texts(index)
    if target.type == "flag":
        known = {cell: flag_of(cell) for cell in set(text.tolist())}
        reading.mark(
            np.array([cell != "" and known[cell] is None for cell in text.tolist()], bool),
            index,
            reading.plan.columns[index].header,
            "value_not_flag",
        )
        return np.array([known[cell] for cell in text.tolist()], object)
    if target.type == "choice":
        chosen = {cell: choice_of(cell, target) for cell in set(text.tolist())}
        bad = np.array([cell != "" and not chosen[cell] for cell in text.tolist()], bool)
        # Of a column whose words are all unknown it is doubtful that it is this field: that is said.
        sure = not bad.all() or target.required or target.named == "lift"
        reading.mark(
            bad,
            index,
            reading.plan.columns[index].header,
            "value_not_choice",
            "error" if sure else "warning",
            details={"known": ", ".join(target.choices)},
        )
        return np.array([chosen[cell] for cell in text.tolist()], object)
    if target.key != "sensor":
        nothing = np.isin(np.char.lower(text.astype(str)), NOTHING) if len(text) else np.zeros(0, bool)
        text = np.where(nothing, "", text)
    longest = limits.LONGEST_NAME if target.key in ("pad", "field") else limits.LONGEST_TEXT
    return reading.cleaned(text, index, lines=target.long, longest=longest)
