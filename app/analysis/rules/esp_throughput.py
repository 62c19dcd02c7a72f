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
    return case.told(PLUGGED, "act", ("solids_sample", "level_shot", "flush_pump"), sure=0.88)


def worn(case: EspCase) -> list[Verdict]:
    return case.told(WORN, "watch", ("flow_test", "solids_sample", "compare_curve"), sure=0.88)


def scaled(case: EspCase) -> list[Verdict]:
    return case.told(SCALED, "act", ("water_analysis", "solids_sample", "acid_wash"), sure=0.88)


def leaking(case: EspCase) -> list[Verdict]:
    return case.told(LEAKING, "act", ("pressure_test", "flow_test", "level_shot"), sure=0.88)


PLUGGING = Rule("intake_plugging", "esp", plugged)
WEAR = Rule("stage_wear", "esp", worn)
SCALE = Rule("scale_or_solids", "esp", scaled)
LEAK = Rule("tubing_leak", "esp", leaking)
