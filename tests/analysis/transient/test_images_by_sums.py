"""Images by another way once more, where the first way is loose: skins by printed formulas, a long well by
its sum, a fracture by its own equations, series where they take over, tables and parts of sums at their ends.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import k0

from app.analysis.transient import boundaries, laplace, porosity, sources, superposed
from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response

ROCK = Formation(1.1, 1e-3, 0.15, 10.0, 1e-9, 0.1)


# ---- whole skins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length_m", [400.0, 1500.0])
@pytest.mark.parametrize("anisotropy", [1.0, 0.25])
def test_a_long_horizontal_well_draws_like_a_fracture_of_its_length_and_what_flow_to_it_across_costs(
    length_m: float, anisotropy: float
) -> None:
    """S = ln(2·r_w/x_f) + (h/L)·√(k_h/k_v)·ln(h/(2π·r_w)), in the middle of the layer, L well over h.

    Kuchuk et al., SPE 17413 (1991), for a fracture of infinite conductivity.
    """
    values = {"well_length_m": length_m, "vertical_anisotropy": anisotropy, "skin": 0.0}
    thick, radius = ROCK.thickness_m, ROCK.wellbore_radius_m
    across = thick / length_m / math.sqrt(anisotropy) * math.log(thick / (2 * math.pi * radius))
    printed = math.log(2 * radius / (length_m / 2)) + across
    assert Model("horizontal").skin_of(values, ROCK) == pytest.approx(printed, abs=0.03)
    damaged = {**values, "skin": 4.0}
    assert Model("horizontal").skin_of(damaged, ROCK) == pytest.approx(
        printed + 4.0 * thick / length_m / math.sqrt(anisotropy), abs=0.03
    )


@pytest.mark.parametrize("opened", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("anisotropy", [1.0, 0.1])
def test_the_whole_skin_of_a_partly_open_well_is_the_printed_one(opened: float, anisotropy: float) -> None:
    """As the middle of Brons and Marting (1961) and Papatzacos (1987), with h/r_w·√(k_h/k_v)."""
    values = {"open_share": opened, "vertical_anisotropy": anisotropy, "skin": 0.0}
    thick = ROCK.thickness_m / ROCK.wellbore_radius_m / math.sqrt(anisotropy)
    fitted = 2.948 - 7.363 * opened + 11.45 * opened**2 - 4.675 * opened**3
    low = (1 / opened - 1) * (math.log(thick) - fitted)
    a, b = 4 / opened, 4 / (3 * opened)
    high = (1 / opened - 1) * math.log(math.pi * thick / 2)
    high += math.log(opened / (2 + opened) * math.sqrt((a - 1) / (b - 1))) / opened
    assert Model("partial").skin_of(values, ROCK) == pytest.approx((low + high) / 2, rel=0.06)


@pytest.mark.parametrize(("conductivity", "printed"), [(1.0, 1.65), (1e3, math.log(2.0))])
def test_the_whole_skin_of_a_resisting_fracture_is_that_of_its_published_radius(
    conductivity: float, printed: float
) -> None:
    """S = ln(r_w/x_f) + ln(x_f/r′_w): Cinco-Ley and Samaniego (1981), 1.65 for one, ln 2 without end."""
    values = {"fracture_half_length_m": 30.0, "fracture_conductivity": conductivity}
    found = Model("fracture_finite").skin_of({**values, "permeability_m2": 1e-14}, ROCK)
    assert found - math.log(0.1 / 30.0) == pytest.approx(printed, abs=0.06)


# ---- wells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("height", "radius", "thick"), [(0.2, 0.02, 0.5), (0.5, 0.01, 1.5), (0.7, 0.05, 0.1)]
)
def test_a_horizontal_well_is_its_fracture_and_all_its_cosines(
    height: float, radius: float, thick: float
) -> None:
    v = np.array([1e-4, 0.1, 3.0])
    n = np.arange(1, 40_001)
    shape = np.cos(n * np.pi * height) * np.cos(n * np.pi * (height + radius))
    each = sources.fracture(v[:, None] + (n * np.pi / thick) ** 2, 0.732)
    summed = sources.fracture(v, 0.732) + 2 * each @ shape
    assert sources.horizontal(v, thick, height, radius) == pytest.approx(summed, rel=2e-4)


@pytest.mark.parametrize("terms", [1, 2])
def test_of_a_sum_that_is_cut_off_as_many_terms_are_taken_as_were_asked_for(terms: int) -> None:
    """What a horizontal well's further ones come to is known where they go by 1/n alone."""
    v, n, height, radius, thick = np.array([0.1, 3.0]), np.arange(1, terms + 1), 0.2, 0.02, 1.5
    shape = np.cos(n * np.pi * height) * np.cos(n * np.pi * (height + radius))
    each = sources.fracture(v[:, None] + (n * np.pi / thick) ** 2, 0.732) - thick / (2 * n)
    left = -thick / 2 * np.log(4 * np.sin(np.pi * radius / 2) * np.sin(np.pi * (height + radius / 2)))
    expected = sources.fracture(v, 0.732) + 2 * each @ shape + left
    assert sources.horizontal(v, thick, height, radius, terms) == pytest.approx(expected, rel=1e-9)
    v, thick, opened = np.array([1e-6, 1e-3]), 5.0, 0.3
    more = k0(np.sqrt(v[:, None] + (np.pi * n / thick) ** 2)) @ (np.sin(np.pi * n * opened) ** 2 / n**2)
    expected = sources.vertical(v) + 2 / (np.pi * opened) ** 2 * more
    assert sources.partial(v, opened, thick, terms) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("thick", "terms"), [(0.01, 1), (0.24, 1), (0.26, 2), (0.5, 4)])
