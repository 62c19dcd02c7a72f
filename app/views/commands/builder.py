"""Keys of the window where a well is put together."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.views.commands.command import Command, said


class BuilderDesk(Protocol):
    @property
    def can_fill(self) -> bool: ...

    @property
    def is_kept(self) -> bool: ...

    def save(self) -> None: ...

    def turn(self, by: int) -> None: ...

    def fill(self) -> None: ...

    def begin_anew(self) -> None: ...

    def ask_copy(self) -> None: ...


def _library(desk: BuilderDesk) -> str:
    return "" if desk.can_fill else QT_TRANSLATE_NOOP("Commands", "the catalogue has nothing of this part")


def _kept(desk: BuilderDesk) -> str:
    return "" if desk.is_kept else QT_TRANSLATE_NOOP("Commands", "nothing of this part has been saved yet")


BUILDER: tuple[Command[BuilderDesk], ...] = (
    Command(
        "builder.save",
        said(QT_TRANSLATE_NOOP("Commands", "Save the well")),
        lambda desk: desk.save(),
        ("Ctrl+S",),
        short=said(QT_TRANSLATE_NOOP("Commands", "Save")),
    ),
    Command(
        "builder.next",
        said(QT_TRANSLATE_NOOP("Commands", "Next part of the well")),
        lambda desk: desk.turn(1),
        ("Ctrl+PgDown",),
    ),
    Command(
        "builder.previous",
        said(QT_TRANSLATE_NOOP("Commands", "Previous part of the well")),
        lambda desk: desk.turn(-1),
        ("Ctrl+PgUp",),
    ),
    Command(
        "builder.fill",
        said(QT_TRANSLATE_NOOP("Commands", "Fill in from the catalogue")),
        lambda desk: desk.fill(),
        ("Ctrl+L",),
        obstacle=_library,
        tip=said(
            QT_TRANSLATE_NOOP(
                "Commands",
                "Unit, pump, motor, cable, pipes by name, rods by size and grade; what you typed stays",
            )
        ),
        short=said(QT_TRANSLATE_NOOP("Commands", "From the catalogue")),
    ),
    Command(
        "builder.anew",
        said(QT_TRANSLATE_NOOP("Commands", "It was changed: a new entry with its own date")),
        lambda desk: desk.begin_anew(),
        ("Ctrl+D",),
        obstacle=_kept,
        short=said(QT_TRANSLATE_NOOP("Commands", "It was changed…")),
    ),
    Command(
        "builder.copy",
        said(QT_TRANSLATE_NOOP("Commands", "Copy from another well…")),
        lambda desk: desk.ask_copy(),
        ("Ctrl+Shift+C",),
        short=said(QT_TRANSLATE_NOOP("Commands", "Copy from…")),
    ),
)
