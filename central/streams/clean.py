"""Readings from outside made ours: wells and sensors found by name or tag, units turned into SI, marks set;
what cannot be used is set aside with why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.analysis.quality.marks import SENTINELS
from app.core.clock import to_us
from app.core.units import Unit
from app.importers.distinct import distinct_rows
from app.importers.zones import to_utc_us
from app.models.limits import EARLIEST_US, LATEST_US, latest_measured
from app.models.readings import Quality
from app.models.sensors import SENSORS
from central.names.finding import WellFinder
from central.names.tags import Meant, TagMap, meant_by
from central.stores.letters import INCOMING

WELL_UNKNOWN, SENSOR_UNKNOWN, TAG_UNKNOWN = "well_unknown", "sensor_unknown", "tag_unknown"
TAG_TWOFOLD = "tag_twofold"
"""Two patterns say as much of a name, and not the same."""
AHEAD = "measured_ahead"
"""A clock that is wrong: replayed when its time has come, or never."""
ZONE = "clock_zone"
"""A clock that names no zone is ahead of the moment when its reading came: it is of another zone."""
LONGEST_AHEAD_US = 30 * 60 * 1_000_000
"""Clocks go wrong by minutes, zones by half an hour at least."""
OF_NAMES = frozenset((WELL_UNKNOWN, SENSOR_UNKNOWN, TAG_UNKNOWN, TAG_TWOFOLD, "unit_unknown"))
"""What a newer registry or table of tags may know."""
_NAMING = ("well", "sensor", "tag", "topic", "unit")


@dataclass(frozen=True)
class Cleaned:
    """`readings` has the columns of the store, `rows` which row of what came each of them is; `dead` is
    (reason, rows as they came).
    """

    readings: pa.Table
    dead: list[tuple[str, pa.Table]]
    rows: np.ndarray


@dataclass
class Known:
    """The wells that may be meant, and the table of tags; what was found in them once."""

    wells: WellFinder
    tags: TagMap
    _found: dict[tuple[str | None, ...], Meant] = field(default_factory=dict)

    def meant(self, named: tuple[str | None, ...]) -> Meant:
        if named not in self._found:
            if len(self._found) > 200_000:
                self._found.clear()
            well, sensor, tag, topic = (word or "" for word in named)
            self._found[named] = meant_by(
                names_of(well, sensor, tag, topic), well, sensor or tag, self.tags, self.wells
            )
        return self._found[named]


def names_of(well: str, sensor: str, tag: str, topic: str) -> tuple[str, ...]:
    """What a reading may be called in the table of tags, the fullest name first."""
    own = tag or sensor
    said = [[topic, well, own], [topic, own], [well, own], [own]] if own else [[topic, well], [well], [topic]]
    names = ("/".join(filter(None, parts)) for parts in said)
    return tuple(name for name in dict.fromkeys(names) if name)


def every_name(table: pa.Table) -> Iterator[tuple[tuple[str, ...], int]]:
    """(what the readings of one name may be called, how many they are)."""
    named, place = called(table)
    for names, count in zip(named, np.bincount(place, minlength=len(named)).tolist(), strict=True):
        well, sensor, tag, topic = (word or "" for word in names[:4])
        yield names_of(well, sensor, tag, topic), count


def first_names(table: pa.Table) -> Counter[str]:
    """By what a tag would have to be called; "" for readings of no name."""
    found: Counter[str] = Counter()
    for names, count in every_name(table):
        found[names[0] if names else ""] += count
    return found


def incoming(table: pa.Table) -> pa.Table:
    """Any table with our columns into INCOMING. Raises ValueError that says what is missing or of the wrong
    type.
    """
    needed = (
        ("timestamp", "value") if "tag" in table.column_names else ("well", "sensor", "timestamp", "value")
    )
    missing = [name for name in needed if name not in table.column_names]
    if missing:
        raise ValueError(f"columns missing: {', '.join(missing)}")
    columns: dict[str, object] = {}
    for column_field in INCOMING:
        if column_field.name not in table.column_names:
            columns[column_field.name] = pa.nulls(len(table), column_field.type)
            continue
        columns[column_field.name] = _cast(table.column(column_field.name), column_field)
    return pa.table(columns)


def _cast(column: pa.ChunkedArray, wanted: pa.Field) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        if wanted.name == "timestamp" and pa.types.is_timestamp(column.type) and column.type.tz is None:
            column = column.cast(pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"), safe=False)
        return column.cast(wanted.type, safe=wanted.name != "timestamp")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ValueError(f"column {wanted.name}: {error}") from error


def clean(table: pa.Table, known: Known, now: datetime) -> Cleaned:
    """`table`: INCOMING, or LETTER, which the dead ones keep. No loop over rows: over the distinct names in
    them.
    """
    named, place = called(table)
    meant = [known.meant(names[:4]) for names in named]
    units = [one.unit(names[4] or "") for one, names in zip(meant, named, strict=True)]
    number = _of_each([-1 if one.well is None else one.well for one in meant], np.int64)[place]
    sensor = _of_each([-1 if one.sensor is None else one.sensor for one in meant], np.int64)[place]
    bad_unit = _of_each([not is_known for _, is_known in units], bool)[place]
    nobodys = _of_each([_is_nobodys(*pair) for pair in zip(meant, named, strict=True)], bool)[place]
    twofold = _of_each([bool(one.twofold) for one in meant], bool)[place]
    time_us, bad_time = _moments(table, meant, place)
    value = table.column("value").to_numpy(zero_copy_only=False).astype(np.float64)
    bad_value = ~np.isfinite(value)
    quality = np.where(np.isin(value.astype(np.float32), SENTINELS), np.uint8(Quality.SENTINEL), np.uint8(0))
    _to_si(value, meant, [unit for unit, _ in units], place)
    quality |= _marks(value, sensor, table)
    with np.errstate(over="ignore"):
        bad_value |= ~np.isfinite(value.astype(np.float32))
    reasons = (
        (TAG_TWOFOLD, twofold),
        (TAG_UNKNOWN, nobodys),
        (WELL_UNKNOWN, number < 0),
        (SENSOR_UNKNOWN, sensor < 0),
        ("time", bad_time),
        (AHEAD, time_us >= to_us(latest_measured(now))),
        (ZONE, _of_another_zone(table, time_us, now)),
        ("value", bad_value),
        ("unit_unknown", bad_unit),
    )
    bad = np.zeros(len(value), bool)
    dead: list[tuple[str, pa.Table]] = []
    for reason, mask in reasons:
        new = mask & ~bad
        if new.any():
            dead.append((reason, table.filter(pa.array(new))))
        bad |= mask
    good = ~bad
    readings = pa.table(
        {
            "well_id": number[good].astype(np.uint32),
            "sensor_type": sensor[good].astype(np.uint8),
            "timestamp": pa.array(time_us[good].astype(np.int64), pa.timestamp("us", tz="UTC")),
            "value": value[good].astype(np.float32),
            "quality": quality[good],
        }
    )
    return Cleaned(readings, dead, np.flatnonzero(good))


def called(table: pa.Table) -> tuple[list[tuple[str | None, ...]], np.ndarray]:
    """(the distinct names that rows are called by, which of them each row has)."""
    first, place = distinct_rows(table.column(name) for name in _NAMING)
    rows = table.select(list(_NAMING)).take(pa.array(first)).to_pylist()
    return [tuple(row[name] for name in _NAMING) for row in rows], place


def _of_each(values: list[Any], kind: Any) -> np.ndarray:
    return np.array(values, kind) if values else np.zeros(0, kind)


def _is_nobodys(meant: Meant, named: tuple[str | None, ...]) -> bool:
    """A tag that no row of the table speaks of: neither its well nor its sensor was said otherwise."""
    well, sensor, tag, _, _ = named
    return meant.tag is None and not meant.known and (tag is not None or not (well and sensor))


def _moments(table: pa.Table, meant: list[Meant], place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(µs since 1970 UTC, is no moment of a well). Clocks that named no zone are those of the tag's zone."""
    time_us = table.column("timestamp").cast(pa.int64()).to_numpy(zero_copy_only=False).astype(np.float64)
    bad = ~np.isfinite(time_us) | (time_us < EARLIEST_US) | (time_us >= LATEST_US)
    local = pc.fill_null(table.column("local"), False).to_numpy(zero_copy_only=False).astype(bool) & ~bad
    if local.any():
        zones = [one.tag.zone if one.tag is not None else "" for one in meant]
        for zone in sorted(set(filter(None, zones))):
            mine = local & _of_each([one == zone for one in zones], bool)[place]
            time_us[mine] = to_utc_us(time_us[mine].astype(np.int64), zone, runs=place[mine])
    return time_us, bad


