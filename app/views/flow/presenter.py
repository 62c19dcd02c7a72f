"""Fetches the flow tests of a well and what stands beside them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.analysis.wells.flow import FlowHistory
from app.core.jobs import Job
from app.models.changes import READINGS
from app.models.wells import Well
from app.services.wells.flow import history, usual_window
from app.services.wells.model_curves import with_curves
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter
from app.views.tasks import Task


def _fetch(job: Job, workspace: Workspace, well: Well) -> FlowHistory:
    found = history(workspace, well, *usual_window(workspace, well), job)
    return with_curves(workspace, well, found)


class FlowPresenter(WellPresenter):
    reads = frozenset(
        {
            READINGS,
            "flow_test",
            "fluid_level",
            "production",
            "installation",
            "workover",
            "lab_result",
            "model_result",
            "model_curve",
            "fluid",
        }
    )
    fetched = Signal(FlowHistory)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _fetch, self._context.workspace, well, lane="store", purpose="flow", done=self.fetched
        )
