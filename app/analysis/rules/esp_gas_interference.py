"""Влияние газа: the current is ragged at a constant frequency and lower than before (esp.md, row 1)."""

import numpy as np

from app.analysis.rules.base import EspCase, Rule, Verdict, certainty, episodes, middle, smooth
from app.models.findings import Evidence


def judge(case: EspCase) -> list[Verdict]:
    if not case.has("motor_current"):
        return []
    mean = case.mean["motor_current"]
    ran = np.where(case.stable & (mean > 0), mean, np.nan)
    swing = (case.high["motor_current"] - case.low["motor_current"]) / ran
    usual, spread = middle(swing, case.baseline)
    usual_current, _ = middle(mean, case.baseline)
    if not usual > 0:
        return []
    now = smooth(swing, 6)
    limit = max(2.0 * usual, usual + 6 * spread)
    verdicts = []
    for part in episodes(now > limit, at_least=6, bridge=12):
        times = float(np.nanmedian(now[part])) / usual
        current = float(np.nanmedian(np.where(case.stable, mean, np.nan)[part]))
        steady = "frequency" in case.mean and _steady(case.mean["frequency"][part])
        evidence = [
            Evidence("current_ragged", {"times": times, "swing": float(np.nanmedian(now[part]))}, "motor_current")
        ]  # fmt: skip
        if steady:
            evidence.append(Evidence("frequency_constant", {"frequency": float(np.nanmedian(case.mean["frequency"][part]))}, "frequency"))  # fmt: skip
        against = []
        if current < 0.98 * usual_current:
            evidence.append(
                Evidence("current_lower", {"change": current / usual_current - 1}, "motor_current")
            )
        else:
            against.append(
                Evidence("current_not_lower", {"change": current / usual_current - 1}, "motor_current")
            )
        strength = times * (1.0 if steady else 0.7) * (1.0 if not against else 0.85)
        verdicts.append(
            Verdict("watch", certainty(strength, half=1.9, sure=3.5), tuple(evidence), tuple(against),
                    ("vent_annulus", "lower_frequency", "flow_test"),
                    int(case.time_us[part.start]), int(case.time_us[part.stop - 1]))
        )  # fmt: skip
    return verdicts


def _steady(frequency: np.ndarray) -> bool:
    known = frequency[np.isfinite(frequency) & (frequency > 5)]
    return len(known) > 0 and float(np.percentile(known, 90) - np.percentile(known, 10)) < 1.0


RULE = Rule("gas_interference", "esp", judge)
