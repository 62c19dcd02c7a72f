"""What models said of a well beside what was measured, in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.wells.modelled import Misfit, Modelled, ModelResults, NotCompared
from app.core.texts import Speaker, number
from app.models.sensors import SENSORS

MONTH_DAYS = 30


@dataclass(frozen=True)
class ModelRow:
    """One quantity of one case; `off`, `compared` and `drift` are "—" where there is nothing to say."""

    case: str
    of: str
    last: str
    off: str
    compared: str
    drift: str


def rows(results: ModelResults, speaker: Speaker) -> list[ModelRow]:
    return [_row(series, speaker) for series in results.series]


def left(results: ModelResults, speaker: Speaker) -> list[str]:
    """What could not be compared, and why."""
    return [_left_words(one, speaker) for one in results.left]


def lines(results: ModelResults, speaker: Speaker) -> list[str]:
    """The same as sentences: a case and quantity each, then what could not be compared."""
    said = []
    for row in rows(results, speaker):
        code = "model.unmeasured" if row.off == "—" else "model.off"
        told = speaker.say(code, **vars(row))
        said.append(told if row.drift == "—" else f"{told} {speaker.say('model.drift', by=row.drift)}")
    return said + left(results, speaker)


def _row(series: Modelled, speaker: Speaker) -> ModelRow:
    sensor, off, n = SENSORS[series.of], series.misfit, len(series.time_us)
    by, drift = off_words(off, sensor.quantity, speaker)
    return ModelRow(
        series.case,
        sensor.name(speaker.language),
        speaker.quantity(float(series.value[-1]), sensor.quantity),
        by,
        speaker.say("model.compared", measured=0 if off is None else off.n, n=n),
        drift,
    )


def off_words(off: Misfit | None, quantity: str, speaker: Speaker) -> tuple[str, str]:
    """(how far off, how that grows in a month), each "—" where there is nothing to say."""
    if off is None:
        return "—", "—"
    by = step_words(off.difference, quantity, speaker)
    if off.share is not None:
        by = f"{by} ({_signed(off.share * 100, 0, speaker)} %)"
    return by, "—" if off.drift is None else step_words(off.drift * MONTH_DAYS, quantity, speaker)


def step_words(step_si: float, quantity: str, speaker: Speaker) -> str:
    """A difference of two values, with its sign: without the unit's own zero."""
    unit = speaker.units.unit(quantity)
    return f"{_signed(step_si / unit.factor, unit.digits, speaker)} {unit.label(speaker.language)}".rstrip()


def _signed(value: float, digits: int, speaker: Speaker) -> str:
    shown = number(abs(value), digits, speaker.language)
    return f"{'−' if value < 0 else '+'}{shown}"


def _left_words(one: NotCompared, speaker: Speaker) -> str:
    return speaker.say(f"model.left.{one.why}", quantity=one.quantity, unit=one.unit)
