"""Leaking valves. Travelling valve or plunger: load taken up late and lost before the top. Standing valve:
load left late and taken up before the bottom. Leakage matters most where the plunger is slow: at both ends of
the stroke.
"""

import math

from app.analysis.cards.shape import LAG_TAKEN, LATE
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import at_surface, down, up
from app.models.findings import UP, Evidence

NOTICED = 0.015
LEAST_SLIP = 0.1
"""Of the liquid: under it nine in ten simulated pumps without a leak stay."""

CORNERS_ALONE, SHORT_RATE, WHOLE_RATE = 0.5, 0.75, 0.92
"""Of both valves: four round corners fit a slow recorder and friction as well; what decides is the liquid
that arrives, over what the card displaces.
"""

SLIP_ALONE = 0.75
"""The most that the plunger's speed at both corners says by itself: corners of 1 % of the stroke, as of
`card_full_pump.CORNER`, are a third of the liquid under a crank, and a flow test tells which it is.
"""


def _traveling(case: CardCase) -> float:
    """Strength of what speaks for a leak past the travelling valve: both corners of the upper line."""
    shape = case.shape
    if shape is None or shape.early_unloading < NOTICED or shape.lost_from < LATE:
        return 0.0
    # What leaks at the end of the upstroke leaks at its beginning: one corner alone is friction or a barrel.
    # What both turns lose alike before they come is no valve.
    lost = max(0.0, shape.early_unloading - LAG_TAKEN * shape.lag - 2 * shape.grain)
    early = min(lost, 2.5 * shape.loading)
    return (early + 0.7 * min(shape.loading, 2.5 * lost)) * shape.of_a_pump


def _standing(case: CardCase) -> float:
    """The same of the standing valve: both corners of the lower line."""
    shape = case.shape
    if shape is None or shape.early_loading < 0.6 * NOTICED:
        return 0.0
    # A rounded corner lies half before the turn and half after it: a leak's load comes before. Slow unloading
    # alone is a pump that fills in part: it speaks of a leak as far as the load comes early too.
    early = max(0.0, shape.early_loading - 0.8 * shape.loading - LAG_TAKEN * shape.lag - 2 * shape.grain)
    slow = min(shape.slow_unloading, 0.3, 4 * early)
    return (min(early, 2 * shape.slow_unloading) + 0.4 * slow) * shape.of_a_pump


def judge_traveling(case: CardCase) -> list[Verdict]:
    """Утечка нагнетательного клапана, износ пары: load taken up late and lost before the top.

    early unloading + 0.7·loading, each at most 2.5 of the other, less what both turns lose alike: 0.5 sure at
    0.035 of the stroke, 0.9 at 0.08; less without two lines; or by the plunger's speed there, 0.75 at most

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: from 0.015; without a pump card from the empty upper corners, 0.45 at most.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> case = examples.card_case({"early_unloading": 0.15, "loading": 0.1, "lost_from": 0.9})
    >>> [verdict] = judge_traveling(case)
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.98)
    >>> judge_traveling(examples.card_case())
    []
    """
    strength, slipping = _traveling(case), 0.0 if case.shape is None else case.shape.slips_up
    if (strength <= 0 and slipping < LEAST_SLIP) or case.shape is None:
        return _groups(
            case, "surface_upper_corners_missing", case.surface.upper_left, case.surface.upper_right
        )
    shape = case.shape
    against = (
        (Evidence("loads_at_once", {"share": shape.loading}, place=up(0.0, 0.1)),)
        if shape.loading < 0.02
        else ()
    )
    return [
        Verdict(
            "act" if strength > 0.25 else "watch",
            max(certainty(strength, half=0.035, sure=0.08), _by_slip(case, slipping)),
            (
                Evidence(
                    "unloads_early",
                    {"share": shape.early_unloading},
                    place=up(1 - shape.early_unloading, 1.0),
                ),
                Evidence("loads_late", {"share": shape.loading}, place=up(0.0, shape.loading)),
                *_slip_told(slipping),
            ),
            against,
            ("tv_check", "flow_test"),
        )
    ]


def judge_standing(case: CardCase) -> list[Verdict]:
    """Утечка приёмного клапана: load left late and taken up before the bottom.

    early loading − 0.8·late loading, + 0.4·slow unloading (four times that at most): 0.5 sure at 0.05 of the
    stroke, 0.9 at 0.12; or by the plunger's speed at both corners, 0.75 at most

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: from 0.009; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_standing(examples.card_case({"early_loading": 0.15, "slow_unloading": 0.1}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.98)
    >>> judge_standing(examples.card_case())
    []
    """
    strength, slipping = _standing(case), 0.0 if case.shape is None else case.shape.slips_down
    if (strength <= 0 and slipping < LEAST_SLIP) or case.shape is None:
        return []
    shape = case.shape
    against = (
        (Evidence("unloads_at_once", {"share": shape.slow_unloading}, place=down(0.9, 1.0)),)
        if shape.slow_unloading < 0.02
        else ()
    )
    return [
        Verdict(
            "act" if strength > 0.25 else "watch",
            max(certainty(strength, half=0.05, sure=0.12), _by_slip(case, slipping)),
            (
                Evidence("loads_early", {"share": shape.early_loading}, place=down(0.0, shape.early_loading)),
                Evidence(
                    "unloads_slowly",
                    {"share": shape.slow_unloading},
                    place=down(1 - min(shape.slow_unloading, 1.0), 1.0),
                ),
                *_slip_told(slipping),
            ),
            against,
            ("sv_check", "flow_test"),
        )
    ]


