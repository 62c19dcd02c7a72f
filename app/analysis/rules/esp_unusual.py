"""Необычное поведение: what no rule names. Departures together leave the space they moved in while all was
well (PCA, SPE).

Jackson and Mudholkar, Technometrics 21 (1979) 341: the squared prediction error of a few principal components
fitted on the reference hours, its limit taken far beyond what the reference ever reached; the contributions
name the sensors.
"""

import numpy as np

from app.analysis.esp.grid import rolling_mean
from app.analysis.esp.signature import SENSOR_OF, Episode, runs
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

PARAMETERS = (
    "current",
    "intake",
    "discharge",
    "lift",
    "motor_rise",
    "vibration",
    "rate",
    "wellhead",
    "power",
)
LEAST_PARAMETERS = 4
KEPT = 0.9
BEYOND = 6.0
LEAST_H = 12.0
FINEST_SHARE = 0.004
FINEST = {"wellhead": 4e3}
"""Gauges resolve no finer than this share of a value, or this many pascal: below it all is the same."""


def judge(case: EspCase) -> list[Verdict]:
    """Необычное поведение: what no rule names.

    squared prediction error of the principal components that hold 90 % of the reference, over six times what
    99 % of it reached, for 12 h

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: four parameters known; 0.6 sure at most.
    Source: Jackson and Mudholkar, Technometrics 21 (1979) 341; the limit is ours.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"discharge_pressure": 1.05, "active_power": 0.9}))
    >>> verdict.severity, verdict.confidence <= 0.6
    ('watch', True)
    >>> judge(examples.esp())
    []
    """
    d = case.departures
    if d is None:
        return []
    names = [name for name in PARAMETERS if d.has(name) and np.isfinite(d.spread[name])]
    if len(names) < LEAST_PARAMETERS:
        return []
    hour = case.grid.cells(1.0)
    scale = np.array([max(d.spread[name], FINEST.get(name, FINEST_SHARE)) for name in names])
    rows = (
        np.stack([rolling_mean(np.where(d.settled, d.value[name], np.nan), hour) for name in names], axis=1)
        / scale
    )
    known = np.isfinite(rows).all(axis=1)
    reference = known & d.reference
    if reference.sum() < 5 * len(names):
        return []
    middle = np.median(rows[reference], axis=0)
    usual = rows[reference] - middle
    # Of the few parameters against each other: to decompose all the cells costs a hundred times as much.
    strength, axes = np.linalg.eigh(usual.T @ usual)
    share = np.cumsum(strength[::-1]) / max(float(strength.sum()), 1e-12)
    kept = axes.T[::-1][: int(np.searchsorted(share, KEPT)) + 1]
    off = rows - middle
    rest = off - (off @ kept.T) @ kept
    error = np.where(known, (rest**2).sum(axis=1), 0.0)
    limit = max(float(np.quantile(error[reference], 0.99)), 0.5 * len(names)) * BEYOND
    hit = known & (error > limit)
    verdicts = []
    for start, stop in runs(hit, known, at_least=case.grid.cells(LEAST_H), bridge=case.grid.cells(24)):
        cells = np.arange(start, stop)[hit[start:stop]]
        part = (rest[cells] ** 2).mean(axis=0)
        most = np.argsort(-part)[:2]
        sensors = [SENSOR_OF[names[i]] for i in most]
        times = float(np.median(error[cells])) / limit
        evidence = (
            Evidence(
                "residual",
                {"names": sensors, "times": times, "share": float(part[most].sum() / part.sum())},
                sensors[0],
            ),
        )
        confidence = min(0.6, certainty(times, half=1.5, sure=6.0))
        episode = Episode(start, stop, times, 0.0, evidence, ())
        verdicts.append(case.verdict("watch", confidence, episode, ("check_events", "flow_test")))
    return verdicts


RULE = Rule("unusual_behaviour", "esp", judge, (("current", "intake", "discharge", "rate"),))
