"""The second gauge of a test: what the first is off by, and its drift taken out when an engineer wants it."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.transient.gauges import Compared, compared, without_drift
from app.core.units import DAY_S
from app.models.values import Values
from app.models.well_tests import RecordedTest


def beside_the_second(test: RecordedTest, quality: list[Values], *, undrift: bool) -> RecordedTest:
    """The test, without its gauge's drift where that is wanted and the second gauge shows one."""
    if test.second_gauge is None:
        return test
    found = compared(test.time_s, test.pressure_pa, *test.second_gauge)
    if found is None:
        quality.append({"code": "gauges_apart_in_time", "detail": {}})
        return test
    quality.append({"code": "gauges_compared", "detail": _details(found)})
    if not found.drifts:
        return test
    if not undrift:
        quality.append({"code": "gauge_drifts", "detail": _details(found)})
        return test
    quality.append({"code": "gauge_drift_removed", "detail": _details(found)})
    return replace(test, pressure_pa=without_drift(test.time_s, test.pressure_pa, found))


def _details(found: Compared) -> Values:
    return {
        "offset_kpa": found.offset_pa / 1e3,
        "drift_kpa_per_day": found.drift_pa_per_s * DAY_S / 1e3,
        "scatter_kpa": found.scatter_pa / 1e3,
        "clock_s": found.clock_s,
        "count": found.count,
    }
