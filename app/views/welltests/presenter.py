"""Lists the tests of a well and opens one, over a window that may have been dragged by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from app.analysis.transient.opened import OpenedTest
from app.core.jobs import Job
from app.models.changes import WELL_TESTS
from app.models.records import FlowTest
from app.models.store import records, well_tests
from app.models.well_tests import StoredTest
from app.models.wells import Well
from app.services.wells.tests_beside import NEAR
from app.services.wells.well_tests import Wanted, opened
from app.services.workspace import Workspace
from app.views.presenter import WellPresenter
from app.views.tasks import Task

Listed = tuple[list[StoredTest], list[FlowTest]]


def _list(job: Job, workspace: Workspace, well: Well) -> Listed:
    """With the flow tests that rates before them are held against."""
    tests = well_tests.of_well(workspace.store, well.id)
    if not tests:
        return tests, []
    since, until = tests[0].taken_at, tests[-1].taken_at
    first, last = min(since, until) - NEAR, max(since, until) + NEAR
    return tests, records.flow_tests(workspace.store, well.id, first, last)


def _analyse(job: Job, test: StoredTest, wanted: Wanted, flowed: Sequence[FlowTest]) -> OpenedTest:
    return opened(test, wanted, flowed)


class WellTestsPresenter(WellPresenter):
    reads = frozenset({WELL_TESTS})
    listed = Signal(list)  # of StoredTest
    _flowed: Sequence[FlowTest] = ()
    analysed = Signal(OpenedTest)

    def load(self, well: Well) -> Task:
        return self._context.runner.start(
            _list, self._context.workspace, well, lane="store", purpose="well tests", done=self._listed
        )

    @Slot(object)
    def _listed(self, found: Listed) -> None:
        tests, self._flowed = found
        self.listed.emit(tests)

    def analyse(self, test: StoredTest, wanted: Wanted | None = None) -> None:
        """`wanted` by the engineer; without it what the program finds by itself."""
        task = self._context.runner.start(
            _analyse, test, wanted or Wanted(), self._flowed, purpose="well test", done=self.analysed
        )
        self._seen.also(task)
