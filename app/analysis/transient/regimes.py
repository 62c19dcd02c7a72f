"""Flow regimes, named from the slopes of the derivative before any model is asked.

On the log-log plot storage rises by 1, flow into a fracture by ½ (or ¼ where the fracture resists), radial
flow lies flat, flow to a part of the thickness falls by ½; late, a channel rises by ½, a closed drawdown by
1, a closed build-up and an edge of constant pressure fall away. A second level twice as high is a sealing
fault, a valley between two levels rock of two kinds (or layers, or storage).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.fitting import Fitter, wellbore_rules

Floats = NDArray[np.float64]
NAMES = (
    "storage",
    "radial",
    "linear",
    "bilinear",
    "spherical",
    "falling",
    "closed",
    "valley",
    "doubling",
)
HALF_WINDOW = 0.25
"""Log cycles to each side over which a slope is taken."""

BANDS = {
    "radial": (-0.12, 0.12),
    "bilinear": (0.17, 0.33),
    "linear": (0.38, 0.62),
    "spherical": (-0.65, -0.35),
    "closed": (0.8, 1.2),
    "falling": (-9.0, -0.65),
}
LEAST_CYCLES = {
    "radial": 0.3,
    "bilinear": 0.6,
    "linear": 0.5,
    "spherical": 0.6,
    "closed": 0.2,
    "falling": 0.2,
}
DEEP, TWICE = 0.75, (1.7, 2.4)
"""How deep a valley is against both its shores; what counts as twice a level."""


@dataclass(frozen=True)
class Regime:
    """A stretch of the derivative with a name.

    Attributes:
        name: of `NAMES`
        from_s: [s]
        to_s: [s]
        level_pa: [Pa] of the derivative, at the middle
    """

    name: str
    from_s: float
    to_s: float
    level_pa: float

    @property
    def cycles(self) -> float:
        """Length [log cycles]."""
        return float(np.log10(self.to_s / self.from_s))


def log_slopes(time_s: Floats, slope_pa: Floats, half_window: float = HALF_WINDOW) -> Floats:
    """d lg Δp′/d lg Δt, each by least squares over its neighbourhood.

    Args:
        time_s: [s] (n,)
        slope_pa: [Pa] (n,) above 0
        half_window: [-] log cycles to each side
    Returns:
        [-] (n,)
    Valid: two points in each window; else the nearest ones are taken.
    Ours: the window: half of the least stretch that is named.

    >>> t = np.geomspace(1, 1e3, 30)
    >>> bool(np.allclose(log_slopes(t, t**0.5), 0.5))
    True
    """
    x, y = np.log10(time_s), np.log10(np.maximum(slope_pa, 1e-9))
    near = np.abs(x[None] - x[:, None]) <= np.maximum(
        half_window, np.sort(np.abs(x[None] - x[:, None]))[:, 2:3]
    )
    weight = near / near.sum(axis=1, keepdims=True)
    mean = weight @ x
    across = weight @ x**2 - mean**2
    found: Floats = (weight @ (x * y) - mean * (weight @ y)) / np.maximum(across, 1e-12)
    return found


def regimes(fit: Fitter) -> tuple[Regime, ...]:
    """The stretches that have a name, by time.

    Args:
        fit: the response with its derivative
    Returns:
        none where nothing is straight
    Valid: a derivative above its noise; what storage hides is not seen.
    Source: Bourdet, Well Test Analysis (Elsevier, 2002), ch. 2; widths and lengths of the bands are ours.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> [one.name for one in regimes(fitter(examples.buildup()))]  # its last points feel a boundary
    ['storage', 'falling']
    """
    time_s, slope = fit.response.time_s, fit.slope_pa
    noise = float(fit.off_pressure_pa.min())
    stored = wellbore_rules(time_s, fit.response.change_pa, slope, noise)
    found: list[Regime] = []
    free = 0
    if (stored >= 1).any():
        last = int(np.flatnonzero(stored >= 1)[-1])
        found.append(Regime("storage", float(time_s[0]), float(time_s[last]), float(slope[last])))
        free = last + 1
    tilt = log_slopes(time_s, slope)
    # From storage's hump down to the first level nothing has a name.
    while free < len(tilt) and stored[free] > 0 and tilt[free] < -0.3:
        free += 1
    for name, (low, high) in BANDS.items():
        for first, last in _runs((tilt >= low) & (tilt <= high) & (slope > 0), free):
            one = Regime(name, float(time_s[first]), float(time_s[last]), _level(slope, first, last))
            at_end = time_s[last] > 0.5 * time_s[-1]
            if one.cycles >= LEAST_CYCLES[name] and (at_end or name not in ("closed", "falling")):
                found.append(one)
    found += _shapes(time_s, slope, free, [one for one in found if one.name == "radial"])
    return tuple(sorted(found, key=lambda one: one.from_s))


def _runs(inside: NDArray[np.bool_], start: int) -> list[tuple[int, int]]:
    """(first, last) of every run of True from `start` on."""
    edges = np.flatnonzero(np.diff(np.r_[False, inside[start:], False].astype(int))) + start
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _level(slope: Floats, first: int, last: int) -> float:
    return float(np.exp(np.mean(np.log(np.maximum(slope[first : last + 1], 1e-9)))))


def _shapes(time_s: Floats, slope: Floats, free: int, levels: list[Regime]) -> list[Regime]:
    """What two stretches make together: a doubling of the level, a valley."""
    found = []
    for one, later in zip(levels, levels[1:], strict=False):
        if TWICE[0] <= later.level_pa / one.level_pa <= TWICE[1]:
            found.append(Regime("doubling", one.to_s, later.from_s, later.level_pa))
    rest = slope[free:]
    if len(rest) >= 5:
        low = int(np.argmin(rest[:-1]))
        before, after = float(rest[: low + 1].max()), float(rest[low:].max())
        if rest[low] > 0 and rest[low] < DEEP * min(before, after):
            right = low + int(np.argmax(rest[low:]))
            left = int(np.argmax(rest[: low + 1]))
            found.append(
                Regime("valley", float(time_s[free + left]), float(time_s[free + right]), float(rest[low]))
            )
    return found
