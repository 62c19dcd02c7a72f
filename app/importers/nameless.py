"""A column of moments without a name: exports of historians leave the cell over it empty."""

from __future__ import annotations

from app.importers.moments import looks_like
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.vocabulary import Vocabulary

_OF_TIMES = {"time", "year", "elapsed"}


def nameless_time(sheet: Sheet, words: Vocabulary) -> int | None:
    """The only column of moments, where no other column is called so."""
    if all(sheet.headers) or any(words.means(header) & _OF_TIMES for header in sheet.headers if header):
        return None
    samples = (sheet.table.column(column_name(i)).slice(0, SAMPLE) for i in range(len(sheet.headers)))
    timed = [i for i, column in enumerate(samples) if looks_like(column)[0] == "time"]
    return timed[0] if len(timed) == 1 and not sheet.headers[timed[0]] else None
