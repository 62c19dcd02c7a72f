"""Reads the parts of a well, a neighbour's to copy, and keeps what was typed: off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.records import Record
from app.models.wells import Well
from app.services.wells import building
from app.services.wells.building import Standing
from app.services.workspace import Workspace
from app.views.context import Context

Copied = dict[str, Record]


def _open(job: Job, workspace: Workspace, well: Well | None) -> tuple[Standing, list[Well]]:
    there = Standing(None) if well is None else building.standing(workspace, well)
    return there, building.neighbours(workspace, well)


def _copy(job: Job, workspace: Workspace, source: Well) -> Copied:
    return building.copied(workspace, source, workspace.clock())


def _save(
    job: Job,
    workspace: Workspace,
    well: Well | None,
    field_name: str,
    passport: Record | None,
    parts: list[Record],
) -> tuple[Well, frozenset[str]]:
    saved = building.save(workspace, well, field_name, passport, parts)
    kinds = {record.kind for record in parts} | ({building.PASSPORT} if passport is not None else set())
    return saved, frozenset(kinds)


class BuilderPresenter(QObject):
    opened = Signal(Standing, list)  # of Well: whom one copies from
    copied = Signal(list)  # of Record, one of a kind
    saved = Signal(Well, frozenset)  # kinds of what was kept
    refused = Signal(KnownError)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def open(self, well: Well | None) -> None:
        self._context.runner.start(_open, self._context.workspace, well, lane="store", done=self._opened)

    @Slot(object)
    def _opened(self, answer: tuple[Standing, list[Well]]) -> None:
        self.opened.emit(*answer)

    def copy(self, source: Well) -> None:
        self._context.runner.start(_copy, self._context.workspace, source, lane="store", done=self._copied)

    @Slot(object)
    def _copied(self, parts: Copied) -> None:
        self.copied.emit(list(parts.values()))

    def save(self, well: Well | None, field_name: str, passport: Record | None, parts: list[Record]) -> None:
        self._context.runner.start(
            _save,
            self._context.workspace,
            well,
            field_name,
            passport,
            parts,
            lane="journal",
            purpose="well builder",
            done=self._saved,
            failed=self._failed,
        )

    @Slot(object)
    def _saved(self, answer: tuple[Well, frozenset[str]]) -> None:
        self.saved.emit(*answer)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self.refused.emit(error)
        else:
            self._context.runner.failed.emit(error)
