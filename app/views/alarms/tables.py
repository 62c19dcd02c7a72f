"""The tables of the page: the alarms, and how many each well raised."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.models.alarms import PRIORITIES, STATES, Alarm
from app.models.wells import Well
from app.reports import alarm_words, task_words
from app.services.alarms.counting import Named, WellCount
from app.views.context import Context
from app.views.rows import Column, RowsTable

translate = QCoreApplication.translate


class AlarmTable(RowsTable):
    """`wells`: by number, for the names of the wells."""

    def __init__(self, context: Context) -> None:
        self.wells: dict[int, Well] = {}
        super().__init__(context, self._columns(context), translate("AlarmTables", "Alarms"), "alarms")

    def _columns(self, context: Context) -> list[Column]:
        s = context.speaker

        def place(one: Alarm) -> str:
            well = self.wells.get(one.well)
            return "—" if well is None else task_words.place_words(well, s)

        def title(one: Alarm) -> str:
            well = self.wells.get(one.well)
            return alarm_words.title(one, s, "" if well is None else well.lift)

        return [
            Column(
                translate("AlarmTables", "State"),
                lambda one: alarm_words.state_words(one, s),
                lambda one: (STATES.index(one.state), PRIORITIES.index(one.priority)),
                colour=alarm_words.mark,
                tip=lambda one: alarm_words.detail(one, s),
            ),
            Column(
                translate("AlarmTables", "Not known since"),
                lambda one: s.moment(one.unknown_since) if one.unknown_since else "—",
                lambda one: one.unknown_since,
                away_if_empty=True,
            ),
            Column(translate("AlarmTables", "Well"), place, place),
            Column(
                translate("AlarmTables", "Alarm"),
                title,
                title,
                stretch=True,
                share=0.3,
            ),
            Column(
                translate("AlarmTables", "Raised"),
                lambda one: s.moment(one.raised_at),
                lambda one: one.raised_at,
            ),
            Column(
                translate("AlarmTables", "Returned"),
                lambda one: s.moment(one.ended_at),
                lambda one: one.ended_at,
                optional=True,
            ),
            Column(
                translate("AlarmTables", "Furthest"),
                lambda one: alarm_words.figure_words(one, one.furthest, s, even=True),
                lambda one: one.furthest,
                number=True,
                optional=True,
            ),
            Column(
                translate("AlarmTables", "Limit"),
                lambda one: alarm_words.limit_words(one, s),
                lambda one: one.threshold,
                optional=True,
            ),
            Column(
                translate("AlarmTables", "Priority"),
                lambda one: s.say(f"alarm_priority.{one.priority}"),
                lambda one: PRIORITIES.index(one.priority),
                optional=True,
            ),
            Column(
                translate("AlarmTables", "Answer"),
                lambda one: alarm_words.answer_words(one, s),
                lambda one: one.acknowledged_at,
                optional=True,
            ),
        ]

    def chosen_alarms(self) -> list[Alarm]:
        """In the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.source.row_at(row) for row in rows]


class CountTable(RowsTable):
    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            self._columns(context),
            translate("AlarmTables", "Alarms by well, seven days"),
            "alarm_counts",
        )

    def _columns(self, context: Context) -> list[Column]:
        s = context.speaker

        def names(limits: tuple[Named, ...], well: Well) -> str:
            return ", ".join(alarm_words.limit_name(*one, s, well.lift) for one in limits) or "—"

        def place(one: WellCount) -> str:
            return task_words.place_words(one.well, s)

        return [
            Column(translate("AlarmTables", "Well"), place, place),
            Column(
                translate("AlarmTables", "Today"),
                lambda one: str(one.today),
                lambda one: one.today,
                number=True,
            ),
            Column(
                translate("AlarmTables", "In 7 days"),
                lambda one: str(one.week),
                lambda one: one.week,
                number=True,
            ),
            Column(
                translate("AlarmTables", "Most in a day"),
                lambda one: alarm_words.most_words(one.most, s) if one.most else "—",
                lambda one: one.most.count if one.most else 0,
                optional=True,
            ),
            Column(
                translate("AlarmTables", "Chattering"),
                lambda one: names(one.chattering, one.well),
                lambda one: len(one.chattering),
                colour=lambda one: "watch" if one.chattering else None,
                stretch=True,
                share=0.3,
            ),
            Column(
                translate("AlarmTables", "Standing"),
                lambda one: names(one.standing, one.well),
                lambda one: len(one.standing),
                colour=lambda one: "watch" if one.standing else None,
                stretch=True,
                share=0.3,
            ),
        ]
