"""What is done with the wells that are chosen in the list: one, or several at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.changes import FINDINGS, Changed
from app.models.wells import Well
from app.services.wells import listing
from app.services.wells.listing import Listing
from app.services.workspace import Workspace
from app.views.builder.building import Building
from app.views.commands.given import Given
from app.views.commands.tree import TREE
from app.views.context import Context
from app.views.handing_out import OPEN, ask_folder
from app.views.merging.merging import Merging
from app.views.well_tree import WellTree


def _diagnose(job: Job, workspace: Workspace, wells: tuple[Well, ...]) -> int:
    from app.services.diagnosis.diagnose import diagnose

    for done, well in enumerate(wells):
        job.report(done, len(wells), "job.diagnosing")
        job.check()
        diagnose(workspace, well, job)
    return len(wells)


def _export(job: Job, workspace: Workspace, wells: tuple[Well, ...], folder: Path) -> tuple[Path, int]:
    from app.services.reports.exporting import export_all

    return folder, export_all(workspace, wells, folder, job)


def _change(job: Job, workspace: Workspace, change: Callable[[Workspace], Listing]) -> Listing:
    return change(workspace)


class TreeActions(QObject):
    def __init__(
        self, context: Context, tree: WellTree, window_given: Given, building: Building, merging: Merging
    ) -> None:
        super().__init__(tree)
        self._context, self._tree, self._window_given = context, tree, window_given
        self._building, self._merging = building, merging
        self.given = Given(TREE, self, tree, context)
        tree.menu_wanted.connect(self.show_menu)

    @property
    def chosen(self) -> list[Well]:
        return self._tree.chosen()

    @property
    def listing(self) -> Listing:
        return self._tree.listing

    @Slot(QPoint)
    def show_menu(self, at: QPoint) -> QMenu:
        """What concerns the chosen wells; what concerns the open one where that is chosen alone."""
        menu = self.given.menu(self._tree)
        open_now = self._context.coming or self._context.well
        if open_now is not None and [one.id for one in self.chosen] == [open_now.id]:
            menu.addSeparator()
            self._window_given.fill(menu)
        menu.popup(at)
        return menu

    def open(self) -> None:
        self._context.choose_well(self.chosen[0])
        self._context.page_wanted.emit("overview", None)

    def report(self) -> None:
        wells = self.chosen
        self._context.page_wanted.emit("reports", "hand over" if len(wells) == 1 else tuple(wells))

    def diagnose(self) -> None:
        self._context.runner.start(
            _diagnose,
            self._context.workspace,
            tuple(self.chosen),
            purpose="diagnose",
            title=self._context.speaker.say("job.diagnosing"),
            done=self._diagnosed,
        )

    @Slot(object)
    def _diagnosed(self, count: int) -> None:
        self._context.changed.emit(Changed(kinds=frozenset({FINDINGS})))
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.wells_diagnosed", {"wells": count})
        )

    def ask_export(self) -> None:
        folder = ask_folder(self._context, self._tree, self.tr("Folder of the tables"))
        if folder is not None:
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        self._context.runner.start(
            _export,
            self._context.workspace,
            tuple(self.chosen),
            folder,
            title=self._context.speaker.say("job.export"),
            done=self._exported,
        )

    @Slot(object)
    def _exported(self, answer: tuple[Path, int]) -> None:
        folder, files = str(answer[0]), answer[1]
        details: dict[str, object] = {"count": files, "folder": folder}
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.tables_written", details, OPEN, folder)
        )

    def edit(self) -> None:
        self._building.open_well(self.chosen[0])

    def merge(self) -> None:
        """Of two chosen ones the well that is open stays."""
        wells = sorted(self.chosen, key=lambda well: well == self._context.well)
        self._merging.open_with(wells[0], self._tree.wells(), *wells[1:])

    # ---- the list itself -----------------------------------------------------------------------------------

    def favour(self) -> None:
        """All of them, or none of them when all were."""
        wells = self.chosen
        on = not all(well.key["uid"] in self.listing.favourites for well in wells)
        self._change_list(lambda workspace: listing.favour(workspace, wells, on))

    def hide(self) -> None:
        wells = self.chosen
        self._change_list(lambda workspace: listing.hide(workspace, wells))

    def show_all(self) -> None:
        self._change_list(listing.show_all)

    def _change_list(self, change: Callable[[Workspace], Listing]) -> None:
        self._context.runner.start(
            _change, self._context.workspace, change, lane="journal", done=self._tree.refresh
        )
