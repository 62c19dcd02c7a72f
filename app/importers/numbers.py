"""Numbers and times as people write them: decimal commas, spaces in thousands, three kinds of dates. Vectorised."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.errors import KnownError

NOTHING = ["", "-", "—", "nan", "null", "none", "н/д", "нет", "#н/д", "n/a"]
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
_DATE_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y", "%Y/%m/%d")
_TIME_FORMATS = ("", " %H:%M:%S", " %H:%M")


def numbers_of(path: Path, header: str, text: pa.ChunkedArray, first_line: int) -> np.ndarray:
    """Text column → float64 (n,), NaN where the cell says nothing. Raises KnownError with line, column and value."""
    plain = pc.utf8_trim_whitespace(pc.utf8_lower(text))
    plain = pc.replace_substring_regex(plain, "[\u00a0\u202f\u2009 ]", "")
    plain = pc.replace_substring(plain, ",", ".")
    empty = pc.fill_null(pc.is_in(plain, pa.array(NOTHING)), True)
    filled = pc.if_else(empty, "nan", plain)
    wrong = pc.invert(pc.match_substring_regex(filled, r"^([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|nan)$"))
    _refuse_first(path, header, text, wrong, first_line, "value_not_number")
    return np.asarray(pc.cast(filled, pa.float64()).to_numpy())


def times_of(path: Path, header: str, text: pa.ChunkedArray, first_line: int) -> np.ndarray:
    """Text column → µs since 1970 UTC (n,) int64: ISO, dd.mm.yyyy, dd/mm/yyyy, dd.mm.yy, each with or without a time.

    One column is of one kind: the first kind that every cell fits. A column of mixed kinds is refused at the first
    cell that leaves the kind of the first cell.
    """
    plain = pc.utf8_trim_whitespace(text)
    plain = pc.replace_substring_regex(plain, r"[.,]\d+$", "") if _has_fraction_only(plain) else plain
    best, best_wrong = None, None
    for parsed in _readings_of(plain):
        wrong = pc.is_null(parsed)
        count = pc.sum(pc.cast(wrong, pa.int64())).as_py() or 0
        if count == 0:
            best = parsed
            break
        if best_wrong is None or count < best_wrong[0]:
            best_wrong = (count, wrong)
    if best is None:
        assert best_wrong is not None
        _refuse_first(path, header, text, best_wrong[1], first_line, "value_not_time")
    time_us = np.asarray(pc.cast(best, pa.int64()).to_numpy())
    early = time_us < int(EARLIEST.timestamp() * 1e6)
    if early.any():
        row = int(np.flatnonzero(early)[0])
        raise KnownError("time_too_early", file=str(path), line=first_line + row, column=header, value=text[row].as_py())  # fmt: skip
    return time_us


def _has_fraction_only(plain: pa.ChunkedArray) -> bool:
    """12:00:00.000 at the ends: Arrow's strptime has no fractions, ISO parsing has."""
    first = next((value for value in plain.slice(0, 1).to_pylist() if value), "")
    return "." in first[:3] and first.count(":") == 2 and "." in first.rpartition(":")[2]


def _readings_of(plain: pa.ChunkedArray) -> list[pa.ChunkedArray]:
    readings = []
    iso = pc.replace_substring_regex(plain, r"(Z|[+-]00:?00)$", "")
    zoned = pc.replace_substring_regex(plain, r"([+-]\d\d):?(\d\d)$", r"\1\2")
    for attempt in (
        lambda: pc.cast(iso, pa.timestamp("us")),
        lambda: pc.cast(pc.cast(zoned, pa.timestamp("us", "UTC")), pa.timestamp("us")),
        lambda: pc.cast(pc.cast(iso, pa.int64()), pa.timestamp("s")).cast(pa.timestamp("us")),
    ):
        try:
            readings.append(attempt())
            return readings
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            continue
    short = pc.replace_substring(plain, "T", " ")
    for date in _DATE_FORMATS:
        for time in _TIME_FORMATS:
            readings.append(pc.strptime(short, format=date + time, unit="us", error_is_null=True))
    readings.append(pc.strptime(short, format="%Y-%m-%d %H:%M:%S", unit="us", error_is_null=True))
    return readings


def _refuse_first(path: Path, header: str, text: pa.ChunkedArray, wrong: pa.ChunkedArray, first_line: int, code: str) -> None:  # fmt: skip
    flags = np.asarray(wrong.to_numpy(zero_copy_only=False), bool)
    if flags.any():
        row = int(np.flatnonzero(flags)[0])
        raise KnownError(code, file=str(path), line=first_line + row, column=header, value=text[row].as_py(), count=int(flags.sum()))  # fmt: skip
