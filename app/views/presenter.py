"""Between a page of a well and the services: reads anew when the well, or what is shown of it, is another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.models.changes import Changed
from app.models.wells import Well
from app.views.context import Context
from app.views.read_of_well import ReadOfWell
from app.views.tasks import Task


class WellPresenter(QObject):
    """`reads` are the kinds of things that the page shows; a change of anything else is no work for it, and
    none is done while nobody looks at the page.
    """

    reads: ClassVar[frozenset[str]]

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._seen = ReadOfWell(context, page, self._load)
        context.changed.connect(self._changed)

    def load(self, well: Well) -> Task:
        """What the page shows is there when the task has succeeded."""
        raise NotImplementedError

    def fill(self, steps: Iterator[object]) -> None:
        """What was read, put on the page step after step."""
        self._seen.fill(steps)

    def _load(self) -> Task | None:
        return None if self._context.well is None else self.load(self._context.well)

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if well is not None and change.concerns(well.id, self.reads):
            self._seen.wanted()
