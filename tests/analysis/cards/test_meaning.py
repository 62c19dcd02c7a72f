"""A figure that the card's own finding makes meaningless is not determined, and the finding is named."""

from __future__ import annotations

import pytest

from app.analysis import examples
from app.analysis.cards.meaning import OF_THE_PUMP, WITHHELD, meaningful


def test_parted_rods_have_no_fillage_no_intake_pressure_and_no_load_lines() -> None:
    whole = examples.card()
    told = meaningful(whole, [("rods_parted", 0.9, ())])
    assert all(told.measures[name] is None for name in OF_THE_PUMP)
    assert told.lines is None
    assert not told.ranges
    assert told.measures["surface_stroke_m"] == whole.measures["surface_stroke_m"]
    [remark] = told.remarks[len(whole.remarks) :]
    assert remark.details["finding"] == "rods_parted"
    assert "fillage" in remark.details["measures"]


@pytest.mark.parametrize(
    "code", [code for code in WITHHELD if code not in ("load_offset", "light_but_lifting")]
)
def test_what_is_hardly_said_takes_no_figure_away(code: str) -> None:
    assert meaningful(examples.card(), [(code, 0.49, ())]) is examples.card()


def test_a_cell_that_is_off_takes_absolute_loads_and_leaves_the_fillage() -> None:
    told = meaningful(examples.card(), [("sensor_fault", 0.8, ("load_offset",))])
    assert told.measures["peak_polished_rod_load_n"] is None
    assert told.measures["gearbox"] is None
    assert told.measures["fillage"] is not None


def test_a_leak_takes_the_inferred_rate_and_leaves_the_stroke() -> None:
    told = meaningful(examples.card(), [("traveling_valve_leak", 0.7, ())])
    assert told.measures["inferred_liquid_m3_per_s"] is None
    assert told.measures["net_stroke_m"] is not None


def test_a_figure_already_undetermined_is_not_told_twice() -> None:
    once = meaningful(examples.card(), [("rods_parted", 0.9, ())])
    assert meaningful(once, [("traveling_valve_leak", 0.9, ())]) is once


@pytest.mark.parametrize(
    "first", [("rods_parted", 0.4, ()), ("healthy", 0.9, ())], ids=["unsure", "of no figure"]
)
def test_a_finding_that_takes_nothing_keeps_the_next_from_nothing(
    first: tuple[str, float, tuple[str, ...]],
) -> None:
    told = meaningful(examples.card(), [first, ("traveling_valve_leak", 0.7, ())])
    assert told.measures["inferred_liquid_m3_per_s"] is None
    assert [remark.details["finding"] for remark in told.remarks if remark.code == "not_meant"] == [
        "traveling_valve_leak"
    ]
    assert told.lines is not None


def test_a_finding_that_is_as_likely_as_not_takes_its_figures_away() -> None:
    told = meaningful(examples.card(), [("traveling_valve_leak", 0.5, ())])
    assert told.measures["inferred_liquid_m3_per_s"] is None
