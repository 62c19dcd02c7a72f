"""What a setting would bring, in words: the command line, the page and the report say the same."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.advice.choice import Choice, Limit, Outcome
from app.core.texts import Speaker
from app.core.units import DAY_S

KNOBS = {
    "frequency_hz": "frequency",
    "wellhead_pa": "surface_pressure",
    "stages": "number",
    "strokes_per_minute": "number",
    "stroke_m": "length",
    "plunger_diameter_m": "small_length",
    "gas_m3_per_s": "rate",
}
"""Knob → the quantity it is shown in."""

LIMITS = {
    "frequency": "frequency",
    "rate_over_best": "ratio",
    "intake_pressure": "pressure",
    "wellhead_pressure": "surface_pressure",
    "motor_load": "ratio",
    "motor_temperature": "temperature",
    "fillage": "ratio",
    "least_rod_load": "load",
    "rods": "ratio",
    "gearbox": "ratio",
    "beam": "ratio",
    "gas": "rate",
}
"""Limit → the quantity it is shown in."""


def settings_words(outcome: Outcome, now: Outcome | None, speaker: Speaker) -> str:
    """The knobs; beside `now` only those that would be moved."""
    moved = [
        knob for knob, value in outcome.knobs.items() if now is None or abs(value - now.knobs[knob]) > 1e-9
    ]
    return ", ".join(
        speaker.say(
            "advice.knob",
            name=speaker.say(f"advice.knob.{knob}"),
            value=knob_value(knob, outcome.knobs[knob], speaker),
        )
        for knob in moved
    )


def unchecked_words(code: str, speaker: Speaker) -> str:
    """Which limit is not checked, and what would have to be entered."""
    name = speaker.say(f"advice.limit.{code}")
    return speaker.say("advice.unchecked", name=name, why=speaker.say(f"advice.unchecked.{code}"))


def choice_words(choice: Choice, now: Outcome | None, speaker: Speaker) -> str:
    """What to set; of other equipment its name and how it would stand."""
    outcome = choice.outcome
    if not outcome.equipment:
        return settings_words(outcome, now, speaker)
    key = f"advice.equipment.{outcome.equipment}"
    name = speaker.say(key) if speaker.has(key) else outcome.equipment
    return speaker.say("advice.run_in", name=name, settings=settings_words(outcome, None, speaker))


def knob_value(knob: str, value: float, speaker: Speaker) -> str:
    """Stages come whole."""
    return speaker.quantity(value, KNOBS[knob], digits=0 if knob == "stages" else None)


def best_words(best: Choice | None, now: Outcome | None, missing: Sequence[str], speaker: Speaker) -> str:
    """What to set on a well of a pad; else why there is nothing."""
    if now is None:
        return missing_words(missing, speaker)
    return (
        speaker.say("advice.nothing_better") if best is None else settings_words(best.outcome, now, speaker)
    )


def tonnes(kg_per_s: float) -> float:
    """By the day."""
    return kg_per_s * DAY_S / 1000


def kwh_per_tonne(outcome: Outcome) -> float:
    """Of liquid; 1 kWh/t is 3,600 J/kg."""
    return outcome.energy_j_per_kg / 3600


def gain_words(choice: Choice, speaker: Speaker) -> str:
    low, likely, high = (tonnes(one) for one in choice.gain)
    return speaker.say("advice.gain", low=low, likely=likely, high=high)


def worth_words(choice: Choice, speaker: Speaker) -> str:
    """In the site's money by the day; empty without prices."""
    if choice.worth is None:
        return ""
    low, likely, high = (one * DAY_S for one in choice.worth)
    return speaker.say("advice.worth", low=low, likely=likely, high=high)


def worth_short(choice: Choice, speaker: Speaker) -> str:
    """For a column of a table."""
    if choice.worth is None:
        return speaker.say("advice.no_prices")
    low, likely, high = (one * DAY_S for one in choice.worth)
    return speaker.say("advice.worth_short", low=low, likely=likely, high=high)


def gain_short(choice: Choice, speaker: Speaker) -> str:
    """For a column of a table."""
    low, likely, high = (tonnes(one) for one in choice.gain)
    return speaker.say("advice.gain_short", low=low, likely=likely, high=high)


def energy_short(outcome: Outcome, speaker: Speaker) -> str:
    """For a column of a table."""
    return speaker.say("advice.number", value=kwh_per_tonne(outcome))


def energy_words(outcome: Outcome, speaker: Speaker) -> str:
    """Of a tonne of liquid."""
    return speaker.say("advice.energy", energy=kwh_per_tonne(outcome))


def measured_energy_words(
    per_tonne: float | None, needed: float | None, efficiency: float | None, speaker: Speaker
) -> str:
    """What a tonne took at the last test, and what lifting it takes."""
    if per_tonne is None:
        return speaker.say("energy.unknown")
    words = speaker.say("energy.measured", value=per_tonne)
    if needed is None:
        return words
    words += speaker.say("energy.needed", value=needed)
    return words if efficiency is None else words + speaker.say("energy.efficiency", share=efficiency)


def limit_words(limit: Limit, speaker: Speaker) -> str:
    quantity = LIMITS[limit.code]
    ends = [
        speaker.say(f"advice.limit_{side}", value=speaker.quantity(end, quantity))
        for side, end in (("least", limit.least), ("most", limit.most))
        if end is not None
    ]
    return speaker.say(
        "advice.limit",
        name=speaker.say(f"advice.limit.{limit.code}"),
        value=speaker.quantity(limit.value, quantity),
        ends=", ".join(ends),
    )


def status_of(limit: Limit) -> str:
    """As lights show it."""
    return ("watch" if limit.near else "ok") if limit.kept else "act"


def outcome_lines(outcome: Outcome, speaker: Speaker) -> list[tuple[str, str]]:
    """(name, value) of what a setting gives."""
    low, likely, high = (speaker.bare(one, "rate") for one in outcome.rate)
    return [
        (
            speaker.say("advice.rate"),
            speaker.say(
                "measure.with_range", value=speaker.quantity(outcome.rate[1], "rate"), low=low, high=high
            ),
        ),
        (speaker.say("advice.oil"), speaker.say("advice.tonnes", value=tonnes(outcome.oil[1]))),
        (speaker.say("measure.pump_intake_pressure_pa"), speaker.quantity(outcome.intake_pa, "pressure")),
        (speaker.say("advice.power"), speaker.quantity(outcome.power_w, "power")),
        (speaker.say("advice.energy_name"), energy_words(outcome, speaker)),
    ]


def missing_words(codes: Sequence[str], speaker: Speaker) -> str:
    """Why nothing can be advised: all of it, so that nobody comes back for the next."""
    keys = [f"advice.missing.{code}" for code in codes]
    told = [speaker.say(key if speaker.has(key) else "advice.missing.other") for key in keys]
    return speaker.say("advice.missing", reasons="; ".join(dict.fromkeys(told)))
