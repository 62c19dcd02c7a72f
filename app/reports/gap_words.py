"""What is missing for which figure, in a sentence."""

from __future__ import annotations

from app.analysis.needs import Gap
from app.core.texts import Speaker
from app.models.kinds import KINDS


def input_words(gap: Gap, speaker: Speaker) -> str:
    """As its field in the form is called."""
    if speaker.has(f"gap.input.{gap.path}"):
        return speaker.say(f"gap.input.{gap.path}")
    kind = KINDS[gap.kind]
    field = next((field for field in kind.fields if field.key == gap.field), None)
    return _within(field.name(speaker.language) if field is not None else kind.name(speaker.language))


def gap_words(gap: Gap, speaker: Speaker) -> str:
    """`no wave speed: 4,970 m/s assumed`; `no plunger diameter: no intake pressure, no leakage`."""
    if gap.taken is not None:
        return speaker.say(f"gap.taken.{gap.path}", **gap.taken)
    lost = ", ".join(_within(speaker.say(f"measure.{measure}")) for measure in gap.lost)
    return speaker.say("gap.lost", input=input_words(gap, speaker), lost=lost)


def _within(words: str) -> str:
    """Inside a sentence; КПД and ESP stay as they are."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
