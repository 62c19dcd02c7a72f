"""The sliders of a well: its knobs around where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from app.analysis.advice.advised import Advice
from app.analysis.advice.esp import FREQUENCIES_HZ
from app.reports.advice_words import KNOBS, knob_value
from app.views.calm import SliderBar
from app.views.context import Context

STEPS = 200
AROUND = {
    "wellhead_pa": (0.5, 1.6),
    "stages": (0.6, 1.4),
    "strokes_per_minute": (0.5, 1.6),
    "stroke_m": (0.6, 1.3),
    "plunger_diameter_m": (0.6, 1.6),
    "gas_m3_per_s": (0.0, 2.5),
}
"""Knob → range in shares of where it stands; the frequency has one of its own."""


@dataclass(frozen=True)
class Moved:
    """Knob → where a person put it [SI]."""

    values: dict[str, float]


@dataclass(frozen=True)
class _Slider:
    slider: QSlider
    value: QLabel
    low: float
    high: float

    def at(self) -> float:
        return self.low + (self.high - self.low) * self.slider.value() / STEPS

    def put(self, value: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(STEPS * (value - self.low) / (self.high - self.low)))
        self.slider.blockSignals(False)


class KnobSliders(QWidget):
    moved = Signal(Moved)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.sliders: dict[str, _Slider] = {}

    def show_well(self, advice: Advice) -> None:
        """Anew for each well: an ESP has other knobs than a rod pump."""
        for one in self.sliders.values():
            one.slider.deleteLater()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.sliders = {}
        for row, (knob, now) in enumerate((advice.now.knobs if advice.now else {}).items()):
            self._add(2 * row, knob, now)

    def _add(self, row: int, knob: str, now: float) -> None:
        speaker = self._context.speaker
        low, high = FREQUENCIES_HZ if knob == "frequency_hz" else tuple(share * now for share in AROUND[knob])
        name = speaker.say(f"advice.knob.{knob}").capitalize()
        slider, value = SliderBar(Qt.Orientation.Horizontal), QLabel()
        slider.setRange(0, STEPS)
        slider.setMinimumHeight(28)
        slider.setAccessibleName(name)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.sliders[knob] = _Slider(slider, value, min(low, now), max(high, now))
        self.sliders[knob].put(now)
        self._grid.addWidget(QLabel(name), row, 0)
        self._grid.addWidget(value, row, 1)
        self._grid.addWidget(slider, row + 1, 0, 1, 2)
        value.setText(knob_value(knob, now, speaker))
        slider.valueChanged.connect(self._moved)

    @Slot()
    def _moved(self) -> None:
        values = {knob: one.at() for knob, one in self.sliders.items()}
        self._show(values)
        self.moved.emit(Moved(values))

    def put(self, values: dict[str, float]) -> None:
        """Without asking: where a chosen setting stands."""
        for knob, value in values.items():
            self.sliders[knob].put(value)
        self._show(values)

    def _show(self, values: dict[str, float]) -> None:
        assert values.keys() <= KNOBS.keys()
        for knob, value in values.items():
            self.sliders[knob].value.setText(knob_value(knob, value, self._context.speaker))
