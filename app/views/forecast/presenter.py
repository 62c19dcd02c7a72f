"""Fetches how long a well is likely to live and what it will give, by this laptop and by the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from app.analysis.forecast.outlook import CentreForecast, Forecast
from app.core.jobs import Job
from app.models.changes import FINDINGS, READINGS
from app.models.wells import Well
from app.services.wells.forecast import forecast
from app.services.wells.made import of_centre
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter
from app.views.tasks import Task


@dataclass(frozen=True)
class ForecastAnswer:
    """`centre`: what was made there last, None where nothing came from it."""

    own: Forecast
    centre: CentreForecast | None
    now: datetime


def _fetch(job: Job, workspace: Workspace, well: Well) -> ForecastAnswer:
    return ForecastAnswer(forecast(workspace, well, job), of_centre(workspace, well), workspace.clock())


class ForecastPresenter(WellPresenter):
    reads = frozenset(
        {READINGS, FINDINGS, "flow_test", "production", "event", "workover", "installation", "model_result"}
    )
    fetched = Signal(ForecastAnswer)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _fetch, self._context.workspace, well, purpose="forecast", done=self.fetched
        )
