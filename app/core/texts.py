"""Sentences for codes, in Russian and English, without Qt: for views, reports and the command line alike.

The catalogues are resources/texts/ru.json and en.json: code → template. A place in a template is `{name}`,
`{name:.2f}`, or `{name:pressure}`: the value is SI and comes out converted, with its unit, by the reader's
setting; `{name:length.-1}` to tens of it.
"""

from __future__ import annotations

import json
import math
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from app.core.errors import Details, KnownError
from app.core.paths import resources
from app.core.units import QUANTITIES, Unit, UnitSystem, quantity_units
from app.core.zones import FieldZone, is_day

LANGUAGES = ("ru", "en")
THIN_SPACE = "\u202f"
MEANT = 4
"""Digits of a reading that mean something."""
TERSE = ".12g"
"""A number of which the sentence says nothing: as a person would write it."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    path = resources() / "texts" / f"{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def add(language: str, sentences: Mapping[str, str]) -> None:
    """Sentences of a plug-in; those of the program stay as they are."""
    known = catalogue(language)
    assert isinstance(known, dict)
    known.update({code: text for code, text in sentences.items() if code not in known})


def in_each_language(code: str, details: Details | None = None) -> dict[str, str]:
    """A sentence as a detail of another one, which says it in the reader's language."""
    if not details:
        return {language: catalogue(language)[code] for language in LANGUAGES}
    return {language: Speaker(language).say(code, **details) for language in LANGUAGES}


def is_text(value: str) -> bool:
    """Neither NUL nor half of a pair of UTF-16: no file, no database and no screen takes those."""
    return "\x00" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def number(value: float | None, digits: int, language: str) -> str:
    """Thin-space thousands; a decimal comma in Russian; a long dash for nothing."""
    if value is None or value != value:
        return "—"
    text = f"{round(value, digits) if digits < 0 else value:,.{max(digits, 0)}f}"
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    if language == "ru":
        return text.replace(",", THIN_SPACE).replace(".", ",")
    return text.replace(",", THIN_SPACE)


def with_unit(name: str, unit: str) -> str:
    """`Rate, m³/d`: what a column or an axis is, and in what."""
    return f"{name}, {unit}" if unit else name


class _Places(string.Formatter):
    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, object]) -> Any:
        return kwargs.get(str(key), "?")

    def format_field(self, value: Any, spec: str) -> str:
        quantity, _, digits = spec.partition(".")
        if quantity in QUANTITIES:
            shown = None if value == "?" else value
            return self._speaker.quantity(shown, quantity, digits=int(digits) if digits else None)
        if isinstance(value, datetime):
            return self._speaker.moment(value)
        if isinstance(value, dict):
            return self._speaker.in_its_language(value)
        if isinstance(value, (int, float)) and spec.startswith(".") and spec.endswith("f"):
            return number(value, int(spec[1:-1]), self._speaker.language)
        if isinstance(value, float):
            shown = format(value, spec or TERSE)
            return shown.replace(".", ",") if self._speaker.language == "ru" else shown
        return str(value) if spec.startswith(".") else format(value, spec)


def _digits(unit: Unit, quantity: str, told: int | None) -> int:
    """`told` is meant of the field's unit: no per cent are two digits of a fraction."""
    if told is None or quantity != "ratio":
        return unit.digits if told is None else told
    return told + round(math.log10(unit.factor / quantity_units(quantity)[0].factor))


