"""F1: the manual, offline, searched as one types; beside it what it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.services import manual
from app.services.manual import Passage
from app.views.calm import TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.handing_out import open_path

PASSAGE = Qt.ItemDataRole.UserRole


class ManualDialog(FittedDialog):
    """Beside the window, not over it: one reads and does."""

    def __init__(self, context: Context, parent: QWidget, page: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Manual"))
        self.resize(880, 620)
        self._every = manual.passages(context.speaker.language)
        self.typed = TextLine()
        self.typed.setPlaceholderText(self.tr("Find in the manual"))
        self.typed.setAccessibleName(self.tr("Find in the manual"))
        self.typed.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setWordWrap(True)  # a long name of a page goes over, instead of under a bar
        self.found.setAccessibleName(self.tr("Found"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Text of the manual"))
        self.text.setOpenLinks(False)
        self.text.setSearchPaths([str(manual.folder() / context.speaker.language)])  # its pictures
        self.text.anchorClicked.connect(self._follow)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.typed)
        column.addWidget(self.found, 1)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.text)
        split.setSizes([260, 620])
        split.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.addWidget(split)
        self.typed.textChanged.connect(self._search)
        self.found.currentItemChanged.connect(self._show)
        self._search("")
        self._turn_to(page)
        self.typed.setFocus()

    @Slot(str)
    def _search(self, typed: str) -> None:
        self.found.clear()
        for passage in manual.found(self._every, typed):
            item = QListWidgetItem(passage.title or passage.heading)
            item.setToolTip(passage.heading)
            item.setData(PASSAGE, passage)
            self.found.addItem(item)
        if self.found.count():
            self.found.setCurrentRow(0)
        else:
            self.text.setPlainText(self.tr("Nothing of that stands in the manual. Try another word."))

    def _turn_to(self, page: str) -> None:
        """The first passage of it."""
        rows = (i for i in range(self.found.count()) if self.found.item(i).data(PASSAGE).page == page)
        self.found.setCurrentRow(next(rows, 0))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _show(self, item: QListWidgetItem | None, before: QListWidgetItem | None = None) -> None:
        if item is None:
            return
        passage: Passage = item.data(PASSAGE)
        self.text.document().setMarkdown(
            f"## {passage.heading}\n\n{passage.text}", QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        )
        words = self.typed.text().split()
        if words:
            self.text.find(words[0])

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        """To a file beside the manual: with what the system has for it."""
        target = (manual.folder() / link.toString()).resolve()
        if manual.folder().resolve() in target.parents:
            open_path(target)
