"""What if: sliders for the twin of the well, its figures beside the measured ones, its cards over them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from app.analysis.cards.limits import worst_goodman
from app.analysis.simulate.rp11l import QuickCheck
from app.analysis.simulate.twin import Answer, Knobs
from app.views import widgets
from app.views.calm import SliderBar
from app.views.cards.presenter import AnalysedCard, TwinAnswer
from app.views.context import Context

STEPS = 200


@dataclass(frozen=True)
class Knob:
    """One slider: the field of `Knobs` it turns, the quantity it is shown in, and its range around the
    matched value.
    """

    field: str
    quantity: str
    low: float
    high: float
    relative: bool


KNOBS = (
    Knob("strokes_per_minute", "number", 0.4, 2.0, True),
    Knob("stroke_m", "length", 0.5, 1.4, True),
    Knob("plunger_diameter_m", "small_length", 0.028, 0.096, False),
    Knob("fillage", "ratio", 0.05, 1.0, False),
    Knob("damping_per_s", "number", 0.0, 1.2, False),
)


class TwinPanel(QWidget):
    asked = Signal(Knobs)  # None: those of the card

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._matched: Knobs | None = None
        self._knobs: Knobs | None = None
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        self._table = QGridLayout()
        self.stacked = False  # its figures under their names: beside them they would be cut when it is narrow
        self.check = widgets.muted()
        self._empty = widgets.muted(self.tr("The twin needs rods, pump and pressures of this well."))
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        self._add_sliders(body)
        reset = QPushButton(self.tr("As measured"))
        reset.clicked.connect(self.ask_matched)
        body.addWidget(reset)
        body.addLayout(self._table)
        body.addWidget(self.check)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 0)
        layout.addWidget(self._body)
        layout.addWidget(self._empty)

    def _add_sliders(self, body: QVBoxLayout) -> None:
        grid = QGridLayout()
        names = {
            "strokes_per_minute": self.tr("Strokes per minute"),
            "stroke_m": self.tr("Stroke"),
            "plunger_diameter_m": self.tr("Plunger"),
            "fillage": self.tr("Fillage"),
            "damping_per_s": self.tr("Damping, 1/s"),
        }
        for row, knob in enumerate(KNOBS):
            slider = SliderBar(Qt.Orientation.Horizontal)
            slider.setRange(0, STEPS)
            slider.setMinimumHeight(28)
            slider.setAccessibleName(names[knob.field])
            slider.valueChanged.connect(self._moved)
            value = QLabel()
            value.setMinimumWidth(74)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widgets.text(names[knob.field]), 2 * row, 0)
            grid.addWidget(value, 2 * row, 1)
            grid.addWidget(slider, 2 * row + 1, 0, 1, 2)
            self.sliders[knob.field], self._values[knob.field] = slider, value
        body.addLayout(grid)

    def new_card(self) -> None:
        """Another card: its twin is asked when the panel is seen."""
        self._matched = self._knobs = None
        self.check.clear()

    @property
    def matched(self) -> bool:
        return self._matched is not None

    @Slot()
    def ask_matched(self) -> None:
        self._matched = None
        self.asked.emit(None)

    @Slot()
    def _moved(self) -> None:
        if self._matched is None:
            return
        values = {knob.field: self._value(knob) for knob in KNOBS}
        self._knobs = replace(self._matched, **values)
        self._show_values()
        self.asked.emit(self._knobs)

    def _range(self, knob: Knob) -> tuple[float, float]:
        assert self._matched is not None
        size = getattr(self._matched, knob.field) if knob.relative else 1.0
        return knob.low * size, knob.high * size

    def _value(self, knob: Knob) -> float:
        low, high = self._range(knob)
        return low + (high - low) * self.sliders[knob.field].value() / STEPS

    def show_answer(self, item: AnalysedCard, answer: TwinAnswer | None) -> None:
        widgets.show_one(answer is not None, self._body, self._empty)
        if answer is None:
            return
        knobs, found = answer.knobs, answer.answer
        if answer.check is not None:
            self.check.setText(self._sentence(answer.check))
        if self._matched is None:
            self._matched = self._knobs = knobs
            for knob in KNOBS:
                low, high = self._range(knob)
                slider = self.sliders[knob.field]
                slider.blockSignals(True)
                slider.setValue(round(STEPS * (getattr(knobs, knob.field) - low) / (high - low)))
                slider.blockSignals(False)
            self._show_values()
        self._show_table(item, found)

    def _sentence(self, check: QuickCheck) -> str:
        quantity = self._context.speaker.quantity
        words = self.tr(
            "API RP 11L for comparison: {high} and {low} on the polished rod, torque {torque}, {rate} at "
            "full fillage; Fo/Skr {load}, N/No {speed}."
        )
        words = words.format(
            high=quantity(check.peak_load_n, "load"),
            low=quantity(check.minimum_load_n, "load"),
            torque=quantity(check.peak_torque_n_m, "torque"),
            rate=quantity(check.displacement_m3_per_s, "rate"),
            load=quantity(check.load_ratio, "number"),
            speed=quantity(check.speed_ratio, "number"),
        )
        return words if check.within_charts else words + " " + self.tr("Beyond the practice's charts.")

    def _show_values(self) -> None:
        assert self._knobs is not None
        for knob in KNOBS:
            self._values[knob.field].setText(
                self._context.speaker.quantity(getattr(self._knobs, knob.field), knob.quantity)
            )

    def _show_table(self, item: AnalysedCard, found: Answer) -> None:
        widgets.clear(self._table)
        say, quantity, measures = (
            self._context.speaker.say,
            self._context.speaker.quantity,
            item.analysis.measures,
        )
        gearbox = measures["gearbox"] or {}
        goodman = max((value for value in found.goodman if value is not None), default=None)
        rows = (
            (
                say("measure.peak_polished_rod_load_n"),
                measures["peak_polished_rod_load_n"],
                found.peak_load_n,
                "load",
            ),
            (
                say("measure.minimum_polished_rod_load_n"),
                measures["minimum_polished_rod_load_n"],
                found.minimum_load_n,
                "load",
            ),
            (say("measure.goodman_fraction").capitalize(), worst_goodman(item.analysis), goodman, "ratio"),
            (say("measure.gearbox_fraction"), gearbox.get("load_fraction"), found.gearbox_fraction, "ratio"),
            (
                say("measure.polished_rod_power_w"),
                measures["polished_rod_power_w"],
                found.polished_rod_power_w,
                "power",
            ),
            (
                say("measure.inferred_liquid_m3_per_s"),
                measures["pump_displacement_m3_per_s"],
                found.liquid_m3_per_s,
                "rate",
            ),
        )
        for column, title in enumerate((self.tr("Measured"), self.tr("Twin")), 1):
            self._table.addWidget(widgets.muted(title, wrap=False), 0, column, Qt.AlignmentFlag.AlignRight)
        for row, (name, measured, twin, unit) in enumerate(rows, 1):
            self._table.addWidget(widgets.muted(name), 2 * row, 0, 1, 3 if self.stacked else 1)
            for column, value in ((1, measured), (2, twin)):
                figure = widgets.text(quantity(value, unit))
                figure.setWordWrap(False)
                self._table.addWidget(figure, 2 * row + self.stacked, column, Qt.AlignmentFlag.AlignRight)
        self._table.setColumnStretch(0, 1)
