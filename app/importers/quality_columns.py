"""Columns that say of each row whether it is good, whatever they are called: `Status` of Good and Bad,
`IsGood`, `StatusCode`, `PIP.Quality`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.importers.nothing_said import good_as_taken, is_quality_word, not_good, not_understood
from app.importers.numbers import texts_of
from app.importers.own_names import READINGS
from app.importers.plan import ColumnPlan
from app.importers.remarks import first_of, remark
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import Sheet, column_name
from app.importers.vocabulary import folded, split_unit
from app.models.sensors import SENSORS

QUALITY = "quality"
_NAMED = re.compile(
    r"quality|качеств|кач-во|(?<![^\W_])status\s*code|достоверн|(?<![^\W_])(?:is[ _]?)?(?:good|ok)(?![^\W_])"
    r"|questionable|substituted|сомнит|(?<![^\W_])is[ _]?bad|valid|válid|calidad|qualidade|qualität"
    r"|kvalitet|confiab|(?<![^\W_])confidence",
    re.IGNORECASE,
)
_MEANS_BAD = re.compile(
    r"questionable|substituted|сомнит|(?<![^\W_])is[ _]?bad|invalid|недостовер", re.IGNORECASE
)
_MEANS_GOOD = re.compile(r"valid|válid|достоверн|(?<![^\W_])(?:is[ _]?)?(?:good|ok)(?![^\W_])", re.IGNORECASE)
_BEHIND = re.compile(r"[\s._:/-]q(?:c|ual)?$", re.IGNORECASE)
_SHORT = frozenset(map(folded, ("q", "qual", "qc", "opc")))
"""Of OPC's codes alone: a Q is a rate as often."""
_COUNTED, _LETTERS = frozenset(("millitm",)), frozenset("uesdbg*")
_OF_A_LOG = re.compile(r"^(?:status|sts[ _]?\d+)$", re.IGNORECASE)
"""A panel's log says in a letter what is wrong with a value, and nothing of a good one."""
_CODE = re.compile(r"\d{1,3}(?:\.0)?")
_NUMBER = re.compile(r"(?:0x)?[0-9a-f]+(?:\.0)?", re.IGNORECASE)
_SURELY = ("good", "bad", "хор", "плох", "valid", "invalid", "недостовер")
_TURNED = {
    **dict.fromkeys(("true", "yes", "1", "да"), "bad"),
    **dict.fromkeys(("false", "no", "0", "нет"), "good"),
}
MOST_WORDS = 12
SAMPLE = 20_000


def says_quality(sheet: Sheet, index: int) -> bool:
    """By the words of its cells; numbers and yes or no only under a header that says so."""
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).unique().to_pylist()
    words = [cell for cell in cells if cell]
    if not words or len(words) > MOST_WORDS:
        return False
    if folded(sheet.headers[index]) in _SHORT and "192" in {word.removesuffix(".0") for word in words}:
        return all(map(_CODE.fullmatch, words))
    if _COUNTED.intersection(map(folded, sheet.headers)) and _OF_A_LOG.match(sheet.headers[index]):
        return {word.lower() for word in words} <= _LETTERS
    if _NAMED.search(sheet.headers[index]):
        return all(is_quality_word(word) or _NUMBER.fullmatch(word) is not None for word in words)
    return all(map(is_quality_word, words)) and any(word.lower().startswith(_SURELY) for word in words)


def quality_columns(sheet: Sheet, columns: Sequence[ColumnPlan]) -> list[int]:
    """Those that are no field and say the quality of their rows."""
    return [
        i
        for i, column in enumerate(columns)
        if column.header
        and not column.field
        and column.why != "chosen"
        and (says_quality(sheet, i) or _codes_beside(sheet, i, columns))
    ]


def _codes_beside(sheet: Sheet, index: int, columns: Sequence[ColumnPlan]) -> bool:
    """`PIP_Q` of 192 and 0 beside `PIP`: a bare Q is a rate as often."""
    if not _BEHIND.search(sheet.headers[index]) or not owner_of(sheet.headers[index], columns):
        return False
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).unique().to_pylist()
    words = [cell for cell in cells if cell]
    return bool(words) and len(words) <= MOST_WORDS and all(map(_CODE.fullmatch, words))


