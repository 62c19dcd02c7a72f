"""Alarms in words: what is beyond which limit, how it stands, what is known of it."""

from __future__ import annotations

from datetime import datetime

from app.analysis.alarms.counting import Day
from app.analysis.alarms.watching import RATES
from app.core.clock import from_us
from app.core.texts import Speaker, number
from app.core.units import QUANTITIES
from app.models.alarms import PER_DAY, Alarm
from app.models.sensors import SENSORS

_BY_PRIORITY = {"high": "stop", "medium": "act", "low": "watch"}
_MARKS = {
    "acknowledged": "watch",
    "returned_unacknowledged": "watch",
    "suppressed": "idle",
    "shelved": "idle",
    "gone": "idle",
    "not_found": "none",
    "returned": "ok",
}


def pen_words(pen: str, pen_name: str, speaker: Speaker, lift: str = "") -> str:
    """The rule's name, else the sensor's, else the formula."""
    if pen_name:
        return pen_name
    return SENSORS[pen].name(speaker.language, lift) if pen in SENSORS else pen


def level_words(level: str, speaker: Speaker) -> str:
    return speaker.say(f"alarm_level.{level}")


def title(alarm: Alarm, speaker: Speaker, lift: str = "") -> str:
    """`Motor temperature: high-high`; `lift` of its well."""
    return limit_name(alarm.pen, alarm.pen_name, alarm.level, speaker, lift)


def limit_name(pen: str, pen_name: str, level: str, speaker: Speaker, lift: str = "") -> str:
    name, said = pen_words(pen, pen_name, speaker, lift), level_words(level, speaker)
    return speaker.say("alarm.title", what=name, level=said[:1].lower() + said[1:])


def value_words(
    value: float | None, quantity: str, level: str, speaker: Speaker, *, even: bool = False
) -> str:
    """In the reader's unit; of a change in an hour, or in a day. `even`: with as many digits as those over
    and under it.
    """
    write = speaker.quantity if even else speaker.brief
    if value is None:
        return "—"
    if quantity.endswith(PER_DAY):
        words = value_words(value, quantity.removesuffix(PER_DAY), "", speaker, even=even)
        return _by_hour(speaker.say("alarm.by_day", value=words), level, speaker)
    if quantity not in QUANTITIES:
        words = number(value, 3, speaker.language)
    elif level in RATES and quantity == "temperature":
        words = write(value, "temperature_step")
    else:
        words = write(value, quantity)
    return _by_hour(words, level, speaker)


def unit_words(label: str, level: str, speaker: Speaker, *, per_day: bool) -> str:
    """What a figure of a limit is typed in: `°C`, `K/d`, `MPa/h`."""
    return _by_hour(speaker.say("alarm.by_day", value=label) if per_day else label, level, speaker)


def _by_hour(words: str, level: str, speaker: Speaker) -> str:
    return speaker.say("alarm.by_hour", value=words) if level in RATES else words


def state_words(alarm: Alarm, speaker: Speaker) -> str:
    if alarm.shelved_until is not None and alarm.state == "shelved":
        return speaker.say("alarm.shelved_until", at=alarm.shelved_until)
    return speaker.say(f"alarm_state.{alarm.state}")


def mark(alarm: Alarm) -> str:
    """A status of the theme."""
    if alarm.state == "unacknowledged":
        return _BY_PRIORITY.get(alarm.priority, "act")
    return _MARKS[alarm.state]


def most_words(day: Day, speaker: Speaker) -> str:
    """`12 (24.11.2026)`: the day that had most."""
    return speaker.say("alarm_count.most", count=day.count, day=speaker.day(from_us(day.begins_us)))


def figure_words(alarm: Alarm, value: float | None, speaker: Speaker, *, even: bool = False) -> str:
    """The furthest, the last, the threshold; of one that was not found none is known."""
    if alarm.state == "not_found":
        return "—"
    return value_words(value, alarm.quantity, alarm.level, speaker, even=even)


def limit_words(alarm: Alarm, speaker: Speaker) -> str:
    """`150 °C, of the equipment`."""
    words = figure_words(alarm, alarm.threshold, speaker)
    return f"{words}, {speaker.say(f'alarm_origin.{alarm.origin}')}" if alarm.origin else words


def answer_words(alarm: Alarm, speaker: Speaker) -> str:
    """Who acknowledged it, when, and what they wrote."""
    if alarm.acknowledged_at is None:
        return ""
    who, at = alarm.acknowledged_by, alarm.acknowledged_at
    return _act_words("alarm.acknowledged_by", who, at, alarm.comment, speaker)


def shelving_words(alarm: Alarm, speaker: Speaker) -> str:
    """Who put it off, until when, and why."""
    if alarm.shelved_until is None or alarm.state != "shelved":
        return ""
    who, at = alarm.shelved_by, alarm.shelved_until
    return _act_words("alarm.shelved_by", who, at, alarm.shelved_because, speaker)


def _act_words(key: str, who: str, at: datetime, why: str, speaker: Speaker) -> str:
    words = speaker.say(key, who=who or speaker.say("alarm.somebody"), at=at)
    return f"{words}: {why}" if why else words


def detail(alarm: Alarm, speaker: Speaker) -> str:
    """All that is known of one alarm, in sentences."""
    said = [speaker.say(f"alarm.why_{alarm.state}")]
    if alarm.state != "not_found":
        figures = {
            key: value_words(value, alarm.quantity, alarm.level, speaker)
            for key, value in (("limit", alarm.threshold), ("furthest", alarm.furthest))
        }
        said.append(speaker.say("alarm.figures", **figures))
    if alarm.origin:
        said.append(speaker.say("alarm.whose", origin=speaker.say(f"alarm_origin.{alarm.origin}")))
    if alarm.unknown_since is not None:
        said.append(speaker.say("alarm.why_not_known", at=alarm.unknown_since))
    if alarm.unknown_s > 0:
        said.append(speaker.say("alarm.unknown_for", hours=alarm.unknown_s))
    said += [shelving_words(alarm, speaker), answer_words(alarm, speaker)]
    return " ".join(part if part.endswith(".") else f"{part}." for part in said if part)