def test_of_a_thin_layer_eight_terms_a_thickness_are_enough(thick: float, terms: int) -> None:
    v, n = np.array([1e-3]), np.arange(1, terms + 1)
    more = k0(np.sqrt(v[:, None] + (np.pi * n / thick) ** 2)) @ (np.sin(np.pi * n * 0.3) ** 2 / n**2)
    expected = 2 / (np.pi * 0.3) ** 2 * more
    found = sources.partial(v, 0.3, thick) - sources.vertical(v)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-13)


@pytest.mark.parametrize("opened", [0.1, 0.6])
@pytest.mark.parametrize("thick", [5.0, 60.0])
def test_a_partly_open_well_is_the_plain_one_and_all_its_sines(opened: float, thick: float) -> None:
    v = np.array([1e-6, 1e-3])
    n = np.arange(1, 3_000)
    more = k0(np.sqrt(v[:, None] + (np.pi * n / thick) ** 2)) @ (np.sin(np.pi * n * opened) ** 2 / n**2)
    expected = sources.vertical(v) + 2 / (np.pi * opened) ** 2 * more
    assert sources.partial(v, opened, thick) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("conductivity", [0.3, 3.0, 50.0])
@pytest.mark.parametrize("v", [0.01, 1.0, 40.0])
def test_a_resisting_fracture_solves_its_own_equations(conductivity: float, v: float) -> None:
    """Collocation with kernels by quadrature: ½·∫q·K₀(√v·|x − x′|) and the fall of pressure along it."""
    ends = 0.5 * (1 - np.cos(np.linspace(0, np.pi, 17)))
    middle, root = (ends[1:] + ends[:-1]) / 2, math.sqrt(v)

    def even(at: float, a: float, b: float) -> float:
        """½·∫ₐᵇ K₀(√v·|at − x|) dx, to both sides of the well."""
        near = quad(lambda x: k0(root * abs(at - x)), a, b, points=[at] if a < at < b else None)[0]
        return float(near + quad(lambda x: k0(root * (at + x)), a, b)[0]) / 2

    def gathered(at: float, a: float, b: float) -> float:
        """∫₀ᵃᵗ∫₀ˣ of an inflow of one between a and b."""
        return float(max(at - a, 0.0) ** 2 - max(at - b, 0.0) ** 2) / 2

    system, right = np.zeros((17, 17)), np.zeros(17)
    for i, at in enumerate(middle):
        for j in range(16):
            a, b = ends[j], ends[j + 1]
            system[i, j] = even(at, a, b) - math.pi / conductivity * gathered(at, a, b)
        system[i, 16], right[i] = -1.0, -math.pi / conductivity * at
    system[16, :16], right[16] = np.diff(ends), 1.0
    expected = np.linalg.solve(system, right)[16]
    assert sources.finite_fracture(np.array([v]), conductivity)[0] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("decades", [(-6, 1), (2, 5), (-12, -9)])
def test_a_costly_well_is_asked_at_whole_decades_and_six_times_in_each(
    monkeypatch: pytest.MonkeyPatch, decades: tuple[int, int]
) -> None:
    low, high = decades
    asked: list[tuple[float, ...]] = []

    def smooth(image: object, at: np.ndarray, degree: int, least: float, most: float) -> np.ndarray:
        asked.append((degree, least, most))
        return at

    monkeypatch.setattr(sources, "smooth", smooth)
    sources.spread(np.array([3 * 10.0**low, 0.2 * 10.0**high]), "partial", 0.5, 80.0)
    assert asked == [
        (6 * (high - low), pytest.approx(10.0**low, rel=1e-12, abs=0), pytest.approx(10.0**high))
    ]


