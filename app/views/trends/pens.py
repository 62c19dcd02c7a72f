"""Which sensors of the well are drawn, each in its pane and colour; what was chosen stays with the well."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from app.models.wells import WellId
from app.services.diagnosis.baselines import TEMPLATES
from app.services.wells.computed_pens import ComputedPen, Shown, shown_as
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
COMPUTED = "computed"
GROUPS = ("pressures", "temperatures", "electrical", "condition", "rates", "levels", COMPUTED)
COMPUTED_GAP_S = 86_400.0


class Pens(QObject):
    changed = Signal()

    def __init__(self, context: Context, chart: TimeChart, legend: Legend, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._chart, self._legend = context, chart, legend
        self._shown: dict[WellId, list[str]] = {}
        self._history: WellHistory | None = None
        self.solo: str | None = None
        self.wanted = ""
        """A computed pen that is to be drawn when the pens of the well are read again."""
        self._computed: dict[str, tuple[Sensor, Shown]] = {}
        legend.table.toggled.connect(self._toggle)
        legend.solo_wanted.connect(self._solo_changed)

    def forget(self) -> None:
        """While the history of another well is fetched."""
        self._history = self.solo = None

    def coming(self, history: WellHistory) -> Iterator[None]:
        """The pens of this well from now on."""
        self._history = history
        self._computed = {pen.key: self._as_sensor(pen) for pen in history.computed}
        present = self._present()
        left = history.left.pens if history.left is not None else ()
        first = [key for key in left if key in present]
        first = first or [key for key in FIRST_PENS if key in present][:FIRST_PENS_MOST]
        shown = self._shown.setdefault(history.well.id, first)
        shown[:] = [key for key in shown if key in present]  # a computed one may have been taken away
        if self.wanted in present and self.wanted not in shown:
            shown.append(self.wanted)
        self.wanted = ""
        yield from self._drawn()

    @property
    def shown(self) -> list[str]:
        return [] if self._history is None else list(self._shown[self._history.well.id])

    @property
    def computed(self) -> tuple[ComputedPen, ...]:
        return () if self._history is None else self._history.computed

    def choose(self, keys: list[str]) -> None:
        """These and no others, as far as the well has them; all stay where it has none of them."""
        present = self._present()
        wanted = [key for key in keys if key in present]
        if self._history is not None and wanted and wanted != self.shown:
            self._shown[self._history.well.id] = wanted
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
        self.choose(list(TEMPLATES[code]))

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
        return {sensor.key for sensor in self._sensors()}

    def _sensors(self) -> tuple[Sensor, ...]:
        """Of the well, and what is computed of them."""
        if self._history is None:
            return ()
        return (*self._history.sensors, *(sensor for sensor, _ in self._computed.values()))

    def all(self) -> list[ComputedPen]:
        """As formulas, those that are drawn first: a sensor is one of a single word."""
        history = self._history
        if history is None:
            return []
        made = [
            ComputedPen(one.key, one.name("ru", self._lift), one.en, one.key, one.quantity)
            for one in history.sensors
        ]
        shown = self._shown[history.well.id]
        return sorted([*made, *history.computed], key=lambda pen: pen.key not in shown)

    @staticmethod
    def _as_sensor(pen: ComputedPen) -> tuple[Sensor, Shown]:
        shown = shown_as(pen.formula, pen.quantity)
        made = Sensor(pen.key, 0, pen.ru, pen.en, shown.quantity, 0.0, 0.0, COMPUTED, COMPUTED_GAP_S)
        return made, shown

    def quantity_of(self, key: str) -> str:
        return self._computed[key][0].quantity if key in self._computed else SENSORS[key].quantity

    def _draw(self) -> None:
        for _ in self._drawn():
            pass

    def _drawn(self) -> Iterator[None]:
        assert self._history is not None
        sensors, shown = self._sensors(), self._shown[self._history.well.id]
        colours = {key: self._context.theme.pen(index) for index, key in enumerate(shown)}
        groups = [
            [
                self._spec(sensor, colours[sensor.key])
                for sensor in sensors
                if sensor.group == group and sensor.key in colours
            ]
            for group in GROUPS
        ]
        laid = yield from self._chart.laying_pens(groups)
        if not laid:
            return  # others were asked for meanwhile
        ordered = sorted(sensors, key=lambda sensor: GROUPS.index(sensor.group))
        self._legend.table.reset(ordered, shown, colours, self._lift)
        self.changed.emit()

    @property
    def _lift(self) -> str:
        return "" if self._history is None else self._history.well.lift

    def _spec(self, sensor: Sensor, colour: str) -> PenSpec:
        speaker = self._context.speaker
        unit, name = speaker.unit(sensor.quantity), sensor.name(speaker.language, self._lift)
        quantity = self._quantity_name(sensor.quantity)
        if sensor.key in self._computed:
            return self._computed_spec(sensor, self._computed[sensor.key][1], name, unit, colour)
        title = f"{quantity}, {unit}" if unit else quantity
        return PenSpec(sensor.key, name, sensor.quantity, title, colour, sensor.group, sensor.downwards)

    def _computed_spec(self, sensor: Sensor, shown: Shown, name: str, unit: str, colour: str) -> PenSpec:
        """On a scale of its own kind: a change in a day does not share that of what changes."""
        unit = shown.unit or unit
        if shown.per_day:
            unit = self.tr("{unit}/d").format(unit=unit)
        what = name if shown.unit or sensor.quantity == "number" else self._quantity_name(sensor.quantity)
        scale = f"{COMPUTED} {sensor.quantity} {shown.unit} {shown.per_day}"
        title = f"{what}, {unit}" if unit else what
        return PenSpec(sensor.key, name, scale, title, colour, COMPUTED, shown.downwards)

    def _quantity_name(self, quantity: str) -> str:
        return {
            "pressure": self.tr("Pressure"),
            "surface_pressure": self.tr("Pressure"),
            "temperature": self.tr("Temperature"),
            "temperature_step": self.tr("Difference"),
            "volume": self.tr("Volume"),
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
