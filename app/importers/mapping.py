"""The proposal: what kind of table this is, and what each column holds, each with a score that can be argued
with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.core.unit_spellings import find_unit
from app.importers import (
    by_density,
    by_duration,
    gauge_words,
    lasting,
    liquid_parts,
    odd_units,
    quality_columns,
    unit_columns,
)
from app.importers.choices import says_injection
from app.importers.days_of_years import counts_dates
from app.importers.field_clock import zone_said
from app.importers.historian_names import fixed
from app.importers.kind_hints import (
    DOWN_TIMES,
    a_row_a_well,
    end_of_the_stop,
    hours_of_the_test,
    motor_of_the_unit,
    nominal_of_the_pump,
    of_the_water,
    power_of_the_motor,
    without_untold,
)
from app.importers.letters_behind import tail_behind
from app.importers.moments import looks_like
from app.importers.nameless import nameless_time
from app.importers.numbers import texts_of
from app.importers.own_names import is_ours, moments_of_ours
from app.importers.plan import UNDATED, ColumnPlan, SheetPlan
from app.importers.preferred import preferred
from app.importers.regimes import ANSWER, is_regime, without_run_dates
from app.importers.remarks import LEAVE
from app.importers.row_calendar import is_compact_clock, is_hour_of_day, spelled_compact
from app.importers.scoring import SURE, Memory, Profile, score_of
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.spans import from_to
from app.importers.targets import TABLE_KINDS, TableKind, Target, holds_undated, several
from app.importers.titles import (
    date_said,
    day_said,
    field_said,
    lab_said,
    lines_above,
    moment_said,
    name_dated,
    speed_said,
    unit_of_ions,
    units_of_fluids,
    units_said,
    well_said,
)
from app.importers.unit_guess import guess_unit, usual_share
from app.importers.unit_letters import written_out
from app.importers.unit_said import said_around
from app.importers.vocabulary import (
    Vocabulary,
    folded,
    split_unit,
    title_words,
    unit_in_name,
    unit_written,
)
from app.importers.weighing import NEVER, beside_names
from app.importers.zones import without_zone
from app.models.kinds.installed import RUN_AT
from app.models.kinds.lab import PARAMETERS

_PLACES = ("well", "pad", "field")
_OF_TIMES = ("time", "clock", "serial", "epoch", "compact", "text", "empty")
LEAST_OF_UNIT = 3


@dataclass(frozen=True)
class _Looked:
    """What every kind is asked of, found out once."""

    headers: list[str]
    profiles: list[Profile]
    around: str
    nameless: int | None
    fixed: dict[str, str]
    a_row_a_well: bool


def propose(
    sheet: Sheet,
    words: Vocabulary,
    *,
    kind: str | None = None,
    memory: Memory | None = None,
    near: str = "",
) -> SheetPlan:
    """`near`: the file's name, which may speak for a kind."""
    profiles = [_profile(sheet, i, words) for i in range(len(sheet.headers))]
    looked = _Looked(
        from_to(written_out(sheet.headers)),
        profiles,
        said_around(sheet),
        nameless_time(sheet, words),
        fixed(sheet),
        a_row_a_well(sheet, words),
    )
    title = folded(" ".join((near, sheet.name, *(cell for row in sheet.above for cell in row))))
    found: tuple[float, TableKind, list[ColumnPlan]] | None = None
    for table_kind in TABLE_KINDS if kind is None else [TABLE_KINDS[kind]]:
        columns, worth = _assign(sheet, looked, table_kind, words, memory or {})
        worth += beside_names(sheet, columns, table_kind, words)
        worth += 3.0 * is_ours(table_kind.key, sheet.headers)
        worth += 0.8 * any(word in title for word in title_words(table_kind.key))
        if found is None or worth > found[0]:
            found = (worth, table_kind, columns)
    assert found is not None
    _, table_kind, columns = found
    if kind is None and table_kind.key == "installation" and not _is_dated(sheet, columns):
        # A passport holds without a date: what stands in a well stands there.
        table_kind = TABLE_KINDS["passport"]
        columns, _ = _assign(sheet, looked, table_kind, words, memory or {})
    columns = unit_columns.heard(sheet, without_untold(table_kind, columns), table_kind, words)
    if table_kind.key == "readings":
        columns = quality_columns.proposed(sheet, columns)
    said = lines_above(sheet.above)
    regime = bool(table_kind.parts) and is_regime(sheet, near)
    if regime and moment_said(said):
        columns = without_run_dates(columns)
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
        else well_said(said) or ("" if named_by_file(sheet, near) else well_said(sheet.name)),
        time=(day_said if "clock" in taken else moment_said)(said)
        or ("" if {"time", "year"} & taken or named_by_file(sheet, near) else name_dated(sheet.name))
        or (UNDATED if undated else ""),
        lab=lab_said(said),
        strokes_per_minute=speed_said(said),
        zone=zone_said(sheet, columns),
        field_name="" if "field" in taken else field_said(said),
        answers={ANSWER: LEAVE} if regime else {},
    )


