"""From the surface card to the pump card: the damped wave equation solved harmonic by harmonic.

EA·u_xx = m·(u_tt + c·u_t) in each section; x and u down positive, F tension less the buoyant static weight.
Source: S. G. Gibbs, "Predicting the Behavior of Sucker-Rod Pumping Systems", SPE 588 (1963); the transfer matrix of a
section is [[cos λL, sin λL/(EAλ)], [−EAλ·sin λL, cos λL]] with λ = √(k²ω² − i·c·k·ω)/a for harmonic k.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.models.cards import RodSection

Complex = NDArray[np.complex128]
Floats = NDArray[np.float64]


def transfer(
    displacement: Complex, force: Complex, rods: tuple[RodSection, ...], omega: float, damping: float
) -> tuple[Complex, Complex]:
    """Harmonics (..., k) at the top → at the bottom. displacement [m], force [N], omega [rad/s], damping c [1/s].

    k = 0 is the mean: the string only stretches, u += F·L/EA.
    """
    k = np.arange(displacement.shape[-1])
    root = np.sqrt((k * omega) ** 2 - 1j * damping * k * omega)
    root[0] = 1.0  # replaced below, keeps the division quiet
    u, f = displacement.astype(np.complex128), force.astype(np.complex128)
    for rod in rods:
        wave = root / rod.wave_speed_m_per_s
        cos, sin = np.cos(wave * rod.length_m), np.sin(wave * rod.length_m)
        stiff = rod.stiffness_n * wave
        u_below = u * cos + f * sin / stiff
        f_below = -u * stiff * sin + f * cos
        u_below[..., 0] = u[..., 0] + f[..., 0] * rod.length_m / rod.stiffness_n
        f_below[..., 0] = f[..., 0]
        u, f = u_below, f_below
    return u, f


def useful_harmonics(load_n: Floats, *, fewest: int = 12, most: int = 60) -> int:
    """How many harmonics of the load stand above the recorder's noise, (n,) → count.

    The noise is the median of the upper half of the spectrum; the cut is the last harmonic of four in a row whose
    mean stands three times above it. A smooth record keeps more, a rough one fewer.
    """
    spectrum = np.abs(np.fft.rfft(load_n))[1:]
    most = min(most, len(spectrum) // 2)
    if most <= fewest:
        return max(1, most)
    noise = float(np.median(spectrum[len(spectrum) // 2 :]))
    smooth = np.convolve(spectrum, np.ones(4) / 4, "valid")
    above = np.flatnonzero(smooth[:most] > 3 * noise)
    return int(np.clip(above[-1] + 4 if len(above) else fewest, fewest, most))


def _taper(count: int, keep: int) -> Floats:
    """1 up to three quarters of `keep`, then a cosine to 0: a hard cut would ring at the corners of the card."""
    k = np.arange(count, dtype=float)
    start = 0.75 * keep
    return np.where(k <= start, 1.0, np.where(k > keep, 0.0, 0.5 + 0.5 * np.cos(math.pi * (k - start) / (keep + 1 - start))))  # fmt: skip


def pump_motion(
    position_m: Floats,
    load_n: Floats,
    rods: tuple[RodSection, ...],
    *,
    strokes_per_minute: float,
    damping_per_s: float,
    buoyant_weight_n: float,
    harmonics: int | None = None,
) -> tuple[Floats, Floats]:
    """Position and load at the pump, same shape and times as the surface card (..., n): one cycle in equal steps.

    position_m up positive; load_n the polished rod load [N]; the result's load is the pump's pull on the rods,
    zero where only their buoyant weight hangs.
    """
    n = position_m.shape[-1]
    omega = 2 * math.pi * strokes_per_minute / 60
    keep = harmonics if harmonics is not None else useful_harmonics(np.atleast_2d(load_n)[0])
    taper = _taper(n // 2 + 1, keep)
    u = np.fft.rfft(-position_m) * taper
    f = np.fft.rfft(load_n - buoyant_weight_n) * taper
    # numpy's transform is Σ x·exp(−iωt): harmonics of exp(+iωt), as the formula has them.
    u, f = transfer(u[..., : keep + 1], f[..., : keep + 1], rods, omega, damping_per_s)
    return -np.fft.irfft(_padded(u, n), n), np.fft.irfft(_padded(f, n), n)


def _padded(harmonics: Complex, n: int) -> Complex:
    full = np.zeros((*harmonics.shape[:-1], n // 2 + 1), np.complex128)
    full[..., : harmonics.shape[-1]] = harmonics
    return full


def section_loads(
    position_m: Floats,
    load_n: Floats,
    rods: tuple[RodSection, ...],
    *,
    strokes_per_minute: float,
    damping_per_s: float,
    buoyant_weight_n: float,
) -> list[Floats]:
    """Dynamic load [N] at the top of each section over the cycle, (n,) each; add the weight below it for stress."""
    loads = []
    for index in range(len(rods)):
        if index == 0:
            loads.append(load_n - buoyant_weight_n)
            continue
        _, force = pump_motion(
            position_m, load_n, rods[:index], strokes_per_minute=strokes_per_minute,
            damping_per_s=damping_per_s, buoyant_weight_n=buoyant_weight_n,
        )  # fmt: skip
        loads.append(force)
    return loads
