"""Field → pad → well, with search, status and unread findings."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Job
from app.core.texts import LANGUAGES, Speaker
from app.models.changes import CARDS, FINDINGS, READINGS, WELLS, Changed
from app.models.entries import State
from app.models.well_names import Registry, normal_name
from app.models.wells import Well, WellId, WellStatus, of_label
from app.services.records.entries import drafts
from app.services.wells import listing
from app.services.wells.finding import statuses
from app.services.wells.listing import Listing
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import SearchLine
from app.views.context import Context
from app.views.shapes import status_pixmap

READS = frozenset({WELLS, FINDINGS, READINGS, CARDS, "well_passport"})
WELL = Qt.ItemDataRole.UserRole + 1
WORDS = Qt.ItemDataRole.UserRole + 2
URGENCY = Qt.ItemDataRole.UserRole + 3
FAVOURITE = Qt.ItemDataRole.UserRole + 4
HIDDEN = Qt.ItemDataRole.UserRole + 5
FOUND = Qt.ItemDataRole.UserRole + 6
"""What is wrong with the well, in both languages."""
LEAST_LETTERS = 3
"""Of a finding: two would find every well by something."""
DRAFT = "✎"
"""Beside a well, and in the bar: an entry was begun and not saved."""
ROUND_WORDS_PX = 24
"""What the search has beside its words: margins and the button that clears it."""
_URGENT = ("stop", "act", "watch", "none", "idle", "ok")


Fetched = tuple[list[WellStatus], list[int], Listing]


def _fetch(job: Job, workspace: Workspace) -> Fetched:
    """(how the wells are, the wells of forms that were begun and not saved, favourites and hidden ones)."""
    begun = [int(one.payload["well"]) for one in drafts(workspace)]
    return statuses(workspace.store), begun, listing.load(workspace)


def _seen(found: list[WellStatus]) -> list[tuple[object, ...]]:
    """What the list shows of them."""
    return [(one.well, one.status, one.unread, one.findings) for one in found]


@cache
def _found_words(code: str) -> str:
    """A finding in every language, a line each: what is typed holds no line break."""
    return "\n".join(normal_name(Speaker(one).say(f"finding.{code}")) for one in LANGUAGES)


class _Filter(QSortFilterProxyModel):
    """A well stays when its name, alias, pad or one of its findings holds what was typed; its parents stay
    with it. What is hidden is found by name all the same.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self._wanted = ""
        self.urgent_first = False
        self.only_favourites = False

    def look_for(self, text: str) -> None:
        self._wanted = normal_name(text)
        self.invalidateFilter()

    def set_urgent_first(self, on: bool) -> None:
        self.urgent_first = on
        self.invalidate()
        self.sort(0)

    def set_only_favourites(self, on: bool) -> None:
        self.only_favourites = on
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        index = self.sourceModel().index(row, 0, parent)
        words = index.data(WORDS)
        if words is None or (self.only_favourites and not index.data(FAVOURITE)):
            return False
        if not self._wanted:
            return not index.data(HIDDEN)
        if any(self._wanted in word for word in words):
            return True
        return len(self._wanted) >= LEAST_LETTERS and self._wanted in index.data(FOUND)

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:
        if self.urgent_first:
            a, b = left.data(URGENCY), right.data(URGENCY)
            if a != b:
                return bool(a < b)
        return str(left.data(Qt.ItemDataRole.DisplayRole)) < str(right.data(Qt.ItemDataRole.DisplayRole))