def _is_dated(sheet: Sheet, columns: list[ColumnPlan]) -> bool:
    return bool(moment_said(lines_above(sheet.above))) or any(c.field in ("time", "year") for c in columns)


def named_by_file(sheet: Sheet, near: str) -> bool:
    """A file's name is no word of the table's: of it nothing is made."""
    return sheet.name.rpartition(" › ")[2] == (Path(sheet.file).stem if sheet.file else near)


def _profile(sheet: Sheet, index: int, words: Vocabulary) -> Profile:
    """`10.2026` is a number but under a header of dates, `14` but under one of hours."""
    column = sheet.table.column(column_name(index)).slice(0, SAMPLE)
    kind, values, texts, filled = looks_like(column)
    if kind == "number" and "time" in words.means(sheet.headers[index]) and counts_dates(column):
        kind = "time"
    if kind in ("clock", "text", "time") and "elapsed" in words.means(sheet.headers[index]):
        kind = "lasted" if lasting.written(column) else kind
    if kind in ("number", "serial", "year") and is_compact_clock(sheet, index):
        kind = "clock"
    if kind in ("number", "serial", "year") and "clock" in words.means(sheet.headers[index]):
        of_day = spelled_compact(column) or (kind == "number" and is_hour_of_day(sheet, index, values, words))
        kind = "clock" if of_day else kind
    return Profile(kind, values, texts, filled)


