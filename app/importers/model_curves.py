"""Curves of a model: a row of the wide table that nodal programs print is a point of each of its curves, a
row in long form says of which curve its pressure is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.importers.rows import Problem, Rows
from app.models.kinds.curved import GAS_LIFT, IPR, POINT, VLP

WIDE = {IPR: "inflow_pressure_pa", VLP: "outflow_pressure_pa"}
"""Curve → the column that has its pressure."""


def one_curve_a_row(rows: Rows) -> Rows:
    """With `curve` and `pressure_pa` in each row. What is a point of no curve is a problem of `rows`."""
    n = len(rows.line)
    nothing = np.full(n, np.nan)
    said = rows.values.get("curve", np.full(n, "", object))
    pressure, gas = (rows.values.get(key, nothing) for key in ("pressure_pa", "gas_m3_per_s"))
    places: list[int] = []
    curves: list[str] = []
    pressures: list[float] = []
    for i in range(n):
        wide = {curve: float(rows.values.get(column, nothing)[i]) for curve, column in WIDE.items()}
        found = {curve: value for curve, value in wide.items() if np.isfinite(value)}
        if np.isfinite(pressure[i]) and said[i] in WIDE:
            found.setdefault(str(said[i]), float(pressure[i]))
        elif np.isfinite(pressure[i]):
            rows.problems.append(Problem("", int(rows.line[i]), -1, "", "", "curve_unsaid"))
        elif not found and np.isfinite(gas[i]) and said[i] in ("", GAS_LIFT):
            found[GAS_LIFT] = np.nan
        elif not found:
            rows.problems.append(Problem("", int(rows.line[i]), -1, "", "", "curve_point_alone"))
        places += [i] * len(found)
        curves += found
        pressures += found.values()
    told = rows.where(np.array(places, np.int64))
    made = told.values | {"curve": np.array(curves, object), "pressure_pa": np.array(pressures, float)}
    point = [cell.key for cell in POINT]
    values = {key: value for key, value in made.items() if key not in (*WIDE.values(), *point)}
    # In one order, whatever that of the file's columns: the same points again are the same record.
    return replace(told, values=values | {key: made[key] for key in point if key in made})


def said_twice(rows: Rows, mine: list[int]) -> list[Problem]:
    """Two pressures of one curve at one rate (two rates at one gas): one of them is of another case."""
    first: dict[tuple[float, float], int] = {}
    found = []
    for i in mine:
        rate, pressure, gas = (
            float(value[i]) if (value := rows.values.get(key)) is not None else np.nan
            for key in ("liquid_m3_per_s", "pressure_pa", "gas_m3_per_s")
        )
        of_gas = rows.values["curve"][i] == GAS_LIFT
        at = (gas, 0.0) if of_gas else (rate, 0.0 if np.isnan(gas) else gas)
        other = first.setdefault(at, i)
        told = "liquid_m3_per_s" if of_gas else "pressure_pa"
        if rows.values[told][other] != (rate if of_gas else pressure):
            details = {"other": int(rows.line[other])}
            found.append(Problem("", int(rows.line[i]), -1, "", "", "model_curve_twice", details=details))
    return found
