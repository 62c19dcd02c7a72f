"""Обрыв или отворот штанг: a thin flat card at the weight of the rods left; the weight tells the depth of the
break.
"""

import math

import numpy as np

from app.analysis.cards import strings
from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.record import LOAD_UNITS
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.card_sensor_fault import lifts_a_column
from app.analysis.tempered import EITHER
from app.core.units import STANDARD_GRAVITY
from app.models.findings import Evidence

SPANS, SWINGS, WHOLE = (0.6, 2.5), (1.0, 5.0), 1.3
"""Of p_d·A and of W·S·N²/1790, what the load of a pump at work ranges over in all, a pound that rings too;
times, what its mean may be off by.
"""


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
    sure = certainty(missing, half=0.06, sure=0.14) * (0.5 + 0.5 * thin)
    evidence = (
        Evidence("hangs_too_light", {"load": mean, "weight": weight, "share": missing}),
        Evidence("card_is_thin", {"span": float(np.ptp(load))}),
        Evidence("break_depth", {"depth": break_depth(mean, analysis)}),
    )
    unit = unit_of_a_whole_string(case)
    if unit is not None:
        told = (Evidence("whole_in_another_unit", {"unit": unit}), *evidence)
        return [Verdict("stop", min(sure, EITHER), told, (), ("check_load_cell", "flow_test"))]
    return [Verdict("stop", sure, evidence, (), ("lift_rods", "flow_test"))]


def unit_of_a_whole_string(case: CardCase) -> str | None:
    """The unit in which the same loads are a whole string's that lifts a column.

    mean within 1.3 times of 0.9·W + ½·p_d·A; range of 0.6·p_d·A and half the swing of free rods, W·S·N²/1790,
    … 2.5·p_d·A and five times that

    Args:
        case: a card analysed
    Returns:
        None where there is none, or the pump is not known
    Valid: what is left of parted rods swings by less than that in any unit, unless it bounces.
    Source: the swing of free rods: Mills. Ours: as `record.load_factor`, which takes a unit only where
        nothing else is possible.

    >>> from app.analysis import examples
    >>> unit_of_a_whole_string(examples.card_case()) is None
    True
    """
    lines, loads, rods = case.analysis.lines, case.loads, case.analysis.card.bore.rods
    if lines is None or loads is None or not loads.fluid > 0:
        return None
    load, column = case.analysis.clean.load_n, lines.fluid_load_n / loads.fluid
    weight, card = strings.weight_in_air(rods), case.analysis.card
    usual = 0.9 * weight + 0.5 * column
    stroke = float(np.ptp(case.analysis.clean.position_m))
    swing = weight * stroke * card.strokes_per_minute**2 / strings.FREE_SWING
    least, most = (part * column + times * swing for part, times in zip(SPANS, SWINGS, strict=True))
    for name, factor in LOAD_UNITS.items():
        whole = abs(math.log(max(float(load.mean()) * factor, 1.0) / usual)) < math.log(WHOLE)
        if whole and least < float(np.ptp(load)) * factor < most:
            return name
    return None


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
