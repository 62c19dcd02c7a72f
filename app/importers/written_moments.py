"""One cell as people and machines write a moment: `1.3.26 7:08`, `01-Oct-26 00:00:00.5`, `12 марта 2026`,
`20261001 080000`, `10/1/2026 1:05 PM`, `2026-10-01 24:00`, with or without a zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.core.zones import fixed_offset_us

DAY_US = 86_400_000_000
_MONTHS = (
    "янв январь января январе|jan january|ene enero janeiro januar",
    "фев февр февраль февраля феврале|feb february|febrero fev fevereiro februar",
    "мар март марта марте|mar march|marzo março marco märz mär mrz",
    "апр апрель апреля апреле|apr april|abr abril",
    "май мая мае|may|mayo mai maio",
    "июн июнь июня июне|jun june|junio junho juni",
    "июл июль июля июле|jul july|julio julho juli",
    "авг август августа августе|aug august|ago agosto",
    "сен сент сентябрь сентября сентябре|sep sept september|septiembre setiembre set setembro",
    "окт октябрь октября октябре|oct october|octubre out outubro okt oktober",
    "ноя нояб ноябрь ноября ноябре|nov november|noviembre novembro",
    "дек декабрь декабря декабре|dec december|dic diciembre dez dezembro dezember des desember",
)
MONTH_WORDS: dict[str, int] = {
    word: number for number, words in enumerate(_MONTHS, 1) for word in re.split(r"[ |]", words)
}
"""Whole words only: `мама` is no May, `декада` no December."""

_WEEKDAYS = (
    "mon monday пн понедельник lun lunes",
    "tue tues tuesday вт вторник martes",
    "wed weds wednesday ср среда mié mie miércoles miercoles",
    "thu thur thurs thursday чт четверг jue jueves",
    "fri friday пт пятница vie viernes",
    "sat saturday сб суббота sáb sábado sabado",
    "sun sunday вс воскресенье dom domingo",
)
_DAYS_CALLED = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_WEEKDAY = re.compile(rf"(?:^|[\s(,])(?P<day>{'|'.join(_DAYS_CALLED)})[).,]*(?=\s|$)")
_LIKE_CTIME = re.compile(
    r"^(?P<w>[^\W\d_]+) (?P<d>\d{1,2}) (?P<clock>\d{1,2}:\d\d:\d\d)(?: (?P<zone>utc|gmt|z))? (?P<y>\d{4})$"
)
"""`Oct 01 08:00:00 2026`: the year stands behind the clock."""
_CLOCK_FIRST = re.compile(
    r"^(?P<clock>\d{1,2}:\d\d(?::\d\d)?)[ ,]+(?P<date>\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4})$"
)
_YEAR_END = r"(?:\s*(?:г\.?|года?)(?![а-я]))?"
_DATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ymd", re.compile(r"^(?P<y>\d{4})(?P<mark>[./\-])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d)")),
    (
        "dmy",
        re.compile(
            r"^(?P<a>\d{1,2})(?P<mark>[./\-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})(?!\d)" + _YEAR_END
        ),
    ),
    (
        "word",
        re.compile(r"^(?P<d>\d{1,2})[\s.\-/]*(?P<w>[^\W\d_]+)[\s.,\-/]*(?P<y>\d{4}|\d{2})(?!\d)" + _YEAR_END),
    ),
    (
        "word",
        re.compile(
            r"^(?P<w>[^\W\d_]+)(?:\.?\s+|-)(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+|-)(?P<y>\d{4})(?!\d)"
        ),
    ),
    ("word", re.compile(r"^(?P<y>\d{4})[\s.\-/]+(?P<w>[^\W\d_]+)[\s.\-/]+(?P<d>\d{1,2})(?!\d)")),
    ("word", re.compile(r"^(?P<w>[^\W\d_]+)[\s.,\-/]+(?P<y>\d{4}|\d{2})(?!\d)" + _YEAR_END)),
    ("ymd", re.compile(r"^(?P<y>(?:19|20|21)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)")),
    ("yd", re.compile(r"^(?P<y>(?:19|20|21)\d\d)[\-/:]?(?P<d>[0-3]\d\d)(?![\d./]|-(?!\d\d:))")),
    ("yd", re.compile(r"^(?P<d>[0-3]\d\d)[\-/](?P<y>20\d\d)(?![\d./\-])")),
    ("yd", re.compile(r"^(?P<y>[0-3]\d)(?P<d>[0-3]\d\d)(?=[ t]\d\d?:)")),
    ("week", re.compile(r"^(?P<y>(?:19|20|21)\d\d)-?w(?P<w>[0-5]\d)-?(?P<d>[1-7])(?!\d)")),
)
"""The last: `2026-145`, a year and how many days of it, and `2026-W22-1`, the Monday of a week."""
_COMPACT = re.compile(
    r"^((?:19|20|21)\d{6})[ t_\-]?(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(z|[+\-]\d\d:?\d\d)?$"
)
_CLOCK = re.compile(
    r"^(?P<h>\d{1,2})(?:[:.\-]|\s*ч(?:ас)?\.?\s*)(?P<m>\d{2})(?:\s*м(?:ин)?\.?(?![а-я]))?"
    r"(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9})|:(?P<f3>\d{3}))?)?\s*(?P<half>[ap]\.?\s?m\.?|дп|пп)?(?![\d:])"
)
_HALF_HOUR = re.compile(r"^(?P<h>\d{1,2})\s*(?P<half>[ap]\.?m\.?)$")


@dataclass(frozen=True)
class Written:
    """`us` since 1970 as written; `offset_us` is what the cell's own zone is ahead of UTC, None without."""

    us: int
    offset_us: int | None = None

    @property
    def utc_us(self) -> int:
        return self.us - (self.offset_us or 0)


