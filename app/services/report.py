"""The well report: facts from the services, sections, PDF. Nothing is computed here that a page would compute otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from app.core.clock import from_us, to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.texts import Speaker
from app.models.cards import StoredCard
from app.models.sensors import BY_NUMBER
from app.models.store import cards as card_store
from app.models.store import findings, records, trends
from app.models.wells import Well
from app.reports.blocks import Block, Document, Heading
from app.reports.collect import WellFacts
from app.reports.sections import SECTIONS
from app.services import cards
from app.services.workspace import Workspace

DEFAULT_PERIOD = timedelta(days=30)
TREND_COLUMNS = 700
# What a report shows of each lift; the Trends page shows everything.
_PENS = {
    "esp": ("intake_pressure", "discharge_pressure", "motor_temperature", "intake_temperature", "motor_current", "frequency",
            "insulation_resistance", "liquid_rate"),
    "srp": ("active_power", "motor_current", "pumping_speed", "wellhead_pressure", "line_pressure", "dynamic_level"),
}  # fmt: skip


def facts_of(workspace: Workspace, well: Well, since: datetime | None = None, until: datetime | None = None) -> WellFacts:  # fmt: skip
    """Without dates: the thirty days before the newest reading. Raises KnownError when since is not before until."""
    store = workspace.store
    span = trends.span(store, well.id)
    last = from_us(span[1]) if span else None
    until = min(until, last) if until and last and until > last else until or last or workspace.clock()
    since = since or until - DEFAULT_PERIOD
    if since >= until:
        raise KnownError("period_empty", since=since.isoformat(), until=until.isoformat())
    wanted = _PENS.get(well.lift)
    pens = []
    for series in trends.series_of(store, well.id):
        sensor = BY_NUMBER[series.sensor]
        if wanted is None or sensor.key in wanted:
            pens.append((sensor, trends.trend(store, well.id, sensor.number, to_us(since), to_us(until), TREND_COLUMNS)))  # fmt: skip
    taken = card_store.of_well(store, well.id, since, until)
    card: StoredCard | None = taken[-1] if taken else None
    analysis = None
    if card is not None:
        try:
            analysis = cards.analyse_stored(workspace, card)
        except KnownError:
            analysis = None  # the finding "bad record" says it; the section says there is no usable card
    return WellFacts(
        well, since, until, last, records.installation_at(store, well.id, until),
        tuple(f for f in findings.of_well(store, well.id) if f.decision != "rejected" and f.from_at <= until and f.to_at >= since),
        tuple(pens), card, analysis, tuple(taken[:-1]),
        tuple(records.flow_tests(store, well.id, since, until)), tuple(records.lab_results(store, well.id, since, until)),
        tuple(records.events(store, well.id, since, until)),
    )  # fmt: skip


def document_of(workspace: Workspace, all_facts: list[WellFacts], speaker: Speaker) -> Document:
    blocks: list[Block] = []
    for facts in all_facts:
        if len(all_facts) > 1:
            blocks.append(Heading(speaker.say("report.well", well=facts.well.name)))
        for section in SECTIONS:
            blocks += section.make(facts, speaker)
    first = all_facts[0]
    title = (
        speaker.say("report.title", well=first.well.name)
        if len(all_facts) == 1
        else speaker.say("report.title_many", wells=", ".join(facts.well.name for facts in all_facts))
    )
    now = workspace.clock()
    newest = max((f.last_reading_at for f in all_facts if f.last_reading_at), default=None)
    return Document(
        title,
        speaker.say("report.period", field=first.well.field_name, pad=first.well.pad, since=first.since, until=first.until),
        workspace.settings["company"],
        speaker.say("report.source", at=now, version=version("wellside"), newest=speaker.moment(newest)),
        now,
        tuple(blocks),
    )  # fmt: skip


def report_bytes(workspace: Workspace, wells: list[Well], *, language: str | None = None, since: datetime | None = None,
                 until: datetime | None = None, job: Job | None = None) -> bytes:  # fmt: skip
    """The PDF itself, for the preview: what is seen is what is saved. Raises KnownError."""
    document, speaker = _document(workspace, wells, language, since, until, job)
    from app.reports import pdf  # reportlab is loaded by the first report

    return pdf.render_bytes(document, speaker)[0]


def write_report(workspace: Workspace, wells: list[Well], out: Path, *, language: str | None = None,
                 since: datetime | None = None, until: datetime | None = None, job: Job | None = None) -> int:  # fmt: skip
    """Returns the pages. Raises KnownError."""
    document, speaker = _document(workspace, wells, language, since, until, job)
    from app.reports import pdf

    return pdf.render(document, speaker, out)


def _document(workspace: Workspace, wells: list[Well], language: str | None, since: datetime | None,
              until: datetime | None, job: Job | None) -> tuple[Document, Speaker]:  # fmt: skip
    speaker = workspace.settings.speaker(language)
    all_facts = []
    for done, well in enumerate(wells):
        if job is not None:
            job.report(done, len(wells), "job.report")
        all_facts.append(facts_of(workspace, well, since, until))
    return document_of(workspace, all_facts, speaker), speaker


def write_protocol(
    workspace: Workspace, well: Well, card_id: str, out: Path, *, language: str | None = None
) -> int:
    """The dynamometer protocol: one card with its findings and figures. Returns the pages. Raises KnownError."""
    speaker = workspace.settings.speaker(language)
    card = cards.get(workspace, card_id)
    facts = facts_of(workspace, well, card.taken_at - DEFAULT_PERIOD, card.taken_at + timedelta(seconds=1))
    of_card = tuple(f for f in facts.findings if any(e.card_id == card.id for e in f.evidence))
    analysis = cards.analyse_stored(workspace, card)
    if not of_card:
        of_card = cards.findings_now(card, analysis)
    facts = replace(facts, card=card, card_analysis=analysis, findings=of_card, trends=())
    blocks: list[Block] = []
    for key in ("passport", "findings", "card", "rods", "torque"):
        blocks += SECTIONS[key].make(facts, speaker)
    now = workspace.clock()
    document = Document(
        speaker.say("report.protocol", well=well.name),
        speaker.say("section.card_taken", at=card.taken_at, speed=card.strokes_per_minute),
        workspace.settings["company"],
        speaker.say("report.source", at=now, version=version("wellside"), newest=speaker.moment(card.taken_at)),
        now,
        tuple(blocks),
    )  # fmt: skip
    from app.reports import pdf

    return pdf.render(document, speaker, out)


def suggested_name(well: Well, until: datetime | None) -> str:
    day = until.strftime("%Y-%m-%d") if until else "empty"
    safe = "".join(letter if letter.isalnum() else "_" for letter in well.name)
    return f"wellside_{safe}_{day}.pdf"
