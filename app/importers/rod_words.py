"""Rods as passports write them: a column for each diameter, or the whole string in one cell:
`ШН22 - 560 м; ШН19 - 820 м`, `22х560 + 19х820`, `7/8" - 560 m`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.importers.plain_signs import plainly

INCH_MM = 25.4
FOOT_M = 0.3048
SIZES_MM = (12, 13, 16, 19, 22, 25, 28, 29, 32, 38)
"""Whole millimetres of the rod bodies of ГОСТ Р 51161 and API 11B: 22 says 7/8 in too."""
_ROD = re.compile(
    r"(?<![^\W\d_])(?:штанг\w*|шн|шг|sucker\s+rods?|rods?|taper|секци\w*)(?![^\W\d_])", re.IGNORECASE
)
_COUNTED = re.compile(
    r"кол-?в|числ|шт\b|count|number|марк|групп|grade|вес|масс|mass|weight|дат|date", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:(?P<whole>\d+)[\s-]+)?(?P<over>\d+)/(?P<under>\d+)\s*(?P<inch>\"|in|дюйм\w*)?"
    r"|(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>мм|mm|\"|in|дюйм\w*|м|m|ft|фут\w*)?(?![^\W\d_])",
    re.IGNORECASE,
)
_APART = re.compile(r"[;+\n]|,(?=\s|\D)|\s(?:и|and)\s|\s(?=ш[нг]\s)", re.IGNORECASE)


MOST_SECTIONS = 6
_ORDER = re.compile(r"(?<![\d./])([1-6])(?![\d./])|(?<![^\W\d_])[dlдl]([1-6])(?!\d)", re.IGNORECASE)
_WIDE = re.compile(r"диаметр|diam|\bsize\b|\bdia\b|\bod\b|(?<![^\W\d_])d(?=[1-6\s,]|$)", re.IGNORECASE)
_LONG = re.compile(r"длин|length|\blen\b|метраж|footage|(?<![^\W\d_])l(?=[1-6\s,]|$)", re.IGNORECASE)
_SECTION = re.compile(r"(?<![^\W\d_])(?:штанг|секци|ступен|rod|taper|section|string)", re.IGNORECASE)


def section_of(header: str) -> tuple[str, int] | None:
    """(diameter or length, which section from the top) of `Rod 1 diameter, in`, `Длина 2 ступени, м`."""
    text = plainly(header)
    number = _ORDER.search(text)
    if not _SECTION.search(text) or number is None or _COUNTED.search(text):
        return None
    wide, long = bool(_WIDE.search(text)), bool(_LONG.search(text))
    if wide == long:
        return None
    return ("diameter" if wide else "length"), int(number[1] or number[2])


@dataclass(frozen=True)
class Section:
    diameter_m: float
    length_m: float


def size_of(header: str) -> int | None:
    """The diameter [mm] that a header of a column of rod lengths names: `Штанги 22 мм, м`, `ШН19`, `Rods 7/8
    in, ft`.
    """
    found = _in_header(header)
    return None if found is None else found[1]


def diameter_of(header: str) -> float | None:
    """The same as it is [m]: 7/8 in are 22.225 mm."""
    found = _in_header(header)
    return None if found is None else _exact_m(*found)


def _in_header(header: str) -> tuple[re.Match[str], int] | None:
    text = plainly(header)
    if not _ROD.search(re.sub(r"(?<=[^\W\d_])(?=\d)", " ", text)) or _COUNTED.search(text):
        return None
    sizes = ((match, _size(match)) for match in _NUMBER.finditer(text))
    return next(((match, size) for match, size in sizes if size is not None), None)


def sections_of(cell: str) -> list[Section]:
    """From the top; empty for what is no rod string."""
    text = plainly(cell).replace("х", "x").replace("Х", "x")
    text = re.sub(r"(?<=\d)\s*[x×*]\s*(?=\d)", " x ", text)
    found = []
    for piece in _APART.split(re.sub(r"(?<=[^\W\d_])(?=\d)", " ", text)):
        numbers = list(_NUMBER.finditer(piece))
        if not numbers:
            continue
        section = _section(numbers)
        if section is None:
            return []
        found.append(section)
    return found


def _section(numbers: list[re.Match[str]]) -> Section | None:
    """Of two numbers one is a diameter; the first that can be, where both can."""
    if len(numbers) != 2:
        return None
    for size, length in (numbers, numbers[::-1]):
        millimetres, metres = _size(size), _length(length)
        if millimetres is not None and metres is not None:
            return Section(_exact_m(size, millimetres), metres)
    return None


def _size(match: re.Match[str]) -> int | None:
    if match["over"]:
        inches = int(match["whole"] or 0) + int(match["over"]) / max(int(match["under"]), 1)
        return _near(inches * INCH_MM)
    number, unit = float(match["number"].replace(",", ".")), (match["unit"] or "").lower()
    if unit in ("м", "m", "ft") or unit.startswith("фут"):
        return None
    if unit in ('"', "in") or unit.startswith("дюйм"):
        return _near(number * INCH_MM)
    return int(number) if number in SIZES_MM else None


def _near(millimetres: float) -> int | None:
    return next((size for size in SIZES_MM if abs(size - millimetres) < 0.45), None)


def _exact_m(match: re.Match[str], millimetres: int) -> float:
    """An inch's size as it is, a millimetre's as it is written."""
    if match["over"]:
        inches = int(match["whole"] or 0) + int(match["over"]) / int(match["under"])
        return round(inches * INCH_MM / 1000, 6)
    if (match["unit"] or "").lower() in ('"', "in"):
        return round(float(match["number"].replace(",", ".")) * INCH_MM / 1000, 6)
    return millimetres / 1000


def _length(match: re.Match[str]) -> float | None:
    if match["over"]:
        return None
    unit = (match["unit"] or "").lower()
    if unit in ("мм", "mm", '"', "in") or unit.startswith("дюйм"):
        return None
    metres = float(match["number"].replace(",", "."))
    return metres * FOOT_M if unit == "ft" or unit.startswith("фут") else metres
