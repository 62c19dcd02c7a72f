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
    """Работа на закрытую задвижку: the wellhead pressure jumps and nothing comes.

    wellhead ↑ 0.5 … 1.2 MPa, rate ↓, within 12 h; not with the line

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: wellhead pressure and one of rate, discharge, current.
    Source: esp.md, table of signatures, row 9; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = judge(examples.esp({"wellhead_pressure": 2.5, "liquid_rate": 0.01}))
    >>> verdict.severity, verdict.confidence > 0.7, verdict.from_us // 86_400_000_000
    ('stop', True, 14)
    >>> judge(examples.esp())
    []
    """
    return case.told(SIGNATURE, "stop", ("check_valve", "stop_pump"), sure=0.85)


RULE = Rule("deadhead", "esp", judge, SIGNATURE.inputs)
