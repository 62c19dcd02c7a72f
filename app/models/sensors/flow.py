"""Rates, water cut, choke and fluid levels."""

from app.core.units import DAY_S
from app.models.sensors.spec import Sensor

SENSORS = (
    Sensor("liquid_rate", 20, "Дебит жидкости", "Liquid rate", "rate", 0.0, 2500 / DAY_S, "rates", gap_s=7200.0,
           synonyms=("qж", "qж тм", "объемный дебит жидкости", "liquid")),
    Sensor("oil_rate", 21, "Дебит нефти", "Oil rate", "mass_rate", 0.0, 1500e3 / DAY_S, "rates", gap_s=7200.0, synonyms=("qн",)),
    Sensor("gas_rate", 22, "Дебит газа", "Gas rate", "rate", 0.0, 1e6 / DAY_S, "rates", gap_s=7200.0, synonyms=("qг",)),
    Sensor("water_cut", 23, "Обводнённость", "Water cut", "ratio", 0.0, 1.0, "rates", gap_s=7200.0,
           synonyms=("обв", "обв тм", "процент обводненности", "% b")),
    Sensor("choke", 24, "Штуцер", "Choke", "small_length", 0.0, 0.06, "rates", gap_s=86400.0, synonyms=("dшт",)),
    Sensor("dynamic_level", 25, "Динамический уровень", "Dynamic fluid level", "length", 0.0, 4000.0, "levels",
           gap_s=86400.0 * 8, synonyms=("ндин", "нд", "hдин", "h дин.ур., м")),
    Sensor("static_level", 31, "Статический уровень", "Static fluid level", "length", 0.0, 4000.0, "levels",
           gap_s=86400.0 * 60, synonyms=("нст", "hст")),
)  # fmt: skip
