"""Rows of the table of tags, tried before they are saved: on the last readings of each source and on the dead
letters. What each would match, what values would come of it, and what looks wrong in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.engine import Connection, Engine

from app.core.clock import iso
from app.core.unit_spellings import find_unit
from app.core.units import stored_unit
from app.importers.distinct import distinct_rows
from app.models.readings import Quality
from app.models.sensors import SENSORS
from central.names.nearest import Nearest
from central.names.tags import Meant, TagMap
from central.replay import Knowing, readings_in
from central.stores import dead_letters, recent, wells
from central.stores.engine import reading
from central.stores.letters import filled
from central.stores.tags import Tag
from central.streams.clean import (
    TAG_TWOFOLD,
    TAG_UNKNOWN,
    Cleaned,
    Known,
    called,
    every_name,
    first_names,
    names_of,
)

SHOWN = 3
MOST_NAMES = 10
MOST_LOOKED_BYTES = 16 << 20
"""Of the letters: the newest."""
_SAME = ("well", "sensor", "tag", "topic", "unit", "timestamp", "value")


@dataclass
class TriedTag:
    """`recent` and `dead` are how many readings the row would speak of: one may be in both. The others count
    a reading once. `shown` are the first values that come of it.
    """

    tag: Tag
    recent: int = 0
    dead: int = 0
    shown: list[dict[str, object]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why some of them would be set aside still."""
    marks: Counter[str] = field(default_factory=Counter)
    """How many values would be marked, by the mark: out of the sensor's limits is a wrong unit or scale."""
    no_zone: int = 0
    """Whose clock names no zone, nor does the row: they are taken for UTC."""
    units: Counter[str] = field(default_factory=Counter)
    """Units that messages name and the row does not follow."""
    series: set[tuple[int, int]] = field(default_factory=set)
    """Well and sensor of what it speaks of."""
    same_series: list[str] = field(default_factory=list)
    """Names that give readings of one sensor of one well: of one moment the last that comes stays."""
    others: Counter[str] = field(default_factory=Counter)
    """Rows that speak before this one of readings that it fits too, or say as much and something else."""
    near: list[str] = field(default_factory=list)
    """Where it fits nothing: names that did come."""

    @property
    def suspect(self) -> dict[str, object]:
        """What is to be looked at before it is saved; empty when nothing is."""
        told = {
            "fits_nothing": not self.recent + self.dead,
            "near": self.near,
            "marked": dict(self.marks),
            "messages_say_unit": dict(self.units),
            "one_series_of": self.same_series,
            "taken_as_utc": self.no_zone,
            "set_aside": dict(self.reasons),
            "others_speak": dict(self.others),
        }
        return {key: value for key, value in told.items() if value}


@dataclass
class Trial:
    """`unknown`: names that nobody would know still, with how many readings they have."""

    tags: list[TriedTag]
    unknown: Counter[str]


def try_tags(engine: Engine, tags: tuple[Tag, ...]) -> Trial:
    """With those that are saved already; a row of the same name is tried in its place."""
    found = {tag.key: TriedTag(tag) for tag in tags}
    ones = list(found.values())
    unknown: Counter[str] = Counter()
    names: Counter[str] = Counter()
    series: dict[tuple[int, int], dict[str, None]] = {}
    with reading(engine) as connection:
        knowing = Knowing(connection, tags)
        places = {int(well.id): well.place for well in wells.all_wells(connection)}
        for source, tables in _what_came(connection).items():
            known = knowing.of(source)
            for where, table in tables.items():
                for one, count in _told(ones, _speaking(table, known, found)):
                    setattr(one, where, getattr(one, where) + count)
            table = _once(tables)
            names.update(first_names(table))
            done = knowing.cleaned(source, table)
            for reason, rows in done.dead:
                if reason == TAG_UNKNOWN:
                    unknown.update(first_names(rows))
            _beside(found, table, known.tags)
            for every, meant in _meant(table, known):
                if meant.well is None or meant.sensor is None:
                    continue
                series.setdefault((meant.well, meant.sensor), {})[f"{source}: {every[0]}"] = None
                if meant.tag is not None and meant.tag.key in found:
                    found[meant.tag.key].series.add((meant.well, meant.sensor))
            _look(ones, source, Came(table, _speaking(table, known, found), done, places))
    near = Nearest(names)
    for one in ones:
        shared = [list(series[key]) for key in sorted(one.series) if len(series[key]) > 1]
        one.same_series = [name for names in shared for name in names][:MOST_NAMES]
        if not one.recent + one.dead:
            one.near = near.to(one.tag.pattern)
    return Trial(ones, unknown)


