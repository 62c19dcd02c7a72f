"""Keys of what is being filled in or looked at: a form, a report, a row of a list."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.views.commands.command import Command, said


class FormDesk(Protocol):
    def save(self) -> None: ...


class ReportDesk(Protocol):
    @property
    def ready(self) -> bool: ...

    def ask_pdf(self) -> None: ...


class ListDesk(Protocol):
    @property
    def row_is_chosen(self) -> bool: ...

    def remove(self) -> None: ...


def _made(desk: ReportDesk) -> str:
    return "" if desk.ready else QT_TRANSLATE_NOOP("Commands", "the report is being made")


def _chosen(desk: ListDesk) -> str:
    return "" if desk.row_is_chosen else QT_TRANSLATE_NOOP("Commands", "no row is chosen")


FORM: tuple[Command[FormDesk], ...] = (
    Command(
        "form.save",
        said(QT_TRANSLATE_NOOP("Commands", "Save")),
        lambda desk: desk.save(),
        ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"),
    ),
)
REPORT: tuple[Command[ReportDesk], ...] = (
    Command(
        "report.save",
        said(QT_TRANSLATE_NOOP("Commands", "Save PDF…")),
        lambda desk: desk.ask_pdf(),
        ("Ctrl+S",),
        obstacle=_made,
    ),
)
LIST: tuple[Command[ListDesk], ...] = (
    Command(
        "list.remove",
        said(QT_TRANSLATE_NOOP("Commands", "Delete")),
        lambda desk: desk.remove(),
        ("Delete",),
        obstacle=_chosen,
    ),
)
