"""What would take the editor of an open cell away, and with it what is typed there, waits until it closes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView


class OpenCell(QObject):
    free = Signal()
    """After `ask`: at once, or when the cell is closed."""

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table, self._asked = table, False
        table.itemDelegate().closeEditor.connect(self._closed, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> None:
        self._asked = self._table.state() == QAbstractItemView.State.EditingState
        if not self._asked:
            self.free.emit()

    @Slot()
    def _closed(self) -> None:
        if self._asked:
            self.ask()
