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
    shape: str = "arps"


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


SHAPES = {
    "arps": lambda t, way, rng: _arps(t, way, rng),
    "linear flow": lambda t, way, rng: 100 / np.sqrt(1 + t / rng.uniform(0.5, 3.0)),
    "linear flow, then a boundary": lambda t, way, rng: _bounded(t, rng),
    "late water": lambda t, way, rng: _flooded(t, rng),
    "water by the produced volume": lambda t, way, rng: _swept(t, rng),
    "stretched exponential": lambda t, way, rng: (
        100 * np.exp(-((t / rng.uniform(10.0, 60.0)) ** rng.uniform(0.4, 0.9)))
    ),
}
"""What a well's truth may be beside Arps with b of 1 at most."""
OTHERS = tuple(Way(shape, months, shape=shape) for shape in list(SHAPES)[1:] for months in (18, 36, 60))


def _arps(t: Floats, way: Way, rng: np.random.Generator) -> Floats:
    truth = Decline(100.0, float(rng.uniform(0.015, 0.08)), float(rng.uniform(0.0, way.b_most)))
    return terminal(truth.rate(t), way.terminal) if way.terminal > 0 else truth.rate(t)


def _bounded(t: Floats, rng: np.random.Generator) -> Floats:
    """Half-slope flow up to a day of the second to fifth year, exponential from there on."""
    begun, until = rng.uniform(0.5, 3.0), rng.uniform(12.0, 60.0)
    steep = 1 / (2 * (begun + until))
    return np.asarray(
        100 / np.sqrt(1 + np.minimum(t, until) / begun) * np.exp(-steep * np.maximum(t - until, 0))
    )


def _flooded(t: Floats, rng: np.random.Generator) -> Floats:
    """Liquid that hardly declines, oil that water displaces at some month within the history or after it."""
    breaks, wide = rng.uniform(6.0, 42.0), rng.uniform(3.0, 10.0)
    share = 1 - 0.97 / (1 + np.exp(-(t - breaks) / wide))
    return np.asarray(100 * np.exp(-rng.uniform(0.003, 0.01) * t) * share)


def _swept(t: Floats, rng: np.random.Generator) -> Floats:
    """Liquid that stays, ln(water/oil) along with the oil produced."""
    first, slope, produced = rng.uniform(-4.0, -2.0), rng.uniform(0.0008, 0.004), 0.0
    rate = np.zeros(len(t))
    for i in range(len(t)):
        rate[i] = 100 / (1 + np.exp(first + slope * produced))
        produced += rate[i]
    return rate


def history(way: Way, rng: np.random.Generator, ahead: int = 12) -> tuple[Floats, Floats]:
    """(months, rates) of the past and `ahead` months more."""
    t = np.arange(float(way.months + ahead))
    of_truth = SHAPES[way.shape](t, way, rng)
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


def coverage(way: Way, count: int, seed: int = 1, level: float = 0.8) -> tuple[float, float, float]:
    """(share of the following year's months inside, median width as high over low, share of the histories of
    which nothing was foretold).
    """
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
    return float(np.mean(inside)), float(np.median(widths)), 1 - len(inside) / count


def main(count: int = 1000) -> None:
    for way in (*WAYS, *OTHERS):
        share, width, refused = coverage(way, count)
        name = way.name if way in WAYS else f"{way.name}, {way.months} months"
        sys.stdout.write(f"| {name} | {share:.0%} | {width:.2f} | {refused:.1%} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
