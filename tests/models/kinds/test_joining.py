"""Papers of one day about one thing: what is added, what stands, what goes with what it was beside."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.kinds import KINDS
from app.models.kinds.joining import corrected, differing, followed, is_empty, joined, joins

PASSPORT = {"depth_m": 2100.0, "stages": 180, "model": "ЭЦН-50", "note": ""}
CURVE = {"curve": [{"flow": 0.0}], "curve_frequency_hz": 50.0, "curve_stages": 100}


def test_what_the_newer_paper_says_stands_and_what_it_does_not_name_stays() -> None:
    assert joined(PASSPORT, {"depth_m": 2150.0, "motor": "ПЭД"}) == {
        **PASSPORT,
        "depth_m": 2150.0,
        "motor": "ПЭД",
    }


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_empty_cell_takes_nothing_away(nothing: Any) -> None:
    assert joined(PASSPORT, {"depth_m": nothing}) == PASSPORT
    assert is_empty(nothing)


@pytest.mark.parametrize("something", [0, 0.0, False, " ", [0]])
def test_nought_and_no_are_something(something: Any) -> None:
    assert not is_empty(something)
    assert joined(PASSPORT, {"stages": something})["stages"] == something


def test_another_curve_takes_frequency_and_stages_of_the_old_one_along() -> None:
    other = {"curve": [{"flow": 1.0}]}
    assert joined({**PASSPORT, **CURVE}, other) == {**PASSPORT, **other}
    told = {**other, "curve_frequency_hz": 60.0}
    assert joined({**PASSPORT, **CURVE}, told) == {**PASSPORT, **told}


def test_the_same_curve_and_a_paper_without_one_leave_them() -> None:
    assert joined({**PASSPORT, **CURVE}, {"curve": CURVE["curve"]}) == {**PASSPORT, **CURVE}
    assert joined({**PASSPORT, **CURVE}, {"depth_m": 2100.0}) == {**PASSPORT, **CURVE}


def test_what_two_papers_say_otherwise_is_told_by_field() -> None:
    assert differing(PASSPORT, {"depth_m": 2150.0, "stages": 180, "model": "ЭЦН-80", "motor": "ПЭД"}) == [
        "depth_m",
        "model",
    ]
    assert differing(PASSPORT, {"note": "x", "depth_m": None}) == [], "of what one of them says nothing"


def test_a_figure_that_went_through_another_unit_and_back_is_the_same() -> None:
    """2,100 m in feet and back differs in the last digits; a millimetre does not."""
    assert differing(PASSPORT, {"depth_m": 2100.0 / 0.3048 * 0.3048 + 1e-9}) == []
    assert differing(PASSPORT, {"depth_m": 2100.01}) == ["depth_m"]
    assert differing({"model": "1"}, {"model": 1}) == ["model"], "a text is no figure"


def test_another_sheets_record_is_corrected_by_what_it_says_otherwise_and_by_nothing_else() -> None:
    assert corrected(PASSPORT, {"depth_m": 2150.0, "motor": "ПЭД"}) == {**PASSPORT, "depth_m": 2150.0}
    assert corrected(PASSPORT, {"motor": "ПЭД"}) is None
    assert corrected({**PASSPORT, **CURVE}, {"curve": [{"flow": 1.0}]}) == {
        **PASSPORT,
        "curve": [{"flow": 1.0}],
    }


def test_papers_join_where_the_kind_does_and_the_import_says_so() -> None:
    assert joins(KINDS["installation"], {"joins": True})
    assert not joins(KINDS["installation"], {})
    assert not joins(KINDS["installation"], {"joins": 1}), "written by nobody"
    assert not joins(KINDS["flow_test"], {"joins": True})


# ---- a record of a later day -------------------------------------------------------------------------------


def test_what_a_form_has_by_itself_takes_no_place_of_what_was_told_before() -> None:
    """A valve test lasts 15 s where nobody says how long."""
    kind = KINDS["valve_test"]
    assert kind.field("duration_s").default == 15.0
    assert followed(kind, {"duration_s": 40.0}, {"duration_s": 15.0}) == {"duration_s": 40.0}
    assert followed(kind, {"duration_s": 40.0}, {"duration_s": 20.0}) == {"duration_s": 20.0}
    assert followed(kind, {}, {"duration_s": 15.0}) == {"duration_s": 15.0}
    assert followed(kind, {"of_next_year": 1}, {"of_next_year": 2}) == {"of_next_year": 2}


def test_another_stroke_of_a_later_day_leaves_the_crank_of_the_one_before_behind() -> None:
    kind, known = KINDS["pumping_unit"], {"stroke_m": 3.0, "api_r_m": 1.2, "note": "x"}
    assert followed(kind, known, {"stroke_m": 2.5}) == {"stroke_m": 2.5, "note": "x"}
    assert followed(kind, known, {"stroke_m": 3.0}) == known
    assert followed(kind, known, {"stroke_m": 2.5, "api_r_m": 1.0}) == {
        "stroke_m": 2.5,
        "api_r_m": 1.0,
        "note": "x",
    }