def test_between_which_images_a_vertical_well_is_tabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is asked for all that any test asks, both ends among it, and the functions beyond."""
    asked: list[float] = []

    def table() -> object:
        return lambda log_v: asked.append(float(log_v)) or log_v

    monkeypatch.setattr(sources, "_verticals", table)
    for v in (1e-20, 1e-9, 1.0, 1e10):
        sources.vertical(np.array(v))
    assert np.exp(asked) == pytest.approx([1e-20, 1e-9, 1.0, 1e10], rel=1e-9, abs=0)
    for v in (np.array([0.9e-20, 1.0]), np.array([1.0, 1.1e10])):
        sources.vertical(v)
    assert len(asked) == 4


# ---- rock, edges -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [3e-4, 9e-4, 1.1e-3, 5e-3])
def test_balls_that_give_at_once_go_over_into_their_series(depth: float) -> None:
    """With no share of the fissures f is 3·(x·coth x − 1)/x² = 1 − x²/15 + 2x⁴/315."""
    u = depth**2 / 15
    found = float(porosity.spheres(np.array(u), np.array(0.0), np.array(1.0)))
    assert (1 - found) * 15 / depth**2 == pytest.approx(
        1 - 2 * depth**2 / 21, rel=5e-3 if depth > 1e-3 else 1e-6
    )


@pytest.mark.parametrize("depth", [0.05, 0.4, 0.95, 1.5])
def test_balls_give_by_their_formula_from_there_on(depth: float) -> None:
    u = depth**2 / 15
    found = float(porosity.spheres(np.array(u), np.array(0.0), np.array(1.0)))
    assert found == pytest.approx(3 * (depth / math.tanh(depth) - 1) / depth**2, rel=1e-9)


def test_blocks_give_between_their_share_and_all() -> None:
    """f = [ω(1 − ω)u + λ]/[(1 − ω)u + λ] by hand: ω 0.25, λ 3, u 8: (1.5 + 3)/(6 + 3)."""
    args = np.array(8.0), np.array(0.25), np.array(3.0)
    assert float(porosity.pseudo_steady(*args)) == pytest.approx(0.5)
    depth = math.sqrt(3 * 0.75 * 8 / 3)
    assert float(porosity.slabs(*args)) == pytest.approx(0.25 + 0.75 * math.tanh(depth) / depth)


@pytest.mark.parametrize("root", [1e-3, 1e-2, 0.1])
@pytest.mark.parametrize("first", [0.3, 1.0, 4.0])
def test_a_row_of_images_is_its_sum_also_where_thousands_count(root: float, first: float) -> None:
    """To the rest of Euler and Maclaurin."""
    n = np.arange(int(40 / root))
    expected = k0(root * (first + 2.0 * n)).sum()
    found = float(boundaries._row(np.array(root), np.array(first), np.array(2.0)))
    assert found == pytest.approx(expected, rel=4e-6)


@pytest.mark.parametrize("ends", [(0.1, 0.1), (0.1, 2.0), (5.0, 0.3)])
def test_near_ends_of_a_rectangle_are_mirrored_too(ends: tuple[float, float]) -> None:
    """An end a tenth of the width away; modes and images by coordinates to a thousandth."""
    v, wide, long = np.array([1.0, 20.0]), 1.0, sum(ends)
    n, m = np.arange(-60, 61), np.arange(-int(60 / long) - 2, int(60 / long) + 3)
    across = np.concatenate([2 * n * wide, 2 * n * wide + 2 * 0.4])
    along = np.concatenate([2 * m * long, 2 * m * long + 2 * ends[0]])
    way = np.hypot(across[:, None], along[None]).ravel()
    way = way[way > 1e-9]
    expected = [k0(way * root).sum() for root in np.sqrt(v)]
    found = boundaries.rectangle(v, *(np.full(2, side) for side in (0.4, 0.6, *ends)))
    assert found == pytest.approx(expected, rel=2e-3)


# ---- sums in parts, images where they are asked ------------------------------------------------------------


def test_an_image_at_one_place_is_asked_next_to_it() -> None:
    asked: list[np.ndarray] = []

    def image(s: np.ndarray) -> np.ndarray:
        asked.append(s)
        return s

    laplace.smooth(image, np.full(3, 5.0))
    assert asked[0] == pytest.approx(np.full(73, 5.0), rel=2e-9)


def test_a_history_longer_than_a_part_over_more_samples_than_a_part_loses_nothing() -> None:
    """4,100 samples are a part of their own for each change of rate."""
    time_s = np.geomspace(10.0, 1e5, 4_100)
    steps = ((3e5, 3e-4), (2e5, 3e-4), (1e5, 4e-4))
    response = Response(time_s, np.full(4_100, 1e7), 1e7, 1e-3, steps, False, ROCK)
    knots = superposed.superposed(response)
    level = np.log(knots.time_s)
    expected = np.log(time_s)
    for before, change in steps:
        expected = expected + change / 1e-3 * (math.log(before) - np.log(before + time_s))
    assert knots.change @ level == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("count", [99, 100, 101, 200, 201])
def test_a_history_that_ends_with_a_part_or_just_after_it_is_summed_whole(count: int) -> None:
    time_s = np.geomspace(10.0, 1e4, 40)
    steps = tuple((1e3 * (count + 1 - i), 1e-3 / count) for i in range(1, count + 1))
    response = Response(time_s, np.full(40, 1e7), 1e7, 1e-3, steps, False, ROCK)
    knots = superposed.superposed(response)
    expected = np.log(time_s) + sum(
        change / 1e-3 * (math.log(before) - np.log(before + time_s)) for before, change in steps
    )
    assert knots.change @ np.log(knots.time_s) == pytest.approx(expected, rel=1e-6, abs=1e-6)
