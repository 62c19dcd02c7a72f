"""Fetches what the overview shows, and has the well diagnosed again."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from app.core.jobs import Job
from app.models.changes import CARDS, FINDINGS, READINGS, Changed
from app.models.overview import Overview
from app.models.store import findings as finding_store
from app.models.wells import Well
from app.services.diagnosis.diagnose import diagnose
from app.services.wells.overview import overview
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter


def _fetch(job: Job, workspace: Workspace, well: Well) -> Overview:
    answer = overview(workspace, well, job)
    if any(not finding.seen for finding in answer.findings):
        finding_store.mark_seen(workspace.store, well.id)
    return answer


def _diagnose(job: Job, workspace: Workspace, well: Well) -> Changed:
    diagnose(workspace, well, job)
    return Changed(well.id, frozenset({FINDINGS}))


class OverviewPresenter(WellPresenter):
    reads = frozenset({FINDINGS, READINGS, CARDS, "flow_test"})
    fetched = Signal(Overview)

    def load(self, well: Well) -> None:
        self._context.runner.start(
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
