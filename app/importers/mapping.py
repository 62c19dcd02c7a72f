"""The proposal: what kind of table this is, and what each column holds, each with a score that can be argued
with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import Unit
from app.importers import by_density
from app.importers.field_clock import zone_said
from app.importers.moments import looks_like
from app.importers.opposites import modifiers, opposed
from app.importers.plan import UNDATED, ColumnPlan, SheetPlan
from app.importers.regimes import ANSWER, LEAVE, is_regime
from app.importers.rod_words import size_of
from app.importers.sheets import Sheet, column_name
from app.importers.targets import ROD_COLUMNS, TABLE_KINDS, TableKind, Target, holds_undated, several
from app.importers.titles import date_said, lab_said, speed_said, units_said, well_said
from app.importers.vocabulary import Vocabulary, folded, split_unit, tail_of, title_words, unit_written
from app.importers.zones import without_zone
from app.models.kinds.lab import PARAMETERS
from app.models.sensors import SENSORS

SURE = 0.75
_DATES_A_RUN = {
    folded(words): 0.1
    for words in (
        "дата спуска",
        "дата спуска насоса",
        "дата спуска гно",
        "дата монтажа",
        "run date",
        "run in",
    )
}
"""Of several dates the one on which a pump was run is that of what stands in the well: `Дата ввода` is when
the well was commissioned.
"""
NEVER = 100.0
_PLAIN_NAME = re.compile(r"[\(\[{][^\(\)\[\]{}]*[\)\]}]")
SAMPLE = 400


@dataclass(frozen=True)
class Profile:
    """What a column's first cells look like: shares of numbers, times, texts, and the numbers themselves."""

    kind: str
    values: np.ndarray
    texts: int
    filled: int


Memory = dict[str, str]
"""Header, folded → the field that this laboratory's files have had it as."""


def propose(
    sheet: Sheet,
    words: Vocabulary,
    *,
    kind: str | None = None,
    memory: Memory | None = None,
    near: str = "",
    technical_atmosphere: bool = False,
) -> SheetPlan:
    """`near`: the file's name, which may speak for a kind."""
    profiles = [_profile(sheet, i) for i in range(len(sheet.headers))]
    title = folded(" ".join((near, sheet.name, *(cell for row in sheet.above for cell in row))))
    found: tuple[float, TableKind, list[ColumnPlan]] | None = None
    for table_kind in TABLE_KINDS if kind is None else [TABLE_KINDS[kind]]:
        columns, worth = _assign(sheet, profiles, table_kind, words, memory or {}, technical_atmosphere)
        worth += 0.3 * (table_kind.key == "flow_test" and _says_test(sheet, columns))
        worth -= 1.5 * (table_kind.key in ("lab_result", "fluid") and _tells_rates(sheet, words))
        worth += 0.8 * any(word in title for word in title_words(table_kind.key))
        if found is None or worth > found[0]:
            found = (worth, table_kind, columns)
    assert found is not None
    _, table_kind, columns = found
    said = " \n".join(" ".join(row) for row in sheet.above)
    taken = {column.field for column in columns}
    undated = holds_undated(table_kind, taken) and not {"time", "year"} & taken
    has_well = any(column.field == "well" for column in columns)
    return SheetPlan(
        sheet.name,
        table_kind.key,
        sheet.layout,
        tuple(columns),
        skip=not any(column.field for column in columns),
        well=""
        if has_well
        else well_said(said) or ("" if _named_by_file(sheet, near) else well_said(sheet.name)),
        time=date_said(said) or (UNDATED if undated else ""),
        lab=lab_said(said),
        strokes_per_minute=speed_said(said),
        zone=zone_said(sheet, columns),
        answers={ANSWER: LEAVE} if table_kind.parts and is_regime(sheet, near) else {},
    )


def _says_test(sheet: Sheet, columns: list[ColumnPlan]) -> bool:
    """`Дата замера`: what stands beside it was measured in a test."""
    return any(c.field == "time" and re.search(r"замер|test", c.header, re.IGNORECASE) for c in columns)


def _tells_rates(sheet: Sheet, words: Vocabulary) -> bool:
    """A laboratory measures none: densities beside a rate are what the rate is reckoned with."""
    return any(words.means(header) & {"liquid_rate", "oil_rate"} for header in sheet.headers)


def _named_by_file(sheet: Sheet, near: str) -> bool:
    """A file's name is no word of the table's: of it nothing is made."""
    return sheet.name.rpartition(" › ")[2] == (Path(sheet.file).stem if sheet.file else near)


def _profile(sheet: Sheet, index: int) -> Profile:
    column = sheet.table.column(column_name(index)).slice(0, SAMPLE)
    return Profile(*looks_like(column))


