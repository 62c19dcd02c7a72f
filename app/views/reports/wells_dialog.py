"""The wells of a report, by hand: a list to tick, with a filter; what is filtered can be ticked at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.models.wells import Well
from app.reports.wording import well_words
from app.views.calm import TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog


class WellsDialog(FittedDialog):
    chosen = Signal(list)  # of Well

    def __init__(self, context: Context, wells: list[Well], ticked: list[Well], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Wells of the report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filter = TextLine()
        self.filter.setPlaceholderText(self.tr("Filter: well, pad, field"))
        self.filter.setAccessibleName(self.tr("Filter: well, pad, field"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Wells"))
        target = 40 if context.workspace.settings["glove_mode"] else 28
        already = {well.id for well in ticked}
        for well in wells:
            item = QListWidgetItem(
                f"{well_words(well, context.speaker)} · {context.speaker.say(f'lift.{well.lift}')}"
            )
            item.setData(Qt.ItemDataRole.UserRole, well)
            item.setSizeHint(QSize(0, target))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if well.id in already else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        every, none = QPushButton(self.tr("Tick all shown")), QPushButton(self.tr("Untick all shown"))
        every.clicked.connect(self._tick_all)
        none.clicked.connect(self._untick_all)
        row = QHBoxLayout()
        row.addWidget(every)
        row.addWidget(none)
        row.addStretch(1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Make the report"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.resize(440, 560)
        self.filter.textChanged.connect(self._filter)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(i) for i in range(self.list.count())]

    @Slot(str)
    def _filter(self, words: str) -> None:
        wanted = words.lower().split()
        for item in self._items():
            item.setHidden(not all(word in item.text().lower() for word in wanted))

    @Slot()
    def _tick_all(self) -> None:
        self._set(Qt.CheckState.Checked)

    @Slot()
    def _untick_all(self) -> None:
        self._set(Qt.CheckState.Unchecked)

    def _set(self, state: Qt.CheckState) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)

    @Slot()
    def _accept(self) -> None:
        ticked = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        ]
        if ticked:
            self.accept()
            self.chosen.emit(ticked)
