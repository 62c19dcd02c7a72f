"""Tasks and the rules that make them, in words."""

from __future__ import annotations

from datetime import datetime

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.task_rules import TaskRule, rule_of_code
from app.models.values import needed_text, text_of
from app.models.wells import Well
from app.reports.record_words import choice_words, summary

_TASK = KINDS["task"]
MOST_TOLD = 3
"""Of a sample that many results are told."""


def what_words(record: Record, speaker: Speaker) -> str:
    return choice_words(_TASK.field("what"), needed_text(record.values, "what"), speaker)


def asked_words(record: Record, speaker: Speaker) -> str:
    """What, and why where a person or a finding says so: that a rule asks for it goes without saying."""
    what, why = what_words(record, speaker), why_words(record, speaker)
    return f"{what} ({why})" if why and record.values.get("origin") != "rule" else what


def place_words(well: Well, speaker: Speaker) -> str:
    return speaker.say("day.place", pad=well.pad, well=well.name) if well.pad else well.name


def state_words(record: Record, speaker: Speaker) -> str:
    return choice_words(_TASK.field("state"), text_of(record.values, "state") or "planned", speaker)


def reason(record: Record) -> str:
    """Why it cannot be done; empty where it can."""
    return text_of(record.values, "why") if record.values.get("state") == "cannot" else ""


def until_words(record: Record, late_days: int, speaker: Speaker, *, brief: bool = False) -> str:
    if record.until is None:
        return "—"
    day = speaker.day(record.until)
    said = "task.late_brief" if brief else "task.late"
    return speaker.say(said, day=day, days=late_days) if late_days else day


def why_words(record: Record, speaker: Speaker) -> str:
    """Why it is asked for: its comment, the rule that made it."""
    note, rule = text_of(record.values, "note"), text_of(record.values, "rule")
    if note or not rule:
        return note
    known = rule_of_code(rule)
    return rule if known is None else rule_words(known, speaker)


def last_words(last: tuple[Record, ...], last_at: datetime | None, speaker: Speaker) -> str:
    """What was found the last time, and when."""
    if last:
        found = "; ".join(summary(one, speaker) for one in last[:MOST_TOLD])
        return f"{speaker.day(last[0].at)}: {found}" + (" …" if len(last) > MOST_TOLD else "")
    return speaker.day(last_at) if last_at is not None else "—"


def along_words(along: tuple[tuple[str, int], ...], speaker: Speaker) -> list[str]:
    """What to take along for what is to be done."""
    return [
        speaker.say(f"take_along.{what}", count=n) for what, n in along if speaker.has(f"take_along.{what}")
    ]


def line(record: Record, well: Well, late_days: int, speaker: Speaker) -> str:
    """`123Г · Отбить уровень · до 14.11.2026 · Петров · Запланировано`."""
    parts = [
        well.name,
        what_words(record, speaker),
        speaker.say("task.until", day=until_words(record, late_days, speaker)) if record.until else "",
        text_of(record.values, "who"),
        state_words(record, speaker),
        reason(record),
        why_words(record, speaker),
    ]
    return " · ".join(part for part in parts if part)


def rule_words(rule: TaskRule, speaker: Speaker) -> str:
    what = choice_words(_TASK.field("what"), rule.what, speaker)
    on = f": {speaker.say(f'lift.{rule.lift}')}" if rule.lift else ""
    if rule.after is None:
        return speaker.say("task_rule.every", what=what, days=rule.days) + on
    kind, code = rule.after
    after = choice_words(KINDS[kind].field("kind"), code, speaker)
    return speaker.say("task_rule.after", what=what, days=rule.days, after=after) + on
