"""A dynamogram entered by hand: two or three columns pasted from a recorder's program or from Excel."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.services.imports.pasted import columns_of
from app.views import widgets
from app.views.calm import ChoiceBox, NumberBox, TextField
from app.views.context import Context
from app.views.entry.moment_edit import MomentEdit
from app.views.plots.card_chart import CardChart, Curve

LENGTHS = {"m": 1.0, "mm": 1e-3, "cm": 1e-2, "in": 0.0254, "ft": 0.3048}
LOADS = {"kN": 1e3, "N": 1.0, "kgf": 9.80665, "tf": 9806.65, "lbf": 4.4482216}


class CardForm(QDialog):
    """Emits when the engineer saves; what is wrong with the columns is said while they are typed."""

    entered = Signal(
        datetime, float, np.ndarray, np.ndarray
    )  # taken at, strokes per minute, position [m], load [N]
    import_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        speaker = context.speaker
        self.setWindowTitle(self.tr("New dynamogram"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.taken_at = MomentEdit(speaker.zone, context.workspace.clock(), speaker.language)
        self.speed = NumberBox(minimum=0.2, maximum=30.0, value=6.0, decimals=2, singleStep=0.1)
        self.length, self.load = ChoiceBox(), ChoiceBox()
        self.length.addItems(list(LENGTHS))
        self.load.addItems(list(LOADS))
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
        self.length.currentIndexChanged.connect(self._read)
        self.load.currentIndexChanged.connect(self._read)
        self.save.clicked.connect(self._save)
        from_file.clicked.connect(self._import)
        cancel.clicked.connect(self.reject)

    def columns(self) -> tuple[np.ndarray, np.ndarray]:
        """Position [m], load [N]. Raises KnownError that names line and value."""
        position, load = columns_of(self.points.toPlainText())
        return position * LENGTHS[self.length.currentText()], load * LOADS[self.load.currentText()]

    @Slot()
    def _read(self) -> None:
        speaker = self._context.speaker
        try:
            position, load = self.columns()
        except KnownError as error:
            self.state.setText(speaker.error(error) if self.points.toPlainText().strip() else "")
            self.save.setEnabled(False)
            return
        self.save.setEnabled(True)
        self.state.setText(self.tr("%n point(s)", "", len(position)))
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
