"""Small parts of the readings are asked for together: a request for each month of a hundred years, or for
each of a thousand wells, would be more than a centre answers in a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.sync.transports.base import Part

ROWS_A_REQUEST, CARDS_A_REQUEST = 200_000, 1_000


def gathered(parts: list[Part], most: int) -> list[Part]:
    """At most `most` rows each, where a month of one well is not more; the newest months first, and in each
    the wells in order. A part that goes over the end of a month stays as it is.
    """
    months: dict[str, list[Part]] = {}
    alone = [part for part in parts if not _in_one_month(part)]
    for part in parts:
        if _in_one_month(part):
            months.setdefault(f"{part.last:%Y-%m}", []).append(part)
    blocks: list[list[Part]] = []
    rows = 0
    for month in sorted(months, reverse=True):
        own = sum(part.rows for part in months[month])
        if blocks and rows + own <= most:
            blocks[-1] += months[month]
            rows += own
        else:
            blocks.append(months[month])
            rows = own
    return [part for block in blocks for part in _by_wells(block, most)] + alone


def _in_one_month(part: Part) -> bool:
    return (part.first.year, part.first.month) == (part.last.year, part.last.month)


def _by_wells(block: list[Part], most: int) -> Iterator[Part]:
    own: dict[int, int] = {}
    for part in block:
        own[part.well] = own.get(part.well, 0) + part.rows
    first, last = min(part.first for part in block), max(part.last for part in block)
    wells: list[int] = []
    for well in sorted(own):
        if wells and sum(own[one] for one in wells) + own[well] > most:
            yield _of(wells, own, first, last)
            wells = []
        wells.append(well)
    yield _of(wells, own, first, last)


def _of(wells: list[int], own: dict[int, int], first: datetime, last: datetime) -> Part:
    return Part(wells[0], first, last, sum(own[one] for one in wells), tuple(wells[1:]))
