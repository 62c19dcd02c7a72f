"""Two dialogs: what the engineer can mend, in a sentence; and our bug, with a report to copy. The program
goes on.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.core.paths import Paths
from app.core.texts import Speaker
from app.services import fault_reports
from app.views import widgets
from app.views.calm import TextField
from app.views.fitted import FittedDialog

LOG = logging.getLogger("wellside")


class BugDialog(FittedDialog):
    """Not modal: work that was under way goes on behind it."""

    def __init__(self, report: str, kept: Path | None, parent: QWidget | None = None) -> None:
        """`kept`: the file that holds the report."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A fault in the program"))
        self.resize(680, 420)
        said = QLabel(
            self.tr(
                "The program met a fault of its own. Your saved entries are safe and you can go on "
                "working. Please send this report to support: it holds no data, no names and no paths."
            )
        )
        said.setWordWrap(True)
        self.report = TextField(report)
        self.report.setReadOnly(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy the report"))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self.report, 1)
        if kept is not None:
            layout.addWidget(widgets.muted(self.tr("Kept in {file}").format(file=kept)))
        layout.addWidget(buttons)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def show_bug(error: BaseException, parent: QWidget | None, paths: Paths) -> BugDialog:
    """What the error says in words goes into the log, which stays here."""
    LOG.error("unexpected error", exc_info=error)
    report = fault_reports.report_of(error)
    dialog = BugDialog(report, fault_reports.keep(paths, report, utc_now()), parent)
    dialog.show()
    return dialog


def start_error_box(error: KnownError, speaker: Speaker) -> QMessageBox:
    """For what keeps the program from starting: one readable sentence that says what to do."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Wellside", speaker.error(error))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(speaker.say("start.nothing_changed"))  # no translator is loaded yet
    return box
