"""When to try again: full jitter (Brooker, "Exponential Backoff And Jitter", 2015), so that laptops that lost
one centre at one moment do not come back at one moment.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from app.models.sending import LONGEST_ASKED_S, LONGEST_PAUSE_S

FIRST_S, LONGEST_S = 2.0, LONGEST_PAUSE_S


def wait_s(attempts: int, rng: random.Random, retry_after_s: float | None = None) -> float:
    """Seconds until try number `attempts` + 1; the centre's own Retry-After is the least."""
    ceiling = min(LONGEST_S, FIRST_S * 2 ** min(max(attempts - 1, 0), 16))
    jitter = rng.uniform(0.0, ceiling)
    return max(jitter, min(retry_after_s, LONGEST_ASKED_S)) if retry_after_s else jitter


def next_try(
    now: datetime, attempts: int, rng: random.Random, retry_after_s: float | None = None
) -> datetime:
    return now + timedelta(seconds=wait_s(attempts, rng, retry_after_s))
