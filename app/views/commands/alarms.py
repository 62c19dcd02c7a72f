"""What can be done on the page of alarms."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.models.alarms import Alarm
from app.views.commands.command import NO_WELL, Command, said


class AlarmDesk(Protocol):
    @property
    def chosen(self) -> list[Alarm]: ...

    @property
    def may_take_back(self) -> bool: ...

    @property
    def has_well(self) -> bool: ...

    def acknowledge(self) -> None: ...

    def acknowledge_with_words(self) -> None: ...

    def ask_shelf(self) -> None: ...

    def unshelve(self) -> None: ...

    def take_back(self) -> None: ...

    def open_well(self) -> None: ...

    def open_limits(self) -> None: ...


def _some(desk: AlarmDesk) -> str:
    return "" if desk.chosen else QT_TRANSLATE_NOOP("Commands", "no alarm is chosen")


def _open(desk: AlarmDesk) -> str:
    if any(one.may_be_acknowledged for one in desk.chosen):
        return ""
    return _some(desk) or QT_TRANSLATE_NOOP("Commands", "none of the chosen ones waits to be acknowledged")


def _shelved(desk: AlarmDesk) -> str:
    if any(one.shelved_until is not None for one in desk.chosen):
        return ""
    return _some(desk) or QT_TRANSLATE_NOOP("Commands", "none of the chosen ones is shelved")


def _done(desk: AlarmDesk) -> str:
    return "" if desk.may_take_back else QT_TRANSLATE_NOOP("Commands", "nothing was done here yet")


def _well(desk: AlarmDesk) -> str:
    return "" if desk.has_well else NO_WELL


ALARMS: tuple[Command[AlarmDesk], ...] = (
    Command(
        "alarms.acknowledge",
        said(QT_TRANSLATE_NOOP("Commands", "Acknowledge")),
        lambda desk: desk.acknowledge(),
        ("Ctrl+Enter", "Ctrl+Return"),
        obstacle=_open,
        tip=said(QT_TRANSLATE_NOOP("Commands", "Those that are chosen, one or many: somebody has seen them")),
        in_menu=True,
    ),
    Command(
        "alarms.comment",
        said(QT_TRANSLATE_NOOP("Commands", "Acknowledge with a comment…")),
        lambda desk: desk.acknowledge_with_words(),
        ("Ctrl+M",),
        obstacle=_open,
        short=said(QT_TRANSLATE_NOOP("Commands", "With a comment…")),
        in_menu=True,
    ),
    Command(
        "alarms.shelve",
        said(QT_TRANSLATE_NOOP("Commands", "Shelve…")),
        lambda desk: desk.ask_shelf(),
        ("Ctrl+J",),
        obstacle=_some,
        tip=said(QT_TRANSLATE_NOOP("Commands", "Out of the way for a while, with a reason; it comes back")),
        in_menu=True,
    ),
    Command(
        "alarms.unshelve",
        said(QT_TRANSLATE_NOOP("Commands", "Take off the shelf")),
        lambda desk: desk.unshelve(),
        obstacle=_shelved,
        in_menu=True,
    ),
    Command(
        "alarms.take_back",
        said(QT_TRANSLATE_NOOP("Commands", "Take back what was done here last")),
        lambda desk: desk.take_back(),
        obstacle=_done,
        short=said(QT_TRANSLATE_NOOP("Commands", "Take back")),
        in_menu=True,
    ),
    Command(
        "alarms.well",
        said(QT_TRANSLATE_NOOP("Commands", "Its trend")),
        lambda desk: desk.open_well(),
        obstacle=_some,
        tip=said(QT_TRANSLATE_NOOP("Commands", "The well's trends about the time of the alarm")),
        in_menu=True,
    ),
    Command(
        "alarms.limits",
        said(QT_TRANSLATE_NOOP("Commands", "Limits of the well…")),
        lambda desk: desk.open_limits(),
        ("Ctrl+E",),
        obstacle=_well,
        short=said(QT_TRANSLATE_NOOP("Commands", "Limits…")),
        in_menu=True,
    ),
)
