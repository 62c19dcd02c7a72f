"""What a limit is of: a sensor, or a formula over sensors that a site wrote; and its figures in SI."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.analysis.alarms.watching import RATES, Limit
from app.analysis.formula import Formula
from app.core.errors import KnownError
from app.core.unit_spellings import find_unit, plain
from app.core.units import CELSIUS, FAHRENHEIT, KELVIN, PLAIN, Unit, quantity_units
from app.models.alarms import PER_DAY
from app.models.sensors import SENSORS
from app.models.values import Values, number_of, text_of
from app.services.wells.computed_pens import formula_of, shown_as

_A_DAY = re.compile(r"\s*/\s*(?:сут(?:ки)?|d|day)\.?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Pen:
    """`quantity` is what its values are, `unit` how that is written where they are no quantity of ours. Of a
    sensor there is no formula.
    """

    key: str
    sensors: tuple[str, ...]
    quantity: str
    unit: str = ""
    formula: Formula | None = None
    per_day: bool = False
    """It is a change in a day: its limits are of so many units a day."""

    @property
    def told_in(self) -> str:
        """The quantity, as words are made of it."""
        return f"{self.quantity}{PER_DAY}" if self.per_day else self.quantity

    @property
    def gap_s(self) -> float:
        return max(SENSORS[key].gap_s for key in self.sensors)


def pen_of(key: str) -> Pen:
    """Raises KnownError (formula_*, alarm_pen_empty)."""
    key = key.strip()
    if key in SENSORS:
        return Pen(key, (key,), SENSORS[key].quantity)
    shown, formula = shown_as(key), formula_of(key)
    if not formula.names:
        raise KnownError("alarm_pen_empty", pen=key)
    return Pen(key, formula.names, shown.quantity, shown.unit, formula, shown.per_day)


def unit_of(pen: Pen, label: str) -> Unit:
    """What a limit of it is written in; of a change in a day the unit may say so. Raises KnownError
    (alarm_unit) for a unit of something else, and for none where it has one.
    """
    if pen.per_day:
        label = _A_DAY.sub("", label)
    wanted = plain(label)
    if not pen.quantity or pen.quantity == "number":
        found = PLAIN if wanted == plain(pen.unit) else None
    else:
        found = find_unit(label, pen.quantity) if wanted else None
        steps = (KELVIN, CELSIUS, FAHRENHEIT) if pen.quantity == "temperature_step" else ()
        known = (*quantity_units(pen.quantity), *steps)
        found = found or next((one for one in known if wanted in (plain(one.ru), plain(one.en))), None)
    if found is None:
        names = (one.en for one in quantity_units(pen.quantity or "number"))
        raise KnownError(
            "alarm_unit", unit=label or "—", known=", ".join(dict.fromkeys(names)) or pen.unit or "—"
        )
    return replace(found, offset=0.0) if pen.quantity == "temperature_step" else found


def limit_of(pen: Pen, level: str, values: Values) -> Limit:
    """What a record says, in SI. Raises KnownError (alarm_unit, alarm_value)."""
    unit = unit_of(pen, text_of(values, "limit_unit"))
    told = number_of(values, "limit_value")
    if told is None or (level in RATES and told <= 0):
        raise KnownError("alarm_value", value="—" if told is None else told)
    threshold = told * unit.factor if level in RATES else unit.exactly(told)
    band = (number_of(values, "dead_band") or 0.0) * unit.factor
    on_s, off_s = number_of(values, "on_delay_s") or 0.0, number_of(values, "off_delay_s") or 0.0
    return Limit(level, threshold, band, on_s, off_s, bool(values.get("when_stopped")))
