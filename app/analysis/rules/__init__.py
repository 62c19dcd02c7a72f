"""Every diagnosis rule. To add one: a file in this folder and one line here."""

from app.analysis.rules import (
    card_fillage,
    card_full_pump,
    card_rods_parted,
    card_valve_leaks,
    esp_gas_interference,
    esp_insulation_decline,
    esp_motor_overheat,
    esp_pump_off,
    sensor_frozen,
)

RULES = (
    card_rods_parted.RULE,
    card_fillage.POUND,
    card_fillage.GAS,
    card_valve_leaks.TRAVELING,
    card_valve_leaks.STANDING,
    card_full_pump.RULE,
    esp_pump_off.RULE,
    esp_gas_interference.RULE,
    esp_insulation_decline.RULE,
    esp_motor_overheat.RULE,
    sensor_frozen.RULE,
)