def proposed(sheet: Sheet, columns: list[ColumnPlan]) -> list[ColumnPlan]:
    """The first of them is the quality where no column is."""
    if any(column.field == QUALITY for column in columns):
        return columns
    found = quality_columns(sheet, columns)[:1]
    return [
        replace(column, field=QUALITY, score=0.8, why="values") if i in found else column
        for i, column in enumerate(columns)
    ]


def quality_of_rows(reading: SheetReading, beside: set[int]) -> dict[str, np.ndarray]:
    """Sensor → each row's quality, by the column that is called like its own: `PIP`, `PIP.Q`; under QUALITY
    what the others say of whole rows: what one of them doubts is doubted. Further columns go to `beside`.
    """
    first = reading.plan.column_of(QUALITY)
    if first is None:
        return {}
    others = quality_columns(reading.sheet, reading.plan.columns) if reading.asks else []
    beside |= set(others)
    each: dict[str, list[np.ndarray]] = {}
    beside_each = _beside_each((first, *others), reading.plan.columns) if reading.asks else {}
    tells = reading.asks and tuple(reading.sheet.headers) != READINGS
    for i in (first, *others):
        header = reading.plan.columns[i].header
        owner = beside_each.get(i) or (owner_of(header, reading.plan.columns) if reading.asks else "")
        told = _as_quality(reading.texts(i), header)
        each.setdefault(owner or QUALITY, []).append(told)
        unknown = not_understood(told) if tells else []
        if unknown:
            said = first_of([f"“{word}”" for word in unknown])
            reading.remarks.append(remark("quality_unknown", reading.sheet.name, column=header, value=said))
        good = good_as_taken(told) if tells else ""
        if good:
            reading.remarks.append(remark("quality_read", reading.sheet.name, column=header, value=good))
    return {key: _together(cells) for key, cells in each.items()}


def owner_of(header: str, columns: Sequence[ColumnPlan]) -> str:
    """The field whose column's name a column of quality begins with; of several the longest."""
    named = {folded(split_unit(c.header)[0]): c.field for c in columns if c.field and c.field != QUALITY}
    mine = folded(header) + " "
    fitting = [name for name in named if name and mine.startswith(name + " ")]
    return named[max(fitting, key=len)] if fitting else ""


def _beside_each(indices: tuple[int, ...], columns: Sequence[ColumnPlan]) -> dict[int, str]:
    """`PIP, Status, Freq, Status`: columns of one name are each of the value before it."""
    names = {re.sub(r"[ _]\d+$", "", folded(columns[i].header)) for i in indices}
    values = {i: columns[i - 1].field for i in indices if i > 0}
    numbered = all(_OF_A_LOG.match(columns[i].header) and columns[i].header[-1].isdigit() for i in indices)
    alike = (numbered or len(indices) > 1) and len(names) == 1 and len(set(values.values())) == len(indices)
    return values if alike and all(field in SENSORS for field in values.values()) else {}


def _together(told: list[np.ndarray]) -> np.ndarray:
    if len(told) == 1:
        return told[0]
    doubted = np.any([not_good(one) for one in told], axis=0)
    return np.where(doubted, "bad", "good").astype(object)


def _as_quality(texts: np.ndarray, header: str) -> np.ndarray:
    """`Questionable`: yes is what is not good. `Validity` of 1 and 2: 1 is what is good."""
    if _MEANS_BAD.search(header):
        return np.array([_TURNED.get(str(cell).lower(), cell) for cell in texts.tolist()], object)
    cells = [str(cell).removesuffix(".0") for cell in texts.tolist()]
    if _MEANS_GOOD.search(header) and set(cells) <= {"", *map(str, range(10))}:
        return np.array([{"": "", "1": "good"}.get(cell, "bad") for cell in cells], object)
    return texts
