"""What the dosing pump gives."""

from app.models.sensors.spec import Sensor

DOSING_RATE = Sensor(
    "dosing_rate",
    200,
    "Расход реагента",
    "Dosing rate",
    "rate",
    0.0,
    1e-5,
    "flow",
    gap_s=7200.0,
    synonyms=("дозатор",),
)