def _what_came(connection: Connection) -> dict[str, dict[str, pa.Table]]:
    """Source → its last readings and its letters."""
    came: dict[str, dict[str, list[pa.Table]]] = {}
    for source, table in recent.every(connection):
        came.setdefault(source, {"recent": [], "dead": []})["recent"].append(table)
    size = 0
    for block in reversed(dead_letters.blocks(connection)):
        size += block.size
        content = dead_letters.content(connection, block.id) if size <= MOST_LOOKED_BYTES else None
        if content is not None:
            of_source = came.setdefault(block.source, {"recent": [], "dead": []})
            of_source["dead"].append(readings_in(content)[0])
    return {
        source: {where: pa.concat_tables(parts) for where, parts in tables.items() if parts}
        for source, tables in came.items()
    }


def _once(tables: dict[str, pa.Table]) -> pa.Table:
    """A reading that is among the last ones and the letters is one: the letter, that says when it came. `row`
    is where each stands, also when it was set aside.
    """
    letters_first = (filled(tables[where]) for where in ("dead", "recent") if where in tables)
    both = pa.concat_tables(letters_first)
    first, _ = distinct_rows(both.column(name) for name in _SAME)
    table = both.take(pa.array(sorted(first))).combine_chunks()
    return table.append_column("row", pa.array(np.arange(len(table))))


def _speaking(table: pa.Table, known: Known, found: Mapping[tuple[str, str], TriedTag]) -> np.ndarray:
    """Which of the rows that are tried speaks of each reading, (n,), -1 for none of them."""
    number = {key: at for at, key in enumerate(found)}
    named, place = called(table)
    said = [known.meant(names[:4]).tag for names in named]
    return np.array([number.get(tag.key, -1) if tag is not None else -1 for tag in said], np.int64)[place]


def _told(ones: list[TriedTag], speaks: np.ndarray) -> Iterator[tuple[TriedTag, int]]:
    """(a row that is tried, of how many of these readings it speaks)."""
    numbers, counts = np.unique(speaks[speaks >= 0], return_counts=True)
    for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
        yield ones[number], count


def _meant(table: pa.Table, known: Known) -> Iterator[tuple[tuple[str, ...], Meant]]:
    for names in called(table)[0]:
        well, sensor, tag, topic = (word or "" for word in names[:4])
        yield names_of(well, sensor, tag, topic), known.meant(names[:4])


def _beside(found: dict[tuple[str, str], TriedTag], table: pa.Table, tags: TagMap) -> None:
    """Rows that fit a name of which another row speaks, or of which none does because they are two."""
    for names, count in every_name(table):
        fits = [fitting for name in names for fitting in tags.fitting(name)]
        for key in found.keys() & {fitting.tag.key for fitting in fits}:
            one, speaks = found[key], fits[0].twofold or (fits[0].tag,)
            others = [tag.pattern for tag in speaks if tag.key != key]
            one.others.update(dict.fromkeys(others, count))
            if fits[0].twofold and len(others) < len(speaks):
                one.reasons[TAG_TWOFOLD] += count


