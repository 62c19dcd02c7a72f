"""Fetches how long a well is likely to live and what it will give."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.analysis.forecast.outlook import Forecast
from app.core.jobs import Job
from app.models.changes import FINDINGS, READINGS
from app.models.wells import Well
from app.services.wells.forecast import forecast
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter
from app.views.tasks import Task


def _fetch(job: Job, workspace: Workspace, well: Well) -> Forecast:
    return forecast(workspace, well, job)


class ForecastPresenter(WellPresenter):
    reads = frozenset(
        {READINGS, FINDINGS, "flow_test", "production", "event", "workover", "installation", "model_result"}
    )
    fetched = Signal(Forecast)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _fetch, self._context.workspace, well, purpose="forecast", done=self.fetched
        )
