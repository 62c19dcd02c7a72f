"""Temperatures. SI inside: kelvin."""

from app.models.sensors.spec import Sensor

SENSORS = (
    Sensor(
        "intake_temperature",
        3,
        "Температура на приёме",
        "Intake temperature",
        "temperature",
        273.15,
        453.15,
        "temperatures",
        synonyms=("тпр", "tпр", "темп. ж. тм"),
    ),
    Sensor(
        "motor_temperature",
        4,
        "Температура ПЭД",
        "Motor temperature",
        "temperature",
        273.15,
        533.15,
        "temperatures",
        synonyms=("тдв", "тобм", "температура обмотки", "motor winding temperature"),
    ),
    Sensor(
        "wellhead_temperature",
        19,
        "Температура на устье",
        "Wellhead temperature",
        "temperature",
        233.15,
        393.15,
        "temperatures",
        synonyms=("туст",),
    ),
)
