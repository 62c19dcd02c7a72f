"""Reports: what do I hand over. The report of the well for the period, seen before it is saved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.wells import Well
from app.services.report import report_bytes, suggested_name
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.pdf_pages import pages_of, show_pictures

PREVIEW_WIDTH = 760


def _make(job: Job, workspace: Workspace, well: Well, language: str, since: datetime | None, until: datetime | None) -> tuple[bytes, list[QImage]]:  # fmt: skip
    content = report_bytes(workspace, [well], language=language, since=since, until=until, job=job)
    return content, pages_of(job, content, PREVIEW_WIDTH, well.name)


def _write(job: Job, path: Path, content: bytes) -> Path:
    try:
        write_atomically(path, content, mode=0o644)
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error
    return path


class ReportsPage(QWidget):
    key = "reports"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._content = b""
        self._stale = True
        self.language = QComboBox()
        self.language.addItem("Русский", "ru")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(context.speaker.language))
        self.language.setAccessibleName(self.tr("Language of the report"))
        self.save_button = QPushButton(self.tr("Save PDF…"))
        self.save_button.setProperty("primary", True)
        self.save_button.setShortcut("Ctrl+S")
        self._state = widgets.muted(wrap=False)
        bar = QHBoxLayout()
        bar.addWidget(QLabel(self.tr("Language of the report")))
        bar.addWidget(self.language)
        bar.addWidget(self.save_button)
        bar.addWidget(self._state, 1)
        self._pages = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(bar)
        layout.addWidget(widgets.scrolled(inside), 1)
        self.language.currentIndexChanged.connect(self._refresh)
        self.save_button.clicked.connect(self._ask_file)
        context.well_changed.connect(self._changed)
        context.period_changed.connect(self._changed)
        context.data_changed.connect(self._changed)

    @Slot()
    def _changed(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    @Slot()
    def _refresh(self, *_: object) -> None:
        well, period = self._context.well, self._context.period
        if well is None:
            return
        self._stale = False
        self.save_button.setEnabled(False)
        self._state.setText(self.tr("Making the preview…"))
        since = from_us(period.from_us) if period else None
        until = from_us(period.to_us) if period else None
        self._context.runner.start(
            _make, self._context.workspace, well, self.language.currentData(), since, until,
            purpose="report preview", done=self._show, failed=self._failed,
        )  # fmt: skip

    @Slot(object)
    def _show(self, answer: tuple[bytes, list[QImage]]) -> None:
        self._content, images = answer
        show_pictures(self._pages, images)
        self._state.setText(self.tr("%n page(s)", "", len(images)))
        self.save_button.setEnabled(True)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._state.setText("")
        self._context.runner.failed.emit(error)

    @Slot()
    def _ask_file(self) -> None:
        well, period = self._context.well, self._context.period
        if well is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = suggested_name(well, from_us(period.to_us) if period else None)
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), str(Path(folder) / name), "PDF (*.pdf)")  # fmt: skip
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """The very bytes that the preview shows. The folder may be a slow share: not in this thread."""
        self._context.runner.start(_write, path, self._content, done=self._saved)

    @Slot(object)
    def _saved(self, path: Path) -> None:
        notice = Notice(Severity.DONE, "notice.file_written", {"file": str(path)})
        self._context.workspace.notices.publish(notice)

    def catch_up(self, well: Well) -> None:
        """The preview is made when the page is shown."""

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""
