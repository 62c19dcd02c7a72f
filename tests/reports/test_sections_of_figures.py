"""What was computed of a well on paper: well tests, energy, advice, forecast, and tables of many wells."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.analysis.advice.advised import Advice
from app.analysis.advice.choice import Choice, Limit, Outcome
from app.analysis.energy import Energy
from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.models.overview import LastValue, WellRow
from app.models.sensors import SENSORS
from app.models.sights import Sight
from app.models.well_tests import StoredTest
from app.models.wells import SRP, WellStatus
from app.reports.blocks import Heading, Paragraph, Table
from app.reports.sections import advice, energy, regime, summary, welltests
from tests.reports.told import (
    AT,
    DAY,
    EN,
    NO_CARD,
    RU,
    a_row,
    a_test,
    a_well,
    cells,
    charts,
    equipped,
    facts,
    for_all,
    history,
    made,
    nothing,
    pairs,
    plain,
    seen,
    table,
    words,
)

# Well tests


def a_well_test(kind: str = "inflow", **body: Any) -> StoredTest:
    return StoredTest("w", 1, AT, kind, body)


def test_no_well_test_is_one_sentence_and_one_that_is_refused_says_why() -> None:
    assert nothing(made(welltests.SECTION, facts())) == "No data for the period."
    refused = RefusedTest(a_well_test("buildup"), KnownError("card_empty"))
    blocks = made(welltests.SECTION, facts(well_tests=(refused,)))
    assert blocks == [
        Heading("Build-up of 2026-05-20 21:30"),
        Paragraph(f"Not assessed: {EN.error(refused.reason)}"),
    ]
    both = made(welltests.SECTION, facts(well_tests=(refused, inflow_of())))
    assert len(charts(both)) == 1, "one that is refused keeps no other back"


def inflow_of(**answer: Any) -> OpenedTest:
    points = [{"rate_m3_per_s": q / DAY_S, "pressure_pa": p} for q, p in ((20.0, 15e6), (40.0, 10e6))]
    model = {"reservoir_pressure_pa": 20e6, "productivity_m3_per_s_pa": 4 / DAY_S / 1e6}
    known = {"inflow": {"pi": model, "vogel": None}, "quality": []}
    return OpenedTest(a_well_test(points=points), {**known, **answer}, None)


def test_an_inflow_test_shows_its_points_and_each_model_through_them() -> None:
    blocks = made(welltests.SECTION, facts(well_tests=(inflow_of(),)))
    (chart,) = charts(blocks)
    points, straight = chart.pens
    assert (points.name, straight.name) == ("points", "straight")
    assert points.x == pytest.approx([20.0, 40.0])
    assert points.y == pytest.approx([15.0, 10.0])
    assert points.points
    assert not points.line
    assert (straight.x[0], straight.y[0]) == pytest.approx((0.0, 20.0))
    assert straight.x[-1] == pytest.approx(80.0)
    assert pairs(blocks) == {"Productivity index": "4.00 m³/d/MPa"}


def test_the_newest_well_tests_are_printed_with_their_remarks() -> None:
    remark = {"code": "repeats_dropped", "detail": {"count": 2}}
    told = facts(well_tests=tuple(inflow_of(quality=[remark]) for _ in range(4)))
    blocks = made(welltests.SECTION, told, most=2)
    assert len(charts(blocks)) == 2
    assert words(blocks).count(EN.say("quality.repeats_dropped", count=2)) == 2


def a_buildup(p_star: float | None = 18e6, steps: bool = True) -> OpenedTest:
    hours = np.array([1.0, 2.0, 4.0])
    response = SimpleNamespace(
        time_s=hours * 3_600,
        change_pa=np.array([1e6, 2e6, 3e6]),
        pressure_pa=np.array([11e6, 12e6, 13e6]),
        superposition=-np.log(np.array([100.0, 10.0, 5.0])),
        steps=((36_000.0, -1e-3),) if steps else (),
    )
    found = SimpleNamespace(
        response=response,
        derivative_pa=np.array([0.5e6, 0.4e6, 0.4e6]),
        window=SimpleNamespace(from_s=7_200.0, to_s=14_400.0),
        horner=SimpleNamespace(p_star_pa=p_star, slope_pa_per_cycle=2e6),
    )
    model = SimpleNamespace(change_pa=np.array([1e6, 2e6, 3e6]), slope_pa=np.array([0.5e6, 0.4e6, 0.4e6]))
    return OpenedTest(a_well_test("buildup"), {"quality": []}, found, model)  # type: ignore[arg-type]


def test_a_build_up_is_drawn_log_log_with_derivative_match_and_radial_flow() -> None:
    log_log, horner = charts(made(welltests.SECTION, facts(well_tests=(a_buildup(),))))
    assert log_log.log == "xy"
    assert [pen.name for pen in log_log.pens] == ["Δp", "derivative", "match", ""]
    assert log_log.pens[0].x == pytest.approx([1.0, 2.0, 4.0])
    assert log_log.pens[1].y == pytest.approx([0.5, 0.4, 0.4])
    assert [pen.points for pen in log_log.pens] == [True, True, False, False]
    assert [pen.line for pen in log_log.pens] == [False, False, True, True]
    assert (horner.pens[0].points, horner.pens[0].line) == (True, False)
    assert log_log.bands == ((2.0, 4.0, "radial flow"),)
    assert log_log.x_title == "Time after the change, h"
    assert horner.log == "x"
    assert horner.leftwards


def test_horners_line_meets_p_star_where_the_time_is_endless() -> None:
    _, horner = charts(made(welltests.SECTION, facts(well_tests=(a_buildup(),))))
    measured_, line = horner.pens
    assert measured_.x == pytest.approx([100.0, 10.0, 5.0])
    assert measured_.y == pytest.approx([11.0, 12.0, 13.0])
    assert line.x == pytest.approx([1.0, 100.0])
    assert line.y == pytest.approx([18.0, 14.0])
    assert [(one.at, one.name) for one in horner.levels] == [(18.0, "p*")]


def test_without_p_star_no_line_is_drawn_and_without_earlier_rates_no_horner() -> None:
    _, horner = charts(made(welltests.SECTION, facts(well_tests=(a_buildup(None),))))
    assert len(horner.pens) == 1
    assert horner.levels == ()
    assert len(charts(made(welltests.SECTION, facts(well_tests=(a_buildup(steps=False),))))) == 1


# Energy and advice


def test_energy_of_a_tonne_is_told_against_what_lifting_takes() -> None:
    took = Energy(a_well(), power_w=36e3, mass_rate=1.0, lift_w=18e3)
    assert pairs(made(energy.SECTION, facts(energy=took))) == {
        "Power from the line": "36.0 kW",
        "Energy of a day, kWh": "864.00",
        "Of a tonne of liquid, kWh": "10.00",
        "Lifting it takes, kWh/t": "5.00",
        "From the line to the liquid": "50.0 %",
    }


def test_more_lifted_than_the_line_gives_is_no_efficiency() -> None:
    told = pairs(made(energy.SECTION, facts(energy=Energy(a_well(), 36e3, 1.0, 40e3))))
    assert "From the line to the liquid" not in told
    only = pairs(made(energy.SECTION, facts(energy=Energy(a_well(), 36e3, 1.0))))
    assert "Lifting it takes, kWh/t" not in only


def test_energy_that_is_not_known_says_what_is_needed() -> None:
    told = nothing(made(energy.SECTION, facts(energy=Energy(a_well(), 36e3)), RU))
    assert told == "Энергия на тонну неизвестна: нужны мощность (или ток и напряжение) и замер дебита."


def an_outcome(hz: float, *, power_w: float = 36e3, limits: tuple[Limit, ...] = ()) -> Outcome:
    return Outcome(
        {"frequency_hz": hz, "wellhead_pa": 1e6},
        (1e-3, 1.2e-3, 1.4e-3),
        (0.1,) * 3,
        5e6,
        power_w,
        1_000.0,
        limits,
    )


def a_choice(hz: float, worth: tuple[float, float, float] | None = None, **told: Any) -> Choice:
    return Choice(an_outcome(hz, **told), (1 / 86.4, 2 / 86.4, 3 / 86.4), worth)


def test_why_nothing_can_be_advised_is_told() -> None:
    told = nothing(made(advice.SECTION, facts(advice=Advice(a_well(), missing=("flow_test",)))))
    assert told == "Nothing can be advised: there is no good flow test"
    other = nothing(made(advice.SECTION, facts(advice=Advice(a_well(), missing=("bogus",)))))
    assert other == EN.say("advice.missing", reasons=EN.say("advice.missing.other"))


def test_what_is_set_now_stands_first_with_what_the_test_measured() -> None:
    said = words(made(advice.SECTION, facts(advice=Advice(a_well(), an_outcome(50.0), measured_rate=1.1e-3))))
    assert "Now: frequency 50.0 Hz, wellhead pressure 9.9 atm." in said
    assert "The model gives 103.7 m³/d for the settings of today; the test measured 95.0 m³/d." in said
    assert "Nothing better within the limits." in said


def test_choices_name_only_what_would_be_moved_with_gain_energy_and_risk() -> None:
    near = (Limit("motor_load", 0.95, most=1.0),)
    told = Advice(a_well(), an_outcome(50.0), (a_choice(55.0), a_choice(57.0, limits=near)))
    blocks = made(advice.SECTION, facts(advice=told))
    shown = table(blocks)
    assert [plain(cell) for cell in cells(shown, "Set")] == ["frequency 55.0 Hz", "frequency 57.0 Hz"]
    assert cells(shown, "Oil gained, t/d") == ["2.00 (1.00 to 3.00)"] * 2
    assert cells(shown, "kWh/t") == pytest.approx([36e3 / 1.2 / 3_600] * 2)
    assert cells(shown, "Risk") == ["low risk", "near a limit"]
    assert "Gain, money a day" not in [column.title for column in shown.columns]
    assert "What can be set today" in words(blocks)
    assert "Nothing better" not in words(blocks)


def test_with_prices_there_is_a_column_of_money_by_the_day() -> None:
    told = Advice(a_well(), an_outcome(50.0), (a_choice(55.0, (-1.0 / DAY_S, 100 / DAY_S, 200 / DAY_S)),))
    shown = table(made(advice.SECTION, facts(advice=told)))
    assert cells(shown, "Gain, money a day") == ["100 (-1 to 200)"]
    assert cells(shown, "Risk") == ["high risk"], "money may be lost"


def test_equipment_of_the_next_workover_has_a_table_of_its_own_and_rows_are_limited() -> None:
    many = tuple(a_choice(50.0 + n) for n in range(1, 5))
    told = Advice(a_well(), an_outcome(50.0), many, many)
    blocks = made(advice.SECTION, facts(advice=told), most=3)
    found = [block for block in blocks if isinstance(block, Table)]
    assert [len(one.rows) for one in found] == [3, 3]
    assert Heading("At the next workover", 2) in blocks


# Many wells in one table


def a_line(name: str, health: float | None, severity: str = "", **told: Any) -> Any:
    well = a_well(name=name)
    known: dict[str, Any] = {
        "worst": "",
        "since": None,
        "liquid_rate": None,
        "spark_sensor": "",
    }
    status = WellStatus(well, severity or "ok", 0, AT)
    row = WellRow(status, health, severity=severity, **{**known, **told})
    return facts(
        well,
        field_row=row,
        flow=history(a_row(a_test(999.0), "jump"), a_row(a_test(120.0, -1, water_cut=0.5))),
    )


def test_the_summary_begins_with_the_worst_well_and_counts_those_that_need_action() -> None:
    wells = [
        a_line("3", 0.9, "watch"),
        a_line("1", None),
        a_line("2", 0.2, "stop", worst="gas_interference", since=AT, sight=Sight(5, 9)),
        a_line("4", 0.5, "act"),
        a_line("6", 0.95, "act"),
        facts(a_well(name="5")),
    ]
    blocks = for_all(summary.SECTION, wells)
    shown = table(blocks)
    assert cells(shown, "Well") == ["2", "4", "1", "3", "6"]
    assert "5 wells, 3 need action." in words(blocks)
    assert blocks[0] == Heading("Summary", 1)
    assert [(column.kind, column.digits) for column in shown.columns] == [
        *[("text", 0)] * 4,
        ("number", 0),
        *[("text", 0)] * 2,
        ("day", 0),
        *[("number", 1)] * 3,
        ("day", 0),
        ("moment", 0),
    ]
    assert cells(shown, "What is wrong")[0] == EN.say("finding.gas_interference")
    assert cells(shown, "What is wrong")[1:] == ["—"] * 4
    assert cells(shown, "Rules") == ["5/9", "—", "—", "—", "—"]
    assert cells(shown, "Status, %") == [
        pytest.approx(20.0),
        pytest.approx(50.0),
        None,
        pytest.approx(90.0),
        pytest.approx(95.0),
    ]
    assert cells(shown, "Since") == [AT, None, None, None, None]


def test_a_test_in_doubt_does_not_stand_for_a_well() -> None:
    shown = table(for_all(summary.SECTION, [a_line("1", 0.9)]))
    assert cells(shown, "Liquid, m³/d") == pytest.approx([120.0])
    assert cells(shown, "Water cut, %") == pytest.approx([50.0])
    assert cells(shown, "Oil, t/d") == [None]
    assert cells(shown, "Tested") == [AT - DAY]


def test_a_well_that_could_not_be_assessed_says_why_in_its_line() -> None:
    shown = table(for_all(summary.SECTION, [a_line("1", None, not_assessed=NO_CARD)]))
    assert cells(shown, "What is wrong") == [f"Not assessed: {EN.error(NO_CARD)}"]


def test_the_operating_modes_stand_by_field_pad_and_name_with_units_in_the_header() -> None:
    def last(key: str, value: float) -> LastValue:
        return LastValue(SENSORS[key], AT, value, None, None)

    full = facts(
        a_well(name="7", field_name="A"),
        overview=seen(values=(last("frequency", 50.0), last("intake_pressure", 4e6), last("load", 0.81))),
        installation=equipped(pump={"depth_m": 1_850.0, "plunger_diameter_m": 0.044}),
        flow=history(
            a_row(a_test(999.0), "jump"),
            a_row(a_test(120.0, -1, oil_kg_per_s=1.0)),
            level_m=np.array([900.0]),
        ),
    )
    bare = facts(a_well(SRP, name="9", field_name="B", depth_m=1_200.0))
    blocks = for_all(regime.SECTION, [bare, full])
    shown = table(blocks)
    assert cells(shown, "Well") == ["7", "9"]
    assert cells(shown, "F, Hz") == [50.0, None]
    assert cells(shown, "Pintake, MPa") == [pytest.approx(4.0), None]
    assert cells(shown, "Load, %") == [pytest.approx(81.0), None]
    assert cells(shown, "Pwh, atm") == [None, None]
    assert cells(shown, "Depth, m") == [1_850.0, 1_200.0]
    assert [plain(cell) for cell in cells(shown, "Pump")] == ["plunger 44 mm", ""]
    assert cells(shown, "Level, m") == [900.0, None]
    assert cells(shown, "Ql, m³/d") == [pytest.approx(120.0), None]
    assert cells(shown, "Qo, t/d") == [pytest.approx(86.4), None]
    assert cells(shown, "Run") == [datetime(2026, 3, 1, tzinfo=UTC), None]
    assert cells(shown, "Tested") == [AT - DAY, None]
    groups = {column.title.partition(",")[0]: column.group for column in shown.columns}
    assert (groups["F"], groups["Pwh"], groups["Ql"], groups["Pump"]) == (
        "Mode",
        "Pressures and level",
        "Last valid test",
        "Equipment",
    )


def test_a_pump_with_a_name_is_called_by_it_in_the_table_of_modes() -> None:
    told = facts(installation=equipped(pump_name="ВНН5-80", pump={"plunger_diameter_m": 0.044}))
    assert cells(table(for_all(regime.SECTION, [told], RU)), "Насос") == ["ВНН5-80"]
