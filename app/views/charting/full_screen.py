"""One chart over the whole screen, until Esc: the same chart, taken out of its page and put back."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.views.fitted import FittedDialog
from app.views.plots.frame import ChartFrame


class FullScreen(FittedDialog):
    def __init__(self, chart: ChartFrame, title: str) -> None:
        super().__init__(chart.window())
        self.setWindowTitle(title)
        self._chart, self._place = chart, QWidget()
        self._place.setSizePolicy(chart.sizePolicy())
        self._place.setMinimumSize(chart.minimumSize())
        self._home = chart.parentWidget()
        _swap(self._home, chart, self._place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(chart)
        chart.show()
        self.finished.connect(self._put_back)
        self.showFullScreen()
        chart.setFocus()

    @Slot()
    def _put_back(self, *_: object) -> None:
        _swap(self._home, self._place, self._chart)
        self._chart.show()
        self._place.deleteLater()
        self.deleteLater()


def _swap(home: QWidget, there: QWidget, instead: QWidget) -> None:
    if isinstance(home, QSplitter):
        sizes = home.sizes()
        home.replaceWidget(home.indexOf(there), instead)
        home.setSizes(sizes)
        return
    instead.setParent(home)
    home.layout().replaceWidget(there, instead)
    there.setParent(None)