class WellTree(QWidget):
    loaded = Signal(int)  # how many wells there are
    drafts_known = Signal(int)  # how many forms were begun and not saved
    menu_wanted = Signal(QPoint)  # on the screen; the well under it is chosen

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._statuses: list[WellStatus] = []
        self._drafts: list[int] = []
        self.listing = Listing()
        self._draft_count = 0
        self.search = SearchLine()
        self.search.setPlaceholderText(self.tr("Find (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Find a well"))
        self.search.setClearButtonEnabled(True)
        self.search.ensurePolished()
        asked = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        self.search.setMinimumWidth(asked + ROUND_WORDS_PX)
        self._urgent = QToolButton(checkable=True, text="▲")
        self._urgent.setToolTip(self.tr("Needs attention first"))
        self._urgent.setAccessibleName(self.tr("Needs attention first"))
        self.favourites = QToolButton(checkable=True, text="★")
        self.favourites.setToolTip(self.tr("Only favourites (Ctrl+D on a well makes it one)"))
        self.favourites.setAccessibleName(self.tr("Only favourites"))
        if context.workspace.settings["glove_mode"]:
            # The width that the theme asks of a target leaves its margin out: a glove's signs were cut by it.
            for button in (self.favourites, self._urgent):
                button.ensurePolished()
                button.setMinimumWidth(button.sizeHint().width())
        self._model = QStandardItemModel(self)
        self._filter = _Filter(self)
        self._filter.setSourceModel(self._model)
        self.view = QTreeView()
        self.view.setModel(self._filter)
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
        found, drafts, kept = answer
        if (_seen(found), drafts, kept) != (_seen(self._statuses), self._drafts, self.listing):
            self._statuses, self._drafts, self.listing = found, drafts, kept
            self._fill()
        self.drafts_known.emit(len(drafts))
        self.loaded.emit(len(found))

    @Slot()
    def _journal_moved(self) -> None:
        count = self._context.workspace.journal.counts().get(State.DRAFT, 0)
        if count != self._draft_count:
            self._draft_count = count
            self.refresh()

    def _fill(self) -> None:
        current, chosen = self._context.well, {well.id for well in self.chosen()}
        blocker = self.view.selectionModel().blockSignals(True)
        self._model.clear()
        parents: dict[tuple[str, ...], QStandardItem] = {}
        for status in self._statuses:
            well = status.well
            field = self._parent(
                parents, (well.field_name,), self._model.invisibleRootItem(), well.field_name
            )
            pad_name = self.tr("Pad {pad}").format(pad=well.pad)
            pad = self._parent(parents, (well.field_name, well.pad), field, pad_name)
            pad.appendRow(self._well_item(status))
            for item in (pad, field):
                item.setData(min(item.data(URGENCY), _URGENT.index(status.status)), URGENCY)
        self.view.expandAll()
        self.view.selectionModel().blockSignals(blocker)
        self._filter.sort(0)
        if current is not None:
            self.select(current.id)
        if len(chosen) > 1:
            self._choose(chosen)

    def _choose(self, ids: set[WellId]) -> None:
        """Those that were chosen stay so: the list is made anew for each finding that somebody saw."""
        selected, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        for index in self._well_indexes():
            wanted = flags.Select if index.data(WELL).id in ids else flags.Deselect
            selected.select(index, wanted | flags.Rows)

    @staticmethod
    def _parent(
        parents: dict[tuple[str, ...], QStandardItem], key: tuple[str, ...], under: QStandardItem, words: str
    ) -> QStandardItem:
        if key not in parents:
            item = QStandardItem(words)
            item.setData(len(_URGENT), URGENCY)
            item.setSelectable(False)
            under.appendRow(item)
            parents[key] = item
        return parents[key]

    def _well_item(self, status: WellStatus) -> QStandardItem:
        well, speaker, theme = status.well, self._context.speaker, self._context.theme
        unread = f"   ({status.unread})" if status.unread else ""
        draft = f"   {DRAFT}" if well.id in self._drafts else ""
        uid = well.key["uid"]
        star = "★ " if uid in self.listing.favourites else ""
        item = QStandardItem(f"{star}{well.name}  {speaker.say(f'lift.{well.lift}')}{unread}{draft}")
        item.setData(bool(star), FAVOURITE)
        item.setData(uid in self.listing.hidden, HIDDEN)
        item.setData("\n".join(map(_found_words, status.findings)), FOUND)
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(status_pixmap(status.status, theme), mode)
        item.setIcon(icon)
        state = speaker.say(f"status.{status.status}")
        last = speaker.moment(status.last_reading_at)
        tip = self.tr("Well {name}: {state}. Last reading {moment}").format(
            name=well.name, state=state, moment=last
        )
        tips = [tip, *(speaker.say(f"finding.{code}") for code in status.findings)]
        if draft:
            tips.append(self.tr("An entry was begun and not saved"))
        item.setToolTip("\n".join(tips))
        item.setData(
            f"{well.name} {speaker.say(f'lift.{well.lift}')} {state}", Qt.ItemDataRole.AccessibleTextRole
        )
        item.setData(well, WELL)
        item.setData([normal_name(word) for word in (*well.names, well.pad)], WORDS)
        item.setData(_URGENT.index(status.status), URGENCY)
        if status.unread:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        return item

    @Slot(str)
    def _typed(self, text: str) -> None:
        labelled = of_label(self.wells(), text)
        self._filter.look_for(labelled.name if labelled is not None else text)
        self.view.expandAll()
        missing = bool(text.strip()) and not self._well_indexes()
        self.nothing.setVisible(missing)
        if missing:
            near = ", ".join(Registry(self.wells()).near(text)) or "—"
            self.nothing.setText(
                self.tr("There is no well “{name}”. Nearest: {near}").format(name=text.strip(), near=near)
            )

    @Slot(bool)
    def _sort_urgent(self, on: bool) -> None:
        self._filter.set_urgent_first(on)
        self.view.expandAll()

    @Slot(bool)
    def _show_favourites(self, on: bool) -> None:
        self._filter.set_only_favourites(on)
        self.view.expandAll()
        self.nothing.setVisible(on and not self._well_indexes())
        self.nothing.setText(self.tr("No well is a favourite yet: Ctrl+D on a well, or a right click."))

    def chosen(self) -> list[Well]:
        """In the order of the list."""
        selected = self.view.selectionModel()
        return [index.data(WELL) for index in self._well_indexes() if selected.isSelected(index)]

    def _well_indexes(self) -> list[QModelIndex]:
        found, waiting = [], [QModelIndex()]
        while waiting:
            parent = waiting.pop(0)
            for row in range(self._filter.rowCount(parent)):
                index = self._filter.index(row, 0, parent)
                (found if index.data(WELL) is not None else waiting).append(index)
        return found

    @Slot()
    def _open_first(self) -> None:
        """Enter in the search field: what is wrong with the well of that name, or of the label that a scanner
        has read, else with the first that is left.
        """
        indexes = self._well_indexes()
        if not indexes:
            return
        wanted = normal_name(self.search.text())
        labelled = of_label(self.wells(), self.search.text())
        exact = [index for index in indexes if index.data(WELL) == labelled] or [
            index for index in indexes if normal_name(index.data(WELL).name) == wanted
        ]
        self.view.setCurrentIndex((exact or indexes)[0])
        self.search.clear()
        self.view.setFocus()
        self._context.page_wanted.emit("overview", None)

    def select(self, well_id: int) -> None:
        for index in self._well_indexes():
            if index.data(WELL).id == well_id:
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
                return

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
