"""Flow tests, events and analyses of the period."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Paragraph, Table
from app.reports.collect import Section, WellFacts

SHOWN_TESTS = 12
SHOWN_EVENTS = 15


def make(facts: WellFacts, speaker: Speaker) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.tests"))]
    if not facts.flow_tests:
        blocks.append(Paragraph(speaker.say("section.no_data"), muted=True))
    else:
        rate, mass, pressure = (
            speaker.unit("rate"),
            speaker.unit("mass_rate"),
            speaker.unit("surface_pressure"),
        )
        header = (
            speaker.say("column.time"), f"{speaker.say('column.liquid')}, {rate}", f"{speaker.say('column.oil')}, {mass}",
            f"{speaker.say('column.water_cut')}, %", f"{speaker.say('column.gas')}, {rate}",
            f"{speaker.say('column.line_pressure')}, {pressure}",
        )  # fmt: skip
        rows = tuple(
            (
                speaker.moment(test.taken_at), speaker.bare(test.liquid_m3_per_s, "rate"), speaker.bare(test.oil_kg_per_s, "mass_rate"),
                speaker.bare(test.water_cut, "ratio"), speaker.bare(test.gas_m3_per_s, "rate", digits=0),
                speaker.bare(test.line_pressure_pa, "surface_pressure"),
            )
            for test in sorted(facts.flow_tests, key=lambda test: test.taken_at, reverse=True)[:SHOWN_TESTS]
        )  # fmt: skip
        blocks.append(Table(header, rows, (False, True, True, True, True, True), (1.3, 1, 1, 1, 1, 1)))
    if facts.events:
        blocks.append(Heading(speaker.say("section.events")))
        newest = sorted(facts.events, key=lambda event: event.at, reverse=True)
        blocks.append(
            Table(
                (speaker.say("column.from"), speaker.say("column.to"), speaker.say("column.what")),
                tuple((speaker.moment(e.at), speaker.moment(e.until), event_words(e.kind, e.note, speaker)) for e in newest[:SHOWN_EVENTS]),
                (False, False, False), (1, 1, 3),
            )
        )  # fmt: skip
        if len(newest) > SHOWN_EVENTS:
            blocks.append(
                Paragraph(speaker.say("section.more_events", count=len(newest) - SHOWN_EVENTS), muted=True)
            )
    return blocks


def event_words(kind: str, note: str, speaker: Speaker) -> str:
    """`Остановка: ревизия`; a note that is free text stays as it was written."""
    said = speaker.say(f"event_note.{note}") if speaker.has(f"event_note.{note}") else note
    return f"{speaker.say(f'event.{kind}')}: {said}" if said else speaker.say(f"event.{kind}")


SECTION = Section("tests", make)
