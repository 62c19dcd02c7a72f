"""Vibration and pumping speed."""

from app.models.sensors.spec import Sensor

SENSORS = (
    Sensor(
        "vibration_x",
        15,
        "Вибрация X",
        "Vibration X",
        "acceleration",
        0.0,
        98.0665,
        "condition",
        synonyms=("виб x",),
    ),
    Sensor(
        "vibration_y",
        29,
        "Вибрация Y",
        "Vibration Y",
        "acceleration",
        0.0,
        98.0665,
        "condition",
        synonyms=("виб y",),
    ),
    Sensor(
        "pumping_speed",
        30,
        "Число качаний",
        "Pumping speed",
        "pumping_speed",
        0.0,
        0.5,
        "condition",
        synonyms=("число качаний", "n, 1/мин", "spm"),
    ),
)
