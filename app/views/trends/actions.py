"""What a right click on the chart offers: a note, the picture, the data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.models.records import Note
from app.services.records import entries
from app.services.reports.table_files import write_points
from app.services.workspace import Workspace
from app.views.clipping import Clipper
from app.views.commands.chart import CHART
from app.views.commands.given import Given
from app.views.context import Context
from app.views.page_titles import page_title
from app.views.plots.time_chart import TimeChart


def _save_note(
    job: Job, workspace: Workspace, well: int, at: datetime, text: str, sensor: str | None
) -> Note:
    return entries.add_note(workspace, well, at, text, sensor)


def _write_rows(job: Job, path: Path, rows: list[tuple[str, int, float, str]]) -> Path:
    write_points(rows, path)
    return path


class ChartActions(QObject):
    """Shared by every chart over time."""

    def __init__(self, context: Context, chart: TimeChart, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.chart, self._page = context, chart, parent
        self.given = Given(CHART, self, chart, context)
        self._moment_us = 0
        self._sensor: str | None = None

    def popup(self, point: QPoint, moment_us: int, sensor: str | None) -> None:
        self._moment_us, self._sensor = moment_us, sensor
        self.given.popup(self._page, point)

    @Slot()
    def ask_note(self) -> None:
        text, good = QInputDialog.getMultiLineText(
            self._page, self.tr("Note"), self.tr("What was seen here?")
        )
        if good and text.strip():
            self.add_note(text, self._moment_us, self._sensor)

    def add_note(self, text: str, moment_us: int, sensor: str | None = None) -> None:
        """Said to be saved only when the journal has it on the disk."""
        if self._context.well is not None:
            self._context.runner.start(
                _save_note,
                self._context.workspace,
                self._context.well.id,
                from_us(moment_us),
                text,
                sensor,
                lane="compute",
                done=self._note_saved,
            )

    @Slot(object)
    def _note_saved(self, note: Note) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.note_saved", {}, "take back", note.id)
        )
        self._context.changed.emit(Changed.of(note))

    @Slot()
    def add_to_report(self) -> None:
        Clipper(self._context, self).take(self.chart.clippings(), page_title("trends"))

    @Slot()
    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.chart.grab())
        self._context.workspace.notices.publish(Notice(Severity.DONE, "notice.copied"))

    @Slot()
    def ask_picture(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save picture"), "trend.png", "PNG (*.png);;SVG (*.svg)"
        )
        if name:
            self.save_picture(Path(name))

    def save_picture(self, path: Path) -> None:
        try:
            if path.suffix.lower() == ".svg":
                self.chart.write_svg(str(path))
            elif not self.chart.grab().save(str(path)):
                raise OSError("the picture was not written")
        except OSError as error:
            self._context.workspace.notices.error(
                KnownError("file_not_written", file=str(path), reason=str(error))
            )
            return
        self._tell_written(path)

    @Slot()
    def ask_data(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save data"), "trend.csv", "CSV (*.csv);;Parquet (*.parquet);;Excel (*.xlsx)"
        )
        if name:
            self.save_data(Path(name))

    def save_data(self, path: Path) -> None:
        """What is seen, in the shown units; the header says which."""
        titles = {key: trace.spec.axis_title for key, trace in self.chart.traces.items()}
        rows = self.chart.visible_rows()
        named = [
            (self.chart.traces[key].spec.name, moment, value, titles[key].rpartition(", ")[2])
            for key, moment, value in rows
        ]
        self._context.runner.start(_write_rows, path, named, done=self._tell_written)

    @Slot(object)
    def _tell_written(self, path: Path) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.file_written", {"file": str(path)})
        )
