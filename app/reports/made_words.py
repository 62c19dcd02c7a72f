"""What the centre made of a well in words: always with whose it is, when it was made, by which model and by
readings until when, so that nobody takes it for what this laptop found.
"""

from __future__ import annotations

from datetime import datetime

from app.analysis.forecast.outlook import CentreForecast
from app.core.texts import Speaker
from app.models.overview import MadeAtCentre
from app.reports import outlook_words, wording
from app.reports.outlook_words import Said


def made_line(made: MadeAtCentre, now: datetime, speaker: Speaker) -> str:
    """`Made at the centre, 26.11.2026 03:00, model simulated-20261126; by readings until …`."""
    said = speaker.say("made.at_centre", at=speaker.moment(made.at), model=made.model)
    if made.until is not None:
        said += speaker.say("made.until", until=speaker.moment(made.until))
    if made.is_old(now):
        said += speaker.say("made.old", days=(now - made.at).days)
    return said


def made_short(made: MadeAtCentre | None, now: datetime, speaker: Speaker) -> str:
    """`63 %`, with its day where it is old: for tables."""
    if made is None:
        return "—"
    health = wording.health_short(made.health, made.sight, speaker)
    return f"{health} · {speaker.day(made.at)}" if made.is_old(now) and made.health is not None else health


def made_whole(made: MadeAtCentre | None, now: datetime, speaker: Speaker) -> str:
    """What the centre found, and whose word it is."""
    if made is None:
        return ""
    if made.not_assessed is not None:
        found = wording.not_assessed_line(made.not_assessed, speaker)
    elif made.worst:
        found = speaker.say(f"finding.{made.worst}")
    else:
        found = wording.health_words(made.health, made.sight, speaker)
    return f"{found}\n{made_line(made, now, speaker)}"


def forecast_lines(centre: CentreForecast, now: datetime, speaker: Speaker) -> Said:
    """Chance to fail, drifts, decline, oil, under whose word it is."""
    said: Said = [("", made_line(centre.made, now, speaker))]
    if centre.refused is not None:
        said.append(("", speaker.error(centre.refused)))
    told = centre.forecast
    if told is None:
        return said
    said += outlook_words.chance_lines(told, speaker)
    if told.drifts:
        said += outlook_words.drift_lines(told, speaker)
    if told.decline is not None:
        said.append(("ok", outlook_words.decline_words(told.decline, speaker)))
    elif told.decline_refused is not None:
        said.append(("", speaker.error(told.decline_refused)))
    if oil := outlook_words.oil_words(told, speaker):
        said.append(("", oil))
    return said
