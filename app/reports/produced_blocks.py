"""Production on paper: the newest and the sums in words, and the months."""

from __future__ import annotations

from app.analysis.wells.produced import VOLUMES, Produced, by_month
from app.core.clock import from_us, to_us
from app.core.texts import Speaker, with_unit
from app.reports import produced_words
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import WellFacts

MONTHS = 12
"""The newest of them."""


def blocks(facts: WellFacts, speaker: Speaker) -> list[Block]:
    """Nothing where none of it is of the period."""
    found = facts.flow.produced
    if found is None or not _is_of_period(found, facts):
        return []
    words: list[Block] = [Paragraph(line) for line in produced_words.lines(found, speaker)]
    return [Heading(speaker.say("produced.title")), *words, _table(found, to_us(facts.until), speaker)]


def _is_of_period(found: Produced, facts: WellFacts) -> bool:
    since, until = to_us(facts.since), to_us(facts.until)
    return bool(((found.ends_us > since) & (found.volumes.begins_us < until)).any())


def _table(found: Produced, until_us: int, speaker: Speaker) -> Table:
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
    months = [month for month in by_month(found) if month.begins_us < until_us][:MONTHS]
    rows = tuple(
        (
            from_us(month.begins_us),
            speaker.shown(month.on_stream_s, "hours"),
            *(speaker.shown(getattr(month, name), "volume") for name in told),
        )
        for month in months
    )
    return Table(columns, rows)
