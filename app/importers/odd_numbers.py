"""Numbers that are written in parts: degrees with minutes and seconds, inches as a fraction, hours as a
clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from app.core.unit_spellings import find_unit
from app.core.units import DEGREE, HOURS, INCH, MILLIMETRE, Unit
from app.importers import rod_roles
from app.importers.clock_durations import QUANTITIES, hours_in, may_be_clock
from app.importers.numbers import Numbers
from app.importers.plain_signs import plainly
from app.importers.rod_words import diameter_of
from app.importers.rows import Problem
from app.importers.sheet_reading import SheetReading
from app.importers.targets import Target

_PLACES = frozenset({"latitude_deg", "longitude_deg"})
_ANGLE = re.compile(
    r"^(?P<sign>[-−]?)\s*(?P<d>\d{1,3})\s*(?:°|º|град\.?|deg)\s*"
    r"(?:(?P<m>\d{1,2}(?:[.,]\d+)?)\s*(?:'|′|’|мин\.?|min)\s*)?"
    r"(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|сек\.?|sec)\s*)?(?P<side>[NSEWСЮВЗ]?)\.?[шд]?\.?$",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"^(?P<lead>[NSEW]?)\s*(?P<d>\d{1,3})[\s\-:](?P<m>\d{1,2})[\s\-:](?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?P<side>[NSEWСЮВЗ]?)$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"^(?P<d>\d{1,3}[.,]\d+)\s*°?\s*(?P<side>[NSEWСЮВЗ])\.?[шд]?\.?$", re.IGNORECASE)
_FRACTION = re.compile(
    r"^(?:(?P<whole>\d{1,2})[\s-]+)?(?P<over>\d{1,2})/(?P<under>\d{1,2})\s*(?P<inch>\"|″|in\.?)?$"
)
_INCHES = re.compile(r"^(?P<whole>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″)$")
_METRIC = frozenset({"мм", "mm", "см", "cm", "м", "m"})
_SAYS_MINUTES = re.compile(r"(?:гр|град\w*|deg\w*|°)\.?\s*[.,\-/]?\s*(?:мин|min|')", re.IGNORECASE)
_BACK = frozenset("SWЮЗ")


def put_right(reading: SheetReading, index: int, target: Target, numbers: Numbers) -> tuple[Numbers, str]:
    """(the numbers with what is written in parts or in a rod's name, the unit that the writing tells)."""
    if not reading.asks:
        return numbers, ""
    clock = target.quantity in QUANTITIES and may_be_clock(reading.plan.columns[index].unit)
    if clock and numbers.bad.any():
        found = _each(reading, index, numbers, hours_in)
        return found, HOURS.en if found.bad.sum() < numbers.bad.sum() else ""
    if target.quantity == "angle" and _SAYS_MINUTES.search(reading.plan.columns[index].header):
        return _each(reading, index, _by_minutes(numbers), _degrees), DEGREE.en
    if not numbers.bad.any():
        return numbers, ""
    if target.quantity == "angle" or target.key in _PLACES:
        return _each(reading, index, numbers, _degrees), ""
    if target.key == "diameter_m" and reading.plan.kind == "rod_string":
        numbers = _each(reading, index, numbers, partial(_bar, _unit_of_sizes(reading, index)))
        if not numbers.bad.any():
            return numbers, ""
        by_name = _each(reading, index, numbers, _rod)
        if by_name.bad.sum() < numbers.bad.sum():
            return _without_what_is_no_rod(reading, index, by_name), MILLIMETRE.en
    if (
        target.quantity in ("length", "small_length")
        and reading.plan.columns[index].unit.strip("., ").lower() not in _METRIC
    ):
        found = _each(reading, index, numbers, _inches)
        whole = found.bad.sum() < numbers.bad.sum()
        return found, INCH.en if whole else ""
    return numbers, ""


def _by_minutes(numbers: Numbers) -> Numbers:
    """`5.45` under `град.мин` is 5° 45'; sixty minutes and more are none."""
    whole = np.floor(np.abs(numbers.value))
    minutes = np.round(100 * (np.abs(numbers.value) - whole), 6)
    none = np.isfinite(minutes) & (minutes >= 60)
    value = np.sign(numbers.value) * (whole + minutes / 60)
    return replace(numbers, value=np.where(none, np.nan, value), bad=numbers.bad | none)


def _each(
    reading: SheetReading, index: int, numbers: Numbers, read: Callable[[str], float | None]
) -> Numbers:
    value, bad = numbers.value.copy(), numbers.bad.copy()
    cells = reading.texts(index)
    for row in np.flatnonzero(bad).tolist():
        one = read(str(cells[row]).strip())
        if one is not None:
            value[row], bad[row] = one, False
    return replace(numbers, value=value, bad=bad)


def _rod(cell: str) -> float | None:
    """[mm] of `Штанга 22 мм`."""
    metres = diameter_of(cell)
    return None if metres is None else 1000 * metres


def _unit_of_sizes(reading: SheetReading, index: int) -> Unit:
    """Of a tally's sizes: as its header says, else inches where any is a fraction."""
    unit = find_unit(reading.plan.columns[index].unit, "small_length")
    fractions = any(_FRACTION.match(cell) or _INCHES.match(cell) for cell in reading.texts(index).tolist())
    return unit or (INCH if fractions else MILLIMETRE)


def _bar(unit: Unit, cell: str) -> float | None:
    """`1 1/2" sinker bar` in the unit of the sizes beside it."""
    metres = rod_roles.size_of(cell)
    return None if metres is None else float(unit.from_si(metres))


def _without_what_is_no_rod(reading: SheetReading, index: int, numbers: Numbers) -> Numbers:
    """`Насос НН2Б-44`, `Переводник` among the rods of a tally."""
    cells = reading.texts(index)
    for row in np.flatnonzero(numbers.bad & reading.keep).tolist():
        reading.keep[row] = False
        line, text = int(reading.line[row]), str(cells[row])[:80]
        reading.left_out.append(Problem(reading.sheet.name, line, -1, "", text, "row_words", "warning"))
    return replace(numbers, bad=np.zeros(len(numbers.bad), bool))


def _degrees(cell: str) -> float | None:
    """`61°15'30"` → 61.2583; `73.41 E`, `102 07 09.6 W`; south and west are negative."""
    match = _ANGLE.match(cell)
    if match is None:
        spaced = _SPACED.match(cell)
        if spaced is not None and bool(spaced["lead"]) != bool(spaced["side"]):
            return _degrees(f"{spaced['d']}°{spaced['m']}'{spaced['s']}\"{spaced['lead'] or spaced['side']}")
        plain = _DECIMAL.match(cell)
        if plain is None:
            return None
        return float(plain["d"].replace(",", ".")) * (-1 if plain["side"].upper() in _BACK else 1)
    minutes, seconds = (float((match[key] or "0").replace(",", ".")) for key in ("m", "s"))
    if minutes >= 60 or seconds >= 60:
        return None
    back = bool(match["sign"]) != ((match["side"] or "").upper() in _BACK)
    return (int(match["d"]) + minutes / 60 + seconds / 3600) * (-1 if back else 1)


def _inches(cell: str) -> float | None:
    """`7/8"`, `1 1/8`; of a bare fraction nothing else than inches is meant."""
    match = _FRACTION.match(plainly(cell))
    if match is not None and 0 < int(match["over"]) < int(match["under"]):
        return int(match["whole"] or 0) + int(match["over"]) / int(match["under"])
    whole = _INCHES.match(cell)
    return None if whole is None else float(whole["whole"].replace(",", "."))
