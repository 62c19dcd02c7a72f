"""Stress of the rods and how much of what is permitted it uses."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.models.cards import RodSection

Floats = NDArray[np.float64]


def goodman_fraction(
    stress_max_pa: float, stress_min_pa: float, tensile_pa: float, service_factor: float
) -> float:
    """Share of the permitted stress range used.

    (σ_max − σ_min)/((T/4 + 0.5625·σ_min)·SF − σ_min)

    Args:
        stress_max_pa: [Pa] σ_max
        stress_min_pa: [Pa] σ_min
        tensile_pa: [Pa] T
        service_factor: [-] SF
    Returns:
        [-] above 1 overloaded
    Valid: where hardly a range is permitted at all, a thousandth of T is taken for it.
    Source: API RP 11BR, modified Goodman diagram; vendor's numbers of reference/rod-pump.json.

    >>> psi = 6_894.757293
    >>> round(goodman_fraction(18563.695871116128 * psi, 7325.0990836151195 * psi, 115_000 * psi, 1.0), 9)
    0.439948263
    """
    allowed = (tensile_pa / 4 + 0.5625 * stress_min_pa) * service_factor
    permitted = max(allowed - stress_min_pa, 1e-3 * tensile_pa)
    return (stress_max_pa - stress_min_pa) / permitted


def reduced_stress_pa(stress_max_pa: float, stress_min_pa: float) -> float:
    """Приведённое напряжение, the reduced stress of a load that goes up and down.

    √(σ_max·σ_a), σ_a = (σ_max − σ_min)/2

    Args:
        stress_max_pa: [Pa]
        stress_min_pa: [Pa]
    Returns:
        [Pa] 0 for rods never in tension
    Valid: compared with the limit of the rods' steel.
    Source: И. А. Одинг.

    >>> reduced_stress_pa(100e6, 50e6)  # √(100·25)
    50000000.0
    """
    if stress_max_pa <= 0:
        return 0.0
    return math.sqrt(stress_max_pa * (stress_max_pa - stress_min_pa) / 2)


def section_stresses(
    rods: tuple[RodSection, ...], dynamic_n: tuple[Floats, ...], below_tops_n: Floats
) -> list[dict[str, float | None]]:
    """Of each section at its top, where it is worst: extreme stresses and what of the permitted they use.

    The stress is that of the effective tension: dynamic load and the weight below less its buoyancy, spread
    along the rods (Archimedes), over the rod body's area, couplings in the weight and not in the area. That
    is what vendors compare with the diagram; the true axial stress is lower by the liquid's pressure.

    σ = (F_dyn + W_below)/A

    Args:
        rods: top to bottom
        dynamic_n: [N] (n,) each, at the top of each section
        below_tops_n: [N] (sections,) buoyant weight hanging there
    Returns:
        keys of the stable JSON: stress_max_pa, stress_min_pa, reduced_stress_pa [Pa], goodman_fraction [-]
            (None without T)
    Valid: bending is not in it.
    Source: API RP 11BR.

    >>> rod = RodSection(500.0, math.sqrt(4e-4 / math.pi), 3.0, 2.1e11, 5000.0)  # 1 cm²
    >>> section_stresses((rod,), (np.array([0.0, 10e3]),), np.array([20e3]))[0]["stress_max_pa"] / 1e6
    300.0
    """
    rows = []
    for rod, load, static in zip(rods, dynamic_n, below_tops_n, strict=True):
        highest, lowest = float(load.max() + static) / rod.area_m2, float(load.min() + static) / rod.area_m2
        goodman = None
        if rod.minimum_tensile_pa is not None:
            goodman = goodman_fraction(highest, lowest, rod.minimum_tensile_pa, rod.service_factor)
        rows.append(
            {
                "stress_max_pa": highest,
                "stress_min_pa": lowest,
                "goodman_fraction": goodman,
                "reduced_stress_pa": reduced_stress_pa(highest, lowest),
            }
        )
    return rows
