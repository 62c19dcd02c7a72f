"""What every page is given: the workspace, the task runner, the reader's language and theme, the chosen well
and period.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.texts import Speaker
from app.models.changes import WELLS, Changed
from app.models.records import Record
from app.models.wells import Well
from app.services.workspace import Workspace
from app.views.period import PRESETS, Period, preset
from app.views.syncing import Syncing
from app.views.tasks import TaskRunner
from app.views.theme import THEMES, Theme


def _span(job: Job, workspace: Workspace, well: Well) -> tuple[Well, tuple[int, int] | None]:
    from app.services.records.beginning import span

    return well, span(workspace, well.id)


class Context(QObject):
    """Signals go up, calls go down. Lives as long as the window."""

    well_changed = Signal(Well)
    period_changed = Signal(Period)  # None while the well has no readings
    period_asked = Signal()  # its ends are to be typed
    changed = Signal(Changed)  # by a write
    page_wanted = Signal(str, object)
    appearance_changed = Signal()
    import_wanted = Signal()
    document_wanted = Signal(Path)  # a file to be attached to the chosen well
    clippings_changed = Signal()  # something was taken into "my report"
    builder_wanted = Signal()  # of the chosen well
    action_wanted = Signal(str, str)  # of a notice, and its value
    turn_wanted = Signal(str)  # an entry is to be taken back, or done again
    entry_wanted = Signal(str, Record)  # a kind of record, and the record to be changed or None

    def __init__(
        self, workspace: Workspace, runner: TaskRunner, syncing: Syncing, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace, self.runner, self.syncing = workspace, runner, syncing
        self.well: Well | None = None
        self.coming: Well | None = None
        """The one that was chosen, until the pages hear of it."""
        self.period: Period | None = None
        self.span: tuple[int, int] | None = None
        self._preset = "30d"
        self._wanted_period: Period | None = None
        self._entry_then: tuple[str, Record | None] | None = None
        self.changed.connect(self._written)

    @property
    def speaker(self) -> Speaker:
        return self.workspace.settings.speaker()

    @property
    def theme(self) -> Theme:
        return THEMES[self.workspace.settings["theme"]]

    @property
    def preset(self) -> str:
        return self._preset

    def choose_well(self, well: Well, period: Period | None = None) -> None:
        """The pages hear of it when the well's span is known."""
        self._wanted_period, self.coming = period, well
        self.runner.start(
            _span, self.workspace, well, lane="store", purpose="choose well", done=self._well_known
        )

    @Slot(object)
    def _well_known(self, answer: tuple[Well, tuple[int, int] | None]) -> None:
        self.well, self.span = answer
        self.coming = None
        self.period = self._reaching(self._wanted_period) or self._preset_period()
        self.well_changed.emit(self.well)
        self.period_changed.emit(self.period)
        if self._entry_then is not None:
            wanted, self._entry_then = self._entry_then, None
            self.entry_wanted.emit(*wanted)

    @Slot(Changed)
    def _written(self, changed: Changed) -> None:
        """What was entered a minute ago is within a preset, too."""
        if self.well is not None and self.span is not None and changed.concerns(self.well.id):
            self.runner.start(
                _span, self.workspace, self.well, lane="store", purpose="span", done=self._span_known
            )

    @Slot(object)
    def _span_known(self, answer: tuple[Well, tuple[int, int] | None]) -> None:
        well, span = answer
        if self.well is None or well.id != self.well.id or span is None or span == self.span:
            return
        self.span = span
        self.set_period(self._reaching(self.period))

    def _reaching(self, period: Period | None) -> Period | None:
        """A preset to the newest there is by now; a window that was chosen as it is."""
        if period is None or period.key not in PRESETS or self.span is None:
            return period
        return preset(period.key, *self.span)

    def _preset_period(self) -> Period | None:
        return preset(self._preset, *self.span) if self.span else None

    def follow(self, open_now: Well, wells: list[Well]) -> None:
        """It may have another name or lift by now, be another one's since a merge, or be gone with its
        passport.
        """
        merged = next((well for well in wells if open_now.name in well.absorbed), wells[0])
        well = next((well for well in wells if well.id == open_now.id), merged)
        if well != open_now:
            self.choose_well(well, self.period if well.id == open_now.id else None)

    def choose_preset(self, key: str) -> None:
        if key not in PRESETS:
            return
        self._preset = key
        self.set_period(self._preset_period())

    def set_period(self, period: Period | None) -> None:
        if period is None or period == self.period:
            return
        self.period = period
        self.period_changed.emit(period)

    def entry_on_well(self, well: Well, kind: str, record: Record | None) -> None:
        """A form of another well than the chosen one: that one is chosen first."""
        if self.well is not None and self.well.id == well.id:
            self.entry_wanted.emit(kind, record)
            return
        self._entry_then = (kind, record)
        self.choose_well(well)

    def entry_when_chosen(self, kind: str) -> None:
        """The form that stood open: again, as soon as its well is there."""
        if kind:
            self._entry_then = (kind, None)

    def next_language(self) -> None:
        self.workspace.settings.set("language", "en" if self.speaker.language == "ru" else "ru")

    def next_theme(self) -> None:
        keys = list(THEMES)
        self.workspace.settings.set("theme", keys[(keys.index(self.theme.key) + 1) % len(keys)])

    def turn_glove(self) -> None:
        self.workspace.settings.set("glove_mode", not self.workspace.settings["glove_mode"])

    def tell_refusal(self, error: BaseException, tell: Callable[[str], object]) -> None:
        """What is known is said where it happened; anything else is a bug, and told as one."""
        if isinstance(error, KnownError):
            tell(self.speaker.error(error))
        else:
            self.runner.failed.emit(error)

    @Slot()
    def everything_changed(self) -> None:
        """The wells themselves, and the chosen one with its pages."""
        self.changed.emit(Changed(kinds=frozenset({WELLS})))
        self.refresh_span()

    def refresh_span(self) -> None:
        """After data came in: the same well again, its pages read anew."""
        if self.well is not None:
            self.choose_well(self.well, self.period)
