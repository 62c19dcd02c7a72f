"""What was found of a well, and its trends, on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from app.core.errors import KnownError
from app.models.findings import Evidence
from app.models.readings import Trend
from app.models.records import Event
from app.models.sensors import SENSORS
from app.models.sights import Sight
from app.models.wells import ESP, PCP, SRP, Well
from app.reports.blocks import FindingBox, Heading, Paragraph
from app.reports.sections import findings, trends
from tests.reports.told import (
    AT,
    DAY,
    EAST,
    EN,
    NO_CARD,
    SINCE,
    UNTIL,
    US,
    a_finding,
    a_row,
    a_test,
    a_well,
    charts,
    facts,
    history,
    made,
    nothing,
    seen,
    words,
)

# Findings


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


def test_a_decision_without_a_name_has_a_dash_and_one_without_a_reason_ends_there() -> None:
    blocks = made(findings.SECTION, facts(findings=(a_finding(decision="rejected"),)))
    assert "Rejected (—)." in words(blocks)


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
