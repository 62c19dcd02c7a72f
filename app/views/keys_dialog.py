"""The sheet of shortcuts: made of the commands as they are, by the place where they are heard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.views.calm import TextLine
from app.views.commands.command import Command, translated
from app.views.context import Context
from app.views.fitted import FittedDialog

Places = Iterable[tuple[str, Iterable[Command[Any]]]]


class KeysDialog(FittedDialog):
    def __init__(self, context: Context, places: Places, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(640, 620)
        self.typed = TextLine()
        self.typed.setPlaceholderText(self.tr("Command or key"))
        self.typed.setAccessibleName(self.tr("Command or key"))
        self.typed.setClearButtonEnabled(True)
        self.sheet = QTreeWidget()
        self.sheet.setAccessibleName(self.tr("Commands with their keys"))
        self.sheet.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.sheet.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.sheet.header().setStretchLastSection(False)
        self.sheet.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.sheet.setRootIsDecorated(False)
        for title, commands in places:
            with_keys = [command for command in commands if command.keys]
            if not with_keys:
                continue
            place = QTreeWidgetItem(self.sheet, [translated(title)])
            place.setFirstColumnSpanned(True)
            place.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for command in with_keys:
                words = command.words(context.speaker).rstrip("…")
                QTreeWidgetItem(place, [words, "  ".join(command.keys)])
        self.sheet.expandAll()
        layout = QVBoxLayout(self)
        layout.addWidget(self.typed)
        layout.addWidget(self.sheet, 1)
        self.typed.textChanged.connect(self._search)

    @Slot(str)
    def _search(self, typed: str) -> None:
        words = typed.lower().split()
        for number in range(self.sheet.topLevelItemCount()):
            place = self.sheet.topLevelItem(number)
            lines = [place.child(row) for row in range(place.childCount())]
            for line in lines:
                told = f"{line.text(0)} {line.text(1)}".lower()
                line.setHidden(not all(word in told for word in words))
            place.setHidden(all(line.isHidden() for line in lines))
