"""Работа на закрытую задвижку: the wellhead pressure jumps and nothing comes (esp.md, row 9)."""

from app.analysis.esp.signature import DOWN, UP, Sign, Signature
from app.analysis.rules.base import EspCase, Rule, Verdict

SIGNATURE = Signature(
    "wellhead",
    (
        Sign("wellhead", UP, 0.5e6, 1.2e6, 3.0, needed=True),
        Sign("rate", DOWN, 0.6, 0.95, 2.0, needed=True),
        Sign("discharge", UP, 0.02, 0.1),
        Sign("current", DOWN, 0.05, 0.2, 0.5),
        Sign("motor_rise", UP, 3.0, 10.0, 0.5),
    ),
    (Sign("line", UP, 0.4e6, 1.0e6),),
    any_of=("rate", "discharge", "current"),
    dwell_h=0.2,
    bridge_h=3.0,
    sudden_h=12.0,
)


def judge(case: EspCase) -> list[Verdict]:
    return case.told(SIGNATURE, "stop", ("check_valve", "stop_pump"), sure=0.85)


RULE = Rule("deadhead", "esp", judge)
