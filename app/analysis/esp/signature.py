"""Match a condition's signature (esp.md, table of signatures) against a well's departures: episodes with
evidence.

A sign is a direction and two sizes: at `half` it counts half, at `full` wholly. Signs that are needed must be
there wherever their sensor is; vetoes speak against; the rest adds to the score. Rules, not votes: each
episode tells what it was made of, in units and in sigmas.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.analysis.esp.baseline import Departures
from app.analysis.esp.grid import Grid
from app.analysis.esp.modes import Modes
from app.models.findings import Evidence

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
UP, DOWN = 1.0, -1.0
LEAST_SIGMAS = 3.0
# parameter → sensor whose trend shows it
SENSOR_OF = {
    "current": "motor_current",
    "noise": "motor_current",
    "intake": "intake_pressure",
    "discharge": "discharge_pressure",
    "lift": "discharge_pressure",
    "motor_rise": "motor_temperature",
    "vibration": "vibration_x",
    "rate": "liquid_rate",
    "wellhead": "wellhead_pressure",
    "line": "line_pressure",
    "annulus": "annulus_pressure",
    "power": "active_power",
    "voltage": "voltage",
    "current_unbalance": "motor_current_a",
    "voltage_unbalance": "voltage_ab",
}


@dataclass(frozen=True)
class Sign:
    """One sign of a condition.

    Attributes:
        parameter: of `Departures`
        direction: [-] UP 1, DOWN −1
        half: [as the departure] size at which it counts half
        full: [as the departure] size at which it counts wholly
        weight: [-] in the score
        needed: without it there is no episode, where its sensor is
    """

    parameter: str
    direction: float
    half: float
    full: float
    weight: float = 1.0
    needed: bool = False

    def membership(self, departures: Departures) -> Floats | None:
        """How much a sign holds, by cell.

        clip(½ + ½·(size − half)/(full − half), 0, 1); nothing under half of `half` or three sigmas

        Args:
            departures: of a well
        Returns:
            [-] (n,) ½ at `half`, NaN where unknown; None without the sensor
        Valid: any.
        Ours: esp.md: "score = Σ w·m", this is its m.

        >>> from app.analysis import examples
        >>> share = Sign("intake", UP, 0.1, 0.3).membership(examples.esp({"intake_pressure": 1.2}).departures)
        >>> round(float(share[-1]), 2), float(share[100])  # half way from half to full; before it nothing
        (0.74, 0.0)
        """
        if self.parameter not in departures.value:
            return None
        size = self.direction * departures.value[self.parameter]
        share = np.clip(0.5 + 0.5 * (size - self.half) / (self.full - self.half), 0, 1)
        share = np.where(size < 0.5 * self.half, 0.0, share)
        spread = departures.spread[self.parameter]
        if np.isfinite(spread):
            share = np.where(size < LEAST_SIGMAS * spread, 0.0, share)
        return np.where(np.isfinite(size), share, np.nan)


@dataclass(frozen=True)
class Signature:
    """What a condition looks like.

    Attributes:
        key: parameter whose rise is its own
        signs: for it
        vetoes: against it
        any_of: one of these parameters at least must be measured
        dwell_h: [h] it lasts at least
        bridge_h: [h] a gap as short does not end it
        settled: only settled running is looked at
        sudden_h: [h] the key rises within
        slow_h: [h] the key rises over, at least
        least_score: [-] of an episode
        mask: cells that may count
    """

    key: str
    signs: tuple[Sign, ...]
    vetoes: tuple[Sign, ...] = ()
    any_of: tuple[str, ...] = ()
    dwell_h: float = 2.0
    bridge_h: float = 6.0
    settled: bool = False
    sudden_h: float = math.inf
    slow_h: float = 0.0
    least_score: float = 0.55
    mask: Callable[[Grid, Modes, Departures], Flags] | None = field(default=None, compare=False)

    @property
    def inputs(self) -> tuple[tuple[str, ...], ...]:
        """What must be measured for it to be seen: its key, and one of `any_of`.

        Returns:
            names of parameters, alternatives together
        Valid: any.
        Ours: signs without a sensor are passed over, these are not.

        >>> Signature("current", (), any_of=("rate", "intake")).inputs
        (('current',), ('rate', 'intake'))
        """
        return ((self.key,), *((self.any_of,) if self.any_of else ()))


@dataclass(frozen=True)
class Episode:
    """A stretch in which a signature holds.

    Attributes:
        start: [cell] first
        stop: [cell] after the last
        score: [-] 0 … 1
        rise_h: [h] the key took from a fifth to four fifths
        evidence: what speaks for it
        against: what speaks against it
    """

    start: int
    stop: int
    score: float
    rise_h: float
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


def episodes_of(signature: Signature, grid: Grid, modes: Modes, departures: Departures) -> list[Episode]:
    """Episodes in which a signature holds.

    score = Σ w·m/Σ w · Π (1 − m_veto), 0 where a needed sign is under ½

    Args:
        signature: of a condition
        grid: readings on cells
        modes: of it
        departures: of it
    Returns:
        in time order; none without the key's sensor
    Valid: outside the reference, but for a score over 0.9.
    Source: esp.md, table of signatures: "rules, not votes".

    >>> from app.analysis import examples
    >>> case = examples.esp({"intake_pressure": 1.3})
    >>> rising = Signature("intake", (Sign("intake", UP, 0.1, 0.2, needed=True),))
    >>> [found] = episodes_of(rising, case.grid, case.modes, case.departures)
    >>> found.stop, round(found.score, 2), case.grid.hours(found.start) / 24
    (1008, 1.0, 14.020833333333334)
    """
    if signature.key not in departures.value or (
        signature.any_of and not any(departures.has(name) for name in signature.any_of)
    ):
        return []
    score = _score(signature, departures)
    where = departures.settled if signature.settled else departures.steady
    where = where & ~departures.reference | (departures.steady & (score > 0.9))
    if signature.mask is not None:
        where = where & signature.mask(grid, modes, departures)
    hit = where & (score >= signature.least_score)
    found = []
    for start, stop in runs(
        hit, where, at_least=grid.cells(signature.dwell_h), bridge=grid.cells(signature.bridge_h)
    ):
        inside = np.arange(start, stop)[where[start:stop]]
        mean = float(np.nanmean(score[inside]))
        looked_at = departures.settled if signature.settled else departures.steady
        series = np.where(looked_at, departures.value[signature.key], np.nan)
        onset, rise_h = _onset(series, grid, start, stop)
        if mean < signature.least_score or rise_h > signature.sudden_h or rise_h < signature.slow_h:
            continue
        found.append(Episode(onset, stop, mean, rise_h, *_arguments(signature, departures, hit, start, stop)))
    return found


def _score(signature: Signature, departures: Departures) -> Floats:
    n = len(departures.steady)
    total, weights, gate = np.zeros(n), np.zeros(n), np.ones(n)
    for sign in signature.signs:
        share = sign.membership(departures)
        if share is None:
            continue
        known = np.isfinite(share)
        total += np.where(known, sign.weight * np.nan_to_num(share), 0.0)
        weights += np.where(known, sign.weight, 0.0)
        if sign.needed:
            gate = np.where(known & (share < 0.5), 0.0, gate)
    for veto in signature.vetoes:
        share = veto.membership(departures)
        if share is not None:
            gate = gate * (1 - np.nan_to_num(share))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weights > 0, total / weights, 0.0) * gate


def runs(hit: Flags, counted: Flags, *, at_least: int, bridge: int) -> list[tuple[int, int]]:
    """Stretches in which something holds.

    gaps up to `bridge` close; cells that do not count do not break; hits at half of the counted cells

    Args:
        hit: (n,) where it holds
        counted: (n,) cells that count: the pump ran
        at_least: [cells] of hits
        bridge: [cells] of a gap
    Returns:
        ([cell] start, [cell] stop) each
    Valid: a gap of 40 bridges ends a stretch also while the pump stands.
    Ours: hysteresis and dwell as esp.md asks ("smallest that works", 1).

    >>> hit = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1], bool)
    >>> runs(hit, np.ones(9, bool), at_least=2, bridge=2)
    [(1, 5)]
    """
    index = np.flatnonzero(hit)
    if len(index) == 0:
        return []
    passed = np.cumsum(counted)
    gap: NDArray[np.int64] = passed[index[1:]] - passed[index[:-1]]
    elapsed = np.diff(index)
    cuts = np.flatnonzero((gap > bridge) | (elapsed > 40 * bridge))
    starts, ends = index[np.r_[0, cuts + 1]], index[np.r_[cuts, len(index) - 1]]
    result = []
    for start, end in zip(starts, ends, strict=True):
        stop = int(end) + 1
        if hit[start:stop].sum() >= at_least and hit[start:stop].sum() >= 0.5 * counted[start:stop].sum():
            result.append((int(start), stop))
    return result


def _onset(value: Floats, grid: Grid, start: int, stop: int) -> tuple[int, float]:
    """Where the change of the key parameter began before it was large enough, and how long it took [h]."""
    inside = value[start:stop]
    size = float(np.nanmedian(inside)) if np.isfinite(inside).any() else 0.0
    most = size
    if np.isfinite(inside).any():
        extreme = float(np.nanpercentile(inside * np.sign(size), 90)) * np.sign(size)
        most = extreme if extreme != 0 else size
    share = value * np.sign(most) / max(abs(most), 1e-12)
    before = np.flatnonzero(np.isfinite(share[:stop]) & (np.arange(stop) <= start))
    low = before[share[before] < 0.2] if len(before) else before
    # The first cell after it in which the pump ran: what changed while it stood shows with the start.
    after = before[before > low[-1]] if len(low) else before[:0]
    began = int(after[0]) if len(after) else start
    high = np.flatnonzero(np.isfinite(share[began:stop]) & (share[began:stop] >= 0.8))
    reached = began + int(high[0]) if len(high) else stop - 1
    # Cells in which the pump stood are not time that the change took.
    ran = int(np.isfinite(value[began : reached + 1]).sum())
    return began, grid.hours(max(ran - 1, 0))


def _arguments(
    signature: Signature, departures: Departures, hit: Flags, start: int, stop: int
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Each sign at its median over the hits: for, where it holds; against, where the sensor says the
    opposite.
    """
    cells = np.arange(start, stop)[hit[start:stop]]
    supports, opposes = [], []
    for sign in sorted(signature.signs, key=lambda item: -item.weight):
        size = change_at(departures, sign.parameter, cells)
        if size is None:
            continue
        towards = sign.direction * size
        if towards >= 0.5 * sign.half and towards >= LEAST_SIGMAS * np.nan_to_num(
            departures.spread[sign.parameter]
        ):
            supports.append(argument(departures, sign.parameter, size, cells))
        elif towards < -0.5 * sign.half:
            opposes.append(argument(departures, sign.parameter, size, cells))
    for veto in signature.vetoes:
        size = change_at(departures, veto.parameter, cells)
        if size is not None and veto.direction * size > 0.5 * veto.half:
            opposes.append(argument(departures, veto.parameter, size, cells))
    return tuple(supports), tuple(opposes)


