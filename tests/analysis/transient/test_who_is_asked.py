"""What an interpretation asks of its parts and what it makes of their answers: which window, how long a test
should have been, what else makes the same well, storage off the first points.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import contest, radial, rivals
from app.analysis.transient import interpret as told
from app.analysis.transient.contest import Contest
from app.analysis.transient.drifting import Drift
from app.analysis.transient.fitting import Fit
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.analysis.transient.regimes import Regime
from app.analysis.transient.rivals import Rival
from tests.analysis.transient.test_contest import MD, RATE, ROCK, record, seen
from tests.analysis.transient.test_interpret import LINE, fit, fitter, speaks, whole, window

PLAIN, FAULT, CIRCLE = Model(), Model(edges="fault"), Model(edges="circle")


# ---- which window ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("like", [None, fit(misfit=1.5)])
def test_a_line_is_looked_for_from_where_storage_leaves_three_tenths(
    monkeypatch: pytest.MonkeyPatch, like: Fit | None
) -> None:
    response, asked = record(PLAIN, 48.0), []

    def find(of: Response, start_s: float) -> Any:
        asked.append((of, start_s))
        return window()

    monkeypatch.setattr(radial, "find", find)
    assert told._window(response, like, None) == window()
    assert asked == [(response, rivals.radial_from_s(response, like, 0.3) if like else 0.0)]


def test_where_nothing_is_straight_an_exact_models_radial_flow_is_the_window_to_the_last_sample(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    response, like = record(PLAIN, 48.0), fit(misfit=0.69)
    monkeypatch.setattr(radial, "find", lambda *_: None)
    found = told._window(response, like, None)
    assert found is not None
    begins = response.time_s >= rivals.radial_from_s(response, like, 0.1)
    assert (found.from_s, found.to_s) == (response.time_s[begins][0], response.time_s[-1])
    assert told._window(response, None, None) is None
    monkeypatch.setattr(told, "EXACT", like.misfit)
    assert told._window(response, like, None) is None, "at the limit itself it is like the well and is not it"


@pytest.mark.parametrize(
    ("edges", "misfit", "ratio", "miss"),
    [
        ("composite", 0.8, 0.9, True),
        ("composite", 0.8, 1.0, False),  # as much beyond the circle as within
        ("composite", 0.8, 1.5, False),
        ("composite", told.EXACT, 0.9, True),
        ("composite", 0.69, 0.9, False),  # it is the well
        ("circle", 0.8, 0.9, False),
    ],
)
def test_rings_miss_where_the_outer_one_conducts_less_and_they_are_not_the_well(
    edges: str, misfit: float, ratio: float, miss: bool
) -> None:
    like = SimpleNamespace(
        model=SimpleNamespace(edges=edges), misfit=misfit, values={"permeability_ratio": ratio}
    )
    assert bool(told._rings_miss(cast(Fit, like))) is miss
    levels = tuple(
        Regime(name, at, 3 * at, 1e4) for name, at in (("radial", 1.0), ("radial", 9.0), ("unit", 99.0))
    )
    outer = told._outer(cast(Contest, SimpleNamespace(simplest=like)), levels)
    assert outer == ((9.0, 27.0) if miss else None)


@pytest.mark.parametrize(("share", "reached"), [(0.99, True), (1.01, False)])
def test_radial_flow_is_reached_with_three_tenths_of_a_cycle_of_it(
    monkeypatch: pytest.MonkeyPatch, share: float, reached: bool
) -> None:
    response, asked = fitter().response, []

    def begins(of: Response, like: Fit, left: float) -> float:
        asked.append(left)
        return float(of.time_s[-1]) / 10**0.3 * share

    monkeypatch.setattr(rivals, "radial_from_s", begins)
    assert told._reached(response, fit()) is reached
    assert asked == [0.1]


def test_how_long_a_test_should_have_been_is_when_a_tenth_is_left_and_three_tenths_of_a_cycle_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rivals, "highest_permeability_m2", lambda *_: 7e-14)
    heard = cast(Any, SimpleNamespace(fitter=None, found=None))
    for times, until in ((0.4, None), (20.0, 20.0), (400.0, 400.0), (600.0, None)):
        monkeypatch.setattr(rivals, "radial_from_s", lambda *_, t=times: t * 86_400.0 if _[2] == 0.1 else 1.0)
        found = told._bounded(whole("nobody"), heard)
        [(code, details)] = found.remarks
        assert found.upper_bound_m2 == 7e-14
        assert details["upper_bound"] == 7e-14
        if until is None:
            assert (code, details["until"]) == ("no_radial_flow", None)
        else:
            assert code == "no_radial_flow_until"
            assert details["until"] == pytest.approx(until * 86_400 * 10**0.3)


# ---- who speaks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "only"),
    [
        ((0.9, 0.5, 0.5, 0.6, 0.6, 0.6), True),
        ((0.9, 0.6, 0.5, 0.5, 0.6, 0.5), False),
        ((0.5, 0.54) * 3, False),
    ],
)
def test_the_wellbore_ruled_to_the_end_where_three_of_the_last_five_say_so(
    shares: tuple[float, ...], only: bool
) -> None:
    of = fitter()
    slope = np.array(of.slope_pa)
    slope[-6:] = np.array(shares) * 1e6
    slope[-6] = 0.0 if only else 9e6
    heard = told._Speaking(cast(Any, SimpleNamespace(response=of.response, slope_pa=slope)), None, None, None)  # type: ignore[arg-type]
    assert heard.only_stored is only


@pytest.mark.parametrize(("worth", "long"), [(0.3, True), (0.29, False)])
def test_a_line_is_long_from_three_tenths_on_and_needs_both_window_and_line(worth: float, long: bool) -> None:
    found = Contest((fit(),), (0.0,), 30.0)
    assert told._Speaking(fitter(), found, window(worth), LINE).line_is_long is long
    assert not told._Speaking(fitter(), found, None, LINE).line_is_long
    assert not told._Speaking(fitter(), found, window(), None).line_is_long


@pytest.mark.parametrize("limit", ["FAIR", "EXACT"])
def test_a_misfit_at_a_limit_is_beyond_it(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    one = fit(misfit=1.0, unsure=0.04)
    monkeypatch.setattr(told, limit, one.misfit)
    assert speaks(one) == (("line", PLAIN, ["match_poor"]) if limit == "FAIR" else ("line", PLAIN, []))
    fault = fit(FAULT, misfit=1.0)
    if limit == "FAIR":
        assert speaks(fault, fit(PLAIN, misfit=3.0)) == ("line", FAULT, ["model_does_not_fit"])


def test_a_model_is_precise_within_a_twentieth(monkeypatch: pytest.MonkeyPatch) -> None:
    one = fit(misfit=1.5, unsure=0.0255)
    assert speaks(one)[0] == "match"
    assert speaks(fit(misfit=1.5, unsure=0.0256))[0] == "line"
    monkeypatch.setattr(told, "PRECISE", 1.96 * float(one.spread[0]))
    assert speaks(one)[0] == "line"


# ---- what else it may be -----------------------------------------------------------------------------------


def test_other_edges_a_neighbour_and_a_drift_are_told_beside_the_model_that_speaks() -> None:
    answer, near, far = fit(FAULT), fit(CIRCLE, boundary_radius_m=300.0), fit(PLAIN)
    found = Contest((answer, near, far), (0.0, 3.0, 9.0), 30.0)
    drift = Drift(0.05, fit(skin=1.5, permeability_m2=20 * MD))
    said = told._alike(found, answer, (), drift)
    assert said == (
        ("models_alike", {"model": "fault", "models": ["circle"]}),
        ("edge_or_neighbour", {}),
        (
            "drift_alike",
            {"drift": 0.05, "permeability": pytest.approx(20 * MD, rel=1e-9, abs=0), "skin": 1.5},
        ),
    )
    assert told._alike(found, answer, (Rival(near, 1.0, None),), None) == (("edge_or_neighbour", {}),)


@pytest.mark.parametrize(
    ("model", "values", "edge"),
    [
        (Model(rock="double_slabs"), {"storativity_ratio": 0.1, "interporosity_flow": 1e-6}, False),
        (CIRCLE, {"boundary_radius_m": 300.0}, True),
    ],
)
def test_an_edge_may_be_a_neighbour_and_other_rock_is_none(
    model: Model, values: dict[str, float], edge: bool
) -> None:
    answer = fit(model, **values)
    said = told._alike(Contest((answer,), (0.0,), 30.0), answer, (), None)
    assert said == ((("edge_or_neighbour", {}),) if edge else ())


def asked_whole(
    monkeypatch: pytest.MonkeyPatch, drift: Drift | None = None, alike: tuple[Model, ...] = (), **more: Any
) -> told.Interpretation:
    """A test of four days beside a fault, of which the contest is worked out once."""
    of, found = seen(96.0)
    monkeypatch.setattr(contest, "contest", lambda *_: found)
    monkeypatch.setattr(told, "drift_alike", lambda *_: drift)
    monkeypatch.setattr(rivals, "as_likely", lambda *_: alike)
    return told.interpret(record(FAULT, 96.0), **more)


def test_a_fault_that_the_contest_speaks_for_is_the_answer_with_its_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = asked_whole(monkeypatch, alike=(CIRCLE,))
    assert found.by == "match"
    assert [code for code, _ in found.remarks] == ["model_chosen", "models_alike", "edge_or_neighbour"]
    assert found.match.model == FAULT
    assert found.permeability_m2 == found.match.permeability_m2 == pytest.approx(30 * MD, rel=0.02, abs=0)
    assert found.skin == pytest.approx(3.0, abs=0.15)
    assert found.storage_m3_per_pa == found.match.storage_m3_per_pa
    assert found.upper_bound_m2 is None
    assert found.p_star_pa == (found.horner.p_star_pa if found.horner else None)


def test_a_drift_that_makes_another_well_leaves_nobody_to_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Drift(0.1, fit(permeability_m2=60 * MD), ahead=1.0)
    found = asked_whole(monkeypatch, other)
    assert (found.by, found.permeability_m2, found.skin, found.rivals) == ("nobody", None, None, ())
    assert [code for code, _ in found.remarks] == [
        "model_chosen",
        "edge_or_neighbour",
        "drift_alike",
        "drift_contradicts",
    ]
    assert found.upper_bound_m2 is None
    same = Drift(0.1, replace(other.fit, vector=seen(96.0)[1].best.vector[:3]), ahead=1.0)
    assert asked_whole(monkeypatch, same).by == "match"
    by_hand = asked_whole(monkeypatch, other, model=FAULT)
    assert by_hand.by == "match", "whose model it is has decided"


def test_rivals_are_asked_where_the_model_speaks_and_not_where_the_line_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Rival(fit(PLAIN), 9.0, 1e6)
    monkeypatch.setattr(rivals, "rivals", lambda *_: (other,))
    found = asked_whole(monkeypatch)
    assert found.rivals == (other,)
    assert "model_ambiguous_until" in [code for code, _ in found.remarks]
    line = asked_whole(monkeypatch, window=(2e3, 3e4))
    assert (line.by, line.rivals, line.match.model) == ("line", (), PLAIN)
    assert line.storage_m3_per_pa == line.match.storage_m3_per_pa
    monkeypatch.setattr(told, "FAIR", line.match.misfit)
    poor = asked_whole(monkeypatch, window=(2e3, 3e4))
    assert poor.storage_m3_per_pa == told._storage_of(poor.response) != line.storage_m3_per_pa


# ---- storage off the first points --------------------------------------------------------------------------


def bent(*changes: float) -> Response:
    time_s = np.arange(1.0, len(changes) + 1)
    return Response(time_s, 1e7 + np.array(changes), 1e7, -RATE, (), False, ROCK)


def test_storage_is_of_the_first_four_samples_that_moved() -> None:
    """Their middle; what comes fifth does not count, nor what stood at nothing."""
    of = told._storage_of(bent(0.0, 2.0, 3.0, 4.0, 5.0, 99.0, 99.0))
    assert of == pytest.approx(RATE * 1.2)
    uneven = told._storage_of(bent(1.1, 2.0, 3.1, 4.0, 90.0))
    assert uneven == pytest.approx(RATE * 1.2 * np.median([1 / 1.1, 1.0, 3 / 3.1, 1.0]))
    assert told._storage_of(bent(1.0, 2.0, 3.0, 70.0, 80.0)) is None, "the fourth counts for the slope"
    assert told._storage_of(bent(1.0, 2.0, 3.0, 4.0, 9000.0)) is not None, "and the fifth does not"


def test_of_four_samples_the_slope_is_asked_and_of_fewer_it_is_believed() -> None:
    assert told._storage_of(bent(1.0, 1.1, 1.2, 1.3)) is None
    assert told._storage_of(bent(1.0, 1.1, 1.2)) is not None
    assert told._storage_of(bent(0.0, 1.0)) is None
