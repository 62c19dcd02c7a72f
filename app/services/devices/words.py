"""What a device said and what was taken from it, in words."""

from __future__ import annotations

from app.core.clock import from_us
from app.core.texts import Speaker, number
from app.devices.live import Live
from app.devices.profile import Register
from app.models.sensors import SENSORS
from app.services.devices.archives import Downloaded
from app.services.devices.events import TakenEvents

ODD_TOLD = 3


def name_words(register: Register, speaker: Speaker, lift: str = "") -> str:
    """The sensor's, what the program knows of it, or the profile's own. `lift`: of the profile."""
    if register.sensor and register.name == register.sensor:
        return SENSORS[register.sensor].name(speaker.language, lift)
    known = f"device.register.{register.name}"
    return speaker.say(known) if speaker.has(known) else register.name


def value_words(one: Live, speaker: Speaker) -> str:
    """With its unit; a dash for nothing, a sentence for what was refused."""
    if one.fault is not None:
        return speaker.error(one.fault)
    if one.word:
        known = f"device.word.{one.word}"
        return speaker.say(known) if speaker.has(known) else one.word
    if one.there and (one.register.type == "bit" or one.register.bit is not None):
        return speaker.say("device.yes" if one.si else "device.no")
    return speaker.quantity(one.si if one.there else None, one.register.quantity)


def downloaded_lines(done: Downloaded, speaker: Speaker) -> list[str]:
    """What came, how far the clock is off, and what could not be had."""
    span = {"first": "—", "last": "—"}
    if done.first_us is not None and done.last_us is not None:
        span = {
            "first": speaker.moment(from_us(done.first_us)),
            "last": speaker.moment(from_us(done.last_us)),
        }
    counts = {"records": done.records, "added": done.added, "same": done.same, "changed": done.changed}
    lines = [speaker.say("device.downloaded", **counts, **span)]
    return lines + _clock_and_losses(done, speaker)


def event_lines(taken: TakenEvents, speaker: Speaker) -> list[str]:
    """The same of a log of events."""
    lines = [speaker.say("device.events", count=len(taken.events), added=taken.added)]
    if taken.unknown:
        codes = ", ".join(map(str, taken.unknown))
        lines.append(speaker.say("device.events_unknown", codes=codes))
    return lines + _clock_and_losses(taken, speaker)


def _clock_and_losses(done: Downloaded | TakenEvents, speaker: Speaker) -> list[str]:
    lines = []
    shown = number(abs(done.offset.us) / 1e6, 1, speaker.language)
    code = "device.clock_ahead" if done.offset.us >= 0 else "device.clock_behind"
    corrected = number(abs(done.corrected_us) / 1e6, 0, speaker.language)
    lines.append(speaker.say(code, seconds=shown, corrected=corrected))
    if done.overwritten:
        lines.append(speaker.say("device.overwritten", count=done.overwritten))
    if done.odd:
        told = ", ".join(speaker.moment(from_us(at_us)) for at_us in done.odd[:ODD_TOLD])
        lines.append(speaker.say("device.odd", count=len(done.odd), moments=told))
    return lines
