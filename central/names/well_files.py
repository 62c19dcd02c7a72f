"""A list of wells from a file, or from a site's own table: read by the importer's rules of headers, names and
lifts. A list with one wrong row is not taken at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.mapping import propose
from app.importers.new_wells import NEW_FIELD, NEW_PAD, wells_in
from app.importers.numbers import texts_of
from app.importers.opening import Asked, choose, proposal, read_file
from app.importers.plan import Plan
from app.importers.rows import Problem
from app.importers.sheets import LINE, Layout, column_name
from app.importers.trial import Tried, try_plan
from app.importers.vocabulary import vocabulary
from app.models.well_names import normal_name
from app.models.wells import Well
from central.names.wells import Outcome, WellBook

WELLS = "wells"


@dataclass(frozen=True)
class ListedWell:
    """A row of the list; `sheet` and `line` say where it stands."""

    sheet: str
    line: int
    well: Well


@dataclass(frozen=True)
class WellList:
    """`problems`: rows that cannot be taken; with one of them nothing is."""

    listed: tuple[ListedWell, ...]
    problems: tuple[Problem, ...]


def read_list(path: Path, field: str = "") -> WellList:
    """`field` is that of rows that name none. Raises KnownError (file_*, wells_file_without_names, and why a
    file is no list of wells).
    """
    contents = read_file(path, choose(path), Asked(kind=WELLS))
    try:
        return wells_listed(path, contents, proposal(path, contents, Asked(kind=WELLS)), field)
    finally:
        contents.close()


def list_of(path: Path, headers: list[str], rows: list[list[str]], field: str) -> WellList:
    """Rows that stand in no file, under headers as files have them."""
    words = vocabulary()
    sheet = sheet_of(path, path.name, [headers, *rows], words, Layout(header=0, data=1, across=False))
    if sheet is None:
        return WellList((), ())
    return wells_listed(path, Contents((sheet,)), Plan((propose(sheet, words, kind=WELLS),)), field)


def wells_listed(path: Path, contents: Contents, plan: Plan, field: str) -> WellList:
    """`plan` may propose columns only: every sheet that is taken is a list of wells."""
    taken = [sheet for sheet in plan.sheets if not sheet.skip]
    if not any(sheet.column_of("well") is not None for sheet in taken):
        raise KnownError("wells_file_without_names", file=str(path))
    tried = try_plan(path, contents, plan, None, utc_now())
    problems = [problem for problem in tried.problems if problem.severity != "warning"]
    problems += _nameless(contents, plan, tried)
    listed: list[ListedWell] = []
    for one in _rows(tried):
        well = _in_field(one.well, field)
        if not well.field_name:
            problems.append(Problem(one.sheet, one.line, -1, "", well.name, "well_without_field"))
        listed.append(replace(one, well=well))
    if not listed and not problems and tried.reason is not None:
        raise tried.reason
    return WellList(tuple(listed), tuple(problems))


def _rows(tried: Tried) -> Iterator[ListedWell]:
    for sheet, rows in tried.taken.items():
        lines = [int(line) for line, name in zip(rows.line, rows.well, strict=True) if str(name).strip()]
        for line, well in zip(lines, wells_in(rows), strict=True):
            yield ListedWell(sheet, line, well)


def _nameless(contents: Contents, plan: Plan, tried: Tried) -> Iterator[Problem]:
    """Rows that say something of a well, and not of which. Files of readings mean the well above; a list of
    wells has one a row.
    """
    for sheet in contents.sheets:
        of_sheet, rows = plan.sheet(sheet.name), tried.taken.get(sheet.name)
        column = None if of_sheet is None else of_sheet.column_of("well")
        if rows is None or column is None:
            continue
        names = texts_of(sheet.table.column(column_name(column))).to_pylist()
        blank = {
            line for line, name in zip(sheet.table.column(LINE).to_pylist(), names, strict=True) if not name
        }
        for line in blank.intersection(rows.line.tolist()):
            yield Problem(sheet.name, line, column, sheet.headers[column], "", "value_missing")


def _in_field(well: Well, field: str) -> Well:
    own = "" if well.field_name == NEW_FIELD else well.field_name
    return replace(well, field_name=own or field, pad="" if well.pad == NEW_PAD else well.pad)


def take_list(book: WellBook, given: WellList, *, lifts: bool) -> tuple[list[Outcome], list[Problem]]:
    """Row after row. With a problem the transaction is to be given up: nothing is half taken."""
    outcomes: list[Outcome] = []
    problems = list(given.problems)
    named: dict[int, Well] = {}
    for one in given.listed:
        try:
            outcome = book.tell(one.well, lifts=lifts)
        except KnownError as error:
            problems.append(_of_row(one, error))
            continue
        # Two names of one list are two wells: none of them is only another name of the other.
        before = named.setdefault(int(outcome.well.id), one.well)
        if normal_name(before.name) != normal_name(one.well.name):
            taken = KnownError(
                "well_name_taken",
                name=_shared(before, one.well),
                well=before.name,
                field=before.field_name,
                pad=before.pad,
            )
            problems.append(_of_row(one, taken))
        outcomes.append(outcome)
    return outcomes, problems


def _shared(before: Well, now: Well) -> str:
    """The name that both are given, as the later one has it."""
    spelled = {normal_name(name) for name in (before.name, *before.aliases)}
    return next((name for name in (now.name, *now.aliases) if normal_name(name) in spelled), now.name)


def _of_row(one: ListedWell, error: KnownError) -> Problem:
    return Problem(one.sheet, one.line, -1, "", one.well.name, error.code, details=dict(error.details))
