"""Images of wells and edges in Laplace space: each against its sum of images, its integral or the functions
that SciPy has, and what is looked for within which limits.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import i0, i1, k0, k1

from app.analysis.transient import boundaries, laplace, porosity, sources
from app.analysis.transient.models import EDGES, OFFERED, ROCKS, STORAGES, WELLS, Model
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.superposed import superposed

V = np.array([1e-4, 1e-2, 0.3, 4.0])
ROOT = np.sqrt(V)
ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)


def far(value: float) -> np.ndarray:
    return np.full(len(V), value)


# ---- edges -------------------------------------------------------------------------------------------------


def test_one_edge_is_one_image_of_its_sign() -> None:
    assert boundaries.fault(V, far(1.5)) == pytest.approx(k0(3.0 * ROOT))
    assert boundaries.constant_pressure(V, far(1.5)) == pytest.approx(-k0(3.0 * ROOT))


@pytest.mark.parametrize("parts", [2, 3, 4, 6])
@pytest.mark.parametrize("share", [0.5, 0.2])
def test_in_a_corner_the_well_is_mirrored_round_it_as_often_as_the_corner_goes_into_the_circle(
    parts: int, share: float
) -> None:
    """Images by coordinates: the corner in the origin, one fault along x; n turns and n mirrored ones."""
    angle, corner = math.pi / parts, 2.0
    at = share * angle
    turns = [2 * i * angle + at for i in range(1, parts)] + [2 * i * angle - at for i in range(parts)]
    well = corner * np.array([math.cos(at), math.sin(at)])
    images = [corner * np.array([math.cos(turn), math.sin(turn)]) for turn in turns]
    expected = sum(k0(float(np.hypot(*(image - well))) * ROOT) for image in images)
    found = boundaries.wedge(V, far(corner * math.sin(at)), far(corner * math.sin(angle - at)), parts)
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("one", "other"), [(1.0, 3.0), (2.0, 2.0), (0.4, 7.0)])
def test_between_two_faults_the_images_stand_in_three_rows(one: float, other: float) -> None:
    n, wide = np.arange(4_000)[:, None], 2 * (one + other)
    rows = 2 * k0(ROOT * wide * (n + 1)) + k0(ROOT * (2 * one + wide * n)) + k0(ROOT * (2 * other + wide * n))
    assert boundaries.channel(V, far(one), far(other)) == pytest.approx(rows.sum(axis=0), rel=1e-5)


def test_a_rectangle_mirrors_its_channel_at_both_ends_without_end() -> None:
    """Images of a lattice by coordinates: ±x + 2·n·W by ±y + 2·m·L, the well itself left out."""
    sides, v = (1.0, 1.5, 1.2, 1.8), np.array([0.3, 4.0])
    wide, long = sides[0] + sides[1], sides[2] + sides[3]
    n = np.arange(-40, 41)
    across = np.concatenate([2 * n * wide, 2 * n * wide + 2 * sides[0]])
    along = np.concatenate([2 * n * long, 2 * n * long + 2 * sides[2]])
    way = np.hypot(across[:, None], along[None]).ravel()
    way = way[way > 1e-9]
    expected = [k0(way * root).sum() for root in np.sqrt(v)]
    found = boundaries.rectangle(v, *(np.full(2, side) for side in sides))
    assert found == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("radius", [1.0, 5.0, 30.0])
def test_circles_are_those_of_van_everdingen_and_hurst(radius: float) -> None:
    x = radius * ROOT
    assert boundaries.circle(V, far(radius)) == pytest.approx(k1(x) / i1(x))
    assert boundaries.circle_constant_pressure(V, far(radius)) == pytest.approx(-k0(x) / i0(x))


@pytest.mark.parametrize("function", ["circle", "circle_constant_pressure"])
def test_a_rim_that_nothing_has_reached_says_nothing(function: str) -> None:
    assert getattr(boundaries, function)(np.array([1.0]), np.array([1e6]))[0] == pytest.approx(
        0.0, abs=1e-250
    )
    assert boundaries.composite(np.array([1.0]), np.array([1e6]), np.array([3.0]))[0] == pytest.approx(
        0.0, abs=1e-250
    )


@pytest.mark.parametrize("ratio", [0.2, 1.0, 7.0])
def test_two_rings_meet_in_pressure_and_in_flow(ratio: float) -> None:
    """p inside K₀ + B·I₀, outside A·K₀(√M·…): two equations at R, solved here for B."""
    radius = 3.0
    for v, found in zip(V, boundaries.composite(V, far(radius), far(ratio)), strict=True):
        inner, outer = math.sqrt(v), math.sqrt(v * ratio)
        pressure = [i0(radius * inner), -k0(radius * outer)]
        flow = [inner * i1(radius * inner), outer * k1(radius * outer) / ratio]
        right = [-k0(radius * inner), inner * k1(radius * inner)]
        expected, _ = np.linalg.solve(np.array([pressure, flow]), np.array(right))
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-12)


# ---- wells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [1e-2, 0.5, 3.0, 20.0, 79.0, 81.0, 300.0])
def test_the_area_under_k0_is_its_integral(x: float) -> None:
    expected = math.pi / 2 if x > 30 else quad(k0, 0.0, x, epsrel=1e-12, limit=400)[0]
    assert float(sources.under_k0(np.array(x))) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("place", [0.0, 0.732])
def test_a_fracture_of_even_inflow_is_the_mean_of_its_points(place: float) -> None:
    for v in (0.01, 1.0, 30.0):
        root = math.sqrt(v)
        whole = quad(lambda x, r=root: k0(r * abs(x - place)), -1.0, 1.0, points=[place], limit=400)[0]
        assert float(sources.fracture(np.array([v]), place)[0]) == pytest.approx(whole / 2, rel=1e-6)


@pytest.mark.parametrize("v", [1e-19, 1e-6, 1.0, 1e9, 1e-21, 1e11])
def test_a_vertical_well_is_that_of_van_everdingen_and_hurst(v: float) -> None:
    from scipy.special import k0e, k1e

    root = math.sqrt(v)
    assert float(sources.vertical(np.array([v]))[0]) == pytest.approx(k0e(root) / root / k1e(root), rel=1e-12)


def test_segments_of_a_fracture_are_sixteen_finer_at_both_ends() -> None:
    ends = sources._ends()
    assert len(ends) == 17
    assert (ends[0], ends[8], ends[-1]) == pytest.approx((0.0, 0.5, 1.0))
    assert np.diff(ends) == pytest.approx(np.diff(ends)[::-1])
    assert np.diff(ends)[0] < 0.2 * np.diff(ends)[8]


def test_along_a_fracture_even_inflow_falls_by_half_the_square() -> None:
    """∫₀ˣ∫₀ˣ′ 1 = x²/2 of an inflow of one in all segments."""
    ends = sources._ends()
    middle = (ends[1:] + ends[:-1]) / 2
    assert sources._along_fracture().sum(axis=1) == pytest.approx(middle**2 / 2)


def test_a_well_open_all_the_way_and_one_that_conducts_all_the_way_are_the_plain_ones() -> None:
    v = np.geomspace(1e-6, 1e-2, 5)
    assert sources.partial(v, 1.0 - 1e-9, 100.0) == pytest.approx(sources.vertical(v), rel=1e-6)
    ideal = sources.fracture(v, 0.732)
    assert sources.finite_fracture(v, 1e4) == pytest.approx(ideal, rel=0.02)


# ---- back from Laplace space -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image", "function"),
    [
        (lambda s: 1 / s**2, lambda t: t),
        (lambda s: s**-1.5, lambda t: 2 * np.sqrt(t / np.pi)),
        (lambda s: 1 / (s + 1), lambda t: np.exp(-t)),
        (lambda s: np.log(s) / s, lambda t: -np.log(t) - 0.5772156649),
    ],
)
def test_known_images_come_back(image, function) -> None:  # type: ignore[no-untyped-def]
    time = np.array([0.2, 1.0, 3.0])
    assert laplace.back(time, image(laplace.points(time))) == pytest.approx(function(time), rel=2e-3)


@pytest.mark.parametrize("terms", [2, 4, 8, 12])
def test_weights_make_one_of_one_and_the_points_are_even(terms: int) -> None:
    """Of a step the image is 1/s: ΣV_i/i is one."""
    assert float((laplace.weights(terms) / np.arange(1, terms + 1)).sum()) == pytest.approx(1.0, abs=1e-6)
    points = laplace.points(np.array([2.0]), terms)
    assert points[0] == pytest.approx(math.log(2) / 2 * np.arange(1, terms + 1))


def test_a_costly_image_is_asked_where_chebyshev_wants_it_and_nowhere_else() -> None:
    asked: list[np.ndarray] = []

    def image(s: np.ndarray) -> np.ndarray:
        asked.append(s)
        return np.asarray(np.log1p(s))

    at = np.geomspace(1e-3, 1e3, 50)
    assert laplace.smooth(image, at) == pytest.approx(np.log1p(at), rel=1e-6)
    assert laplace.smooth(image, at, 30, 1e-4, 1e4) == pytest.approx(np.log1p(at), rel=1e-3, abs=1e-4)
    assert [len(one) for one in asked] == [73, 31]
    assert (asked[0].min() > 1e-3, asked[1].min() > 1e-4) == (True, True)
    assert asked[1].min() == pytest.approx(1e-4, rel=0.02)
    assert laplace.smooth(image, np.full(3, 5.0)) == pytest.approx(np.log1p(5.0))


@pytest.mark.parametrize("kind", ["pseudo_steady", "slabs", "spheres"])
def test_of_rock_in_two_all_stores_late_and_the_fissures_alone_early(kind: str) -> None:
    flow = getattr(porosity, kind)
    args = np.array(0.2), np.array(1e-6)
    assert float(flow(np.array(1e-14), *args)) == pytest.approx(1.0, rel=1e-3)
    assert float(flow(np.array(1e6), *args)) == pytest.approx(0.2, rel=1e-3)
    middle = np.array(1e-6 / 0.8)
    told = {
        "pseudo_steady": (0.2 + 1) / 2,
        "slabs": 0.2 + 0.8 * math.tanh(math.sqrt(3)) / math.sqrt(3),
        "spheres": 0.2 + 0.8 / 5 * (math.sqrt(15) / math.tanh(math.sqrt(15)) - 1),
    }
    assert float(flow(middle, *args)) == pytest.approx(told[kind])


# ---- what is looked for ------------------------------------------------------------------------------------

LIMITS = {
    "permeability_m2": (1e-20, 1e-9),
    "wellbore_storage_m3_per_pa": (1e-14, 1e-1),
    "fracture_half_length_m": (0.3, 1e3),
    "fracture_conductivity": (0.1, 1e3),
    "open_share": (0.03, 0.99),
    "vertical_anisotropy": (1e-4, 10.0),
    "well_length_m": (10.0, 3e3),
    "storativity_ratio": (1e-4, 0.9),
    "interporosity_flow": (1e-12, 1e-2),
    "permeability_ratio": (0.02, 50.0),
    "storage_ratio": (0.02, 50.0),
    "storage_time_s": (0.1, 1e6),
    **{
        f"{name}_m": (1.0, 2e4)
        for name in (
            *("fault_distance", "second_fault_distance", "edge_distance", "boundary_radius"),
            *("end_distance", "second_end_distance", "composite_radius"),
        )
    },
}


@pytest.mark.parametrize("part", [*WELLS, *ROCKS, *EDGES, *STORAGES])
def test_each_value_is_looked_for_within_its_limits_by_its_logarithm_but_for_the_skin(part: str) -> None:
    kinds = (("well", WELLS), ("rock", ROCKS), ("edges", EDGES), ("storage", STORAGES))
    model = Model(**{name: part for name, parts in kinds if part in parts})
    low, high = model.limits
    assert model.names == tuple(one.name for one in model.parameters)
    assert model.names[:2] == ("permeability_m2", "wellbore_storage_m3_per_pa")
    for name, least, most in zip(model.names, low, high, strict=True):
        if name == "skin":
            assert (least, most) == (0.0 if part in ("partial", "horizontal") else -7.0, 100.0)
        else:
            assert (least, most) == pytest.approx([math.log(end) for end in LIMITS[name]], abs=1e-12)


@pytest.mark.parametrize("edges", ["infinite", "composite"])
def test_what_goes_into_the_search_begins_a_billionth_within_its_limits(edges: str) -> None:
    model = Model(edges=edges)
    low, high = model.limits
    least = {one.name: one.low / 2 if one.log else one.low - 1 for one in model.parameters}
    most = {one.name: one.high * 2 if one.log else one.high + 1 for one in model.parameters}
    assert model.searched(least) - low == pytest.approx(np.full(len(low), 1e-9), rel=1e-4, abs=0)
    assert high - model.searched(most) == pytest.approx(np.full(len(low), 1e-9), rel=1e-4, abs=0)


def test_values_go_into_the_search_and_come_out_and_stay_within_their_limits() -> None:
    model = Model(edges="fault")
    values = {
        "permeability_m2": 3e-14,
        "wellbore_storage_m3_per_pa": 2e-8,
        "skin": -1.5,
        "fault_distance_m": 70.0,
    }
    assert model.physical(model.searched(values)) == pytest.approx(values)
    wild = model.physical(model.searched({**values, "skin": -50.0, "fault_distance_m": 1e9}))
    assert (wild["skin"], wild["fault_distance_m"]) == pytest.approx((-7.0, 2e4))


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (Model(), "homogeneous"),
        (Model("partial"), "partial"),
        (Model(edges="fault", storage="changing"), "fault+storage_changing"),
        (Model("fracture_finite", "double_slabs", "circle"), "fracture_finite+double_slabs+circle"),
    ],
)
def test_a_model_is_called_by_what_is_not_plain_of_it(model: Model, code: str) -> None:
    assert model.code == code
    assert len({one.code for one in OFFERED}) == len(OFFERED)


@pytest.mark.parametrize(
    ("model", "values", "skin"),
    [
        (Model(), {"skin": 4.2}, 4.2),
        (Model("fracture_infinite"), {"fracture_half_length_m": 20.0}, math.log(0.1 / 10.0)),
        (Model("fracture_uniform"), {"fracture_half_length_m": 20.0}, math.log(0.1 * math.e / 20.0)),
    ],
)
def test_the_whole_skin_is_that_of_the_hole_that_draws_as_well(
    model: Model, values: dict[str, float], skin: float
) -> None:
    assert model.skin_of(values, ROCK) == pytest.approx(skin)


def test_a_damage_of_a_part_counts_by_the_part_and_of_a_long_well_by_its_length() -> None:
    """S/b, and S·h·√(k_h/k_v)/L."""
    part = {"open_share": 0.4, "vertical_anisotropy": 0.5}
    once = Model("partial").skin_of({**part, "skin": 0.0}, ROCK)
    assert Model("partial").skin_of({**part, "skin": 3.0}, ROCK) - once == pytest.approx(3.0 / 0.4)
    long = {"well_length_m": 200.0, "vertical_anisotropy": 0.25}
    once = Model("horizontal").skin_of({**long, "skin": 0.0}, ROCK)
    assert Model("horizontal").skin_of({**long, "skin": 3.0}, ROCK) - once == pytest.approx(3 * 10 * 2 / 200)


# ---- a history as a matrix ---------------------------------------------------------------------------------

TIME_S = np.geomspace(10.0, 1e5, 40)
STEPS = ((3e5, 6e-4), (1e5, 4e-4))


def history(*steps: tuple[float, float], falling: bool = False) -> Response:
    return Response(TIME_S, np.full(40, 1e7), 1e7, -1e-3 if falling else 1e-3, steps, falling, ROCK)


@pytest.mark.parametrize("steps", [(), STEPS[:1], STEPS])
def test_the_matrix_of_a_history_is_its_superposition(steps: tuple[tuple[float, float], ...]) -> None:
    """Of a well that draws by the line source: p_D(Δt) + Σ Δq/q·(p_D(t_i) − p_D(t_i + Δt))."""

    def drawn(at: np.ndarray) -> np.ndarray:
        return 0.5 * (np.log(1e3 * at) + 0.80907)

    whole = superposed(history(*steps))
    expected = drawn(TIME_S)
    for before, change in steps:
        expected = expected + change / 1e-3 * (drawn(np.array(before)) - drawn(before + TIME_S))
    assert whole.change @ drawn(whole.time_s) == pytest.approx(expected, rel=1e-6)
    assert whole.slope @ drawn(whole.time_s) == pytest.approx(0.5, rel=1e-5)
    assert (whole.time_s[0], whole.time_s[-1]) == pytest.approx(
        (10.0, 1e5 + max((before for before, _ in steps), default=0.0))
    )
    cycles = math.log10(whole.time_s[-1] / whole.time_s[0])
    assert len(whole.time_s) == int(6 * cycles) + 2


def test_a_change_before_the_first_sample_is_asked_too_and_a_short_test_has_eight_times() -> None:
    assert superposed(history((2.0, 1e-3))).time_s[0] == pytest.approx(2.0)
    short = replace(history(), time_s=np.linspace(100.0, 120.0, 40))
    assert len(superposed(short).time_s) == 8


def test_a_models_derivative_is_smoothed_as_the_measured_one() -> None:
    usual, same, more = superposed(history()), superposed(history(), 0.15), superposed(history(), 0.3)
    assert (usual.slope == same.slope).all()
    assert np.abs(usual.slope - more.slope).max() > 1e-3


def test_many_changes_of_rate_are_summed_in_parts_to_the_same() -> None:
    """Three hundred changes over forty samples are three parts."""
    steps = tuple((1e4 * (301 - i), 1e-3 / 300) for i in range(1, 301))
    whole = superposed(history(*steps))
    level = np.log(whole.time_s)
    expected = np.log(TIME_S) + sum(
        change / 1e-3 * (math.log(before) - np.log(before + TIME_S)) for before, change in steps
    )
    assert whole.change @ level == pytest.approx(expected, rel=1e-6, abs=1e-6)
