"""What of an entry is looked up: its words in every language, its well's names, its date, its files."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from app.core.clock import to_us
from app.core.texts import LANGUAGES, Speaker
from app.core.zones import FieldZone
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.kinds.spec import Field, Kind
from app.models.records import AttachedFile, Record
from app.models.search import found
from app.models.search.found import File, Item
from app.models.values import rows_of
from app.models.wells import Well
from app.reports import record_words

FINDING = "finding"
"""Beside the kinds of records."""
GROUP_OF = {
    "task": found.TASKS,
    FINDING: found.FINDINGS,
    "finding_decision": found.FINDINGS,
    "note": found.NOTES,
    "event": found.EVENTS,
    "workover": found.REPAIRS,
    "teardown": found.REPAIRS,
    "document": found.DOCUMENTS,
    "installation": found.EQUIPMENT,
    "rod_string": found.EQUIPMENT,
    "pumping_unit": found.EQUIPMENT,
    "well_passport": found.EQUIPMENT,
    "well_merge": found.EQUIPMENT,
}
"""Anything else that somebody wrote a remark to is a measurement."""
_NAMED = (found.REPAIRS, found.EQUIPMENT, found.MEASURED)
"""Groups of several kinds, each of which says what it is."""
LONGEST_TITLE = 160
_TOLD = ("text", "choice", "rows")


def group_of(kind: Kind) -> str:
    return GROUP_OF.get(kind.key, found.MEASURED)


def remark_of(kind: Kind) -> Field | None:
    """The text that makes a measurement worth looking up."""
    return next((field for field in kind.columns if field.type == "text" and field.long), None)


def looked_up() -> list[Kind]:
    return [kind for kind in KINDS if kind.key in GROUP_OF or (kind.key != "alarm" and remark_of(kind))]


def where(kind: Kind) -> str:
    """Which of its records are looked up, for SQL."""
    remark = remark_of(kind)
    return "true" if kind.key in GROUP_OF or remark is None else f"{remark.key} <> ''"


def well_mark(well: Well, zone: FieldZone) -> str:
    return mark([*well.names, well.pad, well.field_name, zone.name])


def of_record(record: Record, well: Well, files: list[AttachedFile], zone: FieldZone) -> Item:
    kind = KINDS[record.kind]
    group = group_of(kind)
    said = [_said(record, kind, Speaker(language)) for language in LANGUAGES]
    titles = {
        language: _title(words, kind, group, language)
        for language, words in zip(LANGUAGES, said, strict=True)
    }
    text = "\n".join(words for words in said[0] if all(words in others for others in said[1:]))
    chosen = dict.fromkeys(words for one in said for words in one if words not in text)
    head = _head(well, record.at, zone, *(kind.name(language) for language in LANGUAGES), *chosen)
    kept = tuple(File(one.sha256, one.name, one.size) for one in files)
    told_by = mark([titles, text, head, record.well_id, record.at.isoformat(), [one.sha256 for one in kept]])
    return Item(
        record.kind, record.id, group, record.well_id, to_us(record.at), titles, head, text, told_by, kept
    )


def of_finding(finding: Finding, well: Well, zone: FieldZone) -> Item:
    """By what is wrong, what to do and what was decided, in the words of every language."""
    speakers = {language: Speaker(language) for language in LANGUAGES}
    titles = {language: speaker.say(f"finding.{finding.code}") for language, speaker in speakers.items()}
    advice = f"advice.{finding.code}"
    told = [speaker.say(advice) for speaker in speakers.values() if speaker.has(advice)]
    text, head = finding.reason, _head(well, finding.from_at, zone, *titles.values(), *told)
    at_us = to_us(finding.from_at)
    told_by = mark([titles, text, head, at_us])
    return Item(FINDING, finding.id, found.FINDINGS, int(well.id), at_us, titles, head, text, told_by)


def _head(well: Well, at: datetime, zone: FieldZone, *names: str) -> str:
    return " ".join([*well.names, well.pad, well.field_name, f"{zone.local(at):%Y-%m-%d}", *names])


def _title(said: list[str], kind: Kind, group: str, language: str) -> str:
    """In one line, without figures: units are the reader's."""
    named = group in _NAMED or not said
    parts = [kind.name(language), *said] if named else said
    words = " · ".join(" ".join(part.split()) for part in parts)
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"


def _said(record: Record, kind: Kind, speaker: Speaker) -> list[str]:
    told = []
    for field in kind.fields:
        value = record.values.get(field.key)
        if not value or field.type not in _TOLD or field.key in record_words.UNSAID:
            continue
        if field.type == "rows":
            texts = [cell for cell in field.cells if cell.type in _TOLD]
            rows = rows_of(record.values, field.key)
            told += [
                record_words.shown(cell, row[cell.key], speaker)
                for row in rows
                for cell in texts
                if cell.key in row
            ]
        else:
            told.append(record_words.shown(field, value, speaker))
    return [words for words in told if words]


def mark(of: object) -> str:
    return hashlib.blake2b(json.dumps(of, ensure_ascii=False).encode(), digest_size=12).hexdigest()
