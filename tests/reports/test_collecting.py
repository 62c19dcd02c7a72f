"""What sections are given: facts asked when they are wanted, and whether a well has any data at all."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import numpy as np
import pytest

from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import LANGUAGES, Speaker
from app.models.cards import StoredCard
from app.models.findings import SEVERITIES, Finding
from app.models.kinds import KINDS
from app.models.readings import Trend
from app.models.records import Event
from app.models.sensors import SENSORS
from app.reports import wording
from app.reports.chart_parts import bands_of, flags_of, window_of
from app.reports.collect import Section, WellFacts
from tests.reports.told import AT, EN, RU, SINCE, UNTIL, a_row, a_test, facts, filed, history

KEYS = ("intake_pressure", "discharge_pressure", "motor_current", "frequency", "motor_temperature")


def a_trend(*time_us: int) -> Trend:
    empty = np.empty(0)
    return Trend(np.array(time_us, np.int64), np.ones(len(time_us)), empty.astype(np.int64), empty, True)


def with_readings(*measured: str, last: datetime | None = AT) -> WellFacts:
    """A well that has had five gauges; those that are named measured something in the period."""

    def trends(_well: object, _since: object, _until: object, pens: tuple[str, ...]) -> object:
        return tuple((SENSORS[key], a_trend(1) if key in measured else a_trend()) for key in pens)

    return facts(last_reading_at=last, sensors=KEYS, trends=trends)


def test_a_well_that_has_nothing_has_no_data() -> None:
    assert not facts().has_data
    assert not with_readings().has_data
    assert not with_readings(*KEYS, last=None).has_data


@pytest.mark.parametrize("key", KEYS)
def test_one_gauge_that_works_is_data_whichever_it_is(key: str) -> None:
    """The first three gauges of a well may be dead for months: its report has data all the same."""
    assert with_readings(key).has_data


def test_each_kind_of_measurement_is_data() -> None:
    assert facts(flow=history(a_row(a_test()))).has_data
    assert facts(records=(filed("lab_result", parameter="iron", value=1.0),)).has_data
    assert facts(records=(filed("fluid_level", level="dynamic", level_m=900.0),)).has_data
    card = StoredCard("c", 1, AT, 5.0, np.zeros(3), np.zeros(3))
    assert facts(cards=(card,)).has_data
    assert not facts(records=(filed("note", text="was here"),)).has_data, "a note is no measurement"


def test_a_fact_is_asked_once_and_only_when_it_is_wanted() -> None:
    told = facts(installation=None)
    assert told.sources.asked == []
    for _ in range(2):
        assert told.installation is None
        assert told.flow.rows == ()
    assert told.sources.asked == ["installation", "flow"]


def test_equipment_is_that_of_the_end_of_the_period() -> None:
    asked: list[datetime] = []
    told = facts(installation=lambda _well, at: asked.append(at))
    assert told.installation is None
    assert asked == [UNTIL]


def test_periods_are_passed_on_as_they_are() -> None:
    asked: list[tuple[object, ...]] = []

    def remember(*arguments: object) -> tuple[object, ...]:
        asked.append(arguments)
        return ()

    told = facts(findings=remember, events=remember, well_tests=remember, cards=remember)
    assert (told.findings, told.events, told.well_tests, told.cards) == ((),) * 4
    assert asked == [(told.well, SINCE, UNTIL)] * 4


def test_a_card_that_cannot_be_analysed_has_its_reason_and_no_analysis() -> None:
    refused = KnownError("card_empty")
    card = StoredCard("c", 1, AT, 5.0, np.zeros(3), np.zeros(3))
    told = facts(card=card, analysis=refused)
    assert told.analysis is None
    assert told.card_problem is refused
    analysed = SimpleNamespace(name="analysis")
    told = facts(card=card, analysis=analysed)
    assert told.analysis is analysed
    assert told.card_problem is None
    assert facts().analysis is None
    assert facts().card_problem is None


def test_without_a_card_nobody_asks_what_it_was_computed_with() -> None:
    told = facts(computed_with=lambda _card: pytest.fail("asked for no card"))
    assert told.computed_with == ()


def test_a_section_begins_with_the_defaults_of_its_options() -> None:
    section = Section(
        "x",
        options=(
            Setting("most", "int", 5, "a", "b", "c", "d"),
            Setting("charts", "bool", True, "a", "b", "c", "d"),
        ),
    )
    assert section.defaults() == {"most": 5, "charts": True}
    assert Section("y").defaults() == {}


# What several sections draw alike


def test_a_chart_has_the_period_as_its_frame_where_measurements_fill_four_tenths_of_it() -> None:
    begin, whole = SINCE.timestamp(), UNTIL.timestamp() - SINCE.timestamp()
    frame = (SINCE.timestamp(), UNTIL.timestamp())
    assert window_of(SINCE, UNTIL) == frame
    assert window_of(SINCE, UNTIL, np.empty(0)) == frame
    assert window_of(SINCE, UNTIL, np.array([begin, begin + 0.41 * whole])) == frame
    assert window_of(SINCE, UNTIL, np.array([begin, begin + 0.39 * whole])) is None
    assert window_of(SINCE, UNTIL, np.array([begin])) is None
    two = (np.array([begin + 0.5 * whole]), np.array([begin]))
    assert window_of(SINCE, UNTIL, *two) == frame, "together they fill it"


def test_findings_that_lasted_are_bands_and_those_for_information_are_none() -> None:
    def finding(severity: str, until: datetime = UNTIL) -> Finding:
        return Finding(1, "gas_interference", severity, 0.9, AT, until)

    (band,) = bands_of([finding("watch"), finding("info"), finding("stop", AT)], EN)
    assert band == (AT.timestamp(), UNTIL.timestamp(), EN.say("finding.gas_interference"))
    assert band[2] != "finding.gas_interference"
    assert len(bands_of([finding(one) for one in SEVERITIES], EN)) == len(SEVERITIES) - 1


def test_events_are_flags_with_their_words() -> None:
    flags = flags_of([Event("e", 1, AT, None, "workover", "krs"), Event("f", 1, UNTIL, None, "stop")], RU)
    assert flags == ((AT.timestamp(), "Ремонт: КРС"), (UNTIL.timestamp(), "Остановка"))


# Events in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_and_of_workover_has_its_words(language: str) -> None:
    speaker = Speaker(language)
    for kind in KINDS["event"].field("kind").choices:
        assert "." not in wording.event_words(kind, "", speaker)
    for code in KINDS["workover"].field("kind").choices:
        said = wording.event_words("workover", code, speaker)
        assert said == f"{speaker.say('event.workover')}: {speaker.say(f'choice.{code}')}"
        assert code not in said


def test_a_note_of_ours_is_told_in_the_readers_words_and_a_persons_stays() -> None:
    assert wording.event_words("stop", "service", RU) == "Остановка: ревизия"
    assert wording.event_words("stop", "service", EN) == "Stop: service"
    assert wording.event_words("stop", "pump seized, ears", EN) == "Stop: pump seized, ears"
    assert wording.event_words("stop", "", EN) == "Stop"
    assert wording.event_words("note", "act", EN) == "Note: act", "no code of a document"
    assert wording.event_words("workover", "", EN) == "Workover"
