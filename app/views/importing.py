"""Files dropped on the window or chosen in the menu: imported one after another, each with its own notice and undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.records import ImportRecord
from app.models.store import records
from app.models.wells import Well
from app.services.wells import find_well
from app.services.workspace import Workspace
from app.views.context import Context

if TYPE_CHECKING:
    from app.services.importing import ImportReport

FILTER = "CSV, Parquet, JSON (*.csv *.tsv *.txt *.parquet *.json)"


def _import(job: Job, workspace: Workspace, path: Path, well: str | None) -> ImportReport:
    from app.services.diagnose import diagnose
    from app.services.importing import (
        ImportOptions,  # the parsers are loaded by the first file
        import_file,
    )

    report = import_file(workspace, path, ImportOptions(well), job=job)
    if report.id:
        for name in report.wells:
            diagnose(workspace, find_well(workspace, name))
    return report


def _undo(job: Job, workspace: Workspace, import_id: str) -> ImportRecord:
    from app.services.diagnose import diagnose
    from app.services.importing import undo

    record = undo(workspace, import_id)
    for well in records.wells(workspace.store):
        diagnose(workspace, well)
    return record


class Importing(QObject):
    """A file that names no well is asked about once; the chosen well is offered."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent
        self._waiting: list[tuple[Path, str | None]] = []
        self._busy: tuple[Path, str | None] | None = None

    @Slot()
    def ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Import files"), "", FILTER)
        self.take([Path(name) for name in names])

    def take(self, paths: list[Path], well: str | None = None) -> None:
        self._waiting += [(path, well) for path in paths]
        self._next()

    def _next(self) -> None:
        if self._busy is not None or not self._waiting:
            return
        self._busy = self._waiting.pop(0)
        path, well = self._busy
        title = f"{self._context.speaker.say('job.import')}: {path.name}"
        task = self._context.runner.start(_import, self._context.workspace, path, well, title=title, done=self._done, failed=self._failed)  # fmt: skip
        task.finished.connect(self._finished)

    @Slot()
    def _finished(self) -> None:
        self._busy = None
        self._next()

    @Slot(object)
    def _done(self, report: ImportReport) -> None:
        notices = self._context.workspace.notices
        if report.already:
            notices.publish(Notice(Severity.INFO, "notice.imported_before", {"file": report.file}))
            return
        details: dict[str, object] = {"file": report.file, "added": report.added, "changed": report.changed, "same": report.same}  # fmt: skip
        notices.publish(Notice(Severity.DONE, "notice.imported", details, "undo import", report.id))
        self._tell_changed()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        if isinstance(error, KnownError) and error.code == "import_needs_well" and self._busy is not None:
            self._ask_well(self._busy[0])
            return
        self._context.runner.failed.emit(error)

    def _ask_well(self, path: Path) -> None:
        wells: list[Well] = records.wells(self._context.workspace.store)
        names = [well.name for well in wells]
        chosen = self._context.well
        start = names.index(chosen.name) if chosen is not None and chosen.name in names else 0
        question = self.tr("The file {name} names no well. Which well is it from?").format(name=path.name)
        name, good = QInputDialog.getItem(self._window, self.tr("Which well?"), question, names, start, False)
        if good:
            self._waiting.insert(0, (path, name))

    def undo(self, import_id: str) -> None:
        self._context.runner.start(_undo, self._context.workspace, import_id, done=self._undone)

    @Slot(object)
    def _undone(self, record: ImportRecord) -> None:
        self._context.workspace.notices.publish(Notice(Severity.DONE, "notice.import_undone", {"file": record.file_name}))  # fmt: skip
        self._tell_changed()

    def _tell_changed(self) -> None:
        self._context.data_changed.emit(0)
        self._context.refresh_span()
