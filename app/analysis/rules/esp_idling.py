"""The pump turns and lifts nothing: gas lock or a broken shaft. Both drop the current to idle at once
(esp.md, rows 2, 7).

Told apart by what went before and after: gas makes the current ragged before and comes back after a stop; a
shaft breaks out of quiet running, the current stays flat and low through every restart, and vibration falls.
"""

import numpy as np

from app.analysis.esp.signature import DOWN, UP, Episode, Sign, Signature, change_at
from app.analysis.rules.base import EspCase, Rule, Verdict, certainty
from app.models.findings import Evidence

IDLE = Signature(
    "current",
    (
        Sign("current", DOWN, 0.22, 0.38, 3.0, needed=True),
        Sign("lift", DOWN, 0.18, 0.45, 2.0),
        Sign("rate", DOWN, 0.6, 0.9, 2.0, needed=True),
        Sign("intake", UP, 0.08, 0.3),
        Sign("discharge", DOWN, 0.02, 0.1),
    ),
    (Sign("wellhead", UP, 0.5e6, 1.0e6), Sign("intake", DOWN, 0.25, 0.5)),
    any_of=("rate", "lift", "discharge", "intake"),
    dwell_h=0.3,
    bridge_h=3.0,
    sudden_h=4.0,
)
RAGGED = 0.8
BEFORE_H = 10.0


def gas_lock(case: EspCase) -> list[Verdict]:
    """Срыв подачи по газу: the pump idles, ragged before or after, and comes back.

    current ↓ 0.22 … 0.38 with no rate within 4 h; more signs of gas than of a break

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: current and one of rate, lift, discharge, intake.
    Source: esp.md, table of signatures, row 2; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> idle = {"motor_current": 0.5, "liquid_rate": 0.01, "discharge_pressure": 0.6, "intake_pressure": 1.4}
    >>> gas_lock(examples.esp(idle))  # quiet before, flat ever since: no gas
    []
    """
    verdicts = []
    for episode in case.found(IDLE):
        gas, evidence, against = _gas_signs(case, episode)
        if gas <= 0:
            continue
        confidence = certainty(episode.score + 0.12 * gas, half=0.6, sure=0.95)
        verdicts.append(
            _verdict(
                case,
                "act",
                confidence,
                episode,
                ("vent_annulus", "lower_frequency", "wait_for_level"),
                evidence,
                against,
            )
        )
    return verdicts


def broken_shaft(case: EspCase) -> list[Verdict]:
    """Слом вала: the pump idles out of quiet running, flat and low through every restart.

    current ↓ 0.22 … 0.38 with no rate within 4 h, to the end of the record; no more signs of gas than of a
    break

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: as `gas_lock`.
    Source: esp.md, table of signatures, row 7; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> idle = {"motor_current": 0.5, "liquid_rate": 0.01, "discharge_pressure": 0.6, "intake_pressure": 1.4}
    >>> [verdict] = broken_shaft(examples.esp(idle))
    >>> verdict.severity, verdict.confidence > 0.7
    ('stop', True)
    >>> broken_shaft(examples.esp())
    []
    """
    verdicts = []
    for episode in case.found(IDLE):
        gas, evidence, against = _gas_signs(case, episode)
        if gas > 0 or not case.lasts(episode):
            continue
        vibration = (
            change_at(case.departures, "vibration", _cells(case, episode)) if case.departures else None
        )
        still = vibration is not None and vibration < -0.1
        confidence = certainty(episode.score + 0.1 * still - 0.12 * gas, half=0.6, sure=0.95)
        verdicts.append(
            _verdict(
                case,
                "stop",
                confidence,
                episode,
                ("restart_once", "megger", "plan_workover"),
                against,
                evidence,
            )
        )
    return verdicts


def _verdict(
    case: EspCase,
    severity: str,
    confidence: float,
    episode: Episode,
    checks: tuple[str, ...],
    more: tuple[Evidence, ...],
    against: tuple[Evidence, ...],
) -> Verdict:
    made = case.verdict(severity, confidence, episode, checks, *more)
    return Verdict(
        made.severity,
        made.confidence,
        made.evidence,
        (*made.against, *against),
        checks,
        made.from_us,
        made.to_us,
    )


def _cells(case: EspCase, episode: Episode) -> np.ndarray:
    assert case.departures is not None
    cells = np.arange(episode.start, episode.stop)
    return cells[case.departures.steady[cells]]


def _gas_signs(case: EspCase, episode: Episode) -> tuple[int, tuple[Evidence, ...], tuple[Evidence, ...]]:
    """(signs of gas less signs of a break, what speaks for gas, what speaks against it)."""
    d = case.departures
    assert d is not None
    for_gas: list[Evidence] = []
    against: list[Evidence] = []
    before = np.arange(
        max(0, episode.start - case.grid.cells(BEFORE_H)), max(0, episode.start - case.grid.cells(0.5))
    )
    ragged = change_at(d, "noise", before)
    during = change_at(d, "noise", _cells(case, episode))
    if ragged is not None and ragged > RAGGED:
        for_gas.append(Evidence("ragged_before", {"times": 1 + ragged}, "motor_current"))
    elif ragged is not None:
        against.append(Evidence("quiet_before", {"times": 1 + ragged}, "motor_current"))
    if during is not None and during > RAGGED:
        for_gas.append(Evidence("ragged_idle", {"times": 1 + during}, "motor_current"))
    elif during is not None and during < 0.5:
        against.append(Evidence("flat_idle", {"times": 1 + during}, "motor_current"))
    if not case.lasts(episode):
        for_gas.append(Evidence("came_back", {}, "motor_current"))
    low_intake = change_at(d, "intake", before)
    if low_intake is not None and low_intake < -0.15:
        for_gas.append(Evidence("intake_low_before", {"change": low_intake}, "intake_pressure"))
    return len(for_gas) - len(against), tuple(for_gas), tuple(against)


GAS_LOCK = Rule("gas_lock", "esp", gas_lock, IDLE.inputs)
BROKEN_SHAFT = Rule("broken_shaft", "esp", broken_shaft, IDLE.inputs)
