"""My report: what was taken from the pages, to be put in order or taken out again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.reports.clippings import Clipping
from app.views import widgets
from app.views.context import Context
from app.views.reports import jobs


class ClippingsPanel(QWidget):
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("My report"))
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.model().rowsMoved.connect(self._moved)
        self.remove_button = QPushButton(self.tr("Take out"))
        self.remove_button.clicked.connect(self.remove)
        self.clear_button = QPushButton(self.tr("Take all out"))
        self.clear_button.clicked.connect(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widgets.heading(self.tr("My report")))
        layout.addWidget(
            widgets.muted(
                self.tr("Right click on a chart or a table of any page adds it here. Drag into order.")
            )
        )
        layout.addWidget(self.list, 1)
        layout.addWidget(self.remove_button)
        layout.addWidget(self.clear_button)
        self.setMinimumWidth(250)
        context.clippings_changed.connect(self.load)
        self.load()

    @Slot()
    def load(self) -> None:
        self._context.runner.start(
            jobs.taken, self._context.workspace, lane="journal", purpose="clippings", done=self._show
        )

    @Slot(object)
    def _show(self, found: list[Clipping]) -> None:
        self.list.clear()
        for clipping in found:
            item = QListWidgetItem(clipping.caption)
            item.setData(Qt.ItemDataRole.UserRole, clipping)
            self.list.addItem(item)
        self.remove_button.setEnabled(bool(found))
        self.clear_button.setEnabled(bool(found))

    def _kept(self) -> list[Clipping]:
        return [self.list.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.list.count())]

    @Slot()
    def _moved(self, *_: object) -> None:
        self._put(self._kept())

    @Slot()
    def remove(self) -> None:
        row = max(self.list.currentRow(), 0)
        self._put([one for i, one in enumerate(self._kept()) if i != row])

    @Slot()
    def clear(self) -> None:
        self._put([])

    def _put(self, kept: list[Clipping]) -> None:
        self._context.runner.start(
            jobs.put_clippings, self._context.workspace, kept, lane="journal", done=self._put_down
        )

    @Slot(object)
    def _put_down(self, kept: list[Clipping]) -> None:
        self._show(kept)
        self.changed.emit()
