"""Horner and MDH on lines made from known permeability, skin and p*, and on Earlougher's and Lee's wells."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.transient.radial import Window
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.semilog import Line, horner, mdh
from tests.proofs import examples

ROCK = Formation(1.15, 1.8e-3, 0.18, 12.0, 1.6e-9, 0.108)
RATE, K, SKIN, P_STAR = 60 / 86_400, 25e-15, 3.5, 18.5e6
SLOPE = ROCK.slope_pa(RATE, K)
TIME_S = np.geomspace(600, 4e5, 40)
MD, PSI, FOOT, BARREL_A_DAY = 9.869233e-16, 6_894.757293, 0.3048, 0.158987294928 / 86_400


def flowing(produced_s: float, skin: float = SKIN) -> float:
    """p_wf by the line source: p* − m′·(ln(4·t_D/e^γ) + 2·S)."""
    moment = ROCK.diffusion_per_s(K) * produced_s
    return P_STAR - SLOPE * (math.log(4 * moment) - np.euler_gamma + 2 * skin)


def buildup(produced_s: float = 3e6, skin: float = SKIN, time_s: np.ndarray = TIME_S) -> Response:
    pressure = P_STAR - SLOPE * np.log((produced_s + time_s) / time_s)
    return Response(time_s, pressure, flowing(produced_s, skin), RATE, ((produced_s, RATE),), False, ROCK)


def drawdown() -> Response:
    pressure = P_STAR - SLOPE * (np.log(4 * ROCK.diffusion_per_s(K) * TIME_S) - np.euler_gamma + 2 * SKIN)
    return Response(TIME_S, pressure, P_STAR, -RATE, (), True, ROCK)


def window(response: Response, points: slice = slice(None), slope_pa: float = SLOPE) -> Window:
    time_s = response.time_s[points]
    return Window(points, float(time_s[0]), float(time_s[-1]), slope_pa, 0.0, 1.0)


def line(found: Line | None) -> Line:
    assert found is not None
    return found


@given(skin=st.floats(-4, 50), produced=st.floats(1e5, 1e8))
@settings(max_examples=examples(20))
def test_horner_gives_back_what_the_buildup_was_made_from(skin: float, produced: float) -> None:
    response = buildup(produced, skin)
    found = line(horner(response, window(response)))
    assert found.permeability_m2 == pytest.approx(K, rel=1e-9, abs=0)
    assert found.skin == pytest.approx(skin, abs=1e-6)
    assert found.p_star_pa == pytest.approx(P_STAR, rel=1e-9)
    assert found.slope_pa_per_cycle == pytest.approx(SLOPE * math.log(10))
    assert found.residual_pa == pytest.approx(0.0, abs=1e-3)


def test_the_line_after_an_hour_is_the_made_one() -> None:
    response = buildup()
    expected = P_STAR - SLOPE * math.log((3e6 + 3600) / 3600)
    assert line(horner(response, window(response))).one_hour_pa == pytest.approx(expected, rel=1e-9)


def test_mdh_of_a_short_shut_in_is_horner_and_of_a_long_one_is_too_permeable() -> None:
    long_production = buildup(3e9)
    found = line(mdh(long_production, window(long_production)))
    assert found.permeability_m2 == pytest.approx(K, rel=1e-3, abs=0)
    assert found.skin == pytest.approx(SKIN, abs=0.01)
    assert found.p_star_pa == pytest.approx(P_STAR, rel=1e-3)
    short = buildup(3e5)
    assert line(mdh(short, window(short))).permeability_m2 > 1.05 * K


def test_a_drawdown_falls_by_the_same_slope_and_has_no_p_star() -> None:
    response = drawdown()
    for found in (line(horner(response, window(response))), line(mdh(response, window(response)))):
        assert found.permeability_m2 == pytest.approx(K, rel=1e-9, abs=0)
        assert found.skin == pytest.approx(SKIN, abs=1e-6)
        assert found.p_star_pa is None
        assert found.one_hour_pa == pytest.approx(
            float(np.interp(3600, TIME_S, response.pressure_pa)), rel=1e-3
        )


def test_without_a_history_the_end_of_the_test_stands_in_for_infinity() -> None:
    pressure = 10e6 + SLOPE * np.log(TIME_S)
    response = Response(TIME_S, pressure, 9e6, RATE, (), False, ROCK)
    assert line(mdh(response, window(response))).p_star_pa == pytest.approx(pressure[-1])


def test_a_well_that_gave_less_than_a_cubic_metre_has_its_horner_time_too() -> None:
    response = buildup(produced_s=600.0)
    assert RATE * 600 < 1
    found = line(mdh(response, window(response)))
    expected = found.one_hour_pa + found.slope_pa_per_cycle / math.log(10) * math.log(600 / 3600)
    assert found.p_star_pa == pytest.approx(expected)


def test_the_windows_slope_is_the_lines_and_its_middle_stays() -> None:
    response = buildup()
    found = line(horner(response, window(response, slope_pa=2 * SLOPE)))
    assert found.permeability_m2 == pytest.approx(K / 2, rel=1e-6, abs=0)
    centre = float(response.superposition.mean())
    assert found.p_star_pa == pytest.approx(float(response.pressure_pa.mean()) - 2 * SLOPE * centre)


def test_points_outside_of_the_window_do_not_count() -> None:
    response = buildup()
    spoiled = replace(response, pressure_pa=np.r_[np.full(10, 5e6), response.pressure_pa[10:]])
    found = line(mdh(spoiled, window(spoiled, slice(10, 40))))
    assert found == line(mdh(response, window(response, slice(10, 40))))


@pytest.mark.parametrize("points", [slice(0, 2), slice(5, 5)])
def test_of_two_points_there_is_no_line(points: slice) -> None:
    response = buildup()
    part = Window(points, 600.0, 700.0, SLOPE, 0.0, 1.0)
    assert horner(response, part) is None
    assert mdh(response, part) is None
    assert mdh(response, replace(part, points=slice(0, 3))) is not None


def test_pressure_that_goes_the_wrong_way_or_stands_has_no_line() -> None:
    falling = replace(buildup(), pressure_pa=buildup().pressure_pa[::-1])
    assert mdh(falling, window(falling)) is None
    flat = replace(buildup(), pressure_pa=np.full(40, 12e6))
    assert mdh(flat, window(flat)) is None
    still = replace(buildup(), time_s=np.full(40, 600.0))
    assert mdh(still, window(still)) is None


@pytest.mark.parametrize("share", [1e-6, 1.0])
def test_a_short_window_and_a_quiet_one_have_their_line_too(share: float) -> None:
    """A third of a cycle in X, a pascal from end to end."""
    response = buildup(3e9)
    short = slice(5, 10)
    assert np.ptp(np.log(TIME_S[short])) < 1.0
    quiet = replace(response, pressure_pa=P_STAR + share * (response.pressure_pa - P_STAR))
    found = line(mdh(quiet, window(quiet, short)))
    assert found.permeability_m2 == pytest.approx(K / share, rel=1e-3, abs=0)
    assert found.slope_pa_per_cycle == pytest.approx(share * SLOPE * math.log(10), rel=1e-3)


def test_what_flows_on_after_the_change_has_no_pressure_at_the_end() -> None:
    """Half of the rate goes on: the line ends nowhere; a millionth is none."""
    response = buildup()
    for rest, ends in ((0.5, False), (2e-6, False), (0.5e-6, True)):
        half = replace(response, steps=((3e6, RATE * (1 + rest)),))
        assert (line(horner(half, window(half))).p_star_pa is not None) is ends


def test_scatter_is_the_deviation_about_the_line_and_widens_the_interval() -> None:
    """Residuals ±d in turn: √(Σd²/(n − 2)); the half width of k is 1.96·σ/√Sxx/m′ of it."""
    response = buildup()
    off = 2e3 * np.array([1.0, -1.0, -1.0, 1.0] * 10)
    found = line(mdh(replace(response, pressure_pa=10e6 + SLOPE * np.log(TIME_S) + off), window(response)))
    assert found.residual_pa == pytest.approx(math.sqrt(40 * 4e6 / 38), rel=0.01)
    x = np.log(TIME_S)
    spread = math.sqrt(float(((x - x.mean()) ** 2).sum()))
    expected = found.permeability_m2 * 1.96 * found.residual_pa / spread / SLOPE
    assert found.permeability_half_width_m2 == pytest.approx(expected, rel=0.01, abs=0)


def test_an_offset_of_all_pressures_moves_p_star_alone() -> None:
    response = buildup()
    lifted = replace(response, pressure_pa=response.pressure_pa + 1e6, start_pa=response.start_pa + 1e6)
    once, other = (line(horner(r, window(r))) for r in (response, lifted))
    assert other.p_star_pa == pytest.approx(P_STAR + 1e6)
    assert other.one_hour_pa == pytest.approx(once.one_hour_pa + 1e6)
    assert other.skin == pytest.approx(once.skin, abs=1e-6)
    assert other.permeability_m2 == pytest.approx(once.permeability_m2, rel=1e-6, abs=0)


def test_lees_well_by_mdh_is_the_printed_one() -> None:
    """reference/wells-and-esp.json, horner_lee_1982: 6 to 50 h, MDH 7.67 md."""
    hours = np.array([6, 7, 8, 12, 16, 20, 24, 30, 40, 50.0])
    psi = np.array([4340, 4344, 4350, 4364, 4373, 4379, 4384, 4393, 4398, 4402.0])
    rock = Formation(1.136, 0.8e-3, 0.039, 69 * FOOT, 17e-6 / PSI, 0.198 * FOOT)
    rate = 250 * BARREL_A_DAY
    response = Response(hours * 3600, psi * PSI, 3534 * PSI, rate, ((13_630 * 3600.0, rate),), False, rock)
    slope = float(np.polyfit(response.superposition, response.pressure_pa, 1)[0])
    assert line(mdh(response, window(response))).permeability_m2 / MD == pytest.approx(7.67, rel=0.01)
    found = line(horner(response, window(response, slope_pa=slope)))
    assert found.permeability_m2 / MD == pytest.approx(7.65, rel=0.01)
    assert found.skin == pytest.approx(6.37, abs=0.2)
    assert found.p_star_pa is not None
    assert found.p_star_pa / PSI == pytest.approx(4576, rel=1e-3)


def test_the_stable_json_has_each_figure_under_its_name() -> None:
    assert Line(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0).answer() == {
        "slope_pa_per_cycle": 1.0,
        "p_1h_pa": 2.0,
        "p_star_pa": 3.0,
        "permeability_m2": 4.0,
        "skin": 6.0,
        "residual_pa": 7.0,
    }
