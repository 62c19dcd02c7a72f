"""Reports: facts from the services, sections, PDF or Excel. Nothing is computed here that a page would
compute otherwise.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.analysis.model_versions import model_version
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.texts import Speaker
from app.core.version import program_version
from app.models.cards import StoredCard
from app.models.store import cards as card_store
from app.models.store import records
from app.models.wells import Well
from app.reports.blocks import Block, Document, Heading, Paragraph, Part
from app.reports.collect import WellFacts
from app.reports.gap_words import within
from app.reports.template import Choice, Template
from app.services.centre import people
from app.services.diagnosis.grids import KEPT_WELLS
from app.services.reports import templates as report_templates
from app.services.reports.facts import StoreFacts, usual_period
from app.services.wells.finding import find_well
from app.services.workspace import Workspace

DEFAULT_DAYS = 30
TITLE_WELLS = 6
FEW_SECTIONS = 3
"""A report of so many sections says of each that it found nothing."""

LAST = "signatures"
"""Stands at the foot, under what was not found."""

LOGO_LARGEST = 5_000_000
LOGO_PIXELS = 20_000_000


@dataclass(frozen=True)
class Order:
    """What is wanted: wells, template, period (by the template without), language (of the settings without).
    `card_id` is the card that a protocol is about. `archive` asks for PDF/A-2b.
    """

    wells: tuple[Well, ...]
    template: Template
    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None
    card_id: str | None = None
    archive: bool = False


def order(workspace: Workspace, wells: list[Well], template: str = "well", **wanted: object) -> Order:
    """By the template's name. Raises KnownError (report_template_*)."""
    return Order(tuple(wells), report_templates.find(workspace, template), **wanted)  # type: ignore[arg-type]


def protocol(workspace: Workspace, well: Well, card: StoredCard) -> Order:
    """The dynamometer protocol of one card, with what lies up to a month before it."""
    until = card.taken_at + timedelta(seconds=1)
    return order(
        workspace,
        [well],
        "dynamometer",
        since=until - timedelta(days=DEFAULT_DAYS),
        until=until,
        card_id=card.id,
    )


def wells_of(
    workspace: Workspace, names: list[str], pad: str | None = None, field: str | None = None
) -> list[Well]:
    """The named ones, then those of the pad or the field. Raises KnownError (well_unknown, pad_unknown,
    report_no_wells).
    """
    chosen = {well.id: well for well in (find_well(workspace, name) for name in names)}
    if pad is not None or field is not None:
        known = records.wells(workspace.store)
        of_pad = [well for well in known if pad in (None, well.pad) and field in (None, well.field_name)]
        if not of_pad:
            pads = ", ".join(sorted({f"{well.field_name} {well.pad}".strip() for well in known if well.pad}))
            raise KnownError(
                "pad_unknown", pad=" ".join(part for part in (field, pad) if part), known=pads or "—"
            )
        chosen |= {well.id: well for well in of_pad}
    if not chosen:
        raise KnownError("report_no_wells")
    return list(chosen.values())


@dataclass(frozen=True)
class Begun:
    """What the whole report has to know of a well when its facts have been let go of: fifty wells' cards fill
    the memory.
    """

    well: Well
    since: datetime
    until: datetime
    newest_at: datetime | None
    """Its last reading or dynamogram."""
    has_data: bool


def document(workspace: Workspace, wanted: Order, job: Job | None = None) -> Document:
    """Raises KnownError (period_empty, report_option)."""
    known: list[Begun] = []
    parts = list(parts_of(workspace, wanted, known, job))
    return assembled(workspace, wanted, known, parts)


