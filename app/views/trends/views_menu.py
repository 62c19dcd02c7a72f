"""Named views of the trends: chosen, kept, shared; and how each well was left, kept without being asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.wells import Well
from app.services.wells import trend_views
from app.services.wells.trend_views import Look, TrendView
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.handing_out import ask_target, tell_written
from app.views.plots.time_chart import TimeChart
from app.views.settling import Soon
from app.views.trends.pens import Pens
from app.views.trends.presenter import WellHistory
from app.views.trends.view_dialog import ViewDialog

LEFT_MS = 600


def _leave(job: Job, workspace: Workspace, well: Well, look: Look) -> None:
    trend_views.leave(workspace, well, look)


def _keep(job: Job, workspace: Workspace, view: TrendView) -> TrendView:
    return trend_views.save(workspace, view)


def _remove(job: Job, workspace: Workspace, view: TrendView) -> TrendView:
    trend_views.remove(workspace, view)
    return view


def _give(job: Job, view: TrendView, out: Path) -> Path:
    return trend_views.write_file(view, out)


def _take(job: Job, workspace: Workspace, path: Path) -> TrendView:
    return trend_views.take_file(workspace, path)


def _take_pens(job: Job, workspace: Workspace, well: Well, view: TrendView) -> None:
    trend_views.take_pens(workspace, well, view.look)


class Views(QObject):
    """`renew_wanted`: the pens of the well, or its views, are others now."""

    renew_wanted = Signal()

    def __init__(self, context: Context, chart: TimeChart, pens: Pens, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._chart, self._pens, self._page = context, chart, pens, page
        self._well: Well | None = None
        self._known: tuple[TrendView, ...] = ()
        self._wanted: TrendView | None = None  # waits for the pens it computes
        self._has_pens = self._comes_with_pens = False
        self._left: Look | None = None  # what the file has of this well
        self.shown: TrendView | None = None
        self.dialog: ViewDialog | None = None
        self.button = QToolButton(text=self.tr("View"))
        self.button.setToolTip(self.tr("Pens, scales, panes, period under a name"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setMenu(QMenu(self.button))
        self.button.menu().aboutToShow.connect(self._fill)
        self._left_soon = Soon(self, LEFT_MS)
        self._left_soon.timeout.connect(self._leave)
        for signal in (pens.changed, chart.window_settled, chart.heights.changed):
            signal.connect(self._moved)
        chart.view_wanted.connect(self.ask_name)

    # ---- as a well was left, as a view says ----------------------------------------------------------------

    def of(self, history: WellHistory) -> None:
        """The well's pens are known: it is drawn as it was left, or as the view for it says."""
        another = self._well is None or self._well.id != history.well.id
        if another:
            self._left = self._wanted = None
        self._well, self._known = history.well, history.views
        if self._wanted is not None and self._comes_with_pens:
            wanted, self._wanted = self._wanted, None
            self._apply(wanted.look)
        elif another and history.left is not None:
            self._apply(history.left)
        elif another:
            self._first()

    def _first(self) -> None:
        """A well that nobody has looked at yet: the view that was made for it, or for its lift."""
        view = next((one for one in self._known if one.well or one.lift), None)
        if view is not None:
            self._show(view)
        else:
            self.shown = None
            self._apply(Look(tuple(self._pens.shown)))

    def _apply(self, look: Look) -> None:
        self._pens.choose(list(look.pens))
        units = self._context.speaker.units
        fixed = {}
        for key, (low, high) in look.scales.items():
            if key in self._chart.traces:
                unit = units.unit(self._pens.quantity_of(key))
                fixed[key] = (float(unit.from_si(low)), float(unit.from_si(high)))
        self._chart.fix(fixed)
        self._chart.heights.set_shares(look.heights)

    def look(self) -> Look:
        """What is drawn now."""
        units, scales = self._context.speaker.units, {}
        for key, (low, high) in self._chart.fixed.items():
            unit = units.unit(self._pens.quantity_of(key))
            scales[key] = (float(unit.to_si(low)), float(unit.to_si(high)))
        shown = tuple(self._pens.shown)
        own = tuple(pen for pen in self._pens.computed if pen.key in shown and not pen.is_ready)
        return Look(shown, scales, self._chart.heights.shares, own)

    @Slot()
    def _moved(self, *_: object) -> None:
        if self._well is not None:
            self._left_soon.start()

    @Slot()
    def _leave(self) -> None:
        well, look = self._context.well, self.look()
        if well is None or self._well is None or well.id != self._well.id or look == self._left:
            return
        self._left = look
        self._run(_leave, well, look)

    # ---- the menu ------------------------------------------------------------------------------------------

    @Slot()
    def _fill(self) -> None:
        menu = self.button.menu()
        menu.clear()
        for view in self._known:
            action = self._action(view.name, self._chosen)
            action.setData(view)
            action.setCheckable(True)
            action.setChecked(self.shown is not None and self.shown.name == view.name)
        menu.addSeparator()
        self._action(self.tr("Keep as a view…"), self.ask_name)
        self._action(self.tr("Take from a file…"), self._ask_source)
        shown = self.shown
        self._action(self.tr("Save to a file…"), self._ask_target).setEnabled(shown is not None)
        removable = shown is not None and shown.origin == "own"
        self._action(self.tr("Delete the view"), self.remove).setEnabled(removable)

    def _action(self, words: str, slot: Callable[[], None]) -> QAction:
        action = QAction(words, self.button.menu())
        action.triggered.connect(slot)
        self.button.menu().addAction(action)
        return action

    @Slot()
    def _chosen(self) -> None:
        self.choose(self.sender().data())  # type: ignore[attr-defined]

    def choose(self, view: TrendView) -> None:
        if view.period:
            self._context.choose_preset(view.period)
        self._show(view)

    def _show(self, view: TrendView) -> None:
        """With the pens that it computes: they are given to the field first, and the well is read again."""
        self.shown = view
        if self._well is not None and view.look.computed:
            self._wanted, self._has_pens = view, False
            self._run(_take_pens, self._well, view, done=self._pens_taken)
        else:
            self._wanted = None
            self._apply(view.look)

    @Slot()
    def _pens_taken(self, *_: object) -> None:
        self._has_pens = True
        self.renew_wanted.emit()

    def asked(self) -> None:
        """The well is read from now on: only what comes of that is sure to have the pens."""
        self._comes_with_pens = self._has_pens

    @Slot()
    def ask_name(self) -> None:
        if self._well is not None:
            period = self._context.period
            self.dialog = ViewDialog(
                self._context, self._well, self.look(), period.key if period else "", self._page
            )
            self.dialog.wanted.connect(self.keep)
            self.dialog.open()

    @Slot(TrendView)
    def keep(self, view: TrendView) -> None:
        self._run(_keep, view, done=self._kept)

    @Slot(object)
    def _kept(self, view: TrendView) -> None:
        self.shown = view
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.trend_view_kept", {"name": view.name})
        )
        self.renew_wanted.emit()

    @Slot()
    def remove(self) -> None:
        if self.shown is not None:
            self._run(_remove, self.shown, done=self._removed)
            self.shown = None

    @Slot(object)
    def _removed(self, view: TrendView) -> None:
        self.renew_wanted.emit()

    @Slot()
    def _ask_target(self) -> None:
        if self.shown is None:
            return
        title, name = self.tr("Save the view"), f"{self.shown.name}.json"
        path = ask_target(self._context, self._page, title, name, "JSON (*.json)")
        if path is not None:
            self._context.runner.start(_give, self.shown, path, done=self._given)

    @Slot(object)
    def _given(self, path: Path) -> None:
        tell_written(self._context, path)

    @Slot()
    def _ask_source(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._page, self.tr("Take a view"), "", "JSON (*.json)")
        if name:
            self._run(_take, Path(name), done=self._taken)

    @Slot(object)
    def _taken(self, view: TrendView) -> None:
        self.choose(view)
        self.renew_wanted.emit()

    def _run(
        self, work: Callable[..., object], *arguments: object, done: Callable[..., object] | None = None
    ) -> None:
        self._context.runner.start(
            work,
            self._context.workspace,
            *arguments,
            lane="journal",
            purpose=f"views {work.__name__}",
            done=done,
        )