def change_at(departures: Departures, parameter: str, cells: NDArray[np.int64]) -> float | None:
    """Median departure over cells.

    Args:
        departures: of a well
        parameter: of it
        cells: [cell] (k,)
    Returns:
        [as the departure] None where nothing is known
    Valid: any.
    Ours: the median, so that a spike is no change.

    >>> from app.analysis import examples
    >>> case = examples.esp({"intake_pressure": 1.3})
    >>> round(change_at(case.departures, "intake", np.arange(900, 1000)), 2)
    0.3
    """
    if parameter not in departures.value:
        return None
    chosen = departures.value[parameter][cells]
    chosen = chosen[np.isfinite(chosen)]
    return float(np.median(chosen)) if len(chosen) else None


def argument(departures: Departures, parameter: str, size: float, cells: NDArray[np.int64]) -> Evidence:
    """The change of a parameter as evidence.

    in its units, as a share, and in sigmas of the baseline, 999 at most

    Args:
        departures: of a well
        parameter: of it
        size: [as the departure]
        cells: [cell] (k,) it was seen in
    Returns:
        with the sensor whose trend shows it
    Valid: a parameter of SENSOR_OF.
    Ours: esp.md: every finding tells the size of the change in units and in sigmas.

    >>> from app.analysis import examples
    >>> case = examples.esp({"intake_pressure": 1.3})
    >>> told = argument(case.departures, "intake", 0.3, np.arange(900, 1000))
    >>> told.code, round(told.details["now"] / 1e6, 2)  # 6 MPa and 30 %
    ('intake_up', 7.8)
    """
    usual = departures.usual[parameter][cells]
    usual = usual[np.isfinite(usual)]
    base = float(np.median(usual)) if len(usual) else float("nan")
    spread = departures.spread[parameter]
    sigmas = abs(size) / spread if np.isfinite(spread) and spread > 0 else 0.0
    kind = "up" if size > 0 else "down"
    details: dict[str, object] = {"parameter": parameter, "change": size, "sigmas": min(sigmas, 999.0)}
    if parameter in ("motor_rise", "wellhead", "line", "annulus", "current_unbalance", "voltage_unbalance"):
        details |= {"before": base, "now": base + size}
    elif parameter != "noise":
        details |= {"before": base, "now": base * (1 + size)}
    return Evidence(f"{parameter}_{kind}", details | {"size": abs(size)}, SENSOR_OF.get(parameter))
