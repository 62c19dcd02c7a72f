"""Several rules may explain one stretch of time: the best explanation stands, the others step back behind it.

Faults of the pump exclude each other while they last; what is wrong with the supply or a gauge does not
compete. A gauge that lies takes the findings that rest on it alone with it.
"""

from __future__ import annotations

from dataclasses import replace

from app.analysis.rules.base import Verdict
from app.models.findings import Evidence

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
BRINGS = "brings"
"""The evidence under which the consequences of a cause stand."""
OF_GAUGES = frozenset({"sensor_frozen", "sensor_spike", "sensor_drift", "unit_mixup"})
STEP_BACK = 0.45
OVERLAP = 0.3


def arbitrated(found: list[Found]) -> list[Found]:
    """The findings with the confidence that is left to them.

    A rival that shares a third of the time with a surer one keeps 0.45 of its confidence; so does one that
    rests on a gauge that lies; consequences stand under their cause, as the last of its evidence.

    Args:
        found: (code, verdict) of all rules
    Returns:
        best first
    Valid: findings of one well.
    Ours: one stretch of time has one cause (esp.md: show the best, with its counter-evidence).

    >>> lock, wear = Verdict("act", 0.9, (), (), (), 0, 100), Verdict("watch", 0.6, (), (), (), 0, 100)
    >>> ordered = arbitrated([("gas_lock", lock), ("stage_wear", wear)])
    >>> [(code, round(left.confidence, 2)) for code, left in ordered]
    [('gas_lock', 0.9), ('stage_wear', 0.27)]
    """
    ordered = sorted(found, key=lambda item: -item[1].confidence)
    kept: list[Found] = []
    brought: list[Found] = []
    for code, verdict in ordered:
        stronger = [(c, v) for c, v in kept if overlap(v, verdict) > OVERLAP]
        if any(code in EXPLAINS.get(c, ()) for c, _ in stronger):
            brought.append((code, verdict))
            continue
        if code in RIVALS and any(c in RIVALS and c != code for c, _ in stronger):
            verdict = replace(verdict, confidence=verdict.confidence * STEP_BACK)
        if code == "unusual_behaviour" and stronger:
            continue  # somebody has a name for it
        if code in RIVALS and _rests_on_a_liar(verdict, found):
            verdict = replace(verdict, confidence=verdict.confidence * STEP_BACK)
        kept.append((code, verdict))
    brought += [one for one in kept if any(_brings(cause, one) for cause in kept)]
    standing = [one for one in kept if not any(one is other for other in brought)]
    return sorted(
        (_with_what_it_brings(one, brought) for one in standing), key=lambda one: -one[1].confidence
    )


def _brings(cause: Found, found: Found) -> bool:
    return found[0] in EXPLAINS.get(cause[0], ()) and overlap(cause[1], found[1]) > OVERLAP


def _with_what_it_brings(cause: Found, brought: list[Found]) -> Found:
    """Its consequences stand under it, as the last of its evidence."""
    code, verdict = cause
    mine = sorted({found[0] for found in brought if _brings(cause, found)})
    if not mine:
        return cause
    return code, replace(verdict, evidence=(*verdict.evidence, Evidence(BRINGS, {"consequences": mine})))


def overlap(one: Verdict, other: Verdict) -> float:
    """Shared time of two verdicts.

    Args:
        one: a verdict
        other: another
    Returns:
        [-] of the shorter; 0 without times
    Valid: any.
    Ours: of the shorter, so that a trip within a long fault is its own.

    >>> overlap(Verdict("act", 1, (), from_us=0, to_us=100), Verdict("act", 1, (), from_us=90, to_us=110))
    0.5
    """
    if one.from_us is None or one.to_us is None or other.from_us is None or other.to_us is None:
        return 0.0
    shared = min(one.to_us, other.to_us) - max(one.from_us, other.from_us)
    shorter = max(1, min(one.to_us - one.from_us, other.to_us - other.from_us))
    return max(0.0, shared / shorter)


def _rests_on_a_liar(verdict: Verdict, found: list[Found]) -> bool:
    """Whether a gauge under suspicion carries its first argument; every argument rests on the frequency."""
    if not verdict.evidence:
        return False
    first = verdict.evidence[0].sensor
    return any(
        code in OF_GAUGES
        and v.confidence > 0.6
        and overlap(v, verdict) > 0.5
        and any(e.sensor in (first, "frequency") for e in v.evidence[:1])
        for code, v in found
    )
