"""Влияние газа: the current is ragged at a constant frequency and lower than before (esp.md, row 1)."""

import numpy as np

from app.analysis.esp.signature import DOWN, UP, Sign, Signature
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

SIGNATURE = Signature(
    "noise",
    (
        Sign("noise", UP, 0.7, 2.0, 3.0, needed=True),
        Sign("current", DOWN, 0.01, 0.06),
        Sign("rate", DOWN, 0.02, 0.12, 0.5),
        Sign("vibration", UP, 0.1, 0.4, 0.5),
    ),
    (Sign("current", UP, 0.05, 0.1), Sign("current", DOWN, 0.25, 0.35), Sign("voltage", DOWN, 0.04, 0.08)),
    dwell_h=4.0,
    bridge_h=12.0,
    least_score=0.5,
)


def judge(case: EspCase) -> list[Verdict]:
    """Влияние газа: the current is ragged at a constant frequency and lower than before.

    swing of the current 1.7 … 3 times the usual; vetoes: current well up or down, voltage down

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: current and frequency (within 1.5 Hz).
    Source: esp.md, table of signatures, row 1; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"motor_current": 0.96}, swing=5.0))
    >>> verdict.severity, verdict.evidence[0].code
    ('watch', 'noise_up')
    >>> judge(examples.esp())
    []
    """
    verdicts = []
    for episode in case.found(SIGNATURE):
        frequency = case.modes.frequency[episode.start : episode.stop]
        frequency = frequency[np.isfinite(frequency)]
        if len(frequency) == 0 or float(np.percentile(frequency, 90) - np.percentile(frequency, 10)) > 1.5:
            continue
        steady = Evidence("frequency_constant", {"frequency": float(np.median(frequency))}, "frequency")
        confidence = certainty(episode.score, half=0.45, sure=0.85)
        verdicts.append(
            case.verdict(
                "watch", confidence, episode, ("vent_annulus", "lower_frequency", "flow_test"), steady
            )
        )
    return verdicts


RULE = Rule("gas_interference", "esp", judge, SIGNATURE.inputs)
