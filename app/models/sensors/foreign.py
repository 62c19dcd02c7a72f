"""What a sensor of a plug-in must be to stand beside ours: its number and limits go into every store."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.texts import is_text
from app.core.units import QUANTITIES
from app.models.sensors.spec import Sensor
from app.models.values import is_number

OF_PLUGINS = range(200, 255)
"""Numbers are kept in the stores for ever: ours stay below."""


def refuse(sensor: Sensor, there: Iterable[Sensor]) -> str:
    """Why it cannot be taken beside those that are `there`, or ""."""
    return _not_itself(sensor) or next((said for one in there if (said := _taken(sensor, one))), "")


def _not_itself(sensor: Sensor) -> str:
    if not (isinstance(sensor.key, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,62}", sensor.key)):
        return f"key {sensor.key!r}: small Latin letters, digits and _, at most 63"
    said = f"sensor {sensor.key}: "
    if type(sensor.number) is not int or sensor.number not in OF_PLUGINS:
        return f"{said}number {sensor.number}: plug-ins have {OF_PLUGINS.start} to {OF_PLUGINS.stop - 1}"
    if not all(isinstance(word, str) and word.strip() and is_text(word) for word in _words(sensor)):
        return f"{said}its names and synonyms must be text, none of them empty"
    if sensor.quantity not in QUANTITIES:
        return f"{said}there is no quantity {sensor.quantity!r}"
    if not (is_number(sensor.minimum) and is_number(sensor.maximum) and sensor.minimum < sensor.maximum):
        return f"{said}limits {sensor.minimum}…{sensor.maximum}: two finite numbers, the lower first"
    if not (is_number(sensor.gap_s) and sensor.gap_s > 0):
        return f"{said}gap_s {sensor.gap_s}: a finite number of seconds over 0"
    return ""


def _taken(sensor: Sensor, other: Sensor) -> str:
    if sensor.key == other.key:
        return f"there is a sensor {sensor.key} already"
    if sensor.number == other.number:
        return f"sensor {sensor.key}: number {sensor.number} is that of {other.key}"
    common = {word.strip().casefold() for word in _words(sensor)} & {
        word.strip().casefold() for word in _words(other)
    }
    return f"sensor {sensor.key}: {other.key} is called {min(common)!r} too" if common else ""


def _words(sensor: Sensor) -> tuple[str, ...]:
    return (sensor.ru, sensor.en, *sensor.synonyms)
