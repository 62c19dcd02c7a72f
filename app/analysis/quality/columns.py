"""What is wrong with a whole column of a file: its unit, its gauge. Each with its evidence and the repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.models.readings import Quality
from app.models.sensors.spec import Sensor

Floats = NDArray[np.floating]
NEARLY_ALL, LEAST, AS_FAR = 0.9, 10, 0.6
"""A share over which a finding is about the column, not about its cells; values it takes to say so."""
PART, NEAR = 0.1, 0.1
"""The share of a temperature over its limit, and of its range that the others stand within, to say so too."""


@dataclass(frozen=True)
class ColumnFault:
    """One finding about a column.

    Attributes:
        code: column_unit, column_range, column_frozen, column_silent
        count: [-] values it is about
        median: [SI] of the column as it was read
        fits: units in which the same numbers would be right, as files write them
    """

    code: str
    count: int
    median: float
    fits: tuple[str, ...] = ()


def column_fault(
    sensor: Sensor,
    value: Floats,
    marks: NDArray[np.uint8],
    given: Unit | None,
    units: Sequence[Unit],
    scaled: Sequence[Unit] = (),
) -> ColumnFault | None:
    """What is wrong with a whole column.

    out of the sensor's range, frozen or filled with "no signal" in nine of ten values; for the first, the
    units that bring nine of ten into the range. Of a temperature one value of ten beyond the limit is
    enough where the others stand close under it: °F called °C.

    Args:
        sensor: its range
        value: [SI] (n,) as read
        marks: [bits of Quality] (n,) of `marks.quality_of`
        given: the unit the file names, None where it names none
        units: that the quantity may be written in
        scaled: parts of a unit that registers hold, for where none of `units` fits
    Returns:
        None where nothing is wrong with the column as a whole
    Valid: ten values.
    Ours: esp.md, "Data quality": wrong unit row, a psia that holds pascals.

    >>> from app.core.units import Unit
    >>> from app.models.sensors import SENSORS
    >>> psi, pa = Unit("psi", "psi", 6894.757), Unit("Па", "Pa", 1.0)
    >>> read = np.full(20, 4.2e6) * 6894.757  # called psia, holds pascals
    >>> fault = column_fault(SENSORS["intake_pressure"], read, np.full(20, 2, np.uint8), psi, [psi, pa])
    >>> fault.code, fault.fits
    ('column_unit', ('Pa',))
    """
    known = np.isfinite(value)
    count = int(known.sum())
    if count < LEAST:
        return None
    median = float(np.median(value[known]))

    def most(mark: Quality) -> bool:
        return int((marks[known] & np.uint8(mark) != 0).sum()) >= NEARLY_ALL * count

    if most(Quality.SENTINEL):
        return ColumnFault("column_silent", count, median)
    if most(Quality.FROZEN):
        return ColumnFault("column_frozen", count, median)
    if not most(Quality.RANGE) and not _at_the_limit(sensor, value[known], marks[known]):
        return None
    shown = value[known] if given is None else given.from_si(value[known])
    fits: tuple[str, ...] = ()
    for those in (units, scaled):
        fits = fits or tuple(
            unit.en for unit in those if unit != given and _inside(sensor, unit.to_si(shown))
        )
    return ColumnFault("column_unit" if fits else "column_range", count, median, fits)


def _at_the_limit(sensor: Sensor, value: Floats, marks: NDArray[np.uint8]) -> bool:
    """Whether a temperature goes over its limit without a leap: no spikes, but all of it too high."""
    beyond = (marks & np.uint8(Quality.RANGE)) != 0
    near = sensor.maximum - NEAR * (sensor.maximum - sensor.minimum)
    return (
        sensor.quantity == "temperature"
        and float(np.mean(beyond)) >= PART
        and not beyond.all()
        and float(np.median(value[~beyond])) > near
        and float(np.median(value[beyond])) > sensor.maximum
    )


def _inside(sensor: Sensor, value: Floats) -> bool:
    inside = (value >= sensor.minimum) & (value <= sensor.maximum)
    return float(np.mean(inside)) >= NEARLY_ALL


def within(sensor: Sensor, value: Floats, given: Unit | None, names: Sequence[str]) -> tuple[str, ...]:
    """Which of some units leave nine of ten values of a column within its sensor's range.

    Args:
        sensor: its range
        value: [SI] (n,) as read
        given: the unit the file names, None where it names none
        names: of units, as files write them
    Returns:
        of `names`, in their order
    Valid: any.
    Ours: as `column_fault`.

    >>> from app.core.units import CELSIUS
    >>> from app.models.sensors import SENSORS
    >>> within(SENSORS["intake_temperature"], np.full(20, 341.15), CELSIUS, ("K", "°F"))  # 68 of each
    ('°F',)
    """
    shown = value if given is None else given.from_si(value)
    units = ((name, find_unit(name, sensor.quantity)) for name in names)
    return tuple(name for name, unit in units if unit is not None and _inside(sensor, unit.to_si(shown)))


@dataclass(frozen=True)
class Exchanged:
    """Two columns in each other's place.

    Attributes:
        count: [-] moments
        from_us: [µs] the first of them
        to_us: [µs] the last
    """

    count: int
    from_us: int
    to_us: int


@dataclass(frozen=True)
class Pair:
    """Two columns of which one always stands higher.

    Attributes:
        lower: sensor
        higher: sensor
        share: [-] by that the lower one may be over it: gauges' own
        step: [SI] and by that
    """

    lower: str
    higher: str
    share: float
    step: float


PAIRS = (
    Pair("intake_pressure", "discharge_pressure", 0.05, 1e5),
    Pair("intake_temperature", "motor_temperature", 0.0, 5.0),
)
"""Of a pump, running or not: the column above it stands on its discharge; a motor heats what flows past
it and is never cooler. 5 % and 0.1 MPa, 5 K: what two gauges of one well differ by.
"""


def exchanged(
    lower_us: NDArray[np.int64],
    lower: Floats,
    higher_us: NDArray[np.int64],
    higher: Floats,
    pair: Pair = PAIRS[0],
) -> Exchanged | None:
    """When two columns of which one stands higher were written into each other's place.

    x_low > (1 + share)·x_high + step at ten moments at least, by 0.6 of what they are apart elsewhere

    Args:
        lower_us: [µs] (n,) rising
        lower: [SI] (n,) in the column of the lower one
        higher_us: [µs] (m,) rising
        higher: [SI] (m,)
        pair: which
    Returns:
        None where each stands in its own, as physics has it
    Valid: a stopped pump too.
    Ours: esp.md, "Data quality": columns swapped at one time.

    >>> at = np.arange(40, dtype=np.int64) * 600_000_000
    >>> low, high = np.full(40, 5e6), np.full(40, 16e6)
    >>> mixed = np.where(np.arange(40) < 25, low, high), np.where(np.arange(40) < 25, high, low)
    >>> exchanged(at, mixed[0], at, mixed[1]).count, exchanged(at, low, at, high)
    (15, None)
    """
    mine, _ = wrong_way_round(lower_us, lower, higher_us, higher, pair)
    if len(mine) < LEAST:
        return None
    when = lower_us[mine]
    return Exchanged(len(when), int(when[0]), int(when[-1]))


def wrong_way_round(
    lower_us: NDArray[np.int64],
    lower: Floats,
    higher_us: NDArray[np.int64],
    higher: Floats,
    pair: Pair = PAIRS[0],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the lower one of two stands higher at the same moment, because they changed places.

    x_low > (1 + share)·x_high + step; nowhere if the median of x_low − x_high is there under 0.6 of that of
    x_high − x_low elsewhere

    Args:
        lower_us: [µs] (n,) rising
        lower: [SI] (n,)
        higher_us: [µs] (m,) rising
        higher: [SI] (m,)
        pair: which
    Returns:
        ([-] (k,) of the lower one's values, [-] (k,) of the other's): their places, in the order of time
    Valid: as `exchanged`; where fewer than ten stand right nothing tells how far they are apart.
    Ours: what changed places is as far apart as before; a gauge that drifted over its neighbour is not.

    >>> at = np.arange(3, dtype=np.int64)
    >>> [which.tolist() for which in wrong_way_round(at, np.array([5e6, 16e6, 5e6]), at[1:], np.full(2, 5e6))]
    [[1], [0]]
    >>> at = np.arange(40, dtype=np.int64)
    >>> low = np.where(at < 30, 350.0, 386.0)  # a motor of 380 K, and a gauge that drifted
    >>> len(wrong_way_round(at, low, at, np.full(40, 380.0), PAIRS[1])[0])
    0
    """
    _, mine, other = np.intersect1d(lower_us, higher_us, return_indices=True)
    wrong = lower[mine] > (1 + pair.share) * higher[other] + pair.step
    apart = higher[other].astype(np.float64) - lower[mine]  # fillers are as large as can be
    right = apart[apart > 0]
    if wrong.any() and len(right) >= LEAST and np.median(-apart[wrong]) < AS_FAR * np.median(right):
        wrong[:] = False
    return mine[wrong], other[wrong]