def _assign(
    sheet: Sheet,
    looked: _Looked,
    kind: TableKind,
    words: Vocabulary,
    memory: Memory,
) -> tuple[list[ColumnPlan], float]:
    """The best column for each field: the surest pairs first, each field and each column once."""
    pairs, own, profiles = [], moments_of_ours(kind), looked.profiles
    ends = any("until" in words.means(header) for header in looked.headers)
    for index, header in enumerate(looked.headers):
        if not header and not profiles[index].filled:
            continue
        # `(cSt)` is a zone in the header of times only.
        named = without_zone(header) if profiles[index].kind in _OF_TIMES else header
        in_row = sheet.unit_in_row(index)
        if kind.key == "pump_curve":
            named, in_row = odd_units.of_a_stage(named), odd_units.of_a_stage(in_row)
        named, unit_text, is_odd = odd_units.told(named, in_row)
        name, in_header, _ = split_unit(named)
        unit = find_unit(unit_text) if unit_text else in_header
        written = unit_text or unit_written(named, words.means)
        bare, tail = tail_behind(name, looked.headers, words) if not unit_text else ("", "")
        unheard = named.replace(written, "").strip(" ,;:()[]") if written and unit is None else ""
        unheard = name if is_odd else unheard
        scored = []
        for target in kind.targets:
            score, why = score_of(named, name, unit, unit_text, profiles[index], target, words, memory)
            said = written if _has_unit(target, written) else ""
            of_tail = find_unit(tail, target.quantity) if tail and target.type == "number" else None
            if of_tail is not None:
                other = score_of(bare, bare, of_tail, tail, profiles[index], target, words, memory)
                if other[0] > score:
                    (score, why), said = other, tail
            elif _is_unit_of_else(tail, target):
                score = 0.0
            if unheard and target.type == "number" and target.quantity != "number":
                other = score_of(unheard, unheard, None, "", profiles[index], target, words, memory)
                score, why = max((score, why), other)
            if target.key == "clock" and folded(name) in DOWN_TIMES and not ends:
                score = 0.0  # `Down Time` of a stop that says no end is how long it was
            if own.get(header) == target.key or looked.fixed.get(header) == target.key:
                score, why = 1.3, "word"
            elif header in looked.fixed:
                score = 0.0
            if target.key == "time" and index == looked.nameless:
                score, why = 0.9, "values"
            if target.key == "lift" and score < SURE and _purpose_is_lift(sheet, index, named, target, words):
                score, why = 0.95, "word"
            if target.type == "text" and unit is not None and _is_bare_number(target, profiles[index]):
                score = 0.0  # `Двигатель, кВт` over 30: a power, no name
            if target.key in _PLACES and written and unit is not None:
                score = 0.0  # `K, м` of a pumping unit is no pad
            score = preferred(score, target, kind, named, name, profiles[index], words)
            scored.append((score, why, target, said))
        # Where a name is known, what only looks like it is none of its meanings.
        exact = any(why != "near" and score >= SURE for score, why, _, _ in scored)
        nearest = max((score for score, why, _, _ in scored if why == "near"), default=0.0)
        pairs += [
            (score, -index, index, target, why, said)
            for score, why, target, said in scored
            if score >= SURE and (why != "near" or (not exact and score == nearest))
        ]
    dated = any(pair[3].key == "time" and profiles[pair[2]].kind == "time" for pair in pairs)
    if dated or kind.key == "card" or looked.a_row_a_well:
        # A duration beside the moment, or the time within a stroke, is none since some start; nor are the
        # hours of a day's report, in which each well stands once.
        pairs = [pair for pair in pairs if pair[3].key != "elapsed"]
    pairs.sort(key=lambda pair: (pair[0], pair[1]), reverse=True)
    columns = [ColumnPlan(header) for header in sheet.headers]
    taken, worth = set[str](), 0.0
    titled, of_fluids = units_said(looked.around), units_of_fluids(looked.around)
    of_ions = unit_of_ions(looked.around)
    for score, _, index, target, why, unit_text in pairs:
        if columns[index].field:
            continue
        if target.key in taken:
            if why == "word" and not columns[index].why:
                columns[index] = replace(columns[index], why=f"twice:{target.key}")
            continue
        if target.key == "oil_m3" and "oil_kg" in taken and by_density.unit_of(unit_text, target) is not None:
            columns[index] = replace(columns[index], why="twice:oil_kg")
            continue  # tonnes beside tonnes of oil are no second amount of it
        taken.add(target.key)
        guessed = False
        if target.type == "number" and not unit_text:
            named_by = "density" if target.key in by_density.RELATIVE else target.quantity
            unit_text = (
                of_fluids.get(target.named)
                or titled.get(target.quantity)
                or (of_ions if kind.key == "lab_result" and target.quantity == "mass_concentration" else "")
                or unit_in_name(sheet.headers[index], named_by)
            )
            if not unit_text:
                unit_text = guess_unit(profiles[index].values, target) or ""
                guessed = bool(unit_text)
        header, sure = sheet.headers[index], round(min(score, 1.0), 2)
        unit_text = gauge_words.by_words(unit_text, target.quantity, header, looked.around)
        columns[index] = ColumnPlan(header, target.key, unit_text, sure, why, guessed=guessed)
        worth += 0.1 * score if target.role else score
    if "until_clock" in taken and "until" not in taken:  # of the day of the start, or the next one
        columns = [replace(c, field="until") if c.field == "until_clock" else c for c in columns]
    if kind.key == "alarm" and "alarm_tag" not in taken and "message" in taken:
        # A journal that gives its alarms no tags calls them by what they say.
        columns = [replace(c, field="alarm_tag") if c.field == "message" else c for c in columns]
        taken.add("alarm_tag")
    columns = end_of_the_stop(sheet, of_the_water(columns, kind), kind)
    if kind.key == "flow_test":
        columns = liquid_parts.where_needed(hours_of_the_test(sheet, columns, kind))
        taken = {column.field for column in columns} - {""}
    columns = motor_of_the_unit(power_of_the_motor(columns, kind), kind)
    columns = nominal_of_the_pump(columns, kind)
    dated = bool(date_said(lines_above(sheet.above)))
    return _made_whole(_one_pressure_unit(columns, profiles, kind), kind, taken, worth, dated=dated)


