"""A dialog is no larger than the screen that it stands on: what is past the edge nobody can press."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog

TITLE_PX = 32
"""What the system draws over it, of which nobody knows before it stands there."""


class FittedDialog(QDialog):
    """As large as it was made, where there is the room; a window that goes past its screen has it as well."""

    def showEvent(self, event: QShowEvent) -> None:
        room = self.screen().availableSize() - QSize(0, TITLE_PX)
        if self.parentWidget() is not None:
            room = room.expandedTo(self.parentWidget().window().size())
        if not self.isFullScreen():
            self.resize(self.size().boundedTo(room))
        super().showEvent(event)
