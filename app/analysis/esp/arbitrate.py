"""Several rules may explain one stretch of time: the best explanation stands, the others step back behind it.

Faults of the pump exclude each other while they last; what is wrong with the supply or a gauge does not
compete. A gauge that lies takes the findings that rest on it alone with it.
"""

from __future__ import annotations

from dataclasses import replace

from app.analysis.rules.base import Verdict

Found = tuple[str, Verdict]
RIVALS = frozenset(
    {
        "gas_interference",
        "gas_lock",
        "pump_off",
        "intake_plugging",
        "stage_wear",
        "scale_or_solids",
        "broken_shaft",
        "tubing_leak",
        "deadhead",
        "reverse_rotation",
        "motor_overheat",
    }
)
# what a cause brings with it: these are its consequences, not findings of their own
EXPLAINS = {
    "broken_shaft": ("frequent_starts",),
    "gas_lock": ("frequent_starts",),
    "deadhead": ("frequent_starts",),
    "pump_off": ("frequent_starts",),
    "power_disturbance": ("frequent_starts", "gas_interference"),
    "phase_unbalance": ("motor_overheat",),
    "unit_mixup": ("sensor_drift",),
    "sensor_frozen": ("sensor_drift",),
}
OF_GAUGES = frozenset({"sensor_frozen", "sensor_spike", "sensor_drift", "unit_mixup"})
STEP_BACK = 0.45
OVERLAP = 0.3


def arbitrated(found: list[Found]) -> list[Found]:
    """The same findings with the confidence that is left to them, best first."""
    ordered = sorted(found, key=lambda item: -item[1].confidence)
    kept: list[Found] = []
    for code, verdict in ordered:
        stronger = [(c, v) for c, v in kept if overlap(v, verdict) > OVERLAP]
        if any(code in EXPLAINS.get(c, ()) for c, _ in stronger):
            continue
        if code in RIVALS and any(c in RIVALS and c != code for c, _ in stronger):
            verdict = replace(verdict, confidence=verdict.confidence * STEP_BACK)
        if code == "unusual_behaviour" and stronger:
            continue  # somebody has a name for it
        if code in RIVALS and _rests_on_a_liar(verdict, found):
            verdict = replace(verdict, confidence=verdict.confidence * STEP_BACK)
        kept.append((code, verdict))
    consequences = {
        id(v)
        for c, v in kept
        for cause, w in kept
        if c in EXPLAINS.get(cause, ()) and overlap(w, v) > OVERLAP
    }
    return sorted(
        ((c, v) for c, v in kept if id(v) not in consequences), key=lambda item: -item[1].confidence
    )


def overlap(one: Verdict, other: Verdict) -> float:
    """Shared time as a share of the shorter."""
    if one.from_us is None or one.to_us is None or other.from_us is None or other.to_us is None:
        return 0.0
    shared = min(one.to_us, other.to_us) - max(one.from_us, other.from_us)
    shorter = max(1, min(one.to_us - one.from_us, other.to_us - other.from_us))
    return max(0.0, shared / shorter)


def _rests_on_a_liar(verdict: Verdict, found: list[Found]) -> bool:
    """Whether a gauge under suspicion carries its first argument."""
    if not verdict.evidence:
        return False
    first = verdict.evidence[0].sensor
    return any(
        code in OF_GAUGES
        and v.confidence > 0.6
        and overlap(v, verdict) > 0.5
        and any(e.sensor == first for e in v.evidence[:1])
        for code, v in found
    )
