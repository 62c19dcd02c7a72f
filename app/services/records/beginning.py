"""From when to when there is anything of a well: what is dated long before it is most often a slip, and what
was entered a minute ago is its newest.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.clock import from_us, to_us
from app.models.kinds import KINDS
from app.models.store import cards, kinds, trends
from app.services.workspace import Workspace

DESCRIBING = (
    *("well_passport", "well_merge", "note", "document", "survey", "reservoir", "fluid", "task"),
    *("alarm_limit", "alarm_act", "model_curve"),
)
"""Dated by when they were written, or of what was there before the well was."""
MEASURED = (
    *("flow_test", "fluid_level", "lab_result", "head_pressures", "valve_test", "event", "production"),
)
SLACK = timedelta(days=25)
"""Less than that is no slip of a month or a year."""
AHEAD = timedelta(days=1)
"""A laptop's clock may be so slow; what is dated later is a slip that pulls no period after it."""


def begins(workspace: Workspace, well_id: int) -> datetime | None:
    """The first reading, record of something measured or done, or piece of equipment; None where there is
    nothing yet.
    """
    telling = tuple(kind.key for kind in KINDS if kind.key not in DESCRIBING)
    first = [since for since, _ in kinds.spans(workspace.store, telling, well_id).values()]
    span = trends.span(workspace.store, well_id)
    return min([*first, *([from_us(span[0])] if span else [])], default=None)


def is_before(beginning: datetime | None, moment: datetime, kind: str) -> bool:
    """So long before the beginning that it is worth a question."""
    return beginning is not None and kind not in DESCRIBING and moment < beginning - SLACK


def span(workspace: Workspace, well_id: int) -> tuple[int, int] | None:
    """From the first reading or card to the last one, or to what was measured by hand after it [µs]; None
    without readings.
    """
    read, taken = trends.span(workspace.store, well_id), cards.span(workspace.store, well_id)
    if read is None:
        return None
    first, last = taken or (from_us(read[0]), from_us(read[1]))
    entered = [newest for _, newest in kinds.spans(workspace.store, MEASURED, well_id).values()]
    newest = min(max([last, *entered]), workspace.clock() + AHEAD)
    return min(read[0], to_us(first)), max(read[1], to_us(newest))
