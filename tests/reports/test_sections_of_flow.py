"""Flow tests, levels and the pump on paper: what is shown, in which unit, and what is said without them."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from app.analysis.wells.flow import PumpView
from app.analysis.wells.modelled import Modelled, ModelResults
from app.analysis.wells.nodal import Nodal
from app.analysis.wells.produced import Volumes, produced
from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.core.units import DAY_S
from app.models.sensors import SENSORS
from app.models.wells import ESP, SRP
from app.reports.sections import flow, levels, pump
from tests.reports.told import (
    AT,
    EN,
    RU,
    SINCE,
    UNTIL,
    US,
    a_row,
    a_test,
    a_well,
    cells,
    charts,
    facts,
    filed,
    history,
    made,
    nothing,
    plain,
    table,
    words,
)

DAY = timedelta(days=1)


def of_tests(*rows: object, lift: str = SRP, **told: object) -> object:
    return facts(a_well(lift), flow=history(*rows, **told))


def test_without_a_test_nothing_but_that_is_said() -> None:
    assert nothing(made(flow.SECTION, of_tests())) == "No data for the period."
    assert nothing(made(flow.SECTION, of_tests(), RU)) == "Нет данных за период."


def test_a_paper_of_may_says_nothing_of_what_the_books_say_of_june() -> None:
    """Its table ended with May, and the words above it told June and sums with it."""
    begins = np.array([to_us(UNTIL.replace(month=month, day=1)) for month in (4, 5, 6)], np.int64)
    nan, oil = np.full(3, np.nan), np.array([300.0, 310.0, 600.0])
    books = produced(Volumes(begins, np.ones(3, bool), nan, oil, nan, nan, nan, nan))
    made_of = made(flow.SECTION, of_tests(produced=books))
    assert "In the month from 2026-05-01, a day at work: oil 10.0 m³/d." in words(made_of)
    assert "In all from 2026-04-01 to 2026-05-31 (2 records): oil 610.0 m³." in words(made_of)
    assert len(table(made_of).rows) == 2
    later = produced(Volumes(begins[2:], np.ones(1, bool), nan[2:], oil[2:], *[nan[2:]] * 4))
    assert nothing(made(flow.SECTION, of_tests(produced=later))) == "No data for the period."


def test_one_test_is_a_row_and_no_chart() -> None:
    """A chart of one point would show nothing but its frame."""
    one = a_row(
        a_test(
            120.0,
            oil_kg_per_s=30e3 / DAY_S,
            water_cut=0.705,
            gas_m3_per_s=4_000 / DAY_S,
            line_pressure_pa=12 * 101_325.0,
        ),
        virtual=118.5 / DAY_S,
        gor=94.6,
    )
    blocks = made(flow.SECTION, of_tests(one))
    assert charts(blocks) == []
    shown = table(blocks)
    (row,) = shown.rows
    assert row[0] == AT
    assert row[1:8] == pytest.approx((120.0, 30.0, 70.5, 4_000.0, 94.6, 12.0, 118.5))
    assert row[8] == "valid"
    assert [column.title for column in shown.columns] == [
        "Date and time",
        "Liquid, m³/d",
        "Oil, t/d",
        "Water cut, %",
        "Gas, m³/d",
        "GOR, m³/m³",
        "Line pr., atm",
        "By pump, m³/d",
        "Validity",
    ]
    assert [column.kind for column in shown.columns] == ["dated", *["number"] * 7, "text"]
    assert [column.digits for column in shown.columns] == [0, 1, 1, 1, 0, 0, 1, 1, 0]


def test_what_a_test_did_not_measure_stays_empty_and_is_no_zero() -> None:
    (row,) = table(made(flow.SECTION, of_tests(a_row(a_test(10.0))))).rows
    assert row[2:8] == (None,) * 6


def test_units_of_the_reader_are_in_the_header_and_in_the_numbers() -> None:
    shown = table(made(flow.SECTION, of_tests(a_row(a_test(158.987294928))), US))
    assert cells(shown, "Liquid, bbl/d") == pytest.approx([1_000.0])
    assert "Line pr., psi" in [column.title for column in shown.columns]


def test_every_doubt_is_told_beside_its_test() -> None:
    shown = table(made(flow.SECTION, of_tests(a_row(a_test(), "short", "jump")), RU))
    assert cells(shown, "Достоверность") == ["короче 2 ч; скачок против прошлых замеров"]


def test_the_newest_rows_are_printed_and_the_others_are_counted() -> None:
    rows = [a_row(a_test(10.0 + n, -n)) for n in range(5)]
    blocks = made(flow.SECTION, of_tests(*rows), most=3)
    assert cells(table(blocks), "Liquid, m³/d") == pytest.approx([10.0, 11.0, 12.0])
    assert "And 2 more rows." in words(blocks)
    assert "more rows" not in words(made(flow.SECTION, of_tests(*rows), most=5))


def test_a_test_in_doubt_is_drawn_apart_and_hollow() -> None:
    rows = [a_row(a_test(10.0, 0)), a_row(a_test(99.0, -1), "jump"), a_row(a_test(12.0, -2))]
    (chart,) = charts(made(flow.SECTION, of_tests(*rows)))
    good, doubtful = chart.pens
    assert good.name == "Liquid, test"
    assert good.y == pytest.approx([12.0, 10.0])
    assert good.x == pytest.approx([(AT - 2 * DAY).timestamp(), AT.timestamp()])
    assert doubtful.name == "in doubt"
    assert doubtful.y == pytest.approx([99.0])
    assert (good.hollow, doubtful.hollow) == (False, True)
    assert not good.line
    assert not doubtful.line
    assert good.points
    assert doubtful.points
    assert chart.time_axis
    assert chart.y_title == "Rate, m³/d"


def test_tests_without_doubts_have_no_pen_for_them() -> None:
    (chart,) = charts(made(flow.SECTION, of_tests(a_row(a_test(10.0)), a_row(a_test(11.0, -1)))))
    assert [pen.name for pen in chart.pens] == ["Liquid, test"]


def test_the_rate_by_the_pump_is_drawn_where_there_is_one_with_gaps() -> None:
    rows = [a_row(a_test(10.0), virtual=9.5 / DAY_S), a_row(a_test(11.0, -1))]
    (chart,) = charts(made(flow.SECTION, of_tests(*rows)))
    by_pump = chart.pens[1]
    assert by_pump.name == "By pump"
    assert np.isnan(by_pump.y[0])
    assert by_pump.y[1] == pytest.approx(9.5)


def test_water_cut_has_a_chart_of_its_own_only_where_it_was_measured() -> None:
    rows = [a_row(a_test(10.0, water_cut=0.25)), a_row(a_test(11.0, -1))]
    rate, cut = charts(made(flow.SECTION, of_tests(*rows)))
    assert cut.title == "Water cut"
    assert cut.y_title == "%"
    assert np.isnan(cut.pens[0].y[0])
    assert cut.pens[0].y[1] == pytest.approx(25.0)
    assert cut.window == rate.window
    assert cut.time_axis


def test_charts_can_be_left_out() -> None:
    rows = [a_row(a_test(10.0)), a_row(a_test(11.0, -1))]
    blocks = made(flow.SECTION, of_tests(*rows), charts=False)
    assert charts(blocks) == []
    assert len(table(blocks).rows) == 2


def test_only_of_an_esp_is_the_trust_in_the_rate_by_the_pump_told() -> None:
    said = "The rate by the pump differs from tests that it was not set by: 4.0 % (median)."
    told = words(made(flow.SECTION, of_tests(a_row(a_test()), lift=ESP, virtual_error=0.04)))
    assert said in told
    assert "rate by the pump" not in words(
        made(flow.SECTION, of_tests(a_row(a_test()), lift=SRP, virtual_error=0.04))
    )


def test_why_there_is_no_rate_by_the_pump_is_told() -> None:
    refused = KnownError("file_missing", file="curve.json")
    told = words(made(flow.SECTION, of_tests(a_row(a_test()), lift=ESP, pump_refused=refused)))
    assert EN.error(refused) in told
    assert "four tests" in words(made(flow.SECTION, of_tests(a_row(a_test()), lift=ESP)))


def test_a_model_is_drawn_beside_the_tests_and_told_in_a_sentence() -> None:
    time_us = np.array([to_us(AT - DAY), to_us(AT)])
    rates = np.array([90.0, 100.0]) / DAY_S
    series = Modelled("Eclipse", "2.1", "base", "liquid_rate", time_us, rates, np.full(2, np.nan), None)
    rows = [a_row(a_test(10.0)), a_row(a_test(11.0, -1))]
    blocks = made(flow.SECTION, of_tests(*rows, models=ModelResults((series,))))
    pen = charts(blocks)[0].pens[-1]
    assert pen.name == "Eclipse 2.1 base"
    assert pen.x == pytest.approx([(AT - DAY).timestamp(), AT.timestamp()])
    assert pen.y == pytest.approx([90.0, 100.0])
    assert "last 100.0 m³/d" in words(blocks)


def test_charts_have_the_period_as_their_frame_unless_the_tests_would_stand_in_a_corner() -> None:
    far = [a_row(a_test(10.0)), a_row(a_test(11.0, -19))]
    near = [a_row(a_test(10.0)), a_row(a_test(11.0, -2))]
    (wide,) = charts(made(flow.SECTION, of_tests(*far)))
    (narrow,) = charts(made(flow.SECTION, of_tests(*near)))
    assert wide.window == (SINCE.timestamp(), UNTIL.timestamp())
    assert narrow.window is None


# Levels


def of_levels(level_from: str = "shots", **told: object) -> dict[str, object]:
    time_us = np.array([to_us(AT - 15 * DAY), to_us(AT)])
    return {
        "level_time_us": time_us,
        "level_m": np.array([810.0, 905.0]),
        "level_from": level_from,
        **told,
    }


def test_without_a_level_nothing_but_that_is_said() -> None:
    assert nothing(made(levels.SECTION, of_tests())) == "No data for the period."


def test_levels_are_depths_drawn_downwards_with_the_pump_under_them() -> None:
    blocks = made(levels.SECTION, of_tests(**of_levels(pump_depth_m=1_210.0)))
    (chart,) = charts(blocks)
    assert chart.downwards
    assert chart.pens[0].y == pytest.approx([810.0, 905.0])
    assert chart.pens[0].x[1] == pytest.approx(AT.timestamp())
    assert [(one.at, one.name) for one in chart.levels] == [(1_210.0, "pump")]
    assert chart.y_title == "Depth to fluid, m"
    assert "Level by shots." in words(blocks)


def test_that_levels_come_from_the_intake_pressure_is_told() -> None:
    told = words(made(levels.SECTION, of_tests(**of_levels("intake")), RU))
    assert "Уровень по давлению на приёме: отбивок нет." in told


def test_a_pump_of_unknown_depth_is_not_drawn_at_the_surface() -> None:
    (chart,) = charts(made(levels.SECTION, of_tests(**of_levels())))
    assert chart.levels == ()


def test_few_levels_have_marks_and_many_are_a_line() -> None:
    for count, marked in ((199, True), (200, False)):
        time_us = np.linspace(to_us(SINCE), to_us(AT), count).astype(np.int64)
        told = of_levels(level_time_us=time_us, level_m=np.full(count, 800.0))
        (chart,) = charts(made(levels.SECTION, of_tests(**told)))
        assert chart.pens[0].points is marked


def test_entered_levels_stand_below_in_the_readers_units() -> None:
    records = (
        filed("fluid_level", level="dynamic", level_m=914.4, casing_pressure_pa=689_475.7, note="echo"),
        filed("fluid_level", AT - DAY, level="static", level_m=304.8),
    )
    told = facts(flow=history(**of_levels()), records=records)
    shown = table(made(levels.SECTION, told, US))
    assert cells(shown, "Depth to fluid, ft") == pytest.approx([3_000.0, 1_000.0])
    pressure, unknown = cells(shown, "Annulus pressure, psi")
    assert pressure == pytest.approx(100.0)
    assert unknown is None
    assert cells(shown, "Note") == ["echo", ""]
    assert cells(shown, "Level") == ["Dynamic", "Static"]
    assert cells(shown, "Date and time") == [AT, AT - DAY]


def test_no_more_than_thirty_entered_levels_are_printed() -> None:
    records = tuple(filed("fluid_level", AT - n * DAY, level="dynamic", level_m=800.0) for n in range(31))
    told = facts(flow=history(**of_levels()), records=records)
    assert len(table(made(levels.SECTION, told)).rows) == 30


# Operating point


def view(nodal: Nodal | None = None) -> PumpView:
    rate = np.array([0.0, 50.0, 100.0, 150.0]) / DAY_S
    head = np.array([1_800.0, 1_700.0, 1_400.0, 900.0])
    return PumpView(rate, head, 90 / DAY_S, 1_300.0, 100 / DAY_S, 0.9, nodal)


def meeting(rate_m3_per_day: float | None) -> Nodal:
    meets = None if rate_m3_per_day is None else rate_m3_per_day / DAY_S
    return Nodal(np.empty(0), np.empty(0), np.empty(0), meets, None)


def test_the_operating_point_stands_on_the_curve_of_the_catalogue_and_on_what_is_left_of_it() -> None:
    blocks = made(pump.SECTION, of_tests(a_row(a_test(90.0)), lift=ESP, pump=view()))
    (chart,) = charts(blocks)
    catalogue, left, test = chart.pens
    assert [pen.name for pen in chart.pens] == ["catalogue", "what is left", "test"]
    assert catalogue.x == pytest.approx([0, 50, 100, 150])
    assert catalogue.y == pytest.approx([1_800, 1_700, 1_400, 900])
    assert left.y == pytest.approx([1_620, 1_530, 1_260, 810])
    assert (test.x[0], test.y[0]) == pytest.approx((90.0, 1_300.0))
    assert not test.line
    assert test.points
    assert [(one.at, one.upright) for one in chart.levels] == [(pytest.approx(100.0), True)]
    assert chart.title == "The pump at the test of 2026-05-20 21:30"
    told = plain(words(blocks))
    for line in (
        "Rate at the test: 90.0 m³/d",
        "Head at the test: 1 300 m",
        "Rate over the best: 90 %",
        "Head that is left: 90 %",
    ):
        assert line in told
    assert "Inflow meets" not in told


def test_where_inflow_meets_the_pump_is_marked_on_the_curve_that_is_left() -> None:
    blocks = made(pump.SECTION, of_tests(a_row(a_test(90.0)), lift=ESP, pump=view(meeting(75.0))))
    node = charts(blocks)[0].pens[-1]
    assert node.name == "node"
    assert node.x == pytest.approx([75.0])
    assert node.y == pytest.approx([(1_530 + 1_260) / 2])
    assert node.hollow
    assert node.points
    assert not node.line
    assert "Inflow meets the pump at: 75.0 m³/d" in words(blocks)


def test_inflow_that_never_meets_the_pump_is_not_drawn() -> None:
    blocks = made(pump.SECTION, of_tests(a_row(a_test(90.0)), lift=ESP, pump=view(meeting(None))))
    assert len(charts(blocks)[0].pens) == 3
    assert "Inflow meets" not in words(blocks)


def test_why_there_is_no_operating_point_is_told_by_what_is_missing() -> None:
    refused = KnownError("file_missing", file="curve.json")

    def why(*rows: object, speaker: Speaker = EN, **told: object) -> str:
        return nothing(made(pump.SECTION, of_tests(*rows, **told), speaker), gathered=False)

    assert why(pump_refused=refused) == EN.error(refused)
    assert "neither the type and the stages" in why(a_row(a_test()))
    assert "there is no flow test" in why(pump_known=True)
    stopped = why(a_row(a_test()), speaker=RU, pump_known=True)
    assert "во время последнего замера (20.05.2026 21:30) насос стоял" in stopped
    unread = why(a_row(a_test()), speaker=RU, pump_known=True, unread=("intake_pressure",))
    assert "20.05.2026 21:30" in unread
    assert SENSORS["intake_pressure"].name("ru") in unread
    assert "насос стоял" not in unread
