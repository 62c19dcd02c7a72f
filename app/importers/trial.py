"""A plan tried on a file: rows made, everything that does not fit named. Knows no store: a laptop and the
centre do the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.errors import KnownError, Remark
from app.core.plain import JsonObject
from app.importers import card_equipment, lifts, parts_of_wells, passport, regimes, twin_sheets
from app.importers.ahead import refuse_ahead, without_ahead
from app.importers.base import Contents, Thing
from app.importers.card_json import card_from
from app.importers.clock_resets import say_resets
from app.importers.deciding import Decided, decide
from app.importers.extract import extract
from app.importers.field_names import names_of
from app.importers.kind_hints import told_by
from app.importers.liquid_parts import make_liquid
from app.importers.long_form import fluids_named
from app.importers.made import cards_of, readings_by_well, records_table
from app.importers.new_wells import wells_in
from app.importers.overlooked import about_columns, about_rows, refuse_places_of_one_well, repeated_records
from app.importers.periods import FIELDS as PERIODS
from app.importers.periods import (
    MONTH,
    about_months,
    asked_of_period,
    at_months,
    period_of,
    refuse_amounts,
    refuse_hours_or_days,
)
from app.importers.plan import Plan, SheetPlan
from app.importers.recognised import about_skipped, about_titles, kinds_to_say, nothing_known, refusal
from app.importers.record_remarks import about_records, not_used
from app.importers.rows import Problem, Rows
from app.importers.sheets import Sheet
from app.importers.targets import TABLE_KINDS, TableKind
from app.importers.vocabulary import Vocabulary, vocabulary
from app.importers.welltest_json import test_from
from app.models.cards import Card, StoredCard
from app.models.kinds.spec import Kind
from app.models.limits import clean_name
from app.models.readings import Readings
from app.models.well_tests import RecordedTest, StoredTest
from app.models.wells import Well


@dataclass(frozen=True)
class Batch:
    """Rows of one sheet under the names that the file gives their wells; ready() finds the wells' numbers."""

    kind: Kind | None = None
    by_name: dict[str, Readings] = field(default_factory=dict)
    named_records: pa.Table | None = None
    named_cards: tuple[tuple[str, Card], ...] = ()
    named_tests: tuple[tuple[str, RecordedTest], ...] = ()
    wells: tuple[Well, ...] = ()
    readings: Readings | None = None
    records: pa.Table | None = None
    cards: tuple[StoredCard, ...] = ()
    well_tests: tuple[StoredTest, ...] = ()
    lifts: tuple[tuple[str, str], ...] = ()
    """(well, lift) as the file says them."""
    sheet: str = ""
    """Where its rows stood; empty for what is no table's."""

    @property
    def rows(self) -> int:
        return (
            sum(map(len, self.by_name.values()))
            + (self.named_records.num_rows if self.named_records is not None else 0)
            + len(self.named_cards)
            + len(self.named_tests)
            + len(self.wells)
        )

    @property
    def names(self) -> list[str]:
        named = (
            []
            if self.named_records is None
            else pc.unique(self.named_records.column("well_name")).to_pylist()
        )
        return [
            *self.by_name,
            *named,
            *(name for name, _ in self.named_cards),
            *(name for name, _ in self.named_tests),
        ]


@dataclass(frozen=True)
class Tried:
    """What a plan makes of a file. `reason`: why a sheet gives nothing, where it gives nothing."""

    kind: str
    batches: tuple[Batch, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...]
    remarks: tuple[Remark, ...]
    sheets: tuple[JsonObject, ...]
    reason: KnownError | None = None
    taken: dict[str, Rows] = field(default_factory=dict)
    """The rows of each sheet that is taken, by its name."""
    plan: Plan = field(default_factory=lambda: Plan(()))
    """With what the columns have decided: the further pieces of a long file are read by it."""


