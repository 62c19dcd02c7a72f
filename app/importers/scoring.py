"""How well a header, its unit and the first cells of its column fit one field: a score that can be argued
with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from app.core.unit_spellings import find_unit
from app.core.units import Unit
from app.importers import by_density, by_duration, liquid_parts
from app.importers.clock_durations import QUANTITIES, may_be_clock
from app.importers.naming_wells import calls_a_well
from app.importers.opposites import modifiers, opposed
from app.importers.overlooked import counts_rows
from app.importers.rod_words import section_of, size_of
from app.importers.targets import ROD_COLUMNS, SECTION_COLUMNS, Target
from app.importers.vocabulary import BRACKET, Vocabulary, folded
from app.models.kinds.lab import PARAMETERS

SURE = 0.75
WORD_ALIKE = 70
"""[%] of two words: `насоса` and `насос` 91, `замера` and `пакера` 67."""
_SMALL = frozenset(
    map(folded, ("in", "of", "the", "a", "and", "at", "for", "на", "по", "от", "в", "с", "и", "для"))
)
_AMOUNTS = {"liquid_rate": "liquid_volume", "oil_rate": "oil_volume", "gas_rate": "gas_volume"}
_RATES = {
    "liquid_volume": "liquid_rate",
    "oil_volume": "oil_rate",
    "oil_mass": "oil_rate",
    "gas_volume": "gas_rate",
    "water_volume": "water_part",
}
_STEP = re.compile(
    r"[\s_.\-]*[(\[]?\b(?:s|sec|ms|msec|us|µs|usec|ns)[)\]]?\s*$|_(?:s|sec|ms|us|ns)$", re.IGNORECASE
)
"""`ts_ms`, `time (s)`: what counts since 1970 counts in."""
_CONSUMED = frozenset(
    map(
        folded,
        ("расход", "потребление", "расход за сутки", "расход за месяц", "consumption", "usage", "used"),
    )
)


_NO_LAST = frozenset(("in", "at", "min", "мин"))
"""Words as often as units."""


@dataclass(frozen=True)
class Profile:
    """What a column's first cells look like: shares of numbers, times, texts, and the numbers themselves."""

    kind: str
    values: np.ndarray
    texts: int
    filled: int


Memory = dict[str, str]
"""Header, folded → the field that this laboratory's files have had it as."""


def _in_turn(values: np.ndarray) -> bool:
    """1, 2, 3 under `N`, and from one again: points of cards are counted, it is no speed of the pump."""
    if len(values) < 3 or values[0] not in (0, 1):
        return False
    return bool(((np.diff(values) == 1) | (values[1:] == values[0])).all()) and values[1] != values[0]


def score_of(
    header: str,
    name: str,
    unit: Unit | None,
    unit_text: str,
    profile: Profile,
    target: Target,
    words: Vocabulary,
    memory: Memory,
) -> tuple[float, str]:
    if memory.get(folded(header)) == target.key:
        return 1.5, "remembered"
    if target.type == "number" and counts_rows(header) and _in_turn(profile.values):
        return 0.0, ""
    why = "word"
    if target.key in ROD_COLUMNS:
        mine = ROD_COLUMNS[target.key] == size_of(header)
        return (1.0 + _fit(profile, unit, unit_text, target, exact=True), why) if mine else (0.0, "")
    if target.key in SECTION_COLUMNS:
        mine = SECTION_COLUMNS[target.key] == section_of(header)
        return (1.0 + _fit(profile, unit, unit_text, target, exact=True), why) if mine else (0.0, "")
    means = words.means(header)
    if profile.kind == "epoch":
        means |= words.means(_STEP.sub("", header))
    if target.key == "elapsed":
        if profile.kind == "lasted":
            return 1.2, "word"
        counts = profile.kind == "number" and (unit_text == "" or find_unit(unit_text, "hours") is not None)
        known = "elapsed" in means or ("time" in means and unit_text != "")
        return (1.2, "word") if counts and known else (0.0, "")
    if target.key in liquid_parts.PARTS:
        return _of_part(means, name, unit_text, target, profile, unit)
    if (target.named in means and not _modified(header, words)) or target.key == header.strip():
        score = 1.0
    elif (
        _AMOUNTS.get(target.named) in means
        and unit is not None
        and (find_unit(unit_text, target.quantity) or by_duration.unit_of(unit_text, target))
    ):
        score = 1.0  # `Oil (BOPD)`: the unit makes a rate of the amount
    elif _RATES.get(target.named) in means and unit is not None and find_unit(unit_text, target.quantity):
        score = 0.95  # `Qж, м3` of a day's report: the unit makes an amount of the rate
    elif target.type == "well" and calls_a_well(header):
        score = 0.95  # behind a column that calls it by its usual name
    elif target.quantity == "energy" and unit is not None and folded(name) in _CONSUMED:
        score = 0.85  # `Расход, кВт*ч`: the unit says of what
    else:
        score, why = nearness(folded(name), target.named, words), "near"
    if score < 0.5 or (why == "near" and _ends_in_another_unit(name, target)):
        return 0.0, ""
    return score + _fit(profile, unit, unit_text, target, exact=why == "word"), why


