"""Rows of the table of tags, tried before they are saved: on the last readings of each source and on the dead
letters. What each would match, and what values would come of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy.engine import Engine

from app.core.clock import iso
from app.models.sensors import SENSORS
from central.replay import Knowing, readings_in
from central.stores import dead_letters, recent
from central.stores.engine import reading
from central.stores.tags import Tag
from central.streams.clean import called, names_of

SHOWN = 3
MOST_LOOKED_BYTES = 16 << 20
"""Of the letters: the newest."""


@dataclass
class TriedTag:
    """`recent` and `dead` are how many readings the row would speak of; `shown` the first values that come of
    it, in SI.
    """

    tag: Tag
    recent: int = 0
    dead: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    """Why some of them would be set aside still."""


def try_tags(engine: Engine, tags: tuple[Tag, ...]) -> list[TriedTag]:
    """With those that are saved already; a row of the same name is tried in its place."""
    found = {tag.key: TriedTag(tag) for tag in tags}
    with reading(engine) as connection:
        knowing = Knowing(connection, tags)
        for source, table in recent.every(connection):
            _look(found, source, table, knowing, "recent")
        size = 0
        for block in reversed(dead_letters.blocks(connection)):
            size += block.size
            content = dead_letters.content(connection, block.id) if size <= MOST_LOOKED_BYTES else None
            if content is not None:
                _look(found, block.source, readings_in(content)[0], knowing, "dead")
    return list(found.values())


def _look(
    found: dict[tuple[str, str], TriedTag], source: str, table: pa.Table, knowing: Knowing, where: str
) -> None:
    known = knowing.of(source)
    named, place = called(table)
    tags = [known.meant(names[:4]).tag for names in named]
    for key in {tag.key for tag in tags if tag is not None} & set(found):
        mine = np.array([tag is not None and tag.key == key for tag in tags], bool)[place]
        part, one = table.filter(pa.array(mine)), found[key]
        setattr(one, where, getattr(one, where) + len(part))
        for reason, rows in knowing.cleaned(source, part).dead:
            one.reasons[reason] = one.reasons.get(reason, 0) + len(rows)
        for number in range(len(part) - 1, max(-1, len(part) - 1 - SHOWN), -1):
            if len(one.shown) < SHOWN:
                one.shown += _shown(source, part.slice(number, 1), knowing)


def _shown(source: str, row: pa.Table, knowing: Knowing) -> list[dict[str, Any]]:
    """The reading that comes of one row; nothing when none does."""
    readings = knowing.cleaned(source, row).readings.to_pylist()
    said = row.to_pylist()[0]
    name = names_of(*(said[key] or "" for key in ("well", "sensor", "tag", "topic")))[0]
    return [
        {
            "source": source,
            "name": name,
            "came": said["value"],
            "well": made["well_id"],
            "sensor": _KEYS[made["sensor_type"]],
            "at": iso(made["timestamp"]),
            "si": made["value"],
            "marks": made["quality"],
        }
        for made in readings
    ]


_KEYS = {sensor.number: sensor.key for sensor in SENSORS}
