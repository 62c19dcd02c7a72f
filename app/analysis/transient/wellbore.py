"""Pressure of a well with wellbore storage and skin in an endless formation, from Laplace space by Stehfest.

p̄_wD = [K0(√s) + S·√s·K1(√s)] / (s·[√s·K1(√s) + C_D·s·(K0(√s) + S·√s·K1(√s))])  (Agarwal, Al-Hussainy, Ramey,
SPEJ 1970). A negative skin is a wider well: r_we = r_w·e^−S with no skin, which changes t_D and C_D by e^2S.
Stehfest, Communications of the ACM 13 (1970) 47, N = 12: good to six digits for such smooth rises.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
TERMS = 12


@lru_cache(maxsize=2)
def _weights(terms: int = TERMS) -> Floats:
    half = terms // 2
    result = np.zeros(terms)
    for i in range(1, terms + 1):
        total = 0.0
        for k in range((i + 1) // 2, min(i, half) + 1):
            total += (
                k**half
                * math.factorial(2 * k)
                / (
                    math.factorial(half - k)
                    * math.factorial(k)
                    * math.factorial(k - 1)
                    * math.factorial(i - k)
                    * math.factorial(2 * k - i)
                )
            )
        result[i - 1] = (-1) ** (half + i) * total
    return result


def pressure_d(time_d: Floats, storage_d: float, skin: float) -> Floats:
    """Dimensionless pressure of a well with storage and skin in an endless formation.

    p̄(s) = [K₀(√s) + S·√s·K₁(√s)]/(s·{√s·K₁(√s) + C_D·s·[K₀(√s) + S·√s·K₁(√s)]}), brought back by Stehfest
    with N = 12

    Args:
        time_d: [-] (n,) t_D = k·t/(φ·μ·c_t·r_w²), above 0
        storage_d: [-] C_D, 0 or more
        skin: [-] S; below 0 the well is wider by e^−S instead
    Returns:
        [-] (n,) p_D
    Valid: smooth rises only: six digits; t_D of 0 and less has no answer.
    Source: Agarwal, Al-Hussainy and Ramey, SPEJ 1970; Stehfest, Communications of the ACM 13 (1970) 47.

    >>> late = pressure_d(np.array([1e6]), 0.0, 2.0)  # line source: ½·(ln t_D + 0.80907) + S
    >>> round(float(late[0] - 0.5 * (np.log(1e6) + 0.80907) - 2.0), 4)
    0.0
    >>> round(float(pressure_d(np.array([1.0]), 1e4, 0.0)[0] * 1e4), 3)  # early: unit slope, p_D = t_D/C_D
    1.0
    """
    from scipy.special import k0e, k1e

    if skin < 0:
        wider = math.exp(2 * skin)
        time_d, storage_d, skin = time_d * wider, storage_d * wider, 0.0
    s = np.log(2) / time_d[..., None] * np.arange(1, TERMS + 1)
    root = np.sqrt(s)
    # Both Bessel functions carry e^−√s: in the quotient it cancels, so the scaled ones never vanish.
    zero, first = k0e(root), root * k1e(root)
    above = zero + skin * first
    image = above / (s * (first + storage_d * s * above))
    result: Floats = np.log(2) / time_d * (image * _weights()).sum(axis=-1)
    return result


def change_pa(
    response: Response,
    permeability_m2: float,
    storage_m3_per_pa: float,
    skin: float,
    time_s: Floats | None = None,
) -> Floats:
    """Pressure change of a well with these rates, this permeability, storage and skin.

    Δp = q·B·μ/(2π·k·h)·{p_D(Δt) + Σ Δq_i/q·[p_D(t_i) − p_D(t_i + Δt)]}

    Args:
        response: its rates, times and formation; its pressures are not looked at
        permeability_m2: [m²] k
        storage_m3_per_pa: [m³/Pa] C
        skin: [-] S
        time_s: [s] (n,) after the change; the response's own times without
    Returns:
        [Pa] (n,)
    Valid: as `pressure_d`; no boundary.
    Source: superposition, Earlougher, SPE Monograph 5 (1977), of the solution in `pressure_d`.

    >>> from app.analysis import examples
    >>> lee = examples.buildup()
    >>> rise = change_pa(lee, 7.65 * examples.MILLIDARCY, 1e-8, 6.37, np.array([36_000.0]))
    >>> round(float(rise[0]) / examples.PSI)  # Lee's line at 10 h: 4295 + 70 − 3534
    830
    """
    time_s = response.time_s if time_s is None else time_s
    well = response.formation
    per_second = well.diffusion_per_s(permeability_m2)
    storage_d = well.storage_number(storage_m3_per_pa)
    befores = np.array([before for before, _ in response.steps])
    moments = [time_s, *(before + time_s for before in befores), befores]
    curve = pressure_d(np.concatenate(moments) * per_second, storage_d, skin)
    n = len(time_s)
    total = curve[:n].copy()
    for i, (_, change) in enumerate(response.steps):
        share = change / response.rate_m3_per_s
        total += share * (curve[-len(befores) + i] - curve[n * (i + 1) : n * (i + 2)])
    # p_D = 2πkh·Δp/(qBμ): twice the slope per natural logarithm.
    return 2 * well.slope_pa(abs(response.rate_m3_per_s), permeability_m2) * total
