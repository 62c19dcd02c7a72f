"""What was found, in words: where in a document it stands, and what of it nobody has read."""

from __future__ import annotations

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.search.found import ELSEWHERE, READ, WAITS, File, Hit, Told


def place(hit: Hit, speaker: Speaker) -> str:
    """`стр. 3`, `лист «Ремонты», строка 12`; empty where a document has no places."""
    if hit.sheet:
        return speaker.say("search.place.row", sheet=hit.sheet, place=hit.place)
    return speaker.say("search.place.page", place=hit.place) if hit.place else ""


def unread(file: File, told: Told, speaker: Speaker) -> str:
    """Why a document is not found by all that stands in it; empty when it is."""
    if told.state in (WAITS, ELSEWHERE):
        return speaker.say(f"search.state.{told.state}")
    if told.state != READ:
        return speaker.error(KnownError.of(told.state, {**told.details, "file": file.name}))
    return speaker.say(f"search.left.{told.left}", parts=told.parts) if told.left else ""


def file_line(hit: Hit, speaker: Speaker) -> str:
    """`акт.pdf, стр. 3`; empty where the hit is of no file."""
    if hit.file is None:
        return ""
    return ", ".join(filter(None, (hit.file.name, place(hit, speaker))))
