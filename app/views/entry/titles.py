"""What stands over a field and over a column of a record's form."""

from __future__ import annotations

from app.core.texts import Speaker
from app.models.kinds.spec import Field
from app.reports import record_words
from app.views.unbroken import NO_BREAK_SPACE, name_and_unit


def title(field: Field, speaker: Speaker) -> str:
    """`Length, m *`. Where it has no room in one line, the unit stays whole and the star with it."""
    unit = record_words.unit_of(field, speaker).label(speaker.language) if field.type == "number" else ""
    return name_and_unit(field.name(speaker.language), unit) + (
        f"{NO_BREAK_SPACE}*" if field.required else ""
    )
