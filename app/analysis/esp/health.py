"""One number for how a well is: 1 well, 0 it must be stopped. What holds now counts, what is over fades
within a month.
"""

from __future__ import annotations

from app.analysis.rules.base import Verdict

COST = {"info": 0.0, "watch": 0.35, "act": 0.6, "stop": 0.9}
FADES_US = 30 * 86_400_000_000
FRESH_US = 86_400_000_000


def health_of(found: list[tuple[str, Verdict]], last_us: int) -> float:
    """One number for how a well is: 1 well, 0 it must be stopped.

    Args:
        found: (code, verdict) of a well
        last_us: [µs] end of the record
    Returns:
        [-] 0 … 1
    Valid: as `left_of`.
    Ours: `left_of` of the verdicts with their times.

    >>> health_of([], 0)
    1.0
    """
    return left_of(
        [(verdict.severity, verdict.confidence, verdict.to_us or last_us) for _, verdict in found], last_us
    )


def left_of(found: list[tuple[str, float, int]], last_us: int) -> float:
    """What findings leave of a well's health.

    Π (1 − cost·confidence·freshness); cost 0, 0.35, 0.6, 0.9 by severity; what is over fades within a month

    Args:
        found: (severity, [-] confidence, [µs] end) of each
        last_us: [µs] end of the record
    Returns:
        [-] 0 … 1
    Valid: severities info, watch, act, stop.
    Ours: a number to sort a field by, no probability.

    >>> round(left_of([("stop", 1.0, 0)], 0), 6), left_of([("stop", 1.0, 0)], 40 * 86_400_000_000)
    (0.1, 1.0)
    """
    left = 1.0
    for severity, confidence, until_us in found:
        age = max(0, last_us - until_us - FRESH_US)
        fresh = max(0.0, 1 - age / FADES_US)
        left *= 1 - COST[severity] * confidence * fresh
    return left
