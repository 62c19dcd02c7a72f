"""What a column of a table is called, for people: never by its code."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.texts import LANGUAGES, Speaker
from app.importers.targets import TABLE_KINDS
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field
from app.models.sensors import SENSORS


def field_name(kind: str, key: str, speaker: Speaker) -> str:
    """A column's meaning in the reader's language."""
    if kind == "readings" and key in SENSORS:
        return SENSORS[key].name(speaker.language)
    if kind == "lab_result" and key in PARAMETERS:
        return speaker.say(f"lab.{key}")
    if kind in KINDS:
        field = next((field for field in KINDS[kind].fields if field.key == key), None)
        if field is not None:
            return field.name(speaker.language)
    if speaker.has(f"column.{key}"):
        return speaker.say(f"column.{key}")
    return next((one.name(speaker.language) for one in _fields_of(kind) if one.key == key), key)


def _fields_of(kind: str) -> Iterator[Field]:
    """What a table of several kinds, or of rows of one record, may be of: the nearest kind first."""
    tables = [table for table in TABLE_KINDS if table.key == kind]
    named = [part.kind for table in tables for part in table.parts]
    named += [table.record for table in tables if table.record]
    for owner in (*(KINDS[one] for one in named), *KINDS):
        for one in owner.fields:
            yield one
            yield from one.cells
    yield from (Field(s.key, s.ru, s.en) for s in SENSORS)


def names_of(kind: str, key: str) -> dict[str, str]:
    """Language → name, for a message that is worded later."""
    return {language: field_name(kind, key, Speaker(language)) for language in LANGUAGES}
