"""One well: judged and foretold by the program's own functions, as a body and as figures by their moments."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import numpy as np

from app.analysis.forecast.failure import failure_model
from app.analysis.forecast.outlook import DeclineView, Forecast
from app.analysis.model_versions import model_version
from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.plain import JsonObject
from app.core.units import DAY_S
from app.core.version import program_version
from app.models.store import assessments, findings, trends
from app.models.store import cards as card_store
from app.models.wells import ESP, Well
from app.services.diagnosis.diagnose import diagnose
from app.services.learnt.state import CARDS
from app.services.wells import made, pump_runs
from app.services.wells.forecast import forecast
from app.services.wells.health import health_of
from app.services.wells.pump_runs import PumpRun
from app.services.workspace import Workspace
from central import outbox

POINT_DAYS = 7
"""A decline is told by weeks."""


@dataclass(frozen=True)
class MadeOfWell:
    body: JsonObject
    model: str
    series: list[JsonObject]


def models_in_force() -> str:
    """All that has a say, with the program."""
    return f"{program_version()} {model_version(CARDS)} {failure_model().version}"


Maker = Callable[[Job, Workspace, Well, int, datetime], MadeOfWell]


def maker(workspace: Workspace) -> Maker:
    """What is the same for all wells is read once a night: the runs of all pumps."""
    return partial(make, runs=pump_runs.runs(workspace))


def make(
    job: Job, workspace: Workspace, well: Well, number: int, made_at: datetime, *, runs: list[PumpRun]
) -> MadeOfWell:
    """`number`: the well's at the centre. Raises KnownError, and whatever a well may do to what looks at
    it.
    """
    diagnose(workspace, well, job)
    store = workspace.store
    kept = findings.of_well(store, int(well.id))
    held = [one for one in kept if one.decision != "rejected"]
    span, card = trends.span(store, well.id), card_store.last(store, int(well.id))
    until = max((one for one in (span and from_us(span[1]), card and card.taken_at) if one), default=None)
    sight = assessments.sight(store, int(well.id))
    taken_at = None if card is None else card.taken_at
    health = health_of(held, until, sight, taken_at)
    told = refused = None
    try:
        told = forecast(workspace, well, job, runs)
    except KnownError as error:
        if error.retry:
            raise
        refused = error
    model = failure_model().version if well.lift == ESP else model_version(CARDS)
    body = made.told(
        made_at=made_at,
        model=model,
        program=program_version(),
        until=until,
        card=taken_at,
        health=health,
        sight=sight,
        not_assessed=assessments.reason(store, int(well.id)),
        findings=kept,
        forecast=told,
        refused=refused,
    )
    return MadeOfWell(body, model, list(_series(number, made_at, model, health, told)))


def _series(
    number: int, made_at: datetime, model: str, health: float | None, told: Forecast | None
) -> Iterator[JsonObject]:
    """In SI: `fails_within_…` [-] at the end of its days, `liquid_rate` [m³/s] by weeks ahead with the ends
    of 80 %, `days_to_limit_…` [d] at the moment it was made.
    """

    def row(quantity: str, at: datetime, value: float, ends: tuple[float, float] | None = None) -> JsonObject:
        return outbox.figure(number, made_at, quantity, at, value, model, ends)

    if health is not None:
        yield row("health", made_at, health)
    if told is None:
        return
    for days, chance in told.failure.probability.items() if told.failure is not None else ():
        yield row(f"fails_within_{days}_days", made_at + timedelta(days=days), chance)
    for days, (chance, low, high) in told.run_life.by_age.items():
        yield row(f"fails_by_age_within_{days}_days", made_at + timedelta(days=days), chance, (low, high))
    for drift in told.drifts:
        yield row(f"days_to_limit_{drift.sensor}", made_at, drift.days, (drift.low, drift.high))
    if told.decline is not None and told.decline.foretells:
        yield from (row("liquid_rate", *one) for one in _weeks(told.decline))


def _weeks(view: DeclineView) -> Iterator[tuple[datetime, float, tuple[float, float]]]:
    days = np.arange(POINT_DAYS, view.foretold_days + 1, POINT_DAYS, dtype=float)
    ahead = view.measured_s + days * DAY_S
    low, high = view.decline.interval(ahead)
    for at, rate, least, most in zip(ahead, view.decline.rate(ahead), low, high, strict=True):
        if math.isfinite(rate) and math.isfinite(least) and math.isfinite(most):
            moment = from_us(int(view.time_us[0]) + int(at * 1e6))
            yield moment, float(rate), (float(least), float(most))
