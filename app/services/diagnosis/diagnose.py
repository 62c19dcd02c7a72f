"""Ask the rules about one well and keep what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.analysis.diagnosis import case_of, diagnose_card, diagnose_esp
from app.analysis.esp.grid import grid_of_cells, step_for
from app.analysis.rules import RULES
from app.analysis.rules.base import EspCase, Rule, Verdict, esp_case
from app.analysis.sight import known_of_card, known_of_esp, sight_of
from app.core.clock import from_us, to_us
from app.core.errors import KnownError, is_of_the_machine
from app.core.jobs import Job
from app.models.cards import StoredCard
from app.models.changes import FINDINGS, Changed
from app.models.findings import Finding, finding_id
from app.models.sensors import BY_NUMBER
from app.models.sights import Sight
from app.models.store import assessments, records, trends
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.wells import ESP, SRP, Well
from app.services.diagnosis import cards
from app.services.diagnosis.refiguring import refigure
from app.services.wells import modelled
from app.services.workspace import Workspace

WINDOW = timedelta(days=90)
NOTHING_TO_JUDGE = ("no_rules", "no_running_readings", "no_cards", "nothing_to_look_at")


def diagnose(
    workspace: Workspace, well: Well, job: Job | None = None, *, figured: bool = False
) -> list[Finding]:
    """Worst first; stored, with earlier decisions kept. Where no diagnosis can be made the reason is kept
    instead (`not_assessed`), and what was found before stays, with its dates. `figured`: cards were just
    computed with the equipment that is known now.
    """
    models = _model_findings(workspace, well)
    try:
        found, sight = _found(workspace, well, job, figured)
        if not sight.looked:
            raise KnownError("nothing_to_look_at", inputs=list(sight.missing))
    except KnownError as error:
        if error.retry or is_of_the_machine(error):
            raise
        if error.code in NOTHING_TO_JUDGE:
            finding_store.renew(workspace.store, well.id, _named(well, models))
        assessments.keep(workspace.store, well.id, error)
        return finding_store.of_well(workspace.store, well.id)
    if job is not None:
        job.check()
    renewed = finding_store.renew(workspace.store, well.id, _named(well, [*found, *models]))
    assessments.keep(workspace.store, well.id, None, sight)
    return renewed


def not_assessed(workspace: Workspace, well_id: int) -> KnownError | None:
    """Why the last diagnosis of the well could not be made; None when it could, or was never asked for."""
    return assessments.reason(workspace.store, well_id)


def sight_of_well(workspace: Workspace, well_id: int) -> Sight | None:
    """What the rules could look at in the last diagnosis; None when there was none."""
    return assessments.sight(workspace.store, well_id)


def _found(workspace: Workspace, well: Well, job: Job | None, figured: bool) -> tuple[list[Finding], Sight]:
    """Raises KnownError where nothing can be said of the well: one of NOTHING_TO_JUDGE, or what is wrong with
    its card or its equipment.
    """
    if well.lift == ESP:
        return _esp_findings(workspace, well, job)
    if well.lift == SRP:
        if not figured:
            refigure(workspace, well.id, job)
        return _card_findings(workspace, well)
    raise KnownError("no_rules", lift=well.lift)


def esp_case_of(workspace: Workspace, well: Well, job: Job | None = None) -> EspCase | None:
    """The last ninety days on a grid; None without readings that tell whether the pump ran."""
    span = trends.span(workspace.store, well.id)
    if span is None:
        return None
    since = max(span[0], to_us(from_us(span[1]) - WINDOW))
    step = step_for(span[1] - since)
    cells = workspace.grids.cells(workspace.store, well.id, since, span[1], step, job)
    return esp_case(grid_of_cells({BY_NUMBER[number].key: series for number, series in cells.items()}, step))


def diagnose_field(workspace: Workspace, job: Job | None = None) -> int:
    """Every well, one after the other (the store works with all cores anyway). Returns how many have
    something to act on.
    """
    wells = records.wells(workspace.store)
    needing = 0
    for done, well in enumerate(wells):
        if job is not None:
            job.report(done, len(wells), "job.diagnosing")
            job.check()
        found = diagnose(workspace, well, job)
        needing += any(
            finding.severity in ("act", "stop") and finding.decision != "rejected" for finding in found
        )
    return needing


def field_judged(job: Job, workspace: Workspace) -> Changed:
    """`diagnose_field` as a job of the window."""
    diagnose_field(workspace, job)
    return Changed(kinds=frozenset({FINDINGS}))


def _rules_for(needs: str) -> list[Rule]:
    return [rule for rule in RULES if rule.needs == needs]


def _esp_findings(workspace: Workspace, well: Well, job: Job | None) -> tuple[list[Finding], Sight]:
    case = esp_case_of(workspace, well, job)
    if case is None:
        raise KnownError("no_running_readings")
    last = from_us(int(case.grid.time_us[-1]))
    found = [_finding(well, code, verdict, last, last) for code, verdict in diagnose_esp(case)]
    return found, sight_of(_rules_for("esp"), known_of_esp(case))


def _card_findings(workspace: Workspace, well: Well) -> tuple[list[Finding], Sight]:
    """Of the newest card; each finding dates back to the first card of the unbroken run that shows it."""
    history = card_store.of_well(workspace.store, well.id)
    if not history:
        raise KnownError("no_cards")
    newest = history[-1]
    analysis = cards.analyse_stored(workspace, newest)
    found = [
        _finding(well, code, verdict, _first_showing(history, code), newest.taken_at, newest.id)
        for code, verdict in diagnose_card(analysis)
    ]
    return found, sight_of(_rules_for("card"), known_of_card(case_of(analysis)))


def _model_findings(workspace: Workspace, well: Well) -> list[Finding]:
    """Of what models said of the well, whatever lifts it."""
    results = modelled.results(workspace, well)
    if not results.series:
        return []
    last = from_us(max(int(series.time_us[-1]) for series in results.series))
    return [
        _finding(well, rule.key, verdict, last, last)
        for rule in _rules_for("model")
        for verdict in rule.judge(results)
    ]


def _first_showing(history: list[StoredCard], code: str) -> datetime:
    since = history[-1].taken_at
    missed = 0
    for card in reversed(history):
        shown = code in card.codes
        missed = 0 if shown else missed + 1
        if shown:
            since = card.taken_at
        elif missed > 3:  # three odd cards in between do not end an episode
            break
    return since


def _finding(
    well: Well, code: str, verdict: Verdict, since: datetime, until: datetime, card_id: str | None = None
) -> Finding:
    from_at = from_us(verdict.from_us) if verdict.from_us is not None else since
    to_at = from_us(verdict.to_us) if verdict.to_us is not None else until
    evidence = tuple(
        replace(item, from_at=item.from_at or from_at, to_at=item.to_at or to_at, card_id=card_id)
        for item in verdict.evidence
    )
    against = tuple(replace(item, card_id=card_id) for item in verdict.against)
    return Finding(
        well.id,
        code,
        verdict.severity,
        verdict.confidence,
        from_at,
        to_at,
        evidence,
        against,
        verdict.settled_by,
    )


def _named(well: Well, found: list[Finding]) -> list[Finding]:
    """Two episodes that begin on one day are told apart by which came first."""
    named: list[Finding] = []
    taken: set[str] = set()
    for finding in sorted(found, key=lambda one: (one.code, one.from_at, one.to_at)):
        occurrence = 1
        while (name := finding_id(well.key["uid"], finding.code, finding.from_at, occurrence)) in taken:
            occurrence += 1
        taken.add(name)
        named.append(replace(finding, id=name))
    return named


def findings_of(workspace: Workspace, well_id: int) -> list[Finding]:
    return finding_store.of_well(workspace.store, well_id)