@dataclass(frozen=True)
class Speaker:
    """One reader's language and units, and the clock of the field."""

    language: str = "ru"
    units: UnitSystem = UnitSystem()
    zone: FieldZone = FieldZone()

    def has(self, code: str) -> bool:
        return code in catalogue(self.language)

    def say(self, code: str, **details: object) -> str:
        """The sentence for `code`; an unknown code comes back as itself, visibly."""
        template = catalogue(self.language).get(code)
        if template is None:
            return code
        return _Places(self).vformat(template, (), details)

    def in_its_language(self, value: object) -> str:
        """Of what was said in each language, `{"ru": …, "en": …}`, the reader's; all else as it is."""
        return str(value.get(self.language, "?")) if isinstance(value, dict) else str(value)

    def error(self, error: KnownError) -> str:
        of_cell = f"cell.{error.code}"
        if self.has(of_cell) and not self.has(f"error.{error.code}"):
            said = self.say("error.cell", **error.details | {"why": self.say(of_cell, **error.details)})
        else:
            said = self.say(f"error.{error.code}", **error.details)
        also = error.details.get("also")
        return said if not also else f"{said} {self.say('error.also', also=also)}"

    def unit(self, quantity: str) -> str:
        return self.units.unit(quantity).label(self.language)

    def quantity(self, value_si: float | None, quantity: str, *, digits: int | None = None) -> str:
        """`1,25 МПа`: the SI value in the shown unit, with its label."""
        unit = self.units.unit(quantity)
        if value_si is None:
            return "—"
        shown = number(unit.from_si(value_si), _digits(unit, quantity, digits), self.language)
        label = unit.label(self.language)
        return f"{shown}\u00a0{label}" if label else shown

    def shown(self, value_si: float | None, quantity: str) -> float | None:
        """The number itself in the shown unit, for tables that count with it."""
        return None if value_si is None else float(self.units.unit(quantity).from_si(value_si))

    def quoted(self, words: str) -> str:
        return f"«{words}»" if self.language == "ru" else f"“{words}”"

    def bare(self, value_si: float | None, quantity: str, *, digits: int | None = None) -> str:
        """The same without the label, for tables whose header carries the unit."""
        unit = self.units.unit(quantity)
        return (
            "—"
            if value_si is None
            else number(unit.from_si(value_si), _digits(unit, quantity, digits), self.language)
        )

    def gauged(self, value_si: float | None, quantity: str) -> str:
        """What a gauge or an echo said, without the label: its fifth digit tells nothing."""
        unit = self.units.unit(quantity)
        shown = 0.0 if value_si is None else abs(float(unit.from_si(value_si)))
        whole = math.floor(math.log10(shown)) + 1 if shown >= 1 else 1
        return self.bare(value_si, quantity, digits=min(unit.digits, max(MEANT - whole, 0)))

    def brief(self, value_si: float, quantity: str, *, digits: int | None = None) -> str:
        """`900 м`: the terse one, with its label."""
        label = self.unit(quantity)
        return self.terse(value_si, quantity, digits=digits) + (f"\u00a0{label}" if label else "")

    def terse(self, value_si: float, quantity: str, *, digits: int | None = None) -> str:
        """As a person would write it: no zeros at the end of a fraction, `900` for `900,00`."""
        unit = self.units.unit(quantity)
        shown, digits = unit.from_si(value_si), _digits(unit, quantity, digits)
        while digits > 0 and round(shown, digits - 1) == round(shown, digits):
            digits -= 1
        return number(shown, digits, self.language)

    def moment(self, moment: datetime | None) -> str:
        """By the field's clock."""
        if moment is None:
            return "—"
        return self.zone.local(moment).strftime(
            "%d.%m.%Y %H:%M" if self.language == "ru" else "%Y-%m-%d %H:%M"
        )

    def day(self, moment: datetime | None) -> str:
        """The field's day of a moment; a day that is kept without an hour is that day."""
        if moment is None:
            return "—"
        return self.zone.shown(moment).strftime("%d.%m.%Y" if self.language == "ru" else "%Y-%m-%d")

    def lately(self, moment: datetime, now: datetime) -> str:
        """`today 14:30` of this day, else when it was."""
        if is_day(moment) or self.day(moment) != self.day(now):
            return self.dated(moment)
        return self.say("moment.today", time=self.zone.shown(moment).strftime("%H:%M"))

    def dated(self, moment: datetime | None) -> str:
        """When a record was made: with the hour where there is one."""
        return self.day(moment) if moment is None or is_day(moment) else self.moment(moment)


@lru_cache(maxsize=32)
def speaker_of(language: str, units: str, technical_atmosphere: bool, zone: str) -> Speaker:
    """A table asks for one for each of its cells."""
    return Speaker(language, UnitSystem(units, technical_atmosphere), FieldZone(zone))
