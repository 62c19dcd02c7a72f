"""What a file says of the equipment against what is known of its wells: lifts that are other than they were,
rods that do not reach the pump, units that the library knows or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache

from app.core.clock import from_us, to_us
from app.core.errors import Remark
from app.core.plain import object_in
from app.importers.plan import CHANGE, KEEP, Plan
from app.importers.trial import Batch
from app.models.kinds import KINDS
from app.models.kinds.packing import pack
from app.models.limits import EARLIEST_US
from app.models.relations import contradictions
from app.models.values import Values, needed_number, number_of, part_of, rows_of
from app.models.well_names import Registry
from app.models.wells import UNKNOWN_LIFT, Well
from app.services.imports.overwriting import met, overwritten
from app.services.wells.equipment import EquipmentHistory, forgotten
from app.services.wells.known_units import known_unit, unit_named
from app.services.workspace import Workspace

LIFTS = {CHANGE: "import.lift_changed", "": "import.lift_asks"}
NEAR_M = 3.0
"""Couplings, the pony rod and the polished rod: so much nobody calls a gap."""

STAGE_HEAD_M = (2.5, 40.0)
"""One stage of the catalogue's pumps gives 3 … 23 m at no flow and 50 Hz."""

HistoryOf = Callable[[int], EquipmentHistory]
"""Of a well, read once for all rows of a file."""


@dataclass(frozen=True)
class LiftChange:
    """`well` is called as the file calls it."""

    well: str
    now: str
    said: str


def lifts_changed(
    registry: Registry, batches: Iterable[Batch], plan: Plan, implied: Mapping[str, str]
) -> list[LiftChange]:
    """Wells that are known and have another lift than the file says. `implied`: what the equipment in it
    tells, of wells whose lift nobody knows.
    """
    found: dict[str, LiftChange] = {}
    told = dict(said for batch in batches for said in batch.lifts)
    unknown = {
        name: lift
        for name, lift in implied.items()
        if (well := registry.find(plan.wells.get(name, name) or "")) is not None and well.lift == UNKNOWN_LIFT
    }
    for name, lift in (unknown | told).items():
        well = registry.find(plan.wells.get(name, name)) if plan.wells.get(name, name) else None
        if well is not None and well.lift != lift:
            found[name] = LiftChange(name, well.lift, lift)
    return list(found.values())


def remarks(
    workspace: Workspace, registry: Registry, batches: Iterable[Batch], plan: Plan, changes: list[LiftChange]
) -> list[Remark]:
    told: list[Remark] = [
        (LIFTS[plan.lifts.get(change.well, "")], asdict(change))
        for change in changes
        if plan.lifts.get(change.well) != KEEP
    ]
    tables = {batch.kind.key: batch for batch in batches if batch.kind is not None}

    @cache
    def history_of(well: int) -> EquipmentHistory:
        return EquipmentHistory(workspace, well)

    told += overwritten(workspace, registry, tables.values(), plan)
    if "rod_string" in tables:
        told += _rods_against_pumps(workspace, registry, tables, plan, history_of)
    if "installation" in tables:
        told += _curves(workspace, registry, tables["installation"], plan, history_of)
        told += _runs(workspace, registry, tables["installation"], plan, history_of)
    if "pumping_unit" in tables:
        told += _units(workspace, tables["pumping_unit"])
    return told


def _curves(
    workspace: Workspace, registry: Registry, batch: Batch, plan: Plan, history_of: HistoryOf
) -> Iterator[Remark]:
    """A curve in the place of one that was known: said, with how many points each has. One without a date
    holds from the beginning: where a dated curve is known, that one stands.
    """
    for name, at_us, body in _rows(batch):
        now = _curve(body)
        well = registry.find(plan.wells.get(name, name) or "") if now else None
        if well is None:
            continue
        history = history_of(int(well.id))
        was = _curve(history.at(from_us(at_us)).equipment)
        if was and was != now:
            yield "import.curve_replaced", {"well": name, "was": len(was), "now": len(now)}
        yield from _of_other_stages(name, body, history.at(from_us(at_us)).equipment)
        today = _curve(history.at(workspace.clock()).equipment) if at_us == EARLIEST_US else was
        if today not in (was, now):
            yield "import.curve_stands", {"well": name, "was": len(today), "now": len(now)}


