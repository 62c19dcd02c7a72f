"""What this well did before, by operating mode, and how far it is from it now.

Baseline: the first steady part of each frequency level (a third of the record, at most two weeks), by median
and 1.4826·MAD. A departure is relative (a share of the usual value; temperatures in kelvin, surface pressures
in pascal), smoothed over half an hour, known only while the pump runs. Levels that were run too briefly are
not judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.esp.grid import PHASES, Grid, rolling_extreme, rolling_mean
from app.analysis.esp.modes import Modes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SETTLE_H = 1.0
AFTER_STOP_H = 12.0
LONGEST_BASELINE_H = 14 * 24.0
SHARE = 0.33
LEAST_CELLS = 12
LINES = ("voltage_ab", "voltage_bc", "voltage_ca")
# parameter → sensor it is the relative change of
RELATIVE = {
    "current": "motor_current",
    "intake": "intake_pressure",
    "discharge": "discharge_pressure",
    "vibration": "vibration_x",
    "rate": "liquid_rate",
    "power": "active_power",
    "voltage": "voltage",
}


@dataclass(frozen=True)
class Departures:
    """How far a well is from what it was, by cell.

    Attributes:
        value: parameter → [share, K or Pa] (n,) departure, smoothed over half an hour
        usual: parameter → [SI or share] (n,) baseline of the cell's frequency level
        spread: parameter → [as value] scatter in the reference
        steady: (n,) on
        settled: (n,) on for an hour, the level back after a stop
        reference: (n,) cells the baseline comes from
    """

    value: dict[str, Floats]
    usual: dict[str, Floats]
    spread: dict[str, float]
    steady: Flags
    settled: Flags
    reference: Flags

    def has(self, *parameters: str) -> bool:
        """Whether every one of these parameters is known.

        Args:
            parameters: names
        Returns:
            True for none asked
        Valid: known: its sensors are there and have a baseline.
        Ours: rules ask it first.

        >>> from app.analysis import examples
        >>> known = examples.esp().departures
        >>> known.has("current", "lift"), known.has("voltage_unbalance")
        (True, False)
        """
        return all(name in self.value for name in parameters)


def departures_of(grid: Grid, modes: Modes) -> Departures | None:
    """How far a well is from what it was.

    x/median − 1, temperatures and surface pressures x − median; the median over the first third of each
    frequency level, at most two weeks, its scatter 1.4826·MAD

    Args:
        grid: readings on cells
        modes: of it
    Returns:
        None when no level was run long enough
    Valid: the first weeks count as healthy.
    Source: robust baseline as esp.md ("Features first") has it; unbalance by NEMA MG 1.

    >>> from app.analysis import examples
    >>> case = examples.esp({"intake_pressure": 1.3})
    >>> round(float(departures_of(case.grid, case.modes).value["intake"][-1]), 2)
    0.3
    """
    steady = modes.on & (modes.level >= 0) & (modes.since_start_h >= 0.15)
    settled = (
        modes.on & (modes.level >= 0) & (modes.since_start_h >= SETTLE_H) & ~_recently_stopped(grid, modes)
    )
    if settled.sum() < LEAST_CELLS:
        settled = steady
    reference = _reference(grid, modes, settled)
    if reference.sum() < LEAST_CELLS:
        return None
    value: dict[str, Floats] = {}
    usual: dict[str, Floats] = {}
    spread: dict[str, float] = {}

    def add(name: str, raw: Floats, kind: str) -> None:
        where = np.where(steady, raw, np.nan)
        base = _by_level(where, modes.level, reference)
        if not np.isfinite(base).any():
            return
        with np.errstate(invalid="ignore", divide="ignore"):
            change = where - base if kind == "absolute" else where / base - 1
        smooth = rolling_mean(change, grid.cells(0.5))
        smooth[~steady] = np.nan
        value[name], usual[name] = smooth, base
        spread[name] = _mad(smooth[reference])

    for name, code in RELATIVE.items():
        if code in grid.mean and np.isfinite(grid.mean[code]).any():
            add(
                name,
                np.where(grid.mean[code] > 0, grid.mean[code], 0.0 if code == "liquid_rate" else np.nan),
                "relative",
            )
    if {"intake_pressure", "discharge_pressure"} <= grid.mean.keys():
        add("lift", grid.mean["discharge_pressure"] - grid.mean["intake_pressure"], "relative")
    if {"motor_temperature", "intake_temperature"} <= grid.mean.keys():
        add("motor_rise", grid.mean["motor_temperature"] - grid.mean["intake_temperature"], "absolute")
    elif "motor_temperature" in grid.mean:
        add("motor_rise", grid.mean["motor_temperature"], "absolute")
    for name, code in (
        ("wellhead", "wellhead_pressure"),
        ("line", "line_pressure"),
        ("annulus", "annulus_pressure"),
    ):
        if code in grid.mean:
            add(name, grid.mean[code], "absolute")
    for name, codes in (("current_unbalance", PHASES), ("voltage_unbalance", LINES)):
        if set(codes) <= grid.mean.keys():
            add(name, _unbalance([grid.mean[code] for code in codes]), "absolute")
    if "motor_current" in grid.mean and np.isfinite(grid.mean["motor_current"][reference]).any():
        value["noise"], usual["noise"], spread["noise"] = _noise(grid, modes, steady, reference)
    return Departures(value, usual, spread, steady, settled, reference)


def usual_of(
    values: Floats, modes: Modes, departures: Departures, *, sigmas: float = 3.0, least_share: float = 0.01
) -> tuple[Floats, Floats]:
    """Band that a sensor keeps to in each mode when all is well.

    median ± max(sigmas·1.4826·MAD, least_share·median)

    Args:
        values: [SI] (n,) of a sensor
        modes: of the grid
        departures: of the grid
        sigmas: [-]
        least_share: [-]
    Returns:
        ([SI] (n,) low, [SI] (n,) high), NaN where the pump stood or has no baseline
    Valid: as `departures_of`.
    Ours: the band behind a trend.

    >>> from app.analysis import examples
    >>> case = examples.esp()
    >>> low, high = usual_of(case.grid.mean["motor_current"], case.modes, case.departures)
    >>> bool(low[-1] < 30.0 < high[-1])
    True
    """
    base = _by_level(np.where(departures.steady, values, np.nan), modes.level, departures.reference)
    spread = _mad((values - base)[departures.reference])
    half = np.maximum(sigmas * (spread if np.isfinite(spread) else 0.0), least_share * np.abs(base))
    known = np.where(modes.on, base, np.nan)
    return known - half, known + half


def _recently_stopped(grid: Grid, modes: Modes) -> Flags:
    """The level is still coming down after a stop of an hour or more: neither baseline nor trend."""
    result = np.zeros(len(grid), bool)
    for start in modes.starts:
        before = modes.stops[modes.stops < start]
        if (
            len(before)
            and grid.hours(float(start - before[-1])) >= 1.0
            and not modes.periodic[min(start, len(grid) - 1)]
        ):
            rest = min(AFTER_STOP_H, 3.0 * grid.hours(float(start - before[-1])))
            result[start : start + grid.cells(rest)] = True
    return result


def _reference(grid: Grid, modes: Modes, settled: Flags) -> Flags:
    result = np.zeros(len(grid), bool)
    whole = int(settled.sum())
    most = min(max(int(SHARE * whole), LEAST_CELLS), grid.cells(LONGEST_BASELINE_H))
    for level in np.unique(modes.level[settled]):
        cells = np.flatnonzero(settled & (modes.level == level))
        # A level entered late is compared with its own first days: at most half of what it was run.
        result[cells[: min(most, max(LEAST_CELLS, len(cells) // 2))]] = True
    return result


def _by_level(values: Floats, level: NDArray[np.int64], reference: Flags) -> Floats:
    """Each cell's baseline: the median over the reference cells of its level."""
    result = np.full(len(values), np.nan)
    for number in np.unique(level[reference]):
        chosen = values[reference & (level == number)]
        chosen = chosen[np.isfinite(chosen)]
        if len(chosen) >= LEAST_CELLS // 2:
            result[level == number] = np.median(chosen)
    return result


