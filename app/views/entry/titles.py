"""What stands over a field and over a column of a record's form."""

from __future__ import annotations

from app.core.texts import Speaker, with_unit
from app.models.kinds.spec import Field
from app.reports import record_words

NO_BREAK_SPACE, WORD_JOINER = "\u00a0", "\u2060"


def title(field: Field, speaker: Speaker) -> str:
    """`Length, m *`. Where it has no room in one line, the unit stays whole and the star with it."""
    unit = record_words.unit_of(field, speaker).label(speaker.language) if field.type == "number" else ""
    whole = unit.replace("/", f"{WORD_JOINER}/{WORD_JOINER}").replace(" ", NO_BREAK_SPACE)
    return with_unit(field.name(speaker.language), whole) + (f"{NO_BREAK_SPACE}*" if field.required else "")


def spoken(words: str) -> str:
    """The same, to be read aloud and looked for."""
    return words.replace(WORD_JOINER, "").replace(NO_BREAK_SPACE, " ")
