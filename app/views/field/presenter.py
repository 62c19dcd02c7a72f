"""Fetches the wells of the field and those of a pad over time; has all of them diagnosed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.jobs import Job
from app.models.changes import CARDS, FINDINGS, READINGS, WELLS, Changed
from app.models.overview import WellRow
from app.models.store import records
from app.models.wells import Well
from app.services.diagnosis.diagnose import field_judged
from app.services.tasks.route import Place, places
from app.services.wells.dashboard import Floats, PadLine, field_rows, pad_lines, sparks
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.when_seen import WhenSeen

READS = frozenset({WELLS, FINDINGS, READINGS, CARDS, "flow_test", "location"})


@dataclass(frozen=True)
class PadAnswer:
    lines: list[PadLine]
    span: tuple[int, int] | None


@dataclass(frozen=True)
class FieldAnswer:
    """`places`: well → where it stands [m]."""

    rows: list[WellRow]
    places: dict[int, Place]


@dataclass(frozen=True)
class SparkAnswer:
    """`lines`: well → daily means [SI]; of these rows."""

    rows: list[WellRow]
    lines: dict[int, Floats]


def _fetch_rows(job: Job, workspace: Workspace) -> FieldAnswer:
    return FieldAnswer(field_rows(workspace), places(workspace))


def _fetch_sparks(job: Job, workspace: Workspace, rows: list[WellRow]) -> SparkAnswer:
    return SparkAnswer(rows, sparks(workspace, rows))


def _fetch_pad(job: Job, workspace: Workspace, field_name: str, pad: str) -> PadAnswer:
    return PadAnswer(*pad_lines(workspace, field_name, pad))


def _well(job: Job, workspace: Workspace, well_id: int) -> Well:
    return next(well for well in records.wells(workspace.store) if well.id == well_id)


class FieldPresenter(QObject):
    rows_ready = Signal(FieldAnswer)
    pad_ready = Signal(PadAnswer)
    sparks_ready = Signal(SparkAnswer)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._seen = WhenSeen(page, self._load)
        context.changed.connect(self._changed)

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        if change.concerns(None, READS):
            self._seen.wanted()

    @Slot()
    def _load(self) -> None:
        self._context.runner.start(
            _fetch_rows, self._context.workspace, lane="store", purpose="field", done=self._fetched
        )

    @Slot(object)
    def _fetched(self, answer: FieldAnswer) -> None:
        self.rows_ready.emit(answer)

    @Slot(list)
    def load_sparks(self, rows: list[WellRow]) -> None:
        self._context.runner.start(
            _fetch_sparks,
            self._context.workspace,
            rows,
            lane="store",
            purpose="field sparks",
            done=self.sparks_ready,
        )

    def load_pad(self, field_name: str, pad: str) -> None:
        self._context.runner.start(
            _fetch_pad,
            self._context.workspace,
            field_name,
            pad,
            lane="store",
            purpose="pad",
            done=self.pad_ready,
        )

    def choose_well(self, well_id: int) -> None:
        """The window goes to this well."""
        self._context.runner.start(
            _well,
            self._context.workspace,
            well_id,
            lane="store",
            purpose="field well",
            done=self._context.choose_well,
        )

    @Slot()
    def diagnose_all(self) -> None:
        """With progress and cancel in the jobs bar."""
        self._context.runner.start(
            field_judged,
            self._context.workspace,
            purpose="diagnose field",
            title=self._context.speaker.say("job.diagnosing"),
            done=self._context.changed,
        )
