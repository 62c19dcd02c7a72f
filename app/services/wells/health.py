"""One figure for how a well is, by what was found and what could be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.analysis.esp.health import left_of
from app.core.clock import to_us
from app.models.findings import Finding, recognised
from app.models.overview import Sight


def health_of(found: Sequence[Finding], last: datetime | None, sight: Sight | None) -> float | None:
    """`found`: what nobody rejected; `last`: the newest reading, of a well without one the end of what was
    found. None where nobody looked, or no rule recognised the state.
    """
    if not sight or not recognised(found):
        return None
    last_us = to_us(last) if last is not None else max((to_us(f.to_at) for f in found), default=0)
    return left_of([(f.severity, f.confidence, to_us(f.to_at)) for f in found], last_us)