def judge_both(case: CardCase) -> list[Verdict]:
    """Утечка обоих клапанов: what leaks past one valve is not held by the other either, all corners are cut.

    the weaker of the four corners, each with its neighbour: 0.5 sure at 0.03 of the stroke, 0.9 at 0.07; half
    of it without a flow test, all of it where the liquid falls short, a fifth where it arrives

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: from 0.004; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> cut = {"early_loading": 0.12, "early_unloading": 0.12, "loading": 0.1, "slow_unloading": 0.1}
    >>> [verdict] = judge_both(examples.card_case(cut))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.49)
    >>> [verdict] = judge_both(examples.card_case(cut, {"rate_ratio": 0.5}))
    >>> round(verdict.confidence, 2)
    0.98
    >>> judge_both(examples.card_case())
    []
    """
    shape = case.shape
    if shape is None or shape.lost_from < LATE:
        return []
    # Both valves cut all four corners: load lost before a turn and held after it is no leak.
    upper = _cut(shape.loading, shape.early_unloading)
    lower = _cut(shape.slow_unloading, shape.early_loading)
    strength = min(upper, lower) * shape.of_a_pump
    if strength < 0.004:
        return []
    share, arrives = _by_rate(case)
    return [
        Verdict(
            "act",
            certainty(strength, half=0.03, sure=0.07) * share,
            (
                *(item for item in arrives if share > CORNERS_ALONE),
                Evidence(
                    "unloads_early",
                    {"share": shape.early_unloading},
                    place=up(1 - shape.early_unloading, 1.0),
                ),
                Evidence("loads_early", {"share": shape.early_loading}, place=down(0.0, shape.early_loading)),
            ),
            tuple(item for item in arrives if share < CORNERS_ALONE),
            ("tv_check", "sv_check", "flow_test"),
        )
    ]


def _by_slip(case: CardCase, slipping: float) -> float:
    """How sure a leak is by the plunger's speed at the corners: 0.5 at a quarter of the liquid, 0.9 at 0.45,
    0.75 at most; a third of it where the liquid arrives.
    """
    if slipping < LEAST_SLIP or case.shape is None:
        return 0.0
    arrives = case.loads is not None and case.loads.rate_ratio > WHOLE_RATE
    sure = certainty(slipping, half=0.25, sure=0.45) * case.shape.of_a_pump
    return min(sure, SLIP_ALONE) * (1 / 3 if arrives else 1.0)


def _slip_told(slipping: float) -> tuple[Evidence, ...]:
    return (Evidence("slower_than_leak", {"share": slipping}),) if slipping >= LEAST_SLIP else ()


def _cut(late: float, early: float) -> float:
    """Two corners of one line, each at most 2.5 of the other [-]."""
    return min(early, 2.5 * late) + 0.7 * min(late, 2.5 * early, 0.1)


def _by_rate(case: CardCase) -> tuple[float, tuple[Evidence, ...]]:
    """How much of the round corners is left to leaks [-], and what the flow test says of them."""
    ratio = math.nan if case.loads is None else case.loads.rate_ratio
    if ratio < SHORT_RATE:
        return 1.0, (Evidence("rate_below_card", {"ratio": ratio}),)
    if ratio > WHOLE_RATE:
        return 0.2, (Evidence("rate_present", {"ratio": ratio}),)
    return CORNERS_ALONE, ()


def _groups(case: CardCase, code: str, left: float, right: float) -> list[Verdict]:
    """From the surface card alone: a likely group, never a lone certain label."""
    if case.shape is not None or min(left, right) < 0.3 or case.surface.area < 0.1:
        return []
    return [
        Verdict(
            "watch",
            min(0.45, certainty(min(left, right), half=0.4, sure=0.8)),
            (Evidence(code, {"left": left, "right": right}, place=at_surface(UP, 0.0, 1.0)),),
            (Evidence("no_pump_card", {}),),
            ("enter_rods", "tv_check"),
        )
    ]


TRAVELING = Rule("traveling_valve_leak", "card", judge_traveling, (("pump_card",),))
STANDING = Rule("standing_valve_leak", "card", judge_standing, (("pump_card",),))
BOTH = Rule("both_valves_leak", "card", judge_both, (("pump_card",),))
