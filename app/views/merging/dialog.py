"""Which well the chosen one is, and what merging them brings: said before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.merged_wells import Prospect
from app.models.well_names import normal_name
from app.models.wells import Well
from app.reports import merge_words
from app.reports.wording import well_words
from app.services.wells import merging
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.fitted import FittedDialog


def _look(job: Job, workspace: Workspace, well: Well, into: Well) -> Prospect | KnownError:
    try:
        return merging.look(workspace, well, into)
    except KnownError as error:
        return error


def merge_now(job: Job, workspace: Workspace, well: Well, into: Well) -> tuple[Well, Well]:
    """The doubts were read; what is known of the well that stays is said anew."""
    before = merging.relation(workspace)
    merging.merge(workspace, well, into, sure=True)
    merging.judge_again(workspace, before, job)
    return well, into


class MergeDialog(FittedDialog):
    merge_wanted = Signal(Well, Well)  # the well that goes, the well that stays

    def __init__(self, context: Context, well: Well, others: list[Well], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._well, self._others = context, well, others
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Merge well {name}").format(name=well.name))
        self.resize(560, 420)
        self.into = ChoiceBox()
        self.into.setEditable(True)
        self.into.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.into.setAccessibleName(self.tr("The well that stays"))
        self.into.addItems([well_words(one, context.speaker) for one in others])
        self.into.setCurrentIndex(-1)
        self.into.lineEdit().setPlaceholderText(self.tr("Name of the well that stays"))
        self.into.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.into.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.said = widgets.text("")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sure = QCheckBox(self.tr("It is one well all the same"))
        self.sure.hide()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(self.tr("Merge"))
        self.ok.setEnabled(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        top = QFormLayout()
        top.addRow(self.tr("Goes into"), self.into)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(widgets.scrolled(self.said), 1)
        layout.addWidget(self.sure)
        layout.addWidget(self.buttons)
        self.into.currentIndexChanged.connect(self._chosen)
        self.into.lineEdit().returnPressed.connect(self._named)
        self.sure.toggled.connect(self._settle)
        self.buttons.accepted.connect(self._merge)
        self.buttons.rejected.connect(self.reject)
        self._prospect: Prospect | None = None

    def choose(self, into: Well) -> None:
        """The well that stays; another one can still be chosen."""
        self.into.setCurrentIndex(next(i for i, one in enumerate(self._others) if one.id == into.id))

    @Slot()
    def _named(self) -> None:
        """Its name alone is enough where one well has it."""
        typed = normal_name(self.into.currentText())
        found = [
            place
            for place, one in enumerate(self._others)
            if typed in map(normal_name, (*one.names, well_words(one, self._context.speaker)))
        ]
        if len(found) == 1:
            self.into.setCurrentIndex(found[0])
        else:
            self._chosen(-1)
            words = self.tr("Several wells are called so: choose from the list.")
            self.said.setText(words if found else self.tr("There is no such well: choose from the list."))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self._prospect = None
        self.sure.setChecked(False)
        self._settle()
        if place >= 0:
            self.said.setText(self.tr("Looking at both wells…"))
            self._context.runner.start(
                _look,
                self._context.workspace,
                self._well,
                self._others[place],
                lane="store",
                purpose="look at merge",
                done=self._looked,
            )

    @Slot(object)
    def _looked(self, answer: Prospect | KnownError) -> None:
        speaker = self._context.speaker
        if isinstance(answer, KnownError):
            self.said.setText(speaker.error(answer))
            return
        self._prospect = answer
        self.said.setText("\n\n".join(merge_words.lines(answer, speaker)))
        self._settle()

    @Slot()
    def _settle(self) -> None:
        doubts = bool(self._prospect and self._prospect.doubts)
        self.sure.setVisible(doubts)
        self.ok.setEnabled(self._prospect is not None and (not doubts or self.sure.isChecked()))

    @Slot()
    def _merge(self) -> None:
        if self._prospect is not None:
            self.merge_wanted.emit(self._prospect.well, self._prospect.into)
            self.accept()
