"""The pad's summary (сводка): each well in a line, the worst off first, what is wrong and what it gives."""

from app.core.texts import Speaker, with_unit
from app.reports import wording
from app.reports.blocks import Block, Column, Heading, Paragraph, Table, Value
from app.reports.collect import Options, Section, WellFacts


def make(wells: tuple[WellFacts, ...], speaker: Speaker, options: Options) -> list[Block]:
    rows = sorted((facts for facts in wells if facts.row is not None), key=lambda facts: facts.row.urgency)  # type: ignore[union-attr]
    needing = sum(facts.row is not None and facts.row.severity in ("act", "stop") for facts in rows)
    columns = (
        Column(speaker.say("column.well")),
        Column(speaker.say("column.lift_short")),
        Column(speaker.say("column.state")),
        Column(speaker.say("column.status")),
        Column(with_unit(speaker.say("column.status"), speaker.unit("ratio")), "number", 0),
        Column(speaker.say("column.rules_looked")),
        Column(speaker.say("column.worst")),
        Column(speaker.say("column.since"), "day"),
        Column(with_unit(speaker.say("column.liquid"), speaker.unit("rate")), "number", 1),
        Column(with_unit(speaker.say("column.oil"), speaker.unit("mass_rate")), "number", 1),
        Column(with_unit(speaker.say("column.water_cut"), speaker.unit("ratio")), "number", 1),
        Column(speaker.say("column.tested"), "day"),
        Column(speaker.say("passport.last_reading"), "moment"),
    )
    return [
        Heading(speaker.say("section.summary"), 1),
        Paragraph(speaker.say("summary.count", count=len(rows), needing=needing)),
        Table(columns, tuple(_row(facts, speaker) for facts in rows)),
    ]


def _row(facts: WellFacts, speaker: Speaker) -> tuple[Value, ...]:
    row = facts.row
    assert row is not None
    well = facts.well
    # The last test that nothing speaks against: a doubtful one must not stand for the well.
    test = next((one.test for one in facts.flow.rows if not one.doubts), None)

    shown = speaker.shown
    return (
        well.name,
        speaker.say(f"lift.{well.lift}"),
        speaker.say(f"state.{well.state}"),
        speaker.say(f"status.{row.status.status}"),
        shown(row.health, "ratio"),
        "—" if row.sight is None else f"{row.sight.looked}/{row.sight.of}",
        wording.worst_line(row, speaker),
        row.since,
        shown(test.liquid_m3_per_s if test else None, "rate"),
        shown(test.oil_kg_per_s if test else None, "mass_rate"),
        shown(test.water_cut if test else None, "ratio"),
        test.taken_at if test else None,
        row.status.last_reading_at,
    )


SECTION = Section("summary", make_for_all=make, wide=True)
