"""Units at the end of a tag: `101.PIP.bar`, `W101.ESP.PIP_bar`."""

from __future__ import annotations

import re

from app.core.unit_spellings import find_unit
from app.importers.vocabulary import Vocabulary
from app.models.sensors import SENSORS

_BEHIND = re.compile(r"^(?P<name>.*[^\W_].*?)[._/\\|:](?P<unit>[^\W_]{2,8}|%)$")


def unit_behind(tag: str) -> tuple[str, str]:
    """(the rest, what stands behind its last mark and may be a unit); empty where there is none. One letter
    is a phase as often as a unit.
    """
    found = _BEHIND.match(tag.strip())
    return (found["name"], found["unit"]) if found is not None and find_unit(found["unit"]) else ("", "")


def is_unit_of(unit: str, parameter: str, words: Vocabulary) -> bool:
    """`101.PIP.min` is the least of a pressure: minutes are no unit of it."""
    means = words.means(parameter)
    return any(sensor.key in means and find_unit(unit, sensor.quantity) for sensor in SENSORS)
