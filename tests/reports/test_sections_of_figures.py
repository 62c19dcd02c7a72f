"""What was computed of a well, on paper: findings, trends, card, rods, torque, well tests, energy, advice,
forecast, and the tables of many wells.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.analysis.advice.advised import Advice
from app.analysis.advice.choice import Choice, Limit, Outcome
from app.analysis.cards.figures import MEASURES, CardAnalysis
from app.analysis.cards.gearbox import Torque
from app.analysis.cards.lines import LoadLines
from app.analysis.cards.record import Remark
from app.analysis.cards.repair import CleanCard
from app.analysis.energy import Energy
from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.models.cards import Card, PumpCard, RodSection, StoredCard, WellBore
from app.models.findings import CardPlace, Evidence, Finding
from app.models.overview import LastValue, Sight, WellRow
from app.models.readings import Trend
from app.models.records import Event, Source
from app.models.sensors import SENSORS
from app.models.well_tests import StoredTest
from app.models.wells import ESP, PCP, SRP, Well, WellStatus
from app.reports.blocks import FindingBox, Heading, Paragraph, Table
from app.reports.sections import (
    advice,
    card,
    energy,
    findings,
    regime,
    rods,
    summary,
    torque,
    trends,
    welltests,
)
from tests.reports.told import (
    AT,
    EAST,
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

DAY = timedelta(days=1)
NO_CARD = KnownError("card_empty")


# Findings


def a_finding(severity: str = "act", **told: Any) -> Finding:
    known: dict[str, Any] = {
        "from_at": AT - DAY,
        "to_at": AT,
        "code": "gas_interference",
        "confidence": 0.834,
    }
    return Finding(1, severity=severity, **{**known, **told})


def test_a_finding_says_what_why_how_sure_since_when_and_what_to_do() -> None:
    one = a_finding(
        evidence=(Evidence("value_frozen", {"hours": 18_000.0}, "motor_current"),),
        against=(Evidence("value_frozen", {"hours": 3_600.0}, "frequency"),),
        decision="accepted",
        decided_by="Petrova",
        reason="seen at the well",
    )
    blocks = made(findings.SECTION, facts(findings=(one,), overview=seen(health=0.4, sight=Sight(12, 12))))
    (box,) = (block for block in blocks if isinstance(block, FindingBox))
    assert box.severity == "act"
    assert box.title == EN.say("finding.gas_interference")
    assert box.meta == "act · 2026-05-19 21:30 – 2026-05-20 21:30 · confidence 83 %"
    assert box.lines[1].startswith("Against: ")
    assert box.lines[2] == f"What to do: {EN.say('advice.gas_interference')}"
    assert box.lines[-1] == "Accepted (Petrova): seen at the well"
    assert "health 40 %" in words(blocks)


def test_a_decision_without_a_name_or_a_reason_has_dashes() -> None:
    blocks = made(findings.SECTION, facts(findings=(a_finding(decision="rejected"),)))
    assert "Rejected (—): —" in words(blocks)


def test_a_finding_of_one_moment_has_one_time_by_the_fields_clock() -> None:
    blocks = made(findings.SECTION, facts(findings=(a_finding(from_at=AT),)), EAST)
    assert "act · 2026-05-21 02:30 · " in words(blocks)


def test_less_serious_findings_can_be_left_out() -> None:
    told = facts(findings=(a_finding("info"), a_finding("watch"), a_finding("act")))
    for least, left in (("info", 3), ("watch", 2), ("act", 1), ("stop", 0)):
        blocks = made(findings.SECTION, told, from_severity=least)
        assert sum(isinstance(block, FindingBox) for block in blocks) == left


def test_a_well_that_could_not_be_assessed_says_why_and_no_more() -> None:
    told = facts(overview=seen(not_assessed=NO_CARD, sight=Sight(0, 9)))
    blocks = made(findings.SECTION, told)
    assert [type(block) for block in blocks] == [Heading, Paragraph]
    assert blocks[1] == Paragraph(f"Not assessed: {EN.error(NO_CARD)}")


def test_what_was_found_before_stands_under_the_reason_why_nothing_is_assessed_now() -> None:
    blocks = made(findings.SECTION, facts(findings=(a_finding(),), overview=seen(not_assessed=NO_CARD)))
    assert [type(block) for block in blocks] == [Heading, Paragraph, FindingBox]


def test_rules_that_could_not_look_are_counted_with_what_they_need() -> None:
    sight = Sight(10, 12, ("motor_current", "pump_card"))
    told = words(made(findings.SECTION, facts(overview=seen(health=0.9, sight=sight))))
    assert "health 90 %; 10 of 12 rules could look" in told
    assert "2 rules could not look. They need: motor current, rod string and pump." in told


def test_nothing_found_nobody_looked_and_nothing_to_look_at_are_three_sentences() -> None:
    def said(**told: Any) -> str:
        return words(made(findings.SECTION, facts(**told))[-1:])

    tested = history(a_row(a_test()))
    assert said() == "No data for the period."
    assert said(flow=tested) == "Not diagnosed: nobody has looked."
    assert said(flow=tested, overview=seen(health=1.0, sight=Sight(9, 9))) == "Nothing was found."


# Trends


def a_trend(*values: float) -> Trend:
    time_us = np.linspace(SINCE.timestamp() * 1e6, UNTIL.timestamp() * 1e6, len(values)).astype(np.int64)
    empty = np.empty(0)
    return Trend(time_us, np.array(values), empty.astype(np.int64), empty, False)


def measured(**values: Trend) -> Any:
    def asked(_well: Well, _since: datetime, _until: datetime, pens: tuple[str, ...]) -> Any:
        return tuple((SENSORS[key], values[key]) for key in pens if key in values)

    return asked


def test_no_trend_in_the_period_is_one_sentence() -> None:
    assert (
        nothing(made(trends.SECTION, facts(trends=measured(frequency=a_trend()))))
        == "No data for the period."
    )


def test_gauges_of_one_kind_share_a_pane_in_the_readers_units() -> None:
    told = facts(
        trends=measured(
            intake_pressure=a_trend(4e6, np.nan, 5e6),
            discharge_pressure=a_trend(16e6, 17e6),
            motor_temperature=a_trend(373.15, 383.15),
        )
    )
    pressures, heat = charts(made(trends.SECTION, told))
    assert [pen.name for pen in pressures.pens] == [
        SENSORS[k].en for k in ("intake_pressure", "discharge_pressure")
    ]
    assert pressures.pens[0].y == pytest.approx([4.0, np.nan, 5.0], nan_ok=True)
    assert [pen.style for pen in pressures.pens] == [0, 1]
    assert pressures.y_title == "MPa"
    assert pressures.title == ""
    assert heat.title == SENSORS["motor_temperature"].en
    assert heat.pens[0].y == pytest.approx([100.0, 110.0])
    assert heat.pens[0].x == pytest.approx([SINCE.timestamp(), UNTIL.timestamp()])
    assert heat.time_axis
    assert pressures.window == heat.window == (SINCE.timestamp(), UNTIL.timestamp())
    (psi, _) = charts(made(trends.SECTION, told, US))
    assert psi.pens[0].y[0] == pytest.approx(4e6 / 6_894.757, rel=1e-6)


def test_findings_and_events_are_laid_over_trends_unless_they_are_not_wanted() -> None:
    told = facts(
        trends=measured(frequency=a_trend(50.0, 51.0)),
        findings=(a_finding(),),
        events=(Event("e", 1, AT, None, "stop"),),
    )
    (chart,) = charts(made(trends.SECTION, told, height_mm=60))
    assert chart.bands == (((AT - DAY).timestamp(), AT.timestamp(), EN.say("finding.gas_interference")),)
    assert chart.flags == ((AT.timestamp(), "Stop"),)
    assert chart.height_mm == 60.0
    (bare,) = charts(made(trends.SECTION, told, findings=False, events=False))
    assert (bare.bands, bare.flags) == ((), ())


def test_which_gauges_are_drawn_is_chosen_usual_or_whatever_there_is() -> None:
    def pens(lift: str, chosen: str = "") -> tuple[str, ...]:
        return trends.pens_of(facts(a_well(lift), sensors=("line_pressure",)), {"pens": chosen})

    assert pens(ESP, " frequency ,,motor_current") == ("frequency", "motor_current")
    assert pens(ESP)[0] == "intake_pressure"
    assert "pumping_speed" in pens(SRP)
    assert pens(PCP) == ("line_pressure",)
    with pytest.raises(KnownError) as told:
        pens(ESP, "frequency, moonlight")
    assert told.value.code == "report_option"
    assert told.value.details["value"] == "moonlight"
    assert "frequency" in str(told.value.details["known"])


# Card, rods, torque

X = np.array([0.0, 1.5, 3.0, 1.5])
F = np.array([40e3, 60e3, 58e3, 35e3])


def analysed(*, pump: bool = True, remarks: tuple[Remark, ...] = (), **measures: Any) -> CardAnalysis:
    rod = RodSection(500.0, 0.022, 3.1, 2.1e11, 5_000.0)
    bore = WellBore((rod, RodSection(700.0, 0.019, 2.3, 2.1e11, 5_000.0)), unit=measures.pop("unit", {}))
    lines, turned = LoadLines(20e3, 2e3, 3.0, 3.0) if pump else None, measures.pop("torque", None)
    return CardAnalysis(
        Card("1", AT, 5.0, X, F, None, bore),
        CleanCard(X, F, ()),
        PumpCard(X, F - 38e3) if pump else None,
        lines,
        {**dict.fromkeys(MEASURES), **measures},
        remarks,
        torque=turned,
    )


def stored(days: float = 0.0) -> StoredCard:
    return StoredCard(f"c{days}", 1, AT + timedelta(days=days), 5.04, X, F)


def of_card(analysis: Any, **told: Any) -> Any:
    return facts(a_well(SRP), card=stored(), analysis=analysis, **told)


def test_a_period_without_a_card_and_a_card_that_cannot_be_read_are_told_apart() -> None:
    assert nothing(made(card.SECTION, facts(a_well(SRP)))) == "There is no usable dynamogram in the period."
    blocks = made(card.SECTION, of_card(NO_CARD))
    assert blocks[1:] == [Paragraph(f"Not assessed: {EN.error(NO_CARD)}")]


def test_both_cards_are_closed_curves_in_the_readers_units() -> None:
    (chart,) = charts(made(card.SECTION, of_card(analysed())))
    surface, pump = chart.pens
    assert (surface.name, pump.name) == ("Surface", "Pump")
    assert surface.x == pytest.approx([0.0, 1.5, 3.0, 1.5, 0.0])
    assert surface.y == pytest.approx([40.0, 60.0, 58.0, 35.0, 40.0])
    assert pump.y[0] == pytest.approx(2.0)
    assert chart.x_title == "Position, m"
    assert chart.y_title == "Load, kN"
    assert chart.title == "2026-05-20 21:30, 5.0 strokes per minute"
    (feet,) = charts(made(card.SECTION, of_card(analysed()), US))
    assert feet.pens[0].x[2] == pytest.approx(9.84, abs=0.005)
    assert feet.pens[0].y[0] == pytest.approx(8_992, abs=1)


def test_a_card_without_rods_has_no_pump_card() -> None:
    (chart,) = charts(made(card.SECTION, of_card(analysed(pump=False))))
    assert [pen.name for pen in chart.pens] == ["Surface"]


def test_a_part_filled_pump_is_marked_where_the_plunger_meets_the_liquid() -> None:
    (chart,) = charts(made(card.SECTION, of_card(analysed_part())))
    upright = [one for one in chart.levels if one.upright]
    assert [(one.at, plain(one.name)) for one in upright] == [(pytest.approx(2.1), "Fillage 70 %")]
    (full,) = charts(made(card.SECTION, of_card(analysed())))
    assert not [one for one in full.levels if one.upright]
    assert {plain(one.name): one.at for one in full.levels} == {"upper line": 20.0, "lower line": 2.0}


def analysed_part() -> CardAnalysis:
    whole = analysed(pump=True)
    lines = LoadLines(20e3, 2e3, 3.0, 2.1)
    return CardAnalysis(
        whole.card, whole.clean, whole.pump, lines, {**whole.measures, "fillage": 0.7}, whole.remarks
    )


def test_what_a_finding_argues_with_is_drawn_over_the_card_and_named_once() -> None:
    places = (
        Evidence("value_frozen", place=CardPlace((0.9, 1.0))),
        Evidence("value_frozen", place=CardPlace((0.0, 0.1))),
    )
    told = of_card(analysed(), findings=(a_finding(from_at=AT, evidence=places),))
    (chart,) = charts(made(card.SECTION, told))
    over = chart.pens[2:]
    assert [pen.name for pen in over] == ["what the finding points at", ""]
    assert [list(pen.x) for pen in over] == [[3.0], [0.0]]
    assert all(pen.wide for pen in over)


def test_figures_that_a_card_does_not_give_are_left_out_and_the_others_have_their_units() -> None:
    analysis = analysed(
        peak_polished_rod_load_n=60e3,
        fillage=0.873,
        inferred_liquid_m3_per_s=25 / DAY_S,
        gearbox={"peak_torque_n_m": 21e3, "load_fraction": 0.756},
        rods=[{"goodman_fraction": 0.61}, {"goodman_fraction": None}],
    )
    shown = [(name, plain(value)) for name, value in card.figures(analysis, EN)]
    assert shown == [
        (EN.say("measure.peak_polished_rod_load_n"), "60.0 kN"),
        ("Fillage", "87.3 %"),
        (EN.say("measure.inferred_liquid_m3_per_s"), "25.0 m³/d"),
        (EN.say("measure.gearbox"), "21.0 kN·m"),
        (EN.say("measure.gearbox_fraction"), "76 %"),
        (EN.say("measure.goodman", number=1), "61 %"),
    ]
    unrated = analysed(gearbox={"peak_torque_n_m": 21e3, "load_fraction": None})
    assert [name for name, _ in card.figures(unrated, EN)] == [EN.say("measure.gearbox")]
    assert card.figures(analysed(), EN) == []


def test_a_figure_with_an_interval_shows_both_ends() -> None:
    whole = analysed()
    lines = LoadLines(20e3, 2e3, 3.0, 2.4, net_from_m=2.1, spread_m=0.3)
    analysis = CardAnalysis(
        whole.card,
        whole.clean,
        whole.pump,
        lines,
        {**whole.measures, "net_stroke_m": 2.4, "fillage": 0.8},
        (),
    )
    low, high = lines.net_range_m
    shown = dict(card.figures(analysis, EN))
    assert plain(shown["Fillage"]) == f"80.0 % ({100 * low / 3:.1f} to {100 * high / 3:.1f})"


def test_what_a_card_was_computed_with_and_what_was_repaired_stands_under_it() -> None:
    sources = (Source("rod_string", "r", datetime(2026, 3, 1, tzinfo=UTC)),)
    repaired = analysed(remarks=(Remark("repeats_dropped", {"count": 2}),))
    told = words(made(card.SECTION, of_card(repaired, computed_with=sources), RU))
    assert "Посчитано с: " in told
    assert "от 01.03.2026" in told
    assert RU.say("quality.repeats_dropped", count=2) in told
    assert "enter it in the well builder" in words(made(card.SECTION, of_card(analysed())))


def test_older_cards_lie_under_the_last_one_evenly_over_the_period() -> None:
    drawn: list[str] = []

    def outline(one: StoredCard) -> Any:
        drawn.append(one.id)
        return PumpCard(X, F), PumpCard(X, F - 38e3)

    told = of_card(analysed(), cards=tuple(stored(-n) for n in range(10, -1, -1)), outline=outline)
    (chart,) = charts(made(card.SECTION, told, history=3))
    assert drawn == ["c-10", "c-6", "c-1"]
    older = [pen for pen in chart.pens if pen.faint]
    assert [pen.name for pen in older] == ["older cards (3)", *[""] * 5]
    assert not chart.pens[-1].faint
    (alone,) = charts(made(card.SECTION, told, history=0))
    assert not [pen for pen in alone.pens if pen.faint]


def test_an_older_card_that_cannot_be_drawn_is_named_with_its_reason() -> None:
    told = of_card(analysed(), cards=(stored(-1), stored()), outline=lambda _card: NO_CARD)
    blocks = made(card.SECTION, told)
    said = words(blocks)
    assert all(block.muted for block in blocks if isinstance(block, Paragraph))
    assert f"The dynamogram of 2026-05-19 21:30 cannot be drawn: {EN.error(NO_CARD)}" in said


def test_a_card_that_cannot_be_drawn_keeps_no_other_back() -> None:
    def outline(one: StoredCard) -> Any:
        return NO_CARD if one.id == "c-2" else (PumpCard(X, F), None)

    told = of_card(analysed(), cards=(stored(-2), stored(-1), stored()), outline=outline)
    (chart,) = charts(made(card.SECTION, told))
    assert [pen.name for pen in chart.pens if pen.faint] == ["older cards (2)"]
    assert chart.pens[0].style == chart.pens[1].style != chart.pens[2].style, "a surface card looks like one"


def test_the_rod_string_stands_section_by_section_from_the_top() -> None:
    one = {"stress_max_pa": 150e6, "stress_min_pa": 20e6, "reduced_stress_pa": 90e6, "goodman_fraction": 0.61}
    unknown = {**one, "goodman_fraction": None}
    shown = table(made(rods.SECTION, of_card(analysed(rods=[one, unknown]))))
    assert [column.title for column in shown.columns][1:] == [
        "Diameter, mm",
        "Length, m",
        "σmax, MPa",
        "σmin, MPa",
        "σred, MPa",
        "Used, %",
    ]
    assert shown.rows[0] == pytest.approx((1.0, 22.0, 500.0, 150.0, 20.0, 90.0, 61.0))
    assert shown.rows[1][:3] == pytest.approx((2.0, 19.0, 700.0))
    assert shown.rows[1][6] is None
    assert (
        nothing(made(rods.SECTION, of_card(analysed())), gathered=False) == "The rod string is not entered."
    )
    assert nothing(made(rods.SECTION, facts(a_well(SRP))), gathered=False) == "The rod string is not entered."


def with_torque(existing: bool, **unit: Any) -> Any:
    turn = np.array([0.0, np.pi / 2, np.pi])
    found = Torque(
        turn,
        np.array([0.0, 30e3, 0.0]),
        np.array([0.0, 18e3, 0.0]),
        np.array([0.0, 12e3, -11e3]),
        np.array([0.0, 9e3, -20e3]) if existing else None,
        18e3,
        None,
    )
    return of_card(analysed(torque=found, unit=unit))


def test_torque_is_drawn_over_the_turn_as_it_is_and_as_it_could_be() -> None:
    blocks = made(torque.SECTION, with_torque(True, gearbox_rating_n_m=28e3))
    (chart,) = charts(blocks)
    assert [pen.name for pen in chart.pens] == ["Balanced", "Existing", "Counterbalance", "From the rods"]
    assert chart.pens[0].x == pytest.approx([0.0, 90.0, 180.0])
    assert [list(pen.y) for pen in chart.pens] == [[0, 12, -11], [0, 9, -20], [0, 18, 0], [0, 30, 0]]
    assert [(one.at, one.name, one.serious) for one in chart.levels] == [(28.0, "rated torque", True)]
    assert chart.y_title == "Torque, kN·m"
    assert pairs(blocks) == {
        "Best counterbalance moment": "18.0 kN·m",
        "Peak at the best": "12.0 kN·m",
        "Peak now": "20.0 kN·m",
    }


def test_without_the_weights_and_the_rating_only_the_best_balance_is_told() -> None:
    blocks = made(torque.SECTION, with_torque(False))
    (chart,) = charts(blocks)
    assert [pen.name for pen in chart.pens] == ["Balanced", "Counterbalance", "From the rods"]
    assert chart.levels == ()
    assert "Peak now" not in pairs(blocks)
    assert "cannot be had" in nothing(made(torque.SECTION, of_card(analysed())), gathered=False)


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
    told = nothing(made(advice.SECTION, facts(advice=Advice(a_well(), missing="flow_test"))))
    assert told == "Nothing can be advised: there is no good flow test"
    other = nothing(made(advice.SECTION, facts(advice=Advice(a_well(), missing="bogus"))))
    assert other == EN.say("advice.missing.other")


def test_what_is_set_now_stands_first_with_what_the_test_measured() -> None:
    said = words(made(advice.SECTION, facts(advice=Advice(a_well(), an_outcome(50.0), measured_rate=1.1e-3))))
    assert "Now: frequency 50.0 Hz, wellhead pressure 1.00 MPa." in said
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
        "spark": np.empty(0),
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
