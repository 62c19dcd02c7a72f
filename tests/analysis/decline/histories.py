"""Simulated histories of decline: how often an interval holds what came after.

`python -m tests.analysis.decline.histories` writes the table of docs/DECLINE.md: 1,000 histories a row.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.arps import Decline, best_fit
from app.core.errors import KnownError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Way:
    """How a field's months are: their number, roughness, likeness, and what spoils them."""

    name: str
    months: int = 36
    rough: float = 0.1
    alike: float = 0.5
    outliers: float = 0.0
    half_worked: float = 0.0
    b_most: float = 1.0
    shut_in: float = 0.0
    terminal: float = 0.0


WAYS = (
    Way("36 months, neighbours alike by 0.5"),
    Way("18 months", months=18),
    Way("60 months", months=60),
    Way("months alike by 0.8", alike=0.8),
    Way("independent months", alike=0.0),
    Way("5 % outliers", outliers=0.05),
    Way("10 % half-worked months", half_worked=0.1),
    Way("b up to 1.4", b_most=1.4),
    Way("10 % of the months shut in", shut_in=0.1),
    Way("months shut in, half-worked and spoilt, 5 % each", shut_in=0.05, half_worked=0.05, outliers=0.05),
    Way("b up to 1.4, never under 1.5 % a month (terminal decline)", months=60, b_most=1.4, terminal=0.015),
)


def history(way: Way, rng: np.random.Generator, ahead: int = 12) -> tuple[Floats, Floats]:
    """(months, rates) of the past and `ahead` months more."""
    t = np.arange(float(way.months + ahead))
    truth = Decline(100.0, float(rng.uniform(0.015, 0.08)), float(rng.uniform(0.0, way.b_most)))
    of_truth = truth.rate(t)
    if way.terminal > 0:
        of_truth = terminal(of_truth, way.terminal)
    noise = rng.normal(0, 1, len(t))
    for i in range(1, len(t)):
        noise[i] = way.alike * noise[i - 1] + np.sqrt(1 - way.alike**2) * noise[i]
    rate = of_truth * np.exp(way.rough * noise)
    past = np.arange(len(t)) < way.months
    rate = np.where(past & (rng.random(len(t)) < way.outliers), rate * rng.choice([0.5, 1.8], len(t)), rate)
    rate = np.where(past & (rng.random(len(t)) < way.half_worked), rate * rng.uniform(0.3, 0.8, len(t)), rate)
    return t, np.where(past & (rng.random(len(t)) < way.shut_in), 0.0, rate)


def terminal(rate: Floats, least: float) -> Floats:
    """The rates from where they fall by less than `least` a month: exponential from there on."""
    slow = np.flatnonzero(rate[1:] / rate[:-1] > np.exp(-least))
    if len(slow) == 0:
        return rate
    at = int(slow[0])
    return np.r_[rate[: at + 1], rate[at] * np.exp(-least * np.arange(1, len(rate) - at))]


def coverage(way: Way, count: int, seed: int = 1, level: float = 0.8) -> tuple[float, float]:
    """(share of the following year's months inside, median width as high over low)."""
    rng = np.random.default_rng(seed)
    inside, widths = [], []
    for _ in range(count):
        t, rate = history(way, rng)
        past = slice(0, way.months)
        try:
            found, _ = best_fit(t[past], rate[past])
        except KnownError:
            continue
        low, high = found.interval(t[way.months :], level)
        inside.append(float(np.mean((rate[way.months :] >= low) & (rate[way.months :] <= high))))
        widths.append(float(np.median(high / low)))
    return float(np.mean(inside)), float(np.median(widths))


def main(count: int = 1000) -> None:
    for way in WAYS:
        share, width = coverage(way, count)
        sys.stdout.write(f"| {way.name} | {share:.0%} | {width:.2f} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
