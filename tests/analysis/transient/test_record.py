"""Formation and response: Lee's printed numbers, powers of the formulas, superposition by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.transient.record import Formation, Response

MD, PSI, FOOT, BARREL_A_DAY = 9.869233e-16, 6_894.757293, 0.3048, 0.158987294928 / 86_400
LEE = Formation(1.136, 0.8e-3, 0.039, 69 * FOOT, 17e-6 / PSI, 0.198 * FOOT)
PLAIN = Formation(1.0, 1e-3, 0.1, 10.0, 1e-9, 0.1)
RATE = 1e-3


def response(*steps: tuple[float, float], falling: bool = False) -> Response:
    time_s = np.array([10.0, 100.0, 1000.0])
    return Response(time_s, np.array([11e6, 12e6, 13e6]), 10e6, RATE, steps, falling, PLAIN)


def test_lees_line_gives_lees_permeability_and_back() -> None:
    """Lee, Well Testing (1982): 250 STB/d, 70 psi a cycle, 7.65 md by 162.6·qBμ/(mh)."""
    slope = 70 * PSI / math.log(10)
    found = LEE.permeability(250 * BARREL_A_DAY, slope)
    assert found / MD == pytest.approx(162.6 * 250 * 1.136 * 0.8 / (70 * 69), rel=1e-3)
    assert LEE.slope_pa(250 * BARREL_A_DAY, found) == pytest.approx(slope)


@pytest.mark.parametrize(
    ("field", "power"),
    [("formation_volume_factor", 1), ("viscosity_pa_s", 1), ("thickness_m", -1), ("porosity", 0)],
)
def test_permeability_by_the_powers_of_its_formula(field: str, power: int) -> None:
    twice = replace(PLAIN, **{field: 2 * getattr(PLAIN, field)})
    assert twice.permeability(RATE, 1e5) == pytest.approx(
        2**power * PLAIN.permeability(RATE, 1e5), rel=1e-6, abs=0
    )


@pytest.mark.parametrize(
    ("field", "diffusion", "storage"),
    [
        ("porosity", -1, -1),
        ("viscosity_pa_s", -1, 0),
        ("total_compressibility_per_pa", -1, -1),
        ("wellbore_radius_m", -2, -2),
        ("thickness_m", 0, -1),
    ],
)
def test_dimensionless_time_and_storage_by_the_powers_of_their_formulas(
    field: str, diffusion: int, storage: int
) -> None:
    twice = replace(PLAIN, **{field: 2 * getattr(PLAIN, field)})
    assert twice.diffusion_per_s(1e-13) == pytest.approx(2**diffusion * 100.0)
    once = PLAIN.storage_number(1e-8)
    assert once == pytest.approx(1e-8 / (2 * math.pi * 0.1 * 1e-9 * 10 * 0.01))
    assert twice.storage_number(1e-8) == pytest.approx(2**storage * once)


def test_the_radius_of_investigation_grows_with_the_root_of_time_and_not_with_the_well() -> None:
    """Lee, eq. 1.23: r = 2·√(k·t/(φ·μ·c_t)), here 2·√3600."""
    assert PLAIN.investigated_m(1e-13, 3600.0) == pytest.approx(120.0)
    assert PLAIN.investigated_m(1e-13, 4 * 3600.0) == pytest.approx(240.0)
    assert replace(PLAIN, wellbore_radius_m=0.3).investigated_m(1e-13, 3600.0) == pytest.approx(120.0)


def test_the_dimensionless_constants_of_metric_field_units_come_out() -> None:
    """reference/wells-and-esp.json, metric_constants, MPa: t_D = 0.003552924·k·t/(φ·μ·c·r²) with md,
    h, mPa·s and 1/MPa.
    """
    found = PLAIN.diffusion_per_s(1 * MD) * 3600 * 0.1 * 1.0 * 1e-3 * 0.01
    assert found == pytest.approx(0.003552924, rel=1e-6)


def test_a_change_counts_upwards_in_a_buildup_and_downwards_in_a_drawdown() -> None:
    assert response().change_pa.tolist() == [1e6, 2e6, 3e6]
    assert response(falling=True).change_pa.tolist() == [-1e6, -2e6, -3e6]
    assert (response().sign, response(falling=True).sign) == (1.0, -1.0)


@given(st.floats(1e3, 1e8))
def test_with_one_rate_superposition_is_the_logarithm_of_horners_ratio(produced: float) -> None:
    found = response((produced, RATE))
    ratio = (produced + found.time_s) / found.time_s
    assert found.superposition == pytest.approx(-np.log(ratio), abs=1e-9)
    assert found.superposition_at_change == pytest.approx(math.log(produced))


def test_with_two_rates_each_change_counts_by_its_share() -> None:
    found = response((5000.0, 0.4 * RATE), (2000.0, 0.6 * RATE))
    by_hand = [
        math.log(t) - 0.4 * math.log(5000 + t) - 0.6 * math.log(2000 + t) for t in (10.0, 100.0, 1000.0)
    ]
    assert found.superposition == pytest.approx(by_hand)
    assert found.superposition_at_change == pytest.approx(0.4 * math.log(5000) + 0.6 * math.log(2000))


def test_a_well_that_never_flowed_before_has_its_own_time_alone() -> None:
    assert response().superposition == pytest.approx(np.log([10, 100, 1000]))
    assert response().superposition_at_change == 0
