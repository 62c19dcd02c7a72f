"""Sensors by what people and controllers call them: the importer's words, in both languages."""

from __future__ import annotations

import difflib
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


def near_sensors(text: str) -> list[str]:
    """Those that may have been meant: by the words of files, then by our own names. Of a word of two sensors
    both.
    """
    means = vocabulary().means(text)
    several = [key for name, key in _KEYS.items() if name in means]
    words = [word for word, names in vocabulary().words.items() if names & _KEYS.keys()]
    close = difflib.get_close_matches(folded(text), words, 6, 0.6)
    near = [_KEYS[name] for word in close for name in sorted(vocabulary().words[word] & _KEYS.keys())]
    keys = difflib.get_close_matches(text.lower(), [sensor.key for sensor in SENSORS], 3, 0.4)
    return list(dict.fromkeys(several or near or keys))[:4]