def try_plan(
    path: Path,
    contents: Contents,
    plan: Plan,
    words_file: Path | None,
    now: datetime,
    *,
    partial: bool = False,
) -> Tried:
    """`now`: by the clock of whoever takes it, nothing was measured much later. `partial`: a later piece of a
    long file. Raises KnownError for a card or a test of ours that is wrong.
    """
    words = vocabulary(words_file)
    found = _Found(plan)
    for sheet in contents.sheets:
        sheet_plan = plan.sheet(sheet.name)
        if sheet_plan is None or sheet_plan.skip:
            found.unknown = found.unknown or nothing_known(path, sheet, sheet_plan)
            found.about.append(about_skipped(path, sheet, sheet_plan))
            continue
        other = refusal(path, sheet, sheet_plan) if plan.asks and not partial else None
        if other is not None:
            found.reason = found.reason or other
            found.about.append(about_skipped(path, sheet, sheet_plan, other))
            continue
        if not partial:
            found.reason = found.reason or _hopeless(path, sheet, sheet_plan, words)
        _try_sheet(found, sheet, sheet_plan, words, now, partial=partial)
    if plan.asks and not partial:
        _apart(found)
    own = _things(path, contents.things, now)
    if own is not None:
        found.batches.append(own)
        beside, refused = _beside(own)
        found.batches += beside
        found.remarks += [("import.equipment_left_out", _named(error)) for error in refused]
        found.kinds += ["card"] * bool(own.named_cards) + ["well_test"] * bool(own.named_tests)
    return Tried(
        _kind_of(found.kinds),
        tuple(found.batches),
        tuple(found.problems),
        tuple(found.left_out),
        tuple(found.remarks),
        tuple(found.about),
        found.reason or (found.unknown if not found.batches else None),
        found.taken,
        found.plan,
    )


@dataclass
class _Found:
    """What the sheets gave so far."""

    plan: Plan
    batches: list[Batch] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    about: list[JsonObject] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    taken: dict[str, Rows] = field(default_factory=dict)
    reason: KnownError | None = None
    unknown: KnownError | None = None
    """What is said of a file of which no column is known."""


def _apart(found: _Found) -> None:
    """Two sheets that give one instant two values: asked, or as it was said."""
    mine = [i for i, batch in enumerate(found.batches) if batch.by_name]
    answers = {key: said for sheet in found.plan.sheets for key, said in sheet.answers.items()}
    left, asked = twin_sheets.apart(
        [(found.batches[i].sheet, found.batches[i].by_name) for i in mine], answers
    )
    for i, by_name in zip(mine, left, strict=True):
        found.batches[i] = replace(found.batches[i], by_name=by_name)
    found.problems += asked


def _try_sheet(
    found: _Found, sheet: Sheet, plan: SheetPlan, words: Vocabulary, now: datetime, *, partial: bool
) -> None:
    """One sheet's rows into `found`."""
    whole = found.plan
    decided = decide(sheet, plan) if whole.asks and not partial else Decided(plan)
    rows = extract(
        sheet,
        sheet.table,
        decided.plan,
        technical_atmosphere=whole.technical_atmosphere,
        strict=whole.strict,
        asks=whole.asks,
    )
    rows = without_ahead(rows, decided.plan, now)
    if whole.asks:
        say_resets(rows, decided.plan)
    made, plan = _batches(sheet, rows, decided.plan, words)
    problems = [replace(problem, sheet=problem.sheet or sheet.name) for problem in rows.problems]
    problems += decided.questions
    told = list(decided.remarks)
    told += [(code, {**about, "sheet": about["sheet"] or sheet.name}) for code, about in rows.remarks]
    if whole.asks:
        told += about_rows(sheet, plan, rows) + about_months(sheet, plan, rows) + about_titles(sheet, plan)
    told += about_records(sheet, plan, rows, words) + about_columns(sheet, plan, rows)
    regime = regimes.said_of(sheet, plan)
    told += regime
    if regime and not any(batch.rows for batch in made):
        found.reason = KnownError.of("regime_only_equipment", {"file": sheet.name, **regime[0][1]})
    found.batches += [replace(batch, sheet=sheet.name) for batch in made]
    found.taken[sheet.name] = rows
    found.plan = whole.with_sheet(plan)
    found.kinds.append(plan.kind)
    found.left_out += rows.left_out
    found.problems += problems
    found.remarks += told
    found.about.append(_about(sheet, plan, rows, made, problems, len(told)))


