"""Whole lives of ESP pumps by the day: slow damage, what the sensors make of it, and when each pump fails.

Age wears every pump (Weibull); insulation, cooling, wear, gas, starts and phases each begin to go wrong on
some pumps at some time and raise the hazard; half of the failures come without any sign, as in the field
(esp.md: many failures have no hydraulic precursor). Pumps pulled for other reasons are censored. Rates of a
field differ from those of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.forecast.features import NAMES

Floats = NDArray[np.float64]
HORIZONS = (7, 30, 90)


@dataclass(frozen=True)
class Lives:
    """Weeks of pumps, one a row.

    Attributes:
        pump: [-] (n,) number
        field: [-] (n,) number
        day: [d] (n,) of the calendar
        features: [as NAMES says] (n, len(NAMES))
        left_days: [d] (n,)
        fails: (n,) whether that ends in a failure; else the pump was pulled or runs still
        run_days: [d] (pumps,) of each run
        run_failed: (pumps,)
    """

    pump: NDArray[np.int64]
    field: NDArray[np.int64]
    day: Floats
    features: Floats
    left_days: Floats
    fails: NDArray[np.bool_]
    run_days: Floats
    run_failed: NDArray[np.bool_]


def simulate(pumps: int, rng: np.random.Generator, *, fields: int = 8, calendar_days: int = 1500) -> Lives:
    """Whole lives of ESP pumps, seen once a week.

    age (Weibull) and slow damage raise the hazard; half of the failures come without any sign; fields differ
    by exp(N(0, 0.3))

    Args:
        pumps: [-] how many
        rng: that draws
        fields: [-] among how many
        calendar_days: [d] of the records
    Returns:
        what the failure model is trained and judged on
    Valid: pulling for other reasons: 1400 days on average.
    Ours: esp.md: many failures have no hydraulic precursor.

    >>> made = simulate(2, np.random.default_rng(1), fields=1)
    >>> made.run_days.shape, made.features.shape[1] == len(NAMES)
    ((2,), True)
    """
    harsh = np.exp(rng.normal(0, 0.3, fields))
    rows: list[tuple[Any, Any, Any, Any, bool]] = []
    runs, failed = np.zeros(pumps), np.zeros(pumps, bool)
    of_field = rng.integers(0, fields, pumps)
    for pump in range(pumps):
        start = float(rng.uniform(0, calendar_days * 0.9))
        features, hazard = _life(float(harsh[of_field[pump]]), rng)
        fate = np.cumsum(hazard)
        end = int(np.searchsorted(fate, -np.log(rng.uniform())))
        pulled = int(rng.exponential(1400))
        last = min(end, pulled, int(calendar_days - start), len(hazard) - 1)
        runs[pump], failed[pump] = max(last, 1), end <= last
        weeks = np.arange(7, last, 7)
        rows.append(
            (
                np.full(len(weeks), pump),
                start + weeks,
                features[weeks],
                last - weeks.astype(float),
                bool(end <= last),
            )
        )
    whose = np.concatenate([row[0] for row in rows])
    return Lives(
        whose,
        of_field[whose],
        np.concatenate([row[1] for row in rows]),
        np.concatenate([row[2] for row in rows]),
        np.concatenate([row[3] for row in rows]),
        np.concatenate([np.full(len(row[0]), row[4]) for row in rows]),
        runs,
        failed,
    )


def _life(harsh: float, rng: np.random.Generator, days: int = 1600) -> tuple[Floats, Floats]:
    """(features by day (days, len(NAMES)), hazard per day (days,))."""
    day = np.arange(days, dtype=float)

    def goes_wrong(chance: float, over: tuple[float, float], most: float) -> Floats:
        if rng.random() > chance * harsh:
            return np.zeros(days)
        start, length = rng.uniform(20, 900), rng.uniform(*over)
        return most * rng.uniform(0.4, 1.3) * np.clip((day - start) / length, 0, 1.3)

    insulation = rng.normal(0.3, 0.1) + goes_wrong(0.35, (40, 250), 1.6)
    heat, wear = goes_wrong(0.25, (20, 150), 30), goes_wrong(0.4, (80, 400), 0.25)
    gas, unbalance = goes_wrong(0.3, (5, 60), 2.0), goes_wrong(0.15, (10, 90), 0.10)
    starts = 0.08 + goes_wrong(0.25, (10, 80), 3.0) * rng.uniform(0.5, 1.5)
    load = rng.uniform(0.55, 0.95)
    vibration = 3 * wear * rng.uniform(0.5, 1.5) + 0.1 * gas
    base = 1.4 / 900 * (day / 900) ** 0.4 * harsh
    hazard = base + harsh * (
        0.004 * np.clip(insulation - 0.8, 0, None) ** 2 * 3
        + 0.00035 * np.clip(heat - 8, 0, None)
        + 0.02 * np.clip(wear - 0.08, 0, None)
        + 0.0012 * np.clip(gas - 0.5, 0, None)
        + 0.05 * np.clip(unbalance - 0.03, 0, None)
        + 0.0016 * np.clip(starts - 0.5, 0, None)
        + 0.004 * max(load - 0.85, 0)
    )
    slope = np.maximum(0, insulation - np.r_[np.full(30, insulation[0]), insulation[:-30]])

    def seen(values: Floats | float, noise: float) -> Floats:
        return values + rng.normal(0, noise, days)

    columns = {
        "age_days": day,
        "insulation": seen(insulation, 0.05),
        "insulation_falls": np.maximum(0, seen(slope, 0.03)),
        "motor_rise": seen(heat, 1.5),
        "vibration": seen(vibration, 0.06),
        "lift_loss": seen(wear, 0.012),
        "raggedness": seen(gas, 0.15),
        "starts_a_day": rng.poisson(np.maximum(starts, 0) * 7) / 7,
        "unbalance": np.abs(seen(0.01 + unbalance, 0.004)),
        "load": seen(load, 0.02),
    }
    return np.stack([columns[name] for name in NAMES], axis=1), hazard
