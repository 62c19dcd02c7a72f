"""What files and forms call a unit: the spelling, and what kind of quantity it can be of. The spellings, with
their sources, are data: resources/units.json.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NotRequired, TypedDict

from app.core import units as u
from app.core.api_gravity import ApiGravity
from app.core.paths import resources
from app.core.units import Unit

_SAME = {"surface_pressure": "pressure", "stress": "pressure"}
"""Quantities that are spelled like another one, after what is their own: `ГПа` of a stress is no hPa."""
NEAR = 0.72


@dataclass(frozen=True)
class Spelled:
    """One unit as the data file has it; `guessed`: values without a unit may be taken for it; `scaled`: what
    registers hold, a tenth of an ampere or a hundredth of a hertz.
    """

    unit: Unit
    spellings: tuple[str, ...]
    source: str
    guessed: bool
    scaled: bool = False


class _Row(TypedDict):
    """A unit in the data file: one that has a name here, or one that is made by its factor."""

    spelled: list[str]
    source: str
    guessed: NotRequired[bool]
    scaled: NotRequired[bool]
    unit: NotRequired[str]
    form: NotRequired[str]
    ru: str
    en: str
    factor: float
    offset: NotRequired[float]
    digits: NotRequired[int]


@cache
def spelled_units() -> dict[str, tuple[Spelled, ...]]:
    """Quantity → its units, the likeliest first."""
    data: dict[str, list[_Row]] = json.loads((resources() / "units.json").read_text(encoding="utf-8"))
    found = {quantity: tuple(map(_spelled, rows)) for quantity, rows in data.items()}
    return found | {
        quantity: _own_first(found.get(quantity, ()), found[same]) for quantity, same in _SAME.items()
    }


def _own_first(own: tuple[Spelled, ...], others: tuple[Spelled, ...]) -> tuple[Spelled, ...]:
    taken = {word for row in own for word in row.spellings}
    return own + tuple(row for row in others if not taken & set(row.spellings))


def _spelled(row: _Row) -> Spelled:
    guessed, scaled = bool(row.get("guessed", False)), bool(row.get("scaled", False))
    return Spelled(_unit(row), tuple(row["spelled"]), row["source"], guessed, scaled)


def _unit(row: _Row) -> Unit:
    if "unit" in row:
        known: Unit = getattr(u, row["unit"])
        return known
    made = ApiGravity if row.get("form") == "api" else Unit
    return made(row["ru"], row["en"], row["factor"], row.get("offset", 0.0), row.get("digits", 2))


@cache
def _tables() -> tuple[dict[str, Unit], dict[str, dict[str, Unit]]]:
    """(spelling → unit of any quantity, quantity → spelling → unit)."""
    of_any: dict[str, Unit] = {}
    of_each: dict[str, dict[str, Unit]] = {}
    for quantity, rows in spelled_units().items():
        for row in rows:
            for word in (*row.spellings, row.unit.en, row.unit.ru):
                of_each.setdefault(quantity, {}).setdefault(_key(word), row.unit)
    for quantity, rows in spelled_units().items():
        for row in rows:
            for word in row.spellings:
                of_any.setdefault(_key(word), of_each[quantity][_key(word)])
    return of_any, of_each


def _key(spelling: str) -> str:
    return plain(spelling).replace(".", "")


def plain(spelling: str) -> str:
    """As the table spells it: lower case, no spaces, plain digits; `м³ / сут.` → `м3/сут`."""
    text = unicodedata.normalize("NFKC", spelling).lower().replace("ё", "е").replace("\u2126", "ω")
    for spelled, meant in (
        (" ", ""),
        ("\n", ""),
        ("²", "2"),
        ("³", "3"),
        ("^", ""),
        ("⁻¹", "-1"),
        ("−", "-"),
        ("⋅", "·"),
        ("\u2032\u2032", '"'),
    ):
        text = text.replace(spelled, meant)
    return text.strip(".,:;")


_LATIN, _CYRILLIC = "aceopxykmtbhAECOPXYKMTBH", "асеорхукмтвнАЕСОРХУКМТВН"
_IN_CYRILLIC, _IN_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
_MIXED = re.compile(r"(?=.*[a-z])(?=.*[а-яё])", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=5_000)
def _keys(spelling: str) -> tuple[str, ...]:
    """As it is spelled; then, where letters of both alphabets are mixed, as if all were of one:
    `aтм`, `МПa`.
    """
    if _MIXED.match(spelling) is None:
        return (_key(spelling),)
    return tuple(map(_key, (spelling, spelling.translate(_IN_CYRILLIC), spelling.translate(_IN_LATIN))))


def find_unit(spelling: str, quantity: str | None = None) -> Unit | None:
    """The unit that a file means by `spelling`: of any quantity, or of the named one only; None when it is
    not known.
    """
    of_any, of_each = _tables()
    known = of_any if quantity is None else of_each.get(quantity, {})
    return next((known[key] for key in _keys(spelling) if key in known), None)


def quantities_of(spelling: str) -> tuple[str, ...]:
    """Every quantity that `spelling` is a unit of."""
    keys = _keys(spelling)
    return tuple(quantity for quantity, known in _tables()[1].items() if any(key in known for key in keys))


def nearest(spelling: str, quantity: str | None = None) -> tuple[Unit, ...]:
    """Known units that are spelled alike, of one quantity or of any; at most three."""
    of_any, of_each = _tables()
    known = of_any if quantity is None else of_each.get(quantity, {})
    close = difflib.get_close_matches(_key(spelling), known, 6, NEAR)
    return tuple({known[word].en: known[word] for word in close}.values())[:3]


def nearest_units(spelling: str, quantity: str | None = None) -> tuple[str, ...]:
    """The names of the nearest ones."""
    return tuple(unit.en for unit in nearest(spelling, quantity))


def is_gauge(unit: Unit) -> bool:
    """A pressure above the atmosphere's: its zero is 101,325 Pa."""
    return unit.en.endswith(" (g)")


def is_absolute(unit: Unit) -> bool:
    return unit.en.endswith(" (a)")


def usual_units(quantity: str) -> tuple[Unit, ...]:
    """The units a file may mean when it names none, the likeliest first."""
    first = u.quantity_units(quantity)[0]
    spelled = spelled_units().get(quantity)
    if not spelled:
        return (first,)
    return (first, *(row.unit for row in spelled if row.guessed and row.unit is not first))


def scaled_units(quantity: str) -> tuple[Unit, ...]:
    """Parts of a unit that registers hold, of which a table may have lost the decimal point."""
    return tuple(row.unit for row in spelled_units().get(quantity, ()) if row.scaled)


def all_units(quantity: str) -> tuple[Unit, ...]:
    """Every unit that a column of this quantity can be said to be in."""
    others = (row.unit for row in spelled_units().get(quantity, ()))
    return tuple(dict.fromkeys((*usual_units(quantity), *others)))
