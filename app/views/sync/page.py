"""Sync centre: is my work safe and where is it. What waits, what was refused, what is in conflict; the last
syncs; the connections.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Job, Progress
from app.core.notices import Notice, Severity
from app.models.entries import State
from app.services.centre import conflicts, outgoing, sync, unsent
from app.services.centre.outgoing import Outgoing
from app.services.centre.sync import Outcome
from app.services.centre.unsent import Taken
from app.services.records.entries import record_of
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.handing_out import ask_target
from app.views.overflow import OverflowRow
from app.views.rows import Column, RowsTable
from app.views.shapes import status_pixmap
from app.views.sync.conflict_dialog import ConflictDialog
from app.views.sync.connections_dialog import ConnectionsDialog
from app.views.sync.words import MARK, sentence
from app.views.syncing import SyncState, told_of_difference
from app.views.when_seen import WhenSeen

_COLOUR = {
    State.QUARANTINED: "act",
    State.CONFLICT: "act",
    State.WAIT_AUTH: "watch",
    State.RETRY: "watch",
    State.ACKED: "ok",
    State.CONFIRMED: "ok",
}


def _fetch(job: Job, workspace: Workspace) -> tuple[list[Outgoing], list[Outcome]]:
    return outgoing.rows(workspace), sync.history(workspace)


def _send_again(job: Job, workspace: Workspace, entry_id: str) -> None:
    conflicts.send_again(workspace, entry_id)


def _give_up(job: Job, workspace: Workspace, entry_id: str, reason: str) -> None:
    conflicts.discard(workspace, entry_id, reason)


def _save(job: Job, workspace: Workspace, target: Path) -> tuple[Path, int]:
    return target, unsent.save(workspace, target)


def _take(job: Job, workspace: Workspace, source: Path) -> Taken:
    return unsent.take(workspace, source)


STATE_CHARACTERS = 34


class SyncPage(QWidget):
    key = "sync"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._syncing = context, context.syncing
        self._row: Outgoing | None = None
        self.mark, self.words = QLabel(), widgets.strong()
        self.words.setWordWrap(True)
        self.trouble = widgets.text("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Progress of the sync"))
        self.now = self._button(self.tr("Sync now"), self._syncing.sync_now, primary=True)
        self.cancel = self._button(self.tr("Cancel"), self._syncing.cancel)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setCheckable(True)
        self.pause.setChecked(self._syncing.paused)
        self.pause.toggled.connect(self._syncing.pause)
        self.connections = self._button(self.tr("Connections…"), self._open_connections)
        self.table = RowsTable(
            context, self._columns(), self.tr("What was entered here and where it is"), "sync"
        )
        self.empty = widgets.instead_of_rows(
            self.tr("Nothing waits. What you enter or import here is shown until the centre has it.")
        )
        self.log = RowsTable(context, self._log_columns(), self.tr("The last syncs"), "syncs")
        self.log.nothing = self.tr("Nothing has been exchanged with the centre yet.")
        self.again = self._button(self.tr("Send again"), self._send_again)
        self.resolve = self._button(self.tr("Decide…"), self._resolve)
        self.change = self._button(self.tr("Change…"), self._change)
        self.give_up = self._button(self.tr("Give up…"), self._give_up)
        self.save = self._button(self.tr("Save what waits to a file…"), self._ask_save)
        self.take = self._button(self.tr("Take from a file…"), self._ask_take)
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self._seen = WhenSeen(self, self._refresh)
        self._syncing.changed.connect(self._seen.wanted)
        self._syncing.progressed.connect(self._progressed)
        context.changed.connect(self._seen.wanted)
        self._buttons(None)

    def _button(self, words: str, slot: object, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("primary", primary)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        head, inside = widgets.card()
        first = QHBoxLayout()
        first.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.words, 1)
        # Of its buttons those go into the menu first: beside them it was read in four lines of two words.
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * STATE_CHARACTERS)
        doing = OverflowRow()
        doing.give_way(self.now, self.cancel, self.pause, self.connections)
        first.addWidget(doing, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(first)
        inside.addWidget(self.trouble)
        inside.addWidget(self.bar)
        above = self._above = widgets.Half()
        of_entries = QVBoxLayout(above)
        of_entries.setContentsMargins(0, 0, 0, 0)
        of_entries.addWidget(widgets.heading(self.tr("Entries")))
        of_entries.addWidget(self.table, 1)
        of_entries.addWidget(self.empty)
        actions = OverflowRow()
        actions.gap()
        actions.give_way(self.resolve, self.change, self.again, self.give_up, self.save, self.take)
        of_entries.addWidget(actions)
        below = QWidget()
        of_log = QVBoxLayout(below)
        of_log.setContentsMargins(0, 0, 0, 0)
        of_log.addWidget(widgets.heading(self.tr("The last syncs")))
        of_log.addWidget(self.log, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([330, 200])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(head)
        layout.addWidget(split, 1)

    def _columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("Entered"), lambda r: s.moment(r.at), lambda r: r.at),
            Column(self.tr("What"), lambda r: r.what(s), lambda r: r.what(s), tip=lambda r: r.what(s)),
            Column(self.tr("Well"), lambda r: r.well, lambda r: r.well),
            Column(
                self.tr("State"),
                lambda r: r.state_words(s),
                lambda r: str(r.state),
                colour=lambda r: _COLOUR.get(r.state),
            ),
            Column(
                self.tr("Why"), lambda r: r.why(s), lambda r: r.why(s), tip=lambda r: r.why(s), stretch=True
            ),
            Column(
                self.tr("Tries"),
                lambda r: str(r.entry.attempts),
                lambda r: r.entry.attempts,
                number=True,
                optional=True,
            ),
        ]

    def _log_columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("When"), lambda o: s.moment(o.at), lambda o: o.at),
            Column(self.tr("Sent"), lambda o: str(o.sent), lambda o: o.sent, number=True),
            Column(
                self.tr("Changes"), lambda o: str(o.changes), lambda o: o.changes, number=True, optional=True
            ),
            Column(
                self.tr("Readings"),
                lambda o: str(o.readings),
                lambda o: o.readings,
                number=True,
                optional=True,
            ),
            Column(self.tr("Cards"), lambda o: str(o.cards), lambda o: o.cards, number=True, optional=True),
            Column(
                self.tr("What was wrong"),
                self._problems,
                self._problems,
                tip=self._problems,
                colour=lambda o: None if o.good else "act",
                stretch=True,
            ),
        ]

    def _problems(self, outcome: Outcome) -> str:
        s = self._context.speaker
        told = []
        for channel in outcome.problems:
            problem = outcome.problem(channel)
            assert problem is not None
            told.append(f"{s.say(f'sync.channel.{channel}')}: {s.error(problem)}")
        told += [
            s.say(told_of_difference(mended, what), well=well, month=month)
            for well, month, mended, what in outcome.differences
        ]
        return " ".join(told)

    # ---- what is shown -------------------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        state = self._syncing.state
        self.mark.setPixmap(status_pixmap(MARK[state], self._context.theme))
        self.words.setText(sentence(self._context, self._syncing))
        last = self._syncing.last
        self.trouble.setText(self._problems(last) if last is not None else "")
        self.trouble.setVisible(bool(self.trouble.text()))
        working = state is SyncState.SYNCING
        self.bar.setVisible(working)
        self.cancel.setEnabled(working)
        self.now.setEnabled(self._syncing.is_set_up and not working)
        self.pause.setEnabled(self._syncing.is_set_up)
        self._context.runner.start(
            _fetch, self._context.workspace, lane="store", purpose="sync page", done=self._fetched
        )

    @Slot(object)
    def _fetched(self, answer: tuple[list[Outgoing], list[Outcome]]) -> None:
        rows, log = answer
        chosen = self._row.entry.id if self._row else ""
        self.table.show_rows(rows)
        widgets.show_one(bool(rows), self.table, self.empty)
        self._above.be_full(bool(rows))
        self.log.show_rows(log)
        self.save.setEnabled(any(row.state not in (State.ACKED, State.CONFIRMED) for row in rows))
        self._buttons(next((row for row in rows if row.entry.id == chosen), None))

    @Slot(Progress)
    def _progressed(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
        self.words.setText(
            f"{self._context.speaker.say(progress.text)}: {progress.done}"
            + (f" / {progress.total}" if progress.total else "")
        )

    @Slot(object)
    def _chosen(self, row: Outgoing) -> None:
        self._buttons(row)

    def _buttons(self, row: Outgoing | None) -> None:
        self._row = row
        state = row.state if row else None
        is_record = bool(row and row.entry.kind == "record")
        self.again.setEnabled(state in (State.QUARANTINED, State.RETRY))
        self.resolve.setEnabled(state is State.CONFLICT and is_record)
        self.change.setEnabled(state is State.QUARANTINED and is_record)
        self.give_up.setEnabled(state in (State.QUARANTINED, State.CONFLICT, State.QUEUED, State.RETRY))

    # ---- what is done --------------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, row: Outgoing) -> None:
        self._row = row
        if row.state is State.CONFLICT:
            self._resolve()
        elif row.state is State.QUARANTINED and row.entry.kind == "record":
            self._change()

    @Slot()
    def _resolve(self) -> None:
        if self._row is not None:
            ConflictDialog(self._context, self._row.entry.id, self).open()

    @Slot()
    def _change(self) -> None:
        """The form with what was typed; saving it sends a new entry in the refused one's place."""
        if self._row is not None:
            self._context.entry_wanted.emit(
                self._row.entry.payload["kind"], record_of(self._row.entry.payload)
            )

    @Slot()
    def _send_again(self) -> None:
        if self._row is not None:
            self._context.runner.start(
                _send_again,
                self._context.workspace,
                self._row.entry.id,
                lane="journal",
                done=self._sent_again,
            )

    @Slot(object)
    def _sent_again(self, _: object) -> None:
        self._syncing.sync_now()

    @Slot()
    def _give_up(self) -> None:
        if self._row is None:
            return
        asked = QInputDialog(self)
        asked.setWindowTitle(self.tr("Give up an entry"))
        asked.setLabelText(
            self.tr("Why is it given up? The entry stays readable in the journal, but is never sent.")
        )
        asked.setOkButtonText(self.tr("Give up"))
        asked.setCancelButtonText(self.tr("Keep"))
        asked.textValueSelected.connect(self._given_up)
        asked.open()
        self.asked = asked

    @Slot(str)
    def _given_up(self, reason: str) -> None:
        if self._row is not None:
            self._context.runner.start(
                _give_up, self._context.workspace, self._row.entry.id, reason, lane="journal", done=self._gone
            )

    @Slot(object)
    def _gone(self, _: object) -> None:
        self._context.everything_changed()

    @Slot()
    def _ask_save(self) -> None:
        name, kinds = f"unsent{unsent.SUFFIX}", f"Wellside (*{unsent.SUFFIX})"
        path = ask_target(self._context, self, self.tr("Save what waits"), name, kinds)
        if path is not None:
            self._context.runner.start(_save, self._context.workspace, path, done=self._saved)

    @Slot(object)
    def _saved(self, answer: tuple[Path, int]) -> None:
        path, count = answer
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.unsent_saved", {"file": path.name, "count": count})
        )

    @Slot()
    def _ask_take(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take what another laptop saved"), "", f"Wellside (*{unsent.SUFFIX})"
        )
        if name:
            self._context.runner.start(_take, self._context.workspace, Path(name), done=self._taken)

    @Slot(object)
    def _taken(self, taken: Taken) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.unsent_taken", taken.__dict__.copy())
        )
        self._context.everything_changed()

    @Slot()
    def _open_connections(self) -> None:
        ConnectionsDialog(self._context, self).open()

    def open(self, argument: object) -> None:
        if argument == "connections":
            self._open_connections()
