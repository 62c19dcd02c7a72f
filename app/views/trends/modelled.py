"""What integrated models gave, as points beside the pens of the same quantities."""

from __future__ import annotations

from app.analysis.wells.modelled import Modelled
from app.core.units import UnitSystem
from app.models.sensors import SENSORS
from app.views.plots.time_chart import TimeChart


def lay_models(chart: TimeChart, models: tuple[Modelled, ...], units: UnitSystem) -> None:
    for key in chart.traces:
        if key in SENSORS:
            unit = units.unit(SENSORS[key].quantity)
            cases = [(one.case, one.time_us, unit.from_si(one.value)) for one in models if one.of == key]
            chart.lay_points(key, cases)
