"""A view of the trends gets its name: for this well, wells of its lift, or any; with its period or not."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.models.wells import Well
from app.services.wells.trend_views import Look, TrendView
from app.views.calm import ChoiceBox, TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.period import PRESETS, preset_names

ANY, LIFT, WELL = range(3)


class ViewDialog(FittedDialog):
    wanted = Signal(TrendView)

    def __init__(self, context: Context, well: Well, look: Look, period: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._well, self._look, self._period = well, look, period
        self.setWindowTitle(self.tr("Keep as a view"))
        self.name = TextLine()
        self.name.setMaxLength(60)
        self.whose = ChoiceBox()
        lift = context.speaker.say(f"lift.{well.lift}")
        self.whose.addItem(self.tr("every well"), ANY)
        self.whose.addItem(self.tr("wells of this lift: {lift}").format(lift=lift), LIFT)
        self.whose.addItem(self.tr("well {name} alone").format(name=well.name), WELL)
        self.whose.setCurrentIndex(LIFT)
        self.with_period = QCheckBox(self.tr("With the period"))
        self.with_period.setEnabled(period in PRESETS)
        if period in PRESETS:
            self.with_period.setText(
                self.tr("With the period: {period}").format(period=preset_names()[period])
            )
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setText(self.tr("Save"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.save.setEnabled(False)
        layout = QVBoxLayout(self)
        for words, field in ((self.tr("Name"), self.name), (self.tr("For"), self.whose)):
            label = QLabel(words)
            label.setBuddy(field)
            field.setAccessibleName(words)
            layout.addWidget(label)
            layout.addWidget(field)
        layout.addWidget(self.with_period)
        layout.addWidget(self.buttons)
        self.name.textChanged.connect(self._typed)
        self.buttons.accepted.connect(self._keep)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))

    @Slot()
    def _keep(self) -> None:
        whose = self.whose.currentData()
        self.accept()
        self.wanted.emit(
            TrendView(
                self.name.text().strip(),
                self._look,
                self._well.lift if whose == LIFT else "",
                self._well.key["uid"] if whose == WELL else "",
                self._period if self.with_period.isChecked() else "",
            )
        )
