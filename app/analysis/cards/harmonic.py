"""From the surface card to the pump card: the damped wave equation solved harmonic by harmonic.

EA·u_xx = m·(u_tt + c·u_t) in each section; x and u down positive, F tension less the buoyant static weight.
Source: S. G. Gibbs, "Predicting the Behavior of Sucker-Rod Pumping Systems", SPE 588 (1963); the transfer
matrix of a section is [[cos λL, sin λL/(EAλ)], [−EAλ·sin λL, cos λL]] with λ = √(k²ω² − i·c·k·ω)/a for
harmonic k.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.models.cards import RodSection

Complex = NDArray[np.complex128]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StringMotion:
    """What the rods do: position at the pump, up positive, and load there, (..., n) [m, N]; the dynamic load
    at the top of each section, (..., n) each: the stress there once the weight below is added.
    """

    position_m: Floats
    load_n: Floats
    section_loads_n: tuple[Floats, ...]


def transfer(
    displacement: Complex,
    force: Complex,
    rods: tuple[RodSection, ...],
    omega: float,
    damping: float,
    tops: list[Complex] | None = None,
) -> tuple[Complex, Complex]:
    """Harmonics (..., k) at the top → at the bottom. displacement [m], force [N], omega [rad/s], damping c
    [1/s].

    k = 0 is the mean: the string only stretches, u += F·L/EA. `tops` collects the force at the top of each
    section.
    """
    k = np.arange(displacement.shape[-1])
    root = np.sqrt((k * omega) ** 2 - 1j * damping * k * omega)
    root[0] = 1.0  # replaced below, keeps the division quiet
    u, f = displacement.astype(np.complex128), force.astype(np.complex128)
    for rod in rods:
        if tops is not None:
            tops.append(f)
        wave = root / rod.wave_speed_m_per_s
        cos, sin = np.cos(wave * rod.length_m), np.sin(wave * rod.length_m)
        stiff = rod.stiffness_n * wave
        u_below = u * cos + f * sin / stiff
        f_below = -u * stiff * sin + f * cos
        u_below[..., 0] = u[..., 0] + f[..., 0] * rod.length_m / rod.stiffness_n
        f_below[..., 0] = f[..., 0]
        u, f = u_below, f_below
    return u, f


def useful_harmonics(load_n: Floats, *, fewest: int = 14, most: int = 60) -> int:
    """How many harmonics of the load stand above the recorder's noise, (n,) → count.

    The noise power is the median of the upper half of the spectrum; the cut is the last harmonic of a run of
    five whose mean power is four times that. A smooth record keeps more, a rough one fewer.
    """
    power = np.abs(np.fft.rfft(load_n)) ** 2
    most = min(most, len(power) - 1)
    if most <= fewest:
        return max(1, most)
    noise = float(np.median(power[len(power) // 2 :])) / math.log(2)  # the median of an exponential law
    around = np.convolve(power[1:], np.ones(5) / 5, "same")
    below = np.flatnonzero(around[:most] < 4 * noise)
    return int(np.clip(below[0] if len(below) else most, fewest, most))


def taper(count: int, keep: int) -> Floats:
    """1 up to a quarter of `keep`, then a cosine to 0, (count,): a hard cut would ring at the corners of the
    card.
    """
    k = np.arange(count, dtype=float)
    start = 0.25 * keep
    slope = 0.5 + 0.5 * np.cos(math.pi * np.clip((k - start) / (keep + 1 - start), 0, 1))
    return np.where(k > keep, 0.0, slope)


def pump_motion(
    position_m: Floats,
    load_n: Floats,
    rods: tuple[RodSection, ...],
    *,
    strokes_per_minute: float,
    damping_per_s: float,
    buoyant_weight_n: float,
    harmonics: int | None = None,
    with_sections: bool = False,
) -> StringMotion:
    """Motion at the pump at the times of the surface card (..., n): one cycle in equal steps.

    position_m up positive; load_n the polished rod load [N]; the result's load is the pump's pull on the
    rods, zero where only their buoyant weight hangs.
    """
    n = position_m.shape[-1]
    omega = 2 * math.pi * strokes_per_minute / 60
    keep = harmonics if harmonics is not None else useful_harmonics(np.atleast_2d(load_n)[0])
    keep = min(keep, n // 2)
    soft = taper(keep + 1, keep)
    u = np.fft.rfft(-position_m)[..., : keep + 1] * soft
    f = np.fft.rfft(load_n - buoyant_weight_n)[..., : keep + 1] * soft
    # numpy's transform is Σ x·exp(−iωt): harmonics of exp(+iωt), as the formula has them.
    tops: list[Complex] = []
    u, f = transfer(u, f, rods, omega, damping_per_s, tops if with_sections else None)
    return StringMotion(-np.fft.irfft(u, n), np.fft.irfft(f, n), tuple(np.fft.irfft(top, n) for top in tops))
