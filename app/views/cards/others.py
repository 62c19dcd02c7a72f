"""Cards of other wells laid over this one's: which wells, chosen in a list of those that have cards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core.jobs import Job
from app.models.well_names import normal_name
from app.models.wells import Well
from app.reports.wording import well_words
from app.services.diagnosis import cards as service
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog

MOST = 5
"""More would not be told apart."""
WELL = Qt.ItemDataRole.UserRole


def _with_cards(job: Job, workspace: Workspace) -> list[Well]:
    return service.wells_with_cards(workspace)


class OtherWells(QObject):
    """`wells` stay chosen until another well is opened."""

    changed = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.wells: tuple[Well, ...] = ()
        self.dialog: OthersDialog | None = None
        context.well_changed.connect(self._forget)

    @Slot()
    def _forget(self, *_: object) -> None:
        self.wells = ()

    def open(self) -> None:
        if self._context.well is not None:
            self.dialog = OthersDialog(self._context, self._context.well, self.wells, self._page)
            self.dialog.chosen.connect(self._choose)
            self.dialog.open()

    @Slot(tuple)
    def _choose(self, wells: tuple[Well, ...]) -> None:
        self.wells = wells
        self.changed.emit()


class OthersDialog(FittedDialog):
    """What is ticked is drawn at once: one looks and ticks on."""

    chosen = Signal(tuple)

    def __init__(self, context: Context, well: Well, chosen: tuple[Well, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._well, self._before = context, well, {one.id for one in chosen}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Cards of other wells"))
        self.resize(360, 420)
        self.typed = TextLine()
        self.typed.setPlaceholderText(self.tr("Name of a well"))
        self.typed.setAccessibleName(self.tr("Name of a well"))
        self.typed.setClearButtonEnabled(True)
        self.wells = QListWidget()
        self.wells.setAccessibleName(self.tr("Wells that have dynamograms"))
        self.state = widgets.muted(
            self.tr("Of each well the card nearest in time to the one that is open. %n at most.", "", MOST)
        )
        layout = QVBoxLayout(self)
        for part, stretch in ((self.typed, 0), (self.wells, 1), (self.state, 0)):
            layout.addWidget(part, stretch)
        self.typed.textChanged.connect(self._filter)
        self.wells.itemChanged.connect(self._ticked)
        context.runner.start(
            _with_cards, context.workspace, lane="store", purpose="wells with cards", done=self._fill
        )

    @Slot(object)
    def _fill(self, wells: list[Well]) -> None:
        self.wells.blockSignals(True)
        for well in wells:
            if well.id == self._well.id:
                continue
            item = QListWidgetItem(well_words(well, self._context.speaker))
            item.setData(WELL, well)
            ticked = Qt.CheckState.Checked if well.id in self._before else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            self.wells.addItem(item)
        self.wells.blockSignals(False)
        if not self.wells.count():
            self.state.setText(self.tr("No other well has a dynamogram."))

    def _items(self) -> list[QListWidgetItem]:
        return [self.wells.item(row) for row in range(self.wells.count())]

    @Slot(str)
    def _filter(self, typed: str) -> None:
        wanted = normal_name(typed)
        for item in self._items():
            item.setHidden(not any(wanted in normal_name(name) for name in item.data(WELL).names))

    @Slot(QListWidgetItem)
    def _ticked(self, item: QListWidgetItem) -> None:
        ticked = [one for one in self._items() if one.checkState() == Qt.CheckState.Checked]
        if len(ticked) > MOST:
            item.setCheckState(Qt.CheckState.Unchecked)
            return
        self.chosen.emit(tuple(one.data(WELL) for one in ticked))
