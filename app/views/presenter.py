"""Between a page of a well and the services: reads anew when the well, or what is shown of it, is another."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.models.changes import Changed
from app.models.wells import Well
from app.views.context import Context
from app.views.when_seen import WhenSeen


class WellPresenter(QObject):
    """`reads` are the kinds of things that the page shows; a change of anything else is no work for it, and
    none is done while nobody looks at the page.
    """

    reads: ClassVar[frozenset[str]]

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._seen = WhenSeen(page, self._load)
        context.well_changed.connect(self._seen.wanted)
        context.changed.connect(self._changed)

    def load(self, well: Well) -> None:
        raise NotImplementedError

    @Slot()
    def _load(self) -> None:
        if self._context.well is not None:
            self.load(self._context.well)

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if well is not None and change.concerns(well.id, self.reads):
            self._seen.wanted()
