"""Fetches how long a well is likely to live and what it will give, by this laptop and by the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from app.analysis.forecast.outlook import CentreForecast, Forecast
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.changes import FINDINGS, READINGS
from app.models.wells import Well
from app.services.wells import pump_runs, run_life
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
    of_field: tuple[str, ...] = ()
    """Run life of all pumps of the field, in lines; or why it cannot be told."""


def _fetch(job: Job, workspace: Workspace, well: Well) -> ForecastAnswer:
    every, speaker = pump_runs.runs(workspace), workspace.settings.speaker()
    try:
        of_field = run_life.of_field(workspace, well, every, speaker)
    except KnownError as error:
        of_field = [speaker.error(error)]
    own = forecast(workspace, well, job, every)
    return ForecastAnswer(own, of_centre(workspace, well), workspace.clock(), tuple(of_field))


class ForecastPresenter(WellPresenter):
    reads = frozenset(
        {
            *(READINGS, FINDINGS, "flow_test", "production", "event"),
            *("workover", "installation", "teardown", "model_result"),
        }
    )
    fetched = Signal(ForecastAnswer)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _fetch, self._context.workspace, well, purpose="forecast", done=self.fetched
        )
