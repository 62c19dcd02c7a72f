"""Undo of a record from its notice: it may have left the table that was open. Apart from the panel: a start
must not wait for what tables and exports need.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.jobs import Job
from app.models.changes import Changed
from app.services.workspace import Workspace
from app.views.context import Context


def _undo(job: Job, workspace: Workspace, kind: str, record_id: str) -> Changed:
    from app.services.records import entries

    return Changed(entries.undo_change(workspace, record_id), frozenset({kind}))


class RecordUndo(QObject):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context

    def undo(self, value: str) -> None:
        """`value` is "kind:id"."""
        kind, _, record_id = value.partition(":")
        self._context.runner.start(
            _undo,
            self._context.workspace,
            kind,
            record_id,
            lane="store",
            done=self._context.changed,
        )
