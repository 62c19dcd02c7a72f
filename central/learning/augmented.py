"""The same card as others would have drawn it: by another recorder, cell, stuffing box or speed, by hand, and
at a crawl. What it shows stays; a model that was taught by these as well does not lean on how one draws.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis

Floats = NDArray[np.float64]
COPIES = 8
"""Of each card, beside itself."""

FEWEST_POINTS = 24


def copies(analysis: CardAnalysis, rng: np.random.Generator) -> list[CardAnalysis]:
    """COPIES of a card; none at a crawl of one without a pump card."""
    made = [rounded(analysis, int(rng.integers(4, 14))), crooked(analysis, rng)]
    if analysis.pump is not None:
        crawl = rounded(at_a_crawl(analysis, rng), int(rng.integers(4, 20)))
        made += [crawl, crooked(crawl, rng)]
    return [*made, *(by_another(analysis, rng) for _ in range(COPIES - len(made)))]


def rounded(analysis: CardAnalysis, harmonics: float) -> CardAnalysis:
    """As a slow recorder leaves it."""
    return _with_load(analysis, filtered(analysis.clean.load_n, harmonics, 0.0))


def crooked(analysis: CardAnalysis, rng: np.random.Generator) -> CardAnalysis:
    """A few percent of smooth error, as of a pen, a print or a hand that copies it."""
    load = analysis.clean.load_n
    turn = 2 * np.pi * np.arange(len(load)) / len(load)
    error = sum(
        rng.normal(0, 0.025) / np.sqrt(k) * np.sin(k * turn + rng.uniform(0, 2 * np.pi)) for k in range(1, 7)
    )
    return _with_load(analysis, load + error * np.ptp(load))


def at_a_crawl(analysis: CardAnalysis, rng: np.random.Generator) -> CardAnalysis:
    """The textbook's figure: no inertia, so that the polished rod shows the pump card, leaning by the stretch
    of the rods and lifted by their weight.
    """
    assert analysis.pump is not None
    x, load = analysis.pump.position_m, analysis.pump.load_n
    span = float(np.ptp(load))
    height = (load - load.min()) / span
    position = x + height * float(rng.uniform(0, 0.2)) * float(np.ptp(x))
    bottom = int(np.argmin(position))
    position, height = np.roll(position, -bottom), np.roll(height, -bottom)
    weight = float(rng.uniform(0.1, 2.0))
    clean = replace(analysis.clean, position_m=position - position.min(), load_n=span * (height + weight))
    return replace(analysis, clean=clean)


def by_another(analysis: CardAnalysis, rng: np.random.Generator) -> CardAnalysis:
    """Each by chance: filtered, its cell late, more or less friction in the box, another speed, other points,
    as a recorder has them or as somebody takes them off a picture, noise; and a cell that is off.
    """
    x, load = np.asarray(analysis.clean.position_m), np.asarray(analysis.clean.load_n)
    span = float(np.ptp(load))
    if rng.random() < 0.6:
        load = filtered(load, float(rng.uniform(6, 40)), float(rng.normal(0, 0.01)))
    if rng.random() < 0.5:
        load = load + span * abs(float(rng.normal(0, 0.05))) * np.tanh(10 * _of_one(np.gradient(x)))
    if rng.random() < 0.5:
        load = load + span * float(rng.normal(0, 0.06)) * _of_one(_bent(x))
    count = int(rng.integers(FEWEST_POINTS, max(len(x), FEWEST_POINTS) + 1))
    if (spaced := rng.random()) < 0.6:
        x, load = _at_points(x, load, count, by_time=spaced < 0.3)
    if rng.random() < 0.3:
        load = load + rng.normal(0, 0.01 * span, len(load))
    load = load + span * float(rng.normal(0, 0.3))
    load = load - min(0.0, float(load.min()) - 0.02 * span)
    return replace(analysis, clean=replace(analysis.clean, position_m=x - x.min(), load_n=load))


def filtered(load: Floats, harmonics: float, late: float) -> Floats:
    """As a cell says it that answers slowly and so much of a stroke too late."""
    spectrum = np.fft.rfft(load)
    turns = np.arange(len(spectrum))
    spectrum *= np.exp(-0.5 * (turns / harmonics) ** 2 - 2j * np.pi * turns * late)
    return np.asarray(np.fft.irfft(spectrum, len(load)))


def _bent(x: Floats) -> Floats:
    """What inertia goes by: the second slope of the place."""
    spectrum = np.fft.rfft(x)
    return np.asarray(np.fft.irfft(-(np.arange(len(spectrum)) ** 2) * spectrum, len(x)))


def _of_one(values: Floats) -> Floats:
    return values / max(float(np.abs(values).max()), 1e-9)


def _at_points(x: Floats, load: Floats, count: int, *, by_time: bool) -> tuple[Floats, Floats]:
    """At equal steps of time, or of the outline: then nobody knows any more when each was."""
    x, load = np.append(x, x[0]), np.append(load, load[0])
    taken = np.arange(float(len(x)))
    if not by_time:
        steps = np.hypot(np.diff(x) / np.ptp(x), np.diff(load) / np.ptp(load))
        taken = np.append(0.0, np.cumsum(steps + 1e-9))
    at = np.arange(count) / count * taken[-1]
    return np.interp(at, taken, x), np.interp(at, taken, load)


def _with_load(analysis: CardAnalysis, load_n: Floats) -> CardAnalysis:
    return replace(analysis, clean=replace(analysis.clean, load_n=load_n))