def _assign(
    sheet: Sheet,
    profiles: list[Profile],
    kind: TableKind,
    words: Vocabulary,
    memory: Memory,
    technical_atmosphere: bool,
) -> tuple[list[ColumnPlan], float]:
    """The best column for each field: the surest pairs first, each field and each column once."""
    pairs = []
    for index, header in enumerate(sheet.headers):
        if not header and not profiles[index].filled:
            continue
        named = without_zone(header)
        name, in_header, spelled = split_unit(named)
        unit_text = sheet.units[index] if index < len(sheet.units) and sheet.units[index] else spelled
        unit = find_unit(unit_text) if unit_text else in_header
        written = unit_text or unit_written(named, words.means)
        bare, tail = tail_of(name) if not unit_text else ("", "")
        unheard = named.replace(written, "").strip(" ,;:()[]") if written and unit is None else ""
        scored = []
        for target in kind.targets:
            score, why = _score(named, name, unit, unit_text, profiles[index], target, words, memory)
            said = written if _has_unit(target, written) else ""
            of_tail = find_unit(tail, target.quantity) if tail and target.type == "number" else None
            if of_tail is not None:
                other = _score(bare, bare, of_tail, tail, profiles[index], target, words, memory)
                if other[0] > score:
                    (score, why), said = other, tail
            if unheard and target.type == "number" and target.quantity != "number":
                other = _score(unheard, unheard, None, "", profiles[index], target, words, memory)
                score, why = max((score, why), other)
            if target.key == "time" and (kind.parts or kind.record or kind.key == "installation"):
                score += _DATES_A_RUN.get(folded(name), 0.0)
            scored.append((score, why, target, said))
        # Where a name is known, what only looks like it is none of its meanings.
        exact = any(why != "near" and score >= SURE for score, why, _, _ in scored)
        nearest = max((score for score, why, _, _ in scored if why == "near"), default=0.0)
        pairs += [
            (score, -index, index, target, why, said)
            for score, why, target, said in scored
            if score >= SURE and (why != "near" or (not exact and score == nearest))
        ]
    pairs.sort(key=lambda pair: (pair[0], pair[1]), reverse=True)
    columns = [ColumnPlan(header) for header in sheet.headers]
    taken: set[str] = set()
    worth = 0.0
    titled = units_said(" ; ".join(cell for row in sheet.above for cell in row))
    for score, _, index, target, why, unit_text in pairs:
        if columns[index].field:
            continue
        if target.key in taken:
            if why == "word" and not columns[index].why:
                columns[index] = replace(columns[index], why=f"twice:{target.key}")
            continue
        taken.add(target.key)
        guessed = False
        if target.type == "number" and not unit_text:
            unit_text = titled.get(target.quantity) or ""
            if not unit_text:
                unit_text = guess_unit(profiles[index].values, target, technical_atmosphere) or ""
                guessed = bool(unit_text)
        header, sure = sheet.headers[index], round(min(score, 1.0), 2)
        columns[index] = ColumnPlan(header, target.key, unit_text, sure, why, guessed=guessed)
        worth += 0.1 * score if target.role else score
    dated = bool(date_said(" \n".join(" ".join(row) for row in sheet.above)))
    return _made_whole(_one_pressure_unit(columns, profiles, kind), kind, taken, worth, dated=dated)


def _one_pressure_unit(
    columns: list[ColumnPlan], profiles: list[Profile], kind: TableKind
) -> list[ColumnPlan]:
    """A system that exports one pressure in bar and names no units exports all of them so, where the values
    allow it.
    """
    found = [(i, kind.target(column.field)) for i, column in enumerate(columns) if column.field]
    pressures = [(i, t) for i, t in found if t is not None and t.quantity in ("pressure", "surface_pressure")]
    guessed = {
        columns[i].unit for i, _ in pressures if columns[i].unit and not split_unit(columns[i].header)[2]
    }
    if len(guessed) != 1:
        return columns
    text = guessed.pop()
    changed = list(columns)
    for i, target in pressures:
        unit = find_unit(text, "pressure")
        if not columns[i].unit and unit is not None and _usual_share(profiles[i].values, unit, target) >= 0.9:
            changed[i] = replace(columns[i], unit=text, guessed=True)
    return changed


def _usual_share(values: np.ndarray, unit: Unit, target: Target) -> float:
    low, high = target.usual or (target.minimum, target.maximum)
    nonzero = values[values != 0]
    if not len(nonzero) or low is None or high is None:
        return 1.0
    si = unit.to_si(nonzero)
    return float(np.mean((si >= low) & (si <= high)))


def _has_unit(target: Target, written: str) -> bool:
    """A density to that of water may be told in a unit of density."""
    return target.quantity != "number" or (
        target.key in by_density.RELATIVE and by_density.relative(written) is not None
    )


