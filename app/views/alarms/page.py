"""Alarms: what is beyond its limit and what was done about it; how many there are, and which are no use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.analysis.alarms.counting import ACCEPTABLE_DAY, MOST_DAY
from app.core.clock import to_us
from app.core.texts import number
from app.models.alarms import STANDING, STATES, Alarm
from app.models.store.alarm_list import Wanted
from app.models.wells import Well
from app.reports import alarm_words
from app.services.alarms.counting import Counted
from app.views import widgets
from app.views.alarms.limits_dialog import AlarmLimitsDialog
from app.views.alarms.presenter import AlarmsPresenter, Fetched
from app.views.alarms.shelf_dialog import ShelfDialog
from app.views.alarms.tables import AlarmTable, CountTable
from app.views.calm import ChoiceBox
from app.views.commands.alarms import ALARMS
from app.views.commands.given import Given
from app.views.context import Context
from app.views.finding_box import is_signed
from app.views.overflow import OverflowRow
from app.views.period import CUSTOM, Period
from app.views.words_dialog import WordsDialog

AROUND = timedelta(hours=12)
"""Of the alarm, on its trend."""
ALL_WELLS, OF_PAD, OF_WELL = range(3)


class AlarmsPage(QWidget):
    key = "alarms"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.asked: WordsDialog | ShelfDialog | AlarmLimitsDialog | None = None
        self.presenter = AlarmsPresenter(context, self)
        self.table, self.counts = AlarmTable(context), CountTable(context)
        self.where, self.which = ChoiceBox(), ChoiceBox()
        self.count = widgets.ElidedLabel()
        self.detail, self.load = widgets.text(""), widgets.muted("")
        self.empty = widgets.instead_of_rows(
            self.tr(
                "No alarms here. Limits come from the equipment that is in the well (the winding of this "
                "motor, its rated current); a site sets its own with “Limits…”, for a well, a lift, a pad "
                "or the whole field."
            )
        )
        self.more = QPushButton(self.tr("Show more"))
        self._fill_filters()
        self.given = Given(ALARMS, self, self, context)
        self._lay_out()
        self.presenter.ready.connect(self._show)
        self.presenter.acted.connect(self.given.renew)
        self.more.clicked.connect(self.presenter.more)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.counts.opened.connect(self._well_opened)
        for box in (self.where, self.which):
            box.currentIndexChanged.connect(self._filter)
        context.well_changed.connect(self._filter)
        self._chosen()

    def _fill_filters(self) -> None:
        self.where.addItems([self.tr("All wells"), self.tr("The pad"), self.tr("The well")])
        self.where.setAccessibleName(self.tr("Alarms of which wells"))
        self.which.addItem(self.tr("Waiting for somebody"), STANDING)
        for state in STATES:
            self.which.addItem(self._context.speaker.say(f"alarm_state.{state}"), (state,))
        self.which.addItem(self.tr("All, with what has returned"), STATES)
        self.which.setAccessibleName(self.tr("Alarms in which state"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(widgets.heading(self.tr("Alarms")))
        head.addWidget(self.count, 1)
        head.addWidget(self.where)
        head.addWidget(self.which)
        acts = OverflowRow(6)
        buttons = [self.given.button(command.id) for command in ALARMS]
        buttons[0].setProperty("primary", True)
        acts.stay(buttons[0])
        acts.give_way(*buttons[1:])
        acts.gap()
        acts.stay(self.more)
        above, below = widgets.Half(), widgets.Half()
        self._above, self._below = above, below
        of_alarms, of_counts = QVBoxLayout(above), QVBoxLayout(below)
        for layout in (of_alarms, of_counts):
            layout.setContentsMargins(0, 0, 0, 0)
        of_alarms.addLayout(head)
        of_alarms.addWidget(self.table, 1)
        of_alarms.addWidget(self.empty)
        of_alarms.addWidget(self.detail)
        of_alarms.addWidget(acts)
        of_counts.addWidget(widgets.heading(self.tr("How many, and which are no use")))
        of_counts.addWidget(self.load)
        of_counts.addWidget(self.counts, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([420, 190])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(split)

    # ---- what is shown -------------------------------------------------------------------------------------

    def open(self, argument: object) -> None:
        """A well: its alarms alone. Nothing: as it was left."""
        if isinstance(argument, Well):
            self._context.choose_well(argument)
            self.where.setCurrentIndex(OF_WELL)

    @Slot()
    def _filter(self, *_: object) -> None:
        well, wanted = self._context.well, Wanted(states=self.which.currentData())
        if well is not None and self.where.currentIndex() == OF_WELL:
            wanted = replace(wanted, wells=(int(well.id),))
        elif well is not None and self.where.currentIndex() == OF_PAD:
            wanted = replace(wanted, field=well.field_name, pad=well.pad)
        self.presenter.want(wanted)

    @Slot(Fetched)
    def _show(self, fetched: Fetched) -> None:
        """What was chosen stays chosen, where it is still there."""
        chosen = {one.key for one in self.chosen}
        self.table.wells = fetched.wells
        self.table.show_rows(fetched.lines)
        self.table.choose_all(lambda one: one.key in chosen)
        widgets.show_one(bool(fetched.lines), self.table, self.empty)
        self._above.be_full(bool(fetched.lines))
        self.more.setVisible(len(fetched.lines) < fetched.total)
        self.count.setText(self._count_words(fetched))
        self.count.setToolTip(self.count.text())
        self.counts.show_rows(list(fetched.counted.wells))
        self.load.setText(self._load_words(fetched.counted))
        self.counts.setVisible(bool(fetched.counted.wells))  # its third of the page is the list's meanwhile
        self._below.be_full(bool(fetched.counted.wells))
        self._chosen()

    def _count_words(self, fetched: Fetched) -> str:
        speaker = self._context.speaker
        said = [
            f"{speaker.say(f'alarm_state.{state}')}: {fetched.counts[state]}"
            for state in STATES
            if fetched.counts.get(state)
        ]
        if len(fetched.lines) < fetched.total:
            words = self.tr("shown {shown} of {total}")
            said.append(words.format(shown=len(fetched.lines), total=fetched.total))
        return "; ".join(said)

    def _load_words(self, counted: Counted) -> str:
        speaker, most = self._context.speaker, counted.most
        if most is None:
            return self.tr("No alarm was raised in the last seven days.")
        return speaker.say(
            "alarm_count.field",
            a_day=number(counted.a_day, 1, speaker.language),
            most=alarm_words.most_words(most, speaker),
            acceptable=ACCEPTABLE_DAY,
            limit=MOST_DAY,
        )

    @Slot()
    def _chosen(self, *_: object) -> None:
        chosen = self.chosen
        words = "" if chosen else self.tr("Choose an alarm: what is known of it stands here.")
        if len(chosen) == 1:
            words = alarm_words.detail(chosen[0], self._context.speaker)
        self.detail.setText(words)
        self.given.renew()

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        self.given.popup(self, self.table.viewport().mapToGlobal(at))

    # ---- as commands see it --------------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Alarm]:
        return self.table.chosen_alarms()

    @property
    def may_take_back(self) -> bool:
        return self.presenter.may_take_back

    @property
    def has_well(self) -> bool:
        return self._well is not None

    @property
    def _well(self) -> Well | None:
        """Of the first chosen alarm, else the open one."""
        wells = self.table.wells
        return next((wells[one.well] for one in self.chosen if one.well in wells), self._context.well)

    def acknowledge(self) -> None:
        if is_signed(self._context, self):
            self.presenter.acknowledge(self.chosen, "")

    def acknowledge_with_words(self) -> None:
        if not is_signed(self._context, self):
            return
        question = self.tr("What was done, or will be? The comment is kept with your name and sent.")
        self.asked = WordsDialog(self._context, self.tr("Acknowledge"), question, self)
        self.asked.told.connect(partial(self.presenter.acknowledge, self.chosen))
        self.asked.open()

    def ask_shelf(self) -> None:
        if not is_signed(self._context, self):
            return
        self.asked = ShelfDialog(self._context, len(self.chosen), self)
        self.asked.told.connect(partial(self.presenter.shelve, self.chosen))
        self.asked.open()

    def unshelve(self) -> None:
        self.presenter.unshelve(self.chosen)

    def take_back(self) -> None:
        self.presenter.take_back()

    def open_well(self) -> None:
        if self.chosen:
            self._opened(self.chosen[0])

    def open_limits(self) -> None:
        if self._well is not None:
            self.asked = AlarmLimitsDialog(self._context, self._well, self)
            self.asked.open()

    @Slot(object)
    def _opened(self, alarm: Alarm) -> None:
        """The trends of the well, half a day about it."""
        well = self.table.wells.get(alarm.well)
        if well is None:
            return
        until = alarm.ended_at or alarm.unknown_since or self._context.workspace.clock()
        until = min(until, alarm.began_at + 7 * 2 * AROUND)
        period = Period(CUSTOM, to_us(alarm.began_at - AROUND), to_us(until + AROUND))
        self._context.choose_well(well, period)
        self._context.page_wanted.emit("trends", None)

    @Slot(object)
    def _well_opened(self, row: object) -> None:
        self.open(getattr(row, "well", None))
