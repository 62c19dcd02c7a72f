"""Results of integrated models of a well (PIPESIM, PROSPER, OLGA, …) by case and quantity, and what was
measured at the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells.modelled import Modelled, ModelResults, NotCompared, misfit
from app.core.clock import from_us, to_us
from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.importers.vocabulary import vocabulary
from app.models.kinds.done import MODEL_RESULT
from app.models.records import FlowTest, Record
from app.models.sensors import SENSORS
from app.models.store import kinds, records, trends
from app.models.values import needed_number
from app.models.wells import Well
from app.services.workspace import Workspace

BY_TEST = {"liquid_rate": "liquid_m3_per_s", "oil_rate": "oil_kg_per_s", "water_cut": "water_cut"}
"""What a flow test tells better than a sensor, and its field there."""
CASE = ("model", "version", "scenario")
"""What tells one case of a model from another."""
NO_SHARE = ("temperature", "ratio", "length")
"""Quantities of which a per cent says nothing."""
NEAREST_TEST = timedelta(days=15)
DAY_US = 86_400_000_000


def results(workspace: Workspace, well: Well, until: datetime | None = None) -> ModelResults:
    """All that models said of the well, oldest first in each series; with `until` what is of then at the
    latest, beside what had been measured by then.
    """
    found: defaultdict[tuple[str, str, str, str], list[tuple[int, float]]] = defaultdict(list)
    left: dict[NotCompared, None] = {}
    for record in kinds.of_well(workspace.store, MODEL_RESULT, int(well.id), until=until):
        understood = _measured_by(record)
        if isinstance(understood, NotCompared):
            left[understood] = None
            continue
        of, unit = understood
        model, version, scenario = words_of(record, *CASE)
        value = float(unit.to_si(needed_number(record.values, "value")))
        found[model, version, scenario, of].append((to_us(record.at), value))
    if not found:
        return ModelResults((), tuple(left))
    return ModelResults(tuple(_beside(workspace, well, found, until)), tuple(left))


def words_of(record: Record, *keys: str) -> tuple[str, ...]:
    """What a record says under each of these keys; empty where it says nothing."""
    return tuple(str(record.values.get(key) or "").strip() for key in keys)


def _measured_by(record: Record) -> tuple[str, Unit] | NotCompared:
    """The sensor that measures it and the unit it is told in, or why it stands beside nothing."""
    name, unit = str(record.values.get("quantity") or ""), str(record.values.get("unit") or "")
    sensors = [word for word in vocabulary().means(name) if word in SENSORS]
    if len(sensors) != 1:
        return NotCompared(name, unit, "quantity")
    if not unit:
        return NotCompared(name, unit, "no_unit")
    known = find_unit(unit, SENSORS[sensors[0]].quantity)
    return NotCompared(name, unit, "unit") if known is None else (sensors[0], known)


def _beside(
    workspace: Workspace,
    well: Well,
    found: dict[tuple[str, str, str, str], list[tuple[int, float]]],
    until: datetime | None,
) -> Iterable[Modelled]:
    at = [at for points in found.values() for at, _ in points]
    last = from_us(max(at)) + NEAREST_TEST
    around = (from_us(min(at)) - NEAREST_TEST, last if until is None else min(last, until))
    tests = [test for test in records.flow_tests(workspace.store, well.id, *around) if test.valid]
    for (model, version, scenario, of), points in sorted(found.items()):
        points.sort()
        time_us = np.array([at for at, _ in points], np.int64)
        value = np.array([each for _, each in points], float)
        measured = _measured(workspace, well, of, time_us, tests)
        off = misfit(time_us, value, measured, shares=SENSORS[of].quantity not in NO_SHARE)
        yield Modelled(model, version, scenario, of, time_us, value, measured, off)


def _measured(
    workspace: Workspace, well: Well, of: str, time_us: NDArray[np.int64], tests: list[FlowTest]
) -> NDArray[np.float64]:
    """The nearest valid flow test within fifteen days; else the median of the sensor's hours in the day that
    begins at the moment.
    """
    by_test = np.array([_by_test(tests, of, int(at)) for at in time_us], float)
    if np.isfinite(by_test).all():
        return by_test
    number = SENSORS[of].number
    first, last = int(time_us.min()), int(time_us.max()) + DAY_US
    hours = trends.hourly(workspace.store, well.id, [number], first, last).get(number)
    if hours is None:
        return by_test
    starts = np.searchsorted(hours.time_us, time_us)
    stops = np.searchsorted(hours.time_us, time_us + DAY_US)
    for n in np.flatnonzero(~np.isfinite(by_test)):
        day = hours.mean[starts[n] : stops[n]]
        if np.isfinite(day).any():
            by_test[n] = np.nanmedian(day)
    return by_test


def _by_test(tests: list[FlowTest], of: str, at_us: int) -> float:
    if of not in BY_TEST:
        return float("nan")
    told = [(abs(to_us(test.taken_at) - at_us), getattr(test, BY_TEST[of])) for test in tests]
    near = [one for one in told if one[1] is not None and one[0] <= NEAREST_TEST / timedelta(microseconds=1)]
    return float(min(near)[1]) if near else float("nan")
