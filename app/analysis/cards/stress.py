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
    """Share of the permitted stress range used, (σmax − σmin) / ((T/4 + 0.5625·σmin)·SF − σmin); above 1
    overloaded.

    API RP 11BR, modified Goodman diagram. Where hardly a range is permitted at all, a thousandth of T is
    taken for it.
    """
    allowed = (tensile_pa / 4 + 0.5625 * stress_min_pa) * service_factor
    permitted = max(allowed - stress_min_pa, 1e-3 * tensile_pa)
    return (stress_max_pa - stress_min_pa) / permitted


def reduced_stress_pa(stress_max_pa: float, stress_min_pa: float) -> float:
    """Приведённое напряжение √(σmax·σa), σa = (σmax − σmin)/2 [Pa] (И. А. Одинг); 0 for rods never in
    tension.
    """
    if stress_max_pa <= 0:
        return 0.0
    return math.sqrt(stress_max_pa * (stress_max_pa - stress_min_pa) / 2)


def section_stresses(
    rods: tuple[RodSection, ...], dynamic_n: tuple[Floats, ...], below_tops_n: Floats
) -> list[dict[str, float | None]]:
    """Of each section at its top, where it is worst: extreme stresses [Pa] and the Goodman share."""
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
