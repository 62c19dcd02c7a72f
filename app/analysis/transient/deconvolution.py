"""What a well would have done at one rate from its beginning to the end of a record of many rates.

z(σ) = ln(dp_u/dσ), σ = ln t, p_u the drawdown of one unit of rate, is looked for at nodes in equal steps of σ
together with the pressure at the beginning and small corrections of the rates: least squares of pressures,
rates and the bends of z. The weight of the bends is the regularisation; what z would be with a third and with
three times of it is told beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.descent import steps

Floats = NDArray[np.float64]
A_CYCLE = 5
"""Nodes in a log cycle."""

FINE = 8
"""Parts between two nodes over which e^z is summed: to 2e-4 on the unit slope."""

BEND = 0.05
"""Standard deviation of the change of slope at a node (Levitan, SPE 84290: 0.05)."""

OTHER_BENDS = (1 / 3, 3.0)
RATE_ERROR = 0.02
"""Of a rate: separators and tanks measure to 1 … 5 %."""

MODEL_ERROR = 5e-4
"""Of the span of pressures: what one linear response cannot follow."""

MOST_POINTS, ITERATIONS, ENOUGH = 300, 60, 1e-5


@dataclass(frozen=True)
class History:
    """A record with its rates.

    Attributes:
        time_s: [s] (n,) rising
        pressure_pa: [Pa] (n,)
        rates: (from [s], rate [m³/s]) in rising time; before the first nothing flowed
        initial_pa: [Pa] before the first rate, where it is known
    """

    time_s: Floats
    pressure_pa: Floats
    rates: tuple[tuple[float, float], ...]
    initial_pa: float | None = None


@dataclass(frozen=True)
class Deconvolved:
    """The response of a unit of rate.

    Attributes:
        time_s: [s] (m,) of the nodes
        slope_pa: [Pa·s/m³] (m,) dp_u/d ln t
        drawdown_pa: [Pa·s/m³] (m,) p_u
        initial_pa: [Pa] before the first rate
        rates: [m³/s] (j,) as corrected
        misfit_pa: [Pa] root of the mean square of what is left of the pressures
        noise_pa: [Pa] that was allowed for
        bend: [-] the regularisation: standard deviation of a change of slope
        sure: [-] (m,) by what factor the slope differs at most with a third and three times of that; 1: by
            nothing
    """

    time_s: Floats
    slope_pa: Floats
    drawdown_pa: Floats
    initial_pa: float
    rates: Floats
    misfit_pa: float
    noise_pa: float
    bend: float
    sure: Floats


def deconvolve(history: History, *, bend: float = BEND, rate_error: float = RATE_ERROR) -> Deconvolved:
    """The response of one unit of rate out of a record of many.

    min Σ[(p − p_0 + Σ Δy_j·p_u(t − t_j))/σ_p]² + Σ[(y_j − q_j)/(ε·q_j)]² + Σ[κ_k/σ_κ]², κ the change of slope
    of z at a node, σ_p the gauge's noise and 5e-4 of the span; what p_u is at the first node is free: skin

    Args:
        history: pressures and rates
        bend: [-] σ_κ
        rate_error: [-] ε; 0: the rates stand
    Returns:
        at the nodes, from the shortest time after a change of rate to the whole length
    Valid: one linear response all along: no change of skin, of storage or of fluid; two rates at least.
    Source: von Schroeter, Hollaender and Gringarten, SPE 77688 (2004); weights as Levitan, SPE 84290 (2005).

    >>> at = np.geomspace(10.0, 1e5, 80)
    >>> flat = History(at, 3e7 - 1e5 * (np.log(at / 10.0) + 1), ((0.0, 1e-3),), 3e7)  # radial: 1e8 per ln t
    >>> found = deconvolve(flat, rate_error=0.0)
    >>> bool(np.abs(found.slope_pa[5:-2] / 1e8 - 1).max() < 0.02)
    True
    """
    problem = _Problem(history, rate_error)
    shape, initial, rates, off = problem.solved(bend)
    others = [problem.solved(one * bend)[0] for one in OTHER_BENDS]
    apart = np.max([np.abs(one - shape) for one in others], axis=0)[:-1]
    summed, _ = problem.summed(shape)
    return Deconvolved(
        np.exp(problem.nodes),
        np.exp(shape[:-1]) / problem.unit,
        summed[::FINE] / problem.unit,
        initial,
        rates,
        off,
        problem.noise,
        bend,
        np.exp(apart),
    )


class _Problem:
    """Rates in units of the largest, so that z is ln of pressures [Pa]."""

    def __init__(self, history: History, rate_error: float) -> None:
        begins = np.array([at for at, _ in history.rates])
        rates = np.array([rate for _, rate in history.rates])
        self.unit = float(np.abs(rates).max())
        self.known, self.begins = rates / self.unit, begins
        self.rate_error = rate_error
        after = history.time_s > begins[0]
        picked = _picked(history.time_s[after], begins)
        self.time_s, self.pressure = history.time_s[after][picked], history.pressure_pa[after][picked]
        since = self.time_s[:, None] - begins[None]
        first = max(float(since[since > 0].min()), 1e-7 * float(since.max()))
        last = float(since.max())
        count = max(int(A_CYCLE * math.log10(last / first)) + 2, 8)
        self.nodes = np.linspace(math.log(first), math.log(last), count)
        self.step = float(self.nodes[1] - self.nodes[0])
        self.noise = _noise(history.pressure_pa) + MODEL_ERROR * float(np.ptp(self.pressure))
        self.initial, self.initial_error = self._initial(history)
        self._weights = self._places(since)
        self._spread = self._from_nodes()

    def _initial(self, history: History) -> tuple[float, float]:
        """(pressure before the first rate, how well it is known) [Pa]."""
        still = history.pressure_pa[history.time_s <= self.begins[0]]
        if history.initial_pa is not None:
            return history.initial_pa, self.noise
        if len(still):
            return float(still[-1]), self.noise
        injecting = float(self.known[np.argmax(np.abs(self.known))]) < 0
        edge = self.pressure.min() if injecting else self.pressure.max()
        return float(edge), 10 * float(np.ptp(self.pressure))

    def _places(self, since: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
        """(left point, weight of the right one, share of the first) of each pressure and rate."""
        fine = self.step / FINE
        with np.errstate(divide="ignore", invalid="ignore"):
            place = (np.log(np.maximum(since, 1e-300)) - self.nodes[0]) / fine
        most = (len(self.nodes) - 1) * FINE
        under = np.where(since <= 0, 0.0, np.exp(np.minimum(place * fine, 0.0)))  # storage before the first
        left = np.clip(place.astype(np.int64), 0, most - 1)
        return left, np.clip(place - left, 0.0, 1.0), under

    def _from_nodes(self) -> Floats:
        """z at the fine points from z at the nodes (f, m)."""
        m = len(self.nodes)
        at = np.arange((m - 1) * FINE + 1) / FINE
        left = np.clip(at.astype(int), 0, m - 2)
        spread = np.zeros((len(at), m))
        rows = np.arange(len(at))
        spread[rows, left] = 1 - (at - left)
        spread[rows, left + 1] += at - left
        return spread

    def summed(self, shape: Floats) -> tuple[Floats, Floats]:
        """p_u at the fine points (f,), and by the shape (f, m + 1): z at the nodes, ln p_u at the first."""
        height = np.exp(self._spread @ shape[:-1])
        by_node = height[:, None] * self._spread
        half = self.step / FINE / 2
        before = math.exp(min(float(shape[-1]), 60.0))
        parts = np.concatenate([[before], half * (height[1:] + height[:-1])])
        by = np.zeros((len(height), len(shape)))
        by[0, -1] = before
        by[1:, :-1] = half * (by_node[1:] + by_node[:-1])
        return np.cumsum(parts), np.cumsum(by, axis=0)

    def solved(self, bend: float) -> tuple[Floats, float, Floats, float]:
        """(shape, pressure at the beginning, rates [m³/s], root mean square left [Pa])."""
        m, j = len(self.nodes) + 1, len(self.known)
        span = max(float(np.ptp(self.pressure)), self.noise)
        x = np.concatenate([np.full(m, math.log(span / (m * self.step))), [self.initial], self.known])
        off, slope = self._off(x, bend)
        damping, cost = 1e-2, float(off @ off)
        for _ in range(ITERATIONS):
            tried = x + steps(off[None], slope[None], np.array([damping]))[0]
            new_off, new_slope = self._off(tried, bend)
            new_cost = float(new_off @ new_off)
            if not new_cost < cost:
                damping *= 5
                if damping > 1e8:
                    break
                continue
            done = cost - new_cost < ENOUGH * cost
            x, off, slope, cost, damping = tried, new_off, new_slope, new_cost, max(damping / 8, 1e-9)
            if done:
                break
        left = off[: len(self.time_s)] * self.noise
        return x[:m], float(x[m]), x[m + 1 : m + 1 + j] * self.unit, float(np.sqrt(np.mean(left**2)))

    def _off(self, x: Floats, bend: float) -> tuple[Floats, Floats]:
        """Weighed residuals (r,) and their gradient (r, p)."""
        m, j, n = len(self.nodes) + 1, len(self.known), len(self.time_s)
        shape, initial, rates = x[:m], x[m], x[m + 1 :]
        summed, by_shape = self.summed(shape)
        left, right, under = self._weights
        changes = np.diff(rates, prepend=0.0)
        each = under * ((1 - right) * summed[left] + right * summed[left + 1])  # (n, j)
        pressure = initial - each @ changes
        gradient = np.zeros((n, m + 1 + j))
        for number in range(j):
            at, weight = left[:, number], (under[:, number] * changes[number])[:, None]
            share = right[:, number][:, None]
            gradient[:, :m] -= weight * ((1 - share) * by_shape[at] + share * by_shape[at + 1])
        gradient[:, m] = 1.0
        gradient[:, m + 1 :] = -each
        gradient[:, m + 1 : m + j] += each[:, 1:]  # a rate ends where the next begins
        rows = [(pressure - self.pressure) / self.noise]
        slopes = [gradient / self.noise]
        bends = np.zeros((m - 3, m + 1 + j))
        bends[:, : m - 1] = np.diff(np.eye(m - 1), 2, axis=0) / self.step
        rows.append(bends @ x / bend)
        slopes.append(bends / bend)
        rows.append(np.array([(initial - self.initial) / self.initial_error]))
        of_initial = np.zeros((1, m + 1 + j))
        of_initial[0, m] = 1 / self.initial_error
        slopes.append(of_initial)
        errors = np.maximum(self.rate_error * np.abs(self.known), 1e-6)  # what stood still stands still
        of_rates = np.zeros((j, m + 1 + j))
        of_rates[:, m + 1 :] = np.diag(1 / errors)
        rows.append((rates - self.known) / errors)
        slopes.append(of_rates)
        return np.concatenate(rows), np.concatenate(slopes)


def _picked(time_s: Floats, begins: Floats) -> NDArray[np.int64]:
    """Samples by equal steps of log time after each change of rate, MOST_POINTS at most."""
    period = np.clip(np.searchsorted(begins, time_s, side="left") - 1, 0, None)
    since = np.maximum(time_s - begins[period], 1e-9)
    each = max(MOST_POINTS // max(len(np.unique(period)), 1), 6)
    taken: list[int] = []
    for number in np.unique(period).tolist():
        mine = np.flatnonzero(period == number)
        wanted = np.linspace(math.log(since[mine[0]]), math.log(since[mine[-1]]), each)
        nearest = np.searchsorted(np.log(since[mine]), wanted).clip(0, len(mine) - 1)
        taken += mine[np.unique(nearest)].tolist()
    return np.array(taken, np.int64)


def _noise(pressure: Floats) -> float:
    """Of the gauge [Pa]: the second differences, which a smooth pressure has none of."""
    if len(pressure) < 5:
        return 1.0
    return max(1.4826 * float(np.median(np.abs(np.diff(pressure, 2)))) / math.sqrt(6), 1.0)
