"""Every kind of sensor. To add one: an entry in its family, or a new family file and one line here.

Plug-ins add sensors of their own under the numbers that are kept free for them.
"""

from collections.abc import Sequence

from app.core import plugins
from app.core.registry import Registry
from app.models.sensors import electrical, flow, foreign, mechanical, pressures, temperatures
from app.models.sensors.spec import Sensor

FAMILIES = (pressures, temperatures, electrical, mechanical, flow)
_OURS = tuple(sensor for family in FAMILIES for sensor in family.SENSORS)


def _refuse(sensor: Sensor, others: Sequence[Sensor]) -> str:
    return foreign.refuse(sensor, (*_OURS, *others))


SENSORS: Registry[Sensor] = Registry("sensor", *_OURS, *plugins.extras("wellside.sensors", Sensor, _refuse))
BY_NUMBER: dict[int, Sensor] = {sensor.number: sensor for sensor in SENSORS}
