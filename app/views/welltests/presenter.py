"""Lists the tests of a well and opens one, over a window that may have been dragged by hand."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from app.analysis.transient.opened import OpenedTest
from app.core.jobs import Job
from app.models.changes import WELL_TESTS
from app.models.store import well_tests
from app.models.well_tests import StoredTest
from app.models.wells import Well
from app.services.wells.well_tests import Wanted, opened
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter
from app.views.tasks import Task


def _list(job: Job, workspace: Workspace, well: Well) -> list[StoredTest]:
    return well_tests.of_well(workspace.store, well.id)


def _analyse(job: Job, test: StoredTest, wanted: Wanted) -> OpenedTest:
    return opened(test, wanted)


class WellTestsPresenter(WellPresenter):
    reads = frozenset({WELL_TESTS})
    listed = Signal(list)  # of StoredTest
    analysed = Signal(OpenedTest)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _list, self._context.workspace, well, lane="store", purpose="well tests", done=self._listed
        )

    @Slot(object)
    def _listed(self, tests: list[StoredTest]) -> None:
        self.listed.emit(tests)

    def analyse(self, test: StoredTest, wanted: Wanted | None = None) -> None:
        """`wanted` by the engineer; without it what the program finds by itself."""
        task = self._context.runner.start(
            _analyse, test, wanted or Wanted(), purpose="well test", done=self.analysed
        )
        self._seen.also(task)
