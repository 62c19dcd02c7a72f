"""Неуравновешенность СК: the gearbox has another peak on the upstroke than on the downstroke."""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.models.findings import Evidence
from app.models.values import number_of

TOLERATED = 0.1
SUREST = 0.85
"""Weights are moved after the pump is right: a pump's own finding comes first."""


def judge(case: CardCase) -> list[Verdict]:
    """Неуравновешенность СК: the gearbox has another peak on the upstroke than on the downstroke.

    difference of the peaks over the larger: 0.5 sure at 0.12, 0.9 at 0.25; 0.85 at most

    Args:
        case: a card analysed
    Returns:
        verdicts, none where it does not hold
    Valid: the unit's dimensions and its counterbalance moment; [] under 0.1 and without them.
    Ours: the signature is that of domain/rod-pump.md, the sizes were set on simulated wells.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.card_case())
    >>> verdict.evidence[0].code  # too little weight on the cranks
    'rod_heavy'
    """
    torque = case.analysis.torque
    if torque is None or torque.imbalance is None or torque.peak_n_m is None:
        return []
    off = abs(torque.imbalance)
    if off < TOLERATED:
        return []
    code = "rod_heavy" if torque.imbalance > 0 else "weight_heavy"
    rating = number_of(case.analysis.card.bore.unit, "gearbox_rating_n_m")
    overloaded = rating is not None and torque.peak_n_m > rating
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


RULE = Rule("unit_unbalanced", "card", judge, (("torque",),))
