"""What starts tell: too many of them without a plan, and a pump that turns the wrong way since one (esp.md,
rows 17, 18).
"""

import numpy as np

from app.analysis.esp.signature import DOWN, UP, Episode, Sign, Signature, runs
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

OFTEN_A_DAY = 4
REVERSED = Signature(
    "lift",
    (
        Sign("lift", DOWN, 0.12, 0.3, 2.0, needed=True),
        Sign("rate", DOWN, 0.12, 0.35, 2.0, needed=True),
        Sign("intake", UP, 0.1, 0.3),
        Sign("motor_rise", UP, 2.0, 8.0, 0.5),
    ),
    (Sign("current", DOWN, 0.3, 0.42), Sign("rate", DOWN, 0.85, 0.98)),
    any_of=("rate", "intake"),
    dwell_h=1.0,
    bridge_h=12.0,
    sudden_h=8.0,
)
LIFT_FROM_START_H = 1.5
DRAWN = 0.6
"""Of what the intake stood over its usual at first, that is left at the end, for a level that comes down."""


def reversed_(case: EspCase) -> list[Verdict]:
    """Обратное вращение: low lift and rate from a start on, at once.

    lift ↓ 0.12 … 0.3, rate ↓ 0.12 … 0.35 within 8 h, a start within 2.5 h before

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: lift and one of rate, intake. Without a rate an intake that comes down while it lasts is a pump
        that draws the level down again after its stop.
    Source: esp.md, table of signatures, row 18; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> low = {"discharge_pressure": 0.8, "liquid_rate": 0.6, "intake_pressure": 1.3}
    >>> [verdict] = reversed_(examples.esp(low, off_days=((13.5, 14.05),)))
    >>> verdict.severity, verdict.evidence[-1].code
    ('act', 'since_start')
    >>> reversed_(examples.esp(low))  # not since a start
    []
    """
    verdicts = []
    for episode in case.found(REVERSED):
        starts = case.modes.starts[
            (case.modes.starts <= episode.start + case.grid.cells(LIFT_FROM_START_H))
            & (case.modes.starts >= episode.start - case.grid.cells(LIFT_FROM_START_H + 1))
        ]
        if len(starts) == 0 or _draws_down(case, episode):
            continue
        more = Evidence("since_start", {}, "frequency")
        verdicts.append(
            case.verdict(
                "act",
                certainty(episode.score, half=0.5, sure=0.85),
                episode,
                ("swap_phases", "flow_test"),
                more,
            )
        )
    return verdicts


def _draws_down(case: EspCase, episode: Episode) -> bool:
    d = case.departures
    if d is None or d.has("rate") or not d.has("intake"):
        return False
    over = d.value["intake"][episode.start : episode.stop]
    over = over[np.isfinite(over)]
    part = max(1, len(over) // 5)
    return len(over) > 0 and float(np.mean(over[-part:])) < DRAWN * float(np.mean(over[:part]))


def often(case: EspCase) -> list[Verdict]:
    """Частые пуски: four starts or more within a day, outside of periodic operation.

    starts by the day: 0.5 sure at 2.5, 0.9 at 6

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: frequency or current.
    Source: esp.md, table of signatures, row 17; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> stops = ((15.0, 15.1), (15.3, 15.35), (15.5, 15.6), (15.95, 16.05), (16.1, 16.15))
    >>> [verdict] = often(examples.esp(off_days=stops))
    >>> verdict.severity, verdict.evidence[0].details["count"]
    ('watch', 5)
    >>> often(examples.esp())
    []
    """
    starts = case.modes.starts[~case.modes.periodic[np.minimum(case.modes.starts, len(case.grid) - 1)]]
    if len(starts) < OFTEN_A_DAY:
        return []
    day = case.grid.cells(24)
    count = np.searchsorted(starts, starts, side="right") - np.searchsorted(starts, starts - day, side="left")
    hit = np.zeros(len(case.grid), bool)
    for start, n in zip(starts, count, strict=True):
        if n >= OFTEN_A_DAY:
            first = starts[np.searchsorted(starts, start - day, side="left")]
            hit[first : start + 1] = True
    verdicts = []
    for start, stop in runs(hit, np.ones(len(hit), bool), at_least=1, bridge=day):
        inside = int(((starts >= start) & (starts < stop)).sum())
        per_day = inside / max(case.grid.hours(stop - start) / 24, 1.0)
        episode = Episode(
            start,
            stop,
            per_day,
            0.0,
            (Evidence("starts_a_day", {"count": inside, "per_day": per_day}, "frequency"),),
            (),
        )
        severity = "act" if per_day >= 6 else "watch"
        verdicts.append(
            case.verdict(
                severity,
                certainty(per_day, half=2.5, sure=6.0),
                episode,
                ("protection_settings", "level_shot", "supply_log"),
            )
        )
    return verdicts


REVERSE = Rule("reverse_rotation", "esp", reversed_, REVERSED.inputs)
FREQUENT = Rule("frequent_starts", "esp", often)
