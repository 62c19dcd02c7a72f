"""A period by its two ends, typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QPushButton, QWidget

from app.core.clock import from_us, to_us
from app.views import widgets
from app.views.context import Context
from app.views.entry.moment_edit import MomentEdit
from app.views.fitted import FittedDialog
from app.views.period import CUSTOM, Period


class PeriodDialog(FittedDialog):
    chosen = Signal(Period)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Period"))
        zone, language = context.speaker.zone, context.speaker.language
        now = context.workspace.clock()
        self.since, self.until = (MomentEdit(zone, now, language) for _ in range(2))
        if context.period is not None:
            self.since.set_moment(from_us(context.period.from_us))
            self.until.set_moment(from_us(context.period.until_us))
        self.state = widgets.muted()
        buttons = QDialogButtonBox()
        self.show_button = QPushButton(self.tr("Show"))
        self.show_button.setProperty("primary", True)
        self.show_button.setDefault(True)
        buttons.addButton(self.show_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        form = QFormLayout(self)
        form.addRow(self.tr("From"), self.since)
        form.addRow(self.tr("To"), self.until)
        form.addRow(self.state)
        form.addRow(buttons)
        for edit in (self.since, self.until):
            edit.changed.connect(self._judge)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        self._judge()

    def _ends(self) -> tuple[int, int]:
        return to_us(self.since.moment()), to_us(self.until.moment())

    @Slot()
    def _judge(self) -> None:
        since, until = self._ends()
        good = self.since.is_good and self.until.is_good
        self.show_button.setEnabled(good and since < until)
        if not good:
            self.state.setText(self.tr("There is no such date or hour."))
        else:
            self.state.setText("" if since < until else self.tr("The end must be later than the beginning."))

    @Slot()
    def _choose(self) -> None:
        since, until = self._ends()
        if self.show_button.isEnabled():
            self.chosen.emit(Period(CUSTOM, since, until))
            self.accept()