def _is_unit_of_else(tail: str, target: Target) -> bool:
    """`gas_mcfd` is a rate, no volume; letters alone are as often no unit."""
    if len(tail) < LEAST_OF_UNIT or target.type != "number" or target.quantity == "number":
        return False
    otherwise = by_density.unit_of(tail, target) or by_duration.unit_of(tail, target)
    return find_unit(tail) is not None and otherwise is None


def _is_bare_number(target: Target, profile: Profile) -> bool:
    return profile.kind == "number" and target.quantity in ("", "number")


def _purpose_is_lift(sheet: Sheet, index: int, named: str, target: Target, words: Vocabulary) -> bool:
    """`Назначение: Нагнетательная`: how it is run, where the words are lifts."""
    if "well_purpose" not in words.means(named):
        return False
    cells = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).to_pylist()
    return says_injection(map(str, cells), target)


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
        if not columns[i].unit and unit is not None and usual_share(profiles[i].values, unit, target) >= 0.9:
            changed[i] = replace(columns[i], unit=text, guessed=True)
    return changed


def _has_unit(target: Target, written: str) -> bool:
    """A density to that of water may be told in a unit of density, a hardness is in one of equivalents."""
    return (
        target.quantity != "number"
        or (target.key in by_density.RELATIVE and by_density.relative(written) is not None)
        or (target.named.startswith("lab.") and PARAMETERS[target.key].unit != "")
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
    if "time" in taken and "elapsed" in taken:
        columns = [c if c.field != "elapsed" else ColumnPlan(c.header) for c in columns]
    missing = sum(
        target.required and target.key not in taken and not liquid_parts.make_liquid(target.key, taken)
        for target in kind.targets
    )
    timed = (
        "time" in taken or "elapsed" in taken or (dated and "clock" in taken) or {"year", "month"} <= taken
    )
    if kind.timeless and timed and kind.key == "wells":
        worth -= 1.0  # a list of wells has no dates
    told = {key for key in taken if (target := kind.target(key)) is not None and not target.role}
    if kind.key == "installation" and told <= RUN_AT:
        worth -= NEVER  # how it is run is no change of what stands there
    if kind.one_of and not kind.one_of & taken:
        worth -= NEVER
    if kind.undated and told == {"note"}:
        worth -= NEVER  # a remark alone is no equipment
    if kind.parts and not several(kind, taken):
        worth -= NEVER
    if kind.key == "wells" and not _is_list(columns):
        worth -= NEVER
    return columns, worth - missing - (0.0 if timed or kind.timeless or kind.undated else 0.6)


def _is_list(columns: list[ColumnPlan]) -> bool:
    """Whether a table says of wells mostly what a list of them says: it is no place for what fits nowhere."""
    known = sum(column.field not in ("", "well") for column in columns)
    return known >= max(1, sum(not column.field for column in columns))
