"""Volumes that a file tells by mass — liquid in t/d, a gas-oil ratio in m³/t — and the densities that make
one of the other: from the table's own columns, from what was said, else asked. A density is never assumed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.api_gravity import WATER_KG_PER_M3, ApiGravity, degrees, relative_density
from app.core.unit_spellings import find_unit
from app.core.units import DAY_S, Unit
from app.importers.numbers import numbers_of
from app.importers.remarks import answer_to, question, remark
from app.importers.rows import Rows, Said
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from app.importers.targets import Target
from app.importers.vocabulary import vocabulary

BY_MASS = {
    "rate": "mass_rate",
    "volume": "mass",
    "gas_ratio": "gas_per_mass",
    "viscosity": "kinematic_viscosity",
}
_OIL = frozenset({"lab.oil_density_20c", "oil_relative_density"})
_WATER = frozenset({"lab.water_density", "water_relative_density"})
LIQUID, OIL, WATER, GAS_RATIO, VISCOSITY = "liquid", "oil", "water", "gas", "viscosity"
_OF_KEY = {
    "liquid_m3_per_s": LIQUID,
    "liquid_rate": LIQUID,
    "liquid_m3": LIQUID,
    "oil_m3": OIL,
    "water_m3": WATER,
    "gas_oil_ratio": GAS_RATIO,
    "viscosity": VISCOSITY,
    "viscosity_pa_s": VISCOSITY,
}
_OF_OIL = frozenset({OIL, GAS_RATIO, VISCOSITY})
_TIMES = frozenset({GAS_RATIO, VISCOSITY})
"""What the density multiplies; the others it divides."""
CODE = "liquid_density"
LEAVE_OUT = "leave_out"
SHOWN_OIL, SHOWN_WATER = 860.0, 1080.0
"""Of the reading that the question shows; nothing is taken with them unless a person says so."""
DENSEST, LIGHTEST = 1400.0, 500.0
RELATIVE = frozenset({"oil_relative_density", "water_relative_density"})
"""What they are relative to: core/api_gravity."""


def unit_of(text: str, target: Target) -> Unit | None:
    """The unit of mass that `text` is, where `target` is a volume that a density makes of it."""
    if target.key not in _OF_KEY or not text or find_unit(text, target.quantity) is not None:
        return None
    return find_unit(text, BY_MASS.get(target.quantity, ""))


def relative(text: str) -> Unit | None:
    """Of a relative density that is told in a unit of density: `кг/м3`, `г/см3`, `°API`."""
    unit = find_unit(text, "density")
    if unit is None:
        return None
    return _OfWater(unit.ru, unit.en, unit.factor, unit.offset, unit.digits, told=unit)


@dataclass(frozen=True)
class _OfWater(Unit):
    told: Unit | None = None

    def to_si(self, shown: Any) -> Any:
        if isinstance(self.told, ApiGravity):
            return relative_density(shown)  # relative by itself, as in a card's file
        return shown if self.told is None else self.told.to_si(shown) / WATER_KG_PER_M3

    def from_si(self, value: Any) -> Any:
        if isinstance(self.told, ApiGravity):
            return degrees(value)
        return value if self.told is None else self.told.from_si(value * WATER_KG_PER_M3)


def in_volume(
    reading: SheetReading, found: Rows, index: int, target: Target, value: np.ndarray
) -> np.ndarray | None:
    """SI values; None where it must be asked or is left out. A question is a problem of `reading`."""
    column = reading.plan.columns[index]
    unit = unit_of(column.unit, target)
    assert unit is not None
    phase = _OF_KEY[target.key]
    cut = _water_cut(reading)
    said = answer_to(reading.plan.answers, CODE, column.header)
    if said == LEAVE_OUT:
        return None
    density = _said(said, phase, cut) if said else _of_columns(reading, found, phase, cut)
    mass = unit.to_si(value)
    if density is None and phase == VISCOSITY:
        found.remarks.append(
            remark("kinematic_left_out", reading.sheet.name, column=column.header, unit=column.unit)
        )
        return None
    if density is None:
        _ask(reading, index, phase, value, mass, cut)
        return None
    si: np.ndarray = mass * density if phase in _TIMES else mass / density
    there = np.isfinite(si)
    if there.any():
        shown = np.broadcast_to(density, si.shape)[there]
        low, high = float(shown.min()), float(shown.max())
        said_of = f"{low:.0f}" if high - low < 1 else f"{low:.0f}…{high:.0f}"
        code = "by_kinematic" if phase == VISCOSITY else "by_density"
        found.remarks.append(
            remark(code, reading.sheet.name, column=column.header, unit=column.unit, density=said_of)
        )
    lost = np.isfinite(mass) & ~there
    severity = "warning" if phase == VISCOSITY else "error"
    reading.mark(lost, index, column.header, "density_missing", severity)
    return si


def _said(said: str, phase: str, cut: np.ndarray | None) -> np.ndarray | None:
    """`950`: of the liquid; `860/1080`: of oil and water, by the water cut of the row."""
    parts = [part.strip().replace(",", ".") for part in said.split("/")]
    if not all(re.fullmatch(r"\d+(?:\.\d+)?", part) for part in parts):
        return None
    known = [WATER_KG_PER_M3 * float(part) if float(part) < 2 else float(part) for part in parts]
    if not all(LIGHTEST <= one <= DENSEST for one in known):
        return None
    if len(known) == 2:
        return _of_both(np.array(known[0]), np.array(known[1]), phase, cut)
    return np.array(known[0]) if len(known) == 1 else None


def _of_columns(reading: SheetReading, found: Rows, phase: str, cut: np.ndarray | None) -> np.ndarray | None:
    oil, water = (_density_in(reading, found, names, phase) for names in (_OIL, _WATER))
    if phase == WATER:
        return water
    if phase in _OF_OIL:
        return oil
    return None if oil is None or water is None else _of_both(oil, water, phase, cut)


def _of_both(oil: np.ndarray, water: np.ndarray, phase: str, cut: np.ndarray | None) -> np.ndarray | None:
    if phase == WATER:
        return water
    if phase in _OF_OIL:
        return oil
    return None if cut is None else oil * (1 - cut) + water * cut


def _density_in(reading: SheetReading, found: Rows, names: frozenset[str], phase: str) -> np.ndarray | None:
    words = vocabulary()
    for index, header in enumerate(reading.sheet.headers):
        if not words.means(header) & names:
            continue
        value = numbers_of(reading.table.column(column_name(index))).value
        value = np.where(value < 2, WATER_KG_PER_M3 * value, value)  # t/m³, g/cm³, relative
        fits = (value >= LIGHTEST) & (value <= DENSEST)
        if not np.isfinite(value).any() or not fits[np.isfinite(value)].all():
            continue
        found.beside.add(index)
        return value
    return None


def _water_cut(reading: SheetReading) -> np.ndarray | None:
    """By volume, as a fraction."""
    index = reading.plan.column_of("water_cut")
    if index is None:
        return None
    column = reading.plan.columns[index]
    value = numbers_of(reading.table.column(column_name(index)), column.decimal).value
    unit = find_unit(column.unit, "ratio") if column.unit else find_unit("%", "ratio")
    cut = value if unit is None else unit.to_si(value)
    return np.where((cut >= 0) & (cut <= 1), cut, np.nan)


def _ask(
    reading: SheetReading,
    index: int,
    phase: str,
    value: np.ndarray,
    mass: np.ndarray,
    cut: np.ndarray | None,
) -> None:
    rows = np.flatnonzero(np.isfinite(value) & reading.keep)
    if not len(rows):
        return
    row = int(rows[0])
    column = reading.plan.columns[index]
    shown = f"{value[row]:.6g} {column.unit}"
    density, key = _shown_density(phase, None if cut is None else float(cut[row]))
    if phase == GAS_RATIO:
        becomes, per = mass[row] * density, ("м³/м³", "m³/m³")
    else:
        per_day = DAY_S if column.unit and find_unit(column.unit, "mass_rate") is not None else 1.0
        becomes = mass[row] / density * per_day
        per = ("м³/сут", "m³/d") if per_day > 1 else ("м³", "m³")
    options: dict[str, Said] = {
        key: {
            "ru": f"{becomes:.4g} {per[0]} ({key} кг/м³)".replace(".", ","),
            "en": f"{becomes:.4g} {per[1]} ({key} kg/m³)",
        },
        LEAVE_OUT: "—",
    }
    reading.problems.append(
        question(CODE, reading.sheet.name, int(reading.line[row]), index, column.header, shown, options)
    )


def _shown_density(phase: str, cut: float | None) -> tuple[float, str]:
    if phase in _OF_OIL:
        return SHOWN_OIL, f"{SHOWN_OIL:.0f}"
    if phase == WATER:
        return SHOWN_WATER, f"{SHOWN_WATER:.0f}"
    if cut is None or not np.isfinite(cut):
        return 1000.0, "1000"
    return SHOWN_OIL * (1 - cut) + SHOWN_WATER * cut, f"{SHOWN_OIL:.0f}/{SHOWN_WATER:.0f}"
