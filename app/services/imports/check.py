"""A plan tried on a file: rows made, wells found, everything that does not fit named. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.clock import EPOCH, to_us
from app.core.errors import KnownError, Remark
from app.core.ids import new_id
from app.core.plain import JsonObject
from app.importers import implied_lifts
from app.importers.base import Contents
from app.importers.new_wells import elsewhere, places_filled, wells_of
from app.importers.plan import CHANGE, Plan
from app.importers.rows import Problem, Rows
from app.importers.trial import Batch, try_plan
from app.models.limits import latest_measured
from app.models.readings import Readings
from app.models.store import records
from app.models.well_names import Registry, looks, normal_name
from app.models.well_tests import StoredTest
from app.models.wells import UNKNOWN_LIFT, Well
from app.services.diagnosis import cards as card_service
from app.services.imports import equipment_checks
from app.services.imports.column_faults import column_remarks, with_doubts
from app.services.imports.equipment_checks import LiftChange
from app.services.workspace import Workspace

LEAST_NUMBERED = 2


@dataclass(frozen=True)
class Checked:
    kind: str
    batches: tuple[Batch, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[Problem, ...]
    wells: tuple[str, ...]
    unknown_wells: tuple[str, ...]
    new_wells: tuple[Well, ...]
    nameless: bool
    remarks: tuple[Remark, ...]
    sheets: tuple[JsonObject, ...]
    reason: KnownError | None = None
    lifts: tuple[LiftChange, ...] = ()
    """Wells that have another lift than the file says, of which nothing is decided yet."""
    lifts_changed: tuple[LiftChange, ...] = ()
    """Those of which it is decided that they are changed."""
    plan: Plan = field(default_factory=lambda: Plan(()))
    """As it was given, with what was decided of it here."""
    near: tuple[str, ...] = ()
    """Known wells whose names are nearest to the first unknown one."""
    taken: dict[str, Rows] = field(default_factory=dict)
    """The rows of each sheet that is taken, by its name."""
    placed: dict[str, dict[str, str]] = field(default_factory=dict)
    """Known wells → the field and pad that nobody had said and the file does."""
    alike: tuple[str, ...] = ()
    """Unknown wells that look like a known one, or like another of the file: А and A. Never made unasked."""
    odd: tuple[str, ...] = ()
    """Of those that are never made unasked: they have no figure in a file whose other wells have one. `План`
    among numbers is a line about them.
    """
    now: datetime = EPOCH
    """The moment by which it was judged what has happened."""

    @property
    def rows(self) -> int:
        return sum(batch.rows for batch in self.batches)


def check(
    workspace: Workspace,
    path: Path,
    contents: Contents,
    plan: Plan,
    words_file: Path | None,
    *,
    partial: bool = False,
    now: datetime | None = None,
) -> Checked:
    """`partial`: a later piece of a long file. `now`: the clock's without it; what was taken once was judged
    then. Raises KnownError for a card or a test of ours that is wrong.
    """
    now = now or workspace.clock()
    tried = try_plan(path, contents, plan, words_file, now, partial=partial)
    registry = Registry(records.named_in_files(workspace.store))
    implied = implied_lifts.implied(tried.batches, tried.taken.values())
    if plan.asks:
        tried = replace(tried, batches=tuple(implied_lifts.listed(tried.batches, implied)))
    found = equipment_checks.lifts_changed(registry, tried.batches, plan, implied)
    first_told = {change.well: CHANGE for change in found if change.now == UNKNOWN_LIFT}
    plan = replace(tried.plan, lifts={**first_told, **plan.lifts})
    names = dict.fromkeys(
        plan.wells.get(name, name)
        for batch in tried.batches
        for name in batch.names
        if plan.wells.get(name, name) or name not in plan.wells
    )
    listed = {well.name.lower() for batch in tried.batches for well in batch.wells}
    made = {name.lower() for name in plan.new_wells} | listed
    unknown = tuple(
        name for name in names if name and registry.find(name) is None and name.lower() not in made
    )
    known = dict.fromkeys(well.name for name in names if name and (well := registry.find(name)) is not None)
    new_wells = wells_of(
        contents,
        plan,
        [
            name
            for name in names
            if name.lower() in made and name.lower() not in listed and registry.find(name) is None
        ],
        implied_lifts.told(tried.batches, tried.taken.values()),
    )
    remarks = (*tried.remarks, *equipment_checks.remarks(workspace, registry, tried.batches, plan, found))
    sheets = tried.sheets
    if not partial:
        of_columns = column_remarks(tried.batches, tried.taken, plan)
        remarks = (*remarks, *of_columns)
        sheets = with_doubts(sheets, (*contents.remarks, *of_columns))
    placed = places_filled(registry, contents, plan)
    for name, said in placed.items():
        place = ", ".join(said.values())
        remarks = (*remarks, ("import.place_filled", {"well": name, "place": place}))
    for name, into in _merged(workspace, known).items():
        remarks = (*remarks, ("import.merged_well", {"well": name, "into": into}))
    odd = _odd((*known, *unknown, *(well.name for well in new_wells)), unknown)
    ahead = from_the_future(workspace, list(tried.batches))
    if ahead:
        remarks = (*remarks, ("import.future", {"count": ahead}))
    return Checked(
        tried.kind,
        tried.batches,
        (*tried.problems, *elsewhere(registry, contents, plan)),
        tried.left_out,
        (*known, *(well.name for well in new_wells)),
        unknown,
        new_wells,
        "" in names,
        remarks,
        sheets,
        tried.reason,
        tuple(change for change in found if change.well not in plan.lifts),
        tuple(change for change in found if plan.lifts.get(change.well) == CHANGE),
        plan,
        tuple(dict.fromkeys((*_seen(registry, unknown), *registry.near(unknown[0])))) if unknown else (),
        tried.taken,
        placed,
        (*_alike(registry, unknown), *odd),
        odd,
        now,
    )


def _merged(workspace: Workspace, names: Iterable[str]) -> dict[str, str]:
    """Wells of the file that people see under another one."""
    into = {name: well.name for well in records.wells(workspace.store) for name in well.absorbed}
    return {name: into[name] for name in names if name in into}


def _seen(registry: Registry, unknown: tuple[str, ...]) -> list[str]:
    found = (registry.alike(name) for name in unknown[:10])
    return [well.name for well in found if well is not None]


def _alike(registry: Registry, unknown: tuple[str, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    found = []
    for name in unknown:
        other = seen.setdefault(looks(name), name)
        if registry.alike(name) is not None or normal_name(other) != normal_name(name):
            found.append(name)
    return tuple(found)


def _odd(names: tuple[str, ...], unknown: tuple[str, ...]) -> tuple[str, ...]:
    numbered = sum(any(ch.isdigit() for ch in name) for name in names)
    bare = tuple(name for name in unknown if not any(ch.isdigit() for ch in name))
    return bare if numbered >= LEAST_NUMBERED and len(bare) < numbered else ()


def from_the_future(workspace: Workspace, batches: list[Batch]) -> int:
    """Records of what cannot have happened yet: that is said, and they are kept."""
    limit, ahead = to_us(latest_measured(workspace.clock())), 0
    for batch in batches:
        if batch.named_records is not None and batch.kind is not None:
            happened = _happened(batch.kind.key, batch.named_records)
            moments = pc.cast(happened.column(batch.kind.at), pa.int64())
            ahead += int(pc.sum(pc.cast(pc.greater_equal(moments, limit), pa.int64())).as_py() or 0)
    return ahead


def _happened(kind: str, table: pa.Table) -> pa.Table:
    """Without what is planned: that is in the future as it should be."""
    if kind != "workover" or "state" not in table.column_names:
        return table
    planned = pc.fill_null(pc.equal(table.column("state"), "planned"), False)
    return table.filter(pc.invert(planned))


def ready(
    workspace: Workspace,
    cursor: records.Cursor,
    batch: Batch,
    decided: dict[str, str],
    keys: Mapping[str, Mapping[str, str]],
) -> Batch:
    """The same with the numbers of its wells, as the store knows them inside this transaction. `decided` is
    the plan's: name → well, empty for rows to be left out. `keys` are the import's: what its wells were
    called outside this store when it was journalled.
    """
    registry = Registry(records.named_in_files_in(cursor))
    known = {int(well.id): well for well in records.wells_in(cursor)}
    of_uid = {well.key["uid"]: well for well in known.values()}
    numbers: dict[str, int | None] = {}
    for name in batch.names:
        meant = decided.get(name, name)
        key = keys.get(name) or keys.get(meant)
        well = (of_uid.get(key["uid"]) if key else None) or registry.find(meant) if meant else None
        numbers[name] = well.id if well is not None else None
    parts = [
        replace(part, well=np.full(len(part), numbers[name], np.uint16))
        for name, part in batch.by_name.items()
        if numbers[name] is not None
    ]
    table = batch.named_records
    if table is not None:
        names = table.column("well_name")
        ids = pa.array([numbers[name] for name in names.to_pylist()], pa.uint16())
        titles = pa.array(
            [known[number].name if number is not None else None for number in ids.to_pylist()], pa.string()
        )
        uids = {
            number: (keys.get(name) or keys.get(decided.get(name, name)) or known[number].key)["uid"]
            for name, number in numbers.items()
            if number is not None
        }
        table = (
            table.set_column(table.column_names.index("well_name"), "well_name", titles)
            .append_column("well", ids)
            .append_column(
                "well_uid", pa.array([uids.get(number) for number in ids.to_pylist()], pa.string())
            )
        )
        table = table.filter(pc.is_valid(table.column("well")))
    taken = [(card, number) for name, card in batch.named_cards if (number := numbers[name]) is not None]
    cards = tuple(card_service.all_to_store(workspace, taken))
    tests = tuple(
        StoredTest(new_id(), number, test.taken_at, test.kind, test.body)
        for name, test in batch.named_tests
        if test.taken_at is not None and (number := numbers[name]) is not None
    )
    return replace(
        batch, readings=Readings.join(parts) if parts else None, records=table, cards=cards, well_tests=tests
    )