def _ends_in_another_unit(name: str, target: Target) -> bool:
    """`Температура ПЭД kgf`: what a word alone says is not overheard where the name is only near."""
    last = name.split()[-1] if name.strip() else ""
    alone = len(last) < 2 and last != "%"
    if target.type != "number" or alone or last.lower() in _NO_LAST or find_unit(last) is None:
        return False
    return find_unit(last, target.quantity) is None


def _of_part(
    means: frozenset[str], header: str, unit_text: str, target: Target, profile: Profile, unit: Unit | None
) -> tuple[float, str]:
    """Oil or water by volume a day: the unit says that it is."""
    named = {liquid_parts.OF_AMOUNT[target.key], liquid_parts.OF_RATE[target.key], target.named} & means
    if not named or not unit_text:
        return 0.0, ""
    if find_unit(unit_text, "rate") is None and by_duration.unit_of(unit_text, target) is None:
        return 0.0, ""
    return 0.9 + _fit(profile, unit, unit_text, target, exact=True), "word"


def _modified(header: str, words: Vocabulary) -> bool:
    """`Рпр (уставка)`: what was left aside makes another quantity of the name."""
    if folded(header) in words.words:
        return False
    return bool(modifiers(folded(header)) - modifiers(folded(BRACKET.sub(" ", header).rpartition(" / ")[2])))


def _fit(profile: Profile, unit: Unit | None, unit_text: str, target: Target, *, exact: bool) -> float:
    """What unit and values say for or against. Words under a known header are to be put right, not to be
    overlooked.
    """
    change = 0.0
    if target.type == "number" and unit is not None and target.quantity != "number":
        fits = find_unit(unit_text, target.quantity) is not None or _of_ion(unit_text, target)
        otherwise = by_density.unit_of(unit_text, target) or by_duration.unit_of(unit_text, target)
        change += 0.15 if fits else 0.0 if otherwise else -0.6
    if not profile.filled:
        return change - 0.05
    if target.key == "until" and profile.kind == "clock":
        return change  # of the day of its start, or the next one
    if target.type == "time":
        # A date that cannot be read is still a date, to be put right; a number of hours is none.
        return change + {
            "time": 0.2,
            "serial": 0.0,
            "year": 0.0,
            "epoch": 0.1,
            "compact": 0.1,
            "text": -0.2,
        }.get(profile.kind, -0.5)
    if target.type == "clock":
        return change + (0.3 if profile.kind == "clock" else -0.8)
    if target.type == "number":
        if profile.kind == "clock" and exact and target.quantity in QUANTITIES and may_be_clock(unit_text):
            return change
        if profile.kind in ("time", "clock") or profile.texts > 0.6 * profile.filled:
            return change - (0.2 if exact and profile.kind == "text" else 0.5)
        return change + 0.05
    if target.type == "well" and profile.kind == "time":
        return change - 0.6
    return change - (0.3 if profile.kind in ("time", "clock") else 0.0)


def _of_ion(unit_text: str, target: Target) -> bool:
    """Milliequivalents, of an ion that they are understood of."""
    lab = target.named.startswith("lab.") and target.key in PARAMETERS
    return lab and PARAMETERS[target.key].unit_of(unit_text) is not None


@lru_cache(maxsize=20_000)
def nearness(name: str, named: str, words: Vocabulary) -> float:
    """The nearest spelling of a field, 0.9 at most. Short names are compared exactly only: F and P are
    everything.
    """
    if len(name) < 4:
        return 0.0
    best = 0.0
    for word, names in _spellings(words).get(named, ()):
        if len(word) < 4 or named not in names:
            continue
        whole = fuzz.token_sort_ratio(name, word) / 100
        # One word alone, contained in a longer name, is no match: `глубина` of `глубина спуска`.
        inside = 0.86 if f" {word} " in f" {name} " and " " in word and len(word) >= 8 else 0.0
        near = max(0.9 * whole if whole >= 0.84 and _words_alike(name, word) else 0.0, inside)
        if near > best and not opposed(name, word) and not _abbreviations_differ(name, word):
            best = near
    return best


def _words_alike(name: str, word: str) -> bool:
    """`глубина замера` is no `глубина пакера`: each word that only one has is alike one of the other's."""
    mine, its = set(name.split()) - _SMALL, set(word.split()) - _SMALL
    return all(
        any(fuzz.ratio(one, other) >= WORD_ALIKE for other in others - ones)
        for ones, others in ((mine, its), (its, mine))
        for one in ones - others
    )


def _abbreviations_differ(name: str, word: str) -> bool:
    """`температура ПЧ` and `температура ПЭД`: what is abbreviated is compared exactly."""
    mine, its = set(name.split()), set(word.split())
    return any(len(one) <= 3 for one in mine - its) and any(len(one) <= 3 for one in its - mine)


@lru_cache(maxsize=4)
def _spellings(words: Vocabulary) -> dict[str, list[tuple[str, frozenset[str]]]]:
    by_name: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word, names in words.words.items():
        for name in names:
            by_name.setdefault(name, []).append((word, names))
    return by_name
