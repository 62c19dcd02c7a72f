"""Traffic lights on both sides of each limit, and the permissible load as the diagram's other reading."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.limits import LIMITS, light, permissible_load_n, worst_goodman
from app.analysis.cards.stress import goodman_fraction
from app.models.cards import RodSection


def rod(tensile: float | None = 793e6, service: float = 1.0) -> RodSection:
    return RodSection(500.0, 0.022225, 3.31, 2.1e11, 4_963.0, tensile, service)


@pytest.mark.parametrize("measure", sorted(LIMITS))
def test_each_light_turns_at_its_limits(measure: str) -> None:
    watch, act = LIMITS[measure]
    towards_bad = 1 if act > watch else -1
    assert light(measure, watch) == "watch"
    assert light(measure, watch - towards_bad * 1e-6) == "ok"
    assert light(measure, act) == "act"
    assert light(measure, act - towards_bad * 1e-6) == "watch"
    assert light(measure, act + towards_bad * 10) == "act"
    assert light(measure, watch - towards_bad * 10) == "ok"


@pytest.mark.parametrize(
    ("measure", "well", "watched", "acted_on"),
    [
        ("fillage", 0.86, 0.84, 0.59),
        ("goodman_fraction", 0.89, 0.91, 1.01),
        ("load_fraction", 0.89, 0.91, 1.01),
        ("beam_load_fraction", 0.89, 0.91, 1.01),
        ("system_efficiency", 0.36, 0.34, 0.19),
    ],
)
def test_the_lights_turn_where_the_page_and_the_protocol_say(
    measure: str, well: float, watched: float, acted_on: float
) -> None:
    assert [light(measure, value) for value in (well, watched, acted_on)] == ["ok", "watch", "act"]
    between = (LIMITS[measure][0] + LIMITS[measure][1]) / 2
    assert light(measure, between) == "watch"


def test_every_light_has_its_row_above() -> None:
    assert sorted(LIMITS) == [
        "beam_load_fraction",
        "fillage",
        "goodman_fraction",
        "load_fraction",
        "system_efficiency",
    ]


def test_a_figure_with_one_limit_for_both_lights_is_bad_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "both", (1.0, 1.0))
    assert [light("both", value) for value in (0.9, 1.0, 1.1)] == ["ok", "act", "act"]


def test_a_full_pump_is_well_and_an_empty_one_is_not() -> None:
    assert [light("fillage", value) for value in (1.0, 0.7, 0.0)] == ["ok", "watch", "act"]
    assert [light("load_fraction", value) for value in (0.0, 0.95, 1.2)] == ["ok", "watch", "act"]


def test_what_has_no_limit_or_no_value_has_no_light() -> None:
    assert light("pump_power_w", 1e4) == ""
    assert light("fillage", None) == ""
    assert light("fillage", 0.0) == "act", "nothing is a value too"


@given(lowest=st.floats(-20e3, 60e3), service=st.floats(0.8, 1.0))
def test_at_the_permissible_load_the_section_is_fully_used(lowest: float, service: float) -> None:
    section = rod(service=service)
    highest = permissible_load_n(section, lowest)
    assert highest is not None
    area = section.area_m2
    assert goodman_fraction(highest / area, lowest / area, 793e6, service) == pytest.approx(1.0, rel=1e-9)


def test_without_the_tensile_strength_no_load_is_known_to_be_permissible() -> None:
    assert permissible_load_n(rod(None), 20e3) is None


def analysis(rows: list[dict[str, Any]] | None) -> CardAnalysis:
    return cast(CardAnalysis, SimpleNamespace(measures={"rods": rows}))


def test_the_worst_section_speaks_for_the_string() -> None:
    rows = [{"goodman_fraction": value} for value in (0.4, None, 0.9, 0.7)]
    assert worst_goodman(analysis(rows)) == 0.9


def test_where_no_section_is_known_none_is_the_worst() -> None:
    assert worst_goodman(analysis(None)) is None
    assert worst_goodman(analysis([])) is None
    assert worst_goodman(analysis([{"goodman_fraction": None}])) is None
    assert worst_goodman(analysis([{"goodman_fraction": 0.0}])) == 0.0