def _of_another_zone(table: pa.Table, time_us: np.ndarray, now: datetime) -> np.ndarray:
    """A clock without a zone, by that of its tag or else by UTC, that is ahead of its reading's coming."""
    came = np.full(len(time_us), to_us(now), np.int64)
    if "received" in table.column_names:
        received = pc.fill_null(table.column("received").cast(pa.int64()), to_us(now))
        came = received.to_numpy(zero_copy_only=False)
    local = pc.fill_null(table.column("local"), False).to_numpy(zero_copy_only=False).astype(bool)
    return np.asarray(local & (time_us > came + LONGEST_AHEAD_US))


def _to_si(value: np.ndarray, meant: list[Meant], units: list[Unit | None], place: np.ndarray) -> None:
    """Changes `value` in place: the tag's scale and shift first, then the unit."""
    tags = [one.tag for one in meant]
    if any(tag is not None for tag in tags):
        scale = _of_each([1.0 if tag is None else tag.scale for tag in tags], np.float64)[place]
        shift = _of_each([0.0 if tag is None else tag.shift for tag in tags], np.float64)[place]
        value *= scale
        value += shift
    of_unit = {id(unit): unit for unit in units if unit is not None}
    for unit in of_unit.values():
        mine = _of_each([one is unit for one in units], bool)[place]
        value[mine] = unit.to_si(value[mine])


def _marks(value: np.ndarray, sensor: np.ndarray, table: pa.Table) -> np.ndarray:
    """What the sensor's limits and the source itself say of a value."""
    at = np.clip(sensor, 0, len(_LOW) - 1)
    outside = (sensor >= 0) & ((value < _LOW[at]) | (value > _HIGH[at])) & ~(_ZERO[at] & (value == 0))
    bad = pc.fill_null(table.column("bad"), False).to_numpy(zero_copy_only=False).astype(bool)
    return outside * np.uint8(Quality.RANGE) | bad * np.uint8(Quality.MISSING)


_LOW, _HIGH = np.full(256, -np.inf), np.full(256, np.inf)
_ZERO = np.ones(256, bool)
for _sensor in SENSORS:
    _LOW[_sensor.number], _HIGH[_sensor.number] = _sensor.minimum, _sensor.maximum
    _ZERO[_sensor.number] = _sensor.zero_is_valid
