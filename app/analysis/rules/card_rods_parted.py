"""Обрыв или отворот штанг: a thin flat card at the weight of the rods left; the weight tells the depth of the
break.
"""

import numpy as np

from app.analysis.cards import strings
from app.analysis.cards.figures import CardAnalysis
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.card_sensor_fault import lifts_a_column
from app.core.units import STANDARD_GRAVITY
from app.models.findings import Evidence


def judge(case: CardCase) -> list[Verdict]:
    """Обрыв или отворот штанг: a thin flat card at the weight of the rods left.

    1 − mean load/W: 0.5 sure at 0.06, 0.9 at 0.14; times how thin

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: known rods; [] where the pump lifts a column: then the load cell is off.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> judge(examples.card_case())
    []
    """
    analysis = case.analysis
    weight = analysis.buoyant_weight_n
    if weight is None:
        return []
    if lifts_a_column(case):
        return []  # a pump that lifts a column hangs on whole rods: the load cell is off
    load = analysis.clean.load_n
    mean = float(load.mean())
    # Half the usual fluid load rides on a whole string on average: even an idle pump does not hang below its
    # rods.
    missing = 1 - mean / weight
    span = float(np.ptp(load)) / weight
    if missing < 0.08:
        return []
    # What drags on a rest of the rods draws a wide oval: it lifts as little as a thin card does.
    oval = 0.0 if case.shape is None else 1 - case.shape.plateaus
    thin = max(certainty(0.45 - span, half=0.0, sure=0.15), oval)
    depth = break_depth(mean, analysis)
    return [
        Verdict(
            "stop",
            certainty(missing, half=0.06, sure=0.14) * (0.5 + 0.5 * thin),
            (
                Evidence("hangs_too_light", {"load": mean, "weight": weight, "share": missing}),
                Evidence("card_is_thin", {"span": float(np.ptp(load))}),
                Evidence("break_depth", {"depth": depth}),
            ),
            (),
            ("lift_rods", "flow_test"),
        )
    ]


def break_depth(hanging_n: float, analysis: CardAnalysis) -> float:
    """Where the string broke.

    length of string, from the top, whose buoyant weight hangs on the polished rod

    Args:
        hanging_n: [N] mean polished rod load
        analysis: of a card with rods
    Returns:
        [m] at most the string's length
    Valid: friction and a pump still hanging on make it too deep.
    Source: domain/rod-pump.md: the absolute load tells the depth of the break.

    >>> from app.analysis import examples
    >>> card = examples.card()
    >>> round(break_depth(card.buoyant_weight_n, card)), break_depth(0.0, card)
    (1300, 0.0)
    """
    rods = analysis.card.bore.rods
    ratio = (analysis.buoyant_weight_n or 0.0) / strings.weight_in_air(rods)
    left, depth = hanging_n / ratio, 0.0
    for rod in rods:
        per_metre = rod.mass_kg_per_m * STANDARD_GRAVITY
        taken = min(rod.length_m, left / per_metre)
        depth += taken
        left -= taken * per_metre
        if left <= 0:
            break
    return depth


RULE = Rule("rods_parted", "card", judge, (("pump_card",),))