def _unbalance(phases: list[Floats]) -> Floats:
    """Largest deviation of a phase from the mean of three, share (NEMA MG 1)."""
    stacked = np.stack(phases)
    mean = stacked.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(mean > 0, np.abs(stacked - mean).max(axis=0) / mean, np.nan)


def _noise(grid: Grid, modes: Modes, steady: Flags, reference: Flags) -> tuple[Floats, Floats, float]:
    """Swing of the current within an hour over its usual one, less 1; a change of level is a swing of its own
    and is left out.
    """
    cells = grid.cells(1.0)
    high = np.where(steady, grid.high["motor_current"], np.nan)
    low = np.where(steady, grid.low["motor_current"], np.nan)
    swing = rolling_extreme(high, cells, highest=True) - rolling_extreme(low, cells, highest=False)
    trend = np.abs(rolling_mean(np.where(steady, grid.mean["motor_current"], np.nan), max(2, cells // 3)))
    moved = (
        np.abs(trend - np.r_[np.full(cells, np.nan), trend[:-cells]][: len(trend)])
        if len(trend) > cells
        else np.zeros(len(trend))
    )
    swing = np.where(steady, swing - np.nan_to_num(moved), np.nan)
    usual = _by_level(swing, modes.level, reference)
    floor = 0.004 * np.nanmedian(np.where(reference, grid.mean["motor_current"], np.nan))
    usual = np.maximum(usual, floor)
    value = rolling_mean(swing / usual - 1, cells)
    value[~steady] = np.nan
    return value, usual, _mad(value[reference])


def _mad(values: Floats) -> float:
    known = values[np.isfinite(values)]
    if len(known) == 0:
        return float("nan")
    return few.scatter(known) + 1e-6
