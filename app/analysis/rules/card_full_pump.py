"""Норма: both transfers are vertical, the pump fills, and the load is what the level asks for."""

import math

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.models.findings import Evidence

CORNER, SPIKE = 0.01, 0.015
"""Of the stroke and of F₀: what corners and ends of healthy pumps show (97 in 100 of simulated ones)."""

WHOLE_RATE = 0.8
"""Of what the card displaces: what arrives short of it is lost somewhere, however good the card."""

HEAVY = 1.2
"""Of p_d·A: a pump that lifts more rubs, or its inputs are wrong; it is full and yet not as it should be."""


LEAST_LEAK, LEAK_WEIGHS = 0.1, 1.2
"""A leak of one valve is not seen under the first, of the liquid; a quarter of it leaves little of a pump
that is whole: `Shape.slips_up` of nine in ten simulated healthy pumps lies under 0.13.
"""


def judge(case: CardCase) -> list[Verdict]:
    """Норма: both transfers are vertical, the pump fills, and the load is what the level asks for.

    (fillage less half its range − 0.9) − 3·(worst corner − 0.01) − what is odd
    − 1.2·(leak that would look so − 0.1): 0.5 sure at 0, 0.9 at 0.05

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: fillage from 0.88, whole rods, a fluid load; [] without rods.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.card_case())
    >>> verdict.severity, verdict.confidence > 0.9
    ('info', True)
    """
    shape, loads = case.shape, case.loads
    if (
        shape is None
        or loads is None
        or shape.fillage < 0.88
        or loads.weight_ratio < 0.95
        or loads.fluid_without_friction < 0.2
    ):
        return []
    worst_corner = max(shape.loading, shape.early_unloading, shape.early_loading)
    odd = max(
        shape.dip - 0.03,
        shape.bump_up,
        2 * (shape.spike_bottom - SPIKE),
        2 * (shape.spike_top - SPIKE),
        1 - shape.lost_from - 0.05,
        0.0,
    )
    arrives = math.isfinite(loads.rate_ratio) and loads.rate_ratio >= WHOLE_RATE
    leak = 0.0 if arrives else max(shape.slips_up, shape.slips_down)
    strength = (
        (shape.fillage - shape.fillage_spread / 2 - 0.9)
        - 3.0 * max(0.0, worst_corner - max(CORNER, 3 * shape.grain))
        - odd
        - LEAK_WEIGHS * max(0.0, leak - LEAST_LEAK)
        - max(0.0, 0.3 - loads.fluid)
        - 0.2 * max(0.0, loads.fluid - HEAVY)
        - (0.3 * max(0.0, WHOLE_RATE - loads.rate_ratio) if math.isfinite(loads.rate_ratio) else 0.0)
    )
    sure = certainty(strength, half=0.0, sure=0.05)
    if sure < 0.2:
        return []
    return [
        Verdict(
            "info",
            sure,
            (
                Evidence("high_fillage", {"fillage": shape.fillage}),
                Evidence("corners_are_square", {"share": worst_corner}),
            ),
            (Evidence("leak_looks_so", {"share": leak}),) if leak > LEAST_LEAK else (),
            ("flow_test", "tv_check", "sv_check") if leak > LEAST_LEAK else (),
        )
    ]


RULE = Rule("full_pump", "card", judge, (("pump_card",),))