def parts_of(workspace: Workspace, wanted: Order, known: list[Begun], job: Job | None) -> Iterator[Part]:
    """Section by section: what speaks of all wells first, then well by well. `known` is filled as wells have
    had their turn.
    """
    speaker = workspace.settings.speaker(wanted.language)
    source = StoreFacts(workspace, job, wanted.card_id, wanted.until)
    periods = [period_of(workspace, wanted, well) for well in wanted.wells]
    every = tuple(
        WellFacts(well, *period, source) for well, period in zip(wanted.wells, periods, strict=True)
    )
    for choice in wanted.template.sections:
        if choice.spec.make_for_all is not None:
            blocks = choice.spec.make_for_all(every, speaker, _options(workspace, choice))
            yield Part(tuple(blocks), _running(every, speaker), choice.landscape)
    of_well = [choice for choice in wanted.template.sections if choice.spec.make is not None]
    for done, facts in enumerate(every):
        if job is not None:
            job.report(done, len(every), "job.report")
        one = replace(facts) if of_well else facts  # without what sections have asked of the others
        if of_well:
            yield from _parts_of_well(workspace, one, of_well, speaker, many=len(every) > 1)
        if len(every) > KEPT_WELLS:
            # a well of a pad is not looked at again: its cells would only fill the memory
            workspace.grids.forget()
        known.append(Begun(one.well, one.since, one.until, _newest_at(workspace, one), one.has_data))


def _newest_at(workspace: Workspace, facts: WellFacts) -> datetime | None:
    cards = card_store.span(workspace.store, facts.well.id)
    there = [one for one in (facts.last_reading_at, cards and cards[1]) if one is not None]
    return max(there, default=None)


def period_of(workspace: Workspace, wanted: Order, well: Well) -> tuple[datetime, datetime]:
    """What was asked for, else what the template is usually made for. Raises KnownError (period_empty)."""
    since, until = wanted.since, wanted.until
    if since is None or until is None:
        usual = usual_period(workspace, well, wanted.template.days or DEFAULT_DAYS)
        until = until or usual[1]
        since = since or until - (usual[1] - usual[0])
    if since >= until:
        raise KnownError("period_empty", since=since.isoformat(), until=until.isoformat())
    return since, until


def _parts_of_well(
    workspace: Workspace, facts: WellFacts, choices: list[Choice], speaker: Speaker, *, many: bool
) -> Iterator[Part]:
    running = _running((facts,), speaker)
    head: list[Block] = [Heading(speaker.say("report.well", well=facts.well.name), 1)] if many else []
    if not facts.has_data:
        head.append(Paragraph(speaker.say("section.no_data"), muted=True))
    # Pages of "nothing in the period" hide what was found: they become one line at the end.
    silent: list[list[Block]] = []
    silent_too = len(choices) > FEW_SECTIONS
    for choice in choices:
        assert choice.spec.make is not None
        if choice.spec.lifts and facts.well.lift not in choice.spec.lifts:
            continue
        blocks = choice.spec.make(facts, speaker, _options(workspace, choice))
        if silent_too and _says_nothing(blocks):
            silent.append(blocks)
            continue
        if choice.spec.key == LAST and silent:
            yield Part(_gathered(silent, speaker), running)
            silent = []
        # A well has pages of its own where it has more than a list of findings.
        own = bool(head) and many and len(choices) > 1
        yield Part((*head, *blocks), running, choice.landscape, own_page=own)
        head = []
    if head or silent:
        yield Part((*head, *(_gathered(silent, speaker) if silent else ())), running)


def _says_nothing(blocks: list[Block]) -> bool:
    match blocks:
        case [Heading(), Paragraph(nothing=True)]:
            return True
    return False


def _gathered(silent: list[list[Block]], speaker: Speaker) -> tuple[Block, ...]:
    """Which sections found nothing in the period, in one sentence; one alone speaks for itself."""
    if len(silent) == 1:
        return tuple(silent[0])
    names = ", ".join(within(one.text) for blocks in silent for one in blocks if isinstance(one, Heading))
    return (
        Heading(speaker.say("section.nothing")),
        Paragraph(speaker.say("section.nothing_of", names=names), muted=True),
    )


