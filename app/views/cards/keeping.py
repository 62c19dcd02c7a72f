"""What is kept of the chosen card: a note, a protocol on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.core.notices import Notice, Severity
from app.models.cards import StoredCard
from app.models.changes import Changed
from app.views.cards.presenter import CardsPresenter
from app.views.context import Context
from app.views.handing_out import ask_target, tell_written


class Keeping(QObject):
    """`card` is the newest chosen one; nothing can be kept while there is none."""

    def __init__(self, context: Context, presenter: CardsPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._presenter, self._page = context, presenter, page
        self.card: StoredCard | None = None
        presenter.noted.connect(self._noted)
        presenter.protocol_named.connect(self._protocol_named)
        presenter.protocol_ready.connect(self._written)

    @Slot(str)
    def note(self, words: str) -> None:
        if self.card is not None:
            self._presenter.note(self.card, words)

    @Slot(Changed)
    def _noted(self, change: Changed) -> None:
        self._context.workspace.notices.publish(Notice(Severity.DONE, "notice.note_saved"))
        self._context.changed.emit(change)

    @Slot()
    def ask_protocol(self) -> None:
        if self._context.well is not None and self.card is not None:
            self._presenter.name_protocol(self._context.well, self.card)

    @Slot(str)
    def _protocol_named(self, name: str) -> None:
        path = ask_target(self._context, self._page, self.tr("Save the protocol"), name, "PDF (*.pdf)")
        if path is not None:
            self.write_protocol(path)

    def write_protocol(self, path: Path) -> None:
        if self._context.well is not None and self.card is not None:
            self._presenter.protocol(self._context.well, self.card, path)

    @Slot(Path)
    def _written(self, path: Path) -> None:
        tell_written(self._context, path)
