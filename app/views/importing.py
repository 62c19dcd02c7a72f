"""Files dropped on the window, pasted or chosen: looked at one after another, each with its own notice and
undo.

A table is shown before anything is written; a card or a well test in our own format is taken at once; a
document is attached by its form.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QWidget

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.texts import in_each_language
from app.models.cards import StoredCard
from app.models.changes import EQUIPMENT
from app.models.records import ImportRecord
from app.models.store import cards, records
from app.models.wells import Well
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.dropping import files_of
from app.views.tasks import Task

if TYPE_CHECKING:
    from app.importers.sheets import Layout
    from app.services.imports.importing import ImportReport
    from app.services.imports.opening import OpenFile
    from app.views.preview.dialog import ImportDialog, NewLayouts

FILTER = (
    "Excel, CSV, Parquet, Arrow, JSON, LAS, DBF, ZIP (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt "
    "*.parquet *.feather *.arrow *.json *.ndjson *.las *.dbf *.zip);;* (*)"
)
WELLS_TOLD = 3
MOST_FILES = 1_000


def _open(
    job: Job, workspace: Workspace, path: Path, layouts: dict[str, Layout] | None
) -> OpenFile | ImportRecord:
    """The file with a proposal, or the import that brought the same content before."""
    from app.services.imports.importing import imported_before
    from app.services.imports.opening import open_file, sha256_of

    before = imported_before(workspace, sha256_of(path)) if path.is_file() and layouts is None else None
    return before or open_file(workspace, path, layouts=layouts, preview=True)


class _File(NamedTuple):
    """One that waits or is read: `well` is what its rows are of, `new_well` what is made for it."""

    path: Path
    well: str | None = None
    new_well: str = ""


def _commit(
    job: Job, workspace: Workspace, opened: OpenFile, well: str | None, new_well: str
) -> tuple[ImportReport, StoredCard | None]:
    """With the card of a recorder's file: it is looked at beside the one before."""
    from app.services.diagnosis.diagnose import diagnose
    from app.services.imports.importing import commit
    from app.services.imports.opening import for_well

    if new_well:
        opened = replace(opened, plan=replace(opened.plan, new_wells=(new_well,)))
    report = commit(workspace, for_well(opened, well) if well else opened, job)
    if report.kind in ("readings", "card", "mixed", *EQUIPMENT):
        for name in report.wells:
            diagnose(workspace, find_well(workspace, name))
    return report, cards.only_of(workspace.store, report.id) if report.kind == "card" else None


def imported(report: ImportReport) -> Notice:
    """What one file brought, with its undo."""
    details: dict[str, object] = {
        "file": report.file,
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
    }
    told = ", ".join(report.wells[:WELLS_TOLD]) + "…" * (len(report.wells) > WELLS_TOLD)
    details["of"] = in_each_language("import.of_wells", {"wells": told}) if told else ""
    return Notice(Severity.DONE, "notice.imported", details, "take back", report.id)


