"""The units of a card that names none, where its numbers are no metres and no millimetres: inches with
pounds, or centimetres with what load? It is asked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.importers.numbers import numbers_of
from app.importers.plan import SheetPlan
from app.importers.remarks import answer_to, question
from app.importers.rows import Problem, Said
from app.importers.sheets import LINE, Sheet, column_name

CODE = "card_units"
_READINGS = ("in/lbf", "cm/kgf")
LONGEST_M, SHORTEST_MM = 12.0, 600.0


def card_units(sheet: Sheet, plan: SheetPlan) -> tuple[SheetPlan, Problem | None]:
    """The plan with the units that were said, and the question where nothing says them."""
    position, load = plan.column_of("position"), plan.column_of("load")
    if plan.kind != "card" or position is None or load is None:
        return plan, None
    columns = list(plan.columns)
    if columns[position].unit and not columns[position].guessed:
        return plan, None
    units = _said(answer_to(plan.answers, CODE))
    if units is not None:
        columns[position] = replace(columns[position], unit=units[0].en, guessed=False)
        if not columns[load].unit or columns[load].guessed:
            columns[load] = replace(columns[load], unit=units[1].en, guessed=False)
        return replace(plan, columns=tuple(columns)), None
    moved, pulled = _values(sheet, position), _values(sheet, load)
    if not len(moved) or not len(pulled) or not LONGEST_M < float(np.ptp(moved)) < SHORTEST_MM:
        return plan, None
    stroke, most = float(np.ptp(moved)), float(pulled.max())
    named = columns[load].unit if not columns[load].guessed else ""
    options = {answer: _words(answer, stroke, most, named) for answer in _READINGS}
    line = int(sheet.table.column(LINE)[0].as_py())
    shown = f"{stroke:.4g} / {most:.6g}"
    return plan, question(CODE, sheet.name, line, position, columns[position].header, shown, options)


def _values(sheet: Sheet, index: int) -> np.ndarray:
    value = numbers_of(sheet.table.column(column_name(index))).value
    return value[np.isfinite(value)]


def _said(answer: str) -> tuple[Unit, Unit] | None:
    position, _, load = answer.partition("/")
    units = find_unit(position.strip(), "length"), find_unit(load.strip(), "load")
    return (units[0], units[1]) if units[0] is not None and units[1] is not None else None


def _words(answer: str, stroke: float, most: float, named: str) -> Said:
    """`60 in, 9332 lbf → 1.52 m, 41.5 kN`."""
    units = _said(f"{answer.partition('/')[0]}/{named}") or _said(answer)
    assert units is not None
    metres, kilonewtons = units[0].to_si(stroke), units[1].to_si(most) / 1000
    return {
        "ru": f"{stroke:.4g} {units[0].ru}, {most:.6g} {units[1].ru} → {metres:.3g} м, {kilonewtons:.3g} кН",
        "en": f"{stroke:.4g} {units[0].en}, {most:.6g} {units[1].en} → {metres:.3g} m, {kilonewtons:.3g} kN",
    }
