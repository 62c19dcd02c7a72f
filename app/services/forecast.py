"""How long a well will live and what it will give: run life of its kind, chance to fail, slow drifts, decline of the rate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline import arps
from app.analysis.decline.arps import Decline
from app.analysis.forecast.failure import FailureForecast, failure_model
from app.analysis.forecast.features import features_of
from app.analysis.forecast.survival import (
    Runs,
    SurvivalCurve,
    WeibullLife,
    days_per_failure,
    kaplan_meier,
    weibull,
)
from app.core.clock import from_us, to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.units import DAY_S
from app.models.sensors import SENSORS
from app.models.store import records, trends
from app.models.wells import ESP, Installation, Well
from app.services.diagnose import esp_case_of
from app.services.workspace import Workspace

Floats = NDArray[np.float64]
HORIZONS = (7, 30, 90)
WEEK_US = 7 * 86_400_000_000
# sensor → the limit that a slow drift runs to [SI], and which way
LIMITS = {
    "insulation_resistance": (1e6, -1),
    "motor_temperature": (273.15 + 150, 1),
    "vibration_x": (49.0, 1),
}
LEAST_DAYS = 10


@dataclass(frozen=True)
class RunLife:
    """Of pumps of the same type in the same field; `refused` tells why there is no Weibull."""

    group: str
    curve: SurvivalCurve | None
    life: WeibullLife | None
    days_per_failure: float | None
    age_days: float | None
    by_age: dict[int, tuple[float, float, float]]
    refused: KnownError | None


@dataclass(frozen=True)
class Drift:
    """Days until a sensor reaches its limit at its present pace: middle, low, high (80 %)."""

    sensor: str
    now: float
    limit: float
    days: float
    low: float
    high: float


@dataclass(frozen=True)
class DeclineView:
    time_us: NDArray[np.int64]
    rate: Floats
    decline: Decline
    scores: dict[str, float]


@dataclass(frozen=True)
class Forecast:
    run_life: RunLife
    failure: FailureForecast | None
    failure_refused: KnownError | None
    drifts: tuple[Drift, ...]
    decline: DeclineView | None
    decline_refused: KnownError | None
    at: datetime


def forecast(workspace: Workspace, well: Well, job: Job | None = None) -> Forecast:
    span = trends.span(workspace.store, well.id)
    at = from_us(span[1]) if span else workspace.clock()
    run_life = _run_life(workspace, well, at)
    failure = refused = None
    if well.lift == ESP and span is not None:
        try:
            failure = _failure(workspace, well, run_life.age_days or 0.0, job)
        except KnownError as error:
            refused = error
    decline = decline_refused = None
    try:
        decline = _decline(workspace, well, job)
    except KnownError as error:
        decline_refused = error
    return Forecast(run_life, failure, refused, _drifts(workspace, well, job), decline, decline_refused, at)


def _run_life(workspace: Workspace, well: Well, at: datetime) -> RunLife:
    everything = records.installations(workspace.store)
    wells = {w.id: w for w in records.wells(workspace.store)}
    mine = next((i for i in reversed(everything) if i.well == well.id and i.pulled_at is None), None)
    kind = (mine.equipment.get("pump_type") if mine else None) or well.lift
    group = [
        i for i in everything
        if i.well in wells and wells[i.well].field_name == well.field_name and (i.equipment.get("pump_type") or wells[i.well].lift) == kind
    ]  # fmt: skip
    age = (at - mine.run_at).total_seconds() / DAY_S if mine else None
    runs = runs_of(group, at)
    curve = life = refused = None
    try:
        curve = kaplan_meier(runs)
        life = weibull(runs)
    except KnownError as error:
        refused = error
    by_age = {}
    if life is not None and age is not None:
        by_age = {days: (life.fails_within(age, days), *life.interval(age, days)) for days in HORIZONS}
    return RunLife(f"{kind}, {well.field_name}", curve, life, days_per_failure(runs), age, by_age, refused)


def runs_of(installations: list[Installation], at: datetime) -> Runs:
    """Pulled pumps that failed are failures; pulled for another reason, or running still, are censored."""
    days = np.array([((i.pulled_at or at) - i.run_at).total_seconds() / DAY_S for i in installations])
    failed = np.array(
        [i.pulled_at is not None and bool(i.equipment.get("failed", True)) for i in installations], bool
    )
    ran = days > 0
    return Runs(days[ran], failed[ran], np.zeros(int(ran.sum())))


def _failure(workspace: Workspace, well: Well, age_days: float, job: Job | None) -> FailureForecast | None:
    case = esp_case_of(workspace, well, job)
    return None if case is None else failure_model().forecast(features_of(case, age_days))


def _drifts(workspace: Workspace, well: Well, job: Job | None) -> tuple[Drift, ...]:
    span = trends.span(workspace.store, well.id)
    if span is None:
        return ()
    numbers = {SENSORS[code].number: code for code in LIMITS}
    hours = trends.hourly(
        workspace.store, well.id, list(numbers), span[1] - 45 * 86_400_000_000, span[1], job
    )
    found = []
    for number, series in hours.items():
        code = numbers[number]
        day = series.time_us // 86_400_000_000
        days = np.unique(day[np.isfinite(series.mean)])
        if len(days) >= LEAST_DAYS:
            daily = np.array([np.nanmedian(series.mean[day == d]) for d in days])
            drift = drift_of(code, days.astype(float), daily)
            if drift is not None:
                found.append(drift)
    return tuple(found)


def drift_of(code: str, days: Floats, daily: Floats) -> Drift | None:
    """By the Theil–Sen slope of the last three weeks (logarithmic for insulation), its interval by resampling days.

    None when it does not move towards its limit, or would take over a year.
    """
    limit, way = LIMITS[code]
    recent = days >= days[-1] - 21
    x, y = days[recent], daily[recent]
    if code == "insulation_resistance":
        if (y <= 0).any():
            return None
        y, limit_y = np.log10(y), math.log10(limit)
    else:
        limit_y = limit
    if len(x) < 7 or way * (limit_y - y[-1]) <= 0:
        return None
    ahead = _days_ahead(x, y, limit_y)
    if len(ahead) == 0 or (ahead <= 0).mean() > 0.1 or float(np.median(ahead)) > 365:
        return None
    middle, low, high = (float(q) for q in np.quantile(ahead, [0.5, 0.1, 0.9]))
    return Drift(code, float(daily[-1]), limit, middle, low, high)


def _days_ahead(x: Floats, y: Floats, limit: float) -> Floats:
    """When the line reaches the limit, days after the last one, for 200 resamplings of the days; below 0: it goes away."""
    rng = np.random.default_rng(1)
    result = []
    for _ in range(200):
        chosen = np.unique(rng.integers(0, len(x), len(x)))
        if len(chosen) < 4:
            continue
        i, j = np.triu_indices(len(chosen), 1)
        a, b = x[chosen], y[chosen]
        slope = float(np.median((b[j] - b[i]) / (a[j] - a[i])))
        now = float(np.median(b - slope * (a - x[-1])))
        result.append((limit - now) / slope if slope != 0 else -1.0)
    return np.array(result)


def _decline(workspace: Workspace, well: Well, job: Job | None) -> DeclineView:
    """Weekly medians of the rate: of the stream where it is measured, else of the flow tests."""
    span = trends.span(workspace.store, well.id)
    number = SENSORS["liquid_rate"].number
    hours = trends.hourly(workspace.store, well.id, [number], span[0], span[1], job) if span else {}
    series = hours.get(number)
    if series is not None and np.isfinite(series.mean).sum() > 24 * 30:
        flowing = np.isfinite(series.mean) & (series.mean > 0)
        time_us, value = series.time_us[flowing], series.mean[flowing]
    else:
        tests = [
            t
            for t in records.flow_tests(workspace.store, well.id, from_us(0), workspace.clock())
            if t.liquid_m3_per_s > 0
        ]
        time_us = np.array([to_us(test.taken_at) for test in tests], np.int64)
        value = np.array([test.liquid_m3_per_s for test in tests])
    if len(time_us) == 0:
        raise KnownError("decline_few_points", count=0, least=arps.LEAST_POINTS)
    week = (time_us - time_us[0]) // WEEK_US
    weeks = np.unique(week)
    middle = time_us[0] + weeks * WEEK_US + WEEK_US // 2
    rate = np.array([np.median(value[week == w]) for w in weeks])
    decline, scores = arps.best_fit((middle - middle[0]) / 1e6, rate)
    return DeclineView(middle, rate, decline, scores)
