"""Every kind of sensor. To add one: an entry in its family, or a new family file and one line here.

Plug-ins add sensors of their own under the numbers that are kept free for them.
"""

from app.core import plugins
from app.core.registry import Registry
from app.core.units import QUANTITIES
from app.models.sensors import electrical, flow, mechanical, pressures, temperatures
from app.models.sensors.spec import Sensor

OF_PLUGINS = range(200, 255)
"""Numbers are kept in the stores for ever: ours stay below."""

FAMILIES = (pressures, temperatures, electrical, mechanical, flow)
_OURS = tuple(sensor for family in FAMILIES for sensor in family.SENSORS)


def _refuse(sensor: Sensor) -> str:
    if sensor.key in {ours.key for ours in _OURS}:
        return f"there is a sensor {sensor.key} already"
    if sensor.number not in OF_PLUGINS:
        return f"number {sensor.number}: plug-ins have {OF_PLUGINS.start} to {OF_PLUGINS.stop - 1}"
    return "" if sensor.quantity in QUANTITIES else f"there is no quantity {sensor.quantity}"


SENSORS: Registry[Sensor] = Registry("sensor", *_OURS, *plugins.extras("wellside.sensors", Sensor, _refuse))
BY_NUMBER: dict[int, Sensor] = {sensor.number: sensor for sensor in SENSORS}
