"""Absolute loads against what pressures, levels and flow tests allow: each share reckoned by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.cards import loads, pressures
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.intake import LARGEST_FRICTION
from app.analysis.cards.lines import LoadLines
from app.core.units import STANDARD_GRAVITY
from app.models.cards import Fluid, RodSection, WellBore

LINES = LoadLines(14e3, 2e3, 3.0, 2.4)
AREA = math.pi / 4 * 0.044**2
ROD = RodSection(1000.0, 0.022225, 3.31, 2.1e11, 4963.0, 793e6)
BORE = WellBore(
    rods=(ROD, replace(ROD, length_m=250.0)),
    fluid=Fluid(oil_relative_density=0.86),
    plunger_diameter_m=0.044,
    pump_depth_m=1200.0,
    fluid_level_m=800.0,
    casing_pressure_pa=0.4e6,
    tubing_inner_diameter_m=0.0503,
    tubing_outer_diameter_m=0.0603,
    well_test={"liquid_m3_per_s": 3e-4},
)
MEASURES = {
    "pump_discharge_pressure_pa": 12e6,
    "pump_intake_pressure_pa": 3e6,
    "inferred_liquid_m3_per_s": 4e-4,
}


def analysis(lines: LoadLines | None = LINES, *, rest: bool = True, **changed: Any) -> CardAnalysis:
    measures = MEASURES | {key: changed.pop(key) for key in list(changed) if key in MEASURES}
    found = SimpleNamespace(
        lines=lines,
        rest=SimpleNamespace(weight_n=20e3, density=900.0) if rest else None,
        card=SimpleNamespace(bore=replace(BORE, **changed)),
        clean=SimpleNamespace(load_n=np.array([18e3, 20e3, 34e3])),
        measures=measures,
    )
    return cast(CardAnalysis, found)


def said(of: CardAnalysis) -> loads.Loads:
    found = loads.loads_of(of)
    assert found is not None
    return found


def test_each_share_is_what_it_says() -> None:
    found = said(analysis())
    largest = AREA * 12e6
    assert found.fluid == pytest.approx(12e3 / largest)
    assert found.upper == pytest.approx(14e3 / largest)
    assert found.lower == pytest.approx(2e3 / largest)
    assert found.weight_ratio == pytest.approx(24e3 / 20e3)
    assert found.surface_span == pytest.approx(16e3 / 20e3)
    assert found.rate_ratio == pytest.approx(0.75)
    assert found.intake_share == pytest.approx(0.25)
    level = loads.fluid_load_from_level_n(analysis())
    assert level is not None
    assert found.level_ratio == pytest.approx(12e3 / level)
    assert found.tubing_stretch == loads.tubing_stretch(analysis())


@pytest.mark.parametrize("known", [{"lines": None}, {"rest": False}])
def test_without_rods_there_are_no_absolute_loads(known: dict[str, Any]) -> None:
    assert loads.loads_of(analysis(**known)) is None


def test_without_a_discharge_pressure_a_megapascal_stands_on_the_column() -> None:
    found = said(analysis(pump_discharge_pressure_pa=None))
    assert found.fluid == pytest.approx(12e3 / (AREA * (1e6 + 900 * STANDARD_GRAVITY * 1200)))
    assert found.intake_share == pytest.approx(3e6 / (1e6 + 900 * STANDARD_GRAVITY * 1200))


@pytest.mark.parametrize(
    ("unknown", "nan"),
    [
        ({"plunger_diameter_m": None}, {"fluid", "upper", "lower", "level_ratio"}),
        (
            {"pump_discharge_pressure_pa": None, "pump_depth_m": None},
            {"fluid", "upper", "lower", "level_ratio", "intake_share"},
        ),
        ({"pump_discharge_pressure_pa": None}, {"level_ratio"}),
        ({"fluid_level_m": None}, {"level_ratio"}),
        ({"well_test": {}}, {"rate_ratio"}),
        ({"inferred_liquid_m3_per_s": None}, {"rate_ratio"}),
        ({"inferred_liquid_m3_per_s": 0.0}, {"rate_ratio"}),
        ({"pump_intake_pressure_pa": None}, {"intake_share"}),
        ({}, set()),
    ],
)
def test_what_is_not_known_is_no_number_and_the_rest_is(unknown: dict[str, Any], nan: set[str]) -> None:
    found = said(analysis(**unknown))
    assert {name for name, value in vars(found).items() if math.isnan(value)} == nan


def test_the_level_asks_for_the_area_of_the_difference_of_pressures() -> None:
    under = pressures.pressure_under_level_pa(
        casing_pressure_pa=0.4e6,
        level_m=800.0,
        depth_m=1200.0,
        oil_density=860.0,
        gas_relative_density=BORE.fluid.gas_relative_density,
    )
    assert loads.fluid_load_from_level_n(analysis()) == pytest.approx(AREA * (12e6 - under), rel=1e-3)


def test_an_unknown_casing_pressure_is_a_tenth_of_a_megapascal() -> None:
    assert loads.fluid_load_from_level_n(analysis(casing_pressure_pa=None)) == (
        loads.fluid_load_from_level_n(analysis(casing_pressure_pa=0.1e6))
    )
    assert loads.fluid_load_from_level_n(analysis(casing_pressure_pa=0.1e6)) > (  # type: ignore[operator]
        loads.fluid_load_from_level_n(analysis())
    )


def test_a_level_that_carries_the_column_asks_for_no_load() -> None:
    assert loads.fluid_load_from_level_n(analysis(pump_discharge_pressure_pa=1e6)) == 0.0
    assert math.isnan(said(analysis(pump_discharge_pressure_pa=1e6)).level_ratio)


@pytest.mark.parametrize(
    ("test", "ratio"),
    [
        ({"oil_m3_per_s": 1e-4, "water_m3_per_s": 3e-4}, 1.0),
        ({"oil_m3_per_s": 1e-4}, 0.25),
        ({"water_m3_per_s": 2e-4}, 0.5),
        ({"liquid_m3_per_s": 2e-4, "oil_m3_per_s": 1e-4}, 0.5),
    ],
)
def test_a_flow_test_is_its_liquid_or_the_sum_of_its_parts(test: dict[str, float], ratio: float) -> None:
    assert said(analysis(well_test=test)).rate_ratio == pytest.approx(ratio)


def test_free_tubing_stretches_by_hookes_law() -> None:
    steel = math.pi / 4 * (0.0603**2 - 0.0503**2)
    assert loads.tubing_stretch(analysis()) == pytest.approx(12e3 * 1200 / (2.1e11 * steel) / 3.0)


@pytest.mark.parametrize(
    "unknown", ["tubing_inner_diameter_m", "tubing_outer_diameter_m", "pump_depth_m", None]
)
def test_without_its_diameters_or_depth_it_is_the_commonest_tubing(unknown: str | None) -> None:
    steel = math.pi / 4 * (0.073**2 - 0.062**2)
    if unknown is None:
        assert loads.tubing_stretch(analysis()) != pytest.approx(12e3 * 1200 / (2.1e11 * steel) / 3.0)
    else:
        depth = 1250 if unknown == "pump_depth_m" else 1200
        assert loads.tubing_stretch(analysis(**{unknown: None})) == pytest.approx(
            12e3 * depth / (2.1e11 * steel) / 3.0
        )


@pytest.mark.parametrize(
    ("lower", "left"),
    [(0.1, 0.8), (0.0, 0.8), (-0.03, 0.74), (-9.0, 0.8 - 2 * LARGEST_FRICTION)],
)
def test_friction_pulls_both_lines_and_only_as_far_as_friction_goes(lower: float, left: float) -> None:
    found = replace(said(analysis()), fluid=0.8, lower=lower)
    assert found.fluid_without_friction == pytest.approx(left)
