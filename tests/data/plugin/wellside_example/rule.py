"""The pump runs and the dosing pump gave nothing for a day."""

from app.analysis.rules.base import EspCase, Rule, Verdict
from wellside_example import TEXTS

__all__ = ["RULE", "TEXTS"]


def judge(case: EspCase) -> list[Verdict]:
    dosed = case.grid.mean.get("dosing_rate")
    day = case.grid.cells(24.0)
    if dosed is None or len(dosed) < day or (dosed[-day:] > 0).any():
        return []
    return [Verdict("watch", 0.9, ())]


RULE = Rule("chemical_not_dosed", "esp", judge)
