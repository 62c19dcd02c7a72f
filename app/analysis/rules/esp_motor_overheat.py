"""Перегрев ПЭД: the motor is warmer above its intake than it was at the same current and rate (esp.md, row
11).
"""

import numpy as np

from app.analysis.esp.cold import cold_rise
from app.analysis.esp.signature import DOWN, UP, Episode, Sign, Signature
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

LIMIT_K = 273.15 + 150
ONE_GAUGE = 0.75
"""How sure one thermometer alone may be: what drifts looks the same while the motor runs. Ours."""
GAUGE_SURE = 0.85
COOLS, STAYS = 0.35, 0.65
"""Of the rise that is left while the motor stands: under the first it was heat, over the second the gauge."""
SIGNATURE = Signature(
    "motor_rise",
    (Sign("motor_rise", UP, 7.0, 18.0, 1.0, needed=True),),
    (
        Sign("current", UP, 0.06, 0.15),
        Sign("rate", DOWN, 0.12, 0.3),
        Sign("intake", DOWN, 0.3, 0.6),
        Sign("current", DOWN, 0.1, 0.25),
    ),
    dwell_h=5.0,
    bridge_h=24.0,
    least_score=0.5,
)


def judge(case: EspCase) -> list[Verdict]:
    """Перегрев ПЭД: the motor is warmer above its intake than it was at the same current and rate.

    T_m − T_in ↑ 7 … 18 K; vetoes: current or rate changed; over 0.75 only where the rise goes when the motor
    stands; none where it stays

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: motor temperature.
    Source: esp.md, table of signatures, row 11; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"motor_temperature": 1.06}))
    >>> verdict.severity, verdict.confidence, verdict.from_us // 86_400_000_000
    ('watch', 0.75, 14)
    >>> judge(examples.esp())
    []
    """
    verdicts = []
    for episode in case.found(SIGNATURE):
        hottest = case.grid.high["motor_temperature"][episode.start : episode.stop]
        top = float(np.nanmax(hottest)) if np.isfinite(hottest).any() else 0.0
        severity = "stop" if top > LIMIT_K + 25 else "act" if top > LIMIT_K - 20 else "watch"
        said = [Evidence("motor_hottest", {"temperature": top}, "motor_temperature")]
        sure, left = certainty(episode.score, half=0.45, sure=0.8), left_when_cold(case, episode)
        if left is not None and left > STAYS:
            continue
        if left is not None and left < COOLS:
            said.append(Evidence("rise_goes_when_cold", {"share": left}, "motor_temperature"))
        else:
            sure = min(sure, ONE_GAUGE)
        verdicts.append(
            case.verdict(
                severity,
                sure,
                episode,
                ("check_rate_past_motor", "check_cooling", "lower_frequency"),
                *said,
            )
        )
    return verdicts


def left_when_cold(case: EspCase, episode: Episode) -> float | None:
    """What of a motor's rise is there while it stands as well.

    cold rise/median rise of the episode

    Args:
        case: an ESP well over a window
        episode: of the signature
    Returns:
        [-] None where it did not stand long enough
    Valid: as `cold_rise`.
    Ours: as `cold_rise`.

    >>> from app.analysis import examples
    >>> case = examples.esp({"motor_temperature": 1.05}, off_days=((5.0, 5.5), (17.0, 17.5)))
    >>> [round(left_when_cold(case, one), 1) for one in case.found(SIGNATURE)]  # all of it: a gauge
    [1.0]
    """
    departures = case.departures
    cold = cold_rise(case.grid, case.modes, episode.start, episode.stop)
    if cold is None or departures is None:
        return None
    size = float(np.nanmedian(departures.value["motor_rise"][episode.start : episode.stop]))
    return cold / size if size > 0 else None


def drifted(case: EspCase) -> list[Verdict]:
    """The motor's gauge tells a rise that stays while the motor stands.

    as `judge`, with over 0.65 of the rise left: 0.85 sure

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: as `cold_rise`.
    Ours: as `cold_rise`.

    >>> from app.analysis import examples
    >>> case = examples.esp({"motor_temperature": 1.05}, off_days=((5.0, 5.5), (17.0, 17.5)))
    >>> [verdict] = drifted(case)
    >>> verdict.confidence, judge(case)
    (0.85, [])
    """
    verdicts = []
    for episode in case.found(SIGNATURE):
        left = left_when_cold(case, episode)
        if left is not None and left > STAYS:
            said = Evidence("rise_stays_when_cold", {"share": left}, "motor_temperature")
            verdicts.append(
                case.verdict("watch", GAUGE_SURE, episode, ("check_gauge", "compare_gauge"), said)
            )
    return verdicts


RULE = Rule("motor_overheat", "esp", judge, SIGNATURE.inputs)
