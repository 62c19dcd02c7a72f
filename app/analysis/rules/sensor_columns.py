"""What is wrong with whole columns of an ESP's readings, as the diagnosis says it of what is stored: a unit
that cannot be, columns in each other's place, a record that stood still whole, a frequency that is only set.
"""

from __future__ import annotations

import numpy as np

from app.analysis.esp.signature import Episode, runs
from app.analysis.quality.columns import PAIRS, wrong_way_round
from app.analysis.quality.marks import STEADY
from app.analysis.quality.together import DOWNHOLE, clock_lag
from app.analysis.rules.base import EspCase, Verdict, certainty
from app.models.findings import Evidence
from app.models.readings import Quality

NEARLY_ALL, LEAST_H, LEAST_SENSORS = 0.9, 12.0, 3
SURE, DOUBTED = 0.9, 0.6
LEAST_STOPS, SAME_HZ = 2, 0.2
MOVED, TOGETHER = 0.03, 0.8
"""Of the voltage, which a drive moves with the frequency: more than a feeder; its likeness to the current."""


def out_of_range(case: EspCase) -> list[Verdict]:
    """A sensor that is out of its range in nine cells of ten: the unit of its column cannot be.

    0.9 sure

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: twelve hours of it.
    Source: esp.md, "Data quality".

    >>> from app.analysis import examples
    >>> from app.models.readings import Quality
    >>> out_of_range(examples.esp(marks={"intake_pressure": int(Quality.RANGE)}))  # two days of three weeks
    []
    """
    grid, verdicts = case.grid, []
    for code, marks in grid.marks.items():
        beyond = (marks & np.uint8(Quality.RANGE)) != 0
        told = np.isfinite(grid.mean[code]) | (marks != 0)
        if int(beyond.sum()) < grid.cells(LEAST_H) or beyond.sum() < NEARLY_ALL * told.sum():
            continue
        cells = np.flatnonzero(beyond)
        hours = grid.hours(len(cells))
        evidence = Evidence("column_out_of_range", {"sensor": code, "hours": hours * 3600}, code)
        verdicts.append(
            _of(case, SURE, int(cells[0]), int(cells[-1]) + 1, evidence, "check_controller_units")
        )
    return verdicts


def exchanged(case: EspCase) -> list[Verdict]:
    """Intake over discharge, or over the motor in temperature: columns in each other's place.

    0.9 sure from an hour on

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: gauges within `columns.PAIRS`.
    Source: esp.md, "Data quality".

    >>> from app.analysis import examples
    >>> [verdict] = exchanged(examples.esp({"intake_pressure": 4.0}))
    >>> verdict.evidence[0].code
    'intake_over_discharge'
    """
    grid, verdicts = case.grid, []
    for pair in PAIRS:
        if pair.lower not in grid.mean or pair.higher not in grid.mean:
            continue
        over, everywhere = np.zeros(len(grid), np.bool_), np.ones(len(grid), np.bool_)
        cells, _ = wrong_way_round(
            grid.time_us, grid.mean[pair.lower], grid.time_us, grid.mean[pair.higher], pair
        )
        over[cells] = True
        for start, stop in runs(over, everywhere, at_least=grid.cells(1.0), bridge=grid.cells(24.0)):
            details = {
                "sensor": pair.lower,
                "other": pair.higher,
                "hours": grid.hours(int(over[start:stop].sum())) * 3600,
            }
            evidence = Evidence("intake_over_discharge", details, pair.lower)
            verdicts.append(_of(case, SURE, start, stop, evidence, "check_controller_units"))
    return verdicts


