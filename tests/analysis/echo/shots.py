"""Traces made of pulses that travel and answer, whose truth is known: no code of the program is in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RATE_HZ = 2000.0


@dataclass(frozen=True)
class Well:
    """`speed_m_s` at the top and at the level: linear in depth between."""

    level_m: float = 1180.0
    joint_m: float = 9.48
    speed_m_s: tuple[float, float] = (335.0, 350.0)
    collar: float = 0.02
    """Of the pulse that a collar sends back."""
    level: float = 0.6
    lost_m: float = 700.0
    """After so much of way sound is e times weaker."""
    noise: float = 0.0005
    shot_s: float = 0.4
    seconds: float = 12.0
    uneven_m: float = 0.25


def time_of(well: Well, depth_m: np.ndarray) -> np.ndarray:
    """There and back: 2·∫dz/c."""
    top, low = well.speed_m_s
    bend = (low - top) / well.level_m
    if bend == 0:
        return 2 * depth_m / top
    return 2 / bend * np.log1p(bend * depth_m / top)


def heard(well: Well, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    samples = np.zeros(int(well.seconds * RATE_HZ))
    lengths = well.joint_m + random.normal(0, well.uneven_m, int(well.level_m / well.joint_m) + 2)
    # Their mean is what a tally says.
    depth = np.cumsum(lengths * well.joint_m / lengths.mean())
    depth = depth[depth < well.level_m - 1]
    _add(samples, well.shot_s, 1.0)
    weak = np.exp(-2 * depth / well.lost_m / 2)
    for at, size in zip(time_of(well, depth), well.collar * weak, strict=True):
        _add(samples, well.shot_s + at, size, width_s=0.006)
    answer = float(time_of(well, np.array([well.level_m]))[0])
    size = well.level * np.exp(-well.level_m / well.lost_m)
    for times in (1, 2):
        _add(samples, well.shot_s + times * answer, size**times, width_s=0.012 * times)
    return samples + random.normal(0, well.noise, len(samples))


def _add(samples: np.ndarray, at_s: float, size: float, width_s: float = 0.008) -> None:
    """A rise, a fall and a swing back, as a gas gun's valve makes it."""
    t = np.maximum(np.arange(len(samples)) / RATE_HZ - at_s, 0.0) / width_s
    samples += size * t * np.exp(1 - t) * np.cos(t)
