"""My work: what was done on this laptop and where it is, with the way back; what the program has said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Said, Severity
from app.core.texts import Speaker
from app.models.records import Record
from app.models.wells import Well
from app.services.imports import log
from app.services.records import deeds
from app.services.records.deeds import Deed
from app.services.workspace import Workspace
from app.views import widgets
from app.views.bottom_bar import action_words
from app.views.context import Context
from app.views.handing_out import ask_target
from app.views.rows import Column, RowsTable
from app.views.when_seen import WhenSeen

_MARK = {Severity.WARNING: "watch", Severity.ERROR: "stop"}


def _fetch(job: Job, workspace: Workspace) -> list[Deed]:
    return deeds.deeds(workspace)


def _ask(job: Job, workspace: Workspace, deed: Deed) -> tuple[Deed, KnownError | None]:
    """Why it can not go back, or forth; None when it can."""
    try:
        deeds.refuse(workspace, deed)
    except KnownError as error:
        return deed, error
    return deed, None


def _opening(job: Job, workspace: Workspace, deed: Deed) -> tuple[Well, str, Record | None]:
    """What its form is opened with: the record as it stands now, nothing for a draft. Raises KnownError."""
    return deeds.well_of(workspace, deed), str(deed.first.payload["kind"]), deeds.record_now(workspace, deed)


def _save_log(job: Job, workspace: Workspace, speaker: Speaker, out: Path) -> None:
    log.export(log.log(workspace, speaker), out, speaker)
    workspace.notices.publish(Notice(Severity.DONE, "notice.import_log_saved", {"file": out.name}))


class WorkPage(QWidget):
    key = "my_work"
    published = Signal(Notice)  # from any thread

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._deed: Deed | None = None
        self._wanted = ""
        self.table = RowsTable(context, self._columns(), self.tr("What was done here"), "work")
        self.empty = widgets.instead_of_rows(
            self.tr(
                "Nothing yet. What you enter, change, decide or import stands here and can be taken back."
            )
        )
        self.why = widgets.text("")
        self.back = self._button(self.tr("Take back"), self._turn)
        self.again = self._button(self.tr("Do again"), self._turn)
        self.open_button = self._button(self.tr("Open"), self._open)
        self.log_button = self._button(self.tr("Log of imports…"), self._save_log)
        self.said = RowsTable(context, self._said_columns(), self.tr("What the program has said"), "said")
        self.said.nothing = self.tr("The program has said nothing yet.")
        self._above = widgets.Half()
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.said.opened.connect(self._act)
        self._seen = WhenSeen(self, self._refresh)
        context.syncing.changed.connect(self._seen.wanted)
        context.changed.connect(self._seen.wanted)
        self._heard = WhenSeen(self, self._show_said)
        self.published.connect(self._heard.wanted)
        stop = context.workspace.notices.subscribe(self.published.emit)
        self.destroyed.connect(lambda *_: stop())
        self._buttons(None, None)

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        above, below = self._above, QWidget()
        of_deeds, of_said = QVBoxLayout(above), QVBoxLayout(below)
        of_deeds.setContentsMargins(0, 0, 0, 0)
        of_said.setContentsMargins(0, 0, 0, 0)
        of_deeds.addWidget(widgets.heading(self.tr("My work")))
        of_deeds.addWidget(self.table, 1)
        of_deeds.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.log_button)
        row.addWidget(self.why, 1)
        for button in (self.open_button, self.again, self.back):
            row.addWidget(button)
        of_deeds.addLayout(row)
        of_said.addWidget(widgets.heading(self.tr("Messages")))
        of_said.addWidget(self.said, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([380, 200])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(split)

    def _columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("When"), lambda d: s.moment(d.first.created_at), lambda d: d.first.created_at),
            Column(self.tr("What"), lambda d: d.what(s), lambda d: d.what(s)),
            Column(self.tr("Well"), lambda d: d.shown.well, lambda d: d.shown.well),
            Column(self.tr("Values"), lambda d: d.details(s), lambda d: d.details(s), stretch=True),
            Column(self.tr("By"), lambda d: d.author or "—", lambda d: d.author, optional=True),
            Column(
                self.tr("State"),
                lambda d: d.state(s),
                lambda d: d.state(s),
                colour=lambda d: "idle" if d.taken_back else "watch" if d.is_draft else None,
            ),
        ]

    def _said_columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("When"), lambda one: s.moment(one.at), lambda one: one.at),
            Column(
                self.tr("Message"),
                lambda one: s.say(one.notice.code, **one.notice.details),
                lambda one: one.notice.code,
                colour=lambda one: _MARK.get(one.notice.severity),
                stretch=True,
            ),
            Column(self.tr("By Enter"), lambda one: action_words(one.notice), lambda one: one.notice.action),
        ]

    @Slot()
    def _save_log(self) -> None:
        path = ask_target(
            self._context,
            self,
            self.tr("Log of imports"),
            self.tr("imports.xlsx"),
            "Excel (*.xlsx);;CSV (*.csv)",
        )
        if path is not None:
            workspace, speaker = self._context.workspace, self._context.speaker
            self._context.runner.start(_save_log, workspace, speaker, path, purpose="import log")

    # ---- what is shown -------------------------------------------------------------------------------------

    def open(self, argument: object) -> None:
        """The name of an entry to be chosen, or nothing."""
        self._wanted = str(argument or "")
        self._seen.wanted()

    def _show_said(self) -> None:
        self.said.show_rows(self._context.workspace.notices.said())

    @Slot()
    def _refresh(self) -> None:
        self._context.runner.start(
            _fetch, self._context.workspace, lane="store", purpose="my_work", done=self._fetched
        )

    @Slot(object)
    def _fetched(self, found: list[Deed]) -> None:
        wanted = self._wanted or (self._deed.first.id if self._deed is not None else "")
        self._wanted = ""
        self.table.show_rows(found)
        widgets.show_one(bool(found), self.table, self.empty)
        # Nothing done takes no half of the page: what the program said has it.
        self._above.be_full(bool(found))
        self._buttons(None, None)
        self.table.choose(lambda deed: deed.first.id == wanted)

    @Slot(object)
    def _chosen(self, deed: Deed) -> None:
        self._deed = deed
        self._context.runner.start(
            _ask, self._context.workspace, deed, lane="store", purpose="work chosen", done=self._answered
        )

    @Slot(object)
    def _answered(self, answer: tuple[Deed, KnownError | None]) -> None:
        self._buttons(*answer)

    def _buttons(self, deed: Deed | None, error: KnownError | None) -> None:
        self._deed = deed
        possible = deed is not None and error is None
        self.back.setEnabled(deed is not None and possible and not deed.taken_back)
        self.again.setEnabled(deed is not None and possible and deed.taken_back)
        self.open_button.setEnabled(deed is not None and deed.first.kind == "record" and not deed.taken_back)
        self.why.setText("" if error is None else self._context.speaker.error(error))

    # ---- what is done --------------------------------------------------------------------------------------

    @Slot()
    def _turn(self) -> None:
        if self._deed is not None:
            self._context.turn_wanted.emit(self._deed.first.id)

    @Slot(object)
    def _opened(self, deed: Deed) -> None:
        self._deed = deed
        if deed.first.kind == "record" and not deed.taken_back:
            self._open()

    @Slot()
    def _open(self) -> None:
        """The form, on the well it is of: a draft goes on where it stopped."""
        if self._deed is not None:
            self._context.runner.start(
                _opening, self._context.workspace, self._deed, lane="store", done=self._found
            )

    @Slot(object)
    def _found(self, answer: tuple[Well, str, Record | None]) -> None:
        self._context.entry_on_well(*answer)

    @Slot(object)
    def _act(self, one: Said) -> None:
        if one.notice.action:
            self._context.action_wanted.emit(one.notice.action, one.notice.action_value)
