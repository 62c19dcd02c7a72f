"""Ctrl+K: every command and every well by typing a few letters of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

Command = tuple[str, Callable[[], None]]
SHOWN = 12


class CommandPalette(QDialog):
    def __init__(self, commands: list[Command], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._commands = commands
        self.setFixedWidth(460)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("Command or well"))
        self.typed.setAccessibleName(self.tr("Command or well"))
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("Found"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.typed)
        layout.addWidget(self.found)
        self.typed.textChanged.connect(self._filter)
        self.typed.returnPressed.connect(self._run)
        self.found.itemActivated.connect(self._run)
        self._filter("")

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.lower().split()
        self.found.clear()
        matching = [
            i for i, (name, _) in enumerate(self._commands) if all(word in name.lower() for word in words)
        ]
        for index in matching[:SHOWN]:
            item = QListWidgetItem(self._commands[index][0])
            item.setData(Qt.ItemDataRole.UserRole, index)
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    @Slot()
    def _run(self, *_: object) -> None:
        item = self.found.currentItem()
        if item is not None:
            self.close()
            self._commands[item.data(Qt.ItemDataRole.UserRole)][1]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.found.setCurrentRow(min(max(self.found.currentRow() + step, 0), self.found.count() - 1))
        else:
            super().keyPressEvent(event)