def moment_in(cell: str, *, month_first: bool = False, mark: str = "") -> Written | None:
    """None for what is no moment. `mark`: which mark the column's written dates have."""
    text = " ".join(cell.lower().replace("ё", "е").replace("\xa0", " ").split())
    compact = _COMPACT.match(text)
    if compact:
        date, hour, minute, second, fraction, zone = compact.groups()
        day = _day_us(int(date[:4]), int(date[4:6]), int(date[6:]))
        clock = _clock_us(hour, minute, second, fraction, "")
        offset = fixed_offset_us(zone) if zone else None
        return None if day is None or clock is None else Written(day + clock, offset)
    text = _WEEKDAY.sub(" ", text, count=1).strip()
    text = _LIKE_CTIME.sub(r"\g<w> \g<d> \g<y> \g<clock> \g<zone>", text).strip()
    text = _CLOCK_FIRST.sub(r"\g<date> \g<clock>", text)
    for form, pattern in _DATES:
        match = pattern.match(text)
        if match is None:
            continue
        if form == "dmy" and mark and match["mark"] != mark:
            return None
        day = _date_us(form, match, month_first)
        return None if day is None else _with_clock(day, text[match.end() :].lstrip(" ,t_-:"))
    return None


def weekday_in(cell: str) -> int | None:
    """0 for the Monday, that a date says of itself; None where it says none."""
    match = _WEEKDAY.search(" ".join(cell.lower().split()))
    return _DAYS_CALLED[match["day"]] if match is not None else None


def _date_us(form: str, match: re.Match[str], month_first: bool) -> int | None:
    parts = match.groupdict()
    if form == "yd":
        return day_of_year_us(int(parts["y"]), int(parts["d"]))
    if form == "week":
        return _day_of_week_us(int(parts["y"]), int(parts["w"]), int(parts["d"]))
    if form == "dmy":
        day, month = (parts["b"], parts["a"]) if month_first else (parts["a"], parts["b"])
        return _day_us(int(parts["y"]), int(month), int(day))
    if form == "word":
        named = MONTH_WORDS.get(parts["w"])
        return None if named is None else _day_us(int(parts["y"]), named, int(parts.get("d") or 1))
    return _day_us(int(parts["y"]), int(parts["m"]), int(parts["d"]))


def _with_clock(day: int, rest: str) -> Written | None:
    if not rest:
        return Written(day)
    clock = _CLOCK.match(rest) or _HALF_HOUR.match(rest)
    if clock is None:
        offset = fixed_offset_us(rest)
        return None if offset is None else Written(day, offset)
    of_day = _of_clock(clock)
    zone = rest[clock.end() :].strip()
    offset = fixed_offset_us(zone) if zone else None
    if of_day is None or (zone and offset is None):
        return None
    return Written(day + of_day, offset)


def clock_in(cell: str) -> int | None:
    """µs since midnight of `8:05`, `24:00`, `1:05:06.5 PM`; a date before it is left aside."""
    text = re.sub(r"^\d{4}-\d\d-\d\d[ t]", "", " ".join(cell.lower().split()))
    match = _CLOCK.match(text) or _HALF_HOUR.match(text)
    return None if match is None or match.end() != len(text) else _of_clock(match)


def _of_clock(match: re.Match[str]) -> int | None:
    parts = match.groupdict()
    fraction = parts.get("f") or parts.get("f3")
    return _clock_us(parts["h"], parts.get("m"), parts.get("s"), fraction, parts.get("half") or "")


def _clock_us(
    hour: str, minute: str | None, second: str | None, fraction: str | None, half: str
) -> int | None:
    h, m, s = int(hour), int(minute or 0), int(second or 0)
    part = int((fraction or "0")[:6].ljust(6, "0"))
    if half:
        if not 1 <= h <= 12:
            return None
        h = h % 12 + (12 if half[0] in "pп" and half != "дп" else 0)
    if m > 59 or s > 59 or h > 24 or (h == 24 and (m or s or part)):
        return None
    return ((h * 60 + m) * 60 + s) * 1_000_000 + part


def _day_us(year: int, month: int, day: int) -> int | None:
    year += 2000 if year < 69 else 1900 if year < 100 else 0
    try:
        return int(np.datetime64(f"{year:04}-{month:02}-{day:02}", "us").astype(np.int64))
    except ValueError:
        return None


def day_of_year_us(year: int, number: int) -> int | None:
    """The first day of a year is 1; None for a 366th of a year that has none."""
    first, following = _day_us(year, 1, 1), _day_us(year + 1, 1, 1)
    if first is None or following is None:
        return None
    day = first + (number - 1) * DAY_US
    return day if first <= day < following else None


def _day_of_week_us(year: int, week: int, weekday: int) -> int | None:
    """By ISO 8601; None for a 53rd week of a year that has none."""
    try:
        day = date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None
    return _day_us(day.year, day.month, day.day)


def month_in(word: str) -> int | None:
    """1–12 of a month's name in either language, a whole word."""
    return MONTH_WORDS.get(word.strip().lower().rstrip("."))
