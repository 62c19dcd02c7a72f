"""A dynamogram entered by hand: two or three columns pasted from a recorder's program or from Excel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.unit_spellings import find_unit
from app.models.cards import StoredCard
from app.services.imports.pasted import columns_of
from app.views import widgets
from app.views.calm import ChoiceBox, NumberBox, TextField
from app.views.context import Context
from app.views.entry.moment_edit import MomentEdit
from app.views.fitted import FittedDialog
from app.views.plots.card_chart import CardChart, Curve

LENGTHS = ("m", "mm", "cm", "in", "ft")
LOADS = ("kN", "N", "kgf", "tf", "lbf")
LEAST_SPEED = 0.2
"""Strokes per minute; what is less was not typed."""


def _units(spellings: Iterable[str], quantity: str, language: str) -> ChoiceBox:
    box = ChoiceBox()
    for spelling in spellings:
        unit = find_unit(spelling, quantity)
        assert unit is not None
        box.addItem(unit.label(language), unit)
    return box


class CardForm(FittedDialog):
    """Emits when the engineer saves; what is wrong with the columns is said while they are typed."""

    entered = Signal(
        datetime, float, np.ndarray, np.ndarray
    )  # taken at, strokes per minute, position [m], load [N]
    import_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget, last: StoredCard | None = None) -> None:
        """`last`: the well's newest card, whose number of strokes is told and not taken for the new one's."""
        super().__init__(parent)
        self._context = context
        speaker = context.speaker
        self.setWindowTitle(self.tr("New dynamogram"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.taken_at = MomentEdit(speaker.zone, context.workspace.clock(), speaker.language)
        self.speed = NumberBox(minimum=0.0, maximum=30.0, value=0.0, decimals=2, singleStep=0.1)
        self.speed.setSpecialValueText("—")
        self.length = _units(LENGTHS, "length", speaker.language)
        self.load = _units(LOADS, "load", speaker.language)
        self.points = TextField()
        self.points.setPlaceholderText(self.tr("Paste two columns here: position and load"))
        self.points.setAccessibleName(self.tr("Points of the card"))
        self.state = widgets.muted()
        self.chart = CardChart(
            context.theme,
            speaker.language,
            f"{speaker.say('axis.position')}, {speaker.unit('length')}",
            f"{speaker.say('axis.load')}, {speaker.unit('load')}",
        )
        self.chart.setMinimumSize(420, 200)
        form = QFormLayout()
        form.addRow(self.tr("Taken at"), self.taken_at)
        form.addRow(self.tr("Strokes per minute"), self.speed)
        if last is not None:
            before = speaker.bare(last.strokes_per_minute, "number", digits=2)
            told = self.tr("Last time: {value} ({day})")
            form.addRow("", widgets.muted(told.format(value=before, day=speaker.day(last.taken_at))))
        form.addRow(self.tr("Position in"), self.length)
        form.addRow(self.tr("Load in"), self.load)
        self.buttons = QDialogButtonBox()
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("primary", True)
        from_file = QPushButton(self.tr("From a file…"))
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(from_file, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.points, 1)
        layout.addWidget(self.state)
        layout.addWidget(self.chart, 1)
        layout.addWidget(self.buttons)
        self.resize(520, 640)
        self.save.setEnabled(False)
        self.points.textChanged.connect(self._read)
        self.speed.valueChanged.connect(self._read)
        self.length.currentIndexChanged.connect(self._read)
        self.load.currentIndexChanged.connect(self._read)
        self.save.clicked.connect(self._save)
        from_file.clicked.connect(self._import)
        cancel.clicked.connect(self.reject)

    def columns(self) -> tuple[np.ndarray, np.ndarray]:
        """Position [m], load [N]. Raises KnownError that names line and value."""
        position, load = columns_of(self.points.toPlainText())
        length, unit = self.length.currentData(), self.load.currentData()
        return length.to_si(position), unit.to_si(load)

    @Slot()
    def _read(self, *_: object) -> None:
        speaker = self._context.speaker
        try:
            position, load = self.columns()
        except KnownError as error:
            self.state.setText(speaker.error(error) if self.points.toPlainText().strip() else "")
            self.save.setEnabled(False)
            return
        told = self.speed.value() >= LEAST_SPEED
        self.save.setEnabled(told)
        points = self.tr("%n point(s)", "", len(position))
        asked = self.tr("How many strokes a minute was it?")
        self.state.setText(points if told else f"{points}. {asked}")
        length, unit = speaker.units.unit("length"), speaker.units.unit("load")
        self.chart.show_cards(
            [Curve(length.from_si(position), unit.from_si(load), self._context.theme.pen(0))], []
        )

    @Slot()
    def _save(self) -> None:
        if not self.taken_at.is_good:
            self.state.setText(self.taken_at.toolTip())
            return
        position, load = self.columns()
        self.save.setEnabled(False)  # until it is kept or refused
        self.entered.emit(self.taken_at.moment(), self.speed.value(), position, load)

    @Slot()
    def _import(self) -> None:
        self.reject()
        self.import_wanted.emit()

    def refused(self, words: str) -> None:
        """What was typed stays; the reason is said."""
        self.state.setText(words)
        self.save.setEnabled(True)
