"""What a page has nothing to say of, because the well is lifted another way: a sentence in its place."""

from __future__ import annotations

from app.core.texts import Speaker
from app.models.wells import ESP, SRP, Well

ONLY = {"cards": (SRP,), "pump_curve": (ESP,)}
"""Page, or part of one → the lifts that have it; the others have every lift."""


def foreign(key: str, well: Well | None, speaker: Speaker) -> str:
    """Why there is no such thing on this well; empty where there can be. A lift that nobody has told may be
    any.
    """
    if well is None or well.lift == "other" or well.lift in ONLY.get(key, (well.lift,)):
        return ""
    return speaker.say(f"page.foreign.{key}", well=well.name, lift=speaker.say(f"lift.{well.lift}"))
