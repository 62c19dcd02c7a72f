"""What lies between a well and what is known of it: the recorder's filter and points, a cell that is off,
a tight stuffing box, wrong numbers in the passport. Drawn so that a training sees what the field sends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.models.cards import Card, WellBore

Floats = NDArray[np.float64]
PLUNGERS_M = (0.028, 0.032, 0.038, 0.044, 0.051, 0.057, 0.064, 0.070)


@dataclass(frozen=True)
class Dirt:
    """What befalls one record. Loads are shares of the largest fluid load p_d·A.

    Attributes:
        points: [-] of the record
        blur: [-] of a stroke's time, standard deviation of its smoothing
        lag: [-] of a stroke's time that the load comes late
        box: [-] friction of the stuffing box, each way
        offset: [-] of the cell's zero, weights and buoyancy together
        scale: [-] of the cell
        density: [-] true over known
        depth: [-] known over true
        plunger: [-] sizes that the passport is off
    """

    points: int
    blur: float
    lag: float
    box: float
    offset: float
    scale: float
    density: float
    depth: float
    plunger: int

    def families(self) -> tuple[str, ...]:
        """Which outer families of records this one is of.

        Returns:
            of friction, offset, recorder, inputs
        Valid: any.
        Ours: whole families are left out of a training to see what it is worth beyond what it was taught.

        >>> Dirt(40, 0.0, 0.0, 0.1, 0.0, 1.0, 1.0, 1.0, 0).families()
        ('friction', 'recorder')
        """
        found = {
            "friction": self.box > 0.06,
            "offset": abs(self.offset) > 0.12,
            "recorder": self.points < 60 or self.blur > 0.012,
            "inputs": abs(self.depth - 1) > 0.02 or abs(self.density - 1) > 0.05 or self.plunger != 0,
        }
        return tuple(name for name, outer in found.items() if outer)


def drawn(rng: np.random.Generator) -> Dirt:
    """One record's dirt.

    Args:
        rng: that draws
    Returns:
        always another; two fifths of the cells are well off
    Valid: points 30 … 256; blur to 0.02; box to 0.12; offset −0.45 … 0.1; the rest normal.
    Ours: real lower lines lie at −0.16 … −0.57 of p_d·A, records have 20 … 100 points, rounded corners up to
        0.08 … 0.12 of the half stroke (founders' truth cases); class of cells 1 … 2 %, depths to 1 %, water
        cuts to 10 points: docs/DIAGNOSIS.md.

    >>> dirt = drawn(np.random.default_rng(1))
    >>> 30 <= dirt.points <= 256, 0 <= dirt.blur <= 0.02
    (True, True)
    """
    off = rng.random() < 0.4
    return Dirt(
        points=int(rng.choice([32, 40, 50, 64, 80, 100, 144, 200, 200, 256])),
        blur=0.02 * float(rng.random()) ** 1.5,
        lag=float(rng.normal(0, 0.002)),
        box=0.12 * float(rng.random()) ** 2,
        offset=float(rng.uniform(-0.45, 0.1) if off else rng.normal(-0.02, 0.03)),
        scale=float(rng.normal(1, 0.015)),
        density=float(rng.normal(1, 0.025)),
        depth=float(rng.normal(1, 0.05 if rng.random() < 0.1 else 0.006)),
        plunger=int(rng.choice([-1, 1])) if rng.random() < 0.03 else 0,
    )


def soiled(card: Card, dirt: Dirt, largest_load_n: float) -> Card:
    """A record with its dirt, from one that has none of it.

    load' = smoothed(load − box·tanh(v/v₀) …)·scale + offset, delayed, at fewer points

    Args:
        card: one closed stroke in equal steps, in the direction it ran
        dirt: drawn
        largest_load_n: [N] p_d·A
    Returns:
        with what is then known of the well
    Valid: records of 60 points and more before it.
    Ours: friction at the stuffing box turns with the polished rod; all else moves every load alike.

    >>> from app.analysis import examples
    >>> card = examples.card().card
    >>> dirty = soiled(card, Dirt(40, 0.01, 0.0, 0.05, -0.2, 1.0, 1.0, 1.0, 0), 20e3)
    >>> len(dirty.load_n), bool(dirty.load_n.mean() < card.load_n.mean() - 3e3)
    (40, True)
    """
    position, load = np.asarray(card.position_m, float), np.asarray(card.load_n, float)
    n = len(load)
    ahead = 1.0 if _area(position, load) > 0 else -1.0
    speed = ahead * (np.roll(position, -1) - np.roll(position, 1))
    load = load + dirt.box * largest_load_n * np.tanh(speed / (0.05 * float(np.abs(speed).max())))
    load = load * dirt.scale + dirt.offset * largest_load_n
    load = _smoothed(load, dirt.blur, ahead * dirt.lag)
    position = _smoothed(position, dirt.blur / 2, 0.0)
    at = np.arange(dirt.points) * n / dirt.points
    whole = np.arange(n + 1)
    return replace(
        card,
        position_m=np.interp(at, whole, np.r_[position, position[0]]),
        load_n=np.interp(at, whole, np.r_[load, load[0]]),
        bore=_as_known(card.bore, dirt),
    )


def _area(position: Floats, load: Floats) -> float:
    return float(np.sum(load * (np.roll(position, -1) - np.roll(position, 1))))


def _smoothed(values: Floats, blur: float, lag: float) -> Floats:
    turns = 2 * math.pi * np.arange(len(values) // 2 + 1)
    kept = np.exp(-((turns * blur) ** 2) / 2 - 1j * turns * lag)
    smooth: Floats = np.fft.irfft(np.fft.rfft(values) * kept, len(values))
    return smooth


def _as_known(bore: WellBore, dirt: Dirt) -> WellBore:
    fluid, depth, plunger = bore.fluid, bore.pump_depth_m, bore.plunger_diameter_m
    if fluid.water_cut is not None and fluid.oil_relative_density is not None:
        light = fluid.water_relative_density - fluid.oil_relative_density
        mixed = fluid.oil_relative_density + fluid.water_cut * light
        cut = (mixed / dirt.density - fluid.oil_relative_density) / light
        fluid = replace(fluid, water_cut=float(np.clip(cut, 0, 1)))
    if plunger is not None and dirt.plunger:
        nearest = int(np.argmin(np.abs(np.array(PLUNGERS_M) - plunger)))
        plunger = PLUNGERS_M[min(max(nearest + dirt.plunger, 0), len(PLUNGERS_M) - 1)]
    return replace(
        bore,
        fluid=fluid,
        pump_depth_m=None if depth is None else depth * dirt.depth,
        plunger_diameter_m=plunger,
    )


def largest_load_n(discharge_pa: float, plunger_diameter_m: float) -> float:
    """The largest fluid load there can be.

    p_d·A

    Args:
        discharge_pa: [Pa] p_d
        plunger_diameter_m: [m]
    Returns:
        [N]
    Valid: any.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> round(largest_load_n(1e7, 2 / math.sqrt(math.pi)))  # 1 m²
    10000000
    """
    return discharge_pa * math.pi / 4 * plunger_diameter_m**2
