"""Удар вниз, вверх: the pump hits at an end of its stroke: a spike there and nowhere else."""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.card_fillage import judge_lock
from app.analysis.rules.places import down, up
from app.models.findings import Evidence


def judge_down(case: CardCase) -> list[Verdict]:
    """Удар вниз: a spike at the bottom of the stroke and nowhere else.

    spike − the stroke's noise: 0.5 sure at 0.045 of F₀, 0.9 at 0.15; times how much the card has two lines
    and how little it is a lens: gas squeezed to the very end of the stroke draws a tip there

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: area from 0.3; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_down(examples.card_case({"spike_bottom": 0.3}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.94)
    >>> judge_down(examples.card_case())
    []
    """
    shape = case.shape
    if shape is None or shape.spike_bottom < 0.03 or shape.area < 0.3:
        return []
    return [
        Verdict(
            "act",
            certainty(shape.spike_bottom - _noise(shape.rough_down, shape.wander_down), half=0.045, sure=0.15)
            * shape.of_a_pump
            * shape.taken_up
            * (1 - _squeezed(case)),
            (Evidence("spike_at_bottom", {"share": shape.spike_bottom}, place=down(0.0, 0.08)),),
            (),
            ("respace_pump", "second_card"),
        )
    ]


def judge_up(case: CardCase) -> list[Verdict]:
    """Удар вверх: a spike at the top of the stroke and nowhere else.

    spike − the stroke's noise: 0.5 sure at 0.045 of F₀, 0.9 at 0.15; times how much the card has two lines

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: area from 0.3; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_up(examples.card_case({"spike_top": 0.25}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.94)
    >>> judge_up(examples.card_case())
    []
    """
    shape = case.shape
    if shape is None or shape.spike_top < 0.025 or shape.area < 0.3:
        return []
    return [
        Verdict(
            "act",
            certainty(shape.spike_top - _noise(shape.rough_up, shape.wander_up), half=0.045, sure=0.15)
            * shape.of_a_pump
            * shape.taken_up,
            (Evidence("spike_at_top", {"share": shape.spike_top}, place=up(0.92, 1.0)),),
            (),
            ("respace_pump", "second_card"),
        )
    ]


def _squeezed(case: CardCase) -> float:
    """How sure gas is that no valve lets out [-]."""
    return max((verdict.confidence for verdict in judge_lock(case)), default=0.0)


def _noise(rough: float, wander: float) -> float:
    """What a load may stand out by without a hit [-]."""
    return max(3 * rough, 2 * wander)


DOWN = Rule("tagging_down", "card", judge_down, (("pump_card",),))
UP = Rule("tagging_up", "card", judge_up, (("pump_card",),))
