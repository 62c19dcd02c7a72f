"""Supply: phases that diverge, voltage that leaves its level (esp.md, rows 15, 16)."""

import numpy as np

from app.analysis.esp.signature import UP, Episode, Sign, Signature, runs
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

CURRENTS = Signature(
    "current_unbalance",
    (Sign("current_unbalance", UP, 0.04, 0.10, needed=True),),
    dwell_h=0.5,
    bridge_h=6.0,
    least_score=0.5,
)
VOLTAGES = Signature(
    "voltage_unbalance",
    (Sign("voltage_unbalance", UP, 0.02, 0.05, needed=True),),
    dwell_h=0.5,
    bridge_h=6.0,
    least_score=0.5,
)
VOLTAGE_OFF = 0.07
CURRENT_MOVES = 0.03
LONGEST_H = 48.0


def unbalanced(case: EspCase) -> list[Verdict]:
    """Перекос фаз: currents alone speak of the motor or its cable, voltages of the supply.

    largest deviation of a phase from the mean of three: 0.04 … 0.10 of current, 0.02 … 0.05 of voltage

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: all three phases measured.
    Source: esp.md, table of signatures, row 16; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = unbalanced(examples.esp({"motor_current_a": 1.25}))
    >>> verdict.severity, verdict.confidence > 0.7, verdict.from_us // 86_400_000_000
    ('act', True, 14)
    >>> unbalanced(examples.esp())
    []
    """
    verdicts = []
    for signature in (CURRENTS, VOLTAGES):
        for episode in case.found(signature):
            severity = "act" if episode.score > 0.8 else "watch"
            verdicts.append(
                case.verdict(
                    severity,
                    certainty(episode.score, half=0.45, sure=0.85),
                    episode,
                    ("phase_currents", "megger", "supply_log"),
                )
            )
    return verdicts


def disturbed(case: EspCase) -> list[Verdict]:
    """Качество сети: the voltage is off its level for minutes to a day, and the current answers.

    |U/usual − 1| over 0.07: 0.5 sure at 0.06, 0.9 at 0.13

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: a voltage; off for under 48 h in a row and under 30 % of the time: a level that stays is a new
        setting, and so is one that is off a day before and after as well.
    Source: esp.md, table of signatures, row 15; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> disturbed(examples.esp({"voltage": 0.85}))  # for a week: a new setting
    []
    """
    d = case.departures
    if d is None or not d.has("voltage"):
        return []
    raw = np.where(d.steady, case.grid.mean["voltage"], np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        change = raw / d.usual["voltage"] - 1
        off = np.abs(change)
        lowest = np.abs(case.grid.low["voltage"] / d.usual["voltage"] - 1)
    hit = d.steady & (np.fmax(off, np.where(case.modes.on, lowest, 0)) > VOLTAGE_OFF) & (off < 0.6)
    if hit.sum() > 0.3 * max(int(d.steady.sum()), 1):
        return []
    verdicts, day = [], case.grid.cells(24)
    for start, stop in runs(hit, hit, at_least=1, bridge=1):
        cells = np.arange(start, stop)[hit[start:stop]]  # several dips of one day are one disturbance
        size = float(np.nanmedian(change[cells]))
        beside = np.r_[change[max(0, start - day) : start], change[stop : stop + day]]
        known = beside[np.isfinite(beside)]
        stays = len(known) > 0 and abs(float(np.median(known))) > 0.5 * VOLTAGE_OFF
        if case.grid.hours(len(cells)) > LONGEST_H or abs(size) < 0.5 * VOLTAGE_OFF or stays:
            continue
        current = d.value["current"][cells] if d.has("current") else np.array([np.nan])
        answers = bool(np.isfinite(current).any()) and float(np.nanmax(np.abs(current))) > CURRENT_MOVES
        base = float(np.nanmedian(d.usual["voltage"][cells]))
        evidence = [
            Evidence("voltage_off", {"before": base, "now": base * (1 + size), "change": size}, "voltage")
        ]
        if answers:
            evidence.append(
                Evidence(
                    "current_answers",
                    {"change": float(current[np.nanargmax(np.abs(current))])},
                    "motor_current",
                )
            )
        episode = Episode(start, stop, abs(size), 0.0, tuple(evidence), ())
        verdicts.append(
            case.verdict(
                "watch",
                certainty(abs(size) + 0.04 * answers, half=0.06, sure=0.13),
                episode,
                ("supply_log", "other_wells"),
            )
        )
    return verdicts


UNBALANCE = Rule("phase_unbalance", "esp", unbalanced, (("current_unbalance", "voltage_unbalance"),))
DISTURBANCE = Rule("power_disturbance", "esp", disturbed, (("voltage",),))
