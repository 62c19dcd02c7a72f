"""What was done to the well: workovers, events and changes of equipment on one calendar and in a table."""

from collections.abc import Sequence
from datetime import datetime

from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import Event, FiledRecord
from app.models.values import count_of
from app.reports.blocks import Block, Column, Heading, Paragraph, Table, Timeline
from app.reports.collect import Options, Section, WellFacts
from app.reports.record_words import summary
from app.reports.wording import event_words

Row = tuple[datetime, datetime | None, str]

LASTING = ("stop", "trip", "treatment", "workover")
OTHERS = ("workover", "installation")
ROWS = (*KINDS["event"].field("kind").choices, *OTHERS)


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.timeline"))]
    others = facts.records(*OTHERS)
    # A workover is an event too, for charts; its record says more of it.
    events = tuple(event for event in facts.events if event.kind != "workover")
    if not events and not others:
        return [*blocks, Paragraph(speaker.say("section.no_events"), muted=True, nothing=True)]
    blocks.append(_timeline(facts, events, others, speaker))
    rows = sorted(
        [_event(event, speaker) for event in events] + [_record(one, speaker) for one in others],
        key=lambda row: row[0],
        reverse=True,
    )
    most = count_of(options, "most")
    columns = (
        Column(speaker.say("column.from"), "dated"),
        Column(speaker.say("column.to"), "dated"),
        Column(speaker.say("column.what")),
    )
    blocks.append(Table(columns, tuple(rows[:most])))
    if len(rows) > most:
        blocks.append(Paragraph(speaker.say("section.more_events", count=len(rows) - most), muted=True))
    return blocks


def _timeline(
    facts: WellFacts, events: Sequence[Event], others: Sequence[FiledRecord], speaker: Speaker
) -> Timeline:
    """A row each kind of event, in the order of ROWS and each in its own colour, on every well."""
    happened = [(event.kind, event.at, event.until) for event in events]
    happened += [(one.record.kind, one.record.at, one.record.until) for one in others]
    spans: dict[str, list[tuple[float, float | None]]] = {}
    for kind, at, until in happened:
        ended = until.timestamp() if until is not None and kind in LASTING else None
        spans.setdefault(kind, []).append((at.timestamp(), ended))
    rows = tuple(
        (_row_name(kind, speaker), style, tuple(sorted(spans[kind], key=lambda span: span[0])))
        for style, kind in enumerate(ROWS)
        if kind in spans
    )
    return Timeline(facts.since.timestamp(), facts.until.timestamp(), rows)


def _row_name(kind: str, speaker: Speaker) -> str:
    return KINDS[kind].name(speaker.language) if kind in OTHERS else speaker.say(f"event.{kind}")


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
