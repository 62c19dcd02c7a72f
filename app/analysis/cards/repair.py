"""Recorded cards lie: what can be repaired is repaired and said, the rest is refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError
from app.models.cards import Card

Floats = NDArray[np.float64]
FEWEST_POINTS = 30
STROKE_LIMITS_M = (0.2, 15.0)
LOAD_LIMIT_N = 400e3


@dataclass(frozen=True)
class Remark:
    """One thing done to a record or missing from it; `code` names a sentence in the texts (`quality.<code>`)."""

    code: str
    details: dict[str, Any]


@dataclass(frozen=True)
class CleanCard:
    """One stroke in equal time steps, upstroke first, from the bottom: position_m (n,) from 0 up, load_n (n,)."""

    position_m: Floats
    load_n: Floats
    remarks: tuple[Remark, ...]


def repair(card: Card) -> CleanCard:
    """Raises KnownError (card_*) for a record that is no card."""
    remarks: list[Remark] = []
    position, load, time_s = (
        np.asarray(card.position_m, float),
        np.asarray(card.load_n, float),
        card.time_s,
    )
    position, load, time_s = _drop_artefacts(position, load, time_s, remarks)
    _refuse_what_is_no_card(card, position, load)
    position, load = _equal_steps(card, position, load, time_s, remarks)
    load = _without_spikes(load, remarks)
    if _signed_area(position, load) < 0:
        position, load = position[::-1], load[::-1]
        remarks.append(Remark("time_reversed", {}))
    start = int(np.argmin(position))
    if start:
        position, load = np.roll(position, -start), np.roll(load, -start)
    return CleanCard(position - position.min(), load, tuple(remarks))


def _drop_artefacts(
    position: Floats, load: Floats, time_s: Floats | None, remarks: list[Remark]
) -> tuple[Floats, Floats, Floats | None]:
    """Exact zeros at the ends, the first point repeated as the last, points recorded twice."""
    keep = np.ones(len(position), bool)
    empty = (position == 0) & (load == 0)
    if empty.any() and np.median(np.abs(load)) > 0:
        keep &= ~empty
        remarks.append(Remark("zeros_dropped", {"count": int(empty.sum())}))
    repeated = np.r_[False, (np.diff(position) == 0) & (np.diff(load) == 0)]
    if len(position) > 2 and position[0] == position[-1] and load[0] == load[-1]:
        repeated[-1] = True
    if (repeated & keep).any():
        # Without times a dropped repeat would shift the rest by a step; only the closing point is safe to drop.
        if time_s is None:
            repeated[:-1] = False
        if (repeated & keep).any():
            remarks.append(Remark("repeats_dropped", {"count": int((repeated & keep).sum())}))
            keep &= ~repeated
    return position[keep], load[keep], None if time_s is None else np.asarray(time_s, float)[keep]


def _refuse_what_is_no_card(card: Card, position: Floats, load: Floats) -> None:
    if len(position) < FEWEST_POINTS:
        raise KnownError("card_too_short", well=card.well, count=len(position), fewest=FEWEST_POINTS)
    if not (np.isfinite(position).all() and np.isfinite(load).all()):
        index = int(np.flatnonzero(~(np.isfinite(position) & np.isfinite(load)))[0])
        raise KnownError("card_not_numbers", well=card.well, index=index)
    stroke = float(np.ptp(position))
    if not STROKE_LIMITS_M[0] <= stroke <= STROKE_LIMITS_M[1]:
        raise KnownError("card_stroke", well=card.well, stroke=stroke)
    if float(np.ptp(load)) == 0 or float(np.abs(load).max()) > LOAD_LIMIT_N:
        raise KnownError("card_load", well=card.well, low=float(load.min()), high=float(load.max()))
    if not 0.2 <= card.strokes_per_minute <= 30:
        raise KnownError("card_speed", well=card.well, speed=card.strokes_per_minute)


def _equal_steps(
    card: Card, position: Floats, load: Floats, time_s: Floats | None, remarks: list[Remark]
) -> tuple[Floats, Floats]:
    if time_s is None:
        return position, load
    steps = np.diff(time_s)
    if (steps <= 0).any():
        raise KnownError("card_time", well=card.well, index=int(np.flatnonzero(steps <= 0)[0]) + 1)
    if np.ptp(steps) < 0.01 * steps.mean():
        return position, load
    period = 60.0 / card.strokes_per_minute
    even = time_s[0] + np.arange(len(time_s)) * period / len(time_s)
    remarks.append(Remark("uneven_sampling", {"count": len(time_s)}))
    return np.interp(even, time_s, position, period=period), np.interp(even, time_s, load, period=period)


def _without_spikes(load: Floats, remarks: list[Remark]) -> Floats:
    """Hampel filter over seven points, nine deviations: only what no rod string can do."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(load, 3, mode="wrap"), 7)
    median = np.median(around, axis=1)
    spread = 1.4826 * np.median(np.abs(around - median[:, None]), axis=1)
    spikes = np.abs(load - median) > np.maximum(9 * spread, 0.15 * np.ptp(np.percentile(load, [2, 98])))
    if not spikes.any() or spikes.mean() > 0.05:
        return load
    remarks.append(Remark("spikes_replaced", {"count": int(spikes.sum())}))
    return np.where(spikes, median, load)


def _signed_area(position: Floats, load: Floats) -> float:
    """∮F·ds: positive when the upstroke carries more than the downstroke, as it must."""
    return float(np.sum(load * (np.roll(position, -1) - np.roll(position, 1))) / 2)
