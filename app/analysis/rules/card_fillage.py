"""Incomplete fillage: the load leaves the rods late on the downstroke. A hit on liquid falls steeply, gas is
squeezed along p·Vⁿ = const. The same chamber does both, so the intake pressure decides; without it both are
said.
"""

from app.analysis.cards.shape import Shape
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import at_surface, both, down, up
from app.models.findings import DOWN, Evidence
from app.models.values import number_of

FULL = 0.92
HIGH_INTAKE_PA = 2.0e6
LENS_AREA = 0.68
BARELY_FILLED, FAT_LENS = 0.25, 0.8
"""Of the stroke and of the frame: a card that is filled so little and takes its load up late is a lens too,
where its lines came out too near each other.
"""


def _incomplete(case: CardCase) -> bool:
    shape = case.shape
    return shape is not None and shape.fillage < FULL and shape.early_loading < 0.12 and shape.area > 0.08


def _evidence(case: CardCase) -> list[Evidence]:
    assert case.shape is not None
    shape = case.shape
    return [
        Evidence("low_fillage", {"fillage": shape.fillage}, place=down(shape.fillage, 1.0)),
        Evidence(
            "unloading_width",
            {"width": shape.unloading_width},
            place=down(max(0.0, shape.fillage - 0.1), min(1.0, shape.fillage + shape.unloading_width)),
        ),
    ]


def gas_share(case: CardCase) -> float:
    """How much speaks for gas rather than a hit on liquid.

    0.65·(intake over 2 MPa: 0.5 at 1, 0.9 at 1.5, mean of it and of both ends of its interval) + 0.35·(width
    of the fall: 0.5 at 0.16, 0.9 at 0.28);
    without the pressure 0.3 + 0.4·width

    Args:
        case: a card with a pump card
    Returns:
        [-] 0 … 1
    Valid: an incomplete fillage.
    Ours: one chamber does both: the pressure decides (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> steep = gas_share(examples.card_case({"unloading_width": 0.03}))
    >>> wide = gas_share(examples.card_case({"unloading_width": 0.3}))
    >>> 0.0 < steep < wide < 1.0
    True
    """
    assert case.shape is not None
    share = certainty(case.shape.unloading_width, half=0.16, sure=0.28)
    intake = number_of(case.analysis.measures, "pump_intake_pressure_pa")
    if intake is None:
        return 0.3 + 0.4 * share
    # The interval may lie on both sides: then neither is as sure.
    ends = (*case.analysis.ranges.get("pump_intake_pressure_pa", ()), intake)
    high = sum(certainty(end / HIGH_INTAKE_PA, half=1.0, sure=1.5) for end in ends) / len(ends)
    return 0.65 * high + 0.35 * share


def _pressure(case: CardCase, *, high: bool) -> tuple[list[Evidence], list[Evidence]]:
    intake = number_of(case.analysis.measures, "pump_intake_pressure_pa")
    if intake is None:
        return [], [Evidence("intake_unknown", {})]
    is_high = intake > HIGH_INTAKE_PA
    item = Evidence("intake_high" if is_high else "intake_low", {"pressure": intake})
    return ([item], []) if is_high == high else ([], [item])


def judge_pound(case: CardCase) -> list[Verdict]:
    """Недоприток, удар о жидкость: the load leaves late and steeply on the downstroke, the intake pressure is
    low.

    (1 − fillage: 0.5 sure at 0.09, 0.9 at 0.2)·(1 − `gas_share`)

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: fillage under 0.92; without a pump card from the empty lower right corner, 0.5 at most.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> low = examples.card_case({"fillage": 0.5, "unloading_width": 0.03})
    >>> [verdict] = judge_pound(low)
    >>> verdict.severity, verdict.against[0].code  # the intake pressure of the example is high
    ('act', 'intake_high')
    """
    if case.shape is None:
        return _groups(case)
    if not _incomplete(case):
        return []
    share = 1 - gas_share(case)
    if share < 0.25:
        return []
    for_it, against = _pressure(case, high=False)
    sure = certainty(_unfilled(case.shape), half=0.09, sure=0.2) * _not_a_lens(case)
    return [
        Verdict(
            "act" if case.shape.fillage < 0.6 else "watch",
            sure * share,
            (*_evidence(case), *for_it),
            tuple(against),
            ("level_shot", "stop_and_refill", "lower_speed"),
        )
    ]


