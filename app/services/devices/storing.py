"""What a device said into the store, as a file is: a table of it is kept in the journal, so that it is
synced, undone and brought back like any import.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from app.core.clock import from_us, iso, sortable
from app.core.errors import KnownError
from app.core.files import plain_name
from app.core.jobs import Job
from app.core.plain import JsonObject
from app.core.units import stored_unit
from app.devices.cards import ReadCard
from app.devices.profile import Profile
from app.importers.own_names import READINGS
from app.models.sensors import SENSORS
from app.models.wells import Well
from app.services.imports.importing import ImportReport, import_file
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace

TIME, DEVICE_TIME = READINGS[0], "device_clock"
"""When it was, by our clock; and what the device's own said, kept and not read."""


@dataclass(frozen=True)
class Table:
    """time_us (n,): UTC; device_us (n,) where the device said its own; sensor → [SI] (n,), NaN for
    nothing.
    """

    time_us: NDArray[np.int64]
    values: Mapping[str, NDArray[np.float64]]
    device_us: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.time_us)


def store(
    workspace: Workspace, well: Well, profile: Profile, table: Table, job: Job | None = None
) -> ImportReport:
    """One import, wholly or not at all. Raises KnownError."""
    first = from_us(int(table.time_us[0]))
    units = {key: stored_unit(SENSORS[key].quantity).en for key in table.values}
    options = ImportOptions(
        well=well.name,
        kind="readings",
        mapping={TIME: "time", **{key: key for key in table.values}},
        units={key: unit for key, unit in units.items() if unit},
    )
    return put(workspace, f"{profile.key} {well.name}", first, ".csv", as_text(table), options, job)


def put(
    workspace: Workspace,
    name: str,
    at: datetime,
    suffix: str,
    text: str,
    options: ImportOptions,
    job: Job | None,
) -> ImportReport:
    """One import of what would be such a file. Raises KnownError."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{plain_name(f'{name} {at:%Y%m%d-%H%M%S}')}{suffix}"
        path.write_text(text, encoding="utf-8")
        return import_file(workspace, path, options, job=job)


def as_text(table: Table) -> str:
    """A column a sensor, in SI under its key."""
    heads = [TIME, *([DEVICE_TIME] if table.device_us is not None else []), *table.values]
    columns = [[sortable(from_us(moment)) for moment in table.time_us.tolist()]]
    if table.device_us is not None:
        columns.append([sortable(from_us(moment)) for moment in table.device_us.tolist()])
    for values in table.values.values():
        columns.append(["" if value != value else repr(value) for value in values.tolist()])
    lines = (";".join(row) for row in zip(*columns, strict=True))
    return "\n".join((";".join(heads), *lines)) + "\n"


def store_card(
    workspace: Workspace, well: Well, profile: Profile, card: ReadCard, job: Job | None = None
) -> ImportReport:
    """Raises KnownError (device_no_speed, and what an import refuses)."""
    if card.strokes_per_minute is None:
        raise KnownError("device_no_speed")
    surface: JsonObject = {"position_m": card.position_m.tolist(), "load_n": card.load_n.tolist()}
    if card.time_s is not None:
        surface["time_s"] = card.time_s.tolist()
    told: JsonObject = {
        "well": well.name,
        "taken_at": iso(card.taken_at),
        "strokes_per_minute": card.strokes_per_minute,
        "surface": surface,
        "vendor": profile.key,
    }
    if card.device_us is not None:
        told["note"] = f"{DEVICE_TIME} {iso(from_us(card.device_us))}"
    text, options = json.dumps(told, ensure_ascii=False), ImportOptions(well=well.name)
    return put(workspace, f"{profile.key} {well.name}", card.taken_at, ".json", text, options, job)
