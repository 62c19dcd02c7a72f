"""Ctrl+F: wells, commands and all that was written, by what is typed. The index is kept up behind the window,
and at once when somebody looks for something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import KnownError
from app.core.jobs import Job, Progress
from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.models.findings import Finding
from app.models.records import FiledRecord
from app.services.workspace import Workspace
from app.views.commands.given import Offer, matching
from app.views.context import Context
from app.views.search.lines import Line
from app.views.search.panel import FoundPanel
from app.views.settling import Soon
from app.views.well_tree import WellTree

if TYPE_CHECKING:
    from app.services.search.asking import Found

PAUSE_MS = 120
"""After a letter: another one may come."""
FIRST_MS, AFTER_MS = 20_000, 5_000
"""Until the index is kept up though nobody asks: after the start, and after a change."""
LEAST_LETTERS = 2
MOST_WELLS, MOST_COMMANDS = 5, 5


@dataclass(frozen=True)
class Answer:
    """What was asked, what is found by groups in the reader's words, and how many files nobody could read."""

    asked: str
    groups: list[tuple[str, list[tuple[Line, Found]]]]
    unread: int


def _found(job: Job, workspace: Workspace, asked: str) -> Answer:
    from app.models.search.found import GROUPS, READ, WAITS
    from app.services.search import asking

    speaker = workspace.settings.speaker()
    found = asking.ask(workspace, asked, speaker.language)
    groups = [
        (
            speaker.say(f"search.group.{group}"),
            [(_line(workspace, one), one) for one in found if one.hit.group == group],
        )
        for group in GROUPS
    ]
    unread = sum(count for state, count in workspace.search.files().items() if state not in (READ, WAITS))
    return Answer(asked, [one for one in groups if one[1]], unread)


def _line(workspace: Workspace, found: Found) -> Line:
    from app.reports import search_words

    speaker, hit = workspace.settings.speaker(), found.hit
    words = f"{found.well.name} · {speaker.dated(found.at)} · {hit.title}"
    told = search_words.file_line(hit, speaker)
    if not told and hit.around.strip() in ("", hit.title):
        return Line(words)
    before = f"{told}: " if told and hit.around else told
    unread = search_words.unread(hit.file, hit.told, speaker) if hit.file is not None else ""
    marks = tuple((start + len(before), end + len(before)) for start, end in hit.marks)
    below = f"{before}{hit.around}{f' ({unread})' if unread else ''}"
    return Line(words, below.replace("\n", " "), marks)


def _keep_up(job: Job, workspace: Workspace, change: Changed | None, again: bool) -> None:
    """First what was written: it is found from then on; then documents, which may take long. `again`: those
    too that something in passing kept from being read.
    """
    from app.services.search import keeping

    if again:
        keeping.try_again(workspace)
    keeping.bring_up(workspace, job, change)
    job.hand_over("entries")
    keeping.read_documents(workspace, job)


def _entry(job: Job, workspace: Workspace, found: Found) -> tuple[Found, FiledRecord | Finding | None]:
    from app.services.search import asking

    return found, asking.entry_of(workspace, found.hit)


def _untold(job: Job, workspace: Workspace) -> list[tuple[str, str]]:
    from app.reports import search_words

    speaker = workspace.settings.speaker()
    return [(file.name, search_words.unread(file, told, speaker)) for file, told in workspace.search.untold()]


