"""Tags of controllers and historians: which well, which sensor, in what. A row of the table says it of one
tag, or of all that its pattern fits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from app.core import zones
from app.core.errors import KnownError
from app.core.unit_spellings import find_unit, nearest_units, usual_units
from app.core.units import Unit
from app.models import limits
from app.models.sensors import SENSORS
from central.names.finding import WellFinder
from central.names.glob_index import GlobIndex
from central.names.globs import SENSOR, WELL, Glob, parse, plain
from central.names.sensors import near_sensors, sensor_named
from central.stores.tags import Tag

_T = TypeVar("_T")
SOURCES = ("mqtt", "kafka", "opcua", "rest", "folder")
MOST_REMEMBERED = 200_000


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, and under which of its words."""

    key: str
    error: KnownError


def checked(given: Mapping[str, object], wells: WellFinder) -> Tag:
    """Words of a row or of options into a tag; `wells` are those that it may name. Raises KnownError (tag_*,
    value_too_long) for the first thing that nobody knows.
    """
    tag, faults = understood(given, wells)
    if faults:
        raise faults[0].error
    return tag


def understood(given: Mapping[str, object], wells: WellFinder) -> tuple[Tag, tuple[Fault, ...]]:
    """(the tag, all that is wrong with it): a row with faults is no tag."""
    words = {key: limits.clean_name(str(value)) for key, value in given.items() if value not in (None, "")}
    faults: list[Fault] = []

    def ask(key: str, read: Callable[[str], _T], usual: _T, empty: str = "") -> _T:
        try:
            return read(words.get(key, empty))
        except KnownError as error:
            faults.append(Fault(key, error))
            return usual

    glob = ask("pattern", _pattern, None)
    source = ask("source", _source, "")
    field = ask("field", lambda text: _field(text, wells), "")
    well = ask("well", lambda text: _well(text, glob, wells, field), None)
    sensor = ask("sensor", lambda text: _sensor(text, glob), "")
    tag = Tag(
        glob.text if glob is not None else "",
        well,
        sensor,
        source,
        field,
        ask("unit", lambda text: _unit(text, sensor), ""),
        ask("scale", lambda text: _number(text, zero=False), 1.0, "1"),
        ask("shift", _number, 0.0, "0"),
        ask("zone", _zone, ""),
    )
    return tag, tuple(faults)


def _pattern(text: str) -> Glob | None:
    if not plain(text):
        raise KnownError("tag_without_name")
    return parse(text)


def _source(text: str) -> str:
    source = text.lower()
    if source in ("", "*", "all"):
        return ""
    if source.partition("/")[0] not in SOURCES:
        raise KnownError("tag_source_unknown", value=text, known=", ".join(SOURCES))
    return source


def _field(text: str, wells: WellFinder) -> str:
    if text and text not in wells.fields:
        raise KnownError("tag_field_unknown", value=text, known=", ".join(wells.fields[:6]))
    return text


def _well(text: str, glob: Glob | None, wells: WellFinder, field: str) -> int | None:
    if text in ("", WELL):
        if glob is not None and "well" not in glob.holes:
            raise KnownError("tag_without_well", pattern=glob.text)
        return None
    number = wells.number(text, field)
    if number is None and (several := wells.several(text, field)):
        raise KnownError("tag_well_of_several", value=text, wells=", ".join(several))
    if number is None:
        raise KnownError("tag_well_unknown", value=text, near=", ".join(wells.near(text)))
    return number


def _sensor(text: str, glob: Glob | None) -> str:
    if text in ("", SENSOR):
        if glob is not None and "sensor" not in glob.holes:
            raise KnownError("tag_without_sensor", pattern=glob.text)
        return ""
    found = sensor_named(text)
    if found is None:
        raise KnownError("tag_sensor_unknown", value=text, near=", ".join(near_sensors(text)))
    return found.key


def _unit(text: str, sensor: str) -> str:
    quantity = SENSORS[sensor].quantity if sensor else None
    if text and find_unit(text, quantity) is None:
        near = nearest_units(text, quantity)
        if not near and quantity:
            near = tuple(unit.en for unit in usual_units(quantity)[:6])
        raise KnownError("tag_unit_unknown", value=text, near=", ".join(near))
    return text


def _number(text: str, *, zero: bool = True) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or abs(number) > 1e12 or not (number or zero):
        raise KnownError("tag_number_wrong", value=text[:60])
    return number


