"""Alarms in words, in both languages: each state says what it is, and what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.texts import LANGUAGES, Speaker
from app.models.alarms import PRIORITIES, STATES, Alarm
from app.models.kinds.alarmed import ACTS, LEVELS, SAYS, SCOPES
from app.models.records import Record
from app.reports import alarm_words
from app.reports.record_words import summary

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
ALARM = Alarm(
    *(1, "motor_temperature", "high", "", "unacknowledged", "high", "equipment", "temperature"),
    *(AT, AT, None, 430.0, 423.15, 431.0, None, 0.0, None, "", "", None),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_level_and_origin_has_its_words(language: str) -> None:
    speaker = Speaker(language)
    for state in STATES:
        told = alarm_words.detail(replace(ALARM, state=state), speaker)
        assert "alarm.w" not in told, told
        assert "?" not in told, told
        assert alarm_words.mark(replace(ALARM, state=state))
        assert speaker.has(f"alarm_state.{state}")
    codes = {"level": LEVELS, "scope": SCOPES, "says": SAYS, "priority": PRIORITIES, "act": ACTS}
    codes["origin"] = (*SCOPES, "equipment")
    assert [
        f"alarm_{kind}.{code}"
        for kind, every in codes.items()
        for code in every
        if not speaker.has(f"alarm_{kind}.{code}")
    ] == []


def test_what_is_not_known_is_said_and_is_no_return() -> None:
    speaker = Speaker("en")
    told = alarm_words.detail(
        replace(ALARM, unknown_since=AT + timedelta(hours=1), unknown_s=7200.0), speaker
    )
    assert "No good readings since 2026-11-20 09:00: whether it has returned is not known." in told
    assert "no readings for 2.0\u00a0h" in told
    assert "is back" not in told


def test_a_limit_and_its_answer_in_a_line() -> None:
    speaker = Speaker("en")
    assert alarm_words.title(ALARM, speaker) == "Motor temperature: high"
    assert alarm_words.limit_words(ALARM, speaker) == "150\u00a0°C, of the equipment"
    assert alarm_words.value_words(5.0, "temperature", "rise", speaker) == "5\u00a0K/h"
    assert alarm_words.value_words(5.0, "", "high", speaker) == "5.000"
    assert alarm_words.value_words(40.0, "temperature_step per day", "high", speaker) == "40\u00a0K/d"
    assert alarm_words.unit_words("MPa", "rise", speaker, per_day=True) == "MPa/d/h"
    answered = replace(ALARM, acknowledged_at=AT, acknowledged_by="Anna", comment="on my way")
    assert alarm_words.answer_words(answered, speaker) == "Acknowledged by Anna 2026-11-20 08:00: on my way"


def test_figures_under_each_other_have_as_many_digits() -> None:
    speaker = Speaker("ru")
    told = [alarm_words.value_words(value, "current", "high", speaker, even=True) for value in (39.0, 34.2)]
    assert told == ["39,0\u00a0А", "34,2\u00a0А"]


def test_an_act_in_a_list_names_the_gauge_and_not_its_key() -> None:
    values = {"act": "acknowledge", "pen": "motor_temperature", "level": "high", "comment": "on my way"}
    told = summary(Record("a" * 32, "alarm_act", 1, AT, None, dict(values)), Speaker("en"))
    assert told == "Acknowledged; Motor temperature; High; on my way"