class Searching(QObject):
    def __init__(
        self, context: Context, tree: WellTree, offers: Callable[[], list[Offer]], window: QWidget
    ) -> None:
        super().__init__(window)
        self._context, self._tree, self._offers, self._window = context, tree, offers, window
        self.panel = FoundPanel(context, window)
        self._answer: Answer | None = None
        self._asked = ""
        self._told = ""
        self._left: frozenset[str] | None = None
        """Kinds that the index may not have as they are, None for any: until somebody has put them in. Who is
        asked anew takes the place of who is at it.
        """
        self._behind, self._looking, self._kept_once = True, False, False
        self._soon = Soon(self, PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        self._idle = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._idle.timeout.connect(self._keep_up)
        self._idle.start()
        tree.search.textChanged.connect(self._typed)
        tree.search.installEventFilter(self)
        self.panel.opened.connect(self._open)
        self.panel.untold_wanted.connect(self._show_untold)
        context.changed.connect(self._changed)

    def leave(self) -> None:
        """The window's inside is built anew."""
        self.panel.deleteLater()
        self.deleteLater()

    # ---- the index -----------------------------------------------------------------------------------------

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        self._left = None if self._left is None or not change.kinds else self._left | change.kinds
        self._behind = True
        if self._looking:
            self._keep_up()
        else:
            self._idle.start(AFTER_MS)

    @Slot()
    def _keep_up(self) -> None:
        if not self._behind:
            return
        change = None if self._left is None else Changed(None, self._left)
        self._behind = False
        task = self._context.runner.start(
            _keep_up,
            self._context.workspace,
            change,
            not self._kept_once,  # once while the program runs: a document that is too heavy always is
            lane="index",
            purpose="search index",
            done=self._kept,
            failed=self._not_kept,
        )
        task.partly.connect(self._entries_kept)
        task.progressed.connect(self._reading)

    @Slot(object)
    def _entries_kept(self, _: object) -> None:
        if not self._behind:
            self._left = frozenset()
        self._ask()

    @Slot(Progress)
    def _reading(self, progress: Progress) -> None:
        self._told = self.tr("Documents being read for the search: {done} of {total}").format(
            done=progress.done, total=progress.total
        )

    @Slot(object)
    def _kept(self, _: object) -> None:
        self._told, self._kept_once = "", True
        self._ask()

    @Slot(object)
    def _not_kept(self, error: BaseException) -> None:
        self._behind, self._left = True, None
        self._context.tell_refusal(error, self._tell)

    def _tell(self, words: str) -> None:
        self._told = words

    # ---- what is typed -------------------------------------------------------------------------------------

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._looking = len(text.strip()) >= LEAST_LETTERS
        if self._looking:
            self._soon.start()
        else:
            self._leave()

    def _leave(self) -> None:
        """Whoever types again looks again."""
        self._looking = False
        self._soon.stop()
        self.panel.hide()

    @Slot()
    def _ask(self) -> None:
        asked = self._tree.search.text().strip()
        if self._looking:
            self._keep_up()
            self._context.runner.start(
                _found,
                self._context.workspace,
                asked,
                lane="search",
                purpose="search",
                done=self._show,
                failed=self._failed,
            )

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self._tell)
        if isinstance(error, KnownError):
            if error.code == "search_damaged":  # nothing of it is left
                self._behind, self._left = True, None
                self._keep_up()
            self._show(Answer(self._tree.search.text().strip(), [], 0))

    @Slot(object)
    def _show(self, answer: Answer) -> None:
        if not self._looking or answer.asked != self._tree.search.text().strip():
            return
        self._asked = answer.asked
        speaker = self._context.speaker
        lines: list[Line] = []
        commands = self._commands(answer.asked)
        if answer.groups or commands:
            lines += _under(speaker.say("search.group.wells"), self._wells())
        lines += _under(speaker.say("search.group.commands"), commands)
        for name, found in answer.groups:
            lines += _under(name, [replace(line, run=partial(self._open_found, one)) for line, one in found])
        self.panel.unread.setVisible(bool(answer.unread))
        self.panel.unread.setText(self.tr("Documents whose text was not read: %n", "", answer.unread))
        nothing = "" if lines else self.tr("Nothing is found by these words.")
        self.panel.show_lines(lines, self._told or nothing)
        if lines or self._told or not self._tree.listed_first(1):
            self.panel.place(self._tree)
            self.panel.show()
        else:
            self.panel.hide()

    def _wells(self) -> list[Line]:
        wells = self._tree.listed_first(MOST_WELLS)
        return [
            Line(self.tr("Well {name}").format(name=well.name), run=partial(self._tree.open_well, well.id))
            for well in wells
        ]

    def _commands(self, asked: str) -> list[Line]:
        offers = matching(self._offers(), asked)
        return [Line(one.with_keys, one.reason, run=one.run) for one in offers[:MOST_COMMANDS]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._leave()
        elif event.type() == QEvent.Type.KeyPress and self.panel.isVisible():
            assert isinstance(event, QKeyEvent)
            return self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        """Whether it was the panel's. Where it shows what other words have found, Enter is the list's own."""
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.panel.go(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._asked == self._tree.search.text().strip() and self.panel.open_chosen()
        if key == Qt.Key.Key_Escape:
            self._leave()
            return True
        return False

    # ---- what is opened ------------------------------------------------------------------------------------

    @Slot(Line)
    def _open(self, line: Line) -> None:
        self._leave()
        if line.run is not None:
            line.run()

    def _open_found(self, found: Found) -> None:
        self._tree.search.clear()
        self._context.runner.start(
            _entry, self._context.workspace, found, lane="store", purpose="open found", done=self._entry_known
        )

    @Slot(object)
    def _entry_known(self, answer: tuple[Found, FiledRecord | Finding | None]) -> None:
        from app.services.records.lists import DONE, MEASURED

        found, entry = answer
        if entry is None:
            self._context.workspace.notices.publish(Notice(Severity.INFO, "notice.found_gone"))
            return
        if isinstance(entry, FiledRecord) and entry.record.kind not in (*DONE, *MEASURED):
            self._context.entry_on_well(found.well, entry.record.kind, entry.record)
            return
        if self._context.well is None or self._context.well.id != found.well.id:
            self._context.choose_well(found.well)
        if isinstance(entry, Finding):
            self._context.page_wanted.emit("overview", None)
            return
        self._context.page_wanted.emit("records", entry.record)
        if found.hit.file is not None and entry.files:
            from app.views.records.viewer import Viewer

            hit = found.hit
            Viewer(self._context, entry.files, self._window, page=hit.place, words=hit.around).open()

    @Slot()
    def _show_untold(self) -> None:
        self._context.runner.start(
            _untold, self._context.workspace, lane="search", purpose="search", done=self._tell_untold
        )

    @Slot(object)
    def _tell_untold(self, told: list[tuple[str, str]]) -> None:
        lines = [Line(name, why, run=partial(self._tree.search.setText, name)) for name, why in told]
        self.panel.show_lines(_under(self.tr("Not read, or not to the end"), lines), "")
        self.panel.place(self._tree)


def _under(name: str, lines: list[Line]) -> list[Line]:
    return [Line(name), *lines] if lines else []