def _zone(text: str) -> str:
    if text and not zones.known(text):
        raise KnownError("tag_zone_unknown", value=text)
    return text


@dataclass(frozen=True)
class Meant:
    """What the readings of one name are; numbers are None for what nobody knows. `tag`: it was the table
    that said so.
    """

    well: int | None
    sensor: int | None
    tag: Tag | None = None
    twofold: tuple[Tag, ...] = ()
    """Rows that say as much of the name as each other, and not the same: none of them is believed."""

    @property
    def known(self) -> bool:
        return self.well is not None and self.sensor is not None

    def unit(self, written: str) -> tuple[Unit | None, bool]:
        """(the unit, it is known): the table's own before the message's; None is SI."""
        spelled = (self.tag.unit if self.tag is not None else "") or written
        if not spelled or self.sensor is None:
            return None, True
        found = find_unit(spelled, _BY_NUMBER[self.sensor].quantity)
        return found, found is not None


_BY_NUMBER = {sensor.number: sensor for sensor in SENSORS}


@dataclass
class TagMap:
    """The rows that speak of one source: exact ones by their name, then patterns, the weightiest first."""

    tags: tuple[Tag, ...]
    source: str = ""
    _exact: dict[str, Tag] = field(default_factory=dict)
    _globs: list[tuple[Glob, Tag]] = field(default_factory=list)
    _index: GlobIndex = field(init=False)
    _found: dict[str, Fitting | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mine = [tag for tag in self.tags if speaks_of(tag.source, self.source)]
        for tag in sorted(mine, key=lambda tag: bool(tag.source)):  # a row of this very source comes over
            glob = parse(tag.pattern)
            if glob.exact:
                self._exact[glob.text.lower()] = tag
            else:
                self._globs.append((glob, tag))
        self._globs.sort(key=lambda pair: (*_rank(pair), pair[0].text), reverse=True)
        self._index = GlobIndex([glob for glob, _ in self._globs])

    @property
    def empty(self) -> bool:
        return not self._exact and not self._globs

    def find(self, path: str) -> Fitting | None:
        """The row that speaks of the path, and what stands in its named places."""
        if path not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[path] = next(self.fitting(path), None)
        return self._found[path]

    def fitting(self, path: str) -> Iterator[Fitting]:
        """All rows that fit it, the one that speaks first."""
        exact = self._exact.get(plain(path).lower())
        if exact is not None:
            yield Fitting(exact, {})
        for _, alike in groupby((self._globs[at] for at in self._index.may_fit(path)), key=_rank):
            fits = [(tag, found) for glob, tag in alike if (found := glob.match(path)) is not None]
            if not fits:
                continue
            said = {(replace(tag, pattern="", source=""), *sorted(found.items())) for tag, found in fits}
            yield Fitting(*fits[0], tuple(tag for tag, _ in fits) if len(said) > 1 and exact is None else ())
            yield from (Fitting(tag, found) for tag, found in fits[1:])


def _rank(row: tuple[Glob, Tag]) -> tuple[bool, int, int]:
    return bool(row[1].source), *row[0].weight


@dataclass(frozen=True)
class Fitting:
    """A row of the table that fits a name. `twofold`: it and others that say as much, and not the same."""

    tag: Tag
    captured: dict[str, str]
    twofold: tuple[Tag, ...] = ()


def speaks_of(said: str, source: str) -> bool:
    """`rest` speaks of every device of it: `rest/0198…`, `opcua` of every server."""
    return not said or source == said or source.startswith(said + "/")


def meant_by(names: tuple[str, ...], well: str, sensor: str, tags: TagMap, wells: WellFinder) -> Meant:
    """`names`: what the message may be called, the fullest first. The table speaks before the message's own
    words; where its well or sensor is nobody's, they are tried too.
    """
    own = sensor_named(sensor)
    direct = Meant(wells.number(well), own.number if own is not None else None)
    for name in names:
        found = tags.find(name)
        if found is None:
            continue
        if found.twofold:
            return Meant(None, None, twofold=found.twofold)
        tag, captured = found.tag, found.captured
        number = wells.number(captured.get("well", ""), tag.field) if tag.well is None else wells.of(tag.well)
        named = sensor_named(tag.sensor or captured.get("sensor", ""))
        meant = Meant(number, named.number if named is not None else None, tag)
        return direct if direct.known and not meant.known else meant
    return direct
