"""Cards like this one, of all wells and all years, with what they turned out to be; and one decision for
those that are ticked.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.rules import RULES
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.texts import Speaker
from app.models.cards import StoredCard
from app.models.changes import FINDINGS, Changed
from app.services.diagnosis import alike as service
from app.services.diagnosis.alike import Alike
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.finding_box import is_signed
from app.views.fitted import FittedDialog
from app.views.words_dialog import WordsDialog

CARD = Qt.ItemDataRole.UserRole
LIKE = 0.06
"""Root of the mean square, in parts of the load's range: what is nearer is ticked from the start."""


class CardsAlike(QObject):
    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.dialog: AlikeDialog | None = None

    def open(self, card: StoredCard | None) -> None:
        if card is not None:
            self.dialog = AlikeDialog(self._context, card, self._page)
            self.dialog.open()


class AlikeDialog(FittedDialog):
    def __init__(self, context: Context, card: StoredCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._card = context, card
        self.asked: WordsDialog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Cards like this one"))
        self.resize(760, 520)
        self.state = widgets.muted(self.tr("Looking through all cards…"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Cards that look alike, the nearest first"))
        self.condition = ChoiceBox()
        self.condition.setAccessibleName(self.tr("Condition"))
        self.condition.addItem(self.tr("Choose a condition"), "")
        for code in sorted((rule.key for rule in RULES if rule.needs == "card"), key=self._title):
            self.condition.addItem(self._title(code), code)
        self.accept_button = QPushButton(self.tr("All ticked have it"))
        self.reject_button = QPushButton(self.tr("None of them has it…"))
        for button in (self.accept_button, self.reject_button):
            button.setEnabled(False)
        decision = QHBoxLayout()
        for part in (self.condition, self.accept_button, self.reject_button):
            decision.addWidget(part)
        decision.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.state)
        layout.addWidget(self.list, 1)
        layout.addLayout(decision)
        self.accept_button.clicked.connect(self._accept)
        self.reject_button.clicked.connect(self._ask_reason)
        self.list.itemChanged.connect(self._ticked)
        context.runner.start(
            _look, context.workspace, card, lane="compute", purpose="cards alike", done=self._found
        )

    def _title(self, code: str) -> str:
        return self._context.speaker.say(f"finding.{code}")

    @property
    def ticked(self) -> list[StoredCard]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(CARD) for item in items if item.checkState() == Qt.CheckState.Checked]

    @Slot(object)
    def _found(self, found: list[Alike]) -> None:
        """The card itself is the first of them: it is decided with the others."""
        speaker = self._context.speaker
        here = self.tr("this card")
        own = QListWidgetItem(f"{speaker.moment(self._card.taken_at)} · {here}")
        self._add(own, self._card, ticked=True)
        for one in found:
            self._add(QListWidgetItem(words(one, speaker)), one.card, ticked=one.apart <= LIKE)
        known = [
            code for one in found if one.apart <= LIKE for code, said in one.decided if said == "accepted"
        ]
        first = known or list(self._card.codes)
        if first:
            self.condition.setCurrentIndex(max(0, self.condition.findData(first[0])))
        self.condition.currentIndexChanged.connect(self._ticked)
        self.state.setText(
            self.tr("The nearest of all wells. Ticked: those that hardly differ.")
            if found
            else self.tr("No other card is kept here.")
        )
        self._ticked()

    def _add(self, item: QListWidgetItem, card: StoredCard, *, ticked: bool) -> None:
        item.setData(CARD, card)
        item.setToolTip(item.text())
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    @Slot()
    def _ticked(self, *_: object) -> None:
        for button in (self.accept_button, self.reject_button):
            button.setEnabled(bool(self.ticked) and bool(self.condition.currentData()))

    @Slot()
    def _accept(self) -> None:
        self.decide("accepted", "")

    @Slot()
    def _ask_reason(self) -> None:
        question = self.tr("Why is it wrong? The reason is kept and sent.")
        self.asked = WordsDialog(self._context, self.condition.currentText(), question, self, needed=True)
        self.asked.told.connect(self._reject)
        self.asked.open()

    @Slot(str)
    def _reject(self, reason: str) -> None:
        self.decide("rejected", reason)

    def decide(self, decision: str, reason: str) -> None:
        if not is_signed(self._context, self):
            return
        self._context.runner.start(
            _decide,
            self._context.workspace,
            self.ticked,
            self.condition.currentData(),
            decision,
            reason,
            title=self.windowTitle(),
            done=self._decided,
        )

    @Slot(object)
    def _decided(self, done: tuple[str, int]) -> None:
        last, count = done
        told = Notice(Severity.DONE, "notice.decided_together", {"count": count}, "take back", last)
        self._context.workspace.notices.publish(told)
        self._context.changed.emit(Changed(None, frozenset({FINDINGS})))
        self.accept()


def words(one: Alike, speaker: Speaker) -> str:
    """`77 · 26.11 08:00 · 3 % apart · by the rules: gas · decided: gas · then: pump changed`."""
    decided = [
        speaker.say(f"alike.{said}", finding=speaker.say(f"finding.{code}")) for code, said in one.decided
    ]
    said = ", ".join(speaker.say(f"finding.{code}") for code in one.said[:2])
    parts = (
        one.well,
        speaker.moment(one.card.taken_at),
        speaker.say("alike.apart", share=speaker.bare(one.apart * 100, "number", digits=1)),
        *decided,
        speaker.say("alike.rules", said=said) if said else "",
        speaker.say("alike.repaired", why=one.repaired) if one.repaired else "",
    )
    return " · ".join(filter(None, parts))


def _look(job: Job, workspace: Workspace, card: StoredCard) -> list[Alike]:
    return service.alike(job, workspace, card)


def _decide(
    job: Job, workspace: Workspace, cards: list[StoredCard], code: str, decision: str, reason: str
) -> tuple[str, int]:
    return service.decide_together(job, workspace, cards, code, decision, reason)
