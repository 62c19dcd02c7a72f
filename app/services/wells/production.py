"""What a well's records of production say of it."""

from __future__ import annotations

import numpy as np

from app.analysis.wells.produced import Produced, Volumes, produced
from app.core.clock import to_us
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.models.values import number_of, part_of
from app.models.wells import Well
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.taken import oil_density
from app.services.workspace import Workspace

PRODUCTION = KINDS["production"]
MONTH = "month"


def production(workspace: Workspace, well: Well) -> Produced | None:
    """Of all times; None where there is none. Oil that is told by mass alone is of the well's own density."""
    return _of(workspace, well, kinds.of_well(workspace.store, PRODUCTION, int(well.id)))


def last_produced(workspace: Workspace, well: Well) -> Produced | None:
    """The newest day or month alone."""
    return _of(workspace, well, kinds.of_well(workspace.store, PRODUCTION, int(well.id), most=1)[:1])


def _of(workspace: Workspace, well: Well, records: list[Record]) -> Produced | None:
    if not records:
        return None
    oil = _told(records, "oil_m3")
    by_mass = _told(records, "oil_kg")
    if (np.isnan(oil) & np.isfinite(by_mass)).any():
        equipped = EquipmentHistory(workspace, int(well.id)).at(records[0].at)
        oil = np.where(np.isnan(oil), by_mass / oil_density(part_of(equipped.equipment, "fluid")), oil)
    return produced(
        Volumes(
            np.array([to_us(one.at) for one in records], np.int64),
            np.array([one.values.get("period") == MONTH for one in records], bool),
            _told(records, "on_stream_s"),
            oil,
            _told(records, "water_m3"),
            _told(records, "liquid_m3"),
            _told(records, "gas_m3"),
            _told(records, "water_injected_m3"),
        )
    )


def _told(records: list[Record], key: str) -> np.ndarray:
    values = (number_of(one.values, key) for one in records)
    return np.array([np.nan if value is None else value for value in values], float)
