"""Перегрев ПЭД: the motor is warmer above its intake than it was at the same current and rate (esp.md, row
11).
"""

import numpy as np

from app.analysis.esp.signature import DOWN, UP, Sign, Signature
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

LIMIT_K = 273.15 + 150
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

    T_m − T_in ↑ 7 … 18 K; vetoes: current or rate changed

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: motor temperature.
    Source: esp.md, table of signatures, row 11; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"motor_temperature": 1.06}))
    >>> verdict.severity, verdict.confidence > 0.7, verdict.from_us // 86_400_000_000
    ('watch', True, 14)
    >>> judge(examples.esp())
    []
    """
    verdicts = []
    for episode in case.found(SIGNATURE):
        hottest = case.grid.high["motor_temperature"][episode.start : episode.stop]
        top = float(np.nanmax(hottest)) if np.isfinite(hottest).any() else 0.0
        severity = "stop" if top > LIMIT_K + 25 else "act" if top > LIMIT_K - 20 else "watch"
        said = Evidence("motor_hottest", {"temperature": top}, "motor_temperature")
        verdicts.append(
            case.verdict(
                severity,
                certainty(episode.score, half=0.45, sure=0.8),
                episode,
                ("check_rate_past_motor", "check_cooling", "lower_frequency"),
                said,
            )
        )
    return verdicts


RULE = Rule("motor_overheat", "esp", judge, SIGNATURE.inputs)