def _of_other_stages(name: str, body: Values, known: Values) -> Iterator[Remark]:
    """A curve that does not say of how many stages it is, where that of all cannot be meant."""
    stages = number_of(body, "stages") or number_of(known, "stages")
    if not stages or part_of(body, "esp").get("curve_stages"):
        return
    head = max(needed_number(point, "head_m") for point in _curve(body)) / stages
    if not STAGE_HEAD_M[0] <= head <= STAGE_HEAD_M[1]:
        yield "import.curve_stages", {"well": name, "head_m": round(head, 2), "stages": int(stages)}


def _runs(
    workspace: Workspace, registry: Registry, batch: Batch, plan: Plan, history_of: HistoryOf
) -> Iterator[Remark]:
    """Fields of one record that cannot both be right, and what another pump leaves unknown."""
    kind = KINDS["installation"]
    for row in met(workspace, registry, batch, plan):
        for one in contradictions(kind.key, row.after):
            both = {key: row.after[key] for key in (one.first, one.second)}
            yield "import.contradiction", {"well": row.well, "kind": kind.key, "values": both}
        well = registry.find(plan.wells.get(row.well, row.well) or "")
        known = {} if well is None else history_of(int(well.id)).at(row.at).equipment
        lost = forgotten(known, pack(kind, row.after, {}))
        if lost:
            yield "import.string_new", {"well": row.well, "kind": kind.key, "fields": lost}


def _curve(equipment: Values) -> list[Values]:
    return rows_of(part_of(equipment, "esp"), "curve")


def _units(workspace: Workspace, batch: Batch) -> Iterator[Remark]:
    """What the catalogue says of a unit that the file names."""
    for name, _, body in _rows(batch):
        unit = str(body.get("unit_name") or "")
        if not unit or unit_named(workspace.paths, unit) is None:
            if unit:
                yield "import.unit_not_in_library", {"well": name, "unit": unit}
            continue
        known = known_unit(workspace.paths, unit, number_of(body, "stroke_m"))
        code = "whole" if "api_R_m" in known else "rated"
        yield f"import.unit_{code}", {"well": name, "unit": unit}


# ---- rods and pumps ----------------------------------------------------------------------------------------


def _rods_against_pumps(
    workspace: Workspace,
    registry: Registry,
    tables: dict[str, Batch],
    plan: Plan,
    history_of: HistoryOf,
) -> Iterator[Remark]:
    depths = dict(_depths(tables.get("installation")))
    for name, at_us, sections in _strings(tables["rod_string"]):
        well = registry.find(plan.wells.get(name, name) or "")
        depth = depths.get(name) or _known_depth(workspace, well, at_us, history_of)
        rods = sum(needed_number(one, "length_m") for one in sections if one.get("part") != "polished_rod")
        if depth is None or abs(depth - rods) < NEAR_M:
            continue
        code = "import.rods_short" if rods < depth else "import.rods_long"
        gap = round(abs(depth - rods), 1)
        yield code, {"well": name, "rods_m": round(rods, 1), "pump_m": round(depth, 1), "gap_m": gap}


def _strings(batch: Batch) -> Iterator[tuple[str, int, list[Values]]]:
    for name, at_us, body in _rows(batch):
        yield name, at_us, rows_of(body, "sections")


def _depths(batch: Batch | None) -> Iterator[tuple[str, float]]:
    for name, _, body in _rows(batch) if batch is not None else ():
        depth = number_of(part_of(body, "pump"), "depth_m")
        if depth is not None:
            yield name, depth


def _rows(batch: Batch) -> Iterator[tuple[str, int, Values]]:
    table, kind = batch.named_records, batch.kind
    if table is None or kind is None or kind.packed is None:
        return
    columns = (table.column(name).to_pylist() for name in ("well_name", kind.at, kind.packed))
    for name, at, body in zip(*columns, strict=True):
        yield name, EARLIEST_US if at is None else to_us(at), object_in(body)


def _known_depth(workspace: Workspace, well: Well | None, at_us: int, history_of: HistoryOf) -> float | None:
    """The pump that stood there then; of rods without a date the one that is there."""
    if well is None:
        return None
    moment = workspace.clock() if at_us == EARLIEST_US else from_us(at_us)
    return number_of(part_of(history_of(int(well.id)).at(moment).equipment, "pump"), "depth_m")
