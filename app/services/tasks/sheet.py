"""The day on paper: the sheet to go with, and the report of what was done; documents like any report."""

from __future__ import annotations

from app.core.texts import Speaker
from app.core.version import program_version
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, versions
from app.models.values import text_of
from app.reports import task_words
from app.reports.blocks import Block, Bullets, Column, Document, Heading, Paragraph, Part, Table
from app.reports.record_words import summary
from app.services.centre.people import author_of
from app.services.reports.report import logo_of
from app.services.tasks.today import Asked, Day, done_at
from app.services.workspace import Workspace

ROOM = "_" * 24
"""To write in."""


def sheet(workspace: Workspace, day: Day, who: str = "") -> Document:
    """To be printed before leaving: in the order of the way, with room to write."""
    speaker = workspace.settings.speaker()
    blocks: list[Block] = []
    along = task_words.along_words(day.along, speaker)
    if along:
        blocks += [Heading(speaker.say("day.take_along")), Bullets(tuple(along))]
    blocks.append(Heading(speaker.say("day.way")))
    columns = tuple(Column(speaker.say(f"day.{key}")) for key in ("well", "what", "until", "last", "result"))
    rows = [
        (task_words.place_words(stop.well, speaker), *_cells(one, speaker), ROOM)
        for stop in day.stops
        for one in stop.asked
        if not one.is_done
    ]
    blocks.append(Table(columns, tuple(rows)) if rows else Paragraph(speaker.say("task.none"), nothing=True))
    return _document(workspace, day, "day.sheet_title", who, blocks)


def report(workspace: Workspace, day: Day, who: str = "") -> Document:
    """For the supervisor: what was done and what it gave, what was not and why."""
    speaker = workspace.settings.speaker()
    closed = [(stop, one) for stop in day.stops for one in stop.asked if one.is_done]
    left = [(stop, one) for stop in day.stops for one in stop.asked if not one.is_done]
    blocks: list[Block] = [Paragraph(speaker.say("day.summary", done=len(closed), left=len(left)))]
    if closed:
        columns = tuple(Column(speaker.say(f"day.{key}")) for key in ("well", "what", "at", "who", "result"))
        rows = [
            (
                task_words.place_words(stop.well, speaker),
                task_words.what_words(one.task.record, speaker),
                speaker.moment(done_at(one.task)),
                one.task.who or _author(workspace, one) or "—",
                _result(workspace, one, speaker),
            )
            for stop, one in closed
        ]
        blocks += [Heading(speaker.say("day.done")), Table(columns, tuple(rows))]
    if left:
        columns = tuple(Column(speaker.say(f"day.{key}")) for key in ("well", "what", "until", "who"))
        left_rows = [
            (task_words.place_words(stop.well, speaker), *_cells(one, speaker)[:2], one.task.who or "—")
            for stop, one in left
        ]
        blocks += [Heading(speaker.say("day.left")), Table(columns, tuple(left_rows))]
    return _document(workspace, day, "day.report_title", who, blocks)


def render(workspace: Workspace, made: Document) -> bytes:
    """As PDF."""
    from app.reports.pdf import document as pdf  # reportlab is loaded by the first report

    return pdf.render_bytes(made, workspace.settings.speaker())[0]


def file_name(made: Document) -> str:
    """Good for any disk."""
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in made.title)
    return f"{safe}.pdf"


def _cells(one: Asked, speaker: Speaker) -> tuple[str, str, str]:
    task = one.task
    return (
        task_words.asked_words(task.record, speaker),
        task_words.until_words(task.record, task.late_days, speaker),
        task_words.last_words(one.last, one.last_at, speaker),
    )


def _result(workspace: Workspace, one: Asked, speaker: Speaker) -> str:
    """What the entry says that has done it; else its state and why."""
    entry, record = _entry(workspace, one), one.task.record
    if entry is not None:
        return summary(entry, speaker)
    return ": ".join(filter(None, (task_words.state_words(record, speaker), task_words.reason(record))))


def _author(workspace: Workspace, one: Asked) -> str:
    """Who wrote the entry that has done it, or closed it."""
    entry = text_of(one.task.record.values, "done_by") or one.task.record.id
    told = versions.versions(workspace.store, entry)
    return told[-1].author if told else ""


def _entry(workspace: Workspace, one: Asked) -> Record | None:
    name, what = text_of(one.task.record.values, "done_by"), one.task.what
    kind = {"repair": "workover", "check": "finding_decision"}.get(what, what)
    return kinds.find(workspace.store, KINDS[kind], name) if name and kind in KINDS else None


def _document(workspace: Workspace, day: Day, title: str, who: str, blocks: list[Block]) -> Document:
    speaker = workspace.settings.speaker()
    words = speaker.say(title, day=speaker.day(day.at))
    return Document(
        words,
        who or author_of(workspace),
        workspace.settings["company"],
        speaker.say("day.source", at=day.at, zone=speaker.zone.label(day.at), version=program_version()),
        day.at,
        (Part(tuple(blocks), words, landscape=True),),
        speaker.language,
        author=author_of(workspace),
        logo=logo_of(workspace),
    )