def _made_whole(
    columns: list[ColumnPlan], kind: TableKind, taken: set[str], worth: float, *, dated: bool
) -> tuple[list[ColumnPlan], float]:
    """A table in long form is no wide one at once; what a kind cannot do without counts against it."""
    if kind.long and set(kind.long) <= taken:
        worth += 0.5
    elif kind.long:
        columns = [c if c.field not in kind.long else ColumnPlan(c.header) for c in columns]
        worth -= sum(key in taken for key in kind.long)
    if "time" in taken and "elapsed" in taken:  # a duration beside the moment, whatever of
        columns = [c if c.field != "elapsed" else ColumnPlan(c.header) for c in columns]
    missing = sum(target.required and target.key not in taken for target in kind.targets)
    timed = (
        "time" in taken or "elapsed" in taken or (dated and "clock" in taken) or {"year", "month"} <= taken
    )
    if kind.timeless and timed and kind.key == "wells":
        worth -= 1.0  # a list of wells has no dates
    if kind.parts and not several(kind, taken):
        worth -= NEVER
    if kind.key == "wells" and not _is_list(columns):
        worth -= NEVER
    return columns, worth - missing - (0.0 if timed or kind.timeless or kind.undated else 0.6)


def _is_list(columns: list[ColumnPlan]) -> bool:
    """Whether a table says of wells what a list of them says, more than anything else: it is no place for
    tables that nothing else fits.
    """
    known = sum(column.field not in ("", "well") for column in columns)
    return known >= max(1, sum(not column.field for column in columns))


def _score(
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
    why = "word"
    if target.key in ROD_COLUMNS:
        mine = ROD_COLUMNS[target.key] == size_of(header)
        return (1.0 + _fit(profile, unit, unit_text, target, exact=True), why) if mine else (0.0, "")
    means = words.means(header)
    if target.key == "elapsed":
        counts = profile.kind == "number" and (unit_text == "" or find_unit(unit_text, "hours") is not None)
        known = "elapsed" in means or ("time" in means and unit_text != "")
        return (1.2, "word") if counts and known else (0.0, "")
    if (target.named in means and not _modified(header, words)) or target.key == header.strip():
        score = 1.0
    else:
        score, why = nearness(folded(name), target.named, words), "near"
    if score < 0.5:
        return 0.0, ""
    return score + _fit(profile, unit, unit_text, target, exact=why == "word"), why


def _modified(header: str, words: Vocabulary) -> bool:
    """`Рпр (уставка)`: what was left aside makes another quantity of the name."""
    if folded(header) in words.words:
        return False
    return bool(
        modifiers(folded(header)) - modifiers(folded(_PLAIN_NAME.sub(" ", header).rpartition(" / ")[2]))
    )


def _fit(profile: Profile, unit: Unit | None, unit_text: str, target: Target, *, exact: bool) -> float:
    """What unit and values say for or against. Words under a known header are to be put right, not to be
    overlooked.
    """
    change = 0.0
    if target.type == "number" and unit is not None and target.quantity != "number":
        fits = find_unit(unit_text, target.quantity) is not None or _of_ion(unit_text, target)
        by_mass = by_density.unit_of(unit_text, target) is not None
        change += 0.15 if fits else 0.0 if by_mass else -0.6
    if not profile.filled:
        return change - 0.05
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
        near = max(0.9 * whole if whole >= 0.84 else 0.0, inside)
        if near > best and not opposed(name, word):
            best = near
    return best


@lru_cache(maxsize=4)
def _spellings(words: Vocabulary) -> dict[str, list[tuple[str, frozenset[str]]]]:
    by_name: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word, names in words.words.items():
        for name in names:
            by_name.setdefault(name, []).append((word, names))
    return by_name


def guess_unit(values: np.ndarray, target: Target, technical_atmosphere: bool = False) -> str | None:
    """The first of the field's units in which nearly all values are usual; None when the usual unit does."""
    limits = target.usual or (target.minimum, target.maximum)
    if target.key == "position" and target.required and len(values):
        # Of a card: metres or millimetres; what may as well be inches or centimetres is not guessed at.
        return "mm" if 600 <= float(np.ptp(values)) <= 12_000 else None
    if (
        not len(values)
        or limits[0] is None
        or limits[1] is None
        or target.quantity == "number"
        or target.named.startswith("lab.")
    ):
        return None
    if (
        target.key in SENSORS
        and float(np.abs(values).max()) > 0
        and target.quantity not in ("pressure", "surface_pressure", "load", "length", "ratio")
    ):
        return None
    units = usual_units(target.quantity)
    for unit in units:
        if _usual_share(values, unit, target) >= 0.9:
            return None if unit is units[0] else unit.en
    return None
