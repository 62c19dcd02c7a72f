"""Merges a well into another one, and tells the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.models.wells import Well
from app.views.context import Context

if TYPE_CHECKING:
    from app.views.merging.dialog import MergeDialog


class Merging(QObject):
    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.dialog: MergeDialog | None = None

    def open_chosen(self, wells: list[Well]) -> None:
        """The well that the pages show, into one of `wells`."""
        if self._context.well is not None:
            self.open_with(self._context.well, wells)

    def open_with(self, well: Well, wells: list[Well], into: Well | None = None) -> None:
        """`wells`: all that are shown; those of the same field and pad are offered first. `into`: the one
        that was chosen already.
        """
        from app.views.merging.dialog import MergeDialog  # the first merge loads what it needs

        others = [one for one in wells if one.id != well.id]
        others.sort(key=lambda one: (one.field_name != well.field_name, one.pad != well.pad, one.name))
        self.dialog = MergeDialog(self._context, well, others, self._window)
        self.dialog.merge_wanted.connect(self._merge)
        if into is not None:
            self.dialog.choose(into)
        self.dialog.open()

    @Slot(Well, Well)
    def _merge(self, well: Well, into: Well) -> None:
        from app.views.merging.dialog import merge_now

        self._context.runner.start(
            merge_now,
            self._context.workspace,
            well,
            into,
            title=self._context.speaker.say("job.merging"),
            done=self._merged,
        )

    @Slot(object)
    def _merged(self, wells: tuple[Well, Well]) -> None:
        well, into = wells
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "merge.done", {"well": well.name, "into": into.name})
        )
        self._context.choose_well(into)
        self._context.changed.emit(Changed())