TIMELESS = ("value_not_time", "value_missing", "clock_went_back", "start_unknown", "elapsed_unit_unknown")
"""What leaves a row without its moment."""


def _kind_of(found: list[str]) -> str:
    distinct = list(dict.fromkeys(found))
    return distinct[0] if len(distinct) == 1 else "mixed" if distinct else "nothing"


def _hopeless(path: Path, sheet: Sheet, plan: SheetPlan, words: Vocabulary) -> KnownError | None:
    """Why a sheet gives nothing, said better than "no rows"."""
    known = ", ".join(header for header in sheet.headers if header)[:300]
    kind = TABLE_KINDS[plan.kind]
    fluids = fluids_named(sheet, words) if plan.column_of("value") is not None else []
    if fluids:
        return KnownError("long_form_unit", file=str(path), names=", ".join(fluids)[:200])
    if kind.key not in ("readings", "wells") and not told_by(plan.columns, kind):
        return KnownError("no_kind_fits", file=str(path), columns=known, kinds=kinds_to_say())
    if (
        not kind.timeless
        and plan.column_of("time") is None
        and plan.column_of("year") is None
        and plan.column_of("elapsed") is None
        and not plan.time
    ):
        return _missing(path, kind, "time", known)
    if kind.key == "readings" and not told_by(plan.columns, kind):
        return KnownError("no_sensor_column", file=str(path), known=known)
    if plan.column_of("position") is None and plan.column_of("crank_angle") is not None:
        return KnownError("card_angle", file=str(path))
    fields = {column.field for column in plan.columns}
    for target in kind.targets:
        if target.required and target.key not in fields and not make_liquid(target.key, fields):
            return _missing(path, kind, target.key, known)
    if sheet.table.num_rows == 0:
        return KnownError("file_no_rows", file=str(path))
    return KnownError("file_no_values", file=str(path))


def _missing(path: Path, kind: TableKind, field: str, known: str) -> KnownError:
    names = names_of(kind.key, field)
    return KnownError("column_missing", file=str(path), field=field, names=names, known=known)


def _batches(sheet: Sheet, rows: Rows, plan: SheetPlan, words: Vocabulary) -> tuple[list[Batch], SheetPlan]:
    """(what is to be written, the plan with what the rows have decided). Without its time a row is in
    `problems`, and not in the batch when cells that do not fit are left out.
    """
    bad = {p.line for p in rows.problems if p.severity in ("error", "question") and p.code in TIMELESS}
    kept = rows.where(~np.isin(rows.line, list(bad))) if bad else rows
    if plan.kind == "readings":
        by_name = readings_by_well(kept, words, plan.answers)
        return [Batch(by_name=by_name)], plan
    if plan.kind == "card":
        if "position" not in rows.values or "load" not in rows.values:
            return [Batch()], plan
        cards = cards_of(kept, plan.strokes_per_minute)
        return [Batch(named_cards=tuple((card.well, card) for card in cards))], plan
    if plan.kind in ("wells", "passport"):
        return _of_wells(kept, plan, words), plan
    period = ""
    if rows.asks and PERIODS.get(plan.kind) not in (None, *kept.values):
        refuse_amounts(sheet, plan, kept)
        period = period_of(sheet, plan, kept)
        if period:
            plan = replace(plan, answers={**plan.answers, "period": period})
        elif len(kept.line) and plan.kind == "production":
            asked_of_period(sheet, kept)
    if period == MONTH:
        refuse_hours_or_days(sheet, plan, kept)
        kept = at_months(kept)
    if period:
        kept = parts_of_wells.added(sheet, plan, kept)
    kind, table = records_table(kept, words, lab=plan.lab, period=period)
    if rows.asks:
        rows.remarks += repeated_records(kind, table, kept.line)
        refuse_places_of_one_well(kind, table, kept)
    return [Batch(kind=kind, named_records=table, lifts=lifts.said(kept))], plan


