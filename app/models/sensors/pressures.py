"""Pressures, downhole and at the surface."""

from app.models.sensors.spec import Sensor

SENSORS = (
    Sensor("intake_pressure", 1, "Давление на приёме", "Intake pressure", "pressure", 0.1e6, 30e6, "pressures",
           zero_is_valid=False, synonyms=("pпр", "рпр", "pin", "давление на приёме насоса", "рприем", "pump intake pressure")),
    Sensor("discharge_pressure", 2, "Давление на выкиде", "Discharge pressure", "pressure", 0.5e6, 50e6, "pressures",
           zero_is_valid=False, synonyms=("рвык", "pвык", "pump discharge pressure")),
    Sensor("wellhead_pressure", 16, "Буферное давление", "Wellhead pressure", "surface_pressure", 0.0, 35e6, "pressures",
           synonyms=("рбуф", "pбуф", "буферное давление", "tubing pressure", "whp")),
    Sensor("annulus_pressure", 17, "Затрубное давление", "Annulus pressure", "surface_pressure", 0.0, 25e6, "pressures",
           synonyms=("рзатр", "pзатр", "рзат", "casing pressure")),
    Sensor("line_pressure", 18, "Линейное давление", "Line pressure", "surface_pressure", 0.0, 6e6, "pressures",
           synonyms=("рлин", "pлин", "flowline pressure")),
)  # fmt: skip
