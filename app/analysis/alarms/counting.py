"""How many alarms there were, and which are no use as they are: those that chatter and those that stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
CHATTER, CHATTER_S = 3, 60.0
"""So often in so long."""
SLOW_STEPS = 6
"""Of a slow gauge: out and back three times takes so many readings."""
STANDING_S = 86_400.0
ACCEPTABLE_DAY, MOST_DAY = 144, 288
"""Alarms of one operator in a day: hardly more than he can answer, and the most that can be managed."""
DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Day:
    """Alarms that were raised in a day.

    Attributes:
        begins_us: [µs] its beginning
        count: [-] how many were raised
    """

    begins_us: int
    count: int

    @property
    def load(self) -> str:
        """acceptable, heavy or too_many for one operator, by the numbers of ANSI/ISA-18.2."""
        if self.count <= ACCEPTABLE_DAY:
            return "acceptable"
        return "heavy" if self.count <= MOST_DAY else "too_many"


def by_day(raised_us: Times, ahead_us: int = 0) -> list[Day]:
    """How many were raised in each day that has any.

    Args:
        raised_us: [µs] (n,) in any order
        ahead_us: [µs] how much earlier than that of UTC a day begins
    Returns:
        [-] oldest first
    Valid: any.
    Source: ANSI/ISA-18.2-2016, clause 16 (144 alarms a day for one operator are likely acceptable, 288 the
        most that can be managed); EEMUA 191 has the same as one in ten minutes.

    >>> by_day(np.array([10, 20, 86_400_000_000 + 5]))
    [Day(begins_us=0, count=2), Day(begins_us=86400000000, count=1)]
    """
    day, count = np.unique((raised_us + ahead_us) // DAY_US, return_counts=True)
    return [Day(int(d) * DAY_US - ahead_us, int(n)) for d, n in zip(day, count, strict=True)]


def chatters(raised_us: Times, step_s: float = 0.0) -> bool:
    """Whether an alarm comes and goes too often to be answered.

    three times within a minute; within six steps of readings that come more slowly

    Args:
        raised_us: [µs] (n,) of one limit of one well, in order
        step_s: [s] between its readings
    Returns:
        [-] at any time among them
    Valid: any.
    Source: ANSI/ISA-18.2-2016, clause 16 (there shall be none); three times or more in a minute is what
        practice takes it for; ours for readings slower than ten seconds, of which no minute could show it.

    >>> chatters(np.array([0, 20, 50]) * 1_000_000), chatters(np.array([0, 20, 80]) * 1_000_000)
    (True, False)
    """
    within = raised_us[CHATTER - 1 :] - raised_us[: len(raised_us) - CHATTER + 1]
    return bool((within <= max(CHATTER_S, SLOW_STEPS * step_s) * 1e6).any())


def stands(raised_us: int, until_us: int) -> bool:
    """Whether an alarm lasts so long that it only hides others.

    Args:
        raised_us: [µs] when it was raised
        until_us: [µs] until when it is known to last
    Returns:
        [-] over a day
    Valid: any.
    Source: ANSI/ISA-18.2-2016, clause 16: stale (EEMUA 191: standing) after 24 hours, fewer than five a day.

    >>> stands(0, 86_400_000_001), stands(0, 3_600_000_000)
    (True, False)
    """
    return until_us - raised_us > STANDING_S * 1e6
