"""Evidence that fits several causes shares its weight among them: rules judge alone, each by its own mark,
and what two of them see in one mark cannot make both of them sure.
"""

from __future__ import annotations

from dataclasses import replace

from app.analysis.rules.base import Verdict

Found = list[tuple[str, Verdict]]

MARKS: dict[str, tuple[str, ...]] = {
    "load lost before the top": ("traveling_valve_leak", "both_valves_leak", "barrel_hole", "plunger_out"),
    "load taken up before the bottom": ("standing_valve_leak", "both_valves_leak"),
    "both transfers late": ("delayed_valve", "tubing_movement", "both_valves_leak"),
    "loads that stand out of their lines": ("bent_barrel", "worn_barrel", "sand", "fluid_acceleration"),
    "more load than the column": ("high_friction", "inputs_disagree", "sand"),
    "hardly any load": ("rods_parted", "flowing", "gas_lock"),
    "a lens": ("gas_lock", "bent_barrel", "tagging_down"),
    "a load that stands out at both ends": ("tagging_down", "tagging_up"),
}
"""What a card shows → the conditions that leave it. One of them, or none, is the reason."""

LEAST, MOST = 0.002, 0.998
WHISPER = 0.3
"""What is softer than `diagnosis.LEAST_CONFIDENCE` is not said and takes nothing from others."""


def shared(found: Found) -> Found:
    """The rules' findings, with the weight of each mark shared among those that claim it.

    odds o = c/(1 − c); c' = o/(1 + o + Σ odds of its rivals beyond those of 0.3)

    Args:
        found: (condition, verdict) of the rules
    Returns:
        the same findings, none surer than before
    Valid: any; a finding without rivals stays as it is; a rival too soft to be said takes nothing.
    Source: Bayes with one cause of a mark or none, each with its own odds against none.

    >>> alone, two = [("sand", 0.9)], [("sand", 0.9), ("bent_barrel", 0.9)]
    >>> [[round(v.confidence, 2) for _, v in shared([(c, Verdict("watch", p, ())) for c, p in said])]
    ...     for said in (alone, two)]
    [[0.9], [0.48, 0.48]]
    """
    odds = {code: _odds(verdict.confidence) for code, verdict in found}
    return [
        (code, verdict if not rivals else replace(verdict, confidence=_beside(odds, code, rivals)))
        for code, verdict in found
        for rivals in [_rivals(code) & odds.keys()]
    ]


def _beside(odds: dict[str, float], code: str, rivals: set[str]) -> float:
    taken = sum(max(0.0, odds[rival] - _odds(WHISPER)) for rival in rivals)
    return odds[code] / (1 + odds[code] + taken)


def _rivals(code: str) -> set[str]:
    return {other for claimants in MARKS.values() if code in claimants for other in claimants} - {code}


def _odds(confidence: float) -> float:
    kept = min(max(confidence, LEAST), MOST)
    return kept / (1 - kept)
