"""What an echometer heard, in words: the level with its range, how it was found, or why nobody can say it."""

from __future__ import annotations

from app.analysis.echo.level import Depth, Heard, apart
from app.core.texts import Speaker, number


def level_words(depth: Depth, speaker: Speaker) -> str:
    """`1 179 m (1 160 to 1 197), by 124 collars, sound 342 m/s`."""
    told = {"depth": depth.depth_m, "low": depth.low_m, "high": depth.high_m, "speed": depth.speed_m_s}
    return speaker.say(f"echo.by.{depth.by}", count=depth.count or 0.0, **told)


def lines(heard: Heard, found: list[Depth], speaker: Speaker, pointed_s: float | None = None) -> list[str]:
    """The levels, surest first; without one, why; then what is to be thought of."""
    told = [level_words(one, speaker) for one in found] or [why_not(heard, speaker, pointed_s)]
    if apart(found):
        told.append(speaker.say("echo.apart"))
    told += [speaker.say(f"echo.remark.{code}", **_details(heard)) for code in heard.remarks]
    return told


def why_not(heard: Heard, speaker: Speaker, pointed_s: float | None = None) -> str:
    """The sentence that begins with “I don't know”."""
    if heard.why and (pointed_s is None or heard.shot_s is None):
        return speaker.say("echo.unknown", why=speaker.say(f"echo.why.{heard.why}", **_details(heard)))
    return speaker.say("echo.unknown", why=speaker.say("echo.why.no_speed"))


def heard_words(heard: Heard, speaker: Speaker, pointed_s: float | None = None) -> str:
    """When the shot was and when something answered; empty where no shot was found."""
    at = pointed_s if pointed_s is not None else heard.level.time_s if heard.level else None
    if heard.shot_s is None or at is None:
        return ""
    shown = (number(one, 2, speaker.language) for one in (heard.shot_s, at))
    return speaker.say("echo.heard", shot=next(shown), echo=next(shown))


def note_words(depth: Depth, speaker: Speaker) -> str:
    """What stands in the record: how it was found and how far it may be off."""
    return speaker.say("echo.note", level=level_words(depth, speaker))


def _details(heard: Heard) -> dict[str, object]:
    collars, others = heard.collars, (heard.level, *heard.others)
    times = [one.time_s for one in others if one is not None]
    return {
        "heard": collars.heard_s if collars is not None else 0.0,
        "until": collars.until_s if collars is not None else 0.0,
        "times": "; ".join(f"{at:.2f}" for at in sorted(times[:3])),
    }
