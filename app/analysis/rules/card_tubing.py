"""Tubing: free tubing stretches under the fluid load with both transfers; leaking tubing shows in the rate
alone.
"""

import math

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import up
from app.models.findings import Evidence

OTHER_CAUSES = 0.8
"""Of square cards whose liquid does not arrive, tubing that leaks: four in five of the simulated ones, the
rest are leaks of both valves that cancel on the card.
"""


def judge_movement(case: CardCase) -> list[Verdict]:
    """Незаякоренные НКТ: a parallelogram; both transfers straight, as wide as free tubing would stretch.

    loading, by how near it is to 0.8 of the stretch and how straight; less where the tubing is said to be
    anchored

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: rods and tubing known; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_movement(examples.card_case({"loading": 0.03, "loading_straight": 0.98}))
    >>> verdict.severity, verdict.against[0].code
    ('watch', 'tubing_said_anchored')
    """
    shape, loads = case.shape, case.loads
    if shape is None or loads is None or shape.loading < 0.006:
        return []
    straight = min(
        shape.loading_straight, max(shape.unloading_straight, 0.9 if shape.fillage < 0.85 else 0.0)
    )
    if (straight < 0.8 and shape.loading > 0.03) or shape.loading > 4 * loads.tubing_stretch + 0.02:
        return []
    fits = certainty(1.0 - abs(shape.loading / (0.8 * loads.tubing_stretch + 1e-6) - 1), half=0.3, sure=0.8)
    strength = (
        certainty(shape.loading, half=0.014, sure=0.035)
        * fits
        * (0.4 + 0.6 * certainty(straight, half=0.9, sure=0.97))
    )
    square_top = certainty(0.06 - shape.early_unloading, half=0.0, sure=0.04)
    evidence = (
        Evidence(
            "parallelogram",
            {"loading": shape.loading, "stretch": loads.tubing_stretch},
            place=up(0.0, shape.loading),
        ),
    )
    against = (Evidence("tubing_said_anchored", {}),) if case.analysis.card.bore.tubing_anchored else ()
    return [
        Verdict(
            "watch",
            strength * square_top * shape.calm * (0.75 if against else 1.0),
            evidence,
            against,
            ("check_anchor",),
        )
    ]


def judge_leak(case: CardCase) -> list[Verdict]:
    """Негерметичность НКТ: the pump does its work and the liquid does not arrive.

    1 − measured/displaced: 0.5 sure at 0.25, 0.9 at 0.45; times how full and square the card is and 0.8: what
    both valves leak alike, and a wrong flow test, look the same

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: a flow test, a square card, whole rods; [] else.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_leak(examples.card_case(loads={"rate_ratio": 0.5}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.72)
    >>> judge_leak(examples.card_case())
    []
    """
    shape, loads = case.shape, case.loads
    if shape is None or loads is None or not math.isfinite(loads.rate_ratio) or shape.area < 0.6:
        return []
    if (
        shape.early_unloading > 0.05
        or shape.early_loading > 0.03
        or loads.rate_ratio > 0.8
        or loads.weight_ratio < 0.95
    ):
        return []
    square = certainty(shape.area + min(shape.fillage - 0.9, 0.0), half=0.85, sure=0.93)
    return [
        Verdict(
            "act",
            OTHER_CAUSES * certainty(1 - loads.rate_ratio, half=0.25, sure=0.45) * square * shape.calm,
            (
                Evidence("rate_below_card", {"ratio": loads.rate_ratio}),
                Evidence("corners_are_square", {"share": max(shape.loading, shape.early_unloading)}),
            ),
            (),
            ("pressure_test", "flow_test", "tv_check"),
        )
    ]


MOVEMENT = Rule("tubing_movement", "card", judge_movement, (("pump_card",),))
LEAK = Rule("tubing_leak", "card", judge_leak, (("pump_card",),))