def held(case: EspCase) -> list[Verdict]:
    """Every gauge at its last value at once: no readings came, whatever was written.

    three gauges or more, all of them marked: 0.5 sure at 1 h, 0.9 at 4

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: marks of `quality`.
    Source: esp.md, row 20.

    >>> from app.analysis import examples
    >>> held(examples.esp())
    []
    """
    grid = case.grid
    frozen = [(grid.marks[code] & np.uint8(Quality.FROZEN)) != 0 for code in grid.mean if code not in STEADY]
    told = [np.isfinite(grid.mean[code]) for code in grid.mean if code not in STEADY]
    if len(frozen) < LEAST_SENSORS:
        return []
    count = np.sum(frozen, axis=0)
    all_held = (count >= LEAST_SENSORS) & ~np.any(told, axis=0)
    verdicts = []
    everywhere = np.ones(len(grid), np.bool_)
    for start, stop in runs(all_held, everywhere, at_least=grid.cells(0.5), bridge=grid.cells(1.0)):
        hours = grid.hours(stop - start)
        evidence = Evidence("record_held", {"hours": hours * 3600}, None)
        verdicts.append(_of(case, certainty(hours, half=1, sure=4), start, stop, evidence, "check_link"))
    return verdicts


def only_set(case: EspCase) -> list[Verdict]:
    """A frequency that goes on through stops is the set value, and where voltage and current moved together
    it was changed unseen.

    0.6 sure; 0.9 where the voltage moved by over 3 %, alike with the current by 0.8

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: two stops that the current shows.
    Ours: a drive keeps volts per hertz.

    >>> from app.analysis import examples
    >>> only_set(examples.esp(off_days=((5.0, 5.5), (7.0, 7.5))))
    []
    """
    grid, modes = case.grid, case.modes
    hertz = grid.mean.get("frequency")
    if hertz is None or len(modes.stops) < LEAST_STOPS or not np.isfinite(hertz[modes.off]).any():
        return []
    known = hertz[np.isfinite(hertz)]
    if known.max() - known.min() > SAME_HZ or known.min() <= SAME_HZ:
        return []
    level = float(np.median(known))
    details = {"hertz": level, "count": float(len(modes.stops))}
    evidence = [Evidence("frequency_while_stopped", details, "frequency")]
    voltage, current = grid.mean.get("voltage"), grid.mean.get("motor_current")
    if voltage is not None and current is not None:
        running = modes.on & (voltage > 0) & (current > 0) & (modes.since_start_h > 1.0)
        if int(running.sum()) > grid.cells(24.0):
            low, high = np.percentile(voltage[running], (5, 95))
            like = float(np.corrcoef(voltage[running], current[running])[0, 1])
            if high / low - 1 > MOVED and like > TOGETHER:
                evidence.append(Evidence("voltage_moved", {"size": float(high / low - 1)}, "voltage"))
    confidence = SURE if len(evidence) > 1 else DOUBTED
    return [_of(case, confidence, 0, len(grid), *evidence, "check_link")]


def late_gauge(case: EspCase) -> list[Verdict]:
    """The gauge below tells starts and stops a constant time after the station, or before it.

    as `together.clock_lag`: 0.5 sure at 2 edges, 0.9 at 5

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: four starts and stops.
    Ours: esp.md, "Data quality".

    >>> from app.analysis import examples
    >>> late_gauge(examples.esp(off_days=((5.0, 5.5), (7.0, 7.5))))
    []
    """
    grid = case.grid
    asked = (*DOWNHOLE, "motor_current", "frequency")
    lag = clock_lag({code: (grid.time_us, grid.mean[code]) for code in asked if code in grid.mean})
    if lag is None:
        return []
    details = {"sensor": lag.sensors[0], "shift": lag.shift_us / 1e6, "count": lag.edges}
    evidence = Evidence("clock_differs", details, lag.sensors[0])
    return [_of(case, certainty(lag.edges, half=2, sure=5), 0, len(grid), evidence, "check_clock")]


def _of(case: EspCase, confidence: float, start: int, stop: int, *said: Evidence | str) -> Verdict:
    evidence = tuple(one for one in said if isinstance(one, Evidence))
    checks = tuple(one for one in said if isinstance(one, str))
    return case.verdict("watch", confidence, Episode(start, stop, confidence, 0.0, evidence, ()), checks)
