"""Production in words, the same on the page and on paper."""

from __future__ import annotations

import numpy as np

from app.analysis.wells.produced import DAY_US, Produced
from app.core.clock import from_us
from app.core.texts import Speaker

RATES = ("liquid", "oil", "water", "gas", "injected")
"""As they are told; of an injector only what went in."""


def lines(found: Produced, speaker: Speaker) -> list[str]:
    """The last day or month, and what was given in all."""
    if not len(found):
        return []
    return [last_words(found, speaker), total_words(found, speaker)]


def last_words(found: Produced, speaker: Speaker) -> str:
    """Of the newest day or month in which something is told: that it stood is something."""
    told = np.any([np.isfinite(rate) for rate in found.rates.values()], axis=0)
    told |= found.volumes.on_stream_s == 0
    place = int(np.flatnonzero(told)[-1]) if told.any() else len(found) - 1
    at = from_us(int(found.volumes.begins_us[place]))
    monthly = bool(found.volumes.monthly[place])
    rates = [
        speaker.say(f"produced.{name}", value=speaker.quantity(float(found.rates[name][place]), "rate"))
        for name in RATES
        if np.isfinite(found.rates[name][place]) and not (name == "water" and _is_liquid_told(found, place))
    ]
    cut = found.water_cut[place]
    if np.isfinite(cut):
        rates.append(speaker.say("produced.cut", value=speaker.quantity(float(cut), "ratio")))
    gave = any(found.rates[name][place] > 0 for name in RATES)
    if found.volumes.on_stream_s[place] == 0 and not gave:
        return speaker.say("produced.stood_month" if monthly else "produced.stood_day", day=speaker.day(at))
    return speaker.say(
        "produced.last_month" if monthly else "produced.last_day",
        day=speaker.day(at),
        rates=", ".join(rates) or "—",
    )


def _is_liquid_told(found: Produced, place: int) -> bool:
    return bool(np.isfinite(found.rates["liquid"][place]))


def total_words(found: Produced, speaker: Speaker) -> str:
    sums = [
        speaker.say(f"produced.{name}", value=speaker.quantity(total, "volume"))
        for name in ("oil", "water", "gas", "injected")
        if (total := found.total(name))
    ]
    return speaker.say(
        "produced.total",
        since=speaker.day(from_us(int(found.volumes.begins_us[0]))),
        until=speaker.day(from_us(int(found.ends_us[-1]) - DAY_US)),  # a day without an hour in any zone
        count=len(found),
        sums=", ".join(sums) or "—",
    )
