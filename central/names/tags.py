"""Tags of controllers and historians: which well, which sensor, in what. A row of the table says it of one
tag, or of all that its pattern fits.
"""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass, field
from typing import Any

from app.core import zones
from app.core.errors import KnownError
from app.core.unit_spellings import find_unit, nearest_units, usual_units
from app.core.units import Unit
from app.models import limits
from app.models.sensors import SENSORS
from central.names.finding import WellFinder
from central.names.globs import SENSOR, WELL, Glob, parse, plain
from central.names.sensors import sensor_named
from central.stores.tags import Tag

SOURCES = ("mqtt", "kafka", "rest", "folder")
MOST_REMEMBERED = 200_000


def checked(given: dict[str, Any], wells: WellFinder) -> Tag:
    """Words of a row or of options into a tag; `wells` are those that it may name. Raises KnownError (tag_*,
    value_wrong) for the first thing that nobody knows.
    """
    words = {key: limits.clean_name(str(value)) for key, value in given.items() if value not in (None, "")}
    glob = parse(words.get("pattern", ""))
    source = words.get("source", "").lower()
    if source in ("*", "all"):
        source = ""
    if source and source.partition("/")[0] not in SOURCES:
        raise KnownError("tag_source_unknown", value=source, known=", ".join(SOURCES))
    field = limits.name(words.get("field", ""), "field")
    well = _well(words.get("well", ""), glob, wells, field)
    sensor = _sensor(words.get("sensor", ""), glob)
    return Tag(
        glob.text,
        well,
        sensor,
        source,
        field,
        _unit(words.get("unit", ""), sensor),
        _number(words.get("scale", "1"), "scale"),
        _number(words.get("shift", "0"), "shift"),
        _zone(words.get("zone", "")),
    )


def _well(text: str, glob: Glob, wells: WellFinder, field: str) -> int | None:
    if text in ("", WELL):
        if "well" not in glob.holes:
            raise KnownError("tag_without_well", pattern=glob.text)
        return None
    number = wells.number(text, field)
    if number is None:
        raise KnownError("tag_well_unknown", value=text, near=", ".join(wells.near(text)))
    return number


def _sensor(text: str, glob: Glob) -> str:
    if text in ("", SENSOR):
        if "sensor" not in glob.holes:
            raise KnownError("tag_without_sensor", pattern=glob.text)
        return ""
    found = sensor_named(text)
    if found is None:
        near = difflib.get_close_matches(text.lower(), [sensor.key for sensor in SENSORS], 3, 0.4)
        raise KnownError("tag_sensor_unknown", value=text, near=", ".join(near))
    return found.key


def _unit(text: str, sensor: str) -> str:
    quantity = SENSORS[sensor].quantity if sensor else None
    if text and find_unit(text, quantity) is None:
        near = nearest_units(text, quantity)
        if not near and quantity:
            near = tuple(unit.en for unit in usual_units(quantity)[:6])
        raise KnownError("tag_unit_unknown", value=text, near=", ".join(near))
    return text


def _number(text: str, what: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError as error:
        raise KnownError("value_wrong", field=what, value=text[:60]) from error
    if not math.isfinite(number) or abs(number) > 1e12 or (what == "scale" and number == 0):
        raise KnownError("value_wrong", field=what, value=text[:60])
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
    _found: dict[str, tuple[Tag, dict[str, str]] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mine = [tag for tag in self.tags if _speaks_of(tag.source, self.source)]
        for tag in sorted(mine, key=lambda tag: bool(tag.source)):  # a row of this very source comes over
            glob = parse(tag.pattern)
            if glob.exact:
                self._exact[glob.text.lower()] = tag
            else:
                self._globs.append((glob, tag))
        self._globs.sort(key=lambda pair: (bool(pair[1].source), *pair[0].weight, pair[0].text), reverse=True)

    @property
    def empty(self) -> bool:
        return not self._exact and not self._globs

    def find(self, path: str) -> tuple[Tag, dict[str, str]] | None:
        """The row that speaks of the path, and what stands in its named places."""
        if path not in self._found:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.clear()
            self._found[path] = self._look(path)
        return self._found[path]

    def _look(self, path: str) -> tuple[Tag, dict[str, str]] | None:
        exact = self._exact.get(plain(path).lower())
        if exact is not None:
            return exact, {}
        for glob, tag in self._globs:
            captured = glob.match(path)
            if captured is not None:
                return tag, captured
        return None


def _speaks_of(said: str, source: str) -> bool:
    """`rest` speaks of every device of it: `rest/0198…`."""
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
        tag, captured = found
        number = wells.number(captured.get("well", ""), tag.field) if tag.well is None else wells.of(tag.well)
        named = sensor_named(tag.sensor or captured.get("sensor", ""))
        meant = Meant(number, named.number if named is not None else None, tag)
        return direct if direct.known and not meant.known else meant
    return direct
