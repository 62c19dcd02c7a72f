"""Between a page of a well and the services: reads anew when the well, or what is shown of it, is another."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Slot

from app.models.changes import Changed
from app.models.wells import Well
from app.views.context import Context


class WellPresenter(QObject):
    """`reads` are the kinds of things that the page shows; a change of anything else is no work for it."""

    reads: ClassVar[frozenset[str]]

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.well_changed.connect(self.load)
        context.changed.connect(self._changed)

    @Slot(Well)
    def load(self, well: Well) -> None:
        raise NotImplementedError

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if well is not None and change.concerns(well.id, self.reads):
            self.load(well)
