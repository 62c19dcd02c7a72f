"""Gauges that lie: frozen, spiking, drifting, in another unit, on another clock, silent (esp.md, row 20 and
"Data quality").

Never diagnose from a bad sensor: what these find was marked before, or is left out of the other findings'
evidence.
"""

import numpy as np

from app.analysis.esp.grid import rolling_mean
from app.analysis.esp.signature import Episode, argument, runs
from app.analysis.quality.running import least_running
from app.analysis.rules import esp_motor_overheat, sensor_columns
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence
from app.models.readings import Quality

# What else must move when this does. A change in one of them alone is the gauge's.
BOUND_TO = {
    "intake": (("current", 0.012), ("rate", 0.03), ("discharge", 0.02), ("noise", 0.6)),
    "discharge": (("wellhead", 0.1e6), ("current", 0.012), ("rate", 0.03), ("intake", 0.04)),
    "wellhead": (("line", 0.1e6), ("rate", 0.03), ("discharge", 0.01), ("current", 0.012)),
    "current": (("power", 0.015), ("motor_rise", 2.0), ("rate", 0.02), ("intake", 0.03), ("voltage", 0.03)),
    "annulus": (("line", 0.05e6), ("intake", 0.03), ("rate", 0.03)),
}
DRIFTED = {"intake": 0.08, "discharge": 0.05, "wellhead": 0.2e6, "current": 0.08, "annulus": 0.2e6}
WITNESSES = {
    "intake": ("discharge", "rate"),
    "discharge": ("wellhead", "intake"),
    "wellhead": ("line", "discharge"),
    "annulus": ("line", "intake", "rate"),
}
"""Of what goes with a gauge, what could not stay where it is: a current hardly feels what an intake does."""
BY_RATE = 0.75
"""Of an intake by rate and current alone: a reservoir that gives less and a pump that wears keep both."""
ON_OFF = ("motor_current", "active_power", "load", "voltage", "vibration_x")
LONELY_H, SILENT_H = 6.0, 1.0
STEPS_MISSED = 4
"""Of the usual step between readings, that make a silence."""
SPARSE = 0.6
"""A share of cells with readings under which it is the readings that come seldom."""


def frozen(case: EspCase) -> list[Verdict]:
    """A gauge that writes one value while others move.

    marked FROZEN for two hours with two others moving: 0.5 sure at 2.5 h, 0.9 at 10 h

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: marks of `quality`.
    Source: esp.md, row 20 and "Data quality"; sizes are ours.

    >>> from app.analysis import examples
    >>> from app.models.readings import Quality
    >>> stuck = examples.esp(marks={"intake_pressure": int(Quality.FROZEN)})
    >>> [verdict] = frozen(stuck)
    >>> verdict.evidence[0].sensor, verdict.confidence > 0.9
    ('intake_pressure', True)
    """
    grid = case.grid
    moving = sum(
        ((grid.high[code] > grid.low[code]) | (np.abs(np.diff(grid.mean[code], prepend=np.nan)) > 0)).astype(
            int
        )
        * case.modes.on
        for code in grid.mean
        if code != "frequency"
    )
    verdicts = []
    for code, marks in grid.marks.items():
        marked = (marks & np.uint8(Quality.FROZEN)) != 0
        stuck = marked & (np.asarray(moving) >= 2)
        for start, stop in runs(stuck, case.modes.on, at_least=grid.cells(2.0), bridge=grid.cells(3.0)):
            hours = grid.hours(stop - start)
            evidence = (
                Evidence("value_frozen", {"hours": hours * 3600, "sensor": code}, code),
                Evidence("others_move", {"count": float(np.median(np.asarray(moving)[start:stop]))}, None),
            )
            verdicts.append(
                _said(
                    case,
                    "watch",
                    certainty(hours, half=2.5, sure=10),
                    start,
                    stop,
                    evidence,
                    ("check_gauge", "check_cable"),
                )
            )
    return verdicts


