"""Rod-pumped wells drawn from the ranges in which they are really built and run."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from app.analysis.cards import strings
from app.analysis.cards.unit import Linkage
from app.analysis.simulate.rod_pump import RodWell
from app.core.units import STANDARD_GRAVITY
from app.models.cards import RodSection

# Proportions of common units (A, C, K, P, R for a stroke of 1 m): API C-114 to C-640, a Russian СК8, a
# reverse unit.
_PROPORTIONS = (
    (1.45, 1.12, 1.76, 1.33, 0.430),
    (1.28, 1.10, 1.74, 1.31, 0.417),
    (1.27, 1.11, 1.74, 1.32, 0.420),
    (1.43, 0.82, 1.31, 1.01, 0.279),
    (1.20, 0.83, 1.30, 0.86, 0.337),
    (1.20, 1.03, 2.00, 1.49, 0.390),
)
# A, C, K, P, R of a Mark II and of an air-balanced unit (reference/rod-pump.json), in inches: only their
# proportions matter.
_REAR_MOUNTED = ((312.0, 258.0, 244.69, 182.37, 47.75), (155.0, 70.0, 148.49, 132.0, 19.375))
_PLUNGERS = (0.032, 0.038, 0.044, 0.051, 0.057, 0.064, 0.070)
_TAPERS = (
    (0.0254, 0.022225, 0.01905),
    (0.022225, 0.01905),
    (0.022225, 0.01905, 0.015875),
    (0.0254, 0.022225),
    (0.01905,),
    (0.022225,),
    (0.01905, 0.015875),
)
_DEPTHS = {0.0254: 2600, 0.022225: 2300, 0.01905: 1700}
LARGEST_STRESS_PA = 240e6


def draw(rng: np.random.Generator) -> RodWell:
    """One well whose rods bear its pump and whose speed its string allows.

    450 … 2600 m, 0.9 … 4.3 m, 1.8 … 12 1/min, plungers of 32 … 70 mm; stress under 240 MPa, speed under a
    third of the natural one

    Args:
        rng: that draws
    Returns:
        always another
    Valid: conventional units and a reverse one.
    Ours: ranges in which wells are really built and run.

    >>> well = draw(np.random.default_rng(1))
    >>> 450 <= sum(rod.length_m for rod in well.rods) <= 3000
    True
    """
    while True:
        tapers = _TAPERS[rng.integers(len(_TAPERS))]
        depth = float(rng.uniform(450, _DEPTHS[tapers[0]] * (1.0 if len(tapers) > 1 else 0.75)))
        rods = _string(depth, tapers, rng)
        stroke = float(rng.uniform(0.9, 4.3))
        speed = float(np.exp(rng.uniform(math.log(1.8), math.log(12.0))))
        plunger = float(rng.choice(_PLUNGERS))
        density = float(rng.uniform(820, 1100))
        tubing_pressure = float(rng.uniform(0.4e6, 3e6))
        discharge = tubing_pressure + density * STANDARD_GRAVITY * depth
        natural = 15 / sum(rod.length_m / rod.wave_speed_m_per_s for rod in rods)
        carried = strings.weight_in_air(rods) + math.pi / 4 * plunger**2 * discharge
        stress = carried * (1 + stroke * speed**2 / strings.FREE_SWING) / rods[0].area_m2
        stretch = math.pi / 4 * plunger**2 * discharge * strings.compliance(rods)
        if (
            speed / natural < 0.33
            and stress < LARGEST_STRESS_PA
            and stretch < 0.45 * stroke
            and stroke * speed < 25
        ):
            break
    return RodWell(
        rods,
        _linkage(stroke, rng),
        speed,
        plunger,
        discharge,
        density,
        damping_per_s=float(np.exp(rng.uniform(math.log(0.02), math.log(0.35)))),
        clockwise=bool(rng.random() < 0.7),
        speed_variation=float(rng.uniform(0, 0.08)),
        tubing_inner_diameter_m=0.062 if plunger <= 0.057 else 0.076,
    )


def on_any_unit(well: RodWell, rng: np.random.Generator) -> RodWell:
    """The same well on another machine in a quarter of the draws: Mark II, air balanced, belt, hydraulic.

    Args:
        well: drawn
        rng: that draws
    Returns:
        a rear-mounted linkage of the same stroke, or even speed with turns of 0.12 … 0.4 of the time
    Valid: strokes of 0.9 … 4.3 m; belt and hydraulic units run below 8 1/min.
    Ours: proportions of units of `reference/rod-pump.json`; turns of belt units: sprocket over stroke.

    >>> wells = [on_any_unit(draw(np.random.default_rng(n)), np.random.default_rng(n)) for n in range(12)]
    >>> {well.linkage.mark2 for well in wells}, {well.turn_share > 0 for well in wells}
    ({False, True}, {False, True})
    """
    kind = rng.random()
    if kind < 0.12:
        a, c, k, p, r = (
            value * float(rng.uniform(0.99, 1.01))
            for value in _REAR_MOUNTED[rng.integers(len(_REAR_MOUNTED))]
        )
        linkage = Linkage(a, c, k, p, r, mark2=True)
        if linkage.turns():
            size = well.linkage.stroke_m / linkage.stroke_m
            scaled = Linkage(a * size, c * size, k * size, p * size, r * size, mark2=True)
            return replace(well, linkage=scaled)
    elif kind < 0.26 and well.strokes_per_minute < 8:
        return replace(well, turn_share=float(rng.uniform(0.12, 0.4)))
    return well


def _string(depth: float, tapers: tuple[float, ...], rng: np.random.Generator) -> tuple[RodSection, ...]:
    shares = rng.dirichlet(np.full(len(tapers), 12.0)) * depth
    lengths = [max(60.0, round(float(share) / 8) * 8.0) for share in shares]
    rods = [
        strings.section(length, size, minimum_tensile_pa=793e6)
        for length, size in zip(lengths, tapers, strict=True)
    ]
    if rng.random() < 0.2:
        rods.append(strings.section(float(rng.uniform(60, 150)), 0.0381))  # sinker bars
    return tuple(rods)


def _linkage(stroke: float, rng: np.random.Generator) -> Linkage:
    while True:
        a, c, k, p, r = (
            value * float(rng.uniform(0.95, 1.05)) for value in _PROPORTIONS[rng.integers(len(_PROPORTIONS))]
        )
        linkage = Linkage(a, c, k, p, r)
        if linkage.turns():
            break
    size = stroke / linkage.stroke_m
    return Linkage(a * size, c * size, k * size, p * size, r * size)
