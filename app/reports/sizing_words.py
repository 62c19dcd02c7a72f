"""An ESP that was sized, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.analysis.esp.sizing import Duty, Sized
from app.core.texts import Speaker
from app.reports.advice_words import missing_words


def lines(
    asked: Duty | None,
    found: Sequence[Sized],
    assumed: Sequence[str],
    missing: Sequence[str],
    speaker: Speaker,
) -> list[str]:
    """What the pump has to do, what was taken for want of a record, then each pump, best first."""
    if asked is None:
        return [missing_words(missing, speaker)]
    told = [
        speaker.say(
            "size.duty",
            intake=speaker.quantity(asked.intake_pa, "pressure"),
            discharge=speaker.quantity(asked.discharge_pa, "pressure"),
            head=speaker.quantity(asked.head_m, "length"),
            rate=speaker.quantity(asked.rate, "rate"),
        ),
        speaker.say(
            "size.gas" if asked.gas.stable else "size.gas_unstable",
            entering=speaker.quantity(asked.gas.entering, "ratio"),
            turpin=asked.gas.turpin,
        ),
    ]
    told += [speaker.say(f"size.assumed.{name}") for name in assumed]
    return [*told, *(_pump(one, speaker) for one in found)] if found else [*told, speaker.say("size.none")]


def _pump(one: Sized, speaker: Speaker) -> str:
    words = speaker.say(
        "size.pump",
        name=one.pump,
        stages=one.stages,
        efficiency=speaker.quantity(one.efficiency, "ratio"),
        shaft=speaker.quantity(one.shaft_w, "power"),
        motor=one.motor or speaker.quantity(one.motor_w, "power"),
    )
    if math.isfinite(one.current_a):
        words += speaker.say("size.current", current=speaker.quantity(one.current_a, "current"))
    if one.cable:
        words += speaker.say("size.cable", name=one.cable, drop=speaker.quantity(one.drop_v, "voltage"))
        surface = speaker.quantity(one.surface_v, "voltage")
        kva = speaker.bare(one.transformer_va / 1e3, "number", digits=0)
        words += speaker.say("size.transformer", voltage=surface, power=kva)
    return words
