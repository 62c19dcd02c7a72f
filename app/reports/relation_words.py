"""Two fields that cannot both be right, in words."""

from __future__ import annotations

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.relations import contradictions
from app.models.values import Read, number_of


def contradiction_words(kind: str, values: Read, speaker: Speaker) -> list[str]:
    """A sentence each, values in the reader's units."""
    fields, said = {field.key: field for field in KINDS[kind].fields}, []
    for one in contradictions(kind, values):
        first, second = fields[one.first], fields[one.second]
        told = {
            "first": first.name(speaker.language),
            "second": second.name(speaker.language),
            "value": one.name or speaker.quantity(number_of(values, one.first), first.quantity),
            "other": speaker.quantity(number_of(values, one.second), second.quantity),
        }
        said.append(speaker.say("relation.named" if one.name else "relation.larger", **told))
    return said
