"""Faults tied to a place along the barrel: local wear, a hole, a bend, the plunger leaving it."""

from app.analysis.cards.shape import LAG_TAKEN
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import both, up
from app.models.findings import Evidence
from app.models.values import number_of

BETWEEN = 0.14
"""Of the stroke: what is lost over less is a plunger that comes out, over more a hole that it passes
(quartiles of simulated ones: 0.05 … 0.15, 0.16 … 0.27).
"""

NOTICED = 0.2
STUCK = (0.35, 0.25)
"""Of the polished rod's stroke, what the plunger seems to go: a stuck one is 0.5, 0.9 sure. Of those that
move, simulated, all but one in four hundred go over half of it, of stuck ones friction leaves 0.02 … 0.25.
"""


def stuck(case: CardCase) -> float:
    """How sure it is that the plunger stands still: the rods' own stretch takes the stroke.

    gross stroke of the plunger over the polished rod's: 0.5 at 0.35, 0.9 at 0.25

    Args:
        case: a card analysed
    Returns:
        [-] 0 without a pump card
    Valid: a string of known length, steel or not: what stretches is the string that was entered.
    Source: a line of slope EA/L (domain/rod-pump.md) goes down the rods to a point.

    >>> from app.analysis import examples
    >>> round(stuck(examples.card_case()), 4)
    0.0
    """
    moved, (half, sure) = _moved(case), STUCK
    return 0.0 if moved is None else certainty(moved, half=half, sure=sure)


def _moved(case: CardCase) -> float | None:
    """What the plunger seems to go, of the polished rod's stroke."""
    lines, stroke = case.analysis.lines, number_of(case.analysis.measures, "surface_stroke_m")
    return None if lines is None or not stroke else lines.gross_stroke_m / stroke


def judge_worn(case: CardCase) -> list[Verdict]:
    """Износ цилиндра: the load dips at one place of the upstroke and comes back.

    dip − 3·rough − ½·bump: 0.5 sure at 0.06 of F₀, 0.9 at 0.16; times how much the card has two lines

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: a dip of 0.03 … 0.4 of the stroke; [] for ragged loads and without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_worn(examples.card_case({"dip": 0.2, "dip_at": 0.5, "dip_width": 0.15}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.91)
    >>> judge_worn(examples.card_case())
    []
    """
    shape = case.shape
    if shape is None or shape.dip < 0.03 or not 0.03 < shape.dip_width < 0.4 or shape.rough_up > 0.04:
        return []
    # The other stroke has no wear: what it loses and regains is the noise of this card.
    strength = shape.dip - 3 * shape.rough_up - 0.5 * shape.bump_up - shape.dip_down
    return [
        Verdict(
            "watch",
            certainty(strength, half=0.06, sure=0.16) * shape.of_a_pump_worn,
            (
                Evidence(
                    "dip_at_place",
                    {"depth": shape.dip, "place": shape.dip_at},
                    place=up(max(0.0, shape.dip_at - 0.1), min(1.0, shape.dip_at + 0.1)),
                ),
            ),
            (),
            ("second_card", "respace_pump"),
        )
    ]


def judge_hole(case: CardCase) -> list[Verdict]:
    """Отверстие в цилиндре, негерметичность замковой опоры: the load goes gradually above one place.

    ½·(0.9 − place) + 0.3·gradual, more under the level's F₀: 0.5 sure at 0.22, 0.9 at 0.42

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: lost within 0.05 … 0.86 of the stroke, fillage from 0.6; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_hole(examples.card_case({"lost_from": 0.4, "lost_width": 0.2}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.87)
    >>> judge_hole(examples.card_case())
    []
    """
    shape, loads = case.shape, case.loads
    if (
        shape is None
        or loads is None
        or shape.lost_from > 0.86
        or shape.lost_from < 0.05
        or shape.fillage < 0.6
    ):
        return []
    gradual = certainty(shape.lost_width, half=BETWEEN, sure=BETWEEN + 0.06)
    strength = (0.9 - shape.lost_from) * 0.5 + 0.3 * gradual
    evidence = [
        Evidence(
            "load_lost_above",
            {"place": shape.lost_from, "width": shape.lost_width},
            place=up(shape.lost_from, 1.0),
        )
    ]
    if loads.level_ratio < 0.8:
        evidence.append(Evidence("load_below_level", {"ratio": loads.level_ratio}))
        strength += 0.1
    return [
        Verdict(
            "act",
            certainty(strength, half=0.22, sure=0.42) * (0.25 + 0.75 * gradual) * shape.calm,
            tuple(evidence),
            (),
            ("level_shot", "tv_check", "respace_pump"),
        )
    ]


