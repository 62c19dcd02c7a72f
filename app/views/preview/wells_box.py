"""Names that the store does not know, each decided once: another well's name, a new well, or rows to be left
out.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QSplitter, QWidget

from app.models.wells import Well
from app.views import widgets
from app.views.calm import ChoiceBox

MAKE, SKIP = "\0make", "\0skip"
MOST = 200
MOST_SHARE = 0.3
"""Of the window that wells to be decided take."""


class WellsBox(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QComboBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 8, 4)

    def ask(self, names: tuple[str, ...], wells: list[Well]) -> None:
        """What was decided before stays as it was."""
        decided = {name: box.currentData() for name, box in self._boxes.items()}
        names = tuple(dict.fromkeys((*decided, *names)))[:MOST]
        if tuple(self._boxes) == names:
            return
        widgets.clear(self._grid)
        self._boxes.clear()
        if not names:
            return
        title = widgets.heading(self.tr("Wells that are not known"))
        title.setWordWrap(True)
        self._grid.addWidget(title, 0, 0, 1, 2)
        make_all = QPushButton(self.tr("Make all of them"))
        make_all.setAutoDefault(False)
        make_all.clicked.connect(self._make_all)
        self._grid.addWidget(make_all, 1, 0, 1, 2)
        for row, name in enumerate(names, 2):
            label = QLabel(name)
            label.setToolTip(name)
            box = ChoiceBox()
            box.setAccessibleName(self.tr("Well “{name}” of the file").format(name=name))
            box.addItem(self.tr("Decide…"), "")
            box.addItem(self.tr("Make a new well"), MAKE)
            box.addItem(self.tr("Leave its rows out"), SKIP)
            for well in wells:
                box.addItem(f"{well.name} · {well.field_name}", well.name)
            box.setCurrentIndex(max(box.findData(decided.get(name, "")), 0))
            box.currentIndexChanged.connect(self._chosen)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(box, row, 1)
            self._boxes[name] = box
        self._grid.setRowStretch(len(names) + 2, 1)

    @Slot()
    def _chosen(self, *_: object) -> None:
        self.changed.emit()

    @Slot()
    def _make_all(self) -> None:
        for box in self._boxes.values():
            box.blockSignals(True)
            if not box.currentData():
                box.setCurrentIndex(box.findData(MAKE))
            box.blockSignals(False)
        self.changed.emit()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._boxes)

    def decisions(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """(name → well, empty for rows to be left out; the names of new wells)."""
        chosen = {name: str(box.currentData()) for name, box in self._boxes.items()}
        wells = {name: "" if what == SKIP else what for name, what in chosen.items() if what and what != MAKE}
        return wells, tuple(name for name, what in chosen.items() if what == MAKE)


class BesideFile(QSplitter):
    """The file's rows, and beside them the wells to be decided where there are any."""

    def __init__(self, rows: QWidget, wells: WellsBox) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._wells = wells
        self.area = widgets.scrolled(wells)
        self.area.hide()
        self.addWidget(rows)
        self.addWidget(self.area)
        self.setStretchFactor(0, 1)

    def show_wells(self, on: bool) -> None:
        """Wide enough for the answers to be read, as far as the file keeps its room; then as it is parted."""
        appears = on and self.area.isHidden()
        self.area.setVisible(on)
        if appears:
            asked = self._wells.sizeHint().width() + self.area.verticalScrollBar().sizeHint().width()
            beside = min(asked, int(MOST_SHARE * self.width()))
            self.setSizes([self.width() - beside, beside])
