"""Kinematic viscosities of a protocol in long form: dynamic ones by the density of the same sample, else left
out by name.
"""

from __future__ import annotations

import numpy as np

from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.importers.remarks import remark
from app.importers.rows import Rows
from app.importers.vocabulary import unit_in_name
from app.models.kinds.lab import PARAMETERS

DENSITY, VISCOSITY = "oil_density_20c", "viscosity"


def unit_of(key: str, name: str, written: str) -> Unit | None:
    """The unit of a kinematic viscosity; None for all else. Without one its name says cSt."""
    if key != VISCOSITY:
        return None
    written = written or unit_in_name(name, "viscosity")
    return find_unit(written, "kinematic_viscosity") if written else None


def dynamic(rows: Rows, of_unit: np.ndarray, unit: Unit, densities: np.ndarray, name: str) -> np.ndarray:
    """[mPa·s] of the rows `of_unit`, NaN where no density is told of their sample. `densities` [kg/m³] of
    the rows that are one, NaN elsewhere.
    """
    value = unit.to_si(rows.values["value"][of_unit])
    density = np.array([_of_sample(rows, int(row), densities) for row in of_unit.tolist()])
    own = find_unit(PARAMETERS[VISCOSITY].unit, "viscosity")
    assert own is not None
    found: np.ndarray = own.from_si(value * density)
    lines = rows.line[of_unit[~np.isfinite(density)]].tolist()
    if lines:
        rows.remarks.append(remark("kinematic_rows_left_out", "", column=name, unit=unit.en, lines=lines))
    there = density[np.isfinite(density)]
    if len(there):
        shown = f"{there.min():.0f}" if np.ptp(there) < 1 else f"{there.min():.0f}…{there.max():.0f}"
        rows.remarks.append(remark("by_kinematic", "", column=name, unit=unit.en, density=shown))
    return found


def _of_sample(rows: Rows, row: int, densities: np.ndarray) -> float:
    same = (rows.well == rows.well[row]) & (rows.time_us == rows.time_us[row]) & np.isfinite(densities)
    sample = rows.values.get("sample")
    if sample is not None:
        same &= sample == sample[row]
    return float(densities[np.flatnonzero(same)[0]]) if same.any() else float("nan")


def densities_of(rows: Rows, names: np.ndarray, keys: dict[str, str | None]) -> np.ndarray:
    """[kg/m³] of the rows that say one, NaN elsewhere."""
    found = np.full(len(rows.line), np.nan)
    units = rows.values.get("unit", np.full(len(rows.line), "", object))
    for row in np.flatnonzero([keys.get(name) == DENSITY for name in names.tolist()]).tolist():
        given = PARAMETERS[DENSITY].unit_of(str(units[row])) if units[row] else None
        found[row] = PARAMETERS[DENSITY].kept(float(rows.values["value"][row]), given)
    return found
