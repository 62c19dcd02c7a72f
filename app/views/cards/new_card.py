"""A card taken by hand: its form, what is wrong with it, and what is said when it is saved."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.errors import KnownError
from app.core.notices import Notice, Severity
from app.models.cards import StoredCard
from app.views.cards.card_form import CardForm
from app.views.cards.presenter import CardsPresenter
from app.views.context import Context


class NewCard(QObject):
    """One form at a time; it stays with what was typed until the card is saved."""

    saved = Signal(StoredCard)

    def __init__(self, context: Context, presenter: CardsPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._presenter, self._page = context, presenter, page
        self.form: CardForm | None = None
        self.last: StoredCard | None = None
        presenter.added.connect(self._added)

    @Slot()
    def open_form(self) -> None:
        if self._context.well is None or self.form is not None:
            return
        self.form = CardForm(self._context, self._page, self.last)
        self.form.entered.connect(self._entered)
        self.form.finished.connect(self._form_closed)
        self.form.import_wanted.connect(self._context.import_wanted)
        self.form.show()

    @Slot()
    def _form_closed(self) -> None:
        self.form = None

    @Slot(datetime, float, np.ndarray, np.ndarray)
    def _entered(self, at: datetime, speed: float, position: np.ndarray, load: np.ndarray) -> None:
        well = self._context.well
        if well is not None:
            self._presenter.add(well, at, speed, position, load, self._refused)

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        if isinstance(error, KnownError) and self.form is not None:
            self.form.refused(self._context.speaker.error(error))
        else:
            self._context.runner.failed.emit(error)

    @Slot(StoredCard)
    def _added(self, card: StoredCard) -> None:
        if self.form is not None:
            self.form.accept()
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.card_saved", {}, "take back", card.id)
        )
        self.saved.emit(card)
