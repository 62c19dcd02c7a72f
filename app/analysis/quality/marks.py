"""Marks on samples that are not to be trusted. Nothing is deleted; a mark keeps a sample out of diagnosis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis.quality.scales import Stretch, stretches
from app.models.readings import Quality
from app.models.sensors.spec import Sensor

Floats = NDArray[np.floating]
# What gauges and recorders write when they have nothing to say (raw 16-bit values and common fillers).
SENTINELS = np.array(
    [
        65535.0,
        65436.0,
        32767.0,
        -32768.0,
        9999.0,
        -999.0,
        -999.25,
        -9999.0,
        -9999.25,
        -99999.0,
        9.96921e36,
        1e30,
    ],
    np.float32,
)
FROZEN_AT_LEAST, STILL_H = 120, 12.0
LEAST_CHANGES, WHOLE_STEPS, OF_ALL_LENGTHS = 20, 0.5, 10
FEW_STEPS, OFF_STEP, NEARLY_ALL = 64, 0.05, 0.95
"""Values that a coarse gauge tells of what is measured, and how near to whole steps its changes are."""
FAR_LONGER, ALIVE = 30, 0.25
"""Than any other run (6 in honest coarse records, 177 in one that stopped), and of it, how long it lived."""
WHOLE_DEGREE = 0.005
FEWEST_STEPS = 5
"""Of a gauge's least step: a reading of fewer cannot show that it lives."""
DOWNHOLE_TEMPERATURES = frozenset({"intake_temperature", "motor_temperature"})
NO_SIGNAL_K = 273.15
"""0.0 °C or 32.0 °F, or a kelvin that was made of it: a gauge without a signal (esp.md, "°F of zero")."""

# These stand still by nature.
STEADY = frozenset(
    {
        "frequency",
        "choke",
        "voltage",
        "water_cut",
        "insulation_resistance",
        "pumping_speed",
        "dynamic_level",
        "static_level",
        "liquid_rate",
        "oil_rate",
        "gas_rate",
        "power_factor",
    }
)


def quality_of(
    sensor: Sensor, time_us: NDArray[np.int64], value: Floats, shown: Floats | None = None
) -> NDArray[np.uint8]:
    """Marks of one sensor's samples: missing, filler, out of range, another unit, spike, frozen.

    Args:
        sensor: its range and nature
        time_us: [µs] (n,) in order
        value: [SI] (n,)
        shown: [unit of the file] (n,) where fillers are looked for; the value itself without
    Returns:
        [bits of Quality] (n,), 0 for a good sample
    Valid: one well's one sensor, in the order of time.
    Ours: rules of esp.md, "Data quality", from what real files had.

    >>> from app.models.sensors import SENSORS
    >>> time_us = np.arange(40) * 60_000_000
    >>> value = 6e6 + 1e3 * np.sin(np.arange(40.0))
    >>> value[7] = 65535.0e6
    >>> quality_of(SENSORS["intake_pressure"], time_us, value).nonzero()[0].tolist()
    [7]
    """
    marks = np.zeros(len(value), np.uint8)
    if len(value) == 0:
        return marks
    finite = np.isfinite(value)
    marks[~finite] |= np.uint8(Quality.MISSING)
    marks[np.isin((value if shown is None else shown).astype(np.float32), SENTINELS)] |= np.uint8(
        Quality.SENTINEL
    )
    outside = finite & ((value < sensor.minimum) | (value > sensor.maximum)) & (value != 0)
    marks[outside] |= np.uint8(Quality.RANGE)
    if not sensor.zero_is_valid:
        marks[value == 0] |= np.uint8(Quality.SENTINEL)
    for stretch in turned(sensor, value):
        marks[stretch.places] |= np.uint8(Quality.UNIT_SUSPECT)
    if sensor.key in DOWNHOLE_TEMPERATURES:
        marks[np.abs(value - NO_SIGNAL_K) < 0.005] |= np.uint8(Quality.SENTINEL)
    good = np.flatnonzero(marks == 0)
    marks[good[spikes(value[good])]] |= np.uint8(Quality.SPIKE)
    if sensor.key not in STEADY and not (sensor.zero_is_valid and in_few_steps(value)):
        quiet = sensor.quantity == "temperature" and _in_whole_degrees(value, shown)
        stuck = frozen(value) if quiet else frozen(value) | stood_still(time_us, value)
        marks[stuck & (marks == 0)] |= np.uint8(Quality.FROZEN)
    return marks


