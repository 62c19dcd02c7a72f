"""How many alarms of a well wait for somebody: what stands beside its name before any is looked at."""

from __future__ import annotations

from app.core.texts import Speaker
from app.models.alarms import Waiting


def waiting_words(waiting: Waiting, speaker: Speaker) -> str:
    """`Alarms: 3, not acknowledged: 2`; empty where none waits for anybody."""
    if not waiting.count:
        return ""
    return speaker.say("alarm.of_well", count=waiting.count, open=waiting.unanswered)
