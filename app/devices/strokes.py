"""Where a stroke begins in samples of a polished rod's position, and one stroke cut out of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError

Floats = NDArray[np.float64]
LEAST_POINTS = 24
LEAST_STROKE_M = 0.1
SHARE = 0.2
"""Of the stroke: the rod has left the bottom when it is so far above it."""


def bottoms(time_s: Floats, position_m: Floats) -> Floats:
    """Moments at which the rod was at the bottom [s], between two rises of SHARE of the stroke.

    Each by a parabola through the lowest sample and its neighbours; ends of the record do not count.
    """
    low, high = float(np.min(position_m)), float(np.max(position_m))
    if high - low < LEAST_STROKE_M:
        return np.empty(0)
    below = position_m < low + SHARE * (high - low)
    edges = np.flatnonzero(np.diff(below.astype(np.int8)))
    starts = [int(i) + 1 for i in edges if not below[i]]
    found = []
    for start in starts:
        end = next((int(i) + 1 for i in edges if i >= start), None)
        if end is not None:
            found.append(_lowest(time_s, position_m, start + int(np.argmin(position_m[start:end]))))
    return np.array(found)


def _lowest(time_s: Floats, position_m: Floats, i: int) -> float:
    if not 0 < i < len(time_s) - 1:
        return float(time_s[i])
    t, x = time_s[i - 1 : i + 2] - time_s[i], position_m[i - 1 : i + 2]
    a, b, _ = np.polyfit(t, x, 2)
    vertex = -b / (2 * a) if a > 0 else 0.0
    return float(time_s[i] + np.clip(vertex, t[0], t[2]))


def one_stroke(time_s: Floats, position_m: Floats, load_n: Floats) -> tuple[Floats, Floats, Floats]:
    """The last whole stroke: time from its start, position, load, beginning and ending at the bottom. Raises
    KnownError (device_no_stroke, device_few_points).
    """
    found = bottoms(time_s, position_m)
    if len(found) < 2:
        raise KnownError("device_no_stroke", count=len(found), seconds=float(time_s[-1] - time_s[0]))
    start, end = found[-2], found[-1]
    inside = (time_s > start) & (time_s < end)
    if inside.sum() < LEAST_POINTS:
        raise KnownError("device_few_points", count=int(inside.sum()), least=LEAST_POINTS)
    t: Floats = np.r_[start, time_s[inside], end]
    return t - start, _at(t, time_s, position_m), _at(t, time_s, load_n)


def _at(moments: Floats, time_s: Floats, values: Floats) -> Floats:
    return np.asarray(np.interp(moments, time_s, values), np.float64)