ROUGH = 120


def turned(sensor: Sensor, value: Floats) -> list[Stretch]:
    """Stretches of a sensor that were written in another unit.

    Args:
        sensor: its quantity and limits
        value: [SI] (n,) in the order of time
    Returns:
        none of a sensor whose unit nobody changes
    Valid: as `scales.stretches`; a temperature at the surface really leaps when a well starts.
    Ours: as `scales.stretches`.

    >>> from app.models.sensors import SENSORS
    >>> value = np.full(100, 6e6)
    >>> value[40:60] *= 10.197
    >>> [stretch] = turned(SENSORS["intake_pressure"], value)
    >>> stretch.places[[0, -1]].tolist(), stretch.factor
    ([40, 59], 10.197)
    """
    if sensor.quantity == "temperature" and sensor.key not in DOWNHOLE_TEMPERATURES:
        return []
    return stretches(value, sensor.quantity, (sensor.minimum, sensor.maximum))


def spikes(value: Floats) -> NDArray[np.bool_]:
    """Single samples that jump away and back.

    Both steps opposite and over 12 times the usual step, and 12 times the roughness around.

    Args:
        value: [any] (n,)
    Returns:
        (n,) whether a sample is one
    Valid: at least 10 samples; two spoiled ones in a row are no spike.
    Ours: steps instead of Hampel's window (esp.md): clocks are irregular.

    >>> value = np.sin(np.arange(50.0))
    >>> value[20] = 40.0
    >>> spikes(value).nonzero()[0].tolist()
    [20]
    """
    result = np.zeros(len(value), bool)
    if len(value) < 10:
        return result
    step = np.diff(value.astype(np.float64))
    size = np.abs(step)
    # Where the sensor is rough for a while, a jump must stand out of that roughness.
    whole = len(size) // ROUGH * ROUGH
    local = np.median(size[:whole].reshape(-1, ROUGH), axis=1)
    if whole < len(size):
        local = np.append(local, np.median(size[whole:]))
    around = np.maximum(np.r_[local[1:], local[-1:]], np.maximum(local, np.r_[local[:1], local[:-1]]))
    rough = np.repeat(12 * around, ROUGH)[: len(size)]
    # Few get so far; the usual step of all the rest need not be known for a record without any.
    jumps = np.flatnonzero((size[:-1] > rough[:-1]) & (size[1:] > rough[:-1]))
    if len(jumps) == 0:
        return result
    usual = 12 * float(np.median(size[size != 0]))
    before, after = step[jumps], step[jumps + 1]
    least, most = np.minimum(size[jumps], size[jumps + 1]), np.maximum(size[jumps], size[jumps + 1])
    result[jumps[(least > usual) & (np.abs(before + after) < 0.5 * most)] + 1] = True
    return result


