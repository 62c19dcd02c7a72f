"""What a limit itself belongs to: values that stand at it to the last digit of a float."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import contest, drifting, fitting, radial, regimes, relatives, rivals, semilog
from app.analysis.transient import interpret as told
from app.analysis.transient.contest import Contest
from app.analysis.transient.descent import _with_gradient, descend
from app.analysis.transient.drifting import drift_alike
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.gauges import compared
from app.analysis.transient.models import Model
from app.analysis.transient.radial import Window
from app.analysis.transient.record import Response
from tests.analysis.transient.test_contest import MD, RATE, ROCK
from tests.analysis.transient.test_drifting import BUILD_UP
from tests.analysis.transient.test_interpret import LINE, fit, fitter, speaks
from tests.analysis.transient.test_regimes import regimes_of
from tests.analysis.transient.test_who_is_asked import asked_whole

PLAIN, FAULT = Model(), Model(edges="fault")
EVEN_S = np.array([0.25, 1.0, 4.0])
"""Their logarithms are −a, 0 and a."""


def of(time_s: np.ndarray, change_pa: np.ndarray, start: float = 0.0) -> Response:
    return Response(time_s, start + change_pa, start, RATE, (), False, ROCK)


# ---- lines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "ends"),
    [((0.5, 0.25, 0.25, 0.25), 0), ((0.25, 0.75, 0.25, 0.5), 2), ((0.25, 0.25, 0.5, 0.25), 0)],
)
def test_half_of_the_change_is_no_storage(
    monkeypatch: pytest.MonkeyPatch, shares: tuple[float, ...], ends: int
) -> None:
    """Where it is over half once, the half itself is neither its highest point nor its last."""
    time_s, change = 10.0 ** np.arange(4), 4.0 ** np.arange(4)
    monkeypatch.setattr(radial, "derivative_pa", lambda _: np.array(shares) * change)
    assert radial.storage_end_s(of(time_s, change)) == time_s[ends]


def test_a_window_of_the_least_length_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    time_s = np.geomspace(1000, 3000, 5)
    response = of(time_s, 1e6 + 5e4 * np.log(time_s))
    length = float(np.log10(time_s)[-1] - np.log10(time_s)[0])
    monkeypatch.setattr(radial, "LEAST_CYCLES", length)
    assert radial.find(response) is not None
    monkeypatch.setattr(radial, "LEAST_CYCLES", math.nextafter(length, 1.0))
    assert radial.find(response) is None


def test_a_line_that_does_not_rise_at_all_is_none() -> None:
    """Up and down again: its slope is nothing to the last digit."""
    response = of(EVEN_S, np.array([0.0, 1024.0, 0.0]), 2.0**24)
    assert radial._window(response, 0, 3) is None
    assert semilog.mdh(response, Window(slice(0, 3), 0.25, 4.0, 1.0, 0.0, 1.0)) is None
    flat = of(EVEN_S, np.zeros(3), 2.0**24)
    assert semilog.horner(flat, Window(slice(0, 3), 0.25, 4.0, 1.0, 0.0, 1.0)) is None


def test_a_millionth_that_flows_on_is_none_and_a_history_without_volume_ends_with_the_test() -> None:
    at = Response(EVEN_S, np.arange(3.0), 0.0, 1e6, ((100.0, 1_000_001.0),), False, ROCK)
    assert semilog._shut_in(at)
    assert not semilog._shut_in(replace(at, steps=((100.0, 1_000_001.5),)))
    empty = replace(at, rate_m3_per_s=1.0, steps=((100.0, -1.0), (50.0, 2.0)))
    assert semilog._mdh_end(empty) == math.log(4.0)
    assert semilog._mdh_end(replace(empty, steps=((0.5, 1.0),))) == math.log(0.5)


# ---- what the wellbore says --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slope", "change", "last"),
    [
        ((0.8, 0.5), (1.0, 1.0), None),  # four fifths of the change
        ((1.0, 0.25), (4.0, 4.0), None),  # a quarter, and a quarter of that later
        ((3.0, 1.0), (8.0, 8.0), None),  # a third of it and not under
        ((3.0, 0.875), (8.0, 8.0), 0),
    ],
)
def test_at_its_limits_the_wellbore_does_not_rule(
    slope: tuple[float, ...], change: tuple[float, ...], last: int | None
) -> None:
    time_s = np.array([1.0, 10.0])
    found = fitting.wellbore_rules(time_s, np.array(change), np.array(slope), 1e-9)
    assert found.tolist() == ([0.0, 0.0] if last is None else [1.0, 0.0])


def test_what_falls_within_the_very_reach_falls() -> None:
    time_s = np.array([1.0, 1.0 * 10**fitting.FALLS_WITHIN, 100.0])
    found = fitting.wellbore_rules(time_s, np.full(3, 8.0), np.array([3.0, 0.5, 3.0]), 1e-9)
    assert found[0] == 1.0


def test_storage_leaves_over_as_many_cycles_as_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    time_s = np.array([1.0, 10.0, 100.0, 1e3])
    for cycles, left in ((1.0, [1.0, 0.0, 0.0, 0.0]), (2.0, [1.0, 0.5, 0.0, 0.0])):
        monkeypatch.setattr(fitting, "LEAVES_CYCLES", cycles)
        slope = np.array([0.9, 0.1, 0.1, 0.1])
        assert fitting.wellbore_rules(time_s, np.ones(4), slope, 1e-9).tolist() == left


def test_as_many_samples_as_are_heard_are_all_heard() -> None:
    time_s = np.array([1.0, 1.001, 1.002, 1.003, 5.0, 5.001, 100.0])
    response = of(time_s, np.arange(1.0, 8.0))
    assert len(fitting.thinned(response, 7).time_s) == 7
    assert len(fitting.thinned(response, 6).time_s) < 6


def exactly(factor: float, product: float) -> float:
    """The value of which `factor` makes `product` to the last digit."""
    value = product / factor
    near = (value, math.nextafter(value, 0.0), math.nextafter(value, 9.0))
    return next(one for one in near if factor * one == product)


def test_an_interval_of_a_fifth_is_not_sure_and_one_of_a_half_not_wide_open() -> None:
    assert not fit(unsure=exactly(1.96, 0.2)).sure
    assert not rivals.open_wide(fit(unsure=exactly(1.96, 0.5)))


# ---- regimes -----------------------------------------------------------------------------------------------


def test_a_stretch_of_the_least_length_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    time_s = np.geomspace(10.0, 1e3, 41)
    [one] = regimes_of(time_s, np.full(41, 1e4))
    monkeypatch.setitem(regimes.LEAST_CYCLES, "radial", one.cycles)
    assert len(regimes_of(time_s, np.full(41, 1e4))) == 1
    monkeypatch.setitem(regimes.LEAST_CYCLES, "radial", math.nextafter(one.cycles, 9.0))
    assert regimes_of(time_s, np.full(41, 1e4)) == []


def test_a_derivative_of_nothing_has_no_name_and_no_valley() -> None:
    time_s = np.geomspace(10.0, 1e3, 41)
    given = SimpleNamespace(time_s=time_s, change_pa=np.full(41, 1e6))
    nothing = SimpleNamespace(response=given, slope_pa=np.zeros(41), off_pressure_pa=np.ones(41))
    assert regimes.regimes(cast(Fitter, nothing)) == ()
    dip = np.array([2.0, 1.0, 0.0, 1.0, 2.0]) * 1e4
    assert "valley" not in [one.name for one in regimes_of(time_s[:5], dip)]


@pytest.mark.parametrize(("depth", "is_one"), [(3e4, False), (2.99e4, True)])
def test_a_valley_of_three_quarters_is_none(depth: float, is_one: bool) -> None:
    slope = np.array([6.0, 4.0, 4.0, 4.0, 4.0, 6.0]) * 1e4
    slope[[0, 5]] = 4e4
    slope[3] = depth
    found = [one.name for one in regimes_of(np.geomspace(10.0, 1e3, 6), slope)]
    assert ("valley" in found) is is_one


def test_storage_is_told_to_its_last_sample_and_to_the_end_where_it_ends_there() -> None:
    time_s = 10.0 ** np.arange(0.0, 4.01, 0.25)
    for until in (8, len(time_s) - 1):
        share = np.where(np.arange(len(time_s)) <= until, 0.9, 0.1)
        change = 1e4 * (1 + np.arange(len(time_s)))
        stored = regimes_of(time_s, share * change, change)[0]
        assert (stored.name, stored.from_s, stored.to_s) == ("storage", 1.0, time_s[until])
        assert stored.level_pa == pytest.approx(0.9 * change[until])


def test_a_valley_has_both_shores_beside_its_lowest_place() -> None:
    """What rises right after it is the farther shore and not the nearer one."""
    slope = np.array([1.2, 1.1, 1.0, 9.0, 9.0, 9.0]) * 1e4
    for turned in (slope, slope[::-1]):
        names = [one.name for one in regimes_of(np.geomspace(10.0, 1e3, 6), turned)]
        assert "valley" not in names


def test_a_valley_may_lie_right_before_the_last_sample() -> None:
    slope = np.array([4.0, 4.0, 4.0, 1.0, 4.0]) * 1e4
    [valley] = [one for one in regimes_of(np.geomspace(10.0, 1e3, 5), slope) if one.name == "valley"]
    assert valley.level_pa == 1e4


def test_a_fall_right_after_storage_has_a_name_from_a_cycle_on_and_may_last_to_the_end() -> None:
    """What storage leaves in its first log cycle is no spherical flow, whatever slope it falls by."""
    for cycles, tilt, names in ((3.0, -0.5, {"storage", "spherical"}), (0.9, -0.6, {"storage"})):
        time_s = 10.0 ** np.arange(0.0, 1.0 + cycles + 0.01, 0.05)
        slope = 1e3 * np.where(time_s <= 10, time_s, 10 * (time_s / 10) ** tilt)
        change = np.where(time_s <= 10, 1e3 * time_s, 2e4)
        found = {one.name: one for one in regimes_of(time_s, slope, change)}
        assert set(found) == names
        if "spherical" in found:
            assert 5 < found["spherical"].from_s / found["storage"].to_s < 20


# ---- descents ----------------------------------------------------------------------------------------------


def asked(off: Any, start: float, low: float, high: float) -> int:
    count = 0

    def seen(x: np.ndarray) -> np.ndarray:
        nonlocal count
        count += 1
        return np.asarray(off(x))

    descend(seen, np.array([[start]]), (np.array([low]), np.array([high])))
    return count


def test_a_step_that_changes_nothing_is_refused_and_refusals_are_counted_from_the_last_better_step() -> None:
    assert asked(lambda x: np.ones((len(x), 1)) + 0 * x, 0.5, -1.0, 1.0) == 1 + 8
    assert asked(lambda x: 1 + np.abs(x), 1.0, 0.0, 2.0) == 1 + 1 + 8


def test_a_gradient_up_to_the_very_limit_is_taken_forwards() -> None:
    values, gradient = _with_gradient(np.abs, np.array([[0.0]]), np.array([-1.0]), np.array([1e-4]))
    assert (values[0, 0], gradient[0, 0, 0]) == (0.0, 1.0)
    _, gradient = _with_gradient(np.abs, np.array([[0.0]]), np.array([-1.0]), np.array([0.9e-4]))
    assert gradient[0, 0, 0] == -1.0


# ---- models ------------------------------------------------------------------------------------------------


def test_a_model_of_the_same_values_is_no_part_of_another() -> None:
    two = {"storativity_ratio": 0.1, "interporosity_flow": 1e-6}
    slabs, other = fit(Model(rock="double_slabs"), **two), fit(Model(rock="double_pseudo_steady"), **two)
    assert Contest((slabs, other), (0.0, 1.0), 30.0).simplest is slabs


def test_half_of_the_storage_is_no_unlikely_share() -> None:
    half = fit(Model(rock="double_slabs"), storativity_ratio=0.5, interporosity_flow=1e-6)
    assert half.values["storativity_ratio"] == 0.5
    assert contest._unlikely(half) == 0


def test_a_misfit_at_the_noise_itself_leaves_a_second_edge_to_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault = fit(FAULT, misfit=0.4)
    monkeypatch.setattr(relatives, "ENOUGH", fault.misfit)
    assert relatives.second_edges([fit(misfit=1.0), fault]) == (Model(edges="channel"),)


def test_a_tenth_of_k_apart_is_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rivals, "told_apart_s", lambda *_: None)
    best, other = fit(), fit(FAULT, permeability_m2=1.3 * 30 * MD)
    found = Contest((best, other), (0.0, 1.0), 30.0)
    monkeypatch.setattr(rivals, "APART", abs(math.log(other.permeability_m2 / best.permeability_m2)))
    assert rivals.rivals(found, best, fitter().response) == ()


@pytest.mark.parametrize(("limit", "by"), [("THE_SAME", "both"), ("AGREES", "match")])
def test_a_line_at_a_limit_of_agreement_is_beyond_it(
    monkeypatch: pytest.MonkeyPatch, limit: str, by: str
) -> None:
    line = replace(LINE, permeability_m2=30 * MD * math.exp(-0.07))
    best = fit(FAULT)
    monkeypatch.setattr(told, limit, abs(math.log(line.permeability_m2 / best.permeability_m2)))
    assert speaks(best, fit(PLAIN), line=line)[0] == by


def test_a_model_at_the_noise_itself_hears_the_line_and_a_share_at_its_limit_is_not_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    best = fit(FAULT, misfit=0.4)
    monkeypatch.setattr(told, "ENOUGH", best.misfit)
    assert speaks(best, fit(PLAIN))[0] == "line"
    assert not told._Speaking(fitter(0.55), Contest((best,), (0.0,), 30.0), None, None).only_stored


def test_radial_flow_of_the_least_length_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    response = fitter().response
    monkeypatch.setattr(rivals, "radial_from_s", lambda *_: 1e3)
    length = math.log10(float(response.time_s[-1]) / 1e3)
    monkeypatch.setattr(told, "LEAST_RADIAL_CYCLES", length)
    assert told._reached(response, fit())
    monkeypatch.setattr(told, "LEAST_RADIAL_CYCLES", math.nextafter(length, 9.0))
    assert not told._reached(response, fit())


def test_a_plain_model_that_is_as_far_off_as_fair_is_does_not_say_where_the_line_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    likes: list[Fit | None] = []
    window = told._window

    def seen(response: Response, like: Fit | None, by_hand: Any) -> Window | None:
        likes.append(like)
        return window(response, like, by_hand)

    monkeypatch.setattr(told, "_window", seen)
    plain = asked_whole(monkeypatch, window=(2e3, 3e4)).match
    monkeypatch.setattr(told, "FAIR", plain.misfit)
    asked_whole(monkeypatch)
    assert likes == [plain, None]


# ---- drifts ------------------------------------------------------------------------------------------------


def test_a_drift_that_is_no_better_than_none_is_none_and_one_that_is_just_possible_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speaking, plain = fit(FAULT, misfit=0.3), fit(misfit=0.5)
    found = Contest((speaking, plain), (0.0, 60.0), 30.0)

    def drift(misfit: float) -> drifting.Drift | None:
        laid = SimpleNamespace(fit=lambda *_, **__: fit(misfit=misfit))
        monkeypatch.setattr(fitting, "fitter", lambda _: laid)
        return drift_alike(BUILD_UP, cast(Fitter, None), found, speaking)

    monkeypatch.setattr(drifting, "PLAUSIBLE", 1e9)
    assert drift(0.5) is None
    better = drift(0.4)
    assert better is not None
    monkeypatch.setattr(drifting, "PLAUSIBLE", -better.ahead)
    assert drift(0.4) is not None
    monkeypatch.setattr(drifting, "PLAUSIBLE", math.nextafter(-better.ahead, 0.0))
    assert drift(0.4) is None


def test_a_tenth_of_k_beside_a_drift_is_the_same_well(monkeypatch: pytest.MonkeyPatch) -> None:
    answer, other = fit(FAULT), fit(permeability_m2=1.3 * 30 * MD)
    apart = abs(math.log(other.permeability_m2 / answer.permeability_m2))
    monkeypatch.setattr(drifting, "OTHER_K", apart)
    assert not drifting.Drift(0.1, other, 1.0).contradicts(answer, ROCK)
    monkeypatch.setattr(drifting, "OTHER_K", math.nextafter(apart, 0.0))
    assert drifting.Drift(0.1, other, 1.0).contradicts(answer, ROCK)


@pytest.mark.parametrize(("drifted_pa", "drifts"), [(0.998, False), (1.004, True)])
def test_a_pascal_over_the_whole_record_is_the_least_drift(drifted_pa: float, drifts: bool) -> None:
    """From the first of a hundred and twenty moments to the last."""
    at = np.arange(120) * 60.0
    true = 2e7 + 1e6 * (1 - np.exp(-at / 3000))
    found = compared(at, true + drifted_pa * at / at[-1], at, true)
    assert found is not None
    assert found.drifts is drifts
