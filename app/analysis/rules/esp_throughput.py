"""Less comes through and the intake pressure rises: plugged intake, wear, scale or solids, a leak (esp.md,
rows 4–6, 8).

The current tells them apart: it falls with a plugged intake, rises with scale, stays with a leak; wear takes
weeks and shakes.
"""

from app.analysis.esp.signature import DOWN, UP, Sign, Signature
from app.analysis.rules.base import EspCase, Rule, Verdict

PLUGGED = Signature(
    "intake",
    (
        Sign("intake", UP, 0.06, 0.25, 2.0, needed=True),
        Sign("rate", DOWN, 0.05, 0.2, 2.0, needed=True),
        Sign("current", DOWN, 0.025, 0.08, 2.0, needed=True),
        Sign("discharge", DOWN, 0.003, 0.015, 0.5),
        Sign("lift", DOWN, 0.02, 0.1, 0.5),
    ),
    (
        Sign("vibration", UP, 0.25, 0.6),
        Sign("wellhead", UP, 0.2e6, 0.6e6),
        Sign("noise", UP, 1.5, 3.0),
        Sign("lift", DOWN, 0.45, 0.7),
    ),
    any_of=("rate", "current"),
    dwell_h=6.0,
    bridge_h=18.0,
    settled=True,
)
WORN = Signature(
    "lift",
    (
        Sign("lift", DOWN, 0.03, 0.12, 2.0, needed=True),
        Sign("vibration", UP, 0.15, 0.5, 2.0, needed=True),
        Sign("rate", DOWN, 0.03, 0.15),
        Sign("intake", UP, 0.05, 0.2),
        Sign("current", DOWN, 0.01, 0.06, 0.5),
    ),
    (Sign("current", UP, 0.025, 0.06), Sign("noise", UP, 1.5, 3.0), Sign("lift", DOWN, 0.45, 0.7)),
    any_of=("rate", "vibration"),
    dwell_h=36.0,
    bridge_h=48.0,
    settled=True,
    slow_h=60.0,
)
SCALED = Signature(
    "current",
    (
        Sign("current", UP, 0.02, 0.07, 2.0, needed=True),
        Sign("rate", DOWN, 0.025, 0.12, 2.0, needed=True),
        Sign("motor_rise", UP, 1.5, 6.0, 1.5),
        Sign("vibration", UP, 0.12, 0.4, 2.0),
        Sign("lift", DOWN, 0.01, 0.06, 0.5),
    ),
    (
        Sign("motor_rise", DOWN, 1.5, 4.0),
        Sign("voltage", DOWN, 0.03, 0.06),
        Sign("wellhead", UP, 0.2e6, 0.6e6),
    ),
    any_of=("rate", "motor_rise"),
    dwell_h=12.0,
    bridge_h=24.0,
    settled=True,
    slow_h=2.0,
)
LEAKING = Signature(
    "intake",
    (
        Sign("rate", DOWN, 0.08, 0.25, 2.0, needed=True),
        Sign("intake", UP, 0.06, 0.25, 2.0, needed=True),
        Sign("discharge", DOWN, 0.003, 0.012),
        Sign("lift", DOWN, 0.02, 0.1, 0.5),
        Sign("current", UP, 0.005, 0.03, 0.5),
        Sign("annulus", UP, 0.05e6, 0.2e6, 0.3),
    ),
    (
        Sign("current", DOWN, 0.03, 0.06),
        Sign("current", UP, 0.14, 0.25),
        Sign("vibration", UP, 0.25, 0.6),
        Sign("wellhead", UP, 0.15e6, 0.5e6),
        Sign("motor_rise", UP, 3.0, 8.0),
    ),
    any_of=("rate", "discharge"),
    dwell_h=4.0,
    bridge_h=18.0,
    settled=True,
)


def plugged(case: EspCase) -> list[Verdict]:
    """Засорение приёма: less comes through, the intake pressure rises, the current falls.

    intake ↑ 0.06 … 0.25, rate ↓ 0.05 … 0.2, current ↓ 0.025 … 0.08

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: intake and one of rate, current; settled running.
    Source: esp.md, table of signatures, row 4; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = plugged(examples.esp({"intake_pressure": 1.3, "liquid_rate": 0.8, "motor_current": 0.9}))
    >>> verdict.severity, verdict.confidence > 0.7, verdict.from_us // 86_400_000_000
    ('act', True, 14)
    >>> plugged(examples.esp())
    []
    """
    return case.told(PLUGGED, "act", ("solids_sample", "level_shot", "flush_pump"), sure=0.88)


def worn(case: EspCase) -> list[Verdict]:
    """Износ рабочих органов: lift falls over weeks and the pump shakes.

    lift ↓ 0.03 … 0.12 over 60 h or more, vibration ↑ 0.15 … 0.5

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: lift and one of rate, vibration; settled running.
    Source: esp.md, table of signatures, row 6; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> tired = {"discharge_pressure": 0.93, "intake_pressure": 1.03, "liquid_rate": 0.9, "vibration_x": 1.8}
    >>> [verdict] = worn(examples.esp(tired, grows_days=6.0))
    >>> verdict.severity, verdict.confidence > 0.5
    ('watch', True)
    >>> worn(examples.esp())
    []
    """
    return case.told(WORN, "watch", ("flow_test", "solids_sample", "compare_curve"), sure=0.88)


def scaled(case: EspCase) -> list[Verdict]:
    """Солеотложение, мехпримеси: less comes through while the current rises.

    current ↑ 0.02 … 0.07, rate ↓ 0.025 … 0.12 over 2 h or more

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: current and one of rate, motor temperature; settled running.
    Source: esp.md, table of signatures, row 5; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> hard = {"motor_current": 1.08, "liquid_rate": 0.85, "vibration_x": 1.5, "motor_temperature": 1.02}
    >>> [verdict] = scaled(examples.esp(hard, grows_days=2.0))
    >>> verdict.severity, verdict.confidence > 0.5
    ('act', True)
    >>> scaled(examples.esp())
    []
    """
    return case.told(SCALED, "act", ("water_analysis", "solids_sample", "acid_wash"), sure=0.88)


def leaking(case: EspCase) -> list[Verdict]:
    """Негерметичность НКТ: less arrives, the intake pressure rises, the current stays.

    rate ↓ 0.08 … 0.25, intake ↑ 0.06 … 0.25; vetoes: current, vibration, wellhead, motor temperature

    Args:
        case: an ESP well over a window
    Returns:
        verdicts, none where it does not hold
    Valid: intake and one of rate, discharge; settled running.
    Source: esp.md, table of signatures, row 8; sizes are ours, judged in docs/DIAGNOSIS.md.

    >>> from app.analysis import examples
    >>> [verdict] = leaking(examples.esp({"liquid_rate": 0.7, "intake_pressure": 1.25}))
    >>> verdict.severity, verdict.confidence > 0.7, verdict.from_us // 86_400_000_000
    ('act', True, 14)
    >>> leaking(examples.esp())
    []
    """
    return case.told(LEAKING, "act", ("pressure_test", "flow_test", "level_shot"), sure=0.88)


PLUGGING = Rule("intake_plugging", "esp", plugged, PLUGGED.inputs)
WEAR = Rule("stage_wear", "esp", worn, WORN.inputs)
SCALE = Rule("scale_or_solids", "esp", scaled, SCALED.inputs)
LEAK = Rule("tubing_leak", "esp", leaking, LEAKING.inputs)
