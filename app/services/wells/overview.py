"""The answer to "is it all right, what changed, what to do" for one well, as data for the screen and the
report.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from app.core.clock import from_us, to_us
from app.core.jobs import Job
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.overview import LastValue, Overview
from app.models.records import Record
from app.models.sensors import BY_NUMBER
from app.models.store import assessments, findings, kinds, records, trends
from app.models.store import cards as card_store
from app.models.wells import Well
from app.services.diagnosis.baselines import usual_bands, usual_now
from app.services.wells.health import health_of
from app.services.workspace import Workspace

MEASURED = ("fluid_level", "head_pressures", "lab_result")
"""What the overview tells of beside flow tests."""
USUAL_WINDOW = timedelta(days=30)


def overview(workspace: Workspace, well: Well, job: Job | None = None) -> Overview:
    store = workspace.store
    span = trends.span(store, well.id)
    last = from_us(span[1]) if span else None
    now = workspace.clock()
    since = min(last or now, now) - timedelta(days=90)
    until = max(last or now, now) + timedelta(days=1)
    tests = records.flow_tests(store, well.id, since, until)
    found = tuple(f for f in findings.of_well(store, well.id) if f.decision != "rejected")
    sight = assessments.sight(store, well.id)
    card = card_store.last(store, well.id)
    return Overview(
        well,
        last,
        _last_values(workspace, well, found, job),
        found,
        tuple(reversed(tests)),
        card,
        health_of(found, last, sight, None if card is None else card.taken_at),
        assessments.reason(store, well.id),
        sight,
        _measured(workspace, well, since, until),
    )


def _measured(workspace: Workspace, well: Well, since: datetime, until: datetime) -> tuple[Record, ...]:
    found: list[Record] = []
    for key in MEASURED:
        there = kinds.of_well(workspace.store, KINDS[key], int(well.id), since, until)
        found += [one for one in there if one.at == there[0].at]
    return tuple(found)


def _last_values(
    workspace: Workspace, well: Well, found: tuple[Finding, ...], job: Job | None
) -> tuple[LastValue, ...]:
    newest = trends.last_values(workspace.store, well.id)
    if not newest:
        return ()
    until = max(time_us for time_us, _ in newest.values())
    until_us = _before_the_fault(found, until - 86_400_000_000)
    since_us = until_us - int(USUAL_WINDOW.total_seconds() * 1e6)
    hours = trends.hourly(workspace.store, well.id, list(newest), since_us, until_us, job)
    usual = usual_now(usual_bands(workspace, well, job))
    result = []
    for number, (time_us, value) in sorted(newest.items()):
        sensor = BY_NUMBER[number]
        low, high = usual.get(sensor.key, (None, None))
        series = hours.get(number)
        if low is None and series is not None and len(series) >= 24:
            low, high = _usual(series.low), _usual(series.high, upper=True)
        result.append(LastValue(sensor, from_us(time_us), value, low, high))
    return tuple(result)


def _before_the_fault(found: tuple[Finding, ...], until_us: int) -> int:
    """A day of the fault is no usual day: the usual ends where the first open finding begins."""
    return min([until_us, *(to_us(one.from_at) for one in found if one.severity != "info")])


def _usual(values: NDArray[np.float64], *, upper: bool = False) -> float | None:
    array = values[np.isfinite(values)]
    if len(array) == 0:
        return None
    return float(np.percentile(array, 95 if upper else 5))
