"""What a name, a text, a number and a moment may be. The one home of these limits: form, file, journal, wire,
centre and store ask here, so that what one of them takes the next one takes too.

`clean_*` make of what comes from outside what it means, where it enters: a cell that was wrapped, a mark that
turns text round, a letter in two pieces. The others raise KnownError with the field, the value and the limit.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from app.core.clock import iso, parse_time, to_us
from app.core.errors import KnownError

LONGEST_NAME = 200
"""Of a well, a pad, a field, a person, in characters (Oracle: VARCHAR2(200 CHAR))."""
LONGEST_TEXT = 100_000
"""Characters: at most 400 kB in UTF-8, so that an entry with several of them still fits a request."""
LONGEST_CHOICE = 60
LONGEST_FILE_NAME = 180
"""Bytes of UTF-8: file systems take 255, and something is put before it."""
MOST_VALUES = 200
MOST_ROWS = 3_000
"""Of a table inside a record: stations of a survey."""
MOST_WELLS = 65_000
"""Their numbers in the cache are USMALLINT."""
MOST_CARD_POINTS = 10_000
EARLIEST, LATEST = datetime(1950, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""From, and before: what spreadsheets write for an empty date (1900, 1904) is no moment of a well."""
EARLIEST_US, LATEST_US = to_us(EARLIEST), to_us(LATEST)
AHEAD = timedelta(days=1)
"""Of now: a clock that names no zone, a recorder that is fast. What says it was measured later was not."""
SLACK = 1e-9
"""Of a limit: a unit and back costs the last digits."""

_LONE_HALVES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters that show nothing where they stand."""
_NOT_IN_FILES = re.compile('[<>:"|?*\u202a-\u202e\u2066-\u2069]')
_DEVICES = re.compile("con|prn|aux|nul|com[1-9]|lpt[1-9]", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(r"[0-9A-Za-zА-Яа-яЁё№/()._-]+(?: [0-9A-Za-zА-Яа-яЁё№/()._-]+)*")


def clean_name(text: str) -> str:
    """One line: white space of any kind is one space, what is not seen is not there, letters are whole
    (NFC).
    """
    if _PLAIN.fullmatch(text):
        return text
    return _SPACES.sub(" ", clean_text(text)).strip()


def clean_text(text: str) -> str:
    """Lines end alike, without what is not seen; half a surrogate pair is shown as what cannot be shown."""
    text = _LINE_ENDS.sub("\n", _LONE_HALVES.sub("\ufffd", _BLANKS.sub(" ", text)))
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _UNSEEN.sub("", text))).strip()


def file_name(given: str) -> str:
    """A name to show and to save under: no folders, no marks that turn text round, no device names of
    Windows, no more bytes than a file system takes.
    """
    base = "".join(ch for ch in given.replace("\\", "/").rpartition("/")[2] if ch.isprintable())
    base = _NOT_IN_FILES.sub("", base).strip(" .") or "file"
    if _DEVICES.fullmatch(base.split(".")[0]):
        base = "_" + base
    if len(base.encode()) <= LONGEST_FILE_NAME:
        return base
    end = "…" + base[-11:]
    return base.encode()[: LONGEST_FILE_NAME - len(end.encode())].decode(errors="ignore") + end


def name(value: Any, field: str) -> str:
    """Raises KnownError (value_wrong, text_too_long)."""
    return _short_enough(clean_name(_a_text(value, field)), field, LONGEST_NAME)


def text(value: Any, field: str, *, lines: bool = True) -> str:
    """Of several lines, or of one. Raises KnownError (value_wrong, text_too_long)."""
    given = _a_text(value, field)
    return _short_enough(clean_text(given) if lines else clean_name(given), field, LONGEST_TEXT)


def number(value: Any, field: str, minimum: float | None = None, maximum: float | None = None) -> float:
    """A float of Python's own. Raises KnownError (value_wrong, value_out_of_limits)."""
    try:
        if isinstance(value, bool | np.bool_ | str | bytes):
            raise TypeError(value)
        plain = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise KnownError("value_wrong", field=field, value=shown(value)) from error
    if not math.isfinite(plain):
        raise KnownError("value_wrong", field=field, value=shown(value))
    if not within(plain, minimum, maximum):
        raise KnownError("value_out_of_limits", field=field, value=plain, least=minimum, most=maximum)
    return plain


def within(value: Any, minimum: float | None, maximum: float | None) -> Any:
    """Of one value, or of an array of them. NaN is within nothing that has a limit."""
    if isinstance(value, float):  # one cell of a form or an entry: NumPy takes twenty times as long
        return bool(
            (minimum is None or value >= minimum - SLACK * abs(minimum))
            and (maximum is None or value <= maximum + SLACK * abs(maximum))
        )
    good = np.ones(np.shape(value), bool)
    if minimum is not None:
        good &= np.asarray(value) >= minimum - SLACK * abs(minimum)
    if maximum is not None:
        good &= np.asarray(value) <= maximum + SLACK * abs(maximum)
    return good if np.ndim(value) else bool(good)


def moment(value: Any, field: str) -> datetime:
    """In UTC; a text is ISO. Raises KnownError (value_wrong, value_out_of_limits)."""
    try:
        if isinstance(value, str) and len(value) > 40:
            raise ValueError(value)
        given = parse_time(value) if isinstance(value, str) else value
        if given.tzinfo is None:
            given = given.replace(tzinfo=UTC)
        # Compared before it is turned into UTC: the year 9999 in New York is none there.
        inside = EARLIEST <= given < LATEST
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise KnownError("value_wrong", field=field, value=shown(value)) from error
    if not inside:
        raise KnownError(
            "value_out_of_limits", field=field, value=shown(value), least=_FIRST_DAY, most=_LAST_DAY
        )
    return given.astimezone(UTC)


def latest_measured(now: datetime) -> datetime:
    """What was measured is of before this, by the clock of whoever takes it."""
    return min(now + AHEAD, LATEST)


def measured(value: Any, field: str, now: datetime) -> datetime:
    """Like moment(), of what has happened. Raises KnownError (measured_ahead too)."""
    at = moment(value, field)
    if at >= latest_measured(now):
        raise KnownError("measured_ahead", field=field, value=iso(at), now=iso(now))
    return at


_FIRST_DAY, _LAST_DAY = iso(EARLIEST)[:10], iso(LATEST - timedelta(days=1))[:10]


def shown(value: Any) -> str:
    """The beginning of whatever it is, fit for a message."""
    return clean_name(str(value)[:80])[:60]


def _a_text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise KnownError("value_wrong", field=field, value=shown(value))
    return value


def _short_enough(value: str, field: str, longest: int) -> str:
    if len(value) > longest:
        raise KnownError("text_too_long", field=field, value=shown(value), length=len(value), longest=longest)
    return value
