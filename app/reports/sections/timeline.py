"""What was done to the well: workovers, events and changes of equipment on one calendar and in a table."""

from datetime import datetime

from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import Event, FiledRecord
from app.reports.blocks import Block, Column, Heading, Paragraph, Table, Timeline
from app.reports.collect import Options, Section, WellFacts
from app.reports.record_words import summary
from app.reports.wording import event_words

Row = tuple[datetime, datetime | None, str]

LASTING = ("stop", "trip", "treatment", "workover")


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.timeline"))]
    others = facts.records("workover", "installation")
    events = facts.events
    if not events and not others:
        return [*blocks, Paragraph(speaker.say("section.no_events"), muted=True, nothing=True)]
    blocks.append(_timeline(facts, others, speaker))
    rows = sorted(
        [_event(event, speaker) for event in events] + [_record(one, speaker) for one in others],
        key=lambda row: row[0],
        reverse=True,
    )
    most = int(options["most"])
    columns = (
        Column(speaker.say("column.from"), "dated"),
        Column(speaker.say("column.to"), "dated"),
        Column(speaker.say("column.what")),
    )
    blocks.append(Table(columns, tuple(rows[:most])))
    if len(rows) > most:
        blocks.append(Paragraph(speaker.say("section.more_events", count=len(rows) - most), muted=True))
    return blocks


def _timeline(facts: WellFacts, others: tuple[FiledRecord, ...], speaker: Speaker) -> Timeline:
    """A row each kind of event, in the order of their names' codes: the same kind stands in the same place on
    every well.
    """
    spans: dict[str, list[tuple[float, float | None]]] = {}
    for event in facts.events:
        until = event.until.timestamp() if event.until is not None and event.kind in LASTING else None
        spans.setdefault(speaker.say(f"event.{event.kind}"), []).append((event.at.timestamp(), until))
    for one in others:
        until = (
            one.record.until.timestamp()
            if one.record.until is not None and one.record.kind == "workover"
            else None
        )
        spans.setdefault(KINDS[one.record.kind].name(speaker.language), []).append(
            (one.record.at.timestamp(), until)
        )
    rows = tuple((name, i, tuple(found)) for i, (name, found) in enumerate(spans.items()))
    return Timeline(facts.since.timestamp(), facts.until.timestamp(), rows)


def _event(event: Event, speaker: Speaker) -> Row:
    return event.at, event.until, event_words(event.kind, event.note, speaker)


def _record(one: FiledRecord, speaker: Speaker) -> Row:
    kind = KINDS[one.record.kind].name(speaker.language)
    return one.record.at, one.record.until, f"{kind}: {summary(one.record, speaker)}"


SECTION = Section(
    "timeline",
    make,
    options=(
        Setting(
            "most",
            "int",
            25,
            "Не больше строк",
            "At most so many rows",
            "Самые новые; сколько не показано, сказано под таблицей.",
            "The newest; how many are left out is said below.",
            minimum=1,
            maximum=5000,
        ),
    ),
)
