"""Every diagnosis rule. To add one: a file in this folder and one line here. Plug-ins add theirs."""

from collections.abc import Sequence
from dataclasses import replace

from app.analysis.rules import (
    card_barrel,
    card_fillage,
    card_full_pump,
    card_inputs,
    card_loads,
    card_rods_parted,
    card_sensor_fault,
    card_tagging,
    card_timing,
    card_tubing,
    card_unit_unbalanced,
    card_valve_leaks,
    esp_deadhead,
    esp_electrical,
    esp_gas_interference,
    esp_idling,
    esp_insulation_decline,
    esp_motor_overheat,
    esp_pump_off,
    esp_starts,
    esp_throughput,
    esp_unusual,
    model_stale,
    sensor_faults,
)
from app.analysis.rules.base import Rule
from app.core import plugins

_OURS = (
    card_rods_parted.RULE,
    card_sensor_fault.RULE,
    card_inputs.RULE,
    card_fillage.POUND,
    card_fillage.GAS,
    card_fillage.LOCK,
    card_valve_leaks.TRAVELING,
    card_valve_leaks.STANDING,
    card_valve_leaks.BOTH,
    card_barrel.WORN,
    card_barrel.HOLE,
    card_barrel.BENT,
    card_barrel.OUT,
    card_tagging.DOWN,
    card_tagging.UP,
    card_tubing.MOVEMENT,
    card_tubing.LEAK,
    card_loads.FLOWING,
    card_loads.FRICTION,
    card_loads.SAND,
    card_timing.DELAYED,
    card_timing.ACCELERATION,
    card_unit_unbalanced.RULE,
    card_full_pump.RULE,
    esp_idling.GAS_LOCK,
    esp_idling.BROKEN_SHAFT,
    esp_deadhead.RULE,
    esp_pump_off.RULE,
    esp_gas_interference.RULE,
    esp_throughput.PLUGGING,
    esp_throughput.WEAR,
    esp_throughput.SCALE,
    esp_throughput.LEAK,
    esp_starts.REVERSE,
    esp_starts.FREQUENT,
    esp_motor_overheat.RULE,
    esp_insulation_decline.RULE,
    esp_electrical.UNBALANCE,
    esp_electrical.DISTURBANCE,
    esp_unusual.RULE,
    sensor_faults.FROZEN,
    sensor_faults.SPIKE,
    sensor_faults.DRIFT,
    sensor_faults.UNIT,
    sensor_faults.CLOCK,
    sensor_faults.GAP,
    model_stale.RULE,
)


def _refuse(rule: Rule, others: Sequence[Rule]) -> str:
    if rule.key in {one.key for one in (*_OURS, *others)}:
        return f"there is a rule {rule.key} already"
    if rule.needs not in ("card", "esp", "model"):
        return f"needs {rule.needs!r}: card, esp or model"
    return plugins.missing_words(f"finding.{rule.key}", f"advice.{rule.key}")


def _guarded(rule: Rule) -> Rule:
    return replace(rule, judge=plugins.guarded(rule.judge, lambda reason: []))


RULES: tuple[Rule, ...] = (*_OURS, *map(_guarded, plugins.extras("wellside.rules", Rule, _refuse)))
