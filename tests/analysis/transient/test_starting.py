"""Where fits begin: what the plots show at a glance, and the skin by the height of the last points."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from app.analysis.transient import fitting
from app.analysis.transient.fitting import Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.starting import beside, first_values, starts
from tests.analysis.transient.test_contest import MD, RATE, ROCK, WELL, record
from tests.analysis.transient.test_interpret import fit

K = 30 * MD


def flat(stored_seen: bool = True) -> Fitter:
    """A derivative of one height, of 30 md; 1 kPa a second to the end."""
    made = fitting.fitter(record(Model(), 24.0, noise=0.0))
    n = len(made.slope_pa)
    time_s = made.response.time_s
    response = replace(made.response, pressure_pa=1e7 + 1e3 * time_s)
    part = replace(made.whole, response=response)
    level = np.full(n, ROCK.slope_pa(RATE, K))
    return cast(
        Fitter, replace(made, whole=part, slope_pa=level, off_pressure_pa=np.ones(n), stored_seen=stored_seen)
    )


def test_k_is_drawn_from_half_to_twice_of_what_the_level_says() -> None:
    k = first_values(flat(), 86_400.0)["permeability_m2"] / K
    assert (k.min(), k.max()) == (pytest.approx(0.5, rel=0.05), pytest.approx(2.0, rel=0.05))


def test_storage_is_drawn_about_the_unit_slope_where_one_was_seen_and_below_it_elsewhere() -> None:
    """C = q·B·Δt/Δp of a kilopascal a second."""
    unit = RATE * 1.2 / 1e3
    seen = first_values(flat(), 86_400.0)["wellbore_storage_m3_per_pa"] / unit
    unseen = first_values(flat(stored_seen=False), 86_400.0)["wellbore_storage_m3_per_pa"] / unit
    assert (seen.min(), seen.max()) == (pytest.approx(0.8, rel=0.02), pytest.approx(1.05, rel=0.02))
    assert (unseen.min(), unseen.max()) == (pytest.approx(0.02, rel=0.1), pytest.approx(1.0, rel=0.1))


def test_the_skin_of_a_start_is_set_by_the_height_of_the_last_points() -> None:
    lee = fitting.fitter(record(Model(), 48.0, noise=0.0))
    drawn = {name: np.full(8, value) for name, value in WELL.items()} | {"skin": np.linspace(-2, 9, 8)}
    found = starts(lee, Model(), drawn, 4)
    assert found.shape == (4, 3)
    assert found[:, 2] == pytest.approx(np.full(4, WELL["skin"]), abs=0.02)


def test_a_model_that_has_all_of_the_plain_ones_begins_where_that_one_ended_and_another_does_not() -> None:
    plain = fit(skin=4.0)
    drawn = first_values(flat(), 86_400.0)
    same, fault = beside(plain, Model(), drawn), beside(plain, Model(edges="fault"), drawn, 3)
    assert same == pytest.approx(np.repeat(plain.vector[None], 2, axis=0))
    assert fault.shape == (3, 4)
    assert fault[:, :3] == pytest.approx(np.repeat(plain.vector[None], 3, axis=0))
    assert beside(plain, Model("fracture_infinite"), drawn).shape == (0, 3)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("skin", -3.0, 10.0),
        ("open_share", 0.08, 0.8),
        ("fracture_conductivity", 0.5, 200.0),
        ("vertical_anisotropy", 1e-3, 1.0),
        ("storativity_ratio", 0.005, 0.5),
        ("permeability_ratio", 0.1, 10.0),
        ("storage_ratio", 0.2, 5.0),
    ],
)
def test_what_a_plot_does_not_show_is_drawn_over_all_that_it_usually_is(
    name: str, least: float, most: float
) -> None:
    drawn = first_values(flat(), 86_400.0, 4_000)[name]
    assert least <= drawn.min() < least + 0.01 * (most - least)
    assert most - 0.02 * (most - least) < drawn.max() <= most
    if least > 0 and name != "open_share":
        middle = np.exp(np.log([least, most]).mean())
        assert (drawn < middle).mean() == pytest.approx(0.5, abs=0.04), (
            "as often below its log middle as above"
        )


def test_distances_are_drawn_over_what_the_test_could_have_reached() -> None:
    """r = 2·r_w·√(t/t_D) between three first steps and the whole test, whatever k was drawn beside it."""
    late_s, of = 86_400.0, flat()
    drawn = first_values(of, late_s, 4_000)
    first_s, well_m = float(of.response.time_s[0]), ROCK.wellbore_radius_m
    diffusion = np.array([ROCK.diffusion_per_s(k) for k in drawn["permeability_m2"]])
    time_s = (drawn["boundary_radius_m"] / (2 * well_m)) ** 2 / diffusion
    free = (drawn["boundary_radius_m"] > 1.5) & (drawn["boundary_radius_m"] < 1e4)
    assert time_s[free].min() == pytest.approx(3 * first_s, rel=0.1)
    assert time_s[free].max() == pytest.approx(late_s, rel=0.1)
    for name in ("fault_distance_m", "edge_distance_m", "composite_radius_m"):
        assert drawn[name] == pytest.approx(drawn["boundary_radius_m"])
    inside = free & (drawn["second_fault_distance_m"] > 1.5) & (drawn["second_fault_distance_m"] < 1e3)
    apart = (drawn["second_fault_distance_m"] / drawn["boundary_radius_m"])[inside]
    assert (apart.min(), apart.max()) == (pytest.approx(0.5, rel=0.05), pytest.approx(4.0, rel=0.05))
    for name, times in (("end_distance_m", 1.5), ("second_end_distance_m", 2.0)):
        assert drawn[name][inside] == pytest.approx(times * drawn["second_fault_distance_m"][inside])
    half = drawn["fracture_half_length_m"]
    assert half.min() >= 0.5
    assert half.max() <= 900.0
    share = (half / drawn["boundary_radius_m"])[free & (half > 0.5) & (half < 900)]
    assert (share.min(), share.max()) == (pytest.approx(0.1, rel=0.1), pytest.approx(2.0, rel=0.05))
    flow = 2.0 / (diffusion * drawn["interporosity_flow"])
    kept = (drawn["interporosity_flow"] > 1e-11) & (drawn["interporosity_flow"] < 1e-3)
    assert flow[kept].min() >= 3 * first_s * 0.999
    assert flow[kept].max() <= late_s * 1.001


def test_storage_that_changes_does_so_from_the_first_point_to_a_thirtieth_of_the_test() -> None:
    of = flat()
    first_s = float(of.response.time_s[0])
    drawn = first_values(of, 900 * first_s, 2_000)["storage_time_s"] / first_s
    assert (drawn.min(), drawn.max()) == (pytest.approx(1.0, rel=0.02), pytest.approx(30.0, rel=0.02))
    short = first_values(of, 10 * first_s, 2_000)["storage_time_s"] / first_s
    assert short.max() == pytest.approx(3.0, rel=0.02)


def test_the_same_values_are_drawn_each_time_and_a_derivative_of_nothing_has_a_level_too() -> None:
    one, other = first_values(flat(), 86_400.0), first_values(flat(), 86_400.0)
    assert all((one[name] == other[name]).all() for name in one)
    of = flat()
    none = cast(Fitter, replace(of, slope_pa=np.zeros(len(of.slope_pa))))
    k = first_values(none, 86_400.0)["permeability_m2"]
    expected = ROCK.permeability(RATE, float(of.response.change_pa.max()) / 10)
    assert (k.min(), k.max()) == (
        pytest.approx(expected / 2, rel=0.05),
        pytest.approx(expected * 2, rel=0.05),
    )


@pytest.mark.parametrize(
    ("model", "tried"),
    [
        (Model(), 48),
        (Model("fracture_finite"), 4),
        (Model("partial"), 4),
        (Model(edges="fault"), 48),
        (Model(edges="channel"), 12),
    ],
)
def test_of_what_takes_long_fewer_are_tried(model: Model, tried: int) -> None:
    of = fitting.fitter(record(Model(), 24.0, noise=0.0))
    drawn = first_values(of, 86_400.0, 48)
    assert len(starts(of, model, drawn, 1_000)) == tried


def test_whatever_a_test_could_have_reached_a_start_lies_within_what_wells_have() -> None:
    """Of a test of a thousand years, and of one whose first sample came after a nanosecond."""
    of = flat()
    short = replace(of.response, time_s=of.response.time_s * 1e-12)
    brief = cast(Fitter, replace(of, whole=replace(of.whole, response=short)))
    low, high = first_values(brief, 1e-9, 2_000), first_values(of, 3e10, 2_000)
    metres = (1.5, 1e4)
    for name, (least, most) in {
        "fracture_half_length_m": (0.5, 900.0),
        "well_length_m": (20.0, 2e3),
        "fault_distance_m": metres,
        "second_fault_distance_m": metres,
        "edge_distance_m": metres,
        "boundary_radius_m": metres,
        "composite_radius_m": metres,
        "end_distance_m": metres,
        "second_end_distance_m": (2.0, 1e4),
    }.items():
        assert (low[name].min(), high[name].max()) == (least, most), name
    flow = low["interporosity_flow"].max(), high["interporosity_flow"].min()
    assert flow == (1e-3, pytest.approx(1e-11, rel=1e-9, abs=0))


def test_a_start_lies_a_millionth_within_the_limits_of_what_is_searched_for() -> None:
    """Also where more was drawn, or the height of the last points asks for more."""
    of = fitting.fitter(record(Model("fracture_infinite"), 24.0, noise=0.0, fracture_half_length_m=30.0))
    model = Model("fracture_infinite")
    low, high = model.limits
    for times in (1e-30, 1e30):
        drawn = {one.name: np.full(3, times if one.log else times - 1e29) for one in model.parameters}
        found = starts(of, model, drawn, 3)
        edge = np.where([one.log for one in model.parameters], low if times < 1 else high, found[0])
        inside = edge + (1e-6 if times < 1 else -1e-6)
        logs = [one.log for one in model.parameters]
        assert found[:, logs] == pytest.approx(np.repeat(inside[logs][None], 3, axis=0), abs=1e-9)


@pytest.mark.parametrize("off_pa", [1e9, -1e12])
def test_a_skin_set_by_the_height_of_the_last_points_is_one_that_a_well_has(off_pa: float) -> None:
    plain = fitting.fitter(record(Model(), 48.0, noise=0.0))
    response = replace(plain.whole.response, pressure_pa=plain.whole.response.pressure_pa + off_pa)
    of = cast(Fitter, replace(plain, whole=replace(plain.whole, response=response)))
    drawn = {name: np.full(8, value) for name, value in WELL.items()}
    skins = starts(of, Model(), drawn, 8)[:, 2]
    low, high = (limit[2] for limit in Model().limits)
    assert ((skins >= low + 1e-6) & (skins <= min(high, 80.0))).all()
