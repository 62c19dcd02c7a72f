"""Valve and counterbalance checks at the pad: what tight valves would show, and what the watched loads
mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.analysis.cards import checks, strings
from app.analysis.cards.checks import ValveCheck
from app.analysis.cards.gearbox import counterbalance_effect_n
from app.views import widgets
from app.views.calm import NumberBox
from app.views.cards.presenter import AnalysedCard
from app.views.context import Context

VALVES = ("traveling", "standing")
USUAL_SECONDS = 10.0


class ChecksPanel(QWidget):
    note_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._item: AnalysedCard | None = None
        self.start: dict[str, QDoubleSpinBox] = {}
        self.end: dict[str, QDoubleSpinBox] = {}
        self._expected: dict[str, QLabel] = {}
        self.verdict: dict[str, QLabel] = {}
        self.seconds = self._box(1, 600, USUAL_SECONDS)
        self._counterbalance = widgets.text("")
        self.save = QPushButton(self.tr("Keep as a note"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 0)
        layout.addWidget(
            widgets.muted(
                self.tr(
                    "Stop the unit on the upstroke for the travelling valve, on the downstroke for the "
                    "standing valve, and read the load twice."
                )
            )
        )
        self._add_fields(layout)
        layout.addWidget(self.save)
        layout.addWidget(self._counterbalance)
        layout.addStretch(1)

    def _box(self, low: float, high: float, value: float = 0.0) -> QDoubleSpinBox:
        box = NumberBox()
        box.setRange(low, high)
        box.setDecimals(1)
        box.setValue(value)
        box.setMinimumHeight(28)
        box.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        box.valueChanged.connect(self._judge)
        return box

    def _add_fields(self, layout: QVBoxLayout) -> None:
        unit = self._context.speaker.unit("load")
        grid = QGridLayout()
        titles = {"traveling": self.tr("Travelling valve"), "standing": self.tr("Standing valve")}
        at_once, after = self.tr("load at once"), self.tr("load after")
        grid.addWidget(widgets.muted(self.tr("Load at once, {unit}").format(unit=unit)), 0, 0)
        grid.addWidget(widgets.muted(self.tr("Load after, {unit}").format(unit=unit)), 0, 1)
        for row, valve in enumerate(VALVES):
            self.start[valve], self.end[valve] = self._box(0, 500), self._box(0, 500)
            self.start[valve].setAccessibleName(f"{titles[valve]}: {at_once}")
            self.end[valve].setAccessibleName(f"{titles[valve]}: {after}")
            self._expected[valve], self.verdict[valve] = widgets.muted(), widgets.text("")
            grid.addWidget(widgets.text(titles[valve]), 4 * row + 1, 0, 1, 2)
            grid.addWidget(self.start[valve], 4 * row + 2, 0)
            grid.addWidget(self.end[valve], 4 * row + 2, 1)
            grid.addWidget(self._expected[valve], 4 * row + 3, 0, 1, 2)
            grid.addWidget(self.verdict[valve], 4 * row + 4, 0, 1, 2)
        grid.addWidget(widgets.muted(self.tr("Seconds between")), 9, 0)
        grid.addWidget(self.seconds, 9, 1)
        self.seconds.setAccessibleName(self.tr("Seconds between"))
        layout.addLayout(grid)

    def showing(self, item: AnalysedCard) -> Iterator[None]:
        self._item = item
        speaker, lines, weight = self._context.speaker, item.analysis.lines, item.analysis.buoyant_weight_n
        known = (
            lines is not None
            and weight is not None
            and item.analysis.card.bore.plunger_diameter_m is not None
        )
        for valve in VALVES:
            self.start[valve].setEnabled(known)
            self.end[valve].setEnabled(known)
            if known:
                assert lines is not None
                assert weight is not None
                tight = weight + (lines.fluid_load_n if valve == "traveling" else 0.0)
                self._expected[valve].setText(
                    self.tr("A tight valve holds {load}").format(load=speaker.quantity(tight, "load"))
                )
            else:
                self._expected[valve].setText(self.tr("Rods and pump of this well are not entered."))
        yield
        self._show_counterbalance(item)
        self._judge()

    def _show_counterbalance(self, item: AnalysedCard) -> None:
        unit, speaker = item.analysis.card.bore.unit, self._context.speaker
        moment = unit.get("counterbalance_moment_n_m") or (
            item.analysis.torque and item.analysis.torque.best_moment_n_m
        )
        effect = counterbalance_effect_n(float(moment), unit) if moment else None
        words = (
            ""
            if effect is None
            else self.tr(
                "Counterbalance check: with the cranks level the polished rod should hold {load}"
            ).format(load=speaker.quantity(effect, "load"))
        )
        self._counterbalance.setText(words)

    def results(self) -> list[ValveCheck]:
        """Of the valves whose two loads are entered."""
        if self._item is None or self._item.analysis.lines is None:
            return []
        analysis, unit = self._item.analysis, self._context.speaker.units.unit("load")
        bore, lines = analysis.card.bore, self._item.analysis.lines
        if bore.plunger_diameter_m is None or analysis.buoyant_weight_n is None:
            return []
        found = []
        for valve in VALVES:
            if not self.start[valve].value() or not self.end[valve].value():
                continue
            loads = np.array(
                [unit.to_si(self.start[valve].value()), unit.to_si(self.end[valve].value())], float
            )
            found.append(
                checks.judge(
                    valve,
                    np.array([0.0, self.seconds.value()]),
                    loads,
                    buoyant_weight_n=analysis.buoyant_weight_n,
                    fluid_load_n=lines.fluid_load_n,
                    plunger_area_m2=math.pi / 4 * bore.plunger_diameter_m**2,
                    rod_compliance_m_per_n=strings.compliance(bore.rods),
                )
            )
        return found

    @Slot()
    def _judge(self) -> None:
        if not self.verdict:
            return  # the boxes are still being made
        results = {check.valve: check for check in self.results()}
        for valve in VALVES:
            self.verdict[valve].setText(self.sentence(results[valve]) if valve in results else "")
        self.save.setEnabled(bool(results))

    def sentence(self, check: ValveCheck) -> str:
        speaker = self._context.speaker
        return speaker.say(
            f"valve_check.{check.valve}.{check.verdict}", leak=check.leak_m3_per_s, load=check.start_n
        )

    @Slot()
    def _save(self) -> None:
        self.note_wanted.emit("\n".join(self.sentence(check) for check in self.results()))
