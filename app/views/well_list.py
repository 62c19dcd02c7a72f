"""The wells of the tree: which of them are listed and in which order, and a model that makes what a row says
when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from app.core.order import natural
from app.core.texts import LANGUAGES, Speaker
from app.models.alarms import NONE_WAITS, Waiting
from app.models.well_names import normal_name
from app.models.wells import WellStatus
from app.services.wells.listing import Listing

LEAST_LETTERS = 3
"""Of a finding: two would find every well by something."""
DRAFT = "✎"
"""Beside a well, and in the bar: an entry was begun and not saved."""
ALARM = "!"
"""Before the number of alarms that last and nobody has acknowledged."""
_URGENT = ("stop", "act", "watch", "none", "idle", "ok")
Groups = list[tuple[str, list[tuple[str, list[int]]]]]
"""Fields, each with its pads, each with the places of its wells among all."""


@dataclass(frozen=True)
class Listed:
    """A well with what it is found by: `names` in one text, `found` what is wrong with it in every language,
    a line each: what is typed holds no line break.
    """

    status: WellStatus
    title: str
    names: str
    found: str
    favourite: bool
    hidden: bool
    draft: bool
    alarms: Waiting = NONE_WAITS

    @property
    def urgency(self) -> int:
        return _URGENT.index(self.status.status)


def listed(
    statuses: list[WellStatus],
    drafts: list[int],
    kept: Listing,
    speaker: Speaker,
    alarms: dict[int, Waiting],
) -> list[Listed]:
    """Runs in a worker's thread."""
    lifts = {lift: speaker.say(f"lift.{lift}") for lift in {one.well.lift for one in statuses}}
    begun = set(drafts)
    return [
        _listed(one, lifts[one.well.lift], one.well.id in begun, kept, alarms.get(one.well.id, NONE_WAITS))
        for one in statuses
    ]


def _listed(status: WellStatus, lift: str, draft: bool, kept: Listing, alarms: Waiting) -> Listed:
    well, uid = status.well, status.well.key["uid"]
    favourite = uid in kept.favourites
    star, unread = "★ " if favourite else "", f"   ({status.unread})" if status.unread else ""
    unanswered = f"   {ALARM}{alarms.unanswered}" if alarms.unanswered else ""
    return Listed(
        status,
        f"{star}{well.name}  {lift}{unread}{unanswered}{f'   {DRAFT}' if draft else ''}",
        "\n".join(map(normal_name, (*well.names, well.pad))),
        "\n".join(map(_found_words, status.findings)),
        favourite,
        uid in kept.hidden,
        draft,
        alarms,
    )


@cache
def _found_words(code: str) -> str:
    return "\n".join(normal_name(Speaker(one).say(f"finding.{code}")) for one in LANGUAGES)


@dataclass
class Arrangement:
    """What is typed and which buttons are down."""

    typed: str = ""
    urgent_first: bool = False
    only_favourites: bool = False

    def groups(self, wells: list[Listed], pad_words: Callable[[str], str]) -> Groups:
        """Those that are looked for, in their order; a field and a pad are as urgent as the worst of all
        their wells.
        """
        urgency: dict[tuple[str, ...], int] = {}
        found: dict[str, dict[str, list[int]]] = {}
        wanted = normal_name(self.typed)
        for place, one in enumerate(wells):
            well = one.status.well
            if self.urgent_first:
                for key in ((well.field_name,), (well.field_name, well.pad)):
                    urgency[key] = min(one.urgency, urgency.get(key, len(_URGENT)))
            if self._shows(one, wanted):
                found.setdefault(well.field_name, {}).setdefault(well.pad, []).append(place)

        def rank(place: int) -> int:
            return wells[place].urgency if self.urgent_first else 0

        return [
            (
                name,
                [
                    (pad_words(pad), sorted(pads[pad], key=rank))
                    for pad in sorted(
                        pads, key=lambda pad: (urgency.get((name, pad), 0), natural(pad_words(pad)))
                    )
                ],
            )
            for name, pads in sorted(
                found.items(), key=lambda one: (urgency.get((one[0],), 0), natural(one[0]))
            )
        ]

    def _shows(self, one: Listed, wanted: str) -> bool:
        """By name, alias, pad or one of its findings. What is hidden is found by name all the same."""
        if self.only_favourites and not one.favourite:
            return False
        if not wanted:
            return not one.hidden
        return wanted in one.names or (len(wanted) >= LEAST_LETTERS and wanted in one.found)


class WellsModel(QStandardItemModel):
    """Fields and pads are items; of a well there is a place, and `told` says what is asked of it."""

    def __init__(self, told: Callable[[int, int], object], parent: QObject) -> None:
        super().__init__(parent)
        self._told = told
        self._groups: Groups = []

    def show_groups(self, groups: Groups) -> None:
        self.clear()
        self._groups = groups
        fields = []
        for name, pads in groups:
            field = _heading(name)
            for words, places in pads:
                pad = _heading(words)
                pad.setColumnCount(1)
                pad.setRowCount(len(places))
                field.appendRow(pad)
            fields.append(field)
        self.invisibleRootItem().appendRows(fields)

    def wells(self) -> Iterator[tuple[QModelIndex, int]]:
        """Each row of a well with its place, in the order of the list."""
        for i, (_, pads) in enumerate(self._groups):
            field = self.index(i, 0)
            for j, (_, places) in enumerate(pads):
                pad = self.index(j, 0, field)
                for row, place in enumerate(places):
                    yield self.index(row, 0, pad), place

    def index_of(self, wanted: Callable[[int], bool]) -> QModelIndex | None:
        """The first place that is wanted: an index is made of it alone."""
        for i, (_, pads) in enumerate(self._groups):
            for j, (_, places) in enumerate(pads):
                for row, place in enumerate(places):
                    if wanted(place):
                        return self.index(row, 0, self.index(j, 0, self.index(i, 0)))
        return None

    def place_of(self, index: QModelIndex | QPersistentModelIndex) -> int | None:
        pad = index.parent()
        field = pad.parent()
        if not field.isValid():
            return None
        return self._groups[field.row()][1][pad.row()][1][index.row()]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        place = self.place_of(index)
        return super().data(index, role) if place is None else self._told(place, role)


def _heading(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setSelectable(False)
    return item
