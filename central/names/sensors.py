"""Sensors by what people and controllers call them: the importer's words, in both languages."""

from __future__ import annotations

from functools import lru_cache

from app.importers.tag_paths import TAILS
from app.importers.targets import READINGS
from app.importers.vocabulary import folded, vocabulary
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor

_KEYS = {target.named: target.key for target in READINGS.targets if target.key in SENSORS}


@lru_cache(maxsize=20_000)
def sensor_named(text: str) -> Sensor | None:
    """None for what is no sensor's name, and for what may be two sensors'. `PINT.PV` is `PINT`."""
    if text in SENSORS:
        return SENSORS[text]
    means = vocabulary().means(text) | vocabulary().words.get(folded(text), frozenset())
    found = {_KEYS[name] for name in means if name in _KEYS}
    if len(found) == 1:
        return SENSORS[found.pop()]
    bare, _, tail = text.replace("_", ".").rpartition(".")
    return sensor_named(bare) if bare and tail.lower() in TAILS else None
