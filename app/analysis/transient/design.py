"""How long the next test must last: until storage has let go, radial flow has been for a while, and what lies
at a distance is felt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.transient.record import Formation

HALF_A_CYCLE = math.sqrt(10)
"""Radial flow is read off half a logarithmic cycle of it at least."""

FLAT = 23.0
"""Of C_D·(p_D + S − ½): where the derivative is within a tenth of its plateau; 22 … 24 for C_D of 10 … 1,500
and skins of 0 … 15 by our own model (the first term of its late expansion has this form).
"""

SEEN, DOUBLED = 0.2, 0.8
"""Of the plateau that a sealing fault adds to the derivative: where it is first seen, where it is told."""


@dataclass(frozen=True)
class NextTest:
    """What a test of the same well needs.

    Attributes:
        line_from_s: [s] after the change of rate the pressure lies on its straight line
        radial_from_s: [s] the derivative is flat to a tenth
        enough_s: [s] and has been over half a logarithmic cycle
    """

    line_from_s: float
    radial_from_s: float
    enough_s: float


def next_test(
    formation: Formation, permeability_m2: float, storage_m3_per_pa: float, skin: float, *, shut_in: bool
) -> NextTest:
    """How long the next test of a well must last.

    line: t_D = C_D·(60 + 3.5·S) after opening, 50·C_D·e^(0.14·S) after shutting in; flat derivative:
    t_D = 23·C_D·(½·(ln t_D + 0.81) + S − ½), the line's time at least

    Args:
        formation: of the well
        permeability_m2: [m²] k
        storage_m3_per_pa: [m³/Pa] C
        skin: [-] S; below 0 counts as 0
        shut_in: a build-up, a fall-off; else the well is opened
    Returns:
        times after the change of rate
    Valid: constant storage, radial flow after it; a fracture or a boundary may come before.
    Source: line: Earlougher, Advances in Well Test Analysis (SPE Monograph 5, 1977), eq. 2.21 and 2.22;
        the derivative is ours.

    >>> formation = Formation(1.2, 1e-3, 0.2, 10.0, 1.5e-9, 0.1)
    >>> plan = next_test(formation, 1e-14, 1e-8, 0.0, shut_in=False)  # C_D 53.1, 3.33 of t_D a second
    >>> round(plan.line_from_s), round(plan.radial_from_s), round(plan.enough_s)
    (955, 1527, 4830)
    """
    storage = formation.storage_number(storage_m3_per_pa)
    damaged = max(skin, 0.0)
    number = 50 * storage * math.exp(0.14 * damaged) if shut_in else storage * (60 + 3.5 * damaged)
    flat = number
    for _ in range(20):
        flat = FLAT * storage * max(0.5 * (math.log(max(flat, 1.0)) + 0.81) + damaged - 0.5, 0.5)
    second = formation.diffusion_per_s(permeability_m2)
    radial = max(flat, number) / second
    return NextTest(number / second, radial, HALF_A_CYCLE * radial)


def boundary_felt_s(formation: Formation, permeability_m2: float, distance_m: float) -> tuple[float, float]:
    """When a sealing boundary at a distance is seen in the derivative, and when it is told from other things.

    derivative over its plateau: 1 + exp(−L²/(η·t)), η = k/(φ·μ·c_t): t = L²/(η·ln 5) at 1.2,
    L²/(η·ln 1.25) at 1.8

    Args:
        formation: of the well
        permeability_m2: [m²] k
        distance_m: [m] L
    Returns:
        ([s], [s]) after the change of rate
    Valid: one plane, radial flow before it; the time that a long drawdown before a build-up adds is left out.
    Source: the image well of Horner (3rd World Petroleum Congress, 1951).

    >>> formation = Formation(1.2, 1e-3, 0.2, 10.0, 1.5e-9, 0.1)
    >>> [round(time / 3600, 1) for time in boundary_felt_s(formation, 1e-14, 60.0)]
    [18.6, 134.4]
    """
    diffusivity = formation.diffusion_per_s(permeability_m2) * formation.wellbore_radius_m**2
    way = distance_m**2 / diffusivity
    return way / math.log(1 / SEEN), way / math.log(1 / DOUBLED)