def frozen(value: Floats) -> NDArray[np.bool_]:
    """Samples in a run of one value much longer than this sensor's own usual runs.

    longer than 120 samples and three times the median run; nothing of a gauge that tells whole steps only,
    half of its changes by one of them, whose runs are of all lengths, but one 30 times as long as the next

    Args:
        value: [any] (n,)
    Returns:
        (n,) whether a sample is one; the first of a run is still a reading
    Valid: zeros are a stopped well and never frozen. A gauge of whole amperes that stands still for a day is
        a quiet well.
    Ours: esp.md, "Data quality": N equal values.

    >>> value = np.sin(np.arange(400.0))
    >>> value[100:300] = 0.5
    >>> int(frozen(value).sum())
    199
    """
    n = len(value)
    result = np.zeros(n, bool)
    if n < FROZEN_AT_LEAST:
        return result
    starts = np.flatnonzero(np.r_[True, value[1:] != value[:-1]])
    lengths = np.diff(np.r_[starts, n])
    if int(lengths.max()) <= FROZEN_AT_LEAST:
        return result
    usual = float(np.median(lengths))
    second = float(np.sort(lengths)[-2:][0])
    # A gauge that dithered for as long as it now stands, and never stood, has stopped.
    stopped = lengths.max() > FAR_LONGER * second and n - lengths.max() > ALIVE * lengths.max()
    if _in_whole_steps(value[starts]) and second > OF_ALL_LENGTHS * usual and not stopped:
        return result
    stuck = (lengths > max(FROZEN_AT_LEAST, 3 * usual)) & (value[starts] != 0)
    result[:] = np.repeat(stuck, lengths)
    result[starts[stuck]] = False  # the first of a run is still a reading
    return result


def _in_whole_steps(value: Floats) -> bool:
    """Whether a gauge is as coarse as what it measures is quiet: most of its changes are its least one, or
    all it ever told are a few whole steps.
    """
    known = value[np.isfinite(value) & (value != 0)].astype(np.float64)
    change = np.abs(np.diff(known))
    change = change[change > 0]
    if len(change) < LEAST_CHANGES:
        return False
    step = float(change.min())
    whole = float(np.mean(np.abs(change / step - np.round(change / step)) < OFF_STEP)) >= NEARLY_ALL
    few = len(np.unique(np.round(known / step))) <= FEW_STEPS
    return (whole and few) or float(np.mean(change < 1.5 * step)) >= WHOLE_STEPS


def in_few_steps(value: Floats) -> bool:
    """Whether a gauge tells nothing but zero and a few of its least steps: what is steady within one of them
    stands still in it.

    all values within 5 times the least difference of two of them, zero among them

    Args:
        value: [any] (n,)
    Returns:
        whether it does
    Valid: a gauge whose zero is a reading; vibration in steps of 0.1 g (esp.md, "Data quality").
    Ours: a fifth is more than a running pump's vibration wanders by.

    >>> in_few_steps(np.array([0.2, 0.2, 0.3, 0.0])), in_few_steps(np.array([0.18, 0.19, 0.0]))
    (True, False)
    >>> in_few_steps(np.full(9, 0.2))  # nothing says how coarse it is
    False
    """
    levels = np.unique(value[np.isfinite(value)].astype(np.float32))
    if len(levels) < 2 or len(levels) > FEWEST_STEPS + 1 or levels[0] != 0:
        return False
    return bool(levels[-1] < (FEWEST_STEPS + 0.5) * float(np.diff(levels).min()))


def _in_whole_degrees(value: Floats, shown: Floats | None) -> bool:
    """Whether nothing finer than a degree is told: liquid that stays within one looks like a dead gauge."""
    told = (value - NO_SIGNAL_K if shown is None else shown).astype(np.float64)
    told = told[np.isfinite(told)]
    return bool((np.abs(told - np.round(told)) < WHOLE_DEGREE).all())


def stood_still(time_us: NDArray[np.int64], value: Floats) -> NDArray[np.bool_]:
    """Samples of a record that holds one value from its beginning to its end.

    at least 120 samples over 12 hours, all of one value

    Args:
        time_us: [µs] (n,) in order
        value: [any] (n,)
    Returns:
        (n,) whether a sample is one; the first is still a reading
    Valid: zeros are a stopped well and never frozen.
    Ours: `frozen` compares runs with each other: here there is only one.

    >>> still = np.full(200, 61.5)
    >>> int(stood_still(np.arange(200) * 600_000_000, still).sum())
    199
    """
    result = np.zeros(len(value), bool)
    known = value[np.isfinite(value)]
    if len(known) < FROZEN_AT_LEAST or known[0] == 0 or (known != known[0]).any():
        return result
    if time_us[-1] - time_us[0] < STILL_H * 3.6e9:
        return result
    result[:] = np.isfinite(value)
    result[int(np.argmax(result))] = False
    return result
