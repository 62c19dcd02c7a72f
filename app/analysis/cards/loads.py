"""Absolute loads of a card against what pressures, levels and flow tests allow."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.analysis.cards import pressures, strings
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.intake import LARGEST_FRICTION
from app.core.units import STANDARD_GRAVITY
from app.models.values import needed_number, number_of


@dataclass(frozen=True)
class Loads:
    """Absolute loads over the largest fluid load p_d·A there can be; NaN where pressures are not known.

    Attributes:
        fluid: [-] F₀
        upper: [-] upper line
        lower: [-] lower line
        weight_ratio: [-] mean polished rod load over the rods' buoyant weight
        surface_span: [-] range of the polished rod load over that weight
        level_ratio: [-] F₀ over the one that the level tells
        rate_ratio: [-] measured liquid over what the card displaces
        tubing_stretch: [-] of free tubing under F₀, over the stroke
        intake_share: [-] intake over discharge pressure
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
        """F₀ less friction [-]: what pulls the lower line below the rods' weight pulls the upper line up as
        much, as far as friction goes (`intake.LARGEST_FRICTION`); beyond it weights or the cell are off.
        """
        return self.fluid - 2 * min(max(0.0, -self.lower), LARGEST_FRICTION)


def loads_of(analysis: CardAnalysis) -> Loads | None:
    """What absolute loads say.

    Args:
        analysis: of a card
    Returns:
        None without rods
    Valid: without a wellhead pressure 1 MPa is taken for it.
    Ours: for what only absolute loads tell: parted rods, flow, leaks of the tubing (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> loads = loads_of(examples.card())
    >>> round(loads.fluid, 2), round(loads.weight_ratio, 1)  # 10 of 13 MPa and some friction
    (0.83, 1.3)
    """
    lines, rest, bore = analysis.lines, analysis.rest, analysis.card.bore
    if lines is None or rest is None:
        return None
    nan = math.nan
    largest = nan
    discharge, intake = (
        number_of(analysis.measures, "pump_discharge_pressure_pa"),
        number_of(analysis.measures, "pump_intake_pressure_pa"),
    )
    if bore.plunger_diameter_m is not None:
        area = math.pi / 4 * bore.plunger_diameter_m**2
        if discharge is None and bore.pump_depth_m is not None:
            discharge = 1e6 + rest.density * STANDARD_GRAVITY * bore.pump_depth_m
        largest = area * discharge if discharge else nan
    from_level = fluid_load_from_level_n(analysis)
    tested = _tested_liquid(analysis)
    displaced = number_of(analysis.measures, "inferred_liquid_m3_per_s")
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
        intake_share=nan if intake is None or not discharge else intake / discharge,
    )


def fluid_load_from_level_n(analysis: CardAnalysis) -> float | None:
    """F₀ that a measured level asks for.

    F₀ = A·(p_d − p_level)

    Args:
        analysis: of a card
    Returns:
        [N] None without a level shot and pressures
    Valid: as `pressures.pressure_under_level_pa`; an unknown casing pressure counts as 0.1 MPa.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015).

    >>> from app.analysis import examples
    >>> round(fluid_load_from_level_n(examples.card()) / 1e3, 1)  # 1.52e-3 m² of 10 MPa
    15.2
    """
    bore, discharge = analysis.card.bore, number_of(analysis.measures, "pump_discharge_pressure_pa")
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
        return needed_number(test, "liquid_m3_per_s")
    told = (number_of(test, "oil_m3_per_s"), number_of(test, "water_m3_per_s"))
    parts = [part for part in told if part is not None]
    return sum(parts) if parts else None


def tubing_stretch(analysis: CardAnalysis) -> float:
    """What free tubing would stretch under this card's fluid load.

    F₀·L/(E·A_t)/S

    Args:
        analysis: of a card with rods
    Returns:
        [-] of the gross stroke
    Valid: without the tubing's diameters those of 2 7/8 in are taken.
    Source: Hooke's law, E 2.1e11 Pa.

    >>> from app.analysis import examples
    >>> round(tubing_stretch(examples.card()), 3)
    0.037
    """
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
