"""A model that no longer says what the well does: it is to be matched again before anybody decides by it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.analysis.rules.base import Rule, Verdict, certainty
from app.analysis.wells.modelled import Floats, Modelled, ModelResults
from app.models.findings import Evidence
from app.models.sensors import SENSORS

LEAST, LEAST_MEASURED = 3, 2
"""Moments in a row that are off, and different measurements among them: results of many days stand beside one
flow test, and one bad test makes no model stale.
"""
MOST = {"liquid_rate": 0.15, "oil_rate": 0.15, "gas_rate": 0.25, "water_cut": 0.10}
"""Share of what was measured, of the water cut a fraction of the liquid: what a model is matched to."""
MOST_OF_PRESSURE = 0.10
_ABSOLUTE = ("water_cut",)


def judge(results: ModelResults) -> list[Verdict]:
    """A model whose last results are off what was measured, all to one side.

    o = (model − measured)/measured, of the water cut model − measured; stale where |o| > limit with one sign
    at the last three measured moments or more, of two measurements; 0.5 sure at the limit, 0.9 at twice of it

    Args:
        results: of one well
    Returns:
        one verdict a model and case, with the quantities that are off; none where nothing was measured
    Valid: rates, water cut, pressures; the newest version of each case; temperatures have no share.
    Ours: limits are those to which nodal models are matched in practice; a person may set the model aside.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.modelled(model=1.3))
    >>> verdict.severity, verdict.evidence[0].sensor, judge(examples.modelled(model=1.05))
    ('watch', 'liquid_rate', [])
    """
    cases: dict[str, list[tuple[Modelled, Floats, int]]] = {}
    for series in _newest(results.series):
        off = _off(series)
        since = None if off is None else _since(off, series.measured, _limit(series.of))
        if off is not None and since is not None:
            cases.setdefault(series.case, []).append((series, off, since))
    return [_verdict(found) for found in cases.values()]


def _newest(series: Iterable[Modelled]) -> list[Modelled]:
    """Of each model, case and quantity the version that spoke last: an older one is known to be old."""
    found: dict[tuple[str, str, str], Modelled] = {}
    for one in series:
        key = (one.model, one.scenario, one.of)
        if key not in found or found[key].time_us[-1] < one.time_us[-1]:
            found[key] = one
    return list(found.values())


def _limit(of: str) -> float:
    return MOST.get(of, MOST_OF_PRESSURE)


def _off(series: Modelled) -> Floats | None:
    """At each moment, NaN where nothing was measured; None for a quantity that is not judged."""
    if series.of not in MOST and not SENSORS[series.of].quantity.endswith("pressure"):
        return None
    difference = series.value - series.measured
    if series.of in _ABSOLUTE:
        return difference
    return np.where(
        series.measured > 0, difference / np.where(series.measured > 0, series.measured, 1.0), np.nan
    )


def _since(off: Floats, measured: Floats, most: float) -> int | None:
    """Where the run begins that is off to one side up to the end; None where it is too short."""
    known = np.flatnonzero(np.isfinite(off))
    if not len(known):
        return None
    side = np.sign(off[known[-1]])
    run = 0
    for place in known[::-1]:
        if side * off[place] <= most:
            break
        run += 1
    if run < LEAST or len(np.unique(measured[known[-run:]])) < LEAST_MEASURED:
        return None
    return int(known[-run])


def _verdict(found: list[tuple[Modelled, Floats, int]]) -> Verdict:
    evidence, strength = [], 0.0
    for series, off, since in found:
        last = off[since:]
        middle = float(np.nanmedian(last))
        strength = max(strength, abs(middle) / _limit(series.of))
        details = {
            "case": series.case,
            "sensor": series.of,
            "percent": 100 * middle,
            "n": int(np.isfinite(last).sum()),
        }
        evidence.append(Evidence("model_off", details, series.of))
    from_us = min(int(series.time_us[since]) for series, _, since in found)
    to_us = max(int(series.time_us[-1]) for series, _, _ in found)
    sure = certainty(strength, half=1.0, sure=2.0)
    return Verdict("watch", sure, tuple(evidence), (), ("flow_test",), from_us, to_us)


RULE = Rule("model_stale", "model", judge)
