"""Models of well tests, each against a published value or a second method, and superposition by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import erf, exp1, k0e, k1e

from app.analysis.transient.laplace import weights
from app.analysis.transient.models import EDGES, OFFERED, ROCKS, STORAGES, WELLS, Model
from app.analysis.transient.porosity import spheres
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.sources import finite_fracture, partial, vertical
from app.analysis.transient.superposed import at_times, change_pa

Floats = NDArray[np.float64]
ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)
TIME_S = np.array([60.0, 600.0, 6_000.0])
PLAIN = {"permeability_m2": 2e-14, "wellbore_storage_m3_per_pa": 1e-14, "skin": 0.0}


def response(*steps: tuple[float, float], rate: float = 1e-3) -> Response:
    return Response(TIME_S, np.full(3, 1e7), 1e7, rate, steps, rate < 0, ROCK)


def pressure_d(model: Model, time_d: Floats, **values: float) -> Floats:
    """At t_D by r_w; storage is next to nothing if not said."""
    time_s = np.atleast_1d(time_d) / ROCK.diffusion_per_s(PLAIN["permeability_m2"])
    return model.pressure_d(time_s, model.searched({**PLAIN, **values})[None], ROCK)[0]


def line_source(time_d: Floats, distance: float = 1.0) -> Floats:
    """Theis: ½·E1(r²/(4·t_D))."""
    return np.asarray(0.5 * exp1(distance**2 / (4 * np.atleast_1d(time_d))))


LATE = np.array([1e4, 1e6, 1e8])


def test_stehfests_weights_are_the_published_ones() -> None:
    """CACM 13 (1970): they add up to nothing; the first of N = 12 is −1/60; of N = 2, 2 and −2."""
    assert weights(2).tolist() == [2.0, -2.0]
    twelve = weights(12)
    assert twelve[0] == pytest.approx(-1 / 60)
    assert twelve[1] == pytest.approx(961 / 60)
    assert twelve[2] == pytest.approx(-1247.0)
    assert abs(twelve.sum()) < 1e-6 * np.abs(twelve).max()


def test_every_part_of_a_model_makes_a_model_that_rises() -> None:
    values = {
        **PLAIN,
        "skin": 3.0,
        "fracture_half_length_m": 30.0,
        "fracture_conductivity": 5.0,
        "open_share": 0.3,
        "vertical_anisotropy": 0.1,
        "well_length_m": 300.0,
        "storativity_ratio": 0.1,
        "interporosity_flow": 1e-6,
        "fault_distance_m": 400.0,
        "second_fault_distance_m": 500.0,
        "end_distance_m": 600.0,
        "second_end_distance_m": 700.0,
        "edge_distance_m": 400.0,
        "boundary_radius_m": 500.0,
        "composite_radius_m": 50.0,
        "permeability_ratio": 3.0,
        "storage_ratio": 0.5,
        "storage_time_s": 10.0,
        "wellbore_storage_m3_per_pa": 1e-8,
    }
    models = [Model(well=well) for well in WELLS]
    models += [Model(rock=rock) for rock in ROCKS] + [Model(edges=edges) for edges in EDGES]
    models += [Model(storage=storage) for storage in STORAGES]
    models += [
        Model("fracture_infinite", "double_slabs", "fault"),
        Model("partial", "double_spheres", "circle"),
    ]
    for model in models:
        rise = pressure_d(model, np.geomspace(1e2, 1e6, 9), **values)
        assert (np.diff(rise) > 0).all(), model.code


@pytest.mark.parametrize("time_d", [1e3, 1e5, 1e7])
def test_without_storage_it_is_the_line_source_late(time_d: float) -> None:
    assert pressure_d(Model(), time_d)[0] == pytest.approx(line_source(time_d)[0], abs=3e-3)


@pytest.mark.parametrize("skin", [1.0, 7.5, -2.0])
def test_skin_adds_itself_where_nothing_is_stored(skin: float) -> None:
    late = LATE[1:]
    more = pressure_d(Model(), late, skin=skin) - pressure_d(Model(), late)
    assert more == pytest.approx(skin, abs=4e-3)


def test_early_all_comes_from_the_well_itself() -> None:
    """p_D = t_D/C_D (Agarwal et al. 1970)."""
    stored = 1e-7
    early = pressure_d(Model(), np.array([1.0]), wellbore_storage_m3_per_pa=stored, skin=5.0)[0]
    assert early == pytest.approx(1 / ROCK.storage_number(stored), rel=1e-3)


def test_a_fault_is_a_second_well_as_far_behind_it() -> None:
    """Theis twice: ½·E1(L²/t_D) is added."""
    found = pressure_d(Model(edges="fault"), LATE, fault_distance_m=30.0)
    assert found == pytest.approx(line_source(LATE) + line_source(LATE, 600.0), abs=4e-3)


def test_an_edge_of_constant_pressure_is_a_well_that_injects() -> None:
    found = pressure_d(Model(edges="constant_pressure"), LATE, edge_distance_m=30.0)
    assert found == pytest.approx(line_source(LATE) - line_source(LATE, 600.0), abs=4e-3)
    assert found[-1] == pytest.approx(math.log(600.0), abs=4e-3)  # steady: ln(2L/r_w)


def test_two_faults_at_a_right_angle_make_three_images() -> None:
    found = pressure_d(Model(edges="wedge"), LATE, fault_distance_m=30.0, second_fault_distance_m=40.0)
    images = sum(line_source(LATE, d) for d in (1.0, 600.0, 800.0, 1000.0))
    assert found == pytest.approx(images, abs=4e-3)


def test_a_channel_is_a_row_of_images() -> None:
    found = pressure_d(Model(edges="channel"), LATE, fault_distance_m=30.0, second_fault_distance_m=50.0)
    rows = [2 * line_source(LATE, 1600.0 * n) for n in range(1, 100)]
    rows += [line_source(LATE, d + 1600.0 * n) for n in range(100) for d in (600.0, 1000.0)]
    assert found == pytest.approx(line_source(LATE) + sum(rows), rel=1e-3)


def test_a_closed_circle_comes_to_pseudo_steady_state() -> None:
    """p_D = 2·t_D/R² + ln R − ¾ (Earlougher, SPE Monograph 5, eq. 2.33)."""
    time_d = np.array([5e6, 2e7])
    found = pressure_d(Model(edges="circle"), time_d, boundary_radius_m=100.0)
    assert found == pytest.approx(2 * time_d / 1e6 + math.log(1e3) - 0.75, rel=1e-3)


def test_a_circle_of_constant_pressure_comes_to_dupuit() -> None:
    found = pressure_d(Model(edges="circle_constant_pressure"), np.array([1e8]), boundary_radius_m=100.0)
    assert found[0] == pytest.approx(math.log(1e3), abs=3e-3)


@pytest.mark.parametrize(
    ("across", "along", "shape"),
    [((50.0, 50.0), (50.0, 50.0), 30.8828), ((50.0, 50.0), (100.0, 100.0), 21.8369)],
)
def test_closed_rectangles_have_the_published_shape_factors(
    across: tuple[float, float], along: tuple[float, float], shape: float
) -> None:
    """Dietz' shape factors, Earlougher, SPE Monograph 5, table C.1: p_D = 2π·t_DA +
    ½·ln(4A/(e^γ·C_A·r_w²)).
    """
    names = ("fault_distance_m", "second_fault_distance_m", "end_distance_m", "second_end_distance_m")
    area = sum(across) * sum(along) / 0.01
    found = pressure_d(
        Model(edges="rectangle"), np.array([area]), **dict(zip(names, (*across, *along), strict=True))
    )
    assert found[0] == pytest.approx(2 * math.pi + 0.5 * math.log(4 * area / (1.78108 * shape)), abs=5e-3)


@pytest.mark.parametrize("time_f", [0.01, 0.3, 4.0])
def test_fractures_follow_the_published_formulas(time_f: float) -> None:
    """Gringarten, Ramey and Raghavan, SPEJ 1974, eqs. 10 and 17."""
    time_d, length = time_f * 300.0**2, {"fracture_half_length_m": 30.0}
    root = math.sqrt(time_f)
    uniform = math.sqrt(math.pi * time_f) * erf(0.5 / root) + 0.5 * exp1(0.25 / time_f)
    assert pressure_d(Model("fracture_uniform"), time_d, **length)[0] == pytest.approx(uniform, rel=1e-3)
    ideal = 0.5 * math.sqrt(math.pi * time_f) * (erf(0.134 / root) + erf(0.866 / root))
    ideal += 0.067 * exp1(0.018 / time_f) + 0.433 * exp1(0.75 / time_f)
    assert pressure_d(Model("fracture_infinite"), time_d, **length)[0] == pytest.approx(ideal, rel=3e-3)


@pytest.mark.parametrize("conductivity", [0.3, 1.0, 10.0, 100.0])
def test_finite_fractures_draw_late_like_the_published_radius(conductivity: float) -> None:
    """ln(x_f/r′_w) of Cinco-Ley and Samaniego (1981), as Economides and Valkó (1995) fitted it."""
    u = math.log(conductivity)
    printed = (1.65 - 0.328 * u + 0.116 * u**2) / (1 + 0.18 * u + 0.064 * u**2 + 0.005 * u**3)
    late = float(finite_fracture(np.array([1e-9]), conductivity)[0])
    assert late + math.log(math.sqrt(1e-9) / 2) + 0.57722 == pytest.approx(printed, abs=0.06)


def test_finite_fractures_begin_bilinear() -> None:
    """p_D = 2.45·t_Dxf^¼/√C_fD (Cinco-Ley and Samaniego, JPT 1981)."""
    time_f = 1e-4
    found = pressure_d(
        Model("fracture_finite"), time_f * 300.0**2, fracture_half_length_m=30.0, fracture_conductivity=1.0
    )
    assert found[0] == pytest.approx(2.45 * time_f**0.25, rel=0.03)


def test_double_porosity_is_warren_and_roots() -> None:
    """½·[ln t_D + 0.80907 + Ei(−λt/(ω(1−ω))) − Ei(−λt/(1−ω))], SPEJ 1963, eq. 17."""
    fissures, exchange = 0.05, 1e-6
    time_d = np.geomspace(1e4, 1e8, 6)
    printed = 0.5 * (
        np.log(time_d)
        + 0.80907
        - exp1(exchange * time_d / (fissures * (1 - fissures)))
        + exp1(exchange * time_d / (1 - fissures))
    )
    found = pressure_d(
        Model(rock="double_pseudo_steady"), time_d, storativity_ratio=fissures, interporosity_flow=exchange
    )
    assert found == pytest.approx(printed, abs=0.02)


def test_slabs_give_half_the_slope_while_they_give() -> None:
    """Derivative ¼ between (Serra, Reynolds and Raghavan, JPT 1983: half the semi-log slope)."""
    time_d = np.geomspace(1e4, 2e6, 12)
    found = pressure_d(Model(rock="double_slabs"), time_d, storativity_ratio=1e-4, interporosity_flow=1e-7)
    assert np.gradient(found, np.log(time_d))[2:-2] == pytest.approx(0.25, abs=0.01)


def test_balls_give_as_the_sum_of_their_modes() -> None:
    """Diffusion into a ball: (1 − ω)·6/π²·Σ 1/n²/(1 + 15·(1 − ω)·u/(λ·n²π²))."""
    u, fissures, exchange = np.array([1e-9, 1e-7, 1e-5]), 0.1, 1e-6
    n = np.arange(1, 4000)[:, None]
    modes = 1 / n**2 / (1 + 15 * (1 - fissures) * u / (exchange * n**2 * np.pi**2))
    summed = fissures + (1 - fissures) * 6 / np.pi**2 * modes.sum(axis=0)
    assert spheres(u, np.array(fissures), np.array(exchange)) == pytest.approx(summed, rel=1e-3)


@pytest.mark.parametrize("opened", [0.2, 0.5, 0.8])
def test_a_partly_open_well_has_the_published_skin(opened: float) -> None:
    """As the two printed formulas, which are 10 % apart: Brons and Marting, JPT 1961, and Papatzacos,
    SPE Reservoir Engineering 1987.
    """
    thick = 200.0
    late = float(partial(np.array([1e-9]), opened, thick)[0] - partial(np.array([1e-9]), 1.0, thick)[0])
    fitted = 2.948 - 7.363 * opened + 11.45 * opened**2 - 4.675 * opened**3
    low = (1 / opened - 1) * (math.log(thick) - fitted)
    a, b = 4 / opened, 4 / (3 * opened)
    high = (1 / opened - 1) * math.log(math.pi * thick / 2)
    high += math.log(opened / (2 + opened) * math.sqrt((a - 1) / (b - 1))) / opened
    assert late == pytest.approx((low + high) / 2, rel=0.05)


def test_a_horizontal_well_is_the_integral_of_its_sources() -> None:
    """Instantaneous sources multiplied (Gringarten and Ramey, SPEJ 1973) and integrated over time."""
    thick, time_l = 0.2, 0.5
    rw_over_h = ROCK.wellbore_radius_m / ROCK.thickness_m

    def source(time: float) -> float:
        along = erf(1.732 / (2 * math.sqrt(time))) + erf(0.268 / (2 * math.sqrt(time)))
        n = np.arange(1, max(3, int(4 * thick / math.sqrt(time))) + 1)
        across = 1 + 2 * np.sum(
            np.cos(n * np.pi / 2)
            * np.cos(n * np.pi * (0.5 + rw_over_h))
            * np.exp(-((n * np.pi / thick) ** 2) * time)
        )
        return float(math.sqrt(math.pi) / 4 * along * across / math.sqrt(time))

    summed = quad(lambda x: source(math.exp(x)) * math.exp(x), math.log(1e-9), math.log(time_l), limit=200)[0]
    half = ROCK.thickness_m / thick
    found = pressure_d(
        Model("horizontal"),
        time_l * (half / ROCK.wellbore_radius_m) ** 2,
        well_length_m=2 * half,
        vertical_anisotropy=1.0,
    )
    assert found[0] == pytest.approx(summed, rel=2e-3)


def test_skin_of_a_horizontal_well_is_over_its_length_and_the_squeezed_thickness() -> None:
    """s·(h/√(k_v/k_h))/L more, whatever the time, where nothing is stored."""
    well = {"well_length_m": 400.0, "vertical_anisotropy": 0.25}
    clean = pressure_d(Model("horizontal"), 1e8, **well)
    damaged = pressure_d(Model("horizontal"), 1e8, **well, skin=6.0)
    assert damaged - clean == pytest.approx(6.0 * ROCK.thickness_m / 0.5 / 400.0, rel=1e-6)


def test_every_model_is_offered_once_and_every_edge_well_and_rock_among_them() -> None:
    assert len(set(OFFERED)) == len(OFFERED)
    assert {one.edges for one in OFFERED} == set(EDGES)
    assert {one.well for one in OFFERED} == set(WELLS)
    assert {one.rock for one in OFFERED} == set(ROCKS)


def test_changing_storage_begins_with_the_first_and_ends_with_the_last() -> None:
    """Fair, SPEJ 1981: slope 1/C_a early, nothing left of it late."""
    model, last = Model(storage="changing"), 1e-7
    values = {"wellbore_storage_m3_per_pa": last, "storage_ratio": 0.25, "storage_time_s": 50.0, "skin": 4.0}
    early = pressure_d(model, np.array([10.0]), **values)[0]
    assert early == pytest.approx(10.0 / (0.25 * ROCK.storage_number(last)), rel=0.02)
    late = pressure_d(model, np.array([1e8]), **values)[0]
    assert late == pytest.approx(line_source(1e8)[0] + 4.0, abs=5e-3)


WELL: dict[str, Any] = {"permeability_m2": 2e-14, "wellbore_storage_m3_per_pa": 1e-9, "skin": 2.0}


def alone(time_s: Floats) -> Floats:
    """q·B·μ/(2π·k·h)·p_D."""
    factor = 1e-3 * 1.1 * 1e-3 / (2 * math.pi * 2e-14 * 10)
    model = Model()
    return factor * model.pressure_d(np.atleast_1d(time_s), model.searched(WELL)[None], ROCK)[0]


def test_without_a_history_the_change_is_the_solution_in_pascal() -> None:
    assert change_pa(response(), Model(), WELL) == pytest.approx(alone(TIME_S), rel=1e-5)


def test_after_a_production_time_it_is_superposed() -> None:
    """p_D(Δt) + p_D(t_p) − p_D(t_p + Δt)."""
    produced = np.array([5e4])
    found = change_pa(response((5e4, 1e-3)), Model(), WELL)
    assert found == pytest.approx(alone(TIME_S) + alone(produced) - alone(produced + TIME_S), rel=1e-5)


def test_two_rates_before_count_by_their_shares() -> None:
    first, second = np.array([5e4]), np.array([2e4])
    found = change_pa(response((5e4, 0.3e-3), (2e4, 0.7e-3)), Model(), WELL)
    by_hand = (
        alone(TIME_S)
        + 0.3 * (alone(first) - alone(first + TIME_S))
        + 0.7 * (alone(second) - alone(second + TIME_S))
    )
    assert found == pytest.approx(by_hand, rel=1e-5)


def test_other_times_may_be_asked_for() -> None:
    other = np.array([30.0, 9e4])
    assert change_pa(at_times(response(), other), Model(), WELL) == pytest.approx(alone(other), rel=1e-5)


def test_a_drawdown_changes_as_much_as_a_buildup_without_history() -> None:
    assert change_pa(response(rate=-1e-3), Model(), WELL) == pytest.approx(
        change_pa(response(), Model(), WELL)
    )


@pytest.mark.parametrize("least", [1e-25, 1e-20, 1e-8, 1e-2, 1e2, 1e9, 1e12])
def test_what_a_vertical_well_is_tabled_as_is_what_scipy_says_and_beyond_the_table_it_says_it_itself(
    least: float,
) -> None:
    v = np.geomspace(least, 9 * least, 1_001)
    root = np.sqrt(v)
    np.testing.assert_allclose(vertical(v), k0e(root) / (root * k1e(root)), rtol=3e-14)
