"""What is missing for which figure, in a sentence."""

from __future__ import annotations

from app.analysis.needs import INPUTS, Gap
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.sensors import SENSORS

READINGS = "readings."


def input_words(gap: Gap, speaker: Speaker) -> str:
    """As its field in the form is called."""
    if speaker.has(f"gap.input.{gap.path}"):
        return speaker.say(f"gap.input.{gap.path}")
    return _field_words(gap.kind, gap.field, speaker)


def path_words(path: str, speaker: Speaker) -> str:
    """An input by its path in a file: `tubing.pressure_pa` as its field is called, `readings.…` as its
    sensor.
    """
    if path.startswith(READINGS):
        return within(SENSORS[path.removeprefix(READINGS)].name(speaker.language))
    if path in INPUTS and not speaker.has(f"gap.input.{path}"):
        return _field_words(*INPUTS[path], speaker)
    return speaker.say(f"gap.input.{path}")


def _field_words(kind_key: str, field_key: str, speaker: Speaker) -> str:
    kind = KINDS[kind_key]
    field = next((field for field in kind.fields if field.key == field_key), None)
    return within(field.name(speaker.language) if field is not None else kind.name(speaker.language))


def gap_words(gap: Gap, speaker: Speaker) -> str:
    """`no wave speed: 4,970 m/s assumed`; `no plunger diameter: no intake pressure, no leakage`."""
    if gap.taken is not None:
        return speaker.say(f"gap.taken.{gap.path}", **gap.taken)
    lost = ", ".join(within(speaker.say(f"measure.{measure}")) for measure in gap.lost)
    return speaker.say("gap.lost", input=input_words(gap, speaker), lost=lost)


def within(words: str) -> str:
    """Inside a sentence; КПД and ESP stay as they are."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
