"""Production that is told in parts: a row a layer of a well, a row a shift of a day. The parts of a well and
a moment are one record: their amounts are added, and that is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from app.importers.numbers import texts_of
from app.importers.plan import SheetPlan
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS

_LAYERS = re.compile(
    r"пласт|объект\s+(?:разраб|экспл)|горизонт|layer|zone\b|reservoir|formation|sand\b|completion|\bcapa\b",
    re.IGNORECASE,
)
_SHIFTS = re.compile(r"смен[аыу]|вахт|\bshift|turno", re.IGNORECASE)
_ADDED = frozenset({"volume", "mass", "energy"})
_RAN = "hours"


def added(sheet: Sheet, plan: SheetPlan, rows: Rows) -> Rows:
    """The rows as they are where no column names parts, or where parts of one name stand there twice."""
    at = next((i for i, c in enumerate(plan.columns) if not c.field and _names_parts(c.header)), None)
    if at is None or sheet.layout.unfolded or not len(rows.line):
        return rows
    cells = texts_of(sheet.table.column(column_name(at))).to_pylist()
    named = dict(zip(sheet.table.column(LINE).to_pylist(), cells, strict=True))
    groups: dict[tuple[object, ...], list[int]] = {}
    told = [rows.values[key].tolist() for key in ("purpose", "period") if key in rows.values]
    for row, key in enumerate(zip(rows.well.tolist(), rows.time_us.tolist(), *told, strict=True)):
        groups.setdefault(key, []).append(row)
    parts = [[named.get(line, "") for line in rows.line[group].tolist()] for group in groups.values()]
    several = [group for group in groups.values() if len(group) > 1]
    if not several or any(len({*names}) < len(names) for names in parts):
        return rows
    lines = [line for group in several for line in rows.line[group].tolist()]
    said = remark("parts_added", sheet.name, column=plan.columns[at].header, lines=lines)
    first = np.array([group[0] for group in groups.values()])
    by_shift = _SHIFTS.search(plan.columns[at].header) is not None
    values = {
        key: _of_groups(rows.kind, key, value, list(groups.values()), by_shift=by_shift)
        for key, value in rows.values.items()
    }
    rows.remarks.append(said)
    return replace(rows.where(first), values=values)


def _names_parts(header: str) -> bool:
    return _LAYERS.search(header) is not None or _SHIFTS.search(header) is not None


def _of_groups(
    kind: str, key: str, value: np.ndarray, groups: list[list[int]], *, by_shift: bool
) -> np.ndarray:
    """Amounts and the hours of shifts are added; layers run side by side; of anything else what all of them
    say, and nothing where they differ.
    """
    target = TABLE_KINDS[kind].target(key)
    quantity = "" if target is None else target.quantity
    if value.dtype.kind != "f":
        return np.array([value[group[0]] for group in groups], value.dtype)
    found = []
    for group in groups:
        there = value[group][np.isfinite(value[group])]
        if not len(there):
            found.append(np.nan)
        elif quantity in _ADDED or (quantity == _RAN and by_shift):
            found.append(float(there.sum()))
        elif quantity == _RAN:
            found.append(float(there.max()))
        else:
            found.append(float(there[0]) if len({*there.tolist()}) == 1 else np.nan)
    return np.array(found)