@dataclass(frozen=True)
class Came:
    """Of one source, what came once. `speaks`: which of the rows that are tried says what each of it is."""

    table: pa.Table
    speaks: np.ndarray
    done: Cleaned
    wells: Mapping[int, str]


def _look(ones: list[TriedTag], source: str, came: Came) -> None:
    """What becomes of what each row speaks of."""
    for reason, rows in came.done.dead:
        for one, count in _told(ones, came.speaks[rows.column("row").to_numpy()]):
            one.reasons[reason] += count
    of_readings = came.speaks[came.done.rows]
    marked = came.done.readings.column("quality").to_numpy()
    for mark, name in _MARKS.items():
        for one, count in _told(ones, of_readings[marked & mark > 0]):
            one.marks[name] += count
    local = pc.fill_null(came.table.column("local"), False).to_numpy(zero_copy_only=False).astype(bool)
    for one, count in _told(ones, came.speaks[local]):
        one.no_zone += 0 if one.tag.zone else count
    named, place = called(came.table)
    speaks = np.full(len(named), -1)
    speaks[place] = came.speaks
    for at, (names, count) in enumerate(zip(named, np.bincount(place, minlength=len(named)), strict=True)):
        own, row = names[4], ones[speaks[at]].tag if speaks[at] >= 0 else None
        if own and row is not None and row.unit and find_unit(own) != find_unit(row.unit):
            ones[speaks[at]].units[own] += int(count)
    _show(ones, source, came, place)


def _show(ones: list[TriedTag], source: str, came: Came, place: np.ndarray) -> None:
    """The first readings that come of each row: the newest of each name, then the newest of all."""
    made = np.full(len(came.table), -1)
    made[came.done.rows] = np.arange(len(came.done.rows))
    giving = np.flatnonzero((made >= 0) & (came.speaks >= 0))
    giving = giving[np.argsort(came.speaks[giving], kind="stable")]
    chosen: list[tuple[TriedTag, int]] = []
    for rows in np.split(giving, np.flatnonzero(np.diff(came.speaks[giving])) + 1) if len(giving) else ():
        one = ones[came.speaks[rows[0]]]
        first = np.unique(place[rows], return_index=True)[1]
        last = len(rows) - 1 - np.unique(place[rows][::-1], return_index=True)[1]
        of_names = rows[last[np.argsort(first)]][:SHOWN].tolist()
        newest = dict.fromkeys([*of_names, *rows[: -SHOWN * 2 : -1].tolist()])
        chosen += [(one, row) for row in list(newest)[: max(0, SHOWN - len(one.shown))]]
    at = np.array([row for _, row in chosen], np.int64)
    readings = came.done.readings.take(pa.array(made[at])).to_pylist()
    said = came.table.take(pa.array(at)).to_pylist()  # a moment that gives a reading is one that Python has
    for (one, _), reads, row in zip(chosen, readings, said, strict=True):
        one.shown.append(_shown(one.tag, source, reads, row, came.wells))


def _shown(tag: Tag, source: str, made: Any, said: Any, wells: Mapping[int, str]) -> dict[str, object]:
    """`made`: the reading that comes of the row `said`."""
    sensor = _SENSORS[made["sensor_type"]]
    return {
        "source": source,
        "name": names_of(*(said[key] or "" for key in ("well", "sensor", "tag", "topic")))[0],
        "came": said["value"],
        "as": tag.unit or said["unit"] or "SI",
        "well": wells.get(made["well_id"], str(made["well_id"])),
        "sensor": sensor.key,
        "at": iso(made["timestamp"]),
        "clock": (tag.zone or "no zone: UTC") if said["local"] else "its own zone",
        "si": made["value"],
        "si_unit": stored_unit(sensor.quantity).en,
        "marks": [name for mark, name in _MARKS.items() if mark & made["quality"]],
    }


_MARKS = {mark: str(mark.name).lower() for mark in Quality if mark}
_SENSORS = {sensor.number: sensor for sensor in SENSORS}
