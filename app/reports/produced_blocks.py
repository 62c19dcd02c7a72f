"""Production on paper: the newest and the sums in words, and the months."""

from __future__ import annotations

from app.analysis.wells.produced import VOLUMES, Produced, before, by_month
from app.core.clock import from_us, to_us
from app.core.texts import Speaker, with_unit
from app.reports import produced_words
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import WellFacts

MONTHS = 12
"""The newest of them."""


def blocks(facts: WellFacts, speaker: Speaker) -> list[Block]:
    """Nothing where none of it is of the period; of what came after it nothing is said."""
    found = None if facts.flow.produced is None else before(facts.flow.produced, to_us(facts.until))
    if found is None or not (found.ends_us > to_us(facts.since)).any():
        return []
    words: list[Block] = [Paragraph(line) for line in produced_words.lines(found, speaker)]
    return [Heading(speaker.say("produced.title")), *words, _table(found, speaker)]


def _table(found: Produced, speaker: Speaker) -> Table:
    """What is never told has no column."""
    unit, told = speaker.units.unit("volume"), [name for name in VOLUMES if found.total(name) is not None]
    columns = (
        Column(speaker.say("column.month"), "dated"),
        Column(with_unit(speaker.say("column.on_stream"), speaker.unit("hours")), "number", 0),
        *(
            Column(with_unit(speaker.say(f"column.{name}"), speaker.unit("volume")), "number", unit.digits)
            for name in told
        ),
    )
    rows = tuple(
        (
            from_us(month.begins_us),
            speaker.shown(month.on_stream_s, "hours"),
            *(speaker.shown(getattr(month, name), "volume") for name in told),
        )
        for month in by_month(found)[:MONTHS]
    )
    return Table(columns, rows)