def judge_gas(case: CardCase) -> list[Verdict]:
    """Влияние газа: the load leaves late along p·Vⁿ = const, the intake pressure is high.

    (1 − fillage: 0.5 sure at 0.07, 0.9 at 0.2)·`gas_share`

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: as `judge_pound`: one chamber does both, and without the pressure both are said.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_gas(examples.card_case({"fillage": 0.5, "unloading_width": 0.3}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.79)
    """
    if not _incomplete(case) or case.shape is None:
        return _gas_groups(case) if case.shape is None else []
    share = gas_share(case)
    if share < 0.25:
        return []
    for_it, against = _pressure(case, high=True)
    sure = certainty(_unfilled(case.shape), half=0.07, sure=0.2) * _not_a_lens(case)
    return [
        Verdict(
            "watch",
            sure * share,
            (*_evidence(case), *for_it),
            tuple(against),
            ("level_shot", "vent_annulus", "gas_anchor"),
        )
    ]


def judge_lock(case: CardCase) -> list[Verdict]:
    """Срыв подачи газом: a lens between the lines; neither valve opens, nothing is lifted.

    0.75 − area, + 0.2 without a rate, − 0.3 with one: 0.5 sure at 0.2, 0.9 at 0.45

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: area under 0.68, or 0.8 filled under a quarter; both transfers slow, rods whole; [] without a pump
        card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> case = examples.card_case({"area": 0.3, "loading": 0.4, "slow_unloading": 0.7})
    >>> [verdict] = judge_lock(case)
    >>> verdict.severity, round(verdict.confidence, 2)
    ('act', 0.38)
    >>> judge_lock(examples.card_case())
    []
    """
    shape, loads = case.shape, case.loads
    if (
        shape is None
        or loads is None
        or shape.area > (FAT_LENS if _barely_filled(shape) else LENS_AREA)
        or shape.loading < 0.15
        or shape.slow_unloading < 0.5
    ):
        return []
    if loads.weight_ratio < 0.9:
        return []
    evidence = [
        Evidence("lens_between_lines", {"area": shape.area}, place=both(0.0, 1.0)),
        Evidence("loads_late", {"share": shape.loading}, place=up(0.0, shape.loading)),
    ]
    against = []
    strength = 0.75 - shape.area
    if loads.rate_ratio == loads.rate_ratio:  # known
        if loads.rate_ratio < 0.2:
            evidence.append(Evidence("no_rate", {"ratio": loads.rate_ratio}))
            strength += 0.2
        else:
            against.append(Evidence("rate_present", {"ratio": loads.rate_ratio}))
            strength -= 0.3
    return [
        Verdict(
            "act",
            certainty(strength, half=0.2, sure=0.45) * shape.calm,
            tuple(evidence),
            tuple(against),
            ("vent_annulus", "flow_test", "stop_and_refill"),
        )
    ]


def _unfilled(shape: Shape) -> float:
    """What surely is not filled: half of the fillage's range is taken off."""
    return 1 - min(1.0, shape.fillage + shape.fillage_spread / 2)


def _not_a_lens(case: CardCase) -> float:
    assert case.shape is not None
    lens = case.shape.area < LENS_AREA or _barely_filled(case.shape)
    return (0.4 + 0.6 * case.shape.taken_up if lens else 1.0) * case.shape.calm


def _barely_filled(shape: Shape) -> bool:
    return shape.fillage < BARELY_FILLED and shape.loading > 0.15


def _groups(case: CardCase) -> list[Verdict]:
    """From the surface card alone: a likely group, never a lone certain label."""
    corner = case.surface.lower_right
    if corner < 0.35 or case.surface.area < 0.15:
        return []
    return [
        Verdict(
            "watch",
            min(0.5, certainty(corner, half=0.45, sure=0.9)),
            (Evidence("surface_corner_missing", {"share": corner}, place=at_surface(DOWN, 0.75, 1.0)),),
            (Evidence("no_pump_card", {}),),
            ("enter_rods", "level_shot"),
        )
    ]


def _gas_groups(case: CardCase) -> list[Verdict]:
    return [
        Verdict(v.severity, 0.8 * v.confidence, v.evidence, v.against, v.settled_by) for v in _groups(case)
    ]


POUND = Rule("fluid_pound", "card", judge_pound, (("pump_card",),))
GAS = Rule("gas_interference", "card", judge_gas, (("pump_card",),))
LOCK = Rule("gas_lock", "card", judge_lock, (("pump_card",),))
