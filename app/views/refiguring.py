"""Behind the pages: cards of the chosen well that were computed with other equipment than is known now."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.core.jobs import Job
from app.models.changes import CARDS, FINDINGS, REFIGURED, Changed
from app.models.wells import SRP, Well
from app.services.workspace import Workspace
from app.views.context import Context


def _refigure(job: Job, workspace: Workspace, well: Well) -> Changed | None:
    """What has changed by it; None where every card stands as it was computed."""
    from app.services.diagnosis.diagnose import diagnose
    from app.services.diagnosis.refiguring import refigure

    if not refigure(workspace, well.id, job):
        return None
    diagnose(workspace, well, job, figured=True)
    return Changed(well.id, frozenset({CARDS, FINDINGS}))


class Refiguring(QObject):
    """Whoever changed it: an entry, an import, another laptop."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        context.well_changed.connect(self.look)
        context.changed.connect(self._changed)

    @Slot(Well)
    def look(self, well: Well) -> None:
        if well.lift == SRP:
            self._context.runner.start(
                _refigure, self._context.workspace, well, purpose="refigure", done=self._done
            )

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if well is not None and change.kinds and change.concerns(well.id, REFIGURED):
            self.look(well)

    @Slot(object)
    def _done(self, change: Changed | None) -> None:
        if change is not None:
            self._context.changed.emit(change)
