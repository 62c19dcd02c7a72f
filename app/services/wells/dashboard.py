"""All wells at once: who needs attention first; and a pad's wells on one time line. A few queries, however
many wells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from app.models.findings import Finding, worst_of
from app.models.overview import WellRow
from app.models.sensors import SENSORS
from app.models.store import assessments, findings, made, trends
from app.models.store.spans import read_spans
from app.models.wells import ESP, WellStatus
from app.services.wells.finding import lasts, statuses
from app.services.wells.health import health_of
from app.services.workspace import Workspace

Floats = NDArray[np.float64]
SPARK_DAYS = 30
# What the sparkline shows: what the lift method is judged by first.
SPARK = {ESP: "intake_pressure"}
SPARK_ELSE = "active_power"


def field_rows(workspace: Workspace) -> list[WellRow]:
    """Most urgent first."""
    store = workspace.store
    open_findings = findings.open_findings(store, argued=False)
    liquid = trends.last_days(store, SENSORS["liquid_rate"].number, SPARK_DAYS, _ahead_us(workspace))
    at_centre = made.every(store)
    unassessed, sights = assessments.reasons(store), assessments.sights(store)
    rows = []
    for status in statuses(store, open_findings):
        well = status.well
        mine = open_findings.get(well.id, [])
        sight = sights.get(well.id)
        last, card = status.last_reading_at, status.last_card_at
        lasting = worst_of(one for one in mine if lasts(one, last, card))
        worst = lasting or worst_of(mine)
        rows.append(
            WellRow(
                status,
                health_of(mine, last, sight, card),
                worst.code if worst else "",
                lasting.severity if lasting else "ok",
                worst.from_at if worst else None,
                liquid.get(well.id),
                SPARK.get(well.lift, SPARK_ELSE),
                unassessed.get(well.id),
                sight,
                at_centre.get(well.id),
                worst.to_at if worst and not lasting else None,
            )
        )
    return sorted(rows, key=lambda row: row.urgency)


def sparks(workspace: Workspace, rows: Sequence[WellRow]) -> dict[int, Floats]:
    """Well → daily means of what its row draws [SI], (SPARK_DAYS,), NaN where there are none; of a well
    without any, nothing.
    """
    wells, sensors = ([row.status.well.id for row in rows], {row.spark_sensor for row in rows})
    numbers = [SENSORS[code].number for code in sorted(sensors)]
    daily = trends.daily(workspace.store, wells, numbers, SPARK_DAYS, _ahead_us(workspace))
    wanted = ((row.status.well.id, SENSORS[row.spark_sensor].number) for row in rows)
    return {one[0]: daily[one] for one in wanted if one in daily}


def _ahead_us(workspace: Workspace) -> int:
    return workspace.settings.zone().offset(workspace.clock()) // timedelta(microseconds=1)


@dataclass(frozen=True)
class PadLine:
    """One well's episodes on the pad's time line."""

    status: WellStatus
    episodes: tuple[Finding, ...]


def pad_lines(
    workspace: Workspace, field_name: str, pad: str
) -> tuple[list[PadLine], tuple[int, int] | None]:
    """(wells of the pad by name, the time they have readings of [µs])."""
    open_findings = findings.open_findings(workspace.store)
    known = read_spans(workspace.store)
    lines, spans = [], []
    for status in statuses(workspace.store, open_findings):
        if status.well.field_name == field_name and status.well.pad == pad:
            lines.append(PadLine(status, tuple(open_findings.get(status.well.id, ()))))
            span = known.get(status.well.id)
            spans += [span] if span else []
    return lines, (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None