def spiking(case: EspCase) -> list[Verdict]:
    """A gauge with single samples far off: four spoiled cells or more, half a day from one to the next at
    most.

    count: 0.5 sure at 3, 0.9 at 10; not beside a start or a stop

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: marks of `quality`.
    Source: esp.md, row 20 and "Data quality"; sizes are ours.

    >>> from app.analysis import examples
    >>> from app.models.readings import Quality
    >>> [verdict] = spiking(examples.esp(marks={"intake_pressure": int(Quality.SPIKE)}))
    >>> verdict.evidence[0].details["count"]  # two days of half hours
    96
    """
    grid = case.grid
    day = grid.cells(24)
    switching = _near(np.r_[case.modes.starts, case.modes.stops], len(grid), 2)
    verdicts = []
    for code, marks in grid.marks.items():
        spoiled = ((marks & np.uint8(Quality.SPIKE)) != 0) & ~switching
        if spoiled.sum() < 4:
            continue
        index = np.flatnonzero(spoiled)
        for part in np.split(index, np.flatnonzero(np.diff(index) > day // 2) + 1):
            if len(part) < 4:
                continue
            start, stop, count = int(part[0]), int(part[-1]) + 1, len(part)
            evidence = (Evidence("value_spikes", {"count": count, "sensor": code}, code),)
            verdicts.append(
                _said(
                    case,
                    "watch",
                    certainty(count, half=3, sure=10),
                    start,
                    stop,
                    evidence,
                    ("check_gauge", "check_cable"),
                )
            )
    return verdicts


def mixed_up(case: EspCase) -> list[Verdict]:
    """A pressure written in another unit for a while.

    marked UNIT_SUSPECT: 0.9 sure; not where the pump starts or stops

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: marks of `quality`.
    Source: esp.md, row 20 and "Data quality"; sizes are ours.

    >>> from app.analysis import examples
    >>> from app.models.readings import Quality
    >>> [verdict] = mixed_up(examples.esp(marks={"intake_pressure": int(Quality.UNIT_SUSPECT)}))
    >>> verdict.evidence[0].code, verdict.confidence
    ('another_unit', 0.9)
    """
    switching = _near(np.r_[case.modes.starts, case.modes.stops], len(case.grid), 1)
    verdicts = []
    for code, marks in case.grid.marks.items():
        suspect = (marks & np.uint8(Quality.UNIT_SUSPECT)) != 0
        for start, stop in runs(suspect, np.ones(len(suspect), bool), at_least=1, bridge=case.grid.cells(3)):
            if switching[start]:
                continue  # the pump started or stopped: the pressure really went
            evidence = (
                Evidence(
                    "another_unit", {"sensor": code, "hours": case.grid.hours(stop - start) * 3600}, code
                ),
            )
            verdicts.append(_said(case, "watch", 0.9, start, stop, evidence, ("check_controller_units",)))
    return verdicts


def silent(case: EspCase) -> list[Verdict]:
    """No readings at all for an hour and four of their usual steps; or of one sensor for six hours while the
    others go on.

    0.95 and 0.9 sure

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: sensors that are there at least half of the time.
    Source: esp.md, row 20 and "Data quality"; sizes are ours.

    >>> from app.analysis import examples
    >>> silent(examples.esp())
    []
    """
    grid = case.grid
    known = np.stack([np.isfinite(values) | (grid.marks[code] != 0) for code, values in grid.mean.items()])
    nothing = np.asarray(~known.any(axis=0), np.bool_)
    verdicts = []
    everywhere = np.ones(len(nothing), np.bool_)
    least = max(4, grid.cells(SILENT_H), STEPS_MISSED * _usual_step(~nothing))
    for start, stop in runs(nothing, everywhere, at_least=least, bridge=1):
        hours = grid.hours(stop - start)
        verdicts.append(
            _said(
                case,
                "info",
                0.95,
                start,
                stop,
                (Evidence("no_readings", {"hours": hours * 3600}, None),),
                ("check_link",),
            )
        )
    for row, code in enumerate(grid.mean):
        usual = known[row].mean()
        lonely = ~known[row] & ~nothing
        if usual < 0.5:
            continue
        for start, stop in runs(lonely, everywhere, at_least=grid.cells(LONELY_H), bridge=1):
            hours = grid.hours(stop - start)
            evidence = (Evidence("sensor_silent", {"hours": hours * 3600, "sensor": code}, code),)
            verdicts.append(_said(case, "info", 0.9, start, stop, evidence, ("check_gauge", "check_link")))
    return verdicts


def _usual_step(told: np.ndarray) -> int:
    """Cells from one reading to the next: more than one where readings come slower than cells."""
    begun = np.flatnonzero(told & ~np.r_[False, told[:-1]])
    return int(np.median(np.diff(begun))) if len(begun) > 2 and np.mean(told) < SPARSE else 1


def drifting(case: EspCase) -> list[Verdict]:
    """One sensor walks away while everything that physics ties to it stays.

    half a day's mean over DRIFTED, those of BOUND_TO under theirs: 0.5 sure at the limit, 0.9 at 2.2 times;
    what is not known at the time has not stood still; an intake whose discharge is not known 0.75 at most

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: two of the bound parameters known, one of them of WITNESSES.
    Source: esp.md, row 20 and "Data quality"; sizes are ours.

    >>> from app.analysis import examples
    >>> [verdict] = drifting(examples.esp({"annulus_pressure": 1.6}))
    >>> verdict.evidence[0].sensor, verdict.confidence > 0.9
    ('annulus_pressure', True)
    >>> drifting(examples.esp())
    []
    """
    d = case.departures
    if d is None:
        return []
    verdicts = []
    for name, limit in DRIFTED.items():
        bound = [(other, most) for other, most in BOUND_TO[name] if d.has(other)]
        if not d.has(name) or len(bound) < 2:
            continue
        day = case.grid.cells(12)
        slow = rolling_mean(np.where(d.steady, d.value[name], np.nan), day)
        still, told = d.steady.copy(), {}
        for other, most in bound:
            if (name, other) == ("wellhead", "discharge"):  # what is added above is added below
                most = min(most, 0.5 * limit / float(np.nanmedian(d.usual[other])))
            rest = np.abs(rolling_mean(d.value[other], day))
            still &= ~(rest > np.maximum(most, 3 * np.nan_to_num(d.spread[other]) / np.sqrt(day)))
            told[other] = np.isfinite(rest)
        seen = [told[other] for other in WITNESSES.get(name, tuple(told)) if other in told]
        known = (np.sum(list(told.values()), axis=0) >= 2) & np.any(seen, axis=0)
        hit = still & known & (np.abs(slow) > max(limit, 5 * np.nan_to_num(d.spread[name])))
        for start, stop in runs(hit, d.steady, at_least=case.grid.cells(18), bridge=case.grid.cells(24)):
            cells = np.arange(start, stop)[hit[start:stop]]
            size = float(np.nanmedian(slow[cells]))
            stood = [other for other, there in told.items() if there[cells].mean() >= 0.5]
            alone = name == "intake" and "discharge" not in stood
            evidence = (argument(d, name, size, cells), Evidence("others_still", {"count": len(stood)}, None))
            verdicts.append(
                _said(
                    case,
                    "watch",
                    min(certainty(abs(size) / limit, half=1.0, sure=2.2), BY_RATE if alone else 1.0),
                    start,
                    stop,
                    evidence,
                    ("check_gauge", "compare_gauge"),
                )
            )
    return verdicts


def shifted(case: EspCase) -> list[Verdict]:
    """Starts and stops of one sensor come a constant time after (or before) the drive's.

    median offset over 2.5 cells and a quarter of an hour, all alike within two cells: 0.5 sure at 2 edges,
    0.9 at 5

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: a frequency with a stop in the record.
    Source: esp.md, row 20 and "Data quality"; sizes are ours.

    >>> from app.analysis import examples
    >>> shifted(examples.esp(off_days=((5.0, 5.5),)))  # all by one clock
    []
    """
    grid = case.grid
    if "frequency" not in grid.mean:
        return []
    edges = _edges(grid.mean["frequency"], 5.0)
    verdicts = []
    for code in ON_OFF:
        if code not in grid.mean or len(edges) < 2:
            continue
        own = _edges(grid.mean[code], least_running(grid.mean[code]))
        if len(own) < 2:
            continue
        near = np.array([own[np.argmin(np.abs(own - edge))] - edge for edge in edges])
        offset = float(np.median(near))
        if (
            abs(grid.hours(offset)) < max(0.25, 2.5 * grid.hours(1))
            or np.abs(near - offset).max() > 2
            or abs(grid.hours(offset)) > 12
        ):
            continue
        evidence = (
            Evidence(
                "clock_differs",
                {"sensor": code, "shift": grid.hours(offset) * 3600, "count": len(edges)},
                code,
            ),
        )
        verdicts.append(
            _said(
                case,
                "watch",
                certainty(len(edges), half=2, sure=5),
                int(edges[0]),
                int(edges[-1]) + 1,
                evidence,
                ("check_clock",),
            )
        )
    return verdicts


def _near(cells: np.ndarray, n: int, reach: int) -> np.ndarray:
    """(n,) whether a cell is within `reach` of one of `cells`."""
    result = np.zeros(n, bool)
    for shift in range(-reach, reach + 1):
        result[np.clip(cells + shift, 0, n - 1).astype(int)] = True
    return result


def _edges(values: np.ndarray, limit: float) -> np.ndarray:
    known = np.flatnonzero(np.isfinite(values))
    on = values[known] > limit
    return known[1:][on[1:] != on[:-1]]


def _said(
    case: EspCase,
    severity: str,
    confidence: float,
    start: int,
    stop: int,
    evidence: tuple[Evidence, ...],
    checks: tuple[str, ...],
) -> Verdict:
    return case.verdict(severity, confidence, Episode(start, stop, confidence, 0.0, evidence, ()), checks)


def _drifting(case: EspCase) -> list[Verdict]:
    return [*drifting(case), *esp_motor_overheat.drifted(case)]


def _frozen(case: EspCase) -> list[Verdict]:
    return [*frozen(case), *sensor_columns.held(case), *sensor_columns.only_set(case)]


def _mixed_up(case: EspCase) -> list[Verdict]:
    return [*mixed_up(case), *sensor_columns.out_of_range(case), *sensor_columns.exchanged(case)]


def _off_the_clock(case: EspCase) -> list[Verdict]:
    return [*shifted(case), *sensor_columns.late_gauge(case)]


FROZEN = Rule("sensor_frozen", "esp", _frozen)
SPIKE = Rule("sensor_spike", "esp", spiking)
DRIFT = Rule("sensor_drift", "esp", _drifting)
UNIT = Rule("unit_mixup", "esp", _mixed_up)
CLOCK = Rule("clock_shift", "esp", _off_the_clock)
GAP = Rule("gap", "esp", silent)