def files_in(paths: list[Path]) -> list[Path]:
    """Folders give the files in them, MOST_FILES at most; what spreadsheets leave beside an open file is
    passed over.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for folder, _, names in os.walk(path):
            found += [Path(folder) / name for name in sorted(names) if not name.startswith((".", "~$"))]
    return found[:MOST_FILES]


class Importing(QObject):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent
        self._waiting: list[_File] = []
        self._busy: _File | None = None
        self._task: Task | None = None
        self.dialog: ImportDialog | None = None

    @Slot()
    def ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Import files"), "", FILTER)
        self.take([Path(name) for name in names])

    @staticmethod
    def can_take(given: QMimeData) -> bool:
        return bool(files_of(given)) or "\t" in given.text() or ";" in given.text()

    def can_paste(self) -> bool:
        copied: QMimeData | None = QApplication.clipboard().mimeData()  # none where there is no clipboard
        return copied is not None and self.can_take(copied)

    @Slot()
    def paste(self) -> None:
        if self.can_paste():
            self.take_of(QApplication.clipboard().mimeData())

    def take_of(self, given: QMimeData) -> None:
        """Copied or let go over the window: a range of a spreadsheet, or files of the file manager."""
        if files := files_of(given):
            self.take(files)
        else:
            folder = self._context.workspace.paths.folder / "pasted"
            folder.mkdir(mode=0o700, exist_ok=True)
            name, now = self.tr("pasted"), self._context.speaker.zone.local(self._context.workspace.clock())
            path = folder / f"{name} {now:%Y-%m-%d %H-%M-%S}.tsv"
            write_atomically(path, given.text().encode("utf-8-sig"), durable=False)
            self.take([path])

    def take(self, paths: list[Path], well: str | None = None) -> None:
        self._waiting += [_File(path, well) for path in files_in(paths)]
        self._next()

    def _next(self) -> None:
        if self._busy is not None or not self._waiting:
            return
        self._busy = self._waiting.pop(0)
        title = f"{self._context.speaker.say('job.reading_file')}: {self._busy.path.name}"
        self._start(_open, self._busy.path, None, title=title, done=self._looked_at)

    def _start(
        self, work: Callable[..., Any], *arguments: Any, title: str, done: Callable[[Any], None]
    ) -> None:
        self._task = self._context.runner.start(
            work, self._context.workspace, *arguments, title=title, done=done, failed=self._failed
        )
        self._task.left_worker.connect(self._left)

    @Slot(object)
    def _left(self, task: Task) -> None:
        """A task that has told nothing before it ends was cancelled by hand."""
        if task is self._task:
            self._end()

    @Slot()
    def _end(self) -> None:
        """With this file, whatever became of it; the next one."""
        if self._busy is not None and self._busy.path.parent.name == "pasted":
            self._busy.path.unlink(missing_ok=True)  # the journal has it, or nobody wants it
        self._busy, self._task, self.dialog = None, None, None
        self._next()

    @Slot(object)
    def _looked_at(self, opened: OpenFile | ImportRecord) -> None:
        assert self._busy is not None
        self._task = None
        if isinstance(opened, ImportRecord):
            self._context.workspace.notices.publish(
                Notice(Severity.INFO, "notice.imported_before", {"file": self._busy.path.name})
            )
            self._end()
        elif opened.contents.sheets:
            self._show_dialog(opened)
        else:
            self._commit(opened)

    def _show_dialog(self, opened: OpenFile) -> None:
        from app.views.preview.dialog import ImportDialog

        well = self._busy.well if self._busy is not None else None
        if well is None and self._context.well is not None:
            well = self._context.well.name
        self.dialog = ImportDialog(self._context, _with_usual_well(opened, well), self._window)
        self.dialog.import_wanted.connect(self._commit)
        self.dialog.reread_wanted.connect(self._reread)
        self.dialog.rejected.connect(self._end)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    @Slot(object)
    def _reread(self, wanted: NewLayouts) -> None:
        self._start(_open, wanted.opened.path, wanted.layouts, title="", done=self._read_again)

    @Slot(object)
    def _read_again(self, opened: OpenFile) -> None:
        self._task = None
        if self.dialog is not None:
            self.dialog.reread(opened)

    @Slot(object)
    def _commit(self, opened: OpenFile) -> None:
        file = self._busy or _File(opened.path)
        title = f"{self._context.speaker.say('job.import')}: {opened.path.name}"
        self._start(_commit, opened, file.well, file.new_well, title=title, done=self._done)

    @Slot(object)
    def _done(self, answer: tuple[ImportReport, StoredCard | None]) -> None:
        report, card = answer
        self._context.workspace.notices.publish(imported(report))
        last = not self._waiting
        self._end()
        self._context.everything_changed()
        if card is not None and last:
            self._show(card)

    def _show(self, card: StoredCard) -> None:
        """Of the well that is open; who works at another one stays there."""
        if self._context.well is not None and int(self._context.well.id) == card.well_id:
            self._context.page_wanted.emit("cards", card)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        busy = self._busy
        self._end()
        if isinstance(error, KnownError) and busy is not None:
            if error.code == "import_needs_well":
                self._ask_well(busy.path)
                return
            if error.code in ("wells_unknown", "wells_odd") and busy.well is None and not busy.new_well:
                is_name = error.code == "wells_unknown" and error.details["count"] == 1
                self._ask_well(busy.path, str(error.details["wells"]), can_be_made=is_name)
                return
            if error.code == "file_is_document" and self._context.well is not None:
                self._context.workspace.notices.publish(
                    Notice(Severity.INFO, "notice.file_is_document", {"file": busy.path.name})
                )
                self._context.document_wanted.emit(busy.path)
                return
        self._context.runner.failed.emit(error)

    def _ask_well(self, path: Path, named: str = "", *, can_be_made: bool = False) -> None:
        """The well that is open is proposed only for a file that names none: another is not it."""
        wells: list[Well] = records.wells(self._context.workspace.store)
        names = [well.name for well in wells]
        chosen = self._context.well
        start = names.index(chosen.name) if chosen is not None and chosen.name in names else 0
        question = self.tr("The file {name} names no well. Which well is it from?").format(name=path.name)
        new = self.tr("A new well: {well}").format(well=named)
        if named:
            question = self.tr(
                "The file {name} is from well “{well}”, which is not known. Which well is it?"
            ).format(name=path.name, well=named)
        if can_be_made:
            names, start = [new, *names], 0
        name, good = QInputDialog.getItem(self._window, self.tr("Which well?"), question, names, start, False)
        if good:
            made = can_be_made and name == new
            self._waiting.insert(0, _File(path, new_well=named) if made else _File(path, name))
            self._next()


def _with_usual_well(opened: OpenFile, well: str | None) -> OpenFile:
    """The chosen well is offered for rows that name none; a file that names its wells is left alone."""
    if well is None:
        return opened
    plan = opened.plan
    for sheet in plan.sheets:
        if not sheet.well and sheet.column_of("well") is None and sheet.kind != "wells":
            plan = plan.with_sheet(replace(sheet, well=well))
    return replace(opened, plan=plan)
