"""Flow tests in words, the same on the page and on paper."""

from __future__ import annotations

from app.analysis.wells.flow import FlowHistory, TestRow
from app.core.texts import Speaker
from app.models.sensors import SENSORS


def validity_words(row: TestRow, speaker: Speaker) -> str:
    if not row.doubts:
        return speaker.say("flow.valid")
    return "; ".join(speaker.say(f"flow.doubt.{code}") for code in row.doubts)


def virtual_words(history: FlowHistory, speaker: Speaker) -> str:
    """How far the rate by the pump can be trusted."""
    if history.pump_refused is not None:
        return speaker.error(history.pump_refused)
    if history.virtual_error is None:
        return speaker.say("flow.no_virtual")
    return speaker.say("flow.virtual_error", share=speaker.quantity(history.virtual_error, "ratio"))


def no_pump_words(history: FlowHistory, speaker: Speaker) -> str:
    """Why there is no operating point: what of it is not there."""
    if history.pump_refused is not None:
        return speaker.error(history.pump_refused)
    if not history.pump_known:
        return speaker.say("flow.no_pump.curve")
    if not history.rows:
        return speaker.say("flow.no_pump.test")
    at = speaker.dated(history.rows[0].test.taken_at)
    if not history.unread:
        return speaker.say("flow.no_pump.stopped", at=at)
    names = ", ".join(SENSORS[code].name(speaker.language) for code in history.unread)
    return speaker.say("flow.no_pump.readings", at=at, sensors=names)


def level_words(history: FlowHistory, speaker: Speaker) -> str:
    """Where the levels come from."""
    return speaker.say(f"flow.level_from.{history.level_from or 'nowhere'}")
