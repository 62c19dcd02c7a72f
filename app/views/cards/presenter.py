"""Fetches cards and analyses the chosen ones, asks the twin, keeps new cards: all off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.analysis.cards.figures import CardAnalysis
from app.analysis.simulate import twin
from app.analysis.simulate.rp11l import QuickCheck
from app.analysis.simulate.twin import Answer, Knobs
from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.cards import StoredCard
from app.models.changes import CARDS, FINDINGS, Changed
from app.models.findings import Finding
from app.models.records import Source
from app.models.wells import Well
from app.services.diagnosis import cards as service
from app.services.diagnosis.cards import Outline
from app.services.diagnosis.diagnose import diagnose
from app.services.records import entries
from app.services.reports import files as report_files
from app.services.reports import report
from app.services.wells.equipment import EquipmentHistory
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.presenter import WellPresenter
from app.views.tasks import Task


@dataclass(frozen=True)
class AnalysedCard:
    """Findings of the newest card are the stored ones, with their decisions; of older cards what the rules
    say now.
    """

    stored: StoredCard
    analysis: CardAnalysis
    findings: tuple[Finding, ...]
    computed_with: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Beside:
    """Another well's card, the nearest in time to the newest."""

    well: Well
    outline: Outline


@dataclass(frozen=True)
class Shown:
    newest: AnalysedCard
    older: list[Outline]
    not_drawn: tuple[tuple[str, KnownError], ...] = ()
    """Others that cannot be: when they were taken or of which well they are, and why."""
    beside: tuple[Beside, ...] = ()


def _history(
    job: Job, workspace: Workspace, well: int, since: datetime | None, until: datetime | None
) -> list[StoredCard]:
    return service.history(workspace, well, since, until)


def _analyse(job: Job, workspace: Workspace, cards: list[StoredCard], others: tuple[Well, ...]) -> Shown:
    newest = cards[-1]
    analysis = service.analyse_stored(workspace, newest)
    findings = service.findings_of_card(workspace, newest, analysis)
    shown = AnalysedCard(
        newest,
        service.told_beside(analysis, findings),
        findings,
        service.computed_with(workspace, newest),
    )
    older, not_drawn, beside = [], [], []
    told = workspace.settings.speaker().moment
    equipped = {well: EquipmentHistory(workspace, well) for well in {card.well_id for card in cards[:-1]}}
    for card in cards[:-1]:
        job.check()
        try:
            older.append(service.outline(workspace, card, equipped[card.well_id].at(card.taken_at).bore))
        except KnownError as error:
            not_drawn.append((told(card.taken_at), error))
    for well in others:
        job.check()
        try:
            found = service.nearest(workspace, well.id, newest.taken_at)
        except KnownError as error:
            not_drawn.append((well.name, error))
            continue
        if found is not None:
            beside.append(Beside(well, found))
    return Shown(shown, older, tuple(not_drawn), tuple(beside))


@dataclass(frozen=True)
class TwinAnswer:
    """`check` is API RP 11L of the well as it stands: it comes with the first answer and stays with the
    card.
    """

    knobs: Knobs
    answer: Answer
    check: QuickCheck | None


def _ask(job: Job, analysis: CardAnalysis, knobs: Knobs | None) -> TwinAnswer | None:
    matched = twin.match(analysis)
    if matched is None:
        return None
    check = twin.quick_check(analysis) if knobs is None else None
    knobs = knobs or matched.knobs
    return TwinAnswer(knobs, twin.ask(matched, knobs), check)


def _add(
    job: Job,
    workspace: Workspace,
    well: Well,
    at: datetime,
    speed: float,
    position: np.ndarray,
    load: np.ndarray,
) -> StoredCard:
    card = entries.add_card(workspace, well, at, speed, position, load)
    try:
        diagnose(workspace, well)
    except KnownError as error:
        workspace.notices.error(error)  # the card is saved: what is wrong with the cache is told beside it
    return card


def _note(job: Job, workspace: Workspace, card: StoredCard, words: str) -> Changed:
    return Changed.of(entries.add_note(workspace, card.well_id, card.taken_at, words))


def _protocol(job: Job, workspace: Workspace, well: Well, card: StoredCard, out: Path) -> Path:
    return report_files.write(workspace, report.protocol(workspace, well, card), out, job).path


def _protocol_name(job: Job, workspace: Workspace, well: Well, card: StoredCard) -> str:
    return report_files.suggested_name(workspace, report.protocol(workspace, well, card))


class CardsPresenter(WellPresenter):
    reads = frozenset({CARDS, FINDINGS, "installation", "fluid_level", "flow_test"})
    loading = Signal()
    history_ready = Signal(list)  # of StoredCard, oldest first
    analysed = Signal(Shown)
    refused = Signal(BaseException)  # there is no analysis of what was chosen
    answered = Signal(TwinAnswer)  # None where no twin matches the card
    added = Signal(StoredCard)
    noted = Signal(Changed)
    protocol_ready = Signal(Path)
    protocol_named = Signal(str)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(context, page)
        self._fetching = False
        context.period_changed.connect(self._seen.wanted)

    @property
    def behind(self) -> bool:
        """Other cards than those that were handed over last are still to come."""
        return self._seen.waits or self._fetching

    def load(self, well: Well) -> Task:
        """The cards of the period that all pages share."""
        period = self._context.period
        self._fetching = True
        self.loading.emit()
        return self._context.runner.start(
            _history,
            self._context.workspace,
            well.id,
            from_us(period.from_us) if period else None,
            from_us(period.to_us) if period else None,
            lane="store",
            purpose="cards",
            done=self._fetched,
        )

    @Slot(object)
    def _fetched(self, cards: list[StoredCard]) -> None:
        self._fetching = False
        self.history_ready.emit(cards)

    def analyse(self, cards: list[StoredCard], others: tuple[Well, ...] = ()) -> None:
        task = self._context.runner.start(
            _analyse,
            self._context.workspace,
            cards,
            others,
            lane="store",
            purpose="card analysis",
            done=self.analysed,
        )
        task.failed.connect(self.refused)
        self._seen.also(task)

    def ask(self, analysis: CardAnalysis, knobs: Knobs | None) -> None:
        """Without knobs: as the card says they stand."""
        self._context.runner.start(_ask, analysis, knobs, lane="compute", purpose="twin", done=self.answered)

    def add(
        self,
        well: Well,
        at: datetime,
        speed: float,
        position: np.ndarray,
        load: np.ndarray,
        failed: Callable[[BaseException], None],
    ) -> None:
        self._context.runner.start(
            _add,
            self._context.workspace,
            well,
            at,
            speed,
            position,
            load,
            lane="store",
            done=self.added,
            failed=failed,
        )

    def note(self, card: StoredCard, words: str) -> None:
        self._context.runner.start(_note, self._context.workspace, card, words, done=self.noted)

    def name_protocol(self, well: Well, card: StoredCard) -> None:
        """Templates may lie on a slow share: not in the GUI thread."""
        self._context.runner.start(
            _protocol_name, self._context.workspace, well, card, done=self.protocol_named
        )

    def protocol(self, well: Well, card: StoredCard, out: Path) -> None:
        self._context.runner.start(
            _protocol, self._context.workspace, well, card, out, lane="compute", done=self.protocol_ready
        )
