"""Today: what is to be done, well by well on the way; what was found last time, what to take along; the sheet
to go with and the report to come back with.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.models.alarms import Waiting
from app.models.wells import Well
from app.reports import task_words
from app.reports.alarms_waiting import waiting_words
from app.services.tasks.today import Asked, Day, Stop
from app.views import widgets
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.handing_out import ask_target, tell_written
from app.views.overflow import OverflowRow
from app.views.reports import jobs
from app.views.today.presenter import TodayPresenter
from app.views.today.way import Way
from app.views.words_dialog import WordsDialog

ENTRIES = {
    "flow_test": "flow_test",
    "fluid_level": "fluid_level",
    "lab_result": "lab_result",
    "repair": "workover",
    "visit": "note",
    "other": "note",
}
"""What is to be done → the form in which it is entered."""
EVERYBODY, MINE = 0, 1
NEXT = 3
"""Wells with alarms that are told by name."""


class TodayPage(QWidget):
    key = "today"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._day: Day | None = None
        self._prints = False
        self.asked: WordsDialog | None = None
        self.presenter = TodayPresenter(context, self)
        self.way = Way(context)
        self.count = widgets.muted("", wrap=False)
        self.whose = ChoiceBox()
        self.whose.addItems([self.tr("Of everybody"), self.tr("Mine")])
        self.whose.setAccessibleName(self.tr("Whose tasks"))
        self.wrong = widgets.text("")
        self.along = widgets.text("")
        self.alarms = QPushButton()
        self.alarms.setToolTip(self.tr("Opens the page of alarms"))
        self.alarms.hide()
        self.alarm_wells = widgets.muted()
        self.empty = widgets.instead_of_rows(
            self.tr(
                "Nothing is to be done today. A task is set with “New task…”, from a finding (“To the "
                "tasks”), or by the rules of the site in the settings: “level every 14 d: SRP”."
            )
        )
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.presenter.ready.connect(self._show)
        self.presenter.rule_wrong.connect(self._show_wrong)
        self.presenter.paper_ready.connect(self._paper)
        self.presenter.written.connect(partial(tell_written, context))
        self.way.put.connect(self.presenter.put)
        self.way.chosen.connect(self._chosen)
        self.way.opened.connect(self._enter)
        self.whose.currentIndexChanged.connect(self._whose)
        self.alarms.clicked.connect(self._open_alarms)
        self._chosen()
        self._show_wrong("")

    def _button(self, key: str, words: str, slot: object, tip: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(tip)
        button.clicked.connect(slot)
        self.buttons[key] = button
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(widgets.heading(self.tr("Today")))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.whose)
        papers = OverflowRow(6)
        papers.stay(self._button("new", self.tr("New task…"), self._new))
        papers.give_way(
            self._button("print", self.tr("Print the sheet…"), self._print),
            self._button("sheet", self.tr("Sheet as PDF…"), partial(self._make, False)),
            self._button("report", self.tr("Report of the day…"), partial(self._make, True)),
            self._button(
                "nearest",
                self.tr("Nearest next"),
                partial(self.presenter.put, []),
                self.tr("The order that was put by hand is forgotten"),
            ),
        )
        papers.gap()
        acts = OverflowRow(6)
        enter = self._button("enter", self.tr("Enter…"), self._enter, self.tr("What was measured or done"))
        enter.setProperty("primary", True)
        acts.stay(enter)
        acts.give_way(
            self._button("take", self.tr("I do it"), self._take),
            self._button("done", self.tr("Done"), self._do),
            self._button("cannot", self.tr("Cannot…"), self._ask_why),
            self._button("open", self.tr("Open the well"), self._open_well),
            self._button("up", self.tr("Earlier"), partial(self.way.move_well, -1), self.tr("Alt+Up")),
            self._button("down", self.tr("Later"), partial(self.way.move_well, 1), self.tr("Alt+Down")),
        )
        acts.gap()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(head)
        layout.addWidget(papers)
        layout.addWidget(self.wrong)
        layout.addWidget(self.along)
        alarms = QHBoxLayout()  # the wells give way: in one button they made the window wider than its screen
        alarms.addWidget(self.alarms)
        alarms.addWidget(self.alarm_wells, 1)
        layout.addLayout(alarms)
        layout.addWidget(self.way, 1)
        layout.addWidget(self.empty)
        layout.addWidget(acts)

    # ---- what is shown -------------------------------------------------------------------------------------

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""

    @Slot(Day)
    def _show(self, day: Day) -> None:
        self._day = day
        self.count.setText(self.tr("{left} left, {done} closed").format(left=day.left, done=day.done))
        self.way.show_day(day)
        widgets.show_one(bool(day.stops), self.way, self.empty)
        words = "; ".join(task_words.along_words(day.along, self._context.speaker))
        self.along.setText(self.tr("Take along: {what}").format(what=words))
        self.along.setVisible(bool(words))
        self._show_alarms(day)
        self.buttons["nearest"].setEnabled(day.is_put)
        for key in ("print", "sheet", "report"):
            self.buttons[key].setEnabled(bool(day.stops))

    def _show_alarms(self, day: Day) -> None:
        """All of them, and the wells that are next on the way."""
        speaker = self._context.speaker
        every = Waiting(sum(a.count for _, a in day.alarms), sum(a.unanswered for _, a in day.alarms))
        places = [task_words.place_words(well, speaker) for well, _ in day.alarms[:NEXT]]
        more = (
            [self.tr("and {count} more").format(count=left)] if (left := len(day.alarms) - NEXT) > 0 else []
        )
        self.alarms.setText(waiting_words(every, speaker))
        self.alarm_wells.setText("; ".join([*places, *more]))
        for part in (self.alarms, self.alarm_wells):
            part.setVisible(bool(day.alarms))

    @Slot()
    def _open_alarms(self) -> None:
        self._context.page_wanted.emit("alarms", None)

    @Slot(str)
    def _show_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        self.wrong.setStyleSheet(f"color: {self._context.theme.status['stop']}")

    @Slot(int)
    def _whose(self, index: int) -> None:
        self.presenter.show_mine(index == MINE)

    @Slot()
    def _chosen(self) -> None:
        here = self.way.here
        is_open = isinstance(here, Asked) and not here.is_done
        for key in ("enter", "take", "done", "cannot"):
            self.buttons[key].setEnabled(is_open)
        for key in ("open", "up", "down"):
            self.buttons[key].setEnabled(here is not None)

    # ---- what is done --------------------------------------------------------------------------------------

    @property
    def _task(self) -> Asked | None:
        here = self.way.here
        return here if isinstance(here, Asked) and not here.is_done else None

    @Slot()
    def _enter(self, *_: object) -> None:
        """The form of what is to be done, on its well: saved, it closes the task by itself."""
        one = self._task
        if one is None:
            self._open_well()
        elif one.task.what in ENTRIES:
            self._context.entry_on_well(one.task.well, ENTRIES[one.task.what], None)
        else:
            self._context.choose_well(one.task.well)
            page = ("cards", "new") if one.task.what == "card" else ("overview", None)
            self._context.page_wanted.emit(*page)

    @Slot()
    def _take(self) -> None:
        if self._task is not None:
            self.presenter.take(self._task.task.record)

    @Slot()
    def _do(self) -> None:
        if self._task is not None:
            self.presenter.do(self._task.task.record)

    @Slot()
    def _ask_why(self) -> None:
        one = self._task
        if one is None:
            return
        question = self.tr("Why can it not be done? The reason is kept and sent.")
        self.asked = WordsDialog(self._context, self.tr("Cannot be done"), question, self, needed=True)
        self.asked.told.connect(partial(self.presenter.refuse, one.task.record))
        self.asked.open()

    @Slot()
    def _open_well(self) -> None:
        well = self._well
        if well is not None:
            self._context.choose_well(well)
            self._context.page_wanted.emit("overview", None)

    @property
    def _well(self) -> Well | None:
        here = self.way.here
        if here is None:
            return self._context.well
        return here.well if isinstance(here, Stop) else here.task.well

    @Slot()
    def _new(self) -> None:
        well = self._well
        if well is not None:
            self._context.entry_on_well(well, "task", None)

    # ---- on paper ------------------------------------------------------------------------------------------

    @Slot()
    def _print(self) -> None:
        self._prints = True
        self._ask_paper(is_report=False)

    def _make(self, is_report: bool, *_: object) -> None:
        self._prints = False
        self._ask_paper(is_report=is_report)

    def _ask_paper(self, *, is_report: bool) -> None:
        if self._day is not None:
            self.presenter.make_paper(self._day, is_report=is_report)

    @Slot(str, bytes)
    def _paper(self, name: str, content: bytes) -> None:
        if self._prints:
            self._print_content(name, content)
            return
        path = ask_target(self._context, self, self.tr("Save"), name, "PDF (*.pdf)")
        if path is not None:
            self.save_to(path, content)

    def save_to(self, path: Path, content: bytes) -> None:
        self.presenter.write(path.with_suffix(".pdf"), content)

    def _print_content(self, name: str, content: bytes) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        if QPrintDialog(printer, self).exec():
            title = self._context.speaker.say("job.printing")
            self._context.runner.start(jobs.print_whole, printer, content, name, title=title)
