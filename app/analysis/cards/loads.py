"""Absolute loads of a card against what pressures, levels and flow tests allow."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.analysis.cards import pressures, strings
from app.analysis.cards.figures import CardAnalysis
from app.core.units import STANDARD_GRAVITY


@dataclass(frozen=True)
class Loads:
    """Absolute loads, each over the largest fluid load p_d·A there can be, or NaN where pressures are not
    known.

    `weight_ratio`: mean polished rod load over the rods' buoyant weight. `level_ratio`: fluid load over the
    one that the level tells. `rate_ratio`: measured liquid over what the card displaces. `tubing_stretch`:
    what free tubing would stretch under the fluid load, share of the stroke.
    """

    fluid: float
    upper: float
    lower: float
    weight_ratio: float
    surface_span: float
    level_ratio: float
    rate_ratio: float
    tubing_stretch: float
    intake_share: float

    @property
    def fluid_without_friction(self) -> float:
        """What pulls the lower line below the rods' weight pulls the upper line up as much: both are no
        liquid's.
        """
        return self.fluid - 2 * max(0.0, -self.lower)


def loads_of(analysis: CardAnalysis) -> Loads | None:
    """None without rods."""
    lines, rest, bore = analysis.lines, analysis.rest, analysis.card.bore
    if lines is None or rest is None:
        return None
    measures, nan = analysis.measures, math.nan
    largest = nan
    discharge = measures["pump_discharge_pressure_pa"]
    if bore.plunger_diameter_m is not None:
        area = math.pi / 4 * bore.plunger_diameter_m**2
        if discharge is None and bore.pump_depth_m is not None:
            discharge = 1e6 + rest.density * STANDARD_GRAVITY * bore.pump_depth_m
        largest = area * discharge if discharge else nan
    from_level = fluid_load_from_level_n(analysis)
    tested = _tested_liquid(analysis)
    displaced = measures["inferred_liquid_m3_per_s"]
    load = analysis.clean.load_n
    return Loads(
        fluid=lines.fluid_load_n / largest,
        upper=lines.upper_n / largest,
        lower=lines.lower_n / largest,
        weight_ratio=float(load.mean()) / rest.weight_n,
        surface_span=float(np.ptp(load)) / rest.weight_n,
        level_ratio=nan if not from_level else lines.fluid_load_n / from_level,
        rate_ratio=nan if tested is None or not displaced else tested / displaced,
        tubing_stretch=tubing_stretch(analysis),
        intake_share=nan
        if measures["pump_intake_pressure_pa"] is None or not discharge
        else measures["pump_intake_pressure_pa"] / discharge,
    )


def fluid_load_from_level_n(analysis: CardAnalysis) -> float | None:
    """F₀ that a measured level asks for, A·(p_d − p_level) [N]; None without a level shot and pressures."""
    bore, discharge = analysis.card.bore, analysis.measures["pump_discharge_pressure_pa"]
    if (
        bore.fluid_level_m is None
        or bore.pump_depth_m is None
        or bore.plunger_diameter_m is None
        or not discharge
    ):
        return None
    intake = pressures.pressure_under_level_pa(
        casing_pressure_pa=bore.casing_pressure_pa or 0.1e6,
        level_m=bore.fluid_level_m,
        depth_m=bore.pump_depth_m,
        oil_density=strings.oil_density(bore.fluid),
        gas_relative_density=bore.fluid.gas_relative_density,
    )
    return math.pi / 4 * bore.plunger_diameter_m**2 * max(discharge - intake, 0.0)


def _tested_liquid(analysis: CardAnalysis) -> float | None:
    test = analysis.card.bore.well_test
    if "liquid_m3_per_s" in test:
        return float(test["liquid_m3_per_s"])
    parts = [test.get("oil_m3_per_s"), test.get("water_m3_per_s")]
    return (
        sum(float(part) for part in parts if part is not None)
        if any(part is not None for part in parts)
        else None
    )


def tubing_stretch(analysis: CardAnalysis) -> float:
    """What free tubing would stretch under this card's fluid load, a share of the gross stroke."""
    bore, lines = analysis.card.bore, analysis.lines
    if (
        bore.tubing_inner_diameter_m is None
        or bore.tubing_outer_diameter_m is None
        or bore.pump_depth_m is None
        or lines is None
    ):
        inner, outer = 0.062, 0.073  # 2 7/8 in tubing, the commonest under rod pumps
    else:
        inner, outer = bore.tubing_inner_diameter_m, bore.tubing_outer_diameter_m
    depth = bore.pump_depth_m or sum(rod.length_m for rod in bore.rods)
    assert lines is not None
    stretch = lines.fluid_load_n * depth / (2.1e11 * math.pi / 4 * (outer**2 - inner**2))
    return stretch / lines.gross_stroke_m
