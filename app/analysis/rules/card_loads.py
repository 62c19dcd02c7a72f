"""What only absolute loads tell: flow through the pump, friction beyond both lines, grains."""

import math

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import both, down, up
from app.models.findings import Evidence


def judge_flowing(case: CardCase) -> list[Verdict]:
    """Фонтанирование через насос: hardly any fluid load, and liquid comes."""
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
    """АСПО, вязкость, сальник: a fat card, above the line that the level allows and below the rods'
    weight.
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
    """Песок: ragged loads all along both strokes, another way on every stroke."""
    shape = case.shape
    if shape is None or max(shape.rough_up, shape.rough_down) < 0.001 or shape.area < 0.3:
        return []
    strength = 0.5 * (shape.rough_up + shape.rough_down)
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


FLOWING = Rule("flowing", "card", judge_flowing)
FRICTION = Rule("high_friction", "card", judge_friction)
SAND = Rule("sand", "card", judge_sand)
