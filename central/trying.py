"""Rows of the table of tags, tried before they are saved: on the last readings of each source and on the dead
letters. What each would match, what values would come of it, and what looks wrong in them.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

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
from central.names.tags import Meant, TagMap
from central.replay import Knowing, readings_in
from central.stores import dead_letters, recent, wells
from central.stores.engine import reading
from central.stores.letters import filled
from central.stores.tags import Tag
from central.streams.clean import TAG_TWOFOLD, TAG_UNKNOWN, Known, called, every_name, first_names, names_of

SHOWN = 3
MOST_TRIED = 50
"""Rows that are looked at for values to show."""
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
    unknown: Counter[str] = Counter()
    names: Counter[str] = Counter()
    series: dict[tuple[int, int], dict[str, None]] = {}
    with reading(engine) as connection:
        knowing = Knowing(connection, tags)
        places = {int(well.id): well.place for well in wells.all_wells(connection)}
        for source, tables in _what_came(connection).items():
            known = knowing.of(source)
            for where, table in tables.items():
                for key in found.keys() & (mine := _rows_of(table, known)).keys():
                    setattr(found[key], where, getattr(found[key], where) + int(mine[key].sum()))
            table = _once(tables)
            names += first_names(table)
            for reason, rows in knowing.cleaned(source, table).dead:
                if reason == TAG_UNKNOWN:
                    unknown += first_names(rows)
            _beside(found, table, known.tags)
            for every, meant in _meant(table, known):
                if meant.well is None or meant.sensor is None:
                    continue
                series.setdefault((meant.well, meant.sensor), {})[f"{source}: {every[0]}"] = None
                if meant.tag is not None and meant.tag.key in found:
                    found[meant.tag.key].series.add((meant.well, meant.sensor))
            mine = _rows_of(table, known)
            for key in found.keys() & mine.keys():
                _look(found[key], source, table.filter(pa.array(mine[key])), knowing, places)
    for one in found.values():
        shared = [list(series[key]) for key in sorted(one.series) if len(series[key]) > 1]
        one.same_series = [name for names in shared for name in names][:MOST_NAMES]
        if not one.recent + one.dead:
            one.near = difflib.get_close_matches(one.tag.pattern, list(filter(None, names)), 3, 0.6)
    return Trial(list(found.values()), unknown)


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
    """A reading that is among the last ones and the letters is one: the letter, that says when it came."""
    letters_first = (filled(tables[where]) for where in ("dead", "recent") if where in tables)
    both = pa.concat_tables(letters_first)
    first, _ = distinct_rows(both.column(name) for name in _SAME)
    return both.take(pa.array(sorted(first)))


def _rows_of(table: pa.Table, known: Known) -> dict[tuple[str, str], np.ndarray]:
    """Key of a row of the table of tags → which readings it speaks of, (n,) bool."""
    named, place = called(table)
    meant = [known.meant(names[:4]).tag for names in named]
    keys = [tag.key if tag is not None else None for tag in meant]
    return {key: np.array([of == key for of in keys], bool)[place] for key in set(keys) if key is not None}


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


def _look(one: TriedTag, source: str, table: pa.Table, knowing: Knowing, wells: dict[int, str]) -> None:
    """`table`: the readings that the row speaks of."""
    done = knowing.cleaned(source, table)
    one.reasons.update({reason: len(rows) for reason, rows in done.dead})
    marked = done.readings.column("quality").to_numpy()
    one.marks.update({name: n for mark, name in _MARKS.items() if (n := int((marked & mark > 0).sum()))})
    if not one.tag.zone:
        one.no_zone += int(pc.sum(pc.fill_null(table.column("local"), False)).as_py() or 0)
    named, place = called(table)
    for names, count in zip(named, np.bincount(place, minlength=len(named)).tolist(), strict=True):
        own = names[4]
        if own and one.tag.unit and find_unit(own) != find_unit(one.tag.unit):
            one.units[own] += count
    newest = list({index: number for number, index in enumerate(place.tolist())}.values())
    for number in list(dict.fromkeys([*newest, *range(len(table) - 1, -1, -1)]))[:MOST_TRIED]:
        if len(one.shown) < SHOWN:
            one.shown += _shown(one.tag, source, table.slice(number, 1), knowing, wells)


def _shown(
    tag: Tag, source: str, row: pa.Table, knowing: Knowing, wells: dict[int, str]
) -> list[dict[str, object]]:
    """The reading that comes of one row; nothing when none does."""
    told: list[dict[str, object]] = []
    for made in knowing.cleaned(source, row).readings.to_pylist():
        said = row.to_pylist()[0]  # a moment that gives a reading is one that Python has
        sensor = _SENSORS[made["sensor_type"]]
        unit = tag.unit or said["unit"] or ""
        told.append(
            {
                "source": source,
                "name": names_of(*(said[key] or "" for key in ("well", "sensor", "tag", "topic")))[0],
                "came": said["value"],
                "as": unit or "SI",
                "well": wells.get(made["well_id"], str(made["well_id"])),
                "sensor": sensor.key,
                "at": iso(made["timestamp"]),
                "clock": (tag.zone or "no zone: UTC") if said["local"] else "its own zone",
                "si": made["value"],
                "si_unit": stored_unit(sensor.quantity).en,
                "marks": [name for mark, name in _MARKS.items() if mark & made["quality"]],
            }
        )
    return told


_MARKS = {mark: str(mark.name).lower() for mark in Quality if mark}
_SENSORS = {sensor.number: sensor for sensor in SENSORS}
