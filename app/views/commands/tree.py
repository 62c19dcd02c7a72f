"""What can be done with the wells that are chosen in the list."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.models.wells import Well
from app.services.wells.listing import Listing
from app.views.commands.command import NO_WELL, Command, said


class TreeDesk(Protocol):
    @property
    def chosen(self) -> list[Well]: ...

    @property
    def listing(self) -> Listing: ...

    def open(self) -> None: ...

    def favour(self) -> None: ...

    def report(self) -> None: ...

    def diagnose(self) -> None: ...

    def ask_export(self) -> None: ...

    def edit(self) -> None: ...

    def merge(self) -> None: ...

    def hide(self) -> None: ...

    def show_all(self) -> None: ...


def _some(desk: TreeDesk) -> str:
    return "" if desk.chosen else NO_WELL


def _one(desk: TreeDesk) -> str:
    if len(desk.chosen) > 1:
        return QT_TRANSLATE_NOOP("Commands", "several wells are chosen: one at a time")
    return _some(desk)


def _two(desk: TreeDesk) -> str:
    if len(desk.chosen) > 2:
        return QT_TRANSLATE_NOOP("Commands", "more than two wells are chosen")
    return _some(desk)


def _hidden(desk: TreeDesk) -> str:
    return "" if desk.listing.hidden else QT_TRANSLATE_NOOP("Commands", "no well is hidden")


TREE: tuple[Command[TreeDesk], ...] = (
    Command(
        "tree.open",
        said(QT_TRANSLATE_NOOP("Commands", "Open the well")),
        lambda desk: desk.open(),
        obstacle=_one,
        in_menu=True,
    ),
    Command(
        "tree.favourite",
        said(QT_TRANSLATE_NOOP("Commands", "Favourite ★, or no longer")),
        lambda desk: desk.favour(),
        ("Ctrl+D",),
        obstacle=_some,
        in_menu=True,
    ),
    Command(
        "tree.report",
        said(QT_TRANSLATE_NOOP("Commands", "Report of the chosen wells")),
        lambda desk: desk.report(),
        obstacle=_some,
        in_menu=True,
    ),
    Command(
        "tree.diagnose",
        said(QT_TRANSLATE_NOOP("Commands", "Diagnose the chosen wells")),
        lambda desk: desk.diagnose(),
        obstacle=_some,
        in_menu=True,
    ),
    Command(
        "tree.export",
        said(QT_TRANSLATE_NOOP("Commands", "Tables of the chosen wells…")),
        lambda desk: desk.ask_export(),
        obstacle=_some,
        tip=said(
            QT_TRANSLATE_NOOP("Commands", "Readings, dynamograms, flow tests, samples: CSV in a folder")
        ),
        in_menu=True,
    ),
    Command(
        "tree.edit",
        said(QT_TRANSLATE_NOOP("Commands", "Edit the well…")),
        lambda desk: desk.edit(),
        obstacle=_one,
        in_menu=True,
    ),
    Command(
        "tree.merge",
        said(QT_TRANSLATE_NOOP("Commands", "It is another well too: merge…")),
        lambda desk: desk.merge(),
        obstacle=_two,
        in_menu=True,
    ),
    Command(
        "tree.hide",
        said(QT_TRANSLATE_NOOP("Commands", "Hide from the list")),
        lambda desk: desk.hide(),
        obstacle=_some,
        tip=said(
            QT_TRANSLATE_NOOP("Commands", "Only from this list: it is found by its name, and nothing is lost")
        ),
        in_menu=True,
    ),
    Command(
        "tree.show_all",
        said(QT_TRANSLATE_NOOP("Commands", "Show the hidden wells again")),
        lambda desk: desk.show_all(),
        obstacle=_hidden,
        in_menu=True,
    ),
)
