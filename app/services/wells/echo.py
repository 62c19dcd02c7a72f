"""The level that an echometer heard: what the well knows of its annulus, and the record with its trace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.analysis.echo.level import Depth, Heard, Known, depths, hear
from app.core.ids import new_id
from app.core.units import ATM
from app.importers.trace_file import read_trace
from app.models.kinds import KINDS
from app.models.limits import file_name
from app.models.records import Record
from app.models.store import kinds as kind_store
from app.models.store import versions as version_store
from app.models.values import Values, number_of, part_of
from app.models.wells import Well
from app.services.imports.opening import sha256_of
from app.services.records import entries
from app.services.wells.equipment import equipment_at
from app.services.workspace import Workspace

LEVEL = KINDS["fluid_level"]


@dataclass(frozen=True)
class Shot:
    """One file as it was heard."""

    path: Path
    heard: Heard
    taken_at: datetime
    """When the file was written: to be corrected by who knows better."""


def listen(
    path: Path, joint_m: float | None, *, rate_hz: float | None = None, shot_s: float | None = None
) -> Shot:
    """Raises KnownError (file_…, trace_…)."""
    heard = hear(read_trace(path, rate_hz), joint_m, shot_s)
    return Shot(path, heard, datetime.fromtimestamp(path.stat().st_mtime, UTC))


def known_of(workspace: Workspace, well: Well, at: datetime, said: Known) -> Known:
    """What somebody says, over what the well's records know of its gas; the pressure of the annulus as it
    was measured last before that.
    """
    fluid = part_of(equipment_at(workspace, int(well.id), at).equipment, "fluid")
    known = Known(
        gas_density=number_of(fluid, "gas_relative_density"),
        pressure_pa=_annulus(workspace, well, at),
    )
    told = {name: value for name, value in vars(said).items() if value is not None}
    return replace(known, **told)


def _annulus(workspace: Workspace, well: Well, at: datetime) -> float | None:
    """[Pa] absolute, of the newest record that tells it within a day."""
    since = at - timedelta(days=1)
    for kind in ("head_pressures", "fluid_level"):
        for record in kind_store.of_well(workspace.store, KINDS[kind], int(well.id), since, at):
            gauge = number_of(record.values, "casing_pressure_pa")
            if gauge is not None:
                return gauge + ATM.factor
    return None


def keep(
    workspace: Workspace,
    well: Well,
    shot: Shot,
    at: datetime,
    depth: Depth,
    *,
    level: str = "dynamic",
    casing_pressure_pa: float | None = None,
    note: str = "",
) -> Record:
    """A level with its trace as evidence; the same trace again is another version of its record. Raises
    KnownError (value_…: a depth that no well has).
    """
    values: Values = {"level": level, "level_m": depth.depth_m, "sound_speed_m_per_s": depth.speed_m_s}
    if casing_pressure_pa is not None:
        values["casing_pressure_pa"] = casing_pressure_pa
    if note:
        values["note"] = note
    before = _of_trace(workspace, well, sha256_of(shot.path))
    record = Record(before or new_id(), LEVEL.key, int(well.id), at, None, values)
    return entries.save_record(workspace, record, ((file_name(shot.path.name), shot.path),))


def _of_trace(workspace: Workspace, well: Well, sha256: str) -> str | None:
    """The level that has this trace already."""
    attached = version_store.attached(workspace.store, int(well.id))
    levels = {one.id for one in kind_store.of_well(workspace.store, LEVEL, int(well.id))}
    mine = (record for record, files in attached.items() if any(one.sha256 == sha256 for one in files))
    return next((record for record in mine if record in levels), None)


def best(shot: Shot, known: Known, pointed_s: float | None = None) -> list[Depth]:
    """By each way that is open, the surest first: collars, then a speed that was given, then the gas."""
    return depths(shot.heard, known, pointed_s)
