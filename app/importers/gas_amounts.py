"""Amounts of gas without a unit beside oil: national returns give them in thousands of cubic metres
(`prod_gas`), others in cubic metres. Where a cubic metre makes less gas than comes out of any oil, and
thousands make what oil holds, it is asked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.core.unit_spellings import find_unit, usual_units
from app.importers.numbers import numbers_of
from app.importers.plan import SheetPlan
from app.importers.remarks import answer_to, question, with_unit
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.importers.unit_said import is_named

CODE = "gas_unit"
THOUSANDS, ONES = "thousands", "ones"
GAS, OILS = "gas_m3", {"oil_m3": 1.0, "oil_kg": 1 / 850.0}
"""Of oil: the cubic metres of its unit."""
LEAST = 10.0
"""[m³/m³] Of produced oil: a dead one."""


def gas_amounts(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan with what was said of it, and what is still open."""
    index = plan.column_of(GAS)
    target = TABLE_KINDS[plan.kind].target(GAS)
    if index is None or target is None or is_named(sheet, index, plan.columns[index], target):
        return plan, None
    said, thousands, one = answer_to(plan.answers, CODE), find_unit("10³ m³"), find_unit("m³")
    assert thousands is not None
    assert one is not None
    if said == THOUSANDS:
        columns = list(plan.columns)
        columns[index] = replace(columns[index], unit=thousands.en, why="chosen", guessed=False)
        return replace(plan, columns=tuple(columns)), None
    ratios = _ratios(sheet, plan, index)
    if said or not len(ratios) or not LEAST / 1000 <= np.median(ratios) < LEAST:
        return plan, None
    column = sheet.table.column(column_name(index))
    values = numbers_of(column, plan.columns[index].decimal).value
    row = int(np.flatnonzero(np.isfinite(values) & (values != 0))[0])
    shown, line = f"{values[row]:.6g}", int(sheet.table.column(LINE)[row].as_py())
    readings = {THOUSANDS: with_unit(shown, thousands), ONES: with_unit(shown, one)}
    return plan, question(CODE, sheet.name, line, index, plan.columns[index].header, shown, readings)


def _ratios(sheet: Sheet, plan: SheetPlan, gas: int) -> np.ndarray:
    """[m³/m³] Gas to oil of the rows that have both, the gas in cubic metres."""
    amounts = numbers_of(sheet.table.column(column_name(gas)), plan.columns[gas].decimal).value
    for key, cubic in OILS.items():
        index, target = plan.column_of(key), TABLE_KINDS[plan.kind].target(key)
        if index is None or target is None:
            continue
        column = plan.columns[index]
        unit = find_unit(column.unit, target.quantity) or usual_units(target.quantity)[0]
        oil = unit.to_si(numbers_of(sheet.table.column(column_name(index)), column.decimal).value) * cubic
        there = np.isfinite(oil) & np.isfinite(amounts) & (oil > 0) & (amounts > 0)
        return np.asarray(amounts[there] / oil[there])
    return np.empty(0)
