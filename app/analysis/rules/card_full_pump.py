"""Норма: both transfers are vertical and the pump fills."""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.models.findings import Evidence


def judge(case: CardCase) -> list[Verdict]:
    shape = case.shape
    weight = case.analysis.buoyant_weight_n
    if shape is None or weight is None or shape.fillage < 0.88:
        return []
    if case.analysis.clean.load_n.mean() < 0.95 * weight:
        return []
    worst_corner = max(shape.loading, shape.early_unloading, shape.early_loading)
    strength = (shape.fillage - 0.9) - 2.0 * max(0.0, worst_corner - 0.015)
    sure = certainty(strength, half=0.0, sure=0.05)
    if sure < 0.2:
        return []
    return [
        Verdict("info", sure, (Evidence("high_fillage", {"fillage": shape.fillage}),
                               Evidence("corners_are_square", {"share": worst_corner})))
    ]  # fmt: skip


RULE = Rule("full_pump", "card", judge)
