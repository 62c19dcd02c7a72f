"""What only absolute loads tell: flow through the pump, friction beyond both lines, grains."""

import math

import numpy as np

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.card_barrel import stuck
from app.analysis.rules.places import both, down, up
from app.models.findings import Evidence

REVERSED = -0.04
"""Of p_d·A: less than that below nothing is the rods' own damping; a load that falls on the upstroke by more
is no pump's.
"""

UNSEEN_RATE = 0.75
"""Of a flow that no test has measured: a string parted near the pump under a cell that is off looks the
same."""


def judge_flowing(case: CardCase) -> list[Verdict]:
    """Фонтанирование через насос: hardly any fluid load, and liquid comes.

    0.3 − F₀ without friction, + 0.08 with a rate, − 0.15 without: 0.5 sure at 0.12, 0.9 at 0.22; times how
    thin the pump card is all along: 0.5 at 0.7 of p_d·A, 0.9 at 0.5

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: F₀ under a quarter of p_d·A, whole rods; [] without rods and pressures.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> case = examples.card_case(loads={"fluid": 0.05, "lower": 0.0, "rate_ratio": 1.2})
    >>> [verdict] = judge_flowing(case)
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.94)
    >>> judge_flowing(examples.card_case())
    []
    """
    loads = case.loads
    if (
        loads is None
        or not loads.fluid_without_friction < 0.25
        or not REVERSED < loads.fluid < 0.6
        or loads.weight_ratio < 0.93
    ):
        return []
    thin = certainty(_span(case), half=0.7, sure=0.5) * (1.0 if loads.rate_ratio > 0.5 else UNSEEN_RATE)
    lines = 1.0 if case.shape is None else certainty(case.shape.plateaus, half=0.5, sure=0.75)
    evidence = [Evidence("no_fluid_load", {"share": max(0.0, loads.fluid_without_friction)})]
    against = []
    strength = 0.3 - max(0.0, loads.fluid_without_friction)
    if math.isfinite(loads.rate_ratio):
        if loads.rate_ratio > 0.5:
            evidence.append(Evidence("rate_present", {"ratio": loads.rate_ratio}))
            strength += 0.08
        else:
            against.append(Evidence("no_rate", {"ratio": loads.rate_ratio}))
            strength -= 0.15
    return [
        Verdict(
            "watch",
            certainty(strength, half=0.12, sure=0.22) * thin * lines,
            tuple(evidence),
            tuple(against),
            ("flow_test", "level_shot"),
        )
    ]


def _span(case: CardCase) -> float:
    """All that the pump card spans, over the largest fluid load [-]: what comes and goes is no flow."""
    pump, lines, loads = case.analysis.pump, case.analysis.lines, case.loads
    if pump is None or lines is None or loads is None or not abs(loads.fluid) > 0:
        return 0.0
    return float(np.ptp(pump.load_n)) / abs(lines.fluid_load_n / loads.fluid)


def judge_friction(case: CardCase) -> list[Verdict]:
    """АСПО, вязкость, сальник: a fat card, above the line that the level allows and below the rods' weight.

    min(over p_d·A + 0.1, under W), more beyond 0.3: 0.5 sure at 0.18 of p_d·A, 0.9 at 0.4; what a stuck
    plunger pulls is no friction of a moving one

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: known pressures, area from 0.4; [] else.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_friction(examples.card_case(loads={"upper": 1.4, "lower": -0.35}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.86)
    >>> judge_friction(examples.card_case())
    []
    """
    loads, shape = case.loads, case.shape
    if loads is None or shape is None or not math.isfinite(loads.fluid):
        return []
    beyond_up, beyond_down = loads.upper - 1, -loads.lower
    strength = min(beyond_up + 0.1, beyond_down) + 0.3 * max(0.0, beyond_down - 0.3)
    if strength < 0.08 or shape.area < 0.4:
        return []
    return [
        Verdict(
            "act" if strength > 0.5 else "watch",
            certainty(strength, half=0.18, sure=0.4) * (1 - stuck(case)),
            (
                Evidence("above_largest_load", {"share": loads.upper}, place=up(0.1, 0.9)),
                Evidence("below_rod_weight", {"share": beyond_down}, place=down(0.1, 0.9)),
            ),
            (),
            ("second_card", "hot_oil", "check_stuffing_box"),
        )
    ]


def judge_sand(case: CardCase) -> list[Verdict]:
    """Песок: ragged loads all along both strokes, another way on every stroke.

    the smoother stroke's roughness, a quarter of what it wanders by at most: 0.5 sure at 0.006, 0.9 at 0.014;
    less where it repeats itself along the stroke and where the card has no lines

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: area from 0.3; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> ragged = {"rough_up": 0.02, "rough_down": 0.02, "wander_up": 0.1, "wander_down": 0.1, "ringing": 0.2}
    >>> [verdict] = judge_sand(examples.card_case(ragged))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.91)
    >>> [wave] = judge_sand(examples.card_case({**ragged, "ringing": 0.8}))  # it rings: no grains
    >>> round(wave.confidence, 2)
    0.03
    """
    shape = case.shape
    if shape is None or max(shape.rough_up, shape.rough_down) < 0.001 or shape.area < 0.3:
        return []
    strength = min(shape.rough_up, shape.rough_down, 0.25 * shape.wander_up, 0.25 * shape.wander_down)
    grains = certainty(shape.ringing, half=0.5, sure=0.3) * certainty(shape.plateaus, half=0.85, sure=0.95)
    return [
        Verdict(
            "watch",
            certainty(strength, half=0.006, sure=0.014) * grains,
            (
                Evidence(
                    "ragged_loads", {"up": shape.rough_up, "down": shape.rough_down}, place=both(0.1, 0.9)
                ),
            ),
            (),
            ("second_card", "solids_test"),
        )
    ]


FLOWING = Rule("flowing", "card", judge_flowing, (("pump_card",), ("loads",)))
FRICTION = Rule("high_friction", "card", judge_friction, (("pump_card",), ("loads",)))
SAND = Rule("sand", "card", judge_sand, (("pump_card",),))
