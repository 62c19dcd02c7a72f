"""Another program with files to be dragged: `python -m tests.e2e.drag_source X Y FILE…`."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

SIDE = 60


class Files(QLabel):
    def __init__(self, paths: list[str]) -> None:
        super().__init__("files")
        self._paths = paths
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("Files elsewhere")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove:
            self._drag()
        return super().event(event)

    def _drag(self) -> None:
        drag, given = QDrag(self), QMimeData()
        given.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag.setMimeData(given)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    files = Files(sys.argv[3:])
    files.setGeometry(int(sys.argv[1]), int(sys.argv[2]), SIDE, SIDE)
    files.show()
    sys.exit(application.exec())
