"""Ask every rule that fits the case; the surest answer first."""

from __future__ import annotations

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.shape import shape_of, surface_shape_of
from app.analysis.rules import RULES, card_not_recognised
from app.analysis.rules.base import CardCase, EspCase, Verdict

LEAST_CONFIDENCE = 0.3


def diagnose_card(analysis: CardAnalysis) -> list[tuple[str, Verdict]]:
    """(condition code, verdict), at least one: what nobody recognises is said to be so."""
    case = CardCase(analysis, shape_of(analysis), surface_shape_of(analysis))
    found = _ask("card", case)
    return found or [(card_not_recognised.CODE, card_not_recognised.judge(case))]


def diagnose_esp(case: EspCase) -> list[tuple[str, Verdict]]:
    return _ask("esp", case)


def _ask(needs: str, case: CardCase | EspCase) -> list[tuple[str, Verdict]]:
    found = [(rule.key, verdict) for rule in RULES if rule.needs == needs for verdict in rule.judge(case)]
    found = [(code, verdict) for code, verdict in found if verdict.confidence >= LEAST_CONFIDENCE]
    # A broken string explains everything else that its card shows.
    if any(code == "rods_parted" and verdict.confidence > 0.6 for code, verdict in found):
        found = [item for item in found if item[0] == "rods_parted"]
    return sorted(found, key=lambda item: -item[1].confidence)
