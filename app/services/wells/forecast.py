"""How long a well will live and what it will give: run life of its kind, chance to fail, slow drifts, decline
of the rate.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline import arps
from app.analysis.decline.jump import largest_jump
from app.analysis.forecast.failure import FailureForecast, failure_model
from app.analysis.forecast.features import features_of
from app.analysis.forecast.outlook import (
    HORIZONS,
    LIMITS,
    DeclineView,
    Drift,
    Forecast,
    OilView,
    RunLife,
    drift_of,
    oil_of,
    runs_of,
)
from app.analysis.forecast.survival import (
    days_per_failure,
    kaplan_meier,
    weibull,
)
from app.analysis.wells.produced import Produced
from app.core.clock import from_us, to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.records import FlowTest
from app.models.sensors import SENSORS
from app.models.store import records, trends
from app.models.wells import ESP, Well
from app.services.diagnosis.diagnose import esp_case_of
from app.services.wells import pump_runs
from app.services.wells.production import production
from app.services.wells.pump_runs import PumpRun
from app.services.workspace import Workspace

Floats = NDArray[np.float64]
WEEK_US = 7 * 86_400_000_000
LEAST_DAYS = 10


def forecast(
    workspace: Workspace, well: Well, job: Job | None = None, runs: list[PumpRun] | None = None
) -> Forecast:
    """`runs`: of all pumps, where somebody has them already and asks about many wells."""
    span = trends.span(workspace.store, well.id)
    at = from_us(span[1]) if span else workspace.clock()
    run_life = _run_life(pump_runs.runs(workspace) if runs is None else runs, well, at)
    failure = refused = None
    if well.lift == ESP and span is not None:
        try:
            failure = _failure(workspace, well, run_life.age_days or 0.0, job)
        except KnownError as error:
            refused = error
    decline = decline_refused = oil = oil_refused = None
    tests = records.flow_tests(workspace.store, well.id, from_us(0), workspace.clock())
    given = production(workspace, well)
    weeks = _weeks(workspace, well, tests, given, job)
    try:
        weeks, jumped = since_a_jump(*weeks)
        decline = _decline(*weeks, jumped)
    except KnownError as error:
        decline_refused = error
    try:
        oil = _oil(_cuts(tests, given), *weeks, decline, decline_refused)
    except KnownError as error:
        oil_refused = error
    drifts = _drifts(workspace, well, job)
    return Forecast(run_life, failure, refused, drifts, decline, decline_refused, at, oil, oil_refused)


def _run_life(everything: list[PumpRun], well: Well, at: datetime) -> RunLife:
    mine = next((one for one in reversed(everything) if one.well.id == well.id and one.runs), None)
    kind = (mine.installation.equipment.get("pump_type") if mine else None) or well.lift
    group = [
        pump_runs.as_installation(one)
        for one in everything
        if one.well.field_name == well.field_name
        and not one.is_undated
        and (one.installation.equipment.get("pump_type") or one.well.lift) == kind
    ]
    age = mine.days(at) if mine else None
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


def _weeks(
    workspace: Workspace, well: Well, tests: list[FlowTest], given: Produced | None, job: Job | None
) -> tuple[NDArray[np.int64], Floats]:
    """Middles and medians of the liquid of weeks: of the stream where it is measured, else of the books or of
    flow tests, whichever tell of more weeks.
    """
    span = trends.span(workspace.store, well.id)
    number = SENSORS["liquid_rate"].number
    hours = trends.hourly(workspace.store, well.id, [number], span[0], span[1], job) if span else {}
    series = hours.get(number)
    if series is not None and np.isfinite(series.mean).sum() > 24 * 30:
        flowing = np.isfinite(series.mean) & (series.mean > 0)
        return _by_week(series.time_us[flowing], series.mean[flowing])
    flowed = [test for test in tests if test.liquid_m3_per_s > 0]
    by_tests = _by_week(
        np.array([to_us(test.taken_at) for test in flowed], np.int64),
        np.array([test.liquid_m3_per_s for test in flowed]),
    )
    if given is None:
        return by_tests
    gave = given.rates["liquid"] > 0
    by_books = _by_week(given.middles_us[gave], given.rates["liquid"][gave])
    return by_books if len(by_books[0]) > len(by_tests[0]) else by_tests


def _by_week(time_us: NDArray[np.int64], value: Floats) -> tuple[NDArray[np.int64], Floats]:
    if len(time_us) == 0:
        return time_us, value
    week = (time_us - time_us[0]) // WEEK_US
    weeks = np.unique(week)
    middle = time_us[0] + weeks * WEEK_US + WEEK_US // 2
    return middle, np.array([np.median(value[week == w]) for w in weeks])


def since_a_jump(
    middle: NDArray[np.int64], rate: Floats
) -> tuple[tuple[NDArray[np.int64], Floats], float | None]:
    """The weeks since rates jumped last, and how many times. Raises KnownError where they are too few."""
    found: float | None = None
    while len(rate) and (jump := largest_jump((middle - middle[0]) / 1e6, np.log(rate))) is not None:
        middle, rate, found = middle[jump.first :], rate[jump.first :], jump.times
        if len(rate) < arps.LEAST_POINTS:
            raise KnownError("decline_jumped", times=found, count=len(rate), least=arps.LEAST_POINTS)
    return (middle, rate), found


def _decline(middle: NDArray[np.int64], rate: Floats, jumped: float | None) -> DeclineView:
    if len(rate) == 0:
        raise KnownError("decline_few_points", count=0, least=arps.LEAST_POINTS)
    decline, scores = arps.best_fit((middle - middle[0]) / 1e6, rate)
    return DeclineView(middle, rate, decline, scores, jumped)


def _cuts(tests: list[FlowTest], given: Produced | None) -> tuple[NDArray[np.int64], Floats]:
    """When and what [-]: of flow tests, else of the books, whichever tell more often."""
    told = [(to_us(test.taken_at), test.water_cut) for test in tests if test.water_cut is not None]
    by_tests = np.array([at for at, _ in told], np.int64), np.array([cut for _, cut in told], float)
    if given is None:
        return by_tests
    known = np.isfinite(given.water_cut)
    by_books = _by_week(given.middles_us[known], given.water_cut[known])
    return by_books if len(by_books[0]) > len(told) else by_tests


def _oil(
    cuts: tuple[NDArray[np.int64], Floats],
    middle: NDArray[np.int64],
    rate: Floats,
    decline: DeclineView | None,
    refused: KnownError | None,
) -> OilView | None:
    """None where nothing is told of the liquid either, but that it does not fall."""
    if refused is not None and refused.code != "decline_not_falling":
        return None
    times_us, cut = cuts
    cut_s, weeks_s = (times_us - middle[0]) / 1e6, (middle - middle[0]) / 1e6
    return oil_of(weeks_s, rate, cut_s, cut, None if decline is None else decline.decline)
