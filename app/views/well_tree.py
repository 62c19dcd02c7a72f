"""Field → pad → well, with search, status and unread findings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Job
from app.models.alarms import Waiting
from app.models.changes import ALARMS, CARDS, FINDINGS, READINGS, WELLS, Changed
from app.models.entries import State
from app.models.store import alarm_list
from app.models.well_names import Registry, normal_name
from app.models.wells import Well, WellId, WellStatus, of_label
from app.reports.alarms_waiting import waiting_words
from app.services.records.entries import drafts
from app.services.wells import listing
from app.services.wells.finding import statuses
from app.services.wells.listing import Listing
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import SearchLine
from app.views.context import Context
from app.views.shapes import status_pixmap
from app.views.well_list import Arrangement, Listed, WellsModel, listed

READS = frozenset({WELLS, FINDINGS, READINGS, CARDS, ALARMS, "alarm_act", "well_passport"})
WELL = Qt.ItemDataRole.UserRole + 1
ROUND_WORDS_PX = 24
"""What the search has beside its words: margins and the button that clears it."""

GLOVE_SEARCH_PX = 60


@dataclass(frozen=True)
class Fetched:
    """How the wells are, the wells of forms that were begun and not saved, favourites and hidden ones, and
    the alarms that wait for somebody.
    """

    statuses: list[WellStatus]
    drafts: list[int]
    kept: Listing
    alarms: dict[int, Waiting]
    wells: list[Listed]


def _fetch(job: Job, workspace: Workspace) -> Fetched:
    begun = [int(one.payload["well"]) for one in drafts(workspace)]
    found, kept = statuses(workspace.store), listing.load(workspace)
    alarms = alarm_list.by_well(workspace.store, workspace.clock())
    return Fetched(
        found, begun, kept, alarms, listed(found, begun, kept, workspace.settings.speaker(), alarms)
    )


def _seen(found: list[WellStatus]) -> list[tuple[object, ...]]:
    """What the list shows of them."""
    return [(one.well, one.status, one.unread, one.findings) for one in found]


def _standing(index: QModelIndex) -> tuple[int, int, int]:
    return index.parent().parent().row(), index.parent().row(), index.row()


class WellTree(QWidget):
    loaded = Signal(int)  # how many wells there are
    drafts_known = Signal(int)  # how many forms were begun and not saved
    menu_wanted = Signal(QPoint)  # on the screen; the well under it is chosen

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._statuses: list[WellStatus] = []
        self._wells: list[Listed] = []
        self._icons: dict[str, QIcon] = {}
        self._drafts: list[int] = []
        self._alarms: dict[int, Waiting] = {}
        self.listing = Listing()
        self._draft_count = 0
        self.search = SearchLine()
        self.search.setPlaceholderText(self.tr("Find (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Find a well, a command, an entry, a document"))
        self.search.setClearButtonEnabled(True)
        self.search.ensurePolished()
        asked = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        gloves = context.workspace.settings["glove_mode"]
        # Its words leave a glove's buttons no room beside a page of a small screen.
        self.search.setMinimumWidth(GLOVE_SEARCH_PX if gloves else asked + ROUND_WORDS_PX)
        self._urgent = QToolButton(checkable=True, text="▲")
        self._urgent.setToolTip(self.tr("Needs attention first"))
        self._urgent.setAccessibleName(self.tr("Needs attention first"))
        self.favourites = QToolButton(checkable=True, text="★")
        self.favourites.setToolTip(self.tr("Only favourites (Ctrl+D on a well makes it one)"))
        self.favourites.setAccessibleName(self.tr("Only favourites"))
        if gloves:
            # The width that the theme asks of a target leaves its margin out: a glove's signs were cut by it.
            for button in (self.favourites, self._urgent):
                button.ensurePolished()
                button.setMinimumWidth(button.sizeHint().width())
        self._arrangement = Arrangement()
        self._model = WellsModel(self._told, self)
        self.view = QTreeView()
        self.view.setModel(self._model)
        self.view.setHeaderHidden(True)
        self.view.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.view.setIndentation(14)
        self.view.setUniformRowHeights(True)
        self.view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setAccessibleName(self.tr("Wells"))
        self.view.header().setStretchLastSection(True)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.favourites)
        top.addWidget(self._urgent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 0, 6)
        self.nothing = widgets.text("")
        self.nothing.hide()
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, 1)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._open_first)
        self._urgent.toggled.connect(self._sort_urgent)
        self.favourites.toggled.connect(self._show_favourites)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        context.changed.connect(self._changed)
        context.syncing.changed.connect(self._journal_moved)

    def find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.data(WELL) is not None:
            chosen = self.view.selectionModel()
            if not chosen.isSelected(index):
                alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
                chosen.setCurrentIndex(index, alone | QItemSelectionModel.SelectionFlag.Rows)
            self.menu_wanted.emit(self.view.viewport().mapToGlobal(at))

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        if change.concerns(None, READS):
            self.refresh()

    @Slot()
    def refresh(self, *_: object) -> None:
        self._context.runner.start(
            _fetch, self._context.workspace, lane="store", purpose="well tree", done=self._show
        )

    @Slot(object)
    def _show(self, answer: Fetched) -> None:
        found, drafts, kept = answer.statuses, answer.drafts, answer.kept
        shown = (_seen(self._statuses), self._drafts, self.listing, self._alarms)
        if (_seen(found), drafts, kept, answer.alarms) != shown:
            self._statuses, self._drafts, self.listing = found, drafts, kept
            self._alarms = answer.alarms
            self._arrange(answer.wells)
        self.drafts_known.emit(len(drafts))
        self.loaded.emit(len(found))

    @Slot()
    def _journal_moved(self) -> None:
        count = self._context.workspace.journal.counts().get(State.DRAFT, 0)
        if count != self._draft_count:
            self._draft_count = count
            self.refresh()

    def _arrange(self, wells: list[Listed] | None = None) -> None:
        """What was open and what was chosen stays so as far as it is listed: the list is made anew for each
        letter, and for each finding that somebody saw.
        """
        current, chosen = self._context.well, {well.id for well in self.chosen()}
        if wells is not None:
            self._wells = wells
        blocker = self.view.selectionModel().blockSignals(True)
        self._model.show_groups(self._arrangement.groups(self._wells, self._pad_words))
        self.view.expandAll()
        self.view.selectionModel().blockSignals(blocker)
        if self._model.rowCount():  # also when the well that was sought has come since
            self.nothing.hide()
        if current is not None:
            self.select(current.id)
        if len(chosen) > 1:
            self._choose(chosen)

    def _pad_words(self, pad: str) -> str:
        return self.tr("Pad {pad}").format(pad=pad)

    def _choose(self, ids: set[WellId]) -> None:
        selected, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        for index, place in self._model.wells():
            wanted = flags.Select if self._well(place).id in ids else flags.Deselect
            selected.select(index, wanted | flags.Rows)

    def _well(self, place: int) -> Well:
        return self._wells[place].status.well

    def _told(self, place: int, role: int) -> object:
        """What a row says of its well."""
        one = self._wells[place]
        status = one.status
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == WELL:
            return status.well
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(status.status)
        if role == Qt.ItemDataRole.FontRole and status.unread:
            font = QFont(self.view.font())
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            speaker = self._context.speaker
            lift, state = speaker.say(f"lift.{status.well.lift}"), speaker.say(f"status.{status.status}")
            return f"{status.well.name} {lift} {state}"
        return None

    def _icon(self, status: str) -> QIcon:
        if status not in self._icons:
            icon = self._icons[status] = QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(status_pixmap(status, self._context.theme), mode)
        return self._icons[status]

    def _tip(self, one: Listed) -> str:
        status, speaker = one.status, self._context.speaker
        tip = self.tr("Well {name}: {state}. Last reading {moment}").format(
            name=status.well.name,
            state=speaker.say(f"status.{status.status}"),
            moment=speaker.moment(status.last_reading_at),
        )
        tips = [tip, *(speaker.say(f"finding.{code}") for code in status.findings)]
        tips += [words] if (words := waiting_words(one.alarms, speaker)) else []
        if one.draft:
            tips.append(self.tr("An entry was begun and not saved"))
        return "\n".join(tips)

    @Slot(str)
    def _typed(self, text: str) -> None:
        labelled = of_label(self.wells(), text)
        self._arrangement.typed = labelled.name if labelled is not None else text
        self._arrange()
        missing = bool(text.strip()) and not self._model.rowCount()
        self.nothing.setVisible(missing)
        if missing:
            like = ", ".join(Registry(self.wells()).like(text))
            words = (
                self.tr("There is no well “{name}”. Nearest: {near}")
                if like
                else self.tr("There is no well “{name}”.")
            )
            self.nothing.setText(words.format(name=text.strip(), near=like))

    @Slot(bool)
    def _sort_urgent(self, on: bool) -> None:
        self._arrangement.urgent_first = on
        self._arrange()

    @Slot(bool)
    def _show_favourites(self, on: bool) -> None:
        self._arrangement.only_favourites = on
        self._arrange()
        self.nothing.setVisible(on and not self._model.rowCount())
        self.nothing.setText(self.tr("No well is a favourite yet: Ctrl+D on a well, or a right click."))

    def chosen(self) -> list[Well]:
        """In the order of the list."""
        rows = sorted(self.view.selectionModel().selectedRows(), key=_standing)
        return [index.data(WELL) for index in rows]

    def _well_indexes(self) -> list[QModelIndex]:
        return [index for index, _ in self._model.wells()]

    @Slot()
    def _open_first(self) -> None:
        """Enter in the search field: what is wrong with the well of that name, or of the label that a scanner
        has read, else with the first that is left.
        """
        wanted = normal_name(self.search.text())
        labelled = of_label(self.wells(), self.search.text())
        index = (
            None if labelled is None else self._model.index_of(lambda place: self._well(place) == labelled)
        )
        index = index or self._model.index_of(lambda place: normal_name(self._well(place).name) == wanted)
        index = index or self._model.index_of(lambda place: True)
        place = None if index is None else self._model.place_of(index)
        if place is not None:
            self.open_well(self._well(place).id)

    def open_well(self, well_id: int) -> None:
        index = self._model.index_of(lambda place: self._well(place).id == well_id)
        if index is None:
            return
        self.view.setCurrentIndex(index)
        self.search.clear()
        self.view.setFocus()
        self._context.page_wanted.emit("overview", None)

    def select(self, well_id: int) -> None:
        index = self._model.index_of(lambda place: self._well(place).id == well_id)
        if index is not None:
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def listed_first(self, most: int) -> list[Well]:
        """The one of the name that is typed, then those at the top of the list."""
        wanted = normal_name(self.search.text())
        listed = [self._well(place) for _, place in self._model.wells()]
        return sorted(listed, key=lambda well: normal_name(well.name) != wanted)[:most]

    def wells(self) -> list[Well]:
        return [status.well for status in self._statuses]

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        """With Ctrl or Shift wells are added to the chosen ones, and the right button asks what to do with
        them: which one is open stays.
        """
        adding = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if QApplication.keyboardModifiers() & adding and QApplication.focusWidget() is self.view:
            return
        asking = bool(QApplication.mouseButtons() & Qt.MouseButton.RightButton)
        if asking and self.view.selectionModel().isSelected(current) and len(self.chosen()) > 1:
            return
        well = current.data(WELL)
        if well is not None and (self._context.well is None or self._context.well.id != well.id):
            self._context.choose_well(well)
