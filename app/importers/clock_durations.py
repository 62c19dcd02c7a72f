"""How long something was, written as a clock: `5:30`, `24:00:00`, `1 day, 5:30:00` of a spreadsheet's
`[h]:mm`; or in words: `23 ч 30 мин`.
"""

from __future__ import annotations

import re

from app.core.unit_spellings import find_unit
from app.core.units import HOURS

QUANTITIES = frozenset({"hours", "duration"})
_WRITTEN = re.compile(
    r"^(?:(?P<days>\d{1,4}) days?, )?(?P<hours>\d{1,5}):(?P<minutes>[0-5]\d)"
    r"(?::(?P<seconds>[0-5]\d)(?:[.,]\d+)?)?$"
)


_WORDED = re.compile(
    r"^(?:(?P<days>\d{1,4})\s*(?:сут(?:ок|ки)?|дн(?:ей|я)?|д|days?|d)\.?\s*)?"
    r"(?:(?P<hours>\d{1,5})\s*(?:ч(?:ас(?:ов|а)?)?|hours?|hrs?|h)\.?\s*)?"
    r"(?:(?P<minutes>\d{1,3})\s*(?:мин(?:ут[аы]?)?|minutes?|mins?|m)\.?)?$",
    re.IGNORECASE,
)
"""`23 ч 30 мин`, `1 сут 4 ч`."""


def hours_in(cell: str) -> float | None:
    """[h]; None for what is no such clock."""
    match = _WRITTEN.match(cell.strip())
    if match is None:
        worded = _WORDED.match(cell.strip())
        if worded is None or not any(worded.groups()):
            return None
        days, hours, minutes = (int(worded[key] or 0) for key in ("days", "hours", "minutes"))
        return 24 * days + hours + minutes / 60
    days, hours, minutes, seconds = (int(match[key] or 0) for key in ("days", "hours", "minutes", "seconds"))
    return 24 * days + hours + minutes / 60 + seconds / 3600


def may_be_clock(unit_text: str) -> bool:
    """Whether a column in this unit may have its hours written so: none, or hours."""
    return not unit_text or find_unit(unit_text, "hours") is HOURS
