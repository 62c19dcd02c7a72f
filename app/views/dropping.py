"""Files that are let go over a part of the window: which they are, and who takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_Part = QWidget if TYPE_CHECKING else object


def files_of(given: QMimeData) -> list[Path]:
    """Those of this machine: what lies in the net has no file to be read."""
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]


class TakesFiles(_Part):
    def add_files(self, paths: list[Path]) -> None:
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files(files_of(event.mimeData()))
        event.acceptProposedAction()
