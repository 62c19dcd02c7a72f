"""What was in the well at a moment, put together from its records: pump, rods, unit, survey, fluid, and what
was measured near that moment. Every figure of a card or of a pump is computed with this and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from app.core.ids import is_of_a_file
from app.core.paths import Paths
from app.importers.card_json import bore_from
from app.models.cards import FLUID_KEYS, ROD_KEYS, WellBore
from app.models.kinds import KINDS
from app.models.kinds.joining import joined
from app.models.kinds.packing import pack, unpack
from app.models.kinds.rod_pumped import API_DIMENSIONS
from app.models.records import Record, Source
from app.models.store import kinds, records
from app.models.store.database import Database
from app.models.wells import Installation
from app.services.wells import lab_fluid
from app.services.wells.known_units import known_unit
from app.services.workspace import Workspace

NEAR = timedelta(days=30)
"""So long a level, a pressure or a rate says something of a card."""
_LASTING = ("rod_string", "pumping_unit", "survey", "fluid", "reservoir")
_MEASURED = ("head_pressures", "fluid_level", "flow_test")
_NAMES = ("pump_name", "pump_type")
_STATION = ("measured_depth_m", "inclination_rad", "azimuth_rad")
_UNIT = ("structural_imbalance_n", "counterbalance_moment_n_m", "gearbox_rating_n_m", "beam_rating_n")


@dataclass(frozen=True)
class Equipped:
    """`equipment` in the words of domain/card-format, with what other lifts have beside it; `sources` in the
    order of the kinds. Empty where nothing is known.
    """

    equipment: dict[str, Any]
    sources: tuple[Source, ...] = ()

    @property
    def bore(self) -> WellBore:
        """Raises KnownError (json_*) for what an earlier program kept and no card can be computed with."""
        named = next((f"{one.kind} {one.record}" for one in self.sources), "equipment")
        return bore_from(self.equipment, Path(named), partly=True)


class Held(Protocol):
    """What equipment is read from: an open profile, or one that is only read."""

    @property
    def paths(self) -> Paths: ...

    @property
    def store(self) -> Database: ...


class EquipmentHistory:
    """All that is known of one well, read once; `at` then answers for any number of moments."""

    def __init__(self, workspace: Held, well_id: int) -> None:
        self._runs = records.installations_of(workspace.store, well_id)
        self._records = {
            key: kinds.of_well(workspace.store, KINDS[key], well_id) for key in (*_LASTING, *_MEASURED)
        }
        self._found_by_labs = lab_fluid.usable(kinds.of_well(workspace.store, KINDS["lab_result"], well_id))
        self._paths = workspace.paths

    def at(self, moment: datetime) -> Equipped:
        equipment, sources = _run_at(self._runs, moment)
        latest = sources[-1].at if sources else None
        for key in ("rod_string", "pumping_unit"):
            found = _standing(self._records[key], moment)
            if found is not None and (latest is None or found.at >= latest or not _has(equipment, key)):
                equipment |= self._from_library(found)
                sources.append(Source(key, found.id, found.at))
        for key in ("survey", "fluid", "reservoir"):
            found = _lasting(self._records[key], moment)
            if found is not None:
                equipment = _over(equipment, _part(found))
                sources.append(Source(key, found.id, found.at))
        by_labs, labs = lab_fluid.added(equipment.get("fluid", {}), self._found_by_labs, moment)
        if by_labs:
            equipment = _over(equipment, {"fluid": _only(by_labs, FLUID_KEYS)})
            sources += labs
        for key in ("fluid_level", "head_pressures", "flow_test"):
            found = _nearest(self._usable(key), moment)
            if found is not None:
                equipment = _over(equipment, _part(found))
                sources.append(Source(key, found.id, found.at))
        return Equipped(equipment, tuple(sources))

    def changes(self) -> list[datetime]:
        """The moments at which what was in the well became something else, oldest first."""
        moments = {moment for run in self._runs for moment in (run.run_at, run.pulled_at) if moment}
        for key in _LASTING:
            moments |= {
                moment for one in self._records[key] for moment in (one.at, one.until) if moment is not None
            }
        moments |= {one.at for one in self._found_by_labs}
        return sorted(moments)

    def _from_library(self, record: Record) -> dict[str, Any]:
        """A unit that only says its name has the ratings and the dimensions of the catalogue."""
        part = _part(record)
        if record.kind == "pumping_unit":
            known = known_unit(self._paths, record.values.get("unit_name", ""), record.values.get("stroke_m"))
            part["unit"] = known | part["unit"]
        return part

    def _usable(self, key: str) -> list[Record]:
        """A static level says nothing of a running pump, and a test that was called wrong nothing at all."""
        return [
            record
            for record in self._records[key]
            if record.values.get("level", "dynamic") == "dynamic" and record.values.get("valid", True)
        ]


def equipment_at(workspace: Workspace, well_id: int, moment: datetime) -> Equipped:
    return EquipmentHistory(workspace, well_id).at(moment)


def put_together(parts: Iterable[Record]) -> dict[str, Any]:
    """The equipment that these records make, as if all of them stood in the well now."""
    equipment: dict[str, Any] = {}
    for record in parts:
        kind = KINDS[record.kind]
        told = pack(kind, record.values, {}) if kind.key == "installation" else _part(record)
        equipment = _over(equipment, told)
    return equipment


def _run_at(runs: list[Installation], moment: datetime) -> tuple[dict[str, Any], list[Source]]:
    """What stands in the well. An entry adds to the one before it; with another pump than that one named the
    string is new, and of what was there the hole is left.
    """
    equipment: dict[str, Any] = {}
    sources: list[Source] = []
    for run in runs:
        if run.run_at > moment or (run.pulled_at is not None and run.pulled_at <= moment):
            continue
        if _another_pump(equipment, run.equipment):
            equipment, sources = _of_the_hole(equipment), []
        equipment = _over(equipment, run.equipment)
        sources.append(Source("installation", run.id, run.run_at))
    return equipment, sources


def _another_pump(known: dict[str, Any], said: dict[str, Any]) -> bool:
    return any(known.get(name) and said.get(name) and known[name] != said[name] for name in _NAMES)


def forgotten(known: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """Fields of what stood in the well that nobody knows any more after an entry with another pump."""
    if not _another_pump(known, said):
        return []
    kind = KINDS["installation"]
    before, after = unpack(kind, known), unpack(kind, _over(_of_the_hole(known), said))
    return [key for key, value in before.items() if value not in (None, "") and after[key] in (None, "")]


def _of_the_hole(equipment: dict[str, Any]) -> dict[str, Any]:
    """Casing and perforations; the packer came out with the string."""
    hole = {key: value for key, value in equipment.get("hole", {}).items() if key != "packer_m"}
    return {"hole": hole} if hole else {}


def _standing(found: list[Record], moment: datetime) -> Record | None:
    """The newest of those that were in the well then."""
    there = [one for one in found if one.at <= moment and (one.until is None or one.until > moment)]
    return _of_one_moment(there)


def _lasting(found: list[Record], moment: datetime) -> Record | None:
    """The newest before; what was found out later still says more of the well than nothing."""
    before = [one for one in found if one.at <= moment]
    return _of_one_moment(before or [one for one in found if one.at == found[-1].at])


def _of_one_moment(newest_first: list[Record]) -> Record | None:
    """The newest; of several of its moment each says what the others do not: the well's own over those of a
    well that was merged into it, what a person entered over what a file says.
    """
    same = [one for one in newest_first if one.at == newest_first[0].at]
    if len(same) < 2:
        return same[0] if same else None
    values: dict[str, Any] = {}
    last = same[0]
    for last in sorted(reversed(same), key=_by_hand):
        values = joined(values, last.values)
    return replace(last, values=values)


def _by_hand(record: Record) -> bool:
    return not is_of_a_file(record.id)


def _nearest(found: Iterable[Record], moment: datetime) -> Record | None:
    near = [one for one in found if abs(one.at - moment) <= NEAR]
    return min(near, key=lambda one: abs(one.at - moment), default=None)


def _has(equipment: dict[str, Any], key: str) -> bool:
    return bool(equipment.get("rods" if key == "rod_string" else "unit"))


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """What `above` says over what was there, part by part."""
    joined = dict(below)
    for key, value in above.items():
        mine = joined.get(key)
        joined[key] = _over(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return joined


# ---- a record in the words of the card format --------------------------------------------------------------


def _part(record: Record) -> dict[str, Any]:
    return {
        "rod_string": _rods,
        "pumping_unit": _unit,
        "survey": lambda values: {"survey": [_only(row, _STATION) for row in values["stations"]]},
        "fluid": lambda values: {"fluid": _only(values, FLUID_KEYS)},
        "reservoir": lambda values: {"reservoir": dict(values)},
        "fluid_level": _level,
        "head_pressures": _pressures,
        "flow_test": _test,
    }[record.kind](record.values)


def _rods(values: dict[str, Any]) -> dict[str, Any]:
    rods = [_only(row, ROD_KEYS) for row in values["sections"] if row.get("part") != "polished_rod"]
    damping = {side: values[f"damping_{side}"] for side in ("up", "down") if f"damping_{side}" in values}
    return {"rods": rods} | ({"damping": damping} if damping else {})


def _unit(values: dict[str, Any]) -> dict[str, Any]:
    unit = _only(values, ("geometry", "rotation", *_UNIT))
    for letter in API_DIMENSIONS:
        if (size := values.get(f"api_{letter.lower()}_m")) is not None:
            unit[f"api_{letter}_m"] = size
    return {"unit": unit}


def _level(values: dict[str, Any]) -> dict[str, Any]:
    casing = {"fluid_level_m": values.get("level_m"), "pressure_pa": values.get("casing_pressure_pa")}
    return {"casing": _only(casing, tuple(casing))}


def _pressures(values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place in ("tubing", "casing"):
        if (pressure := values.get(f"{place}_pressure_pa")) is not None:
            found[place] = {"pressure_pa": pressure}
    return found


def _test(values: dict[str, Any]) -> dict[str, Any]:
    return {"well_test": _only(values, ("liquid_m3_per_s", "gas_m3_per_s", "runtime_s"))}


def _only(values: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: values[key] for key in keys if values.get(key) is not None}
