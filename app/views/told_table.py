"""A table that is read: Tab goes past it, and who cannot see it is told what it shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.views.settling import Soon

MOST_LINES = 3


class ToldTable(QTableView):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nothing = ""
        """What is said in the place of rows where there are none."""
        self.setTabKeyNavigation(False)  # the arrows go through the cells
        self.setWordWrap(False)  # else a name that is cut ends with its first word, as its neighbour does

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAccessibleDescription(self.in_words())

    def in_words(self) -> str:
        """How many rows, what stands in the columns, and the first row."""
        model = self.model()
        if model is None or not model.rowCount():
            return self.nothing or QCoreApplication.translate("ToldTable", "No rows")
        shown = [i for i in range(model.columnCount()) if not self.isColumnHidden(i)]
        titles = [str(model.headerData(i, Qt.Orientation.Horizontal) or "") for i in shown]
        first = [str(model.index(0, i).data() or "") for i in shown]
        pairs = ", ".join(f"{title}: {cell}" for title, cell in zip(titles, first, strict=True) if cell)
        words = QCoreApplication.translate("ToldTable", "Rows: {count}. The first one: {first}")
        return words.format(count=model.rowCount(), first=pairs)

    def words_in(self, column: int, fit: Callable[[], None]) -> None:
        """`fit` is called whenever that column has got another width: when Qt tells of it, it has the old one
        yet.
        """
        soon = Soon(self, 0)
        soon.timeout.connect(fit)

        def resized(section: int, before: int, now: int) -> None:
            if section == column:
                soon.start()

        self.horizontalHeader().sectionResized.connect(resized)

    def fit_rows(self, column: int, row_px: int, beside_px: int, most: int = MOST_LINES) -> None:
        """Words that have no room in one line have more, up to `most`; the other rows stay as high as they
        are.
        """
        room, metrics = self.columnWidth(column) - beside_px, self.fontMetrics()
        for row in range(self.model().rowCount()):
            words = str(self.model().index(row, column).data() or "")
            lines = 1
            if room > 0 and metrics.horizontalAdvance(words) > room:
                asked = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, words)
                lines = min(max(round(asked.height() / metrics.lineSpacing()), 2), most)
            self.setRowHeight(row, row_px + (lines - 1) * metrics.lineSpacing())
