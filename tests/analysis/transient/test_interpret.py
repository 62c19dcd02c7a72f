"""Who speaks for a well test: each case put together by hand, and what is said with it."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.analysis.transient import interpret as told
from app.analysis.transient.contest import Contest
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.interpret import Interpretation, interpret
from app.analysis.transient.models import Model
from app.analysis.transient.radial import Window
from app.analysis.transient.record import Formation, Response
from app.analysis.transient.rivals import Rival
from app.analysis.transient.semilog import Line
from tests.analysis.transient.test_contest import MD, RATE, ROCK, WELL, record

K = 30 * MD
PLAIN, FAULT = Model(), Model(edges="fault")


def fit(model: Model = PLAIN, *, misfit: float = 0.5, unsure: float = 0.0, **values: float) -> Fit:
    """RMS of the residuals is `misfit`; `unsure`: how far ln k moves with other noise."""
    vector = model.searched({**WELL, **values})
    residuals = misfit * np.resize([1.0, -1.0], 40)
    free = np.ones(len(vector), bool)
    found = Fit(model, vector, residuals, np.zeros((40, len(vector))), 1e3, 0.01, free)
    found.__dict__["spread"] = np.full(len(vector), unsure)
    return found


LINE = Line(1e5, 2e7, 2.1e7, K, 1e-16, 3.0, 500.0)


def window(worth: float = 1.0) -> Window:
    return Window(slice(10, 20), 1e3, 1e4, 4e4, 1e3, worth)


def fitter(share: float = 0.2) -> Fitter:
    """`share`: the derivative over the change at the end of a test of a day."""
    time_s = np.geomspace(5, 86_400, 30)
    response = Response(time_s, 1e7 + np.full(30, 1e6), 1e7, RATE, ((30 * 86_400.0, RATE),), False, ROCK)
    return cast(Fitter, SimpleNamespace(response=response, slope_pa=share * np.full(30, 1e6)))


def speaks(
    *fits: Fit,
    scores: tuple[float, ...] = (),
    worth: float | None = 1.0,
    line: Line | None = LINE,
    share: float = 0.2,
    by_hand: bool = False,
) -> tuple[str, Model, list[str]]:
    found = Contest(fits, scores or tuple(20.0 * n for n in range(len(fits))), 30.0)
    heard = told._Speaking(fitter(share), found, None if worth is None else window(worth), line)
    by, answer, remarks = told._spoken(heard, by_hand)
    return by, answer.model, [code for code, _ in remarks]


# ---- the plain model ---------------------------------------------------------------------------------------


def test_a_plain_model_at_the_noise_speaks_alone_where_it_is_sure_and_radial_flow_was_reached() -> None:
    assert speaks(fit(misfit=0.5)) == ("match", PLAIN, [])
    assert speaks(fit(misfit=0.5, unsure=0.2)) == ("nobody", PLAIN, [])


def test_before_radial_flow_even_an_exact_model_is_silent() -> None:
    """So much storage that the plateau comes after weeks."""
    assert speaks(fit(misfit=0.5, wellbore_storage_m3_per_pa=1e-5)) == ("nobody", PLAIN, [])


def test_a_fair_model_speaks_where_it_is_precise_and_else_the_line() -> None:
    """1.96 of 2 % and of 4 % are on either side of 5 %."""
    assert speaks(fit(misfit=1.5, unsure=0.02)) == ("match", PLAIN, [])
    assert speaks(fit(misfit=1.5, unsure=0.04)) == ("line", PLAIN, [])


def test_a_short_line_and_a_fair_model_speak_together() -> None:
    assert speaks(fit(misfit=1.5, unsure=0.04), worth=0.29) == ("both", PLAIN, ["radial_flow_just_reached"])
    assert speaks(fit(misfit=1.5, unsure=0.04), worth=0.3) == ("line", PLAIN, [])


def test_without_a_line_a_sure_model_speaks_and_one_that_is_not_does_not() -> None:
    assert speaks(fit(misfit=1.5, unsure=0.04), worth=None, line=None) == ("match", PLAIN, [])
    assert speaks(fit(misfit=1.5, unsure=0.2), worth=None, line=None) == ("nobody", PLAIN, [])


def test_a_line_beside_a_model_that_does_not_fit_says_so() -> None:
    assert speaks(fit(misfit=3.0)) == ("line", PLAIN, ["match_poor"])
    assert speaks(fit(misfit=3.0), worth=0.2) == ("nobody", PLAIN, [])


# ---- a richer model ----------------------------------------------------------------------------------------


def test_a_richer_model_must_be_ten_better_to_be_heard() -> None:
    both = (fit(FAULT), fit(PLAIN))
    assert speaks(*both, scores=(0.0, 9.9))[:2] == ("match", PLAIN)
    assert speaks(*both, scores=(0.0, 10.0), line=None) == ("match", FAULT, ["model_chosen"])


def test_a_richer_model_that_leaves_k_open_is_seen_and_not_heard() -> None:
    assert speaks(fit(FAULT, unsure=0.2), fit(PLAIN), line=None) == ("nobody", FAULT, ["model_chosen"])


def test_a_well_that_stored_to_the_end_tells_nothing_whatever_fits() -> None:
    assert speaks(fit(FAULT), fit(PLAIN), share=0.56) == ("nobody", FAULT, [])
    assert speaks(fit(FAULT), fit(PLAIN), share=0.54, line=None)[0] == "match"


def test_where_no_model_fits_a_long_line_speaks_and_the_nearest_models_are_named() -> None:
    poor = (fit(FAULT, misfit=2.5), fit(PLAIN, misfit=4.0))
    assert speaks(*poor) == ("line", FAULT, ["model_does_not_fit"])
    assert speaks(*poor, worth=0.2) == ("nobody", FAULT, ["model_does_not_fit"])
    assert told._does_not_fit(poor[0], Contest((*poor, *poor), (0, 1, 2, 3), 30.0)) == (
        ("model_does_not_fit", {"models": [FAULT.code, PLAIN.code, FAULT.code], "share": 0.01}),
    )


@pytest.mark.parametrize(
    ("apart", "by"), [(0.0, "line"), (0.049, "line"), (0.051, "both"), (0.099, "both"), (0.101, "match")]
)
def test_a_line_that_agrees_with_a_richer_model_is_heard_beside_it(apart: float, by: str) -> None:
    """By 5 % it needs no second voice, by 10 % both speak."""
    line = replace(LINE, permeability_m2=K * math.exp(-apart))
    assert speaks(fit(FAULT), fit(PLAIN), line=line) == (by, FAULT, ["model_chosen"])
    assert speaks(fit(FAULT), fit(PLAIN), line=line, worth=0.2)[0] == "match", "a short one is not"
    assert speaks(fit(FAULT, misfit=0.2), fit(PLAIN), line=line)[0] == "match", "nor beside an exact one"


def test_the_engineers_model_speaks_where_it_is_sure_and_is_told_where_it_does_not_fit() -> None:
    assert speaks(fit(FAULT), by_hand=True) == ("match", FAULT, [])
    assert speaks(fit(FAULT, unsure=0.2), by_hand=True) == ("nobody", FAULT, [])
    assert speaks(fit(FAULT, misfit=3.0), by_hand=True) == ("match", FAULT, ["model_does_not_fit"])


# ---- figures -----------------------------------------------------------------------------------------------


def whole(by: str, line: Line | None = LINE) -> Interpretation:
    of = fitter()
    nothing: Any = None
    return Interpretation(
        of.response,
        of.slope_pa,
        (),
        window(),
        line,
        line,
        fit(),
        (),
        nothing,
        nothing,
        1e-8,
        2e7,
        nothing,
        by,
    )


@pytest.mark.parametrize(
    ("by", "k", "skin"), [("match", 30.0, 3.0), ("line", 40.0, 5.0), ("both", math.sqrt(1200), 4.0)]
)
def test_k_and_skin_are_of_who_speaks_and_of_both_their_middle(by: str, k: float, skin: float) -> None:
    found = told._figured(whole(by, replace(LINE, permeability_m2=40 * MD, skin=5.0)))
    assert found.permeability_m2 is not None
    assert found.permeability_m2 / MD == pytest.approx(k)
    assert found.skin == pytest.approx(skin)


def test_how_far_a_test_saw_is_told_with_k_alone() -> None:
    """r = √(4·k·t/(φ·μ·c_t·e^γ)) or one like it: twice as far with four times k."""
    assert whole("match").investigated_m is None
    one, four = (replace(whole("match"), permeability_m2=k * K).investigated_m for k in (1, 4))
    assert one is not None
    assert one == pytest.approx(ROCK.investigated_m(K, 86_400.0))
    assert four == pytest.approx(2 * one)


def test_a_model_that_is_ambiguous_is_told_with_the_first_other_and_until_when() -> None:
    assert told._ambiguous(()) == ()
    other = Rival(fit(FAULT), 3.5, 1e6)
    details = {"model": FAULT.code, "permeability": pytest.approx(K, rel=1e-9, abs=0), "skin": 3.5}
    never = ("model_ambiguous", {**details, "until": None})
    assert told._ambiguous((other, replace(other, skin=9.0))) == (
        ("model_ambiguous_until", {**details, "until": 1e6}),
    )
    assert told._ambiguous((replace(other, until_s=None),)) == (never,)


# ---- storage -----------------------------------------------------------------------------------------------


def rising(power: float, count: int = 20, drawn_back: int = 0) -> Response:
    """1 kPa a second, or as that goes with another power; the first points went the other way."""
    time_s = np.arange(1.0, count + 1)
    change = 1e3 * time_s**power
    change[:drawn_back] = -1.0
    rock = Formation(1.2, 1e-3, 0.15, 10.0, 1.5e-9, 0.1)
    return Response(time_s, 1e7 + change, 1e7, RATE, ((30 * 86_400.0, RATE),), False, rock)


def test_storage_is_the_flow_over_the_rise_of_a_second_on_the_unit_slope() -> None:
    assert told._storage_of(rising(1.0)) == pytest.approx(RATE * 1.2 / 1e3)
    assert told._storage_of(rising(1.0, drawn_back=3)) == pytest.approx(RATE * 1.2 / 1e3)
    assert told._storage_of(rising(1.0, count=2)) == pytest.approx(RATE * 1.2 / 1e3)


@pytest.mark.parametrize(("power", "there"), [(0.69, False), (0.71, True), (1.29, True), (1.31, False)])
def test_a_test_that_begins_after_storage_has_none(power: float, there: bool) -> None:
    assert (told._storage_of(rising(power)) is not None) is there


def test_one_point_is_no_slope() -> None:
    assert told._storage_of(rising(1.0, count=1)) is None
    assert told._storage_of(rising(1.0, drawn_back=20)) is None


# ---- the whole ---------------------------------------------------------------------------------------------


def test_a_window_by_hand_makes_the_line_speak() -> None:
    found = interpret(record(PLAIN, 48.0), (2e4, 1.6e5), model=PLAIN)
    assert found.by == "line"
    assert found.window is not None
    assert (found.window.from_s, found.window.to_s) == pytest.approx((2e4, 1.6e5), rel=0.15)
    assert found.horner is not None
    assert found.mdh is not None
    assert found.permeability_m2 == pytest.approx(found.horner.permeability_m2, rel=1e-9, abs=0)
    assert found.skin == found.horner.skin
    assert found.p_star_pa == found.horner.p_star_pa
    assert found.permeability_m2 == pytest.approx(K, rel=0.03, abs=0)


def test_a_window_by_hand_in_which_there_is_no_line_leaves_it_to_the_model() -> None:
    found = interpret(record(PLAIN, 48.0), (1e9, 2e9), model=PLAIN)
    assert (found.window, found.horner, found.mdh, found.by) == (None, None, None, "match")
    assert found.permeability_m2 == pytest.approx(K, rel=0.03, abs=0)


def test_without_radial_flow_there_is_a_bound_and_when_it_would_have_come() -> None:
    """Two hundred times the storage: four hours end in the wellbore."""
    response = record(PLAIN, 4.0, wellbore_storage_m3_per_pa=1e-5)
    found = interpret(response, model=PLAIN)
    assert (found.by, found.permeability_m2, found.skin) == ("nobody", None, None)
    assert (found.window, found.horner, found.mdh, found.p_star_pa) == (None, None, None, None)
    assert found.upper_bound_m2 is not None
    assert found.upper_bound_m2 > K
    code, details = found.remarks[0]
    assert code == "no_radial_flow_until"
    assert details["upper_bound"] == found.upper_bound_m2
    assert 4 * 3600 < details["until"] < 4 * 3600 * 1e3
    assert found.storage_m3_per_pa == pytest.approx(1e-5, rel=0.05)
    assert found.rivals == ()
