"""Columns without a unit in a table that writes others in barrels, cubic feet, pounds or feet: what stands
there may be as American as its neighbours, or as this field's. Asked of the whole sheet; a barrel is never
taken for a cubic metre in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import Unit
from app.importers.numbers import numbers_of
from app.importers.plan import SheetPlan
from app.importers.remarks import answer_to, question, with_unit
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS, Target
from app.importers.unit_said import is_named, units_above
from app.importers.vocabulary import split_unit, tail_of
from app.models import limits

US, HERE = "us", "here"
CODE = "unnamed_units"
MOST_OF_THEM = 0.9
SHORT_M = 50.0
"""A length that can be no longer is told in inches."""

_VOLUMES = frozenset(
    {"bbl", "bbl/d", "scf", "Mscf", "MMscf", "scf/d", "Mscf/d", "MMscf/d", "scf/bbl", "gal", "gpm"}
)
_WHOLE = frozenset({"volume", "rate", "pressure", "surface_pressure", "temperature", "length", "load"})
_SPEAKS_OF: dict[str, frozenset[str]] = {
    "psi": frozenset({"pressure", "surface_pressure"}),
} | dict.fromkeys((*_VOLUMES, "°F", "ft", "lbf"), _WHOLE)
"""A barrel, a cubic foot, a foot or a degree Fahrenheit is written by whoever writes everything so; pounds
per inch are written beside °C by many: there they speak for their own kind alone.
"""


@dataclass(frozen=True)
class _Open:
    """A column that names no unit, read as this field writes and as its neighbours do."""

    index: int
    here: Unit
    american: Unit
    target: Target
    values: np.ndarray

    def fits(self, unit: Unit) -> bool:
        known = self.values[self.values != 0]
        si = unit.to_si(known)
        within = limits.within(si, self.target.minimum, self.target.maximum)
        return not len(known) or float(np.mean(within)) >= MOST_OF_THEM


def american(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan with what was said or what is the only possible reading, and what is still open."""
    said = answer_to(plan.answers, CODE)
    spoken = _spoken(sheet, plan)
    if not spoken or plan.kind == "card" or said == HERE:
        return plan, None
    every = list(_unnamed(sheet, plan, spoken))
    both = [one for one in every if one.fits(one.here) and one.fits(one.american)]
    columns = list(plan.columns)
    for one in every:
        if said == US or (not one.fits(one.here) and one.fits(one.american)):
            columns[one.index] = replace(columns[one.index], unit=one.american.en, guessed=said != US)
    plan = replace(plan, columns=tuple(columns))
    return plan, _asked(sheet, plan, both[0]) if both and not said else None


def _spoken(sheet: Sheet, plan: SheetPlan) -> frozenset[str]:
    """The quantities of which American units speak, of all columns, taken or not."""
    written = [split_unit(header)[1] for header in sheet.headers]
    written += [find_unit(text) for text in (*sheet.units, *(column.unit for column in plan.columns)) if text]
    written += [find_unit(tail) for header in sheet.headers if (tail := tail_of(header)[1])]
    written += [find_unit(text) for text in units_above(sheet).values()]
    found: set[str] = set()
    for unit in written:
        if unit is not None:
            found |= _SPEAKS_OF.get(unit.en.partition(" (")[0], frozenset())
    return frozenset(found)


def _unnamed(sheet: Sheet, plan: SheetPlan, spoken: frozenset[str]) -> Iterable[_Open]:
    kind = TABLE_KINDS[plan.kind]
    for index, column in enumerate(plan.columns):
        target = kind.target(column.field) if column.field else None
        if target is None or target.type != "number" or target.quantity not in spoken:
            continue
        unit = _american_of(target)
        if unit is None or is_named(sheet, index, column, target):
            continue
        here = find_unit(column.unit, target.quantity) or usual_units(target.quantity)[0]
        values = numbers_of(sheet.table.column(column_name(index)), column.decimal).value
        values = values[np.isfinite(values)]
        if here is not unit and np.any(values):
            yield _Open(index, here, unit, target, values)


def _american_of(target: Target) -> Unit | None:
    gas = "gas" in target.key
    spelled = {
        "volume": "Mscf" if gas else "bbl",
        "rate": "Mscf/d" if gas else "bbl/d",
        "pressure": "psi",
        "surface_pressure": "psi",
        "temperature": "°F",
        "length": "in" if target.maximum is not None and target.maximum < SHORT_M else "ft",
        "load": "lbf",
    }[target.quantity]
    return find_unit(spelled, target.quantity)


def _asked(sheet: Sheet, plan: SheetPlan, one: _Open) -> Problem:
    values = numbers_of(sheet.table.column(column_name(one.index)), plan.columns[one.index].decimal).value
    row = int(np.flatnonzero(np.isfinite(values) & (values != 0))[0])
    shown = f"{values[row]:.6g}"
    readings = {US: with_unit(shown, one.american), HERE: with_unit(shown, one.here)}
    line = int(sheet.table.column(LINE)[row].as_py())
    header = plan.columns[one.index].header
    return question(CODE, sheet.name, line, one.index, header, shown, readings)
