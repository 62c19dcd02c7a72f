"""What a plan makes of each column: its first value as the file has it and as it will be stored, how many
there are, their sum and limits; and why a column is not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.clock import from_us, iso
from app.core.units import stored_unit
from app.importers.numbers import texts_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Rows
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS, Target
from app.importers.vocabulary import Vocabulary
from app.models.kinds.lab import PARAMETERS

# Quantities whose customary unit is not the one that values are kept in.
_SI = {"hours": "s", "duration": "s", "viscosity": "Pa·s", "mass_concentration": "kg/m³", "torque": "N·m"}


@dataclass(frozen=True)
class Figure:
    """`unit` is what the column is taken to be in; `first` the first value as it will be, `shown` as it
    stands in `line`. `reason` says why a column is not used, `instead` which field it may be.
    """

    column: str
    field: str = ""
    quantity: str = ""
    unit: str = ""
    stored: str = ""
    line: int = 0
    shown: str = ""
    first: float | str | None = None
    count: int = 0
    sum: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    reason: str = ""
    instead: str = ""


def si_unit(quantity: str) -> str:
    """The unit that values of a quantity are kept in."""
    return _SI.get(quantity) or stored_unit(quantity).en


def figures_of(sheet: Sheet, plan: SheetPlan, rows: Rows, words: Vocabulary) -> list[Figure]:
    """One for each column of the sheet, in its order."""
    kind = TABLE_KINDS[plan.kind]
    found = []
    for index, column in enumerate(plan.columns):
        target = kind.target(column.field) if column.field else None
        if target is None:
            found.append(_unused(sheet, plan, index, column, words))
        elif target.type in ("number", "time", "well") or target.key in rows.values:
            found.append(_used(sheet, index, column, target, rows))
        else:
            found.append(Figure(sheet.title(index), column.field))
    return found


def _used(sheet: Sheet, index: int, column: ColumnPlan, target: Target, rows: Rows) -> Figure:
    value = _values(target, rows)
    lab = PARAMETERS[target.key] if rows.kind == "lab_result" and target.key in PARAMETERS else None
    unit = rows.units.get(target.key)
    if value is None or not len(value):
        return Figure(sheet.title(index), target.key, target.quantity)
    there = _there(value)
    first = int(there[0]) if len(there) else -1
    line = int(rows.line[first]) if first >= 0 else 0
    numbers = value[there] if value.dtype.kind == "f" else np.empty(0)
    return Figure(
        sheet.title(index),
        target.key,
        "" if lab else target.quantity if target.type == "number" else "",
        unit.en if unit is not None else column.unit,
        lab.unit if lab else si_unit(target.quantity) if target.type == "number" else "",
        line,
        _shown(sheet, index, line),
        None if first < 0 else _plain(value[first]),
        len(there),
        float(numbers.sum()) if len(numbers) else None,
        float(numbers.min()) if len(numbers) else None,
        float(numbers.max()) if len(numbers) else None,
    )


def _values(target: Target, rows: Rows) -> np.ndarray | None:
    if target.key == "time":
        return np.array([iso(from_us(at)) if at else "" for at in rows.time_us[:1].tolist()], object)
    return rows.well if target.key == "well" else rows.values.get(target.key)


def _there(value: np.ndarray) -> np.ndarray:
    if value.dtype.kind == "f":
        return np.flatnonzero(np.isfinite(value))
    return np.flatnonzero([cell not in ("", None) for cell in value.tolist()])


def _plain(value: Any) -> float | str:
    return float(value) if isinstance(value, float) else str(value)


def _shown(sheet: Sheet, index: int, line: int) -> str:
    rows = np.flatnonzero(np.asarray(sheet.table.column(LINE)) == line)
    cells = texts_of(sheet.table.column(column_name(index)).take(rows)).to_pylist() if len(rows) else []
    return next(filter(None, cells), "")


def _unused(sheet: Sheet, plan: SheetPlan, index: int, column: ColumnPlan, words: Vocabulary) -> Figure:
    """The reason, and what one click may make of it."""
    cells = sheet.table.column(column_name(index))
    shown = next(filter(None, texts_of(cells.slice(0, 200)).to_pylist()), "")
    meant = words.means(column.header) if column.header else frozenset()
    fits = [target.key for target in TABLE_KINDS[plan.kind].targets if target.named in meant]
    free = next((key for key in fits if plan.column_of(key) is None), "")
    if column.why.startswith("twice:"):
        return Figure(sheet.title(index), shown=shown, reason="twice", instead=column.why[6:])
    if cells.null_count == len(cells):
        reason = "empty"
    elif not column.header:
        reason = "nameless"
    elif column.why == "chosen":
        reason = "chosen"
    else:
        reason = "other_kind" if meant and not fits else "unknown"
    return Figure(sheet.title(index), shown=shown, reason=reason, instead=free)
