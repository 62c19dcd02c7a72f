"""One number for how a well is: 1 well, 0 it must be stopped. What holds now counts, what is over fades
within a month.
"""

from __future__ import annotations

from app.analysis.rules.base import Verdict

COST = {"info": 0.0, "watch": 0.35, "act": 0.6, "stop": 0.9}
FADES_US = 30 * 86_400_000_000
FRESH_US = 86_400_000_000


def health_of(found: list[tuple[str, Verdict]], last_us: int) -> float:
    """Of verdicts with their times."""
    return left_of(
        [(verdict.severity, verdict.confidence, verdict.to_us or last_us) for _, verdict in found], last_us
    )


def left_of(found: list[tuple[str, float, int]], last_us: int) -> float:
    """Product of what each (severity, confidence, end [µs]) leaves: 1 − cost·confidence·freshness."""
    left = 1.0
    for severity, confidence, until_us in found:
        age = max(0, last_us - until_us - FRESH_US)
        fresh = max(0.0, 1 - age / FADES_US)
        left *= 1 - COST[severity] * confidence * fresh
    return left
