"""Behind the pages: readings are held against the limits as they come, and again when limits are others."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.core.jobs import Job
from app.models.changes import ALARMS, READINGS, WELLS, Changed
from app.models.wells import Well
from app.services.workspace import Workspace
from app.views.context import Context

OF_ONE = frozenset({READINGS, "installation"})
OF_ALL = frozenset({WELLS, "alarm_limit", "well_passport"})


def _look(job: Job, workspace: Workspace, well: Well) -> Changed | None:
    from app.services.alarms import looking

    return looking.well_looked_at(job, workspace, well)


def _look_at_all(job: Job, workspace: Workspace) -> Changed | None:
    from app.services.alarms import looking

    return looking.field_looked_at(job, workspace)


class Alarming(QObject):
    """Whatever brought them: a device, an import, another laptop, a person."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._begun = False
        context.well_changed.connect(self.look)
        context.changed.connect(self._changed)

    @Slot(Well)
    def look(self, well: Well) -> None:
        """The first well of a sitting brings the others after it."""
        if not self._begun:
            self._begun = True
            self._look_at_all()
        self._context.runner.start(
            _look, self._context.workspace, well, purpose="limits of the well", done=self._done
        )

    def _look_at_all(self) -> None:
        self._context.runner.start(
            _look_at_all, self._context.workspace, purpose="limits of all", done=self._done
        )

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if not change.kinds or change.kinds & OF_ALL:
            self._look_at_all()
        elif change.kinds & OF_ONE:
            if well is not None and change.well == well.id:
                self.look(well)
            else:
                self._look_at_all()

    @Slot(object)
    def _done(self, change: Changed | None) -> None:
        if change is not None:
            self._context.changed.emit(change)


CHANGES = frozenset({ALARMS, "alarm_act", WELLS})
"""What a list of alarms is read anew for."""
