"""Days that stand in a line of their own over the rows of that day: `05.10.2026`, and under it the wells. The
day becomes a column of those rows.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa

from app.importers.dates_across import DATE
from app.importers.numbers import texts_of
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, like_the_others

_DAY = re.compile(
    r"^(?:(?:дата|date|за|на|от)\s*:?\s*)?"
    r"(?P<day>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)(?:[ T]00:00(?::00)?)?\s*(?:г(?:од[а]?)?\.?)?$",
    re.IGNORECASE,
)


def told_by_titles(sheet: Sheet, words: Vocabulary) -> Sheet:
    """The same where a column says when, where no line is a day alone, or where a row has none above it."""
    if sheet.more is not None or any(words.means(header) & {"time", "year"} for header in sheet.headers):
        return sheet
    columns = [sheet.table.column(column_name(i)) for i in range(len(sheet.headers))]
    first = zip(*(texts_of(one[:1]).to_pylist() for one in columns), strict=True)
    if not any(_day_alone(row) for row in first):
        return sheet
    days: list[str] = []
    titles: list[bool] = []
    for row in zip(*(texts_of(one).to_pylist() for one in columns), strict=True):
        day = _day_alone(row)
        titles.append(bool(day))
        days.append(day or days[-1])
    if all(titles):
        return sheet
    kept = pa.array(np.flatnonzero(~np.array(titles)))
    table = sheet.table.append_column("__day", pa.array(days, pa.string())).take(kept)
    made = [table.column(column_name(i)) for i in range(len(sheet.headers))]
    arrays = {column_name(i): column for i, column in enumerate([*made, table.column("__day")])}
    return replace(
        sheet,
        headers=(*sheet.headers, like_the_others(sheet.headers, *DATE)),
        units=(*sheet.units, ""),
        table=pa.table(arrays).append_column(LINE, table.column(LINE)),
    )


def _day_alone(row: tuple[object, ...]) -> str:
    """Of a line that holds a day and nothing else; else empty."""
    said = {str(cell) for cell in row if cell}
    match = _DAY.match(next(iter(said))) if len(said) == 1 else None
    return "" if match is None else match["day"]
