"""Stretches of a sensor that were written in another unit than the rest, and what they are in its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
UNIT_FACTORS = np.array([6.8948, 10.197, 9.869, 10.0, 145.038, 14.504, 14.223, 14.696, 1000.0])
"""Between what controllers are set to: MPa, atm, kgf/cm², bar, psi, kPa."""
EDGE = 0.015
LEAPS = {"pressure": 6.5, "surface_pressure": 9.0}
"""Ratios from which a pressure's leap is looked at; at the surface a valve makes those under nine."""
LEAST_PA = 5e5
"""That the higher side of a leap has: under it the last digit of a gauge makes leaps of ten."""
ELECTRICAL = frozenset({"current", "power", "voltage", "frequency"})
POINTS, POINT_EDGE, OF_MOST = np.array([10.0, 100.0, 1000.0]), 0.03, 0.01
"""A decimal point, how near to it a leap must be, and the share of a sensor's most that a motor has."""
LEAST, LONGEST_SHARE, FEWEST = 10, 0.5, 20
ZERO_K, FAHRENHEIT_AT_ZERO = 273.15, 32.0
LEAST_LEAP_K, OFF_K = 25.0, 1.5
"""A leap of a temperature that may be one of unit, and by how much it may miss 1.8·t + 32."""


@dataclass(frozen=True)
class Stretch:
    """Samples of one sensor in another unit.

    Attributes:
        places: [-] (k,) of them
        factor: [-] written = factor·right + offset
        offset: [SI]
    """

    places: NDArray[np.int64]
    factor: float
    offset: float = 0.0

    def right(self, written: Floats) -> Floats:
        """What was written, in the sensor's own unit.

        (x − offset)/factor

        Args:
            written: [SI] (k,) as read
        Returns:
            [SI] (k,)
        Valid: any.
        Ours: the way back of what `stretches` found.

        >>> Stretch(np.arange(2), 10.0).right(np.array([42e6, 43e6])).tolist()
        [4200000.0, 4300000.0]
        """
        return np.asarray((written - self.offset) / self.factor)


FAHRENHEIT = Stretch(np.zeros(0, np.int64), 1.8, ZERO_K + FAHRENHEIT_AT_ZERO - 1.8 * ZERO_K)


def stretches(value: Floats, quantity: str, limits: tuple[float, float] = (-np.inf, np.inf)) -> list[Stretch]:
    """Stretches in which a pressure, a downhole temperature or a figure of the motor has another unit.

    They begin and end with a leap from one sample to the next: pressures by the factor of two units within
    1.5 %, temperatures by 1.8·t + 32 within 1.5 K, current, power, voltage and frequency by a decimal point
    within 3 %. The shorter side is the suspect one, unless the longer
    one alone is beyond the limits of the sensor.

    Args:
        value: [SI] (n,)
        quantity: of the sensor; surface pressures really leap when a valve closes: there only factors over
            nine count
        limits: [SI] what the sensor can have
    Returns:
        in the order of time; none of a quantity whose unit nobody changes
    Valid: at least 20 known samples and 10 in the stretch.
    Ours: esp.md, "Data quality": ratio test; for temperatures the same with °F.

    >>> value = np.full(100, 353.15)
    >>> value[70:] = 273.15 + 176.0
    >>> [(one.places[0].item(), round(one.right(value[one.places])[0].item(), 2)) for one in
    ...  stretches(value, "temperature")]
    [(70, 353.15)]
    """
    electrical = quantity in ELECTRICAL and np.isfinite(limits[1])
    least = OF_MOST * limits[1] if electrical else 0.0
    known = np.flatnonzero(np.isfinite(value) & (value > least))
    if len(known) < FEWEST or not (electrical or quantity in LEAPS or quantity == "temperature"):
        return []
    there = value[known].astype(np.float64)
    edges = _of_temperatures(there) if quantity == "temperature" else _by_factors(there, quantity)
    found, begun = [], 0
    while edges:
        first, turn = edges.pop(0)
        back = next((place for place, other in edges if _undone(turn, other)), None)
        stop = len(known) if back is None else back + 1
        if back is not None:
            edges = [edge for edge in edges if edge[0] > back]
        inside, before = np.arange(first + 1, stop), np.arange(begun, first + 1)
        if back is None and _is_the_other(there, before, inside, limits):
            inside, turn = before, _backwards(turn)
        most = LONGEST_SHARE * len(known) if back is not None else len(known)
        if LEAST <= len(inside) <= max(most, _all_out(there, inside, limits)):
            found.append(Stretch(known[inside], turn.factor, turn.offset))
        begun = stop
    return found


def _is_the_other(there: Floats, before: np.ndarray, after: np.ndarray, limits: tuple[float, float]) -> bool:
    """Whether the side before a leap that is never undone is the suspect one."""
    return _all_out(there, before, limits) > 0 and not _all_out(there, after, limits)


def _all_out(there: Floats, places: np.ndarray, limits: tuple[float, float]) -> int:
    """How many of them there are, where most are beyond what the sensor can have; else 0."""
    out = (there[places] < limits[0]) | (there[places] > limits[1])
    return len(places) if 2 * int(out.sum()) > len(places) else 0


def _undone(turn: Stretch, other: Stretch) -> bool:
    return abs(other.factor * turn.factor - 1) < 2 * EDGE


def _backwards(turn: Stretch) -> Stretch:
    return Stretch(turn.places, 1 / turn.factor, -turn.offset / turn.factor)


def _by_factors(there: Floats, quantity: str) -> list[tuple[int, Stretch]]:
    """(the last sample before a leap, what it turns by)."""
    ratio = there[1:] / there[:-1]
    least = LEAPS.get(quantity, 9.0)
    factors, edge = (UNIT_FACTORS, EDGE) if quantity in LEAPS else (POINTS, POINT_EDGE)
    leaps = (ratio > least) | (ratio < 1 / least)
    if quantity in LEAPS:
        leaps &= np.maximum(there[1:], there[:-1]) > LEAST_PA
    candidates = np.flatnonzero(leaps)
    turns = [(int(i), _factor(float(ratio[i]), factors, edge)) for i in candidates]
    return [(place, Stretch(np.zeros(0, np.int64), factor)) for place, factor in turns if factor]


def _factor(ratio: float, factors: Floats, edge: float) -> float:
    up = ratio if ratio > 1 else 1 / ratio
    off = np.abs(up / factors - 1)
    nearest = float(factors[int(np.argmin(off))])
    return 0.0 if off.min() >= edge else nearest if ratio > 1 else 1 / nearest


def _of_temperatures(there: Floats) -> list[tuple[int, Stretch]]:
    before, after = there[:-1], there[1:]
    leap = np.abs(after - before) > LEAST_LEAP_K
    up = leap & (np.abs(FAHRENHEIT.right(after) - before) < OFF_K)
    down = leap & (np.abs(FAHRENHEIT.right(before) - after) < OFF_K)
    return [(int(i), FAHRENHEIT if up[i] else _backwards(FAHRENHEIT)) for i in np.flatnonzero(up | down)]
