"""What can be taken from a chart: a note on it, its picture, its data, a page for a browser, the whole
screen.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.texts import Speaker
from app.models.changes import Changed
from app.models.records import Record
from app.reports.blocks import Block
from app.services.records import entries
from app.services.reports import chart_files
from app.services.workspace import Workspace
from app.views.charting.full_screen import FullScreen
from app.views.clipping import Clipper
from app.views.commands.chart import TAKEN, ChartCommands
from app.views.commands.given import Given
from app.views.context import Context
from app.views.handing_out import ask_target, tell_written
from app.views.page_titles import page_title
from app.views.plots.frame import ChartFrame
from app.views.words_dialog import WordsDialog

Named = list[tuple[str, Block]]


def _save_note(
    job: Job, workspace: Workspace, well: int, at: datetime, text: str, sensor: str | None
) -> Record:
    return entries.add_note(workspace, well, at, text, sensor)


def _write_data(job: Job, blocks: Named, path: Path) -> Path:
    chart_files.write_data(blocks, path)
    return path


def _write_page(job: Job, blocks: Named, title: str, speaker: Speaker, path: Path) -> Path:
    chart_files.write_page(blocks, title, speaker, path)
    return path


def actions_of(context: Context, chart: ChartFrame) -> ChartActions:
    """Made once for a chart, when they are first wanted."""
    there = chart.findChild(ChartActions, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return there if isinstance(there, ChartActions) else ChartActions(context, chart)


class ChartActions(QObject):
    """`commands` of a chart that has more than what can be taken from every one."""

    def __init__(self, context: Context, chart: ChartFrame, commands: ChartCommands = TAKEN) -> None:
        super().__init__(chart)
        self.context, self.chart = context, chart
        self._page = "trends"
        self._moment_us: int | None = None
        self.given = Given(commands, self, chart, context)
        self.full_screen: FullScreen | None = None
        self.asked: WordsDialog | None = None

    def point_at(self, moment_us: int | None, page: str) -> None:
        self._moment_us, self._page = moment_us, page

    @property
    def title(self) -> str:
        """`Trends · well 103`: of a file, a window."""
        well = self.context.well
        words = page_title(self._page)
        return (
            words if well is None else f"{words} · {self.context.speaker.say('report.well', well=well.name)}"
        )

    # ---- a note --------------------------------------------------------------------------------------------

    @property
    def can_note(self) -> bool:
        return self.context.well is not None and self._moment_us is not None

    @Slot()
    def ask_note(self) -> None:
        if self._moment_us is None:
            return
        there = self.context.speaker.moment(from_us(self._moment_us))
        question = self.tr("What was seen here, {moment}?").format(moment=there)
        self.asked = WordsDialog(self.context, self.tr("Note"), question, self.chart, needed=True)
        told = {"moment_us": self._moment_us, "sensor": self.chart.chosen_pen}
        self.asked.told.connect(partial(self.add_note, **told))
        self.asked.open()

    def add_note(self, text: str, moment_us: int, sensor: str | None = None) -> None:
        """Said to be saved only when the journal has it on the disk."""
        if self.context.well is not None:
            self.context.runner.start(
                _save_note,
                self.context.workspace,
                self.context.well.id,
                from_us(moment_us),
                text,
                sensor,
                lane="compute",
                done=self._note_saved,
            )

    @Slot(object)
    def _note_saved(self, note: Record) -> None:
        self._say(Notice(Severity.DONE, "notice.note_saved", {}, "take back", note.id))
        self.context.changed.emit(Changed.of(note))

    # ---- what is taken -------------------------------------------------------------------------------------

    @Slot()
    def add_to_report(self) -> None:
        Clipper(self.context, self).take(self.chart.clippings(), page_title(self._page))

    @Slot()
    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.chart.picture())
        self._say(Notice(Severity.DONE, "notice.copied"))

    @Slot()
    def copy_data(self) -> None:
        QGuiApplication.clipboard().setText(
            chart_files.as_text(self.chart.clippings(), self.context.speaker.language)
        )
        self._say(Notice(Severity.DONE, "notice.copied"))

    @Slot()
    def ask_picture(self) -> None:
        self._ask(self.tr("Save picture"), "png", "PNG (*.png);;SVG (*.svg)")

    @Slot()
    def ask_data(self) -> None:
        self._ask(self.tr("Save data"), "csv", "CSV (*.csv);;Parquet (*.parquet);;Excel (*.xlsx)")

    @Slot()
    def ask_page(self) -> None:
        self._ask(self.tr("Save as a page for a browser"), "html", "HTML (*.html)")

    def _ask(self, words: str, suffix: str, known: str) -> None:
        name = f"{self.title.replace(' · ', ' ')}.{suffix}"
        path = ask_target(self.context, self.chart, words, name, known)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """By its suffix."""
        suffix = path.suffix.lower()
        if suffix in (".png", ".svg"):
            self.save_picture(path)
        elif suffix == ".html":
            self.context.runner.start(
                _write_page,
                self.chart.clippings(),
                self.title,
                self.context.speaker,
                path,
                done=self._tell_written,
            )
        else:
            self.save_data(path)

    def save_picture(self, path: Path) -> None:
        try:
            if path.suffix.lower() == ".svg":
                self.chart.write_svg(str(path))
            elif not self.chart.picture().save(str(path)):
                raise OSError("the picture was not written")
        except OSError as error:
            self.context.workspace.notices.error(
                KnownError("file_not_written", file=str(path), reason=str(error))
            )
            return
        self._tell_written(path)

    def save_data(self, path: Path) -> None:
        """What is seen, in the shown units; the header says which."""
        self.context.runner.start(_write_data, self.chart.clippings(), path, done=self._tell_written)

    @Slot(object)
    def _tell_written(self, path: Path) -> None:
        tell_written(self.context, path)

    @Slot()
    def show_full_screen(self) -> None:
        self.full_screen = FullScreen(self.chart, self.title)
        self.full_screen.finished.connect(self._put_back)

    @Slot()
    def _put_back(self, *_: object) -> None:
        self.full_screen = None

    def _say(self, notice: Notice) -> None:
        self.context.workspace.notices.publish(notice)
