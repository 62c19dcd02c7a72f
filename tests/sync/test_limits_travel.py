"""The worst that may be kept goes from form and file to the centre and to a second laptop as it is; what is
just beyond is refused where it is entered. For every field of every kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.clock import iso, utc_now
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.unit_spellings import usual_units
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.plan import ColumnPlan, Plan, SheetPlan
from app.importers.sheets import Layout
from app.importers.targets import TABLE_KINDS
from app.importers.trial import try_plan
from app.importers.vocabulary import vocabulary
from app.models import limits
from app.models.canonical import payload_hash
from app.models.entries import State
from app.models.holding import checked, checked_values
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field, Kind
from app.models.records import Record
from app.models.store import kinds, records
from app.services.opening import open_workspace
from app.services.records import entries
from app.services.workspace import Workspace
from app.sync.pull import Pulled, pull_records
from app.sync.wire import Changes
from central.stores import changes
from central.stores.engine import reading
from tests.conftest import NOW
from tests.profiles import empty_profile
from tests.sync.test_one_name_at_both_ends import FILE, Ends, ends  # noqa: F401 - a fixture

AT = datetime(2021, 5, 6, 7, tzinfo=UTC)
STEP = 3 * limits.SLACK


class Stream:
    """The centre's changes, in this process."""

    def __init__(self, of: Ends) -> None:
        self._of = of

    def changes(self, after: int) -> Changes:
        with reading(self._of.engine) as connection:
            return changes.since(connection, after, self._of.device.fields)

    def close(self) -> None:
        return


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(empty_profile(tmp_path / "second"), NoticeBus())
    yield opened
    opened.close()


def allowed(field: Field) -> list[Any]:
    if field.type == "number":
        low, high = field.minimum, field.maximum
        # From 1e29 on files mean that there is no value (importers/nothing_said).
        return [-1e12 if low is None else low, 1e12 if high is None else high]
    if field.type == "choice":
        return list(field.choices)
    if field.type == "flag":
        return [True, False]
    if field.type == "rows":
        worst = [{cell.key: allowed(cell)[-1] for cell in field.cells}]
        least = {cell.key: allowed(cell)[0] for cell in field.cells if cell.type != "text"}
        return [worst, [least | {cell.key: "x" for cell in field.cells if cell.type == "text"}] * 3]
    if field.type == "time":
        return [iso(limits.EARLIEST), iso(limits.LATEST - timedelta(microseconds=1))]
    return ["𝕏" * limits.LONGEST_TEXT, "=1+1 ' \" \\ ё"]


def refused(field: Field) -> list[Any]:
    if field.type == "number":
        low = [] if field.minimum is None else [field.minimum - max(STEP * abs(field.minimum), 1e-12)]
        high = [] if field.maximum is None else [field.maximum + STEP * abs(field.maximum)]
        return [*low, *high, float("nan"), float("inf"), "1", True, 10**400]
    if field.type == "choice":
        return ["no such choice", 5]
    if field.type == "flag":
        return ["yes", 1]
    if field.type == "rows":
        good = {cell.key: allowed(cell)[0] for cell in field.cells}
        wrong = [[good | {cell.key: value}] for cell in field.cells for value in refused(cell)]
        bare = [[{k: v for k, v in good.items() if k != cell.key}] for cell in field.cells if cell.required]
        many = [good] * (limits.MOST_ROWS + 1)
        return [*wrong, *bare, many, [good | {"no such cell": 1}], good, "x", [5]]
    if field.type == "time":
        return [iso(limits.EARLIEST - timedelta(microseconds=1)), iso(limits.LATEST), "no moment", 5]
    return ["я" * (limits.LONGEST_TEXT + 1), 5, ["x"]]


