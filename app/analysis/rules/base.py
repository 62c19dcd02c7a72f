"""What a rule is given and what it answers. Rules know neither store nor screen nor clock."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.shape import Loads, Shape, SurfaceShape
from app.models.findings import Evidence
from app.models.readings import Hourly

Floats = NDArray[np.float64]
HOUR_US = 3_600_000_000


@dataclass(frozen=True)
class Verdict:
    """One thing found. An episode has times [µs]; a card's verdict has none: it holds when the card was taken."""

    severity: str
    confidence: float
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...] = ()
    settled_by: tuple[str, ...] = ()
    from_us: int | None = None
    to_us: int | None = None


@dataclass(frozen=True)
class CardCase:
    """A card analysed; `shape` is None where there is no pump card, then only `surface` can be argued from."""

    analysis: CardAnalysis
    shape: Shape | None
    surface: SurfaceShape
    loads: Loads | None = None


@dataclass(frozen=True)
class EspCase:
    """Hours of one well on one grid, (hours,) each, NaN where there is nothing: low, high, mean by sensor code [SI]."""

    time_us: NDArray[np.int64]
    low: dict[str, Floats]
    high: dict[str, Floats]
    mean: dict[str, Floats]
    marks: dict[str, NDArray[np.uint8]]
    running: NDArray[np.bool_]
    stable: NDArray[np.bool_]
    baseline: NDArray[np.bool_]

    def has(self, *codes: str) -> bool:
        return all(code in self.mean for code in codes)


@dataclass(frozen=True)
class Rule:
    """`key` is a condition of the domain pages; `needs` says which case it is asked with."""

    key: str
    needs: str
    judge: Callable[..., list[Verdict]] = field(compare=False)


def esp_case(hours: dict[str, Hourly]) -> EspCase | None:
    """Put the sensors on one hourly grid and find when the pump ran. None when nothing tells whether it ran.

    Baseline: steady hours of the first half of the window, at most 45 days: what this well did before.
    """
    clocks = [series.time_us for series in hours.values() if len(series)]
    if not clocks or not ({"frequency", "motor_current"} & hours.keys()):
        return None
    first, last = min(int(c[0]) for c in clocks), max(int(c[-1]) for c in clocks)
    time_us = np.arange(first, last + 1, HOUR_US, dtype=np.int64)
    low: dict[str, Floats] = {}
    high: dict[str, Floats] = {}
    mean: dict[str, Floats] = {}
    marks: dict[str, NDArray[np.uint8]] = {}
    for code, series in hours.items():
        place = (series.time_us - first) // HOUR_US
        for target, column in ((low, series.low), (high, series.high), (mean, series.mean)):
            target[code] = np.full(len(time_us), np.nan)
            target[code][place] = column
        marks[code] = np.zeros(len(time_us), np.uint8)
        marks[code][place] = series.marks
    if "frequency" in low:
        running = low["frequency"] > 5
    else:
        running = low["motor_current"] > 0.2 * np.nanmax(high["motor_current"])
    stable = running & np.r_[False, running[:-1]]
    until = time_us[0] + min((time_us[-1] - time_us[0]) // 2, 45 * 24 * HOUR_US)
    return EspCase(time_us, low, high, mean, marks, running, stable, stable & (time_us <= until))


def middle(values: Floats, where: NDArray[np.bool_]) -> tuple[float, float]:
    """Median and robust spread (1.4826·MAD) over `where`; NaN when there are fewer than 24 values."""
    chosen = values[where]
    chosen = chosen[np.isfinite(chosen)]
    if len(chosen) < 24:
        return math.nan, math.nan
    median = float(np.median(chosen))
    return median, 1.4826 * float(np.median(np.abs(chosen - median)))


def smooth(values: Floats, hours: int) -> Floats:
    """Median of the last `hours` values that exist, (n,); NaN where fewer than half of them do."""
    padded = np.r_[np.full(hours - 1, np.nan), values]
    windows = np.lib.stride_tricks.sliding_window_view(padded, hours)
    enough = np.isfinite(windows).sum(axis=1) * 2 >= hours
    result = np.full(len(values), np.nan)
    if enough.any():
        result[enough] = np.nanmedian(windows[enough], axis=1)
    return result


def episodes(mask: NDArray[np.bool_], *, at_least: int, bridge: int) -> list[slice]:
    """Runs of True at least `at_least` hours long; runs less than `bridge` hours apart are one."""
    index = np.flatnonzero(mask)
    if len(index) == 0:
        return []
    cuts = np.flatnonzero(np.diff(index) > bridge)
    starts, ends = index[np.r_[0, cuts + 1]], index[np.r_[cuts, len(index) - 1]]
    return [slice(int(a), int(b) + 1) for a, b in zip(starts, ends, strict=True) if b + 1 - a >= at_least]


def certainty(strength: float, *, half: float, sure: float) -> float:
    """Confidence 0.5 at `half`, 0.9 at `sure`, a logistic between and beyond, never above 0.98."""
    slope = math.log(9) / (sure - half)
    return float(min(0.98, 1 / (1 + math.exp(-np.clip(slope * (strength - half), -30, 30)))))
