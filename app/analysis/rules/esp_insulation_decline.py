"""Снижение сопротивления изоляции: a monotone fall of lg R; the days left to the limit (esp.md, row 14)."""

import math

import numpy as np

from app.analysis.few import theil_sen
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

DAY_US = 86_400_000_000
WARNING_OHM = 1e6
TRIP_OHM = 30e3
DAYS = 21
LEAST_DAYS = 7


def judge(case: EspCase) -> list[Verdict]:
    """Снижение сопротивления изоляции: a monotone fall of lg R, and the days left to the limit.

    Theil–Sen slope of the last three weeks of daily medians, Kendall's τ under −0.5, a loss over 15 %; limit
    1 MΩ

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: seven days of readings above 0.
    Source: esp.md, table of signatures, row 14; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"insulation_resistance": 0.3}, grows_days=7.0))
    >>> verdict.severity, verdict.evidence[0].code
    ('watch', 'insulation_falls')
    >>> judge(examples.esp())
    []
    """
    resistance = case.grid.mean.get("insulation_resistance")
    if resistance is None:
        return []
    first_us = int(case.grid.time_us[0])
    day = (case.grid.time_us - first_us) // DAY_US
    days = np.unique(day[np.isfinite(resistance)])
    if len(days) < LEAST_DAYS:
        return []
    daily = np.array([np.nanmedian(resistance[day == d]) for d in days])
    if (daily <= 0).any():
        return []
    recent = slice(max(0, len(days) - DAYS), len(days))
    slope, agreement = theil_sen(days[recent].astype(float), np.log10(daily[recent]))
    lost = 1 - 10 ** (slope * (days[-1] - days[recent.start]))
    if slope >= 0 or agreement > -0.5 or lost < 0.15:
        return []
    before = float(np.median(daily[: max(5, len(daily) // 3)]))
    fallen = np.flatnonzero(daily > 0.9 * before)
    start_day = int(days[min(int(fallen[-1]) + 1, len(days) - 1)]) if len(fallen) else int(days[0])
    now = float(daily[-1])
    evidence = [
        Evidence(
            "insulation_falls",
            {"before": before, "now": now, "per_day": 10**slope - 1},
            "insulation_resistance",
        ),
        Evidence("fall_is_monotone", {"agreement": -agreement}, "insulation_resistance"),
    ]
    left = (math.log10(WARNING_OHM) - math.log10(now)) / slope if now > WARNING_OHM else 0.0
    if now > WARNING_OHM:
        evidence.append(
            Evidence("days_to_limit", {"days": left, "limit": WARNING_OHM}, "insulation_resistance")
        )
    else:
        evidence.append(Evidence("below_limit", {"limit": WARNING_OHM}, "insulation_resistance"))
    severity = "stop" if now < 2 * TRIP_OHM else "act" if left < 30 else "watch"
    return [
        Verdict(
            severity,
            certainty(-agreement, half=0.5, sure=0.9),
            tuple(evidence),
            (),
            ("megger", "plan_workover"),
            first_us + start_day * DAY_US,
            int(case.grid.time_us[-1]),
        )
    ]


RULE = Rule("insulation_decline", "esp", judge, (("insulation_resistance",),))
