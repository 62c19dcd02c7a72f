"""Rows that are rows of one record: survey stations, rods section by section, points of a curve, gas-lift
valves. Those of a well and a moment are one record, of a model those of one curve of one case.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from app.importers import in_order, model_curves
from app.importers.rows import Problem, Rows
from app.importers.targets import TableKind
from app.models.kinds import KINDS
from app.models.limits import MOST_ROWS
from app.models.values import Values, needed_number, number_of

VERTICAL_RAD = 0.0175
"""Less inclined than a degree a hole has no azimuth worth the name."""
ONE_ROD_M = 15.0
"""No rod is longer: a longer one is a section."""


def gathered(rows: Rows, kind: TableKind) -> Rows:
    """One row a record: the field that gathers holds a list, each other field what its first row says. What
    cannot be a row of it is a problem of `rows`.
    """
    if kind.key == "model_curve":
        rows = model_curves.one_curve_a_row(rows)
    cells = _cells(rows, kind)
    good = {"survey": _stations, "rod_string": _sections}.get(kind.key, _whole)(rows, cells, kind)
    groups: dict[tuple[Any, ...], list[int]] = {}
    until = rows.until_us if rows.until_us is not None else np.zeros(len(rows.line), np.int64)
    apart = [rows.values[key].tolist() for key in kind.apart if key in rows.values]
    for i in np.flatnonzero(good).tolist():
        case = (None if told[i] != told[i] else told[i] for told in apart)  # what is not told is alike
        groups.setdefault((rows.well[i], rows.time_us[i], until[i], *case), []).append(i)
    for mine in groups.values():
        if kind.key == "model_curve":
            rows.problems += model_curves.said_twice(rows, mine)
        in_order.put_right(rows, kind, mine, cells)
    tables = {whose: _joined(kind, [cells[i] for i in mine]) for whose, mine in groups.items()}
    for whose in [whose for whose, table in tables.items() if len(table) > MOST_ROWS]:
        line = int(rows.line[groups.pop(whose)[0]])
        rows.problems.append(Problem("", line, -1, "", str(whose[0]), "rows_too_many"))
    first = np.array([mine[0] for mine in groups.values()], np.int64)
    column = np.empty(len(groups), object)
    column[:] = [tables[whose] for whose in groups]
    names, kept = _cell_names(kind), rows.where(first)
    values = {key: value for key, value in kept.values.items() if key not in names}
    return replace(kept, kind=kind.record, values={**values, kind.gathers: column}, qualifiers={}, shown={})


def _cell_names(kind: TableKind) -> set[str]:
    return {cell.key for cell in KINDS[kind.record].field(kind.gathers).cells} | {"rod_count"}


def _cells(rows: Rows, kind: TableKind) -> list[Values]:
    names = _cell_names(kind)
    made: list[Values] = [{} for _ in rows.line]
    for key, value in rows.values.items():
        if key in names:
            for cells, one in zip(made, value.tolist(), strict=True):
                if one is not None and one == one and one != "":
                    cells[key] = one
    return made


def _joined(kind: TableKind, cells: list[Values]) -> list[Values]:
    if kind.key == "rod_string":
        return _merged(cells)
    return [dict(key) for key in dict.fromkeys(tuple(one.items()) for one in in_order.in_turn(kind, cells))]


# ---- surveys -----------------------------------------------------------------------------------------------


def _stations(rows: Rows, cells: list[Values], kind: TableKind) -> np.ndarray:
    """A vertical piece of the hole has no azimuth: it gets that of its neighbour."""
    known: dict[Any, float] = {}
    good = np.ones(len(cells), bool)
    for order in (range(len(cells)), range(len(cells) - 1, -1, -1)):
        for i in order:
            one, well = cells[i], rows.well[i]
            if "azimuth_rad" not in one and _inclination(one) <= VERTICAL_RAD and well in known:
                one["azimuth_rad"] = known[well]
            if "azimuth_rad" in one:
                known[well] = needed_number(one, "azimuth_rad")
    for i, one in enumerate(cells):
        if "azimuth_rad" not in one and _inclination(one) <= VERTICAL_RAD:
            one["azimuth_rad"] = 0.0  # of a hole that is vertical from top to bottom
        lacks = [key for key in ("measured_depth_m", "inclination_rad", "azimuth_rad") if key not in one]
        good[i] = not lacks
        if lacks and one:
            rows.problems.append(_incomplete(int(rows.line[i]), lacks[0]))
    return good


def _inclination(one: Values) -> float:
    """Where nobody told it, none that is vertical."""
    return needed_number(one, "inclination_rad") if "inclination_rad" in one else 1.0


def _incomplete(line: int, key: str) -> Problem:
    cell = next(cell for cell in KINDS["survey"].field("stations").cells if cell.key == key)
    names = {"ru": cell.ru.lower(), "en": cell.en.lower()}
    return Problem("", line, -1, "", "", "station_incomplete", details={"missing": names})


# ---- rods --------------------------------------------------------------------------------------------------


def _sections(rows: Rows, cells: list[Values], kind: TableKind) -> np.ndarray:
    """`40 × 8 m`: of rods that are counted the length is that of all of them."""
    for one in cells:
        count, length = number_of(one, "rod_count"), number_of(one, "length_m")
        one.pop("rod_count", None)
        if count and length is not None and length <= ONE_ROD_M:
            one["length_m"] = round(length * count, 6)
    return _whole(rows, cells, kind)


def _merged(cells: list[Values]) -> list[Values]:
    """A tally of single rods is told as sections: rods alike that follow one another are one."""
    sections: list[Values] = []
    for one in cells:
        last = sections[-1] if sections else {}
        alike = {k: v for k, v in last.items() if k != "length_m"} == {
            k: v for k, v in one.items() if k != "length_m"
        }
        length = needed_number(one, "length_m")
        if sections and alike and length <= ONE_ROD_M:
            last["length_m"] = round(needed_number(last, "length_m") + length, 6)
        else:
            sections.append(dict(one))
    return sections


# ---- curves and valves -------------------------------------------------------------------------------------


def _whole(rows: Rows, cells: list[Values], kind: TableKind) -> np.ndarray:
    """Which rows have what a row of the field cannot do without."""
    needed = {cell.key for cell in KINDS[kind.record].field(kind.gathers).cells if cell.required}
    return np.array([needed <= set(one) for one in cells], bool)
