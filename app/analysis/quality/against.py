"""A column within its own limits that others of the well contradict: in which unit the same numbers agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.quality.running import least_running
from app.analysis.quality.together import Series
from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.models.sensors import SENSORS

Floats = NDArray[np.floating]
Given = Mapping[str, Unit | None]
Units = Callable[[str], Sequence[Unit]]
NEARLY_ALL, LEAST = 0.9, 10
LEAST_LIFT_PA, USUAL_LIFT_PA = 0.5e6, (2e6, 60e6)
"""Of discharge over wellhead: 50 m of water, which no ESP hangs above, and 200 m … 6 km."""
HIGH_WELLHEAD_PA = 4e6
TRIP_OHM, TELEMETRY_OHM = 30e3, 10e6
"""Under the first a station stops the motor (esp.md: 30 kΩ): none runs a record long below it; what stations
measure to, megohmmeters farther.
"""
LEAST_SHARE, USUAL_SHARE = 0.12, (0.35, 1.05)
"""Of √3·U·I that is active power. A voltage from before a transformer and a current from behind it are up to
five times apart, ten are a decimal point.
"""


@dataclass(frozen=True)
class Contradicted:
    """A column that others contradict.

    Attributes:
        sensor: whose column
        other: what contradicts it; itself where it is what a running motor forbids
        count: [-] values
        median: [SI] of them
        against: [SI] of the other's, or the limit
        fits: units in which the same numbers agree, as files write them
    """

    sensor: str
    other: str
    count: int
    median: float
    against: float
    fits: tuple[str, ...]


def contradicted(series: Series, given: Given, units: Units) -> list[Contradicted]:
    """Columns that others of the well contradict, with the units in which they agree.

    p_dis − p_wh under 0.5 MPa in nine of ten; R_ins under 30 kΩ of a motor that runs; P/(√3·U·I) under 0.12

    Args:
        series: of one well, good samples only
        given: sensor → the unit its file names
        units: quantity → those it may be written in
    Returns:
        none where no unit makes them agree
    Valid: ten values of a running pump.
    Ours: physics of any ESP; nothing of one well's own habits.

    >>> from app.core.units import ATM, MPA
    >>> at = np.arange(20, dtype=np.int64)
    >>> known = {"discharge_pressure": (at, np.full(20, 19 * 101325.0)),
    ...  "wellhead_pressure": (at, np.full(20, 1.6e6)), "frequency": (at, np.full(20, 50.0))}
    >>> [found] = contradicted(known, {"discharge_pressure": ATM}, lambda quantity: [ATM, MPA])
    >>> found.sensor, found.fits
    ('discharge_pressure', ('MPa',))
    """
    found = [*_lift(series, given, units), *_insulation(series, given, units), *_power(series, given, units)]
    return [one for one in found if one.fits]


def lifting(series: Series, given: Given, names: Sequence[str]) -> tuple[str, ...]:
    """Which units leave a pump something to lift, of a discharge whose unit cannot be.

    p_dis − p_wh of 2 … 60 MPa

    Args:
        series: of one well
        given: sensor → the unit its file names
        names: of the units asked of
    Returns:
        all of them where no wellhead tells
    Valid: as `contradicted`.
    Ours: as `contradicted`.

    >>> from app.core.units import MPA
    >>> level = {"discharge_pressure": 190e6, "wellhead_pressure": 1.6e6, "frequency": 50.0}
    >>> known = {key: (np.arange(20), np.full(20, value)) for key, value in level.items()}
    >>> lifting(known, {"discharge_pressure": MPA}, ("bar", "psi"))
    ('bar',)
    """
    told = together_running(series, "discharge_pressure", "wellhead_pressure")
    if told is None:
        return tuple(names)
    discharge, wellhead = told
    unit = given.get("discharge_pressure")
    shown = discharge if unit is None else unit.from_si(discharge)
    units = {name: find_unit(name, "pressure") for name in names}
    return tuple(
        name for name, one in units.items() if one is not None and _lifts(one.to_si(shown), wellhead)
    )


def _lifts(at_pump: Floats, at_top: Floats) -> bool:
    return USUAL_LIFT_PA[0] <= float(np.median(at_pump - at_top)) <= USUAL_LIFT_PA[1]


def together_running(series: Series, *keys: str) -> list[Floats] | None:
    """What several sensors told at the moments they share while the pump ran.

    Args:
        series: of one well, with its frequency or a current
        keys: sensors
    Returns:
        [SI] (n,) of each; None under ten moments, or where one is not there
    Valid: any clocks; only moments that all of them have count.
    Ours: a stopped pump's gauges tell of the reservoir.

    >>> at = np.arange(20, dtype=np.int64)
    >>> known = {"wellhead_pressure": (at, np.full(20, 1e6)), "frequency": (at, np.where(at < 5, 0, 50.0))}
    >>> [found] = together_running(known, "wellhead_pressure")
    >>> len(found), together_running(known, "line_pressure")
    (15, None)
    """
    told = next((key for key in ("motor_current", "motor_current_a", "frequency") if key in series), None)
    if told is None or any(key not in series for key in keys):
        return None
    time_us, value = series[told]
    running = value > least_running(value)
    columns = [series[key] for key in keys]
    if all(np.array_equal(at, time_us) for at, _ in columns):  # rows of one table
        good = np.logical_and.reduce([running, *(np.isfinite(one) for _, one in columns)])
        return [one[good].astype(np.float64) for _, one in columns] if good.sum() >= LEAST else None
    common = time_us[running]
    for at, one in columns:
        common = np.intersect1d(common, at[np.isfinite(one)])
    if len(common) < LEAST:
        return None
    return [one[np.searchsorted(at, common)].astype(np.float64) for at, one in columns]


def others(
    key: str, value: Floats, given: Given, units: Units, agrees: Callable[[Floats], bool]
) -> tuple[str, ...]:
    """Units in which a column is within its sensor's limits and agrees with what else is known.

    Args:
        key: the sensor
        value: [SI] (n,) as read
        given: sensor → the unit its file names
        units: quantity → those it may be written in
        agrees: whether [SI] (n,) does
    Returns:
        as files write them
    Valid: any.
    Ours: the unit that the file names is not among them.

    >>> from app.core.units import MPA, PSI
    >>> known = {"intake_pressure": MPA}
    >>> others("intake_pressure", np.full(20, 900e6), known, lambda quantity: [MPA, PSI], lambda one: True)
    ('psi',)
    """
    sensor, told = SENSORS[key], given.get(key)
    shown = value if told is None else told.from_si(value)
    names = []
    for unit in units(sensor.quantity):
        meant = unit.to_si(shown)
        inside = float(np.mean((meant >= sensor.minimum) & (meant <= sensor.maximum))) >= NEARLY_ALL
        if unit != told and inside and agrees(meant):
            names.append(unit.en)
    return tuple(dict.fromkeys(names))


def _lift(series: Series, given: Given, units: Units) -> list[Contradicted]:
    told = together_running(series, "discharge_pressure", "wellhead_pressure")
    if told is None:
        return []
    discharge, wellhead = told
    if float(np.mean(discharge - wellhead < LEAST_LIFT_PA)) < NEARLY_ALL:
        return []
    above, top = float(np.median(discharge)), float(np.median(wellhead))
    fits = others("discharge_pressure", discharge, given, units, lambda one: _lifts(one, wellhead))
    found = [
        Contradicted("discharge_pressure", "wellhead_pressure", len(discharge), above, top, fits),
        *_beside(series, given, fits, units),
    ]
    if top > HIGH_WELLHEAD_PA:
        fits = others("wellhead_pressure", wellhead, given, units, lambda one: _lifts(discharge, one))
        found.append(
            Contradicted("wellhead_pressure", "discharge_pressure", len(discharge), top, above, fits)
        )
    return found


def _beside(series: Series, given: Given, fits: tuple[str, ...], units: Units) -> list[Contradicted]:
    """The intake in the same unit by the same gauge as a discharge whose unit cannot be."""
    same = given.get("discharge_pressure")
    told = together_running(series, "intake_pressure", "discharge_pressure")
    if told is None or same is None or given.get("intake_pressure") != same:
        return []
    intake, discharge = told
    agreed = others("intake_pressure", intake, given, units, lambda one: True)
    both = tuple(unit for unit in agreed if unit in fits)
    middle, other = float(np.median(intake)), float(np.median(discharge))
    return [Contradicted("intake_pressure", "discharge_pressure", len(intake), middle, other, both)]


def _insulation(series: Series, given: Given, units: Units) -> list[Contradicted]:
    told = together_running(series, "insulation_resistance")
    if told is None:
        return []
    [value] = told
    value = value[value > 0]
    if len(value) < LEAST or float(np.mean(value < TRIP_OHM)) < NEARLY_ALL:
        return []
    key = "insulation_resistance"
    fits = others(key, value, given, units, lambda one: TRIP_OHM < float(np.median(one)) < TELEMETRY_OHM)
    return [Contradicted(key, key, len(value), float(np.median(value)), TRIP_OHM, fits)]


def _power(series: Series, given: Given, units: Units) -> list[Contradicted]:
    current = next((key for key in ("motor_current", "motor_current_a") if key in series), "")
    told = together_running(series, "active_power", "voltage", current)
    if told is None:
        return []
    power, voltage, ampere = told
    apparent = np.sqrt(3) * voltage * ampere
    known = apparent > 0
    share = power[known] / apparent[known]
    if len(share) < LEAST or float(np.mean(share < LEAST_SHARE)) < NEARLY_ALL:
        return []
    power, voltage, ampere = power[known], voltage[known], ampere[known]

    def agree(watt: Floats, volt: Floats, amp: Floats) -> bool:
        share = float(np.median(watt / (np.sqrt(3) * volt * amp)))
        return USUAL_SHARE[0] <= share <= USUAL_SHARE[1]

    of_current = others(current, ampere, given, units, lambda one: agree(power, voltage, one))
    of_power = others("active_power", power, given, units, lambda one: agree(one, voltage, ampere))
    middle = [float(np.median(one)) for one in (ampere, power)]
    return [
        Contradicted(current, "active_power", len(power), middle[0], middle[1], of_current),
        Contradicted("active_power", current, len(power), middle[1], middle[0], of_power),
    ]
