"""Fetches cards and analyses the chosen ones, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.analysis.cards.figures import CardAnalysis
from app.analysis.diagnosis import diagnose_card
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.services import cards as service
from app.services.diagnose import findings_of
from app.services.workspace import Workspace
from app.views.context import Context


@dataclass(frozen=True)
class AnalysedCard:
    """Findings of the newest card are the stored ones, with their decisions; of older cards what the rules say now."""

    stored: StoredCard
    analysis: CardAnalysis
    findings: tuple[Finding, ...]


def _history(job: Job, workspace: Workspace, well: int, since: datetime | None, until: datetime | None) -> list[StoredCard]:  # fmt: skip
    return service.history(workspace, well, since, until)


def _analyse(job: Job, workspace: Workspace, cards: list[StoredCard]) -> list[AnalysedCard]:
    kept = findings_of(workspace, cards[-1].well_id)
    result = []
    for card in cards:
        job.check()
        try:
            analysis = service.analyse_stored(workspace, card)
        except KnownError:
            if card is cards[-1]:
                raise
            continue
        result.append(AnalysedCard(card, analysis, _findings(card, analysis, kept)))
    return result


def _findings(card: StoredCard, analysis: CardAnalysis, kept: list[Finding]) -> tuple[Finding, ...]:
    stored = tuple(f for f in kept if any(evidence.card_id == card.id for evidence in f.evidence))
    if stored:
        return stored
    return tuple(
        Finding(card.well_id, code, v.severity, v.confidence, card.taken_at, card.taken_at, v.evidence, v.against, v.settled_by, decision="")
        for code, v in diagnose_card(analysis)
    )  # fmt: skip


class CardsPresenter(QObject):
    history_ready = Signal(object)
    analysed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def load(self, well: int, since: datetime | None, until: datetime | None) -> None:
        self._context.runner.start(_history, self._context.workspace, well, since, until, lane="store", purpose="cards", done=self.history_ready.emit)  # fmt: skip

    def analyse(self, cards: list[StoredCard]) -> None:
        self._context.runner.start(_analyse, self._context.workspace, cards, lane="store", purpose="card analysis", done=self.analysed.emit)  # fmt: skip
