"""Fetches what the overview shows, and has the well diagnosed again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from app.analysis.wells.produced import Produced
from app.core.jobs import Job
from app.models.alarms import NONE_WAITS, Waiting
from app.models.changes import ALARMS, CARDS, FINDINGS, READINGS, Changed
from app.models.overview import Overview
from app.models.store import alarm_list
from app.models.store import findings as finding_store
from app.models.wells import Well
from app.services.diagnosis.diagnose import diagnose
from app.services.wells import visits
from app.services.wells.overview import MEASURED, overview
from app.services.wells.production import last_produced
from app.services.wells.sketch import Sketch, sketch
from app.services.wells.visits import News
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter
from app.views.tasks import Task


@dataclass(frozen=True)
class Seen:
    """How the well is, the sketch of it, what is newer than the last visit (None at the first), how many
    alarms wait for somebody: no findings, and told apart from them; and the newest day or month of its books.
    """

    overview: Overview
    sketch: Sketch | None
    news: News | None
    alarms: Waiting = NONE_WAITS
    produced: Produced | None = None


def _fetch(job: Job, workspace: Workspace, well: Well) -> Seen:
    answer = overview(workspace, well, job)
    since = visits.visit(workspace, well)
    seen = Seen(
        answer,
        sketch(workspace, well, answer.values),
        None if since is None else visits.news(workspace, well, since, answer.findings),
        alarm_list.by_well(workspace.store, workspace.clock(), (int(well.id),)).get(int(well.id), NONE_WAITS),
        last_produced(workspace, well),
    )
    if any(not finding.seen for finding in answer.findings):
        finding_store.mark_seen(workspace.store, well.id)
    return seen


def _diagnose(job: Job, workspace: Workspace, well: Well) -> Changed:
    diagnose(workspace, well, job)
    return Changed(well.id, frozenset({FINDINGS}))


class OverviewPresenter(WellPresenter):
    reads = frozenset({FINDINGS, READINGS, CARDS, ALARMS, "alarm_act", "flow_test", "production", *MEASURED})
    fetched = Signal(Seen)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _fetch, self._context.workspace, well, lane="store", purpose="overview", done=self.fetched
        )

    @Slot()
    def diagnose_again(self) -> None:
        if self._context.well is not None:
            self._context.runner.start(
                _diagnose,
                self._context.workspace,
                self._context.well,
                purpose="diagnose",
                title=self._context.speaker.say("job.diagnosing"),
                done=self._context.changed,
            )
