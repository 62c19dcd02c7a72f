"""Fetches the records of a well, removes and brings back, writes lists to files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.models.kinds import KINDS
from app.models.records import FiledRecord, Record
from app.models.wells import Well
from app.services.records import entries
from app.services.records import lists as record_lists
from app.services.reports.table_files import write_table
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.read_of_well import ReadOfWell
from app.views.tasks import Task


def _fetch(job: Job, workspace: Workspace, well: Well, kinds: tuple[str, ...]) -> list[FiledRecord]:
    return record_lists.rows(workspace, well.id, kinds)


def _remove(job: Job, workspace: Workspace, record: Record) -> Record:
    entries.remove_record(workspace, record)
    return record


def _undo(job: Job, workspace: Workspace, record: Record) -> Record:
    entries.undo_change(workspace, record.id)
    return record


def _export(job: Job, rows: list[FiledRecord], out: Path) -> tuple[Path, int]:
    write_table(record_lists.table(rows), out)
    return out, len(rows)


class RecordsPresenter(QObject):
    """`kinds` may change."""

    fetched = Signal(list)  # of FiledRecord

    def __init__(self, context: Context, kinds: tuple[str, ...], panel: QWidget) -> None:
        super().__init__(panel)
        self._context, self.kinds = context, kinds
        self._seen = ReadOfWell(context, panel, self._load)
        context.changed.connect(self._changed)

    def show_kinds(self, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds
        self._seen.wanted()

    def _load(self) -> Task | None:
        well = self._context.well
        if well is None:
            return None
        return self._context.runner.start(
            _fetch,
            self._context.workspace,
            well,
            self.kinds,
            lane="store",
            purpose=f"records {id(self)}",
            done=self._fetched,
        )

    @Slot(object)
    def _fetched(self, rows: list[FiledRecord]) -> None:
        self.fetched.emit(rows)

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if well is not None and change.concerns(well.id, self.kinds):
            self._seen.wanted()

    def remove(self, record: Record) -> None:
        self._context.runner.start(_remove, self._context.workspace, record, lane="store", done=self._removed)

    @Slot(object)
    def _removed(self, record: Record) -> None:
        self._say("notice.record_removed", record, "take back", record.id)
        self._context.changed.emit(Changed.of(record))

    def undo(self, record: Record) -> None:
        """The version before the last."""
        self._context.runner.start(_undo, self._context.workspace, record, lane="store", done=self._undone)

    @Slot(object)
    def _undone(self, record: Record) -> None:
        self._say("notice.record_restored", record)
        self._context.changed.emit(
            Changed(record.well_id, frozenset({record.kind}))
        )  # also where it was before

    def _say(self, code: str, record: Record, action: str = "", value: str = "") -> None:
        what = KINDS[record.kind].name(self._context.speaker.language)
        self._context.workspace.notices.publish(Notice(Severity.DONE, code, {"what": what}, action, value))

    def export(self, rows: list[FiledRecord], path: Path) -> None:
        self._context.runner.start(_export, rows, path, done=self._exported)

    @Slot(object)
    def _exported(self, answer: tuple[Path, int]) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.file_exported", {"file": str(answer[0]), "rows": answer[1]})
        )
