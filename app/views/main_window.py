"""The window: tree left, bar above, pages in the middle, jobs and notices below.

Language, theme and units change while it runs: the inside is built anew, what was open stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.version import program_version
from app.models.wells import Well
from app.services.manual import NEWS
from app.services.workspace import Workspace
from app.views import pages, theme
from app.views.ahead import Ahead
from app.views.alarms.alarming import Alarming
from app.views.bottom_bar import BottomBar
from app.views.builder.building import Building
from app.views.clipping import Clipper
from app.views.command_palette import CommandPalette
from app.views.commands.given import Given, Offer
from app.views.commands.window import WINDOW
from app.views.context import Context
from app.views.demo_field import DemoField
from app.views.dialogs import Dialogs
from app.views.entry.entering import Entering
from app.views.error_dialog import show_bug
from app.views.fault_reports import FaultReports
from app.views.garbage import keep_what_is_loaded
from app.views.handing_out import OPEN, open_path
from app.views.importing import Importing
from app.views.keys_dialog import Places
from app.views.language import Languages
from app.views.learnt_models import BACK, LearntModels
from app.views.merging.merging import Merging
from app.views.my_work.taking_back import TakingBack
from app.views.page_stack import PageStack
from app.views.painting import PaintedApart
from app.views.refiguring import Refiguring
from app.views.search.searching import Searching
from app.views.session import Session
from app.views.session_keeper import SessionKeeper
from app.views.settling import Soon
from app.views.slices import Slices
from app.views.syncing import Syncing
from app.views.tasks import TaskRunner
from app.views.top_bar import TopBar
from app.views.tree_actions import TreeActions
from app.views.updating import Updating, of_other_version
from app.views.watching import FolderWatch
from app.views.well_tree import WellTree

USUAL_SIZE = QSize(1366, 768)
REBUILD_FOR = {"language", "time_zone", "theme", "units", "technical_atmosphere", "glove_mode"}


def _places() -> Places:
    """Every command of the program, by where it is given."""
    from app.views.commands.registry import PLACES

    return list(PLACES.values())


def _load(job: Job, page: str) -> None:
    pages.load(page)


def _load_ahead(job: Job) -> None:
    for _ in pages.load_ahead():
        job.check()
    keep_what_is_loaded()


def _offers(window: MainWindow) -> list[Offer]:
    """Every command that can be given where the window is now."""
    here = getattr(window.stack.current(), "given", None)
    kept = [] if here is None else [here]
    places = [window.given, *kept, window.tree_actions.given, window.entering.given]
    return [offer for given in places for offer in given.offers()]


class MainWindow(QMainWindow):
    def __init__(self, workspace: Workspace, runner: TaskRunner, languages: Languages) -> None:
        super().__init__()
        self._workspace, self._runner, self._languages = workspace, runner, languages
        self.setWindowTitle("Wellside")
        self.setAcceptDrops(True)
        PaintedApart(self)
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize()))
        self._session = SessionKeeper(workspace.paths.session, workspace.notices, self._open_now, self)
        last = self._session.last
        self._was_crash = not last.clean
        self._is_newer = last.program not in ("", program_version())
        self._began = workspace.clock()
        self._page = last.page
        self._wanted_well: int | None = last.well
        self._wanted_period = self._session.period
        if last.geometry:
            self.restoreGeometry(QByteArray.fromBase64(last.geometry.encode()))
        self._rebuild_soon = Soon(self)
        self._rebuild_soon.timeout.connect(self._rebuild)
        self._rebuilding = Slices(self)
        runner.failed.connect(self.show_error)
        self.demo = DemoField(workspace, runner, self)
        self.demo.well_ready.connect(self._demo_well_ready)
        self.demo.removed.connect(self._wells_left)
        self.syncing = Syncing(workspace, runner, self)
        self.updating = Updating(workspace, runner, self)
        self.models = LearntModels(workspace, runner, self)
        FaultReports(workspace, runner, self)
        self.syncing.arrived.connect(self._news_arrived)
        self._forget_settings = workspace.settings.on_change(self._setting_changed)
        self._build()

    # ---- building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        settings = self._workspace.settings
        self._languages.switch(settings["language"])
        application = cast(QApplication, QApplication.instance())
        theme.apply(application, theme.THEMES[settings["theme"]], glove=settings["glove_mode"])
        self.context = Context(self._workspace, self._runner, self.syncing, self)
        self.models.judged_anew.connect(self.context.changed)
        body = QSplitter(Qt.Orientation.Horizontal)
        self.given = Given(WINDOW, self, body, self.context, inside=False)
        self.dialogs = Dialogs(self.context, _places, self)
        self.tree = WellTree(self.context)
        self.top = TopBar(self.context, self.given)
        self.bottom = BottomBar(self.context)
        self.importing = Importing(self.context, self)
        self.entering = Entering(self.context, self)
        self.building = Building(self.context, self)
        self.merging = Merging(self.context, self)
        self.tree_actions = TreeActions(self.context, self.tree, self.given, self.building, self.merging)
        self.taking_back = TakingBack(self.context, self._began)
        self.refiguring = Refiguring(self.context)
        self.alarming = Alarming(self.context)
        self.clipper = Clipper(self.context, self.context)
        self.folder_watch = FolderWatch(self.context)
        self.stack = PageStack(self.context, self._page)
        self.ahead = Ahead(self.stack, self._runner)
        self.searching = Searching(self.context, self.tree, partial(_offers, self), self)
        self.first_run = self.stack.first_run
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, stretch in ((self.top, 0), (self.stack, 1), (self.bottom, 0)):
            layout.addWidget(part, stretch)
        body.addWidget(self.tree)
        body.addWidget(middle)
        body.setSizes([250, 1116])
        body.setStretchFactor(1, 1)
        body.setCollapsible(1, False)
        self.setCentralWidget(body)
        self._connect()
        self.tree.refresh()

    def _connect(self) -> None:
        self.stack.turned.connect(self._page_turned)
        self.tree.loaded.connect(self._wells_loaded)
        self.tree.drafts_known.connect(self.top.show_drafts)
        self.context.well_changed.connect(self._well_changed)
        self.context.period_changed.connect(self._session.save_soon)
        self.entering.turned.connect(self._session.save_soon)
        self.context.page_wanted.connect(self.open_page)
        for signal in (self.context.well_changed, self.tree.loaded, self.syncing.changed):
            signal.connect(self.given.renew)
        self.context.import_wanted.connect(self.importing.ask_files)
        self.context.action_wanted.connect(self._act)
        self.context.turn_wanted.connect(self.taking_back.turn)
        self.first_run.demo_wanted.connect(self.demo.build)
        self.first_run.centre_wanted.connect(self.dialogs.join)
        self.first_run.well_wanted.connect(self.building.open_new)
        self.first_run.restore_wanted.connect(self.dialogs.restore)
        self.demo.started.connect(self.first_run.demo_started)
        self.demo.ended.connect(self.first_run.demo_ended)
        self.demo.ended.connect(self.context.everything_changed)
        if self.demo.running:
            self.first_run.demo_started()

    def _setting_changed(self, key: str) -> None:
        if key in REBUILD_FOR:
            self._rebuild_soon.start()

    @Slot()
    def _rebuild(self) -> None:
        self._rebuilding.begin(self._rebuilt())

    def _rebuilt(self) -> Iterator[None]:
        # A theme is laid on every widget that there is: the pages that are to go are gone before it comes.
        # They go where they stand: out of the window they would be dressed once more.
        yield from self.stack.let_go()
        self._wanted_well = self.context.well.id if self.context.well else None
        self._wanted_period = self.context.period
        old = self.centralWidget()
        old.deleteLater()
        QApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete.value)
        self.context.deleteLater()
        self.importing.deleteLater()
        self.entering.deleteLater()
        self.building.deleteLater()
        self.merging.deleteLater()
        self.searching.leave()
        self._build()

    # ---- wells and pages -----------------------------------------------------------------------------------

    @Slot(int)
    def _wells_loaded(self, count: int) -> None:
        if count and not pages.is_loaded(self._page):  # the window answers while the charts are loaded
            self._runner.start(
                _load, self._page, lane="modules", purpose="first page", done=self._page_loaded
            )
            return
        self.stack.show_wells(count > 0)
        if count == 0:
            return
        if self.context.well is not None:
            self.context.follow(self.context.well, self.tree.wells())
        elif self.context.coming is None:
            self.open_page(self._page)
            wells = self.tree.wells()
            wanted = next((well for well in wells if well.id == self._wanted_well), wells[0])
            self.context.choose_well(wanted, self._wanted_period)
            self._wanted_period = None
            if self._was_crash and wanted.id == self._wanted_well:
                self.context.entry_when_chosen(self._session.last.form)
        if self._was_crash and self._session.last.well is not None:
            self._was_crash = False
            self._workspace.notices.publish(Notice(Severity.INFO, "notice.restored"))
        elif self._is_newer:
            self._workspace.notices.publish(of_other_version())
        self._is_newer = False

    @Slot(object)
    def _page_loaded(self, _: object) -> None:
        if wells := self.tree.wells():  # none where the inside is being built anew: its tree will say
            self._wells_loaded(len(wells))
        self._runner.start(_load_ahead, lane="modules", purpose="pages ahead")

    @Slot(Well)
    def _well_changed(self, well: Well) -> None:
        self.tree.select(well.id)
        self.setWindowTitle(f"{well.name} — Wellside")
        self._session.save_soon()

    @Slot(str)
    def _page_turned(self, key: str) -> None:
        self._page = key
        self._session.save_soon()

    def page(self, key: str) -> QWidget:
        return self.stack.page(key)

    @Slot(str, object)
    def open_page(self, key: str, argument: object = None) -> None:
        self.stack.open(key, argument)

    @Slot()
    def new_entry(self) -> None:
        """On the page of cards a card, elsewhere what the menu offers."""
        if self._page == "cards":
            self.open_page("cards", "new")
            return
        self.entering.show_menu(
            self.top.mapToGlobal(self.top.rect().bottomRight()) - self.top.rect().center()
        )

    @Slot()
    def open_palette(self) -> None:
        palette = CommandPalette(_offers(self), self)
        palette.add_wells(self.tree.wells(), self.context.choose_well)
        palette.open_over(self)

    # ---- files, demo, errors -------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What no chart and no table has taken for itself: a right click on one of them."""
        from app.views.charting import menu as charting

        under = self.childAt(self.mapFromGlobal(event.globalPos()))
        if charting.offer(self.context, under, event.globalPos(), self._page) is not None:
            return
        if not self.clipper.offer(under, event.globalPos(), self._page):
            super().contextMenuEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.importing.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.importing.take_of(event.mimeData())
        event.acceptProposedAction()

    @Slot(str, str)
    def _act(self, action: str, value: str) -> None:
        if action in ("take back", "do again"):
            self.taking_back.turn(value)
        elif action == "sync page":
            self.open_page("sync")
        elif action == OPEN:
            open_path(Path(value))
        elif action == BACK:
            self.models.back()
        elif action == NEWS:
            self.dialogs.manual(NEWS)
        elif action == "go on with demo":
            self.demo.build()

    @Slot(bool)
    def _news_arrived(self, more_than_readings: bool) -> None:
        """Readings alone are what a following chart looks for by itself; records change lists, trees and
        pages.
        """
        if more_than_readings:
            self.context.everything_changed()
        elif not self.syncing.hurried:
            self.context.refresh_span()

    @Slot(object)
    def _demo_well_ready(self, well: Well) -> None:
        self.tree.refresh()
        if self.context.well is not None and self.context.well.id == well.id:
            self.context.refresh_span()

    @Slot()
    def _wells_left(self) -> None:
        """The pages stand on what is gone: they are built anew, on what is left."""
        self._wanted_well = None
        self.context.well = None
        self._rebuild_soon.start()

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self._workspace.notices.error(error)
        else:
            show_bug(error, self, self._workspace.paths)

    @Slot()
    def come_forward(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def _open_now(self) -> Session:
        period, well = self.context.period, self.context.well
        return Session(
            well.id if well else None,
            self._page,
            period.key if period else "30d",
            period.from_us if period else None,
            period.to_us if period else None,
            self.saveGeometry().toBase64().toStdString(),
            self.entering.open_kind,
            program_version(),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self.syncing.stop()
        self._session.close()
        self._forget_settings()
        super().closeEvent(event)
