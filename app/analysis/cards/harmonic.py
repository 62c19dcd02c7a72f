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

from app.analysis import few
from app.models.cards import RodSection

Complex = NDArray[np.complex128]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StringMotion:
    """What the rods do.

    Attributes:
        position_m: [m] (..., n) at the pump, up positive
        load_n: [N] (..., n) the pump's pull on the rods
        section_loads_n: [N] (..., n) each, dynamic load at the top of each section: the stress there once the
            weight below is added
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
    """Harmonics of motion and force from the top of a string to its bottom.

    U' = U·cos λL + F·sin λL/(EA·λ), F' = −U·EA·λ·sin λL + F·cos λL, λ = √(k²ω² − i·c·k·ω)/a; the mean only
    stretches: U' = U + F·L/EA

    Args:
        displacement: [m] (..., k) U, down positive
        force: [N] (..., k) F, tension less buoyant weight
        rods: top to bottom
        omega: [rad/s] ω of the stroke
        damping: [1/s] c
        tops: [N] (..., k) each, collects the force at the top of each section
    Returns:
        ([m] (..., k), [N] (..., k)) at the bottom
    Valid: viscous damping; high harmonics amplify noise.
    Source: Gibbs, SPE 588 (1963); exact numbers of reference/wave-equation-exact.json.

    >>> area = 0.000285
    >>> rod = RodSection(1500.0, math.sqrt(4 * area / math.pi), 2.43, 2.1e11, math.sqrt(2.1e11 * area / 2.43))
    >>> u = np.array([0, -1.5, 0.05 - 0.02j])
    >>> f = np.array([12000, -9000 + 4000j, 1500 - 800j])
    >>> below, pull = transfer(u, f, (rod,), 2 * math.pi * 8 / 60, 0.5)
    >>> [complex(np.round(value, 6)) for value in below]
    [(0.300752+0j), (-1.675873+0.069359j), (0.0807-0.034388j)]
    >>> [complex(np.round(value, 2)) for value in pull]
    [(12000+0j), (-4977.3+1460.37j), (904.72-307.78j)]
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
    """How many harmonics of the load stand above the recorder's noise.

    noise: the median power of the upper half of the spectrum, over ln 2; the cut: the last harmonic of a run
    of five whose mean power is four times that

    Args:
        load_n: [N] (n,) one stroke
        fewest: [-] never fewer
        most: [-] never more
    Returns:
        [-]
    Valid: at least 30 points; with fewer harmonics than `fewest` in the record, all.
    Ours: chosen from the noise, not a constant (domain/rod-pump.md).

    >>> turn = 2 * np.pi * np.arange(200) / 200
    >>> smooth = 1e4 * np.sin(turn) + 10 * np.random.default_rng(1).normal(size=200)
    >>> useful_harmonics(smooth)
    14
    """
    power = np.abs(np.fft.rfft(load_n)) ** 2
    most = min(most, len(power) - 1)
    noise = few.median(power[len(power) // 2 :]) / math.log(2)  # the median of an exponential law
    around = np.convolve(power[1:], np.ones(5) / 5, "same")
    below = np.flatnonzero(around[:most] < 4 * noise)
    return min(max(int(below[0]) if len(below) else most, fewest), most)


def taper(count: int, keep: int) -> Floats:
    """Weights of harmonics: 1 up to a quarter of those kept, then a cosine to 0.

    Args:
        count: [-] of weights
        keep: [-] harmonics kept
    Returns:
        [-] (count,)
    Valid: keep above 0.
    Ours: a hard cut would ring at the corners of the card.

    >>> taper(6, 4).round(2).tolist()
    [1.0, 1.0, 0.85, 0.5, 0.15, 0.0]
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
    """Motion at the pump at the times of the surface card, harmonic by harmonic.

    `transfer` of the tapered Fourier series of −s and F − W

    Args:
        position_m: [m] (..., n) polished rod, up positive, one cycle in equal steps
        load_n: [N] (..., n) polished rod
        rods: top to bottom
        strokes_per_minute: [1/min]
        damping_per_s: [1/s] c
        buoyant_weight_n: [N] W of the whole string
        harmonics: [-] kept; None: by `useful_harmonics`
        with_sections: the loads at the tops of sections too
    Returns:
        the pull is 0 where only the rods' buoyant weight hangs
    Valid: a record that closes once, one viscous damping, a straight hole; else `differences.pump_motion`.
    Source: Gibbs, SPE 588 (1963).

    >>> from app.analysis import examples
    >>> still = pump_motion(
    ...     np.zeros(40), np.full(40, 31e3), examples.rod_well().rods, strokes_per_minute=6.0,
    ...     damping_per_s=0.1, buoyant_weight_n=30e3,
    ... )
    >>> round(float(still.load_n[0]))  # at rest the pull is the load less the weight
    1000
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
