"""What depends on time or on inertia rather than on place: valves that close late, the liquid column set in
motion.
"""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.analysis.rules.places import up
from app.models.findings import Evidence

SHALLOW_M = 900.0


def judge_delayed(case: CardCase) -> list[Verdict]:
    """Запаздывание клапана: both transfers begin late, and are then vertical."""
    shape = case.shape
    if (
        shape is None
        or max(shape.loading, shape.slow_unloading) < 0.012
        or shape.fillage < 0.8
        or shape.early_unloading > 0.05
    ):
        return []
    steep = certainty(0.5 - shape.loading_straight, half=0.0, sure=0.4)
    strength = (
        (shape.loading + shape.slow_unloading)
        / 2
        * (1.0 if min(shape.loading, shape.slow_unloading) > 0.008 else 0.4)
    )
    return [
        Verdict(
            "watch",
            certainty(strength, half=0.03, sure=0.07) * (0.35 + 0.65 * steep),
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
    """Инерция жидкости: a hump early in the upstroke of a shallow pump with a large plunger. No fault."""
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
            certainty(strength, half=0.06, sure=0.16) * likely,
            (Evidence("hump_early", {"share": shape.hump, "depth": bore.pump_depth_m}, place=up(0.05, 0.4)),),
            (),
            ("change_speed",),
        )
    ]


DELAYED = Rule("delayed_valve", "card", judge_delayed)
ACCELERATION = Rule("fluid_acceleration", "card", judge_acceleration)
