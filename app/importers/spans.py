"""Cells that hold a beginning and an end, `01.10.2026 - 10.10.2026`: two columns, of when each row began and
when it ended.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pyarrow as pa

from app.importers.numbers import texts_of
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, like_the_others

_CLOCK = r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?)?"
_YEAR = r"(?:\s*г(?:\.|ода?)?)?"
_DOTTED = rf"\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}}){_CLOCK}{_YEAR}"
_ISO = rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}{_CLOCK}"
_TO = r"\s*(?:[–—…]|\.{2,3}|(?<=\s)(?:по|до|to|till|until|-)(?=\s))\s*"
_FORMS = (
    re.compile(
        rf"^(?:с|со|from)?\s*(?P<first>{_DOTTED}|{_ISO}){_TO}(?P<last>{_DOTTED}|{_ISO})$", re.IGNORECASE
    ),
    re.compile(rf"^(?P<first>{_DOTTED})-(?P<last>{_DOTTED})$"),
    re.compile(
        rf"^(?:с\s+)?(?P<first>\d{{1,2}}\.\d{{1,2}})(?:{_TO}|\s*-\s*)(?P<last>\d{{1,2}}\.\d{{1,2}}(?P<year>\.\d{{4}})){_YEAR}$"
    ),
    re.compile(
        rf"^(?:с\s+)?(?P<first>\d{{1,2}})(?:{_TO}|\s*-\s*)(?P<last>\d{{1,2}}(?P<year>\.\d{{1,2}}\.\d{{4}})){_YEAR}$"
    ),
)
"""Also `01.10-10.10.2026` and `1-10.10.2026`, of which only the end says the month and the year."""
_HOURS = re.compile(
    r"^(?P<day>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})|\d{4}-\d\d-\d\d)\s*,?\s+(?:с\s+)?"
    r"(?P<first>\d{1,2}:\d\d)(?P<to>\s*[-–—]\s*|\s+(?:до|по|to)\s+)(?P<last>\d{1,2}:\d\d)$"
)
"""`05.10.2026 08:00-09:00`: hours of one day; `-09:00` is an offset as well."""
_OF_YEAR = re.compile(rf"(?<=\d){_YEAR}$")

_FROM = re.compile(r"^(?P<of>.* / )?[сc]$", re.IGNORECASE)
_UP_TO = re.compile(r"^(?P<of>.* / )?по$", re.IGNORECASE)


def _hours_in(cells: list[str]) -> bool:
    """Whether each cell is of some hours of its day: its end is after its beginning. Where all clocks have
    one end and nothing stands around the hyphen, that may be an offset of theirs.
    """
    found = [match for cell in cells if (match := _HOURS.match(cell)) is not None]
    if not found or len(found) < len(cells):
        return False
    clocks = [(_padded(one["first"]), _padded(one["last"]).replace("00:00", "24:00")) for one in found]
    offset = all(one["to"] == "-" and "-" in one["day"] for one in found)
    return all(first < last for first, last in clocks) and not (offset and len({c[1] for c in clocks}) == 1)


def _padded(clock: str) -> str:
    return clock.rjust(5, "0")


def span_in(cell: str) -> tuple[str, str] | None:
    """(beginning, end) as they are written."""
    hours = _HOURS.match(cell.strip())
    if hours is not None:
        last = _padded(hours["last"]).replace("00:00", "24:00")
        return f"{hours['day']} {_padded(hours['first'])}", f"{hours['day']} {last}"
    for form in _FORMS:
        found = form.match(cell.strip())
        if found is not None:
            year = found.groupdict().get("year") or ""
            return _OF_YEAR.sub("", found["first"]) + year, _OF_YEAR.sub("", found["last"])
    return None


def from_to(headers: list[str]) -> list[str]:
    """`с | по` under one title, or under none, are dates: alone `с` is as often a letter."""
    found = list(headers)
    for i, (first, last) in enumerate(pairwise(headers)):
        begins, ends = _FROM.match(first.strip()), _UP_TO.match(last.strip())
        if begins is not None and ends is not None and begins["of"] == ends["of"]:
            found[i : i + 2] = "дата с", "дата по"
    return found


def parted(sheet: Sheet, words: Vocabulary) -> Sheet:
    """The same where no column holds spans in each cell that says anything. Not of names of wells."""
    for index, header in enumerate(sheet.headers):
        column = sheet.table.column(column_name(index))
        if not header or not pa.types.is_string(column.type) or "well" in words.means(header):
            continue
        told = [cell for cell in texts_of(column.slice(0, SAMPLE)).unique().to_pylist() if cell]
        if told and all(map(span_in, told)) and (_hours_in(told) or not any(map(_HOURS.match, told))):
            return _in_two(sheet, index)
    return sheet


def _in_two(sheet: Sheet, index: int) -> Sheet:
    """The end behind all other columns; a cell that is no span stays, as no moment."""
    end = len(sheet.headers)

    def turn(table: pa.Table) -> pa.Table:
        cells = texts_of(table.column(column_name(index))).to_pylist()
        both = [span_in(cell) or (cell or None, None) for cell in cells]
        first, last = (pa.array([one[i] for one in both], pa.string()) for i in (0, 1))
        table = table.set_column(table.column_names.index(column_name(index)), column_name(index), first)
        return table.append_column(column_name(end), last)

    headers = [*sheet.headers, like_the_others(sheet.headers, "Конец периода", "Period end")]
    headers[index] = like_the_others(sheet.headers, "Начало периода", "Period start")
    units = [*sheet.units, *[""] * (end - len(sheet.units)), ""]
    return sheet.turned(turn, headers, units)
