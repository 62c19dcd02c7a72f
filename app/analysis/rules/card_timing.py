"""What depends on time or on inertia rather than on place: valves that close late, the liquid column set in
motion.
"""

from app.analysis.cards.shape import calm
from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import up
from app.models.findings import Evidence

SHALLOW_M = 900.0


def judge_delayed(case: CardCase) -> list[Verdict]:
    """Запаздывание клапана: both transfers begin late, and are then vertical.

    mean of both delays, twice the shorter at most: 0.5 sure at 0.05 of the stroke, 0.9 at 0.1; times how
    steep

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: fillage from 0.8; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_delayed(examples.card_case({"loading": 0.08, "slow_unloading": 0.08}))
    >>> verdict.severity, round(verdict.confidence, 2)
    ('watch', 0.74)
    >>> judge_delayed(examples.card_case())
    []
    """
    shape = case.shape
    if (
        shape is None
        or max(shape.loading, shape.slow_unloading) < 0.012
        or shape.fillage < 0.8
        or shape.early_unloading > 0.05
    ):
        return []
    steep = certainty(0.5 - shape.loading_straight, half=0.0, sure=0.4)
    # A valve is late at both turns: one late transfer alone is filling or a leak.
    late, later = sorted((shape.loading, shape.slow_unloading))
    strength = min((late + later) / 2, 2 * late)
    return [
        Verdict(
            "watch",
            certainty(strength, half=0.05, sure=0.1) * (0.35 + 0.65 * steep) * calm(shape.wander_down),
            (
                Evidence(
                    "late_after_turn",
                    {"up": shape.load_turn_s, "down": shape.unload_turn_s},
                    place=up(0.0, shape.loading),
                ),
            ),
            (),
            ("change_speed", "tv_check"),
        )
    ]


def judge_acceleration(case: CardCase) -> list[Verdict]:
    """Инерция жидкости: a hump early in the upstroke of a shallow pump with a large plunger. No fault.

    hump − bump: 0.5 sure at 0.06 of F₀, 0.9 at 0.16; times 900/depth·(d/0.057)²

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: known depth and plunger; [] without a pump card.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge_acceleration(examples.card_case({"hump": 0.2}))
    >>> verdict.severity, verdict.confidence < 0.5  # a small plunger at 1,300 m hardly does it
    ('info', True)
    """
    shape, bore = case.shape, case.analysis.card.bore
    if shape is None or shape.hump < 0.04 or bore.pump_depth_m is None or bore.plunger_diameter_m is None:
        return []
    likely = certainty(
        SHALLOW_M / bore.pump_depth_m * (bore.plunger_diameter_m / 0.057) ** 2, half=0.9, sure=1.6
    )
    strength = shape.hump - shape.bump_down - max(0.0, 0.9 - shape.lost_from)
    return [
        Verdict(
            "info",
            certainty(strength, half=0.06, sure=0.16) * likely * calm(shape.wander_down),
            (Evidence("hump_early", {"share": shape.hump, "depth": bore.pump_depth_m}, place=up(0.05, 0.4)),),
            (),
            ("change_speed",),
        )
    ]


DELAYED = Rule("delayed_valve", "card", judge_delayed, (("pump_card",),))
ACCELERATION = Rule("fluid_acceleration", "card", judge_acceleration, (("pump_card",),))
