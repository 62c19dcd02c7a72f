"""Leaking valves. Travelling valve or plunger: load taken up late and lost before the top. Standing valve: load left
late and taken up before the bottom. Leakage matters most where the plunger is slow: at both ends of the stroke."""

from app.analysis.rules.base import CardCase, Rule, Verdict, certainty
from app.models.findings import Evidence

NOTICED = 0.035


def judge_traveling(case: CardCase) -> list[Verdict]:
    shape = case.shape
    if shape is None or shape.early_unloading < NOTICED:
        return []
    strength = shape.early_unloading + 0.7 * shape.loading
    against = []
    if shape.loading < 0.02:
        against.append(Evidence("loads_at_once", {"share": shape.loading}, card_part=(0.0, 0.1)))
        strength -= 0.03
    return [
        Verdict("act" if strength > 0.25 else "watch", certainty(strength, half=0.07, sure=0.15),
                (Evidence("unloads_early", {"share": shape.early_unloading}, card_part=(1 - shape.early_unloading, 1.0)),
                 Evidence("loads_late", {"share": shape.loading}, card_part=(0.0, shape.loading))),
                tuple(against), ("tv_check", "flow_test"))
    ]  # fmt: skip


def judge_standing(case: CardCase) -> list[Verdict]:
    shape = case.shape
    if shape is None or shape.early_loading < NOTICED:
        return []
    strength = shape.early_loading + 0.4 * min(shape.slow_unloading, 0.3)
    against = []
    if shape.slow_unloading < 0.02:
        against.append(Evidence("unloads_at_once", {"share": shape.slow_unloading}, card_part=(0.9, 1.0)))
        strength -= 0.03
    return [
        Verdict("act" if strength > 0.25 else "watch", certainty(strength, half=0.07, sure=0.14),
                (Evidence("loads_early", {"share": shape.early_loading}, card_part=(0.0, shape.early_loading)),
                 Evidence("unloads_slowly", {"share": shape.slow_unloading}, card_part=(1 - min(shape.slow_unloading, 1.0), 1.0))),
                tuple(against), ("sv_check", "flow_test"))
    ]  # fmt: skip


TRAVELING = Rule("traveling_valve_leak", "card", judge_traveling)
STANDING = Rule("standing_valve_leak", "card", judge_standing)
