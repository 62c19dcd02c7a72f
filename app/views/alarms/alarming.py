"""Behind the pages: readings are held against the limits as they come, and again when limits are others."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from app.core.jobs import Job
from app.models.changes import ALARMS, READINGS, WELLS, Changed
from app.models.wells import Well
from app.services.workspace import Workspace
from app.views.context import Context

OF_ONE = frozenset({READINGS, "installation"})
FIRST_MS = 5_000
"""The wells that nobody has opened wait so long: a window that comes up has other work."""
OF_ALL = frozenset({WELLS, "alarm_limit", "well_passport"})


def _look(job: Job, workspace: Workspace, number: int) -> Changed | None:
    from app.services.alarms import looking

    return looking.well_looked_at(job, workspace, number)


def _look_at_all(job: Job, workspace: Workspace) -> Changed | None:
    from app.services.alarms import looking

    return looking.field_looked_at(job, workspace)


class Alarming(QObject):
    """Whatever brought them: a device, an import, another laptop, a person."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._is_looking = self._was_broken_off = False
        """Of a look at all: what it has found till it is broken off is written, and nobody was told."""
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._first.timeout.connect(self._look_at_all)
        self._first.start()
        context.well_changed.connect(self.look)
        context.changed.connect(self._changed)

    @Slot(Well)
    def look(self, well: Well) -> None:
        self._look(int(well.id))

    def _look(self, number: int) -> None:
        self._context.runner.start(
            _look, self._context.workspace, number, purpose=f"limits of well {number}", done=self._done
        )

    @Slot()
    def _look_at_all(self) -> None:
        self._was_broken_off |= self._is_looking
        self._is_looking = True
        self._context.runner.start(
            _look_at_all, self._context.workspace, purpose="limits of all", done=self._all_done
        )

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        of_one = bool(change.kinds & OF_ONE)
        if not change.kinds or change.kinds & OF_ALL or (of_one and change.well is None):
            self._look_at_all()
        elif of_one and change.well is not None:
            self._look(change.well)

    @Slot(object)
    def _all_done(self, change: Changed | None) -> None:
        if change is None and self._was_broken_off:
            change = Changed(kinds=frozenset({ALARMS}))
        self._is_looking = self._was_broken_off = False
        self._done(change)

    @Slot(object)
    def _done(self, change: Changed | None) -> None:
        if change is not None:
            self._context.changed.emit(change)


CHANGES = frozenset({ALARMS, "alarm_act", WELLS})
"""What a list of alarms is read anew for."""
