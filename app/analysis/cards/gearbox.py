"""Torque on the gearbox over the turn of the crank, existing and best balanced (API Spec 11E, annex B to D).

T = TF·(W − B) − M·sin(θ + τ), positive where the gearbox drives. The torque factor TF is the polished rod's
way per angle of the crank, ds/dθ, which is what (A·R/C)·sin α/sin β comes to. W polished rod load, B
structural imbalance (negative: the horsehead is heavy), M moment of the counterweights, θ crank angle from 12
o'clock, from 6 o'clock on rear-mounted units, τ how far the counterweights' arm is off the crank (24° on Mark
II). Air-balanced units push with air instead: T = TF·(W − B − S).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards.unit import Linkage, linkage_of, motion, phase_of, rotation_of, turns_with_the_clock
from app.core.plain import JsonObject
from app.models.values import number_of

Floats = NDArray[np.float64]
MOST_TRIALS = 60
MARK2_OFFSET_RAD = math.radians(24)
"""Counterweights of Mark II units stand on an arm of their own, 24° off the line through the crank pin: at
the bottom of the stroke it stands upright.
"""


@dataclass(frozen=True)
class Torque:
    """Torque over the turn of the crank, from the bottom of the stroke.

    Attributes:
        crank_rad: [rad] (n,)
        rod_n_m: [N·m] (n,) of the rods
        counterbalance_n_m: [N·m] (n,) of the best counterweights
        balanced_n_m: [N·m] (n,) net, best balanced
        existing_n_m: [N·m] (n,) net, as the weights stand; None where nobody told their moment
        best_moment_n_m: [N·m]
        moment_n_m: [N·m] as the weights stand, or None
    """

    crank_rad: Floats
    rod_n_m: Floats
    counterbalance_n_m: Floats
    balanced_n_m: Floats
    existing_n_m: Floats | None
    best_moment_n_m: float
    moment_n_m: float | None

    @property
    def balanced_peak_n_m(self) -> float:
        """Largest net torque, best balanced [N·m]."""
        return float(np.abs(self.balanced_n_m).max())

    @property
    def peak_n_m(self) -> float | None:
        """Largest net torque as the weights stand [N·m], or None."""
        return None if self.existing_n_m is None else float(np.abs(self.existing_n_m).max())

    @property
    def imbalance(self) -> float | None:
        """Upstroke peak less downstroke peak over the larger [-]; above 0 the unit is rod heavy
        (under-balanced).
        """
        if self.existing_n_m is None:
            return None
        up, down = _peaks(self.existing_n_m, self.rod_n_m)
        return (up - down) / max(up, down, 1e-9)


def torque_over_turn(position_m: Floats, load_n: Floats, unit: JsonObject) -> Torque | None:
    """Torque on the gearbox over the turn, existing and best balanced.

    T = TF·(W − B) − M·sin(θ + τ), TF = ds/dθ; the best M gives both strokes the same peak

    Args:
        position_m: [m] (n,) polished rod, one stroke from the bottom
        load_n: [N] (n,) W
        unit: dimensions api_A_m … api_R_m [m], geometry, rotation, structural_imbalance_n B [N],
            counterbalance_moment_n_m M [N·m]
    Returns:
        None without the unit's dimensions
    Valid: constant crank speed: inertia of a slipping motor is not in it. Mark II: τ 24°; air-balanced units
        push with TF instead of M·sin.
    Source: API Spec 11E, annexes B to D.

    >>> from app.analysis import examples
    >>> card = examples.card()
    >>> torque = torque_over_turn(card.clean.position_m, card.clean.load_n, card.card.bore.unit)
    >>> torque.balanced_peak_n_m < torque.peak_n_m, torque.imbalance > 0  # too little weight on the cranks
    (True, True)
    """
    linkage = linkage_of(unit)
    if linkage is None:
        return None
    clockwise = turns_with_the_clock(rotation_of(unit))
    phase = phase_of(position_m, linkage, rotation_of(unit))
    factor, lever = _geometry(linkage, unit, phase, clockwise=clockwise)
    rod = factor * (load_n - (number_of(unit, "structural_imbalance_n") or 0.0))
    best = _best_moment(rod, lever)
    given = number_of(unit, "counterbalance_moment_n_m")
    return Torque(
        2 * math.pi * phase,
        rod,
        best * lever,
        rod - best * lever,
        None if not given else rod - given * lever,
        best,
        given or None,
    )


def _geometry(linkage: Linkage, unit: JsonObject, phase: Floats, *, clockwise: bool) -> tuple[Floats, Floats]:
    """Torque factor [m/rad] and what a unit of counterbalance moment gives against it, at shares of the
    turn.
    """
    air = unit.get("geometry") == "air_balanced"
    horizontal = number_of(unit, "api_I_m") or 0.6 * linkage.k_m
    turn, factor, lever = _over_turn(linkage, horizontal, air, clockwise)
    return np.interp(phase, turn, factor), np.interp(phase, turn, lever)


@lru_cache(maxsize=64)
def _over_turn(
    linkage: Linkage, horizontal_m: float, air: bool, clockwise: bool
) -> tuple[Floats, Floats, Floats]:
    """(share of the turn, factor, lever) of a unit, read-only: the same for its thousand cards."""
    angle, position = motion(linkage, clockwise=clockwise)
    n = len(angle)
    step = 2 * math.pi / n
    factor = (few.turned(position, -1) - few.turned(position, 1)) / (2 * step)
    if air:
        lever = factor / factor.max()
    else:
        tilt = math.asin(min(1.0, horizontal_m / linkage.k_m))  # of the line K from the vertical
        # Weights lie with the pin on a conventional unit, across from it on a rear-mounted one; they go down
        # on the upstroke.
        height = -np.cos(angle + tilt + MARK2_OFFSET_RAD) if linkage.mark2 else np.cos(angle + tilt)
        lever = -(few.turned(height, -1) - few.turned(height, 1)) / (2 * step)
    made = np.arange(n + 1) / n, np.append(factor, factor[0]), np.append(lever, lever[0])
    for values in made:
        values.flags.writeable = False
    return made


def _peaks(torque: Floats, rod: Floats) -> tuple[float, float]:
    """Greatest torque of the upstroke (the rod works against the gearbox) and of the downstroke."""
    up = rod > 0
    return float(torque[up].max(initial=0.0)), float(torque[~up].max(initial=0.0))


def _best_moment(rod: Floats, lever: Floats) -> float:
    """The moment at which both strokes have the same peak: up falls and down rises with it, so it is
    bracketed. Each peak is a straight line of the moment while it stays with its point of the turn: where the
    two lines meet is tried first.
    """
    low, high = 0.0, 4 * float(np.abs(rod).max()) / float(np.abs(lever).max())
    up = rod > 0
    # A torque that falls below nothing is no peak.
    rod_up, lever_up = np.append(rod[up], 0.0), np.append(lever[up], 0.0)
    rod_down, lever_down = np.append(rod[~up], 0.0), np.append(lever[~up], 0.0)
    middle = high / 2
    for _ in range(MOST_TRIALS):
        torque_up, torque_down = rod_up - middle * lever_up, rod_down - middle * lever_down
        i, j = int(torque_up.argmax()), int(torque_down.argmax())
        low, high = (middle, high) if torque_up[i] > torque_down[j] else (low, middle)
        leaning = float(lever_up[i] - lever_down[j])
        meeting = float(rod_up[i] - rod_down[j]) / leaning if leaning else low
        if abs(meeting - middle) <= 1e-12 * high:
            return meeting
        middle = meeting if low < meeting < high else (low + high) / 2
    return middle


def counterbalance_effect_n(moment_n_m: float, unit: JsonObject, *, phase: float = 0.25) -> float | None:
    """Load at the polished rod that holds the counterweights still: what a counterbalance effect check should
    read.

    CBE = M·sin θ/TF + B

    Args:
        moment_n_m: [N·m] M
        unit: as `torque_over_turn`
        phase: [-] share of the turn at which the crank is stopped
    Returns:
        [N] None without the unit's dimensions
    Valid: away from both dead centres, where TF is 0.
    Source: API Spec 11E.

    >>> unit = {"api_A_m": 3.277, "api_C_m": 2.821, "api_K_m": 4.459, "api_P_m": 3.353, "api_R_m": 1.067}
    >>> half, whole = counterbalance_effect_n(20e3, unit), counterbalance_effect_n(40e3, unit)
    >>> bool(math.isclose(2 * half, whole))
    True
    """
    linkage = linkage_of(unit)
    if linkage is None:
        return None
    factor, lever = _geometry(
        linkage, unit, np.array([phase]), clockwise=turns_with_the_clock(rotation_of(unit))
    )
    return float(moment_n_m * lever[0] / factor[0] + (number_of(unit, "structural_imbalance_n") or 0.0))
