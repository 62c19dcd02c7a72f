"""A command for every kind of record that a person enters: made of the kinds, not listed again."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.models.kinds import KINDS
from app.models.wells import SRP
from app.views.commands.command import NO_WELL, Command, said
from app.views.context import Context

ENTERED = (
    "flow_test",
    "fluid_level",
    "valve_test",
    "event",
    "workover",
    "lab_result",
    "installation",
    "rod_string",
    "pumping_unit",
    "survey",
    "fluid",
    "reservoir",
    "head_pressures",
    "note",
    "document",
    "location",
    "task",
    "teardown",
)
ON_RODS = ("valve_test", "rod_string", "pumping_unit")


class EntryDesk(Protocol):
    """Who opens the forms."""

    context: Context

    def open(self, key: str) -> None: ...

    def open_card(self) -> None: ...


def _well(desk: EntryDesk) -> str:
    return "" if desk.context.well is not None else NO_WELL


def _rods(desk: EntryDesk) -> str:
    well = desk.context.well
    if well is not None and well.lift not in (SRP, "other"):
        return QT_TRANSLATE_NOOP("Commands", "the well has no rod pump")
    return _well(desk)


def _entry(key: str) -> Command[EntryDesk]:
    sample = said(QT_TRANSLATE_NOOP("Commands", "Laboratory sample"))
    return Command(
        f"entry.{key}",
        sample if key == "lab_result" else lambda speaker: KINDS[key].name(speaker.language),
        lambda desk: desk.open(key),
        obstacle=_rods if key in ON_RODS else _well,
        in_menu=True,
    )


CARD: Command[EntryDesk] = Command(
    "entry.card",
    said(QT_TRANSLATE_NOOP("Commands", "Dynamogram")),
    lambda desk: desk.open_card(),
    obstacle=_rods,
    in_menu=True,
)
_RECORDS = tuple(_entry(key) for key in ENTERED)
ENTRIES: tuple[Command[EntryDesk], ...] = (*_RECORDS[:2], CARD, *_RECORDS[2:])
