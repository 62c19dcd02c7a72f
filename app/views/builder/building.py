"""Opens the well builder from anywhere in the window, and tells the pages what it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.core.notices import Notice, Severity
from app.models.changes import WELLS, Changed
from app.models.wells import Well
from app.views.context import Context

if TYPE_CHECKING:
    from app.views.builder.window import BuilderWindow


class Building(QObject):
    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.builder: BuilderWindow | None = None
        context.builder_wanted.connect(self.open_chosen)

    def open_new(self) -> None:
        self.open_well(None)

    @Slot()
    def open_chosen(self) -> None:
        if self._context.well is not None:
            self.open_well(self._context.well)

    def open_well(self, well: Well | None) -> None:
        """Which need not be the one that the pages show; None: a new one."""
        from app.views.builder.window import BuilderWindow  # the first builder loads what it needs

        self.builder = BuilderWindow(self._context, well, self._window)
        self.builder.saved.connect(self._saved)
        self.builder.finished.connect(self.builder.deleteLater)
        self.builder.show()

    @Slot(Well, frozenset)
    def _saved(self, well: Well, kinds: frozenset[str]) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.well_saved", {"name": well.name})
        )
        self._context.choose_well(well, self._context.period)
        self._context.changed.emit(Changed(int(well.id), kinds | {WELLS}))
