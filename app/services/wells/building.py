"""A well put together in one place: what it is called, what is in it, what it is in, each with its date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.analysis.needs import Gap, gaps
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.paths import Paths
from app.importers.card_equipment import parts_of
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.models.values import Values, needed_number, number_of, part_of, rows_of
from app.models.wells import ESP, LIFTS, SRP, Well
from app.services.records import entries
from app.services.wells import lab_fluid, passports, succession
from app.services.wells.equipment import Equipped, equipment_at, put_together
from app.services.wells.pumps import pump_of
from app.services.workspace import Workspace

PASSPORT = "well_passport"
ON_RODS = ("rod_string", "pumping_unit")
LASTING = ("installation", *ON_RODS, "survey", "fluid", "reservoir")
"""What stands from its day on, and is not measured anew each time."""
PARTS = (
    PASSPORT,
    "installation",
    "rod_string",
    "pumping_unit",
    "survey",
    "fluid",
    "reservoir",
    "head_pressures",
    "flow_test",
)
CLOSE_M = 1.0
"""So near to the pump's depth a string is as long as it should be: depths are told in whole metres."""


@dataclass(frozen=True)
class Standing:
    """The newest record of each part that there is. `well` None: one that is not there yet."""

    well: Well | None
    parts: dict[str, Record] = field(default_factory=dict)
    by_labs: Values = field(default_factory=dict)
    """Fields of the fluid that laboratories found: they count where nobody enters them."""
    earlier: dict[str, Values] = field(default_factory=dict)
    """Of each part what older records say: it goes on where the newest says nothing of it."""


def parts_for(lift: str) -> tuple[str, ...]:
    """Rods and a unit belong to a rod pump; of a well whose lift is not told everything can be."""
    on_rods = lift == SRP or lift not in LIFTS or lift == "other"
    return tuple(key for key in PARTS if key not in ON_RODS or on_rods)


def standing(workspace: Workspace, well: Well) -> Standing:
    parts = {PASSPORT: passports.passport_of(workspace, well, workspace.clock())}
    earlier: dict[str, Values] = {}
    for key in PARTS[1:]:
        found = kinds.of_well(workspace.store, KINDS[key], int(well.id))
        if found:
            parts[key] = found[0]
        if found and key in LASTING:
            earlier[key] = succession.earlier(found)
    results = lab_fluid.usable(kinds.of_well(workspace.store, KINDS["lab_result"], int(well.id)))
    by_labs, _ = lab_fluid.added({}, results, workspace.clock())
    return Standing(well, _kept_in_one_piece(workspace, well, parts) | parts, by_labs, earlier)


def _kept_in_one_piece(workspace: Workspace, well: Well, parts: dict[str, Record]) -> dict[str, Record]:
    """What an earlier program kept with the pump is a part of its own here, from the same day on; it is saved
    as one when somebody changes it.
    """
    run = parts.get("installation")
    if run is None:
        return {}
    try:
        told = parts_of(equipment_at(workspace, int(well.id), run.at).bore)
    except KnownError:
        return {}  # no card can be computed with it: here it is entered anew
    return {
        key: Record(new_id(), key, int(well.id), run.at, run.until, told[key])
        for key in (*ON_RODS, "survey", "fluid", "head_pressures")
        if key in told and key not in parts
    }


def neighbours(workspace: Workspace, well: Well | None) -> list[Well]:
    """Whom one copies from: those of the same pad first, then of the same field."""
    others = [one for one in records.wells(workspace.store) if well is None or one.id != well.id]
    if well is None:
        return others
    return sorted(others, key=lambda one: (one.field_name != well.field_name, one.pad != well.pad))


def copied(workspace: Workspace, source: Well, at: datetime) -> dict[str, Record]:
    """The neighbour's equipment as records of this well to be; not its name, nor what was measured in it."""
    there = standing(workspace, source)
    taken = {key: there.parts[key] for key in LASTING if key in there.parts and key != "survey"}
    return {
        key: replace(_on(record, there.earlier), id=new_id(), at=at, until=None)
        for key, record in taken.items()
    }


def _on(record: Record, earlier: Mapping[str, Values]) -> Record:
    values = succession.after(record.kind, earlier.get(record.kind, {}), record.values)
    return replace(record, values=values)


def save(
    workspace: Workspace, well: Well | None, field_name: str, passport: Record | None, parts: list[Record]
) -> Well:
    """Kept on the disk when this returns: the well first, then its parts in their order. Raises KnownError
    (well_name_taken, form_*, value_*).
    """
    if well is None:
        assert passport is not None, "a new well begins with its name"
        well = passports.new_well(workspace, field_name, passport)
    elif passport is not None:
        well = passports.save(workspace, passport)
    for record in parts:
        entries.save_record(workspace, replace(record, well_id=int(well.id)))
    return well


# ---- what can be said of it while it is put together -------------------------------------------------------


@dataclass(frozen=True)
class Fit:
    """How the rods [m] meet the pump: `short_m` above 0 where they end above it."""

    rods_m: float
    pump_m: float

    @property
    def short_m(self) -> float:
        return self.pump_m - self.rods_m

    @property
    def fits(self) -> bool:
        return abs(self.short_m) <= CLOSE_M


@dataclass(frozen=True)
class Seen:
    """`equipment` in the words of domain/card-format."""

    equipment: Values
    gaps: list[Gap]
    fit: Fit | None
    runs: tuple[Values, ...] = ()
    """What was run, by field: two of them may contradict each other."""
    no_curve: KnownError | None = None


def seen(
    parts: Iterable[Record],
    lift: str,
    paths: Paths | None = None,
    by_labs: Values | None = None,
    earlier: Mapping[str, Values] | None = None,
) -> Seen:
    """What is known with these parts, and what is missing for which figure. `paths`: where the catalogue may
    be asked of a pump that is named. `by_labs`: of the fluid, where the parts do not say it; `earlier`: what
    older records say of the same part.
    """
    there = [_on(record, earlier or {}) for record in parts if record.kind != PASSPORT]
    equipment = put_together(there)
    if by_labs:
        equipment["fluid"] = {**by_labs, **part_of(equipment, "fluid")}
    refused = None if paths is None else _no_curve(equipment, lift, paths)
    runs = tuple(dict(record.values) for record in there if record.kind == "installation")
    return Seen(equipment, gaps(equipment, lift), fit_of(equipment), runs, refused)


def _no_curve(equipment: Values, lift: str, paths: Paths) -> KnownError | None:
    """Why the pump that is named has no curve; None for one that has, and where none is named."""
    try:
        if lift == ESP:
            pump_of(Equipped(equipment), paths)
    except KnownError as error:
        return error
    return None


def fit_of(equipment: Values) -> Fit | None:
    """None without rods or without the pump's depth."""
    rods, depth = rows_of(equipment, "rods"), number_of(part_of(equipment, "pump"), "depth_m")
    if not rods or depth is None:
        return None
    return Fit(sum(needed_number(rod, "length_m") for rod in rods), depth)
