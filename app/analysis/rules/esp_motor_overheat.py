"""Перегрев ПЭД: the motor is warmer above its intake than it was at the same current (esp.md, row 11)."""

import numpy as np

from app.analysis.rules.base import EspCase, Rule, Verdict, certainty, episodes, middle, smooth
from app.models.findings import Evidence

LIMIT_K = 273.15 + 150


def judge(case: EspCase) -> list[Verdict]:
    if not case.has("motor_temperature", "intake_temperature"):
        return []
    rise = np.where(case.stable, case.mean["motor_temperature"] - case.mean["intake_temperature"], np.nan)
    usual, spread = middle(rise, case.baseline)
    if not np.isfinite(usual):
        return []
    now = smooth(rise, 6)
    verdicts = []
    for part in episodes(now > usual + max(12.0, 6 * spread), at_least=6, bridge=24):
        worst = float(np.nanmax(now[part]))
        hottest = float(np.nanmax(case.high["motor_temperature"][part]))
        evidence = [
            Evidence("motor_warmer", {"before": usual, "now": worst, "rise": worst - usual}, "motor_temperature"),
            Evidence("motor_hottest", {"temperature": hottest}, "motor_temperature"),
        ]  # fmt: skip
        against = []
        if case.has("motor_current"):
            usual_current, _ = middle(case.mean["motor_current"], case.baseline)
            current = float(np.nanmedian(np.where(case.stable, case.mean["motor_current"], np.nan)[part]))
            change = current / usual_current - 1
            if abs(change) < 0.05:
                evidence.append(Evidence("current_unchanged", {"change": change}, "motor_current"))
            elif change > 0.1:
                against.append(Evidence("current_higher", {"change": change}, "motor_current"))
        severity = "stop" if hottest > LIMIT_K + 25 else "act" if hottest > LIMIT_K - 20 else "watch"
        verdicts.append(
            Verdict(severity, certainty((worst - usual) - 6 * len(against), half=10, sure=22), tuple(evidence),
                    tuple(against), ("check_rate_past_motor", "check_cooling", "lower_frequency"),
                    int(case.time_us[part.start]), int(case.time_us[part.stop - 1]))
        )  # fmt: skip
    return verdicts


RULE = Rule("motor_overheat", "esp", judge)
