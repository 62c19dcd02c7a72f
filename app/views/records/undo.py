"""Undo of a record from its notice. Apart from the panel: a start must not wait for what tables and exports
need.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.core.jobs import Job
from app.services.workspace import Workspace
from app.views.context import Context


def _undo_by_id(job: Job, workspace: Workspace, record_id: str) -> int:
    from app.services.records import entries

    return entries.undo_change(workspace, record_id)


class RecordUndo(QObject):
    """Undo from a notice: the record may have left the table that was open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context

    def undo(self, value: str) -> None:
        self._context.runner.start(
            _undo_by_id, self._context.workspace, value.partition(":")[2], lane="store", done=self._undone
        )

    @Slot(object)
    def _undone(self, well_id: int) -> None:
        self._context.data_changed.emit(well_id)
