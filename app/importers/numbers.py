"""Numbers and times as people write them: decimal commas, spaces in thousands, three kinds of dates. Vectorised."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.errors import KnownError

NOTHING = ["", "-", "—", "nan", "null", "none", "н/д", "нет", "#н/д", "n/a"]
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)


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
    """Text column → µs since 1970 UTC (n,) int64: ISO, dd.mm.yyyy, dd/mm/yyyy, dd.mm.yy (each with or without a time), Unix.

    A column is of one kind, that of its first cell: dates of mixed kinds are refused at the first cell that differs,
    because 03.04 and 04/03 cannot both be guessed right.
    """
    plain = pc.utf8_trim_whitespace(text)
    kind = next((kind for kind in _KINDS if re.match(kind.pattern, plain[0].as_py() or "")), _KINDS[0])
    fits = pc.fill_null(pc.match_substring_regex(plain, kind.pattern), False)
    _refuse_first(path, header, text, pc.invert(fits), first_line, "value_not_time")
    try:
        parsed = kind.parse(plain)
    except pa.ArrowInvalid:
        # Of the right form and yet no date, such as the 45th of the 13th month: name the first such cell.
        wrong = [not _is_iso(value) for value in plain.to_pylist()]
        _refuse_first(path, header, text, pa.chunked_array([pa.array(wrong)]), first_line, "value_not_time")
        raise
    _refuse_first(path, header, text, pc.is_null(parsed), first_line, "value_not_time")
    time_us = np.asarray(pc.cast(parsed, pa.int64()).to_numpy())
    early = time_us < int(EARLIEST.timestamp() * 1e6)
    if early.any():
        row = int(np.flatnonzero(early)[0])
        raise KnownError("time_too_early", file=str(path), line=first_line + row, column=header, value=text[row].as_py())  # fmt: skip
    return time_us


@dataclass(frozen=True)
class _Kind:
    pattern: str
    parse: Callable[[pa.ChunkedArray], pa.ChunkedArray]


def _iso(plain: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(pc.replace_substring(plain, ",", "."), pa.timestamp("us"))


def _iso_zoned(plain: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(
        pc.cast(pc.replace_substring(plain, ",", "."), pa.timestamp("us", "UTC")), pa.timestamp("us")
    )


def _unix(plain: pa.ChunkedArray, unit: str) -> pa.ChunkedArray:
    return pc.cast(pc.cast(pc.cast(plain, pa.int64()), pa.timestamp(unit)), pa.timestamp("us"))


def _day_first(date: str, seconds: str) -> Callable[[pa.ChunkedArray], pa.ChunkedArray]:
    def parse(plain: pa.ChunkedArray) -> pa.ChunkedArray:
        whole = pc.replace_substring_regex(plain, r"(:\d\d)[.,]\d+$", r"\1")
        return pc.strptime(whole, format=date + seconds, unit="us", error_is_null=True)

    return parse


def _is_iso(value: str | None) -> bool:
    try:
        datetime.fromisoformat((value or "").replace("Z", "+00:00").replace(",", "."))
    except ValueError:
        return False
    return True


_ISO = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?)?"
_DATES = (
    (r"^\d\d\.\d\d\.\d{4}", "%d.%m.%Y"),
    (r"^\d\d/\d\d/\d{4}", "%d/%m/%Y"),
    (r"^\d\d\.\d\d\.\d\d", "%d.%m.%y"),
)
_TIMES = ((r" \d?\d:\d\d:\d\d([.,]\d+)?$", " %H:%M:%S"), (r" \d?\d:\d\d$", " %H:%M"), (r"$", ""))
_KINDS = (
    _Kind(_ISO + "$", _iso),
    _Kind(_ISO + r"(Z|[+-]\d\d:?\d\d)$", _iso_zoned),
    *(_Kind(date + time, _day_first(form, clock)) for date, form in _DATES for time, clock in _TIMES),
    _Kind(r"^\d{9,10}$", lambda plain: _unix(plain, "s")),
    _Kind(r"^\d{12,13}$", lambda plain: _unix(plain, "ms")),
)


def _refuse_first(path: Path, header: str, text: pa.ChunkedArray, wrong: pa.ChunkedArray, first_line: int, code: str) -> None:  # fmt: skip
    flags = np.asarray(wrong.to_numpy(zero_copy_only=False), bool)
    if flags.any():
        row = int(np.flatnonzero(flags)[0])
        raise KnownError(code, file=str(path), line=first_line + row, column=header, value=text[row].as_py(), count=int(flags.sum()))  # fmt: skip