def _options(workspace: Workspace, choice: Choice) -> dict[str, object]:
    """Who signs is known to the settings, if the template does not say it."""
    options = choice.options
    if "author" in options:
        person = people.signed_in(workspace)
        options["author"] = options["author"] or people.author_of(workspace)
        options["signed_in"] = person if person is not None and person.name == options["author"] else None
        options["sign_in_offered"] = people.is_offered()
    return options


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    """Neighbours of one orientation are one part: they flow on."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not part.own_page
            and (last.landscape, last.running) == (part.landscape, part.running)
        ):
            joined[-1] = replace(last, blocks=last.blocks + part.blocks)
        else:
            joined.append(part)
    return tuple(joined)


def _running(facts: Sequence[WellFacts | Begun], speaker: Speaker) -> str:
    """Field, pad, well and period: at the head of every page."""
    if not facts:
        return ""
    wells = tuple(one.well for one in facts)
    fields = ", ".join(dict.fromkeys(well.field_name for well in wells if well.field_name)) or "—"
    pads = ", ".join(dict.fromkeys(well.pad for well in wells if well.pad)) or "—"
    since, until = min(one.since for one in facts), max(one.until for one in facts)
    zone = speaker.zone.label(until)
    names = _names(wells, speaker)
    return speaker.say(
        "report.running", field=fields, pad=pads, wells=names, since=since, until=until, zone=zone
    )


def _names(wells: tuple[Well, ...], speaker: Speaker) -> str:
    names = ", ".join(well.name for well in wells[:TITLE_WELLS])
    rest = len(wells) - TITLE_WELLS
    return names if rest <= 0 else f"{names} {speaker.say('report.and_more', count=rest)}"


def assembled(workspace: Workspace, wanted: Order, known: list[Begun], parts: list[Part]) -> Document:
    speaker = workspace.settings.speaker(wanted.language)
    template, wells, now = wanted.template, wanted.wells, workspace.clock()
    pads = list(dict.fromkeys(well.pad for well in wells if well.pad))
    names = _names(wells, speaker)
    counts = len(wells), len(pads)
    title = template.titled(speaker.language, names, ", ".join(pads) or "—", counts)
    newest = max((one.newest_at for one in known if one.newest_at is not None), default=None)
    age = "" if newest is None else speaker.say("report.age", days=max(0, (now - newest).days))
    models = speaker.say(
        "report.models", cards=model_version("card_ranker"), failures=model_version("esp_failure")
    )
    source = speaker.say(
        "report.source",
        at=now,
        zone=speaker.zone.label(now),
        version=program_version(),
        models=models,
        newest=speaker.moment(newest),
        age=age,
    )
    return Document(
        title,
        _running(known, speaker),
        workspace.settings["company"],
        source,
        now,
        _joined(parts),
        speaker.language,
        template.paper,
        template.contents,
        template.archive or wanted.archive,
        people.author_of(workspace),
        ", ".join(("Wellside", template.named(speaker.language), names)),
        logo_of(workspace),
        tuple(one.well.name for one in known if not one.has_data),
    )


def logo_of(workspace: Workspace) -> bytes:
    """A picture that cannot be read is told; the report comes without it."""
    name = str(workspace.settings["logo"]).strip()
    if not name:
        return b""
    from PIL import Image

    try:
        if Path(name).stat().st_size > LOGO_LARGEST:
            raise ValueError(f"> {LOGO_LARGEST // 1_000_000} MB")
        content = Path(name).read_bytes()
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP")) as picture:
            if picture.width * picture.height > LOGO_PIXELS:
                raise ValueError(f"{picture.width}×{picture.height}")
            picture.load()
        return content
    except (OSError, ValueError, SyntaxError) as error:
        workspace.notices.publish(
            Notice(Severity.WARNING, "notice.logo_unreadable", {"file": name, "reason": str(error)[:100]})
        )
        return b""
