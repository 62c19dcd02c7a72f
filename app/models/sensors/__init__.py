"""Every kind of sensor. To add one: an entry in its family, or a new family file and one line here."""

from app.core.registry import Registry
from app.models.sensors import electrical, flow, mechanical, pressures, temperatures
from app.models.sensors.spec import Sensor

FAMILIES = (pressures, temperatures, electrical, mechanical, flow)
SENSORS: Registry[Sensor] = Registry("sensor", *(sensor for family in FAMILIES for sensor in family.SENSORS))
BY_NUMBER: dict[int, Sensor] = {sensor.number: sensor for sensor in SENSORS}
