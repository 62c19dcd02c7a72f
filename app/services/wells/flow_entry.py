"""What is said beside a flow test while it is typed: the oil that its liquid and water cut make, and what it
cannot be used for as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.api_gravity import WATER_KG_PER_M3
from app.models.records import Source
from app.models.values import Read, number_of, part_of
from app.services.wells.equipment import equipment_at
from app.services.workspace import Workspace

LACKING = ("water_cut", "oil_kg_per_s")
"""What a test is of less use without; texts: `lacking.<field>`."""


@dataclass(frozen=True)
class OilDensity:
    """[kg/m³], and the record that tells it."""

    kg_per_m3: float
    source: Source


def oil_density(workspace: Workspace, well_id: int, moment: datetime) -> OilDensity | None:
    """Of the well's fluid, by its record or by the laboratory; None where nobody told: a usual one would make
    a figure that looks measured.
    """
    equipped = equipment_at(workspace, well_id, moment)
    relative = number_of(part_of(equipped.equipment, "fluid"), "oil_relative_density")
    told = [one for one in equipped.sources if one.kind in ("fluid", "lab_result")]
    return OilDensity(WATER_KG_PER_M3 * relative, told[0]) if relative and told else None


def oil_rate(values: Read, density: OilDensity | None) -> float | None:
    """Of liquid, water cut and density [kg/s]; None while one of them is missing."""
    liquid, cut = number_of(values, "liquid_m3_per_s"), number_of(values, "water_cut")
    if density is None or liquid is None or cut is None:
        return None
    return liquid * (1.0 - cut) * density.kg_per_m3


def lacking(values: Read) -> tuple[str, ...]:
    """Fields that are not there; of pure water nobody misses the oil."""
    dry = values.get("water_cut") == 1
    return tuple(key for key in LACKING if values.get(key) is None and not (key == "oil_kg_per_s" and dry))
