"""Inflow: Vogel's and Brown's printed numbers, closed forms of the fits, and points that cannot be fitted."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.analysis.wells.inflow import Inflow, curves_of, fitted, productivity_of_formation, vogel_rate

PRESSURES = np.array([15e6, 11e6, 8e6])


@pytest.mark.parametrize(
    ("cut", "rates"),
    [
        (0.0, (500, 900, 1947.6, 2587.8, 3016.4)),
        (0.5, (500, 900, 2012.3, 2758.1, 3218.7)),
        (1.0, (500, 900, 2100, 3100, 4100)),
    ],
)
def test_browns_composite_curve(cut: float, rates: tuple[float, ...]) -> None:
    """reference/wells-and-esp.json, composite_brown: p_r 2550, p_b 2100 psi, J 2."""
    found = Inflow(2550.0, 2.0, 2100.0, cut).rate(np.array([2300.0, 2100, 1500, 1000, 500]))
    assert found == pytest.approx(rates, rel=5e-4)


def test_dry_oil_below_the_bubble_point_is_vogel_beyond_the_straight_part() -> None:
    well = Inflow(25e6, 1e-10, 15e6)
    bend = 1e-10 * 10e6
    assert well.straight_until == pytest.approx(bend)
    pressure = np.array([12e6, 6e6, 1e6])
    expected = bend + 1e-10 * 15e6 / 1.8 * (1 - 0.2 * pressure / 15e6 - 0.8 * (pressure / 15e6) ** 2)
    assert well.rate(pressure) == pytest.approx(expected, rel=1e-6)
    assert well.most == pytest.approx(bend + 1e-10 * 15e6 / 1.8, rel=1e-6)


def test_a_bubble_point_above_the_reservoir_bends_from_the_start() -> None:
    assert Inflow(10e6, 1e-10, 30e6).straight_until == 0.0
    assert Inflow(10e6, 1e-10, 30e6).most == pytest.approx(1e-10 * 10e6 / 1.8, rel=1e-6)


@pytest.mark.parametrize("well", [Inflow(20e6, 1e-10), Inflow(20e6, 1e-10, 12e6, 1.0)])
def test_water_and_dead_oil_flow_in_by_a_straight_line(well: Inflow) -> None:
    assert well.rate(np.array([20e6, 15e6, 0.0])) == pytest.approx([0, 5e-4, 2e-3], abs=1e-12)
    assert well.pressure(np.array([5e-4])) == pytest.approx([15e6])


def test_nothing_flows_at_or_above_the_reservoirs_pressure() -> None:
    assert Inflow(20e6, 1e-10, 12e6).rate(np.array([20e6, 25e6])) == pytest.approx([0, 0], abs=1e-15)


def test_beyond_what_oil_alone_gives_water_goes_on_by_a_line_without_a_step() -> None:
    well = Inflow(20e6, 1e-10, 12e6, 0.5)
    most = 1e-10 * (8e6 + 12e6 / 1.8)
    before, at, after = well.pressure(np.array([most * (1 - 1e-9), most, most * (1 + 1e-9)]))
    assert before == pytest.approx(at, rel=1e-3)
    assert after == pytest.approx(at, rel=1e-3)
    beyond = well.pressure(most * np.array([1.0, 1.05, 1.10]))
    assert np.diff(beyond)[0] == pytest.approx(np.diff(beyond)[1])
    assert np.diff(beyond)[0] < 0


def test_vogels_limits() -> None:
    assert vogel_rate(np.array([0.0, 10.0, 5.0]), 10.0, 100.0) == pytest.approx([100, 0, 70])


def test_guos_formation_in_both_states() -> None:
    """reference/wells-and-esp.json, guo_ipr: 0.1968 and 0.1806 STB/(d·psi)."""
    formation = {
        "permeability_m2": 8.2 * 9.869233e-16,
        "thickness_m": 53 * 0.3048,
        "viscosity_pa_s": 1.7e-3,
        "formation_volume_factor": 1.1,
        "drainage_radius_m": 2980.0,
        "wellbore_radius_m": 0.328,
    }
    field = 86_400 / 0.158987294928 * 6_894.757293
    assert productivity_of_formation(**formation) * field == pytest.approx(0.1968, rel=5e-3)
    steady = productivity_of_formation(**formation, pseudo_steady=False)
    assert steady * field == pytest.approx(0.1806, rel=5e-3)
    doubled = productivity_of_formation(**formation, pseudo_steady=False, skin=math.log(2980 / 0.328))
    assert doubled == pytest.approx(steady / 2)


def test_one_point_and_the_reservoir_make_a_line_and_vogels_curve() -> None:
    found = fitted(np.array([65.0]), np.array([1500.0]), reservoir_pressure_pa=2000.0)
    assert found["pi"]["productivity_m3_per_s_pa"] == pytest.approx(0.13, rel=1e-6, abs=0)
    assert found["pi"]["maximum_rate_m3_per_s"] == pytest.approx(260.0)
    assert found["vogel"]["maximum_rate_m3_per_s"] == pytest.approx(162.5)
    assert found["fetkovich"] is None
    assert found["composite"] is None, "nobody told the bubble point"


def test_guos_well_b_by_the_composite_curve() -> None:
    """reference/wells-and-esp.json, guo_ipr_B: J 0.28."""
    found = fitted(
        np.array([900.0]), np.array([2000.0]), reservoir_pressure_pa=5500.0, bubble_pressure_pa=3500.0
    )["composite"]
    assert found["productivity_m3_per_s_pa"] == pytest.approx(0.28, abs=0.005)
    assert (found["bubble_pressure_pa"], found["water_cut"]) == (3500.0, 0.0)


def test_too_few_points_fit_nothing() -> None:
    assert set(fitted(np.array([65.0]), np.array([1500.0])).values()) == {None}
    two_alike = fitted(np.array([65.0, 65.0]), np.array([1500.0, 1400.0]), bubble_pressure_pa=1000.0)
    assert set(two_alike.values()) == {None}


def test_two_points_make_the_line_through_them() -> None:
    found = fitted(np.array([1e-3, 2e-3]), np.array([15e6, 10e6]))["pi"]
    assert found["reservoir_pressure_pa"] == pytest.approx(20e6)
    assert found["productivity_m3_per_s_pa"] == pytest.approx(2e-10, rel=1e-6, abs=0)
    assert found["residual_m3_per_s"] == pytest.approx(0.0, abs=1e-12)


def test_rates_that_rise_with_pressure_are_no_inflow() -> None:
    found = fitted(np.array([1e-3, 2e-3]), np.array([10e6, 15e6]))
    assert found["pi"] is None
    above = fitted(np.array([1e-3]), np.array([25e6]), reservoir_pressure_pa=20e6)
    assert above["pi"] is None
    assert above["vogel"] is None


@pytest.mark.parametrize(("made", "found"), [(0.9, 0.9), (0.5, 0.5), (1.3, 1.0), (0.3, 0.5)])
def test_fetkovichs_exponent_is_found_between_a_half_and_one(made: float, found: float) -> None:
    rate = 1e-17 * (18e6**2 - PRESSURES**2) ** made
    fit = fitted(rate, PRESSURES, reservoir_pressure_pa=18e6)["fetkovich"]
    assert fit["exponent"] == pytest.approx(found, abs=1e-6)
    if made == found:
        assert fit["coefficient"] == pytest.approx(1e-17, rel=1e-6, abs=0)
        assert fit["maximum_rate_m3_per_s"] == pytest.approx(1e-17 * 18e6 ** (2 * made), rel=1e-6)


def test_drawn_curves_begin_at_the_reservoir_and_end_at_the_most() -> None:
    rate = Inflow(18e6, 2e-10, 9e6, 0.3).rate(PRESSURES)
    answer = {
        "inflow": {
            **fitted(rate, PRESSURES, reservoir_pressure_pa=18e6, bubble_pressure_pa=9e6, water_cut=0.3)
        }
    }
    curves = curves_of(answer)
    assert [name for name, *_ in curves] == ["pi", "vogel", "fetkovich", "composite"]
    for name, drawn, pressure in curves:
        assert len(drawn) == len(pressure) == 80
        assert (pressure[0], pressure[-1]) == (18e6, 0.0)
        assert drawn[0] == pytest.approx(0.0, abs=1e-12), name
        assert drawn[-1] == pytest.approx(answer["inflow"][name]["maximum_rate_m3_per_s"], rel=1e-6), name


def test_an_answer_without_inflow_has_no_curves() -> None:
    assert curves_of({}) == []
    assert curves_of({"inflow": None}) == []
    assert curves_of({"inflow": {"pi": None}}) == []


def test_a_model_that_was_not_had_keeps_no_other_from_being_drawn() -> None:
    line = {"reservoir_pressure_pa": 18e6, "productivity_m3_per_s_pa": 2e-10}
    drawn = {"rate_m3_per_s": [0.0, 1e-3], "pressure_pa": [18e6, 9e6]}
    curves = curves_of({"inflow": {"vogel": None, "composite": drawn, "pi": line}})
    assert [name for name, *_ in curves] == ["composite", "pi"]
    assert curves[0][2].tolist() == [18e6, 9e6]
