"""Срыв подачи по притоку: the intake pressure falls to its floor, the current with it, then trips (esp.md, row 3)."""

import numpy as np

from app.analysis.rules.base import EspCase, Rule, Verdict, certainty, episodes, middle, smooth
from app.models.findings import Evidence

FLOOR_PA = 2.0e6


def judge(case: EspCase) -> list[Verdict]:
    if not case.has("intake_pressure"):
        return []
    pressure = case.mean["intake_pressure"]
    usual, _ = middle(pressure, case.baseline)
    if not usual > 0:
        return []
    now = smooth(pressure, 24)
    stops = _stops_per_day(case)
    verdicts = []
    for part in episodes((now < 0.6 * usual) & (now < 1.5 * FLOOR_PA), at_least=12, bridge=24):
        lowest = float(np.nanmin(now[part]))
        often = float(np.nanmax(stops[part])) if np.isfinite(stops[part]).any() else 0.0
        evidence = [
            Evidence("intake_falls", {"before": usual, "now": lowest, "change": lowest / usual - 1}, "intake_pressure")
        ]  # fmt: skip
        against = []
        if "motor_current" in case.mean:
            usual_current, _ = middle(case.mean["motor_current"], case.baseline)
            current = float(np.nanmedian(np.where(case.stable, case.mean["motor_current"], np.nan)[part])) if case.stable[part].any() else np.nan  # fmt: skip
            if current < 0.97 * usual_current:
                evidence.append(
                    Evidence("current_lower", {"change": current / usual_current - 1}, "motor_current")
                )
            elif current > 1.05 * usual_current:
                against.append(Evidence("current_not_lower", {"change": current / usual_current - 1}, "motor_current"))  # fmt: skip
        if often >= 2:
            evidence.append(Evidence("frequent_stops", {"per_day": often}, "frequency"))
        strength = (1 - lowest / usual) + 0.15 * min(often, 4) - 0.3 * len(against)
        verdicts.append(
            Verdict("act" if often >= 2 else "watch", certainty(strength, half=0.4, sure=0.8), tuple(evidence),
                    tuple(against), ("level_shot", "lower_frequency", "flow_test"),
                    int(case.time_us[part.start]), int(case.time_us[part.stop - 1]))
        )  # fmt: skip
    return verdicts


def _stops_per_day(case: EspCase) -> np.ndarray:
    """Stops in the last 24 hours: an hour with both running and standing, after one that ran."""
    if "frequency" not in case.low:
        return np.zeros(len(case.time_us))
    broken = (case.low["frequency"] <= 5) & (case.high["frequency"] > 5)
    stops = broken & ~np.r_[False, broken[:-1]]
    total = np.cumsum(stops)
    return (total - np.r_[np.zeros(24, int), total[:-24]][: len(total)]).astype(float)


RULE = Rule("pump_off", "esp", judge)
