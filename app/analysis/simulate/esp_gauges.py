"""What gauges make of the truth: noise, resolution, and how they fail. Arrays are (wells, minutes) or
(minutes,).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

# What a gauge adds and how finely it reports: noise (SI), resolution (SI).
GAUGES: dict[str, tuple[float, float]] = {
    "intake_pressure": (4e3, 2e3),
    "discharge_pressure": (8e3, 5e3),
    "intake_temperature": (0.05, 0.1),
    "motor_temperature": (0.15, 0.1),
    "motor_current": (0.12, 0.1),
    "motor_current_a": (0.12, 0.1),
    "motor_current_b": (0.12, 0.1),
    "motor_current_c": (0.12, 0.1),
    "voltage": (4.0, 1.0),
    "frequency": (0.01, 0.01),
    "active_power": (150.0, 100.0),
    "load": (0.004, 0.002),
    "insulation_resistance": (4e4, 1e3),
    "vibration_x": (0.08, 0.05),
    "wellhead_pressure": (3e3, 1e3),
    "annulus_pressure": (2e3, 1e3),
    "line_pressure": (5e3, 1e3),
    "liquid_rate": (1.5e-5, 1e-6),
}


def measured(name: str, values: Values, rng: np.random.Generator) -> Values:
    """What a gauge makes of the truth.

    normal noise and steps of GAUGES; a dead value stays dead

    Args:
        name: sensor code
        values: [SI] (..., n)
        rng: of the noise
    Returns:
        [SI] (..., n), not below 0
    Valid: sensors of GAUGES.
    Ours: resolutions as submersible gauges have them.

    >>> seen = measured("intake_pressure", np.full(100, 6e6, np.float32), np.random.default_rng(1))
    >>> bool(np.all(seen % 2000 == 0)), round(float(seen.mean()) / 1e6, 2)
    (True, 6.0)
    """
    noise, resolution = GAUGES[name]
    live = values > 0
    noisy = np.where(live, values + rng.normal(0, noise, values.shape).astype(np.float32), values)
    return (np.round(np.maximum(noisy, 0.0) / resolution) * resolution).astype(np.float32)


def freeze(values: Values, start: int, stop: int, rng: np.random.Generator) -> None:
    """A gauge that writes one value.

    Args:
        values: [SI] (n,) changed in place
        start: [min]
        stop: [min]
        rng: not asked
    Valid: start < stop within the record.
    Ours: esp.md, "Data quality": frozen.

    >>> values = np.arange(5, dtype=np.float32)
    >>> freeze(values, 1, 4, np.random.default_rng(1))
    >>> values.tolist()
    [0.0, 1.0, 1.0, 1.0, 4.0]
    """
    values[start:stop] = values[start]


def spikes(values: Values, start: int, stop: int, rng: np.random.Generator) -> None:
    """A bad contact: single samples far off, a few a day.

    Args:
        values: [SI] (n,) changed in place
        start: [min]
        stop: [min]
        rng: where and how far
    Valid: start < stop within the record; eight at least.
    Ours: esp.md, "Data quality": spike.

    >>> values = np.ones(1000, np.float32)
    >>> spikes(values, 0, 1000, np.random.default_rng(1))
    >>> int((values != 1).sum())
    8
    """
    count = max(8, (stop - start) // 240)
    at = rng.integers(start, stop, count)
    values[at] = values[at] * rng.choice([0.3, 2.2, 3.0], count).astype(np.float32)


def drift(values: Values, start: int, stop: int, rng: np.random.Generator) -> None:
    """The zero walks away, by a fifth to two fifths of the value over the stretch, and stays away.

    Args:
        values: [SI] (n,) changed in place
        start: [min]
        stop: [min]
        rng: which way and how far
    Valid: start < stop within the record.
    Ours: esp.md, "Data quality": drift.

    >>> values = np.full(1000, 10.0, np.float32)
    >>> drift(values, 200, 800, np.random.default_rng(1))
    >>> bool(values[100] == 10), 2.0 <= abs(float(values[-1]) - 10) <= 4.0
    (True, True)
    """
    away = (
        float(rng.uniform(0.2, 0.4))
        * float(rng.choice([-1, 1]))
        * float(np.nanmedian(values[max(0, start - 1440) : start + 1]))
    )
    walk = np.linspace(0, away, stop - start)
    values[start:stop] += walk.astype(np.float32)
    values[stop:] += np.float32(away)


def mix_up(values: Values, start: int, stop: int, rng: np.random.Generator) -> None:
    """Someone reconfigured the controller: another unit for a while.

    Args:
        values: [SI] (n,) changed in place
        start: [min]
        stop: [min]
        rng: which unit
    Valid: start < stop within the record.
    Ours: factors between MPa, kgf/cm² and psi.

    >>> values = np.ones(4, np.float32)
    >>> mix_up(values, 1, 3, np.random.default_rng(1))
    >>> bool(values[1] == 1), bool(values[3] == 1)
    (False, True)
    """
    values[start:stop] *= np.float32(rng.choice([0.0980665, 10.197, 0.145038]))


def lose(values: Values, start: int, stop: int, rng: np.random.Generator) -> None:
    """A line that is cut: no readings.

    Args:
        values: [SI] (n,) changed in place
        start: [min]
        stop: [min]
        rng: not asked
    Valid: start < stop within the record.
    Ours: esp.md, "Data quality": missing.

    >>> values = np.ones(4, np.float32)
    >>> lose(values, 1, 3, np.random.default_rng(1))
    >>> int(np.isnan(values).sum())
    2
    """
    values[start:stop] = np.nan


FAULTS: dict[str, Callable[[Values, int, int, np.random.Generator], None]] = {
    "sensor_frozen": freeze,
    "sensor_spike": spikes,
    "sensor_drift": drift,
    "unit_mixup": mix_up,
    "gap": lose,
}
