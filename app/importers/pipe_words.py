"""Pipes as passports write them in one cell: `НКТ 73х5,5` is the outer diameter and the wall [mm], `2 7/8"`
the outer diameter alone.
"""

from __future__ import annotations

import re

from app.core.units import INCH
from app.importers.plain_signs import plainly

_NAME = r"^\s*(?:нкт|нктв|нкм|tubing|tbg|эк|э/к|ок|колонна|casing|csg|ду|d|ø|⌀)?\s*[-–—:]?\s*"
_NUMBER = r"(\d{2,3}(?:[.,]\d+)?)"
_WEIGHT = (
    r"(?:[\s,x×@-]*\d{1,3}(?:[.,]\d{1,2})?\s*(?:#|lbs?/ft|lb|ppf|фунт\w*)\.?(?:/ft)?)?"
    r"(?:[\s,]*(?:[a-z]{1,2}-?\d{2,3}\w*))?(?:[\s,]*(?:eue|btc|ltc|stc|nue|8rd|lt&c|st&c|premium))*"
)
"""`17#`, `23 lb/ft N-80 LTC`: the weight, the grade and the thread, none of which tells the bore."""
_METRIC = re.compile(
    _NAME
    + _NUMBER
    + r"\s*(?:мм|mm)?(?:\s*[x×*хХ]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:мм|mm)?)?\s*(?:[-–,]?\s*[a-zа-я]\d*)?\s*$",
    re.IGNORECASE,
)
_INCHES = re.compile(
    _NAME
    + r"(\d{1,2})(?:[\s-]+(\d)/(\d{1,2})|[.,](\d{1,3}))?\s*(?:\"|″|''|in\.?|дюйм\w*)"
    + _WEIGHT
    + r"\s*$",
    re.IGNORECASE,
)
PIPES = {"tubing_outer_diameter_m": "tubing_inner_diameter_m", "casing_diameter_m": "casing_inner_diameter_m"}
"""Outer diameter → the inner one of the same pipe."""


def pipe_of(cell: str) -> tuple[float, float | None] | None:
    """(outer, inner) diameter [m]; None for what is no pipe."""
    text = plainly(cell)
    inches = _INCHES.match(text)
    if inches is not None:
        whole, over, under, part = inches.groups()
        if over and not int(under):
            return None
        size = float(f"{whole}.{part or 0}") + (int(over) / int(under) if over else 0.0)
        return size * INCH.factor, None
    metric = _METRIC.match(text)
    if metric is None:
        return None
    outer = _number(metric[1]) / 1000
    wall = _number(metric[2]) / 1000 if metric[2] else None
    if wall is not None and not 0 < 2 * wall < outer:
        return None
    return outer, None if wall is None else round(outer - 2 * wall, 6)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
