"""`2026145`: a year and how many days of it in one number."""

from __future__ import annotations

import numpy as np

from app.importers.written_moments import DAY_US

DAYS_OF_YEARS = r"^(?:19|20)\d\d(?:[0-2]\d\d|3[0-6]\d)$"
"""`2026145`: only of a column that is all such days."""


def are_of_years(numbers: np.ndarray) -> bool:
    """Whether all of them may be such days."""
    whole = (numbers == np.floor(numbers)) & (numbers >= 1_950_001) & (numbers < 2_100_000)
    return len(numbers) > 0 and bool(whole.all())


def of_years(days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(µs since 1970 of `2026145`, which of them are days of their year)."""
    firsts = (days // 1000 - 1970).astype("datetime64[Y]")
    longest = ((firsts + 1).astype("datetime64[D]") - firsts.astype("datetime64[D]")).astype(np.int64)
    day = days % 1000
    time_us = (firsts.astype("datetime64[D]").astype(np.int64) + day - 1) * DAY_US
    return time_us, (day >= 1) & (day <= longest)
