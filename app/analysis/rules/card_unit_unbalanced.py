"""Неуравновешенность СК: the gearbox has another peak on the upstroke than on the downstroke."""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.models.findings import Evidence

TOLERATED = 0.1
SUREST = 0.85
"""Weights are moved after the pump is right: a pump's own finding comes first."""


def judge(case: CardCase) -> list[Verdict]:
    torque = case.analysis.torque
    if torque is None or torque.imbalance is None or torque.peak_n_m is None:
        return []
    off = abs(torque.imbalance)
    if off < TOLERATED:
        return []
    code = "rod_heavy" if torque.imbalance > 0 else "weight_heavy"
    rating = case.analysis.card.bore.unit.get("gearbox_rating_n_m")
    overloaded = rating is not None and torque.peak_n_m > float(rating)
    return [
        Verdict(
            "act" if overloaded else "watch",
            SUREST * certainty(off, half=0.12, sure=0.25),
            (
                Evidence(code, {"share": off, "peak": torque.peak_n_m}),
                Evidence(
                    "best_moment",
                    {
                        "moment": torque.best_moment_n_m,
                        "now": torque.moment_n_m,
                        "peak": torque.balanced_peak_n_m,
                    },
                ),
            ),
            (),
            ("move_weights", "motor_current"),
        )
    ]


RULE = Rule("unit_unbalanced", "card", judge)
