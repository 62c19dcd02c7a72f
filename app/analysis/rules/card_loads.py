"""What only absolute loads tell: flow through the pump, friction beyond both lines, grains."""

import math

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import both, down, up
from app.models.findings import Evidence


def judge_flowing(case: CardCase) -> list[Verdict]:
    """Фонтанирование через насос: hardly any fluid load, and liquid comes.

    0.3 − F₀ without friction, + 0.08 with a rate, − 0.15 without: 0.5 sure at 0.12, 0.9 at 0.22

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
    ('watch', 0.98)
    >>> judge_flowing(examples.card_case())
    []
    """
    loads = case.loads
    if (
        loads is None
        or not loads.fluid_without_friction < 0.25
        or not loads.fluid < 0.6
        or loads.weight_ratio < 0.93
    ):
        return []
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
            certainty(strength, half=0.12, sure=0.22),
            tuple(evidence),
            tuple(against),
            ("flow_test", "level_shot"),
        )
    ]


def judge_friction(case: CardCase) -> list[Verdict]:
    """АСПО, вязкость, сальник: a fat card, above the line that the level allows and below the rods' weight.

    min(over p_d·A + 0.1, under W), more beyond 0.3: 0.5 sure at 0.18 of p_d·A, 0.9 at 0.4

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
            certainty(strength, half=0.18, sure=0.4),
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

    the smoother stroke's roughness: 0.5 sure at 0.006, 0.9 at 0.014

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: area from 0.3; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_sand(examples.card_case({"rough_up": 0.02, "rough_down": 0.02}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.98)
    """
    shape = case.shape
    if shape is None or max(shape.rough_up, shape.rough_down) < 0.001 or shape.area < 0.3:
        return []
    strength = min(shape.rough_up, shape.rough_down)
    return [
        Verdict(
            "watch",
            certainty(strength, half=0.006, sure=0.014),
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