def plain_values(kind: Kind) -> dict[str, Any]:
    """What the kind cannot do without."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        if field.required:
            found[field.key] = (
                field.choices[0]
                if field.choices
                else "x"
                if field.type == "text"
                else allowed(field)[1]
                if field.type == "rows"
                else field.maximum
                if field.maximum is not None
                else 1.0
            )
    return found


def pulled(of: Ends, second: Workspace, kind: Kind) -> dict[str, tuple[str, dict[str, Any]]]:
    pull_records(Job(), second.store, second.journal, Stream(of), Pulled())
    wells = [int(well.id) for well in records.wells(second.store)]
    found = [record for well in wells for record in kinds.of_well(second.store, kind, well)]
    return {record.id: (iso(record.at), record.values) for record in found}


def each(kinds: list[Kind]) -> pytest.MarkDecorator:
    """One of each build (plain, packed, with an end, with tables) always, the others with the slow ones."""
    builds: set[tuple[bool, ...]] = set()
    params = []
    for kind in kinds:
        tables = any(field.type == "rows" for field in kind.fields)
        build = (kind.packed is not None, kind.until is not None, tables)
        params.append(pytest.param(kind, id=kind.key, marks=[pytest.mark.slow] if build in builds else []))
        builds.add(build)
    return pytest.mark.parametrize("kind", params)


@each(list(KINDS))
def test_from_a_form_the_worst_allowed_arrives_and_the_least_refused_is_refused_at_once(
    ends: Ends,  # noqa: F811
    second: Workspace,
    kind: Kind,
) -> None:
    sent = {}
    each = {field.key: allowed(field) for field in kind.fields}
    for number in range(max(map(len, each.values()))):  # every value once, the longest text no more often
        values = {key: values[min(number, len(values) - 1)] for key, values in each.items()}
        if "parameter" in values:
            values |= {"value": PARAMETERS[values["parameter"]].maximum, "unit": ""}
        record = entries.save_record(ends.laptop, Record(new_id(), kind.key, 1, AT, None, values))
        sent[record.id] = (iso(AT), {key: value for key, value in values.items() if value != ""})
    for field in kind.fields:
        for value in refused(field):
            with pytest.raises(KnownError):
                checked_values(kind, plain_values(kind) | {field.key: value})
    with pytest.raises(KnownError):
        entries.save_record(
            ends.laptop,
            Record(new_id(), kind.key, 1, AT, None, {kind.fields[0].key: refused(kind.fields[0])[0]}),
        )
    for at in (limits.EARLIEST, limits.LATEST - timedelta(microseconds=1)):
        record = entries.save_record(ends.laptop, Record(new_id(), kind.key, 1, at, None, plain_values(kind)))
        sent[record.id] = (iso(at), kind.defaults | record.values)
    ends.pass_on(len(sent))
    for at in (limits.EARLIEST - timedelta(microseconds=1), limits.LATEST, datetime.max, datetime.min):
        with pytest.raises(KnownError):
            checked(kind, Record(new_id(), kind.key, 1, at, None, plain_values(kind)))
    assert pulled(ends, second, kind) == sent
    assert len(ends.laptop.journal.entries(State.QUEUED)) == len(sent)


# Rows of a survey or of a rod string are one record together (tests/importers/test_own_well.py).
GATHERED = [kind.key for kind in KINDS if any(f.type == "rows" and f.required for f in kind.fields)]
IN_FILES = [k for k in KINDS if k.key in TABLE_KINDS and k.key not in ("lab_result", *GATHERED)]


@each(IN_FILES)
def test_from_a_file_the_worst_allowed_arrives_and_the_least_refused_is_named_with_its_cell(
    ends: Ends,  # noqa: F811
    second: Workspace,
    kind: Kind,
) -> None:
    fields = [field for field in kind.fields if TABLE_KINDS[kind.key].target(field.key) is not None]
    rows = [(field, value) for field in fields if field.type != "flag" for value in allowed(field)]
    contents, plan = sheet(kind, fields, rows)
    ends.bring(contents, kind.key, plan=plan)
    here = {id_: (at, values) for id_, (_, at, values) in ends.here(kind.key, AT).items()}
    there = {id_: (at, values) for id_, (_, at, values) in ends.there(kind.key, AT).items()}
    assert len(here) == len(rows)
    assert here == there == pulled(ends, second, kind)
    bad = [
        (field, value)
        for field in fields
        for value in refused(field)
        if (isinstance(value, float) and np.isfinite(value))
        or (isinstance(value, str) and field.type in ("text", "choice"))
    ]
    contents, plan = sheet(kind, fields, bad)
    problems = try_plan(FILE, contents, plan, None, NOW).problems
    # An event in words of its own is a note, a repair another one, which is said and kept.
    kept = ("event_as_note", "workover_as_other")
    said = {problem.line for problem in problems if problem.severity == "error" or problem.code in kept}
    assert len(said) == len(bad), [row for i, row in enumerate(bad) if i + 2 not in said]


def beside(kind: Kind, field: Field) -> dict[str, Any]:
    """A period is of some amount: alone it is no record."""
    if field.key not in ("period", "energy_period"):
        return {}
    amount = next(one for one in kind.fields if one.type == "number")
    return {amount.key: amount.minimum or 0.0}


def sheet(kind: Kind, fields: list[Field], rows: list[tuple[Field, Any]]) -> tuple[Contents, Plan]:
    """One row each, a second apart; numbers in the unit that files usually have."""
    heads = ("well", "time", *(field.key for field in fields))
    cells: list[list[Any]] = [list(heads)]
    for second, (field, value) in enumerate(rows):
        values = plain_values(kind) | beside(kind, field) | {field.key: value}
        at = (AT + timedelta(seconds=second)).replace(tzinfo=None)
        cells.append(["77", at, *(cell(one, values.get(one.key)) for one in fields)])
    layout = Layout(0)
    made = sheet_of(FILE, "sheet", cells, vocabulary(None), layout)
    assert made is not None
    columns = tuple(ColumnPlan(head, head) for head in heads)
    return Contents((made,)), Plan((SheetPlan("sheet", kind.key, layout, columns),))


def cell(field: Field, value: Any) -> Any:
    if value is None:
        return ""
    if field.type == "number" and field.quantity != "number":
        return float(usual_units(field.quantity)[0].from_si(value))
    return value


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("12\nкуст 5", "12 куст 5"),
        ("12\r\n\tкуст\u00a05 ", "12 куст 5"),
        ("12\u200b\u202eГ\ufeff", "12Г"),
        ("и\u0306", "й"),
        ("a\x00b\x85c\u2028d", "ab c d"),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_a_name_means_what_it_says(given: str, clean: str) -> None:
    assert limits.clean_name(given) == clean
    assert limits.clean_name(clean) == clean


def test_names_texts_and_moments_have_one_limit() -> None:
    assert limits.name("я" * limits.LONGEST_NAME, "well") == "я" * limits.LONGEST_NAME
    with pytest.raises(KnownError, match="text_too_long"):
        limits.name("я" * (limits.LONGEST_NAME + 1), "well")
    assert limits.text("a\r\nb\tc\x07", "note") == "a\nb\tc"
    for text in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "1949-12-31T23:59:59Z", "x" * 50):
        with pytest.raises(KnownError, match="value_"):
            limits.moment(text, "at")
    assert limits.moment("1950-01-01T03:00:00+03:00", "at") == limits.EARLIEST


def test_numpy_numbers_are_numbers_and_what_is_none_is_told(ends: Ends) -> None:  # noqa: F811
    values = {"liquid_m3_per_s": np.float32(0.5) / 1000, "duration_s": np.int64(3600), "valid": np.True_}
    record = entries.save_record(ends.laptop, Record(new_id(), "flow_test", 1, AT, None, values))
    ends.pass_on()
    assert {type(value) for value in record.values.values()} == {float, bool}
    with pytest.raises(KnownError, match="entry_not_plain"):
        payload_hash({"x": float("nan")})
    with pytest.raises(KnownError, match="entry_not_plain"):
        payload_hash({"x": "\ud800"})


def test_a_wells_list_with_names_beyond_their_limit_is_named_with_its_cells(ends: Ends) -> None:  # noqa: F811
    cells = [["well", "pad"], ["x" * (limits.LONGEST_NAME + 1), "5"], ["ok", "y" * (limits.LONGEST_NAME + 1)]]
    layout = Layout(0)
    made = sheet_of(FILE, "sheet", cells, vocabulary(None), layout)
    assert made is not None
    columns = (ColumnPlan("well", "well"), ColumnPlan("pad", "pad"))
    tried = try_plan(
        FILE, Contents((made,)), Plan((SheetPlan("sheet", "wells", layout, columns),)), None, NOW
    )
    assert [(p.line, p.code) for p in tried.problems] == [(2, "cell_too_long"), (3, "cell_too_long")]


def test_a_plan_of_before_limits_were_errors_keeps_what_it_brought() -> None:
    kind = KINDS["flow_test"]
    fields = [kind.field("liquid_m3_per_s")]
    contents, plan = sheet(kind, fields, [(fields[0], 1.0)])
    assert [p.severity for p in try_plan(FILE, contents, plan, None, NOW).problems] == ["error"]
    kept = try_plan(FILE, contents, replace(plan, strict=False), None, NOW)
    assert [p.severity for p in kept.problems] == ["warning"]
    assert kept.batches[0].named_records.column("liquid_m3_per_s").to_pylist() == pytest.approx([1.0])


def test_now_is_a_moment() -> None:
    assert limits.moment(utc_now(), "at") <= utc_now()
