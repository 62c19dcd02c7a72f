"""Ask every rule that fits the case; the surest answer first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.analysis import ranker, ranker_bounds, surface_groups
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.loads import loads_of
from app.analysis.cards.outline import surface_shape_of
from app.analysis.cards.shape import shape_of
from app.analysis.contested import shared
from app.analysis.esp.arbitrate import arbitrated
from app.analysis.rules import RULES, card_not_recognised
from app.analysis.rules.base import CardCase, EspCase, Verdict
from app.analysis.tempered import tempered

Found = list[tuple[str, Verdict]]
OF_THE_RECORD_OR_UNIT = ("sensor_fault", "unit_unbalanced", "inputs_disagree")
FILLS_IN_PART = ("fluid_pound", "gas_interference")
LEAST_CONFIDENCE, LEAST_GROUP = 0.3, 0.0
LEAST_SAID = 0.02
"""What a rule says more softly does not reach the ranker."""


def case_of(analysis: CardAnalysis) -> CardCase:
    """A card as the rules are asked of it.

    Args:
        analysis: of a card
    Returns:
        shape and loads are None where they cannot be had
    Valid: any card.
    Ours: everything a rule looks at, made once.

    >>> from app.analysis import examples
    >>> case_of(examples.card()).shape is not None
    True
    """
    return CardCase(analysis, shape_of(analysis), surface_shape_of(analysis), loads_of(analysis))


def diagnose_card(analysis: CardAnalysis) -> Found:
    """What is wrong with a rod-pumped well, by its card, best first.

    the rules, ordered by the trained ranker; from 0.3 up; parted rods explain everything else; a full pump
    over 0.5 hides what is less sure

    Args:
        analysis: of a card
    Returns:
        (condition, verdict), at least one: what nobody recognises is said to be so
    Valid: without rods likely groups of the surface card.
    Ours: physics first: the ranker orders and never adds (docs/DIAGNOSIS.md).

    >>> from app.analysis import examples
    >>> diagnose_card(examples.card())[0][0]
    'full_pump'
    """
    return diagnose_cards([analysis])[0]


def diagnose_cards(analyses: Sequence[CardAnalysis]) -> list[Found]:
    """What is wrong with rod-pumped wells, by their cards: many at once.

    as `diagnose_card`; the ranker is loaded by the first card and asked once for all of them

    Args:
        analyses: of cards
    Returns:
        (condition, verdict) of each card, at least one
    Valid: as for one card.
    Ours: a batch costs the model as much as a card (docs/DIAGNOSIS.md).

    >>> from app.analysis import examples
    >>> [found[0][0] for found in diagnose_cards([examples.card(), examples.card()])]
    ['full_pump', 'full_pump']
    """
    if not analyses:
        return []
    cases = [case_of(analysis) for analysis in analyses]
    said, known = [asked(case) for case in cases], ranker.ranker()
    if known is not None:
        said = _ranked(cases, said, known)
    return [
        _surest(tempered(case, of_card)) or [(card_not_recognised.CODE, card_not_recognised.judge(case))]
        for case, of_card in zip(cases, said, strict=True)
    ]


def _ranked(cases: list[CardCase], said: list[Found], known: ranker.Ranker) -> list[Found]:
    """Pump cards by the trained ranker, surface cards without rods by their outline, others as they are."""
    result = list(said)
    pumps = [n for n, case in enumerate(cases) if case.shape is not None]
    for n, found in zip(
        pumps, ranker.ordered([cases[n] for n in pumps], [said[n] for n in pumps], known), strict=True
    ):
        result[n] = found
    surface = [n for n, case in enumerate(cases) if case.shape is None and not case.analysis.card.bore.rods]
    for n, chances in zip(surface, known.surface_chances([cases[n] for n in surface]), strict=True):
        faults = [item for item in said[n] if item[0] in OF_THE_RECORD_OR_UNIT]
        carried_by = partial(known.surface_carried, cases[n])
        result[n] = [*faults, *surface_groups.groups(cases[n], chances, carried_by)]
    return result


def asked(case: CardCase) -> Found:
    """What the rules say of a card, before the ranker.

    Args:
        case: of a card
    Returns:
        (condition, verdict) from 0.02 up
    Valid: any card.
    Ours: what a rule says more softly is noise to the ranker; what fits several causes is `shared`.

    >>> from app.analysis import examples
    >>> "full_pump" in dict(asked(examples.card_case()))
    True
    """
    said = [(rule.key, verdict) for rule in RULES if rule.needs == "card" for verdict in rule.judge(case)]
    return [(code, verdict) for code, verdict in shared(said) if verdict.confidence >= LEAST_SAID]


def diagnose_esp(case: EspCase) -> list[tuple[str, Verdict]]:
    """Episodes of one ESP well, surest first.

    the rules, `arbitrated`; from 0.3 up

    Args:
        case: of a well
    Returns:
        (condition, verdict)
    Valid: the first third of the record counts as healthy.
    Source: esp.md, table of signatures; judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> shut = examples.esp({"wellhead_pressure": 2.5, "liquid_rate": 0.01})
    >>> [code for code, _ in diagnose_esp(shut)], diagnose_esp(examples.esp())
    (['deadhead'], [])
    """
    said = [(rule.key, verdict) for rule in RULES if rule.needs == "esp" for verdict in rule.judge(case)]
    return [(code, verdict) for code, verdict in arbitrated(said) if verdict.confidence >= LEAST_CONFIDENCE]


def _surest(said: list[tuple[str, Verdict]]) -> list[tuple[str, Verdict]]:
    found = [(code, verdict) for code, verdict in said if verdict.confidence >= _least(verdict)]
    # A broken string explains everything else that its card shows.
    if any(code == "rods_parted" and verdict.confidence > 0.6 for code, verdict in found):
        found = [item for item in found if item[0] == "rods_parted"]
    # Said to be whole and said to have a fault of its own: the surer of the two stands.
    whole = max((verdict.confidence for code, verdict in found if code == "full_pump"), default=0.0)
    if whole > ranker.SURFACE_LIMIT:
        found = [
            (c, v)
            for c, v in found
            if v.confidence >= whole or v.severity == "info" or c in OF_THE_RECORD_OR_UNIT
        ]
    return sorted(found, key=lambda item: -_weight(item, said))


def _least(verdict: Verdict) -> float:
    """A likely group of a surface card says itself that it is none to act on."""
    of_outline = any(item.code == "no_pump_card" for item in verdict.against)
    return LEAST_GROUP if of_outline else LEAST_CONFIDENCE


def _weight(item: tuple[str, Verdict], said: list[tuple[str, Verdict]]) -> float:
    """What a finding is ordered by. Pound and gas are two names of a pump that fills in part: what nobody can
    decide between them is not lost to a third.
    """
    code, verdict = item
    filled = min(sum(v.confidence for name, v in said if name in FILLS_IN_PART), ranker_bounds.SUREST)
    if code in FILLS_IN_PART:
        return filled + 1e-3 * verdict.confidence
    if code == "inputs_disagree":
        # How the pump fills is seen whatever the inputs are: it is told before them.
        seen = max(filled, *(v.confidence for name, v in said if name == "full_pump"), 0.0)
        return min(verdict.confidence, seen - 1e-3) if seen > 0.5 else verdict.confidence
    return verdict.confidence
