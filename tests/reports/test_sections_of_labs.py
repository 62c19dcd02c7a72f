"""The section of a laboratory's analyses: what is printed, what is drawn, what a limit says."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.errors import KnownError
from app.reports.sections import (
    lab,
)
from tests.reports.test_sections_of_records import DAY
from tests.reports.told import (
    AT,
    EN,
    cells,
    charts,
    facts,
    filed,
    made,
    nothing,
    table,
    words,
)

# Laboratory


def a_result(parameter: str, value: float | None, days: float = 0.0, **told: object) -> object:
    unit = "кг/м³" if parameter == "water_density" else "мг/л"
    return filed("lab_result", AT - days * DAY, parameter=parameter, value=value, unit=unit, **told)


def of_lab(*results: object, **options: object) -> list[object]:
    return made(lab.SECTION, facts(records=results), **options)


def test_without_an_analysis_nothing_but_that_is_said() -> None:
    assert nothing(of_lab()) == "No data for the period."


def test_a_result_is_printed_as_its_protocol_has_it() -> None:
    shown = table(
        of_lab(
            a_result("solids", 862.0, sample="17", method="GOST 6370"),
            a_result("chlorides", 0.05, 1, qualifier="<"),
            a_result("iron", None, 2, qualifier="н/о"),
            a_result("salts", None, 3),
        )
    )
    assert cells(shown, "Result") == ["862", "<0.05", "н/о", "—"]
    assert cells(shown, "Unit") == ["mg/l"] * 4
    assert cells(shown, "Sample no.") == ["17", "", "", ""]
    assert cells(shown, "Method") == ["GOST 6370", "", "", ""]
    assert cells(shown, "Sampled") == [AT, AT - DAY, AT - 2 * DAY, AT - 3 * DAY]
    assert cells(shown, "Limit") == ["≤ 500, exceeded", "", "", ""]


def test_a_column_that_says_nothing_anywhere_is_left_out_but_never_the_result() -> None:
    shown = table(of_lab(a_result("iron", None)))
    assert [column.title for column in shown.columns] == ["Sampled", "Parameter", "Result", "Unit"]


@pytest.mark.parametrize(
    ("value", "qualifier", "said"),
    [
        (500.0, "", "≤ 500"),
        (500.1, "", "≤ 500, exceeded"),
        (600.0, "<", "≤ 500"),
        (600.0, "≤", "≤ 500"),
        (600.0, ">", "≤ 500, exceeded"),
        (None, "н/о", "≤ 500"),
    ],
)
def test_a_limit_is_exceeded_only_by_what_is_known_to_be_more(
    value: float | None, qualifier: str, said: str
) -> None:
    """`<600` may be anything below: nobody may read that it is over 500."""
    shown = table(of_lab(a_result("solids", value, qualifier=qualifier)))
    assert cells(shown, "Limit") == [said]


def test_limits_are_read_from_the_option_and_a_wrong_one_is_named() -> None:
    assert lab.limits_of({"limits": " solids=500 , chlorides = 0.5,, "}) == {
        "solids": 500.0,
        "chlorides": 0.5,
    }
    assert lab.limits_of({"limits": ""}) == {}
    for wrong in ("sand=5", "solids", "solids=much"):
        with pytest.raises(KnownError) as told:
            lab.limits_of({"limits": f"chlorides=1, {wrong}"})
        assert told.value.code == "report_option"
        assert told.value.details["value"] == wrong
        assert told.value.details["place"] == "lab"
        assert "solids" in str(told.value.details["known"])


def test_a_limit_under_ten_keeps_its_decimals() -> None:
    results = (a_result("chlorides", 0.7), a_result("solids", 3.0, 1))
    shown = table(of_lab(*results, limits="chlorides=0.55, solids=10"))
    assert cells(shown, "Limit") == ["≤ 0.55, exceeded", "≤ 10"]


def test_only_what_was_measured_three_times_is_drawn_those_with_a_limit_first() -> None:
    results = [
        *(a_result("chlorides", 10.0 + n, n) for n in range(5)),
        *(a_result("solids", 400.0 + n, n + 0.1) for n in range(3)),
        *(a_result("salts", 1.0, n + 0.2) for n in range(2)),
        a_result("salts", 1.0, 5, qualifier="<"),
        *(a_result("iron", 1.0, n + 0.3) for n in range(4)),
    ]
    drawn = [chart.title for chart in charts(of_lab(*results, charts=9))]
    assert drawn == [
        f"{EN.say('lab.solids')}, mg/l",
        f"{EN.say('lab.chlorides')}, mg/l",
        f"{EN.say('lab.iron')}, mg/l",
    ]
    assert len(charts(of_lab(*results, charts=1))) == 1
    assert charts(of_lab(*results, charts=0)) == []


def test_an_analysis_over_time_begins_with_the_oldest_and_has_its_limit() -> None:
    results = [a_result("solids", 400.0 + 100 * n, n) for n in range(3)]
    (chart,) = charts(of_lab(*results))
    assert chart.pens[0].y == pytest.approx([600.0, 500.0, 400.0])
    assert np.diff(chart.pens[0].x) == pytest.approx([86_400.0] * 2)
    assert [(one.at, one.name, one.serious) for one in chart.levels] == [(500.0, "limit", True)]
    assert chart.time_axis
    assert chart.y_title == "mg/l"
    assert chart.pens[0].name == ""
    (without,) = charts(of_lab(*results, limits=""))
    assert without.levels == ()


def test_a_result_below_detection_is_drawn_apart_and_hollow() -> None:
    results = [*(a_result("solids", 40.0, n) for n in range(3)), a_result("solids", 5.0, 3, qualifier="<")]
    (chart,) = charts(of_lab(*results))
    measured, below = chart.pens
    assert measured.name == "Result"
    assert list(measured.y) == [40.0] * 3
    assert below.name == "limit of detection"
    assert list(below.y) == [5.0]
    assert below.hollow
    assert below.points
    assert not below.line


def test_no_more_results_than_asked_for_are_printed() -> None:
    results = [a_result("solids", float(n), n) for n in range(4)]
    blocks = of_lab(*results, most=3)
    assert cells(table(blocks), "Result") == ["0", "1", "2"]
    assert "And 1 more rows." in words(blocks)
    assert "more rows" not in words(of_lab(*results, most=4))