def _of_wells(rows: Rows, sheet_plan: SheetPlan, words: Vocabulary) -> list[Batch]:
    """Wells first, then what their rows say of them. A passport that says neither field nor lift is no list
    of wells: it makes none.
    """
    listed = sheet_plan.kind == "wells" or any(sheet_plan.column_of(key) is not None for key in LISTS)
    made = [Batch(wells=wells_in(rows, sheet_plan.field_name) if listed else (), lifts=lifts.said(rows))]
    tables = passport.parts_of(rows, sheet_plan, words) if sheet_plan.kind == "passport" else []
    return made + [Batch(kind=kind, named_records=table) for kind, table in tables]


LISTS = ("field", "lift")


def _about(
    sheet: Sheet, plan: SheetPlan, rows: Rows, made: list[Batch], problems: list[Problem], doubts: int
) -> JsonObject:
    """One sheet for the preview's head and for `--json`. `doubts`: what is said of it beside its cells."""
    told: JsonObject = {
        "name": sheet.name,
        "kind": plan.kind,
        "rows": sheet.table.num_rows,
        "rows_with_values": len(rows.line),
        "values": sum(batch.rows for batch in made),
        "records": {batch.kind.key: batch.rows for batch in made if batch.kind is not None and batch.rows},
        "header_line": sheet.layout.header + 1,
        "units_row": sheet.layout.units_row is not None,
        "transposed": sheet.layout.transposed,
        "columns": {sheet.title(i): column.field for i, column in enumerate(plan.columns) if column.field},
        "units": {column.field: column.unit for column in plan.columns if column.field and column.unit},
        "not_used": [sheet.title(i) for i in not_used(sheet, plan, rows.beside)],
        "left_out": len(rows.left_out),
        "errors": sum(p.severity == "error" for p in problems),
        "questions": sum(p.severity == "question" for p in problems),
        "warnings": sum(p.severity == "warning" for p in problems) + doubts,
    }
    if plan.kind == "production" and made and made[0].named_records is not None:
        table = (
            made[0]
            .named_records.select(["well_name", "purpose"])
            .group_by(["well_name", "purpose"])
            .aggregate([])
        )
        pairs = list(
            zip(table.column("well_name").to_pylist(), table.column("purpose").to_pylist(), strict=True)
        )
        for purpose in ("producer", "injector"):
            told[f"{purpose}s"] = sorted({well for well, what in pairs if what == purpose})
    return told


def _things(path: Path, things: tuple[Thing, ...], now: datetime) -> Batch | None:
    """Cards and tests in our own JSON, judged by their own parsers."""
    if not things:
        return None
    cards, tests = [], []
    for thing in things:
        place = path if thing.file == path.name else Path(f"{path}/{thing.file}")
        if thing.importer == "card_json":
            card = card_from(thing.data, place)
            refuse_ahead(card.taken_at, str(place), now)
            cards.append((clean_name(card.well), card))
        else:
            test = test_from(thing.data, place)
            if test.taken_at is None:
                raise KnownError("json_missing", file=str(place), key="taken_at")
            refuse_ahead(test.taken_at, str(place), now)
            tests.append((clean_name(test.well or ""), test))
    return Batch(named_cards=tuple(cards), named_tests=tuple(tests))


def _named(error: KnownError) -> JsonObject:
    return {key: str(error.details.get(key, "")) for key in ("field", "value")}


def _beside(own: Batch) -> tuple[list[Batch], list[KnownError]]:
    """What the files of cards say of their wells."""
    taken, refused = card_equipment.records_with(own.named_cards)
    return [Batch(kind=kind, named_records=table) for kind, table in card_equipment.tables(taken)], refused
