"""Which sensors of the well are drawn, each in its pane and colour; what was chosen stays with the well."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.models.sensors.spec import Sensor
from app.models.wells import WellId
from app.services.diagnosis.baselines import TEMPLATES
from app.views.context import Context
from app.views.plots.pane import PenSpec
from app.views.plots.time_chart import TimeChart
from app.views.trends.legend import Legend
from app.views.trends.presenter import WellHistory

# What is drawn of a well that is opened for the first time: the pens that tell most, few enough to read.
FIRST_PENS = (
    "intake_pressure",
    "motor_temperature",
    "intake_temperature",
    "motor_current",
    "frequency",
    "active_power",
    "pumping_speed",
    "wellhead_pressure",
    "dynamic_level",
)
FIRST_PENS_MOST = 5
GROUPS = ("pressures", "temperatures", "electrical", "condition", "rates", "levels")


class Pens(QObject):
    changed = Signal()

    def __init__(self, context: Context, chart: TimeChart, legend: Legend, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._chart, self._legend = context, chart, legend
        self._shown: dict[WellId, list[str]] = {}
        self._history: WellHistory | None = None
        self.solo: str | None = None
        legend.table.toggled.connect(self._toggle)
        legend.solo_wanted.connect(self._solo_changed)

    def of(self, history: WellHistory | None) -> None:
        """The pens of this well from now on; None while its history is fetched."""
        self._history = history
        if history is None:
            self.solo = None
            return
        present = self._present()
        first = [key for key in FIRST_PENS if key in present][:FIRST_PENS_MOST]
        self._shown.setdefault(history.well.id, first)
        self._draw()

    def show(self, keys: list[str]) -> None:
        """Add pens that a finding speaks of."""
        if self._history is None:
            return
        shown = self._shown[self._history.well.id]
        missing = [key for key in keys if key in self._present() and key not in shown]
        if missing:
            shown += missing
            self._draw()

    @Slot(str)
    def show_template(self, code: str) -> None:
        """The pens of a condition instead of those that are shown."""
        wanted = [key for key in TEMPLATES[code] if key in self._present()]
        if wanted and self._history is not None:
            self._shown[self._history.well.id] = wanted
            self._draw()

    @Slot(str, bool)
    def _toggle(self, key: str, on: bool) -> None:
        if self._history is not None:
            shown = self._shown[self._history.well.id]
            self._shown[self._history.well.id] = [*shown, key] if on else [k for k in shown if k != key]
            self._draw()

    @Slot(str)
    def _solo_changed(self, key: str) -> None:
        self.solo = key or None
        self._chart.show_pens(set(), self.solo)

    def _present(self) -> set[str]:
        return set() if self._history is None else {sensor.key for sensor in self._history.sensors}

    def _draw(self) -> None:
        assert self._history is not None
        sensors, shown = self._history.sensors, self._shown[self._history.well.id]
        colours = {key: self._context.theme.pen(index) for index, key in enumerate(shown)}
        self._chart.set_pens(
            [
                [
                    self._spec(sensor, colours[sensor.key])
                    for sensor in sensors
                    if sensor.group == group and sensor.key in colours
                ]
                for group in GROUPS
            ]
        )
        ordered = sorted(sensors, key=lambda sensor: GROUPS.index(sensor.group))
        self._legend.table.reset(ordered, shown, colours)
        self.changed.emit()

    def _spec(self, sensor: Sensor, colour: str) -> PenSpec:
        speaker = self._context.speaker
        unit, name = speaker.unit(sensor.quantity), sensor.name(speaker.language)
        quantity = self._quantity_name(sensor.quantity)
        return PenSpec(sensor.key, name, sensor.quantity, f"{quantity}, {unit}" if unit else quantity, colour)

    def _quantity_name(self, quantity: str) -> str:
        return {
            "pressure": self.tr("Pressure"),
            "surface_pressure": self.tr("Pressure"),
            "temperature": self.tr("Temperature"),
            "current": self.tr("Current"),
            "voltage": self.tr("Voltage"),
            "frequency": self.tr("Frequency"),
            "power": self.tr("Power"),
            "number": self.tr("Power factor"),
            "ratio": self.tr("Share"),
            "resistance": self.tr("Insulation"),
            "acceleration": self.tr("Vibration"),
            "pumping_speed": self.tr("Speed"),
            "rate": self.tr("Rate"),
            "mass_rate": self.tr("Rate"),
            "small_length": self.tr("Choke"),
            "length": self.tr("Level"),
        }.get(quantity, quantity)
