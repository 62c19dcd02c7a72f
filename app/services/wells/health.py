"""One figure for how a well is, by what was found and what could be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.analysis.esp.health import left_of
from app.core.clock import to_us
from app.models.findings import Finding, recognised
from app.models.sights import Sight
from app.services.wells.finding import asked_last


def health_of(
    found: Sequence[Finding], last: datetime | None, sight: Sight | None, card: datetime | None
) -> float | None:
    """`found`: what nobody rejected; `last`: the newest reading, of a well without one the end of what was
    found; `card`: the newest dynamogram, before which nothing that one showed fades. None where nobody
    looked, or no rule recognised the state.
    """
    if not sight or not recognised(found):
        return None
    left = 1.0
    for one in found:
        asked = asked_last(one, last, card) or max(each.to_at for each in found)
        left *= left_of([(one.severity, one.confidence, to_us(one.to_at))], to_us(asked))
    return left
