"""Simulated histories of decline: how often an interval holds what came after.

`python -m tests.analysis.decline.histories` writes the tables of docs/DECLINE.md: 1,000 histories a row.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.arps import Decline, best_fit
from app.analysis.decline.watering import oil_ahead, steady, watering
from app.core.errors import KnownError

MONTH_S = 30.4 * 86_400
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
    "late water": lambda t, way, rng: np.multiply(*_flooded(t, rng)),
    "water by the produced volume": lambda t, way, rng: np.multiply(*_swept(t, rng)),
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


def _flooded(t: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Liquid that hardly declines, oil that water displaces at some month within the history or after it."""
    breaks, wide = rng.uniform(6.0, 42.0), rng.uniform(3.0, 10.0)
    share = 1 - 0.97 / (1 + np.exp(-(t - breaks) / wide))
    return np.asarray(100 * np.exp(-rng.uniform(0.003, 0.01) * t)), np.asarray(share)


def _swept(t: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Liquid that stays, ln(water/oil) along with the oil produced."""
    first, slope, produced = rng.uniform(-4.0, -2.0), rng.uniform(0.0008, 0.004), 0.0
    share = np.zeros(len(t))
    for i in range(len(t)):
        share[i] = 1 / (1 + np.exp(first + slope * produced))
        produced += 100 * share[i]
    return np.full(len(t), 100.0), share


def _layered(t: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Liquid that declines; some water from the beginning, then one layer more waters out, the others not."""
    first, breaks, wide = rng.uniform(0.0, 0.4), rng.uniform(6.0, 42.0), rng.uniform(3.0, 10.0)
    last = rng.uniform(first + 0.1, 0.98)
    cut = first + (last - first) / (1 + np.exp(-(t - breaks) / wide))
    return np.asarray(100 * np.exp(-rng.uniform(0.003, 0.03) * t)), np.asarray(1 - cut)


def _displaced(t: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A front of water by Buckley and Leverett (Trans. AIME 146, 1942) with Welge's tangent, by Corey."""
    n_water, n_oil, mobility = rng.uniform(2, 4), rng.uniform(2, 4), rng.uniform(0.2, 5.0)
    s = np.linspace(1e-4, 1 - 1e-4, 2000)
    water = mobility * s**n_water
    cut = water / (water + (1 - s) ** n_oil)
    front = int(np.argmax(cut / s))
    steep = np.gradient(cut, s)[front:]
    volumes = np.maximum.accumulate(1 / np.maximum(steep, 1e-9))
    injected = (t + 1) / rng.uniform(12.0, 90.0) * volumes[0]
    after = np.interp(injected, volumes, cut[front:])
    return np.full(len(t), 100.0), np.asarray(1 - np.where(injected < volumes[0], 0.0, after))


def _steady_cut(t: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Liquid that declines, water that stays."""
    share = np.full(len(t), rng.uniform(0.05, 1.0))
    return np.asarray(100 * np.exp(-rng.uniform(0.01, 0.06) * t)), share


WATERED = {
    "late water": _flooded,
    "water by the produced volume": _swept,
    "one layer of several waters out": _layered,
    "front of Buckley and Leverett": _displaced,
    "a water cut that stays": _steady_cut,
}
"""(liquid, share of oil) of wells whose water cut is known."""


def _alike(count: int, alike: float, rng: np.random.Generator) -> Floats:
    noise = rng.normal(0, 1, count)
    for i in range(1, count):
        noise[i] = alike * noise[i - 1] + np.sqrt(1 - alike**2) * noise[i]
    return noise


def history(way: Way, rng: np.random.Generator, ahead: int = 12) -> tuple[Floats, Floats]:
    """(months, rates) of the past and `ahead` months more."""
    t = np.arange(float(way.months + ahead))
    of_truth = SHAPES[way.shape](t, way, rng)
    rate = of_truth * np.exp(way.rough * _alike(len(t), way.alike, rng))
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


def coverage_of_oil(
    shape: str, months: int, count: int, seed: int = 1, level: float = 0.8
) -> tuple[float, float, float]:
    """As `coverage`, of oil where the water cut is known to three points."""
    rng = np.random.default_rng(seed)
    inside, widths = [], []
    for _ in range(count):
        t = np.arange(float(months + 12))
        liquid, share = WATERED[shape](t, rng)
        liquid = liquid * np.exp(0.1 * _alike(len(t), 0.5, rng))
        cut = np.clip(1 - share + 0.03 * _alike(len(t), 0.3, rng), 0, 1)
        past, ahead, oil = slice(0, months), t[months:] * MONTH_S, (liquid * share)[months:]
        try:
            decline, _ = best_fit(t[past] * MONTH_S, liquid[past])
        except KnownError as refused:
            if refused.code != "decline_not_falling":
                continue
            decline = steady(t[past] * MONTH_S, liquid[past])
        low, _, high = oil_ahead(decline, 0.0, watering(t[past] * MONTH_S, cut[past]), ahead, level)
        inside.append(float(np.mean((oil >= low) & (oil <= high))))
        widths.append(float(np.median(high / np.maximum(low, 1e-9))))
    return float(np.mean(inside)), float(np.median(widths)), 1 - len(inside) / count


def main(count: int = 1000, seed: int = 1) -> None:
    for way in (*WAYS, *OTHERS):
        name = way.name if way in WAYS else f"{way.name}, {way.months} months"
        _row(name, coverage(way, count, seed))
    for shape in WATERED:
        for months in (18, 36, 60):
            _row(f"{shape}, {months} months", coverage_of_oil(shape, months, count, seed))


def _row(name: str, told: tuple[float, float, float]) -> None:
    share, width, refused = told
    sys.stdout.write(f"| {name} | {share:.0%} | {width:.2f} | {refused:.1%} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(told) for told in sys.argv[1:]))
