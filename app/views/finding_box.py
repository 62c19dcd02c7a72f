"""One finding with its evidence, where to see it, and the engineer's decision. The same box on every page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QPushButton, QWidget

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.changes import FINDINGS, Changed
from app.models.findings import Finding
from app.models.records import Record
from app.reports import wording
from app.services.records import entries
from app.services.tasks import listing
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.overflow import OverflowRow
from app.views.words_dialog import WordsDialog


def _decide(job: Job, workspace: Workspace, finding: Finding, decision: str, reason: str) -> Changed:
    from app.services.diagnosis import taught  # the physics is loaded by the first decision

    taught.decide(workspace, finding, decision, reason)
    return Changed(finding.well_id, frozenset({FINDINGS}), finding.from_at, finding.to_at)


def _reopen(job: Job, workspace: Workspace, finding: Finding) -> Changed:
    entries.reopen(workspace, finding)
    return Changed(finding.well_id, frozenset({FINDINGS}), finding.from_at, finding.to_at)


def _to_tasks(job: Job, workspace: Workspace, finding: Finding, words: str) -> Record:
    return listing.of_finding(workspace, finding, words)


def is_signed(context: Context, parent: QWidget) -> bool:
    """A decision has a name under it: it is asked for once, and kept in the settings."""
    settings = context.workspace.settings
    while not settings["author"].strip():
        question = QCoreApplication.translate("FindingBox", "Your name, as it stands under what you enter:")
        title = QCoreApplication.translate("FindingBox", "Who decides?")
        name, good = QInputDialog.getText(parent, title, question)
        if not good:
            return False
        settings.set("author", name.strip())
    return True


class FindingBox(QWidget):
    show_wanted = Signal(Finding)

    def __init__(self, context: Context, finding: Finding, *, compact: bool = False) -> None:
        super().__init__()
        self._context, self.finding = context, finding
        self.asked: WordsDialog | None = None
        speaker = context.speaker
        frame, layout = widgets.card()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        severity = speaker.say(f"status.{finding.severity}")
        title = widgets.status_line(
            finding.severity,
            f"{wording.finding_title(finding, speaker)} — {severity}",
            context.theme,
            strong=True,
        )
        layout.addWidget(title)
        layout.addWidget(
            widgets.muted(
                f"{wording.period_words(finding, speaker)} · "
                f"{wording.confidence_words(finding.confidence, speaker)}"
            )
        )
        for evidence in finding.evidence:
            layout.addWidget(widgets.text("• " + wording.evidence_line(evidence, speaker)))
        for evidence in finding.against:
            layout.addWidget(
                widgets.text(
                    "• " + speaker.say("finding.against", line=wording.evidence_line(evidence, speaker))
                )
            )
        if not compact:
            layout.addWidget(
                widgets.text(speaker.say("finding.advice", advice=wording.advice_line(finding, speaker)))
            )
            settling = wording.settling_line(finding, speaker)
            if settling:
                layout.addWidget(widgets.text(settling))
            contradiction = wording.contradiction_line(finding, speaker)
            if contradiction:
                layout.addWidget(widgets.muted(contradiction))
        if finding.decision:
            layout.addWidget(widgets.muted(wording.decision_words(finding, speaker)))
        layout.addWidget(self._buttons())

    def _buttons(self) -> OverflowRow:
        row = OverflowRow(6)
        self.show_button = QPushButton(self.tr("Show where"))
        self.show_button.setProperty("primary", True)
        self.show_button.clicked.connect(self._show)
        row.give_way(self.show_button)
        if not self.finding.decision and self.finding.severity != "info":
            self.accept_button = QPushButton(self.tr("Accept"))
            self.accept_button.clicked.connect(self._accept)
            self.reject_button = QPushButton(self.tr("Reject…"))
            self.reject_button.clicked.connect(self._ask_reason)
            self.task_button = QPushButton(self.tr("To the tasks"))
            self.task_button.setToolTip(self.tr("Somebody is to look at it: a task of the day"))
            self.task_button.clicked.connect(self._set_task)
            row.give_way(self.accept_button, self.reject_button, self.task_button)
        if self.finding.decision:
            self.reopen_button = QPushButton(self.tr("Reopen"))
            self.reopen_button.setToolTip(self.tr("Take the decision back: the finding waits for one again"))
            self.reopen_button.clicked.connect(self._take_back)
            row.give_way(self.reopen_button)
        row.gap()
        return row

    @Slot()
    def _show(self) -> None:
        self.show_wanted.emit(self.finding)

    @Slot()
    def _accept(self) -> None:
        if is_signed(self._context, self):
            self.decide("accepted", "")

    @Slot()
    def _ask_reason(self) -> None:
        if not is_signed(self._context, self):
            return
        question = self.tr("Why is it wrong? The reason is kept and sent.")
        self.asked = WordsDialog(self._context, self.tr("Reject the finding"), question, self)
        self.asked.told.connect(partial(self.decide, "rejected"))
        self.asked.open()

    def decide(self, decision: str, reason: str) -> None:
        self._context.runner.start(
            _decide, self._context.workspace, self.finding, decision, reason, done=self._decided
        )

    @Slot()
    def _set_task(self) -> None:
        words = wording.finding_title(self.finding, self._context.speaker)
        workspace = self._context.workspace
        self._context.runner.start(
            _to_tasks, workspace, self.finding, words, lane="journal", done=self._is_set
        )

    @Slot(object)
    def _is_set(self, task: Record) -> None:
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.task_set", {}, "take back", task.id)
        )
        self._context.changed.emit(Changed.of(task))

    @Slot()
    def _take_back(self) -> None:
        self._context.runner.start(_reopen, self._context.workspace, self.finding, done=self._decided)

    @Slot(object)
    def _decided(self, change: Changed) -> None:
        name = self.finding.id  # an older card's has none yet
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.decision_saved", {}, "take back" if name else "", name)
        )
        self._context.changed.emit(change)
