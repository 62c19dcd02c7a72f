"""Срыв подачи по притоку: the intake pressure falls steadily, the current with it, then underload trips
(esp.md, row 3).
"""

import numpy as np

from app.analysis.esp.signature import DOWN, UP, Episode, Sign, Signature
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

SIGNATURE = Signature(
    "intake",
    (
        Sign("intake", DOWN, 0.22, 0.5, 3.0, needed=True),
        Sign("current", DOWN, 0.02, 0.1),
        Sign("rate", DOWN, 0.08, 0.35, 1.5),
        Sign("motor_rise", UP, 2.0, 8.0, 0.5),
    ),
    (Sign("current", UP, 0.05, 0.12), Sign("rate", UP, 0.05, 0.15)),
    dwell_h=3.0,
    bridge_h=12.0,
)

SLOWED_HZ, RISES_H = 3, 12.0


def judge(case: EspCase) -> list[Verdict]:
    """Срыв подачи по притоку: the intake pressure falls, the current with it, then underload trips.

    intake ↓ 0.22 … 0.5; vetoes: current or rate up; surer with two stops a day

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: intake pressure; not within half a day after the frequency came down by three hertz or more.
    Source: esp.md, table of signatures, row 3; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"intake_pressure": 0.5, "liquid_rate": 0.7, "motor_current": 0.93}))
    >>> verdict.severity, verdict.confidence > 0.7, verdict.from_us // 86_400_000_000
    ('watch', True, 14)
    >>> judge(examples.esp())
    []
    """
    verdicts = []
    for episode in case.found(SIGNATURE):
        if _slowed_before(case, episode):
            continue
        stops = int(((case.modes.stops >= episode.start) & (case.modes.stops < episode.stop)).sum())
        per_day = stops / max(case.grid.hours(episode.stop - episode.start) / 24, 0.25)
        often = per_day >= 2 and not case.modes.periodic[episode.start : episode.stop].mean() > 0.5
        more = (Evidence("frequent_stops", {"per_day": per_day}, "frequency"),) if often else ()
        confidence = certainty(episode.score + 0.1 * often, half=0.5, sure=0.88)
        verdicts.append(
            case.verdict(
                "act" if often else "watch",
                confidence,
                episode,
                ("level_shot", "lower_frequency", "flow_test"),
                *more,
            )
        )
    return verdicts


def _slowed_before(case: EspCase, episode: Episode) -> bool:
    """Whether the frequency came down before it: the level is then on its way up from a faster pump."""
    level = case.modes.level
    told = np.flatnonzero(level >= 0)
    down = told[1:][np.diff(level[told]) <= -SLOWED_HZ]
    before = episode.start - case.grid.cells(RISES_H)
    return bool(((down > before) & (down <= episode.start + case.grid.cells(1.0))).any())


RULE = Rule("pump_off", "esp", judge, SIGNATURE.inputs)
