"""What was fetched of sensors, onto a chart in the reader's units."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.units import UnitSystem
from app.models.readings import Trend
from app.models.sensors import BY_NUMBER
from app.views.plots.time_chart import TimeChart


def draw(chart: TimeChart, by_sensor: Mapping[int, Trend], units: UnitSystem) -> None:
    for number, trend in by_sensor.items():
        sensor = BY_NUMBER[number]
        unit = units.unit(sensor.quantity)
        chart.set_data(
            sensor.key,
            trend.time_us,
            unit.from_si(trend.value),
            trend.bad_time_us,
            unit.from_si(trend.bad_value),
            trend.gap_us / 1e6,
        )