def judge_bent(case: CardCase) -> list[Verdict]:
    """Искривление, прихват плунжера: rods carry more up and less down over the same stretch.

    the smaller bump − 2·rough − what both strokes lose and regain: 0.5 sure at 0.05 of F₀, 0.9 at 0.11;
    times how much the card has two lines; or the plunger is `stuck`

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: both bumps from 0.03; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_bent(examples.card_case({"bump_up": 0.2, "bump_down": 0.18, "bump_at": 0.5}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.94)
    >>> judge_bent(examples.card_case())
    []
    """
    shape, stands = case.shape, stuck(case)
    if shape is not None and stands >= NOTICED:
        return [_stuck_verdict(case, stands)]
    if shape is None or shape.bump_up < 0.03 or shape.bump_down < 0.03:
        return []
    strength = (
        min(shape.bump_up, shape.bump_down)
        - 2 * max(shape.rough_up, shape.rough_down)
        - 0.2 * max(0.0, 0.6 - shape.area)
        - min(shape.dip, shape.dip_down)
    )
    part = (max(0.0, shape.bump_at - 0.12), min(1.0, shape.bump_at + 0.12))
    return [
        Verdict(
            "act",
            certainty(strength, half=0.05, sure=0.11) * shape.of_a_pump * shape.taken_up,
            (
                Evidence(
                    "drags_both_ways",
                    {"up": shape.bump_up, "down": shape.bump_down, "place": shape.bump_at},
                    place=both(*part),
                ),
            ),
            (),
            ("second_card", "respace_pump", "lift_rods"),
        )
    ]


def _stuck_verdict(case: CardCase, sure: float) -> Verdict:
    told = Evidence("rods_take_the_stroke", {"moved": _moved(case)}, place=both(0.0, 1.0))
    return Verdict("act", sure, (told,), (), ("second_card", "lift_rods"))


def judge_out(case: CardCase) -> list[Verdict]:
    """Выход плунжера из цилиндра: the load is gone at once at one place near the top.

    unloaded before the top: 0.5 sure at 0.05 of the stroke, 0.9 at 0.12; times how sudden and how
    soon the load was taken up

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: lost within 0.45 … 0.96 of the stroke; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> case = examples.card_case({"lost_from": 0.8, "lost_width": 0.02, "early_unloading": 0.18})
    >>> [verdict] = judge_out(case)
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.92)
    >>> judge_out(examples.card_case())
    []
    """
    shape = case.shape
    if shape is None or not 0.45 < shape.lost_from < 0.96 or shape.early_unloading < 0.02:
        return []
    # A leak delays the load as well; a plunger that comes out has taken it up at once.
    at_once = certainty(0.05 - shape.loading, half=0.0, sure=0.03)
    sudden = certainty(BETWEEN - shape.lost_width, half=0.0, sure=0.06) * at_once
    return [
        Verdict(
            "act",
            certainty(shape.early_unloading - LAG_TAKEN * shape.lag, half=0.05, sure=0.12)
            * sudden
            * shape.calm,
            (
                Evidence(
                    "load_gone_at",
                    {"place": shape.lost_from, "width": shape.lost_width},
                    place=up(shape.lost_from, 1.0),
                ),
            ),
            (),
            ("respace_pump", "second_card"),
        )
    ]


WORN = Rule("worn_barrel", "card", judge_worn, (("pump_card",),))
HOLE = Rule("barrel_hole", "card", judge_hole, (("pump_card",),))
BENT = Rule("bent_barrel", "card", judge_bent, (("pump_card",),))
OUT = Rule("plunger_out", "card", judge_out, (("pump_card",),))
