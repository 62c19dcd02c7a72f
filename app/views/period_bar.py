"""The period that all pages share: one list of presets, and the window that is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.core.clock import from_us
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.period import PRESETS, Period, preset_names


class PeriodBar(QWidget):
    """A window chosen by hand is shown by its dates; the list then stands at no preset."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._window = QToolButton(autoRaise=True)
        self._window.setToolTip(self.tr("Type another period"))
        self._window.setHidden(context.workspace.settings["glove_mode"])  # large targets leave it no room
        self._window.clicked.connect(self.ask)
        self.presets = ChoiceBox()
        self.presets.setAccessibleName(self.tr("Period"))
        names = preset_names()
        for key in PRESETS:
            self.presets.addItem(names[key], key)
        self.presets.setCurrentIndex(self.presets.findData(context.preset))
        self.presets.setPlaceholderText(self.tr("own"))  # with nothing in it the list looked broken
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._window)
        row.addWidget(self.presets)
        self.presets.activated.connect(self._chosen)
        context.period_changed.connect(self._period_changed)
        context.period_asked.connect(self.ask)

    @Slot(Period)
    def _period_changed(self, period: Period | None) -> None:
        self.setVisible(period is not None)  # a well without data has none to choose
        self.presets.setCurrentIndex(-1 if period is None else self.presets.findData(period.key))
        if period is not None:
            speaker = self._context.speaker
            self._window.setText(
                f"{speaker.day(from_us(period.from_us))} – {speaker.day(from_us(period.until_us))}"
            )

    @Slot()
    def ask(self) -> None:
        """The ends of the period, typed."""
        from app.views.period_dialog import PeriodDialog

        self.dialog = PeriodDialog(self._context, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.chosen.connect(self._context.set_period)
        self.dialog.open()

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self._context.choose_preset(self.presets.itemData(index))
