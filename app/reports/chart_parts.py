"""What several sections draw alike: time in seconds, a pen of what was measured, findings as bands, events as
flags.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.core.texts import Speaker
from app.models.findings import Finding
from app.models.records import Event
from app.reports import wording

Floats = NDArray[np.float64]
LEAST_COVERED = 0.4


def window_of(since: datetime, until: datetime, *time_s: Floats) -> tuple[float, float] | None:
    """The period, so that charts below each other agree; None where what was measured would stand in a corner
    of it.
    """
    known = [column for column in time_s if len(column)]
    whole = (since.timestamp(), until.timestamp())
    if not known:
        return whole
    extent = max(float(c.max()) for c in known) - min(float(c.min()) for c in known)
    return whole if extent > LEAST_COVERED * (whole[1] - whole[0]) else None


def bands_of(findings: Iterable[Finding], speaker: Speaker) -> tuple[tuple[float, float, str], ...]:
    """(from [s], to [s], title) of every finding that lasted."""
    return tuple(
        (f.from_at.timestamp(), f.to_at.timestamp(), wording.finding_title(f, speaker))
        for f in findings
        if f.from_at < f.to_at and f.severity != "info"
    )


def flags_of(events: Iterable[Event], speaker: Speaker) -> tuple[tuple[float, str], ...]:
    return tuple((e.at.timestamp(), wording.event_words(e.kind, e.note, speaker)) for e in events)
