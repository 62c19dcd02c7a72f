"""What was in the well at a moment, put together from its records: pump, rods, unit, survey, fluid, and what
was measured near that moment. Every figure of a card or of a pump is computed with this and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from app.core.paths import Paths
from app.importers.card_json import bore_of
from app.models.cards import FLUID_KEYS, ROD_KEYS, WellBore
from app.models.kinds import KINDS
from app.models.kinds.joining import LATER, left_behind
from app.models.kinds.packing import pack, unpack
from app.models.kinds.rod_pumped import API_DIMENSIONS
from app.models.records import Record, Source
from app.models.store import kinds, records
from app.models.store.database import Database
from app.models.values import Values, number_of, part_of, rows_of, text_of
from app.models.wells import Installation
from app.services.wells import lab_fluid, succession
from app.services.wells.known_units import known_unit
from app.services.workspace import Workspace

NEAR = timedelta(days=30)
"""So long a level, a pressure or a rate says something of a card."""
_LASTING = ("rod_string", "pumping_unit", "survey", "fluid", "reservoir")
_MEASURED = ("head_pressures", "fluid_level", "flow_test")
_RUN_IN = KINDS["installation"]
_AT_THE_HEAD = ("level_m", "casing_pressure_pa", "tubing_pressure_pa")
_STATION = ("measured_depth_m", "inclination_rad", "azimuth_rad")
_UNIT = ("structural_imbalance_n", "counterbalance_moment_n_m", "gearbox_rating_n_m", "beam_rating_n")


@dataclass(frozen=True)
class Equipped:
    """`equipment` in the words of domain/card-format, with what other lifts have beside it; `sources` in the
    order of the kinds. Empty where nothing is known.
    """

    equipment: Values
    sources: tuple[Source, ...] = ()

    @property
    def bore(self) -> WellBore:
        """Raises KnownError (json_*) for what an earlier program kept and no card can be computed with."""
        named = next((f"{one.kind} {one.record}" for one in self.sources), "equipment")
        return bore_of(self.equipment, Path(named))


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
            there = succession.in_the_well(self._records[key], moment)
            if there and (latest is None or there[-1].at >= latest or not _has(equipment, key)):
                values, found = succession.standing(there)
                equipment |= self._from_library(key, values)
                sources += _sources(found)
        for key in ("survey", "fluid", "reservoir"):
            values, found = succession.standing(succession.known_then(self._records[key], moment))
            if found:
                equipment = _over(equipment, _part(key, values))
                sources += _sources(found)
        by_labs, labs = lab_fluid.added(part_of(equipment, "fluid"), self._found_by_labs, moment)
        if by_labs:
            equipment = _over(equipment, {"fluid": _only(by_labs, FLUID_KEYS)})
            sources += labs
        measured, found = self._measured_near(moment)
        test = min(self._near("flow_test", moment), key=lambda one: abs(one.at - moment), default=None)
        if test is not None:
            measured, found = measured | _part(test.kind, test.values), [*found, test]
        return Equipped(_over(equipment, measured), (*sources, *_sources(found)))

    def changes(self) -> list[datetime]:
        """The moments at which what was in the well became something else, oldest first."""
        moments = {moment for run in self._runs for moment in (run.run_at, run.pulled_at) if moment}
        for key in _LASTING:
            moments |= {
                moment for one in self._records[key] for moment in (one.at, one.until) if moment is not None
            }
        moments |= {one.at for one in self._found_by_labs}
        return sorted(moments)

    def _from_library(self, key: str, values: Values) -> Values:
        """A unit that only says its name has the ratings and the dimensions of the catalogue."""
        part = _part(key, values)
        if key == "pumping_unit":
            known = known_unit(self._paths, text_of(values, "unit_name"), number_of(values, "stroke_m"))
            part["unit"] = known | part_of(part, "unit")
        return part

    def _measured_near(self, moment: datetime) -> tuple[Values, list[Record]]:
        """Level and pressures, each by whoever measured it nearest to the moment, the nearest last; of two as
        near the one that measured pressures.
        """
        near = sorted(
            self._near("head_pressures", moment) + self._near("fluid_level", moment),
            key=lambda one: abs(one.at - moment),
        )
        equipment: Values = {}
        found: list[Record] = []
        for one in near:
            said = _only(one.values, _AT_THE_HEAD)
            if fresh := {key: value for key, value in said.items() if key not in equipment}:
                equipment |= fresh
                found.insert(0, one)
        return _at_the_head(equipment), found

    def _near(self, key: str, moment: datetime) -> list[Record]:
        """A static level says nothing of a running pump, and a test that was called wrong nothing at all."""
        return [
            one
            for one in self._records[key]
            if abs(one.at - moment) <= NEAR
            and one.values.get("level", "dynamic") == "dynamic"
            and one.values.get("valid", True)
        ]


def _sources(found: Iterable[Record]) -> list[Source]:
    return [Source(one.kind, one.id, one.at) for one in found]


def equipment_at(workspace: Workspace, well_id: int, moment: datetime) -> Equipped:
    return EquipmentHistory(workspace, well_id).at(moment)


def put_together(parts: Iterable[Record]) -> Values:
    """The equipment that these records make, as if all of them stood in the well now."""
    equipment: Values = {}
    for record in parts:
        kind = KINDS[record.kind]
        told = pack(kind, record.values, {}) if kind.key == "installation" else _part(kind.key, record.values)
        equipment = _over(equipment, told)
    return equipment


def _run_at(runs: list[Installation], moment: datetime) -> tuple[Values, list[Source]]:
    """What stands in the well. An entry adds to the one before it; with another pump than that one named the
    string is new, and of what was there the hole is left.
    """
    equipment: Values = {}
    sources: list[Source] = []
    for run in runs:
        if run.run_at > moment or (run.pulled_at is not None and run.pulled_at <= moment):
            continue
        if succession.is_another(_RUN_IN.key, unpack(_RUN_IN, equipment), unpack(_RUN_IN, run.equipment)):
            equipment, sources = _of_the_hole(equipment), []
        equipment = _after(equipment, run.equipment)
        sources.append(Source("installation", run.id, run.run_at))
    return equipment, sources


def forgotten(known: Values, said: Values) -> list[str]:
    """Fields of what stood in the well that nobody knows any more after an entry with another pump."""
    before = unpack(_RUN_IN, known)
    if not succession.is_another(_RUN_IN.key, before, unpack(_RUN_IN, said)):
        return []
    after = unpack(_RUN_IN, _over(_of_the_hole(known), said))
    return [key for key, value in before.items() if value not in (None, "") and after[key] in (None, "")]


def _after(known: Values, said: Values) -> Values:
    """What stands after an entry that adds to the one before, without what meant something beside what it
    tells anew.
    """
    before = unpack(_RUN_IN, known)
    left = left_behind(before, unpack(_RUN_IN, said), LATER)
    if left:
        known = pack(_RUN_IN, {key: value for key, value in before.items() if key not in left}, known)
    return _over(known, said)


def _of_the_hole(equipment: Values) -> Values:
    left = pack(_RUN_IN, succession.of_the_hole(_RUN_IN.key, unpack(_RUN_IN, equipment)), {})
    return {"hole": left["hole"]} if left["hole"] else {}


def _has(equipment: Values, key: str) -> bool:
    return bool(equipment.get("rods" if key == "rod_string" else "unit"))


def _over(below: Values, above: Values) -> Values:
    """What `above` says over what was there, part by part."""
    joined = dict(below)
    for key, value in above.items():
        mine = joined.get(key)
        joined[key] = _over(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return joined


# ---- a record in the words of the card format --------------------------------------------------------------


def _part(kind: str, values: Values) -> Values:
    return _PARTS[kind](values)


def _rods(values: Values) -> Values:
    rods = [_only(row, ROD_KEYS) for row in rows_of(values, "sections") if row.get("part") != "polished_rod"]
    damping = {side: values[f"damping_{side}"] for side in ("up", "down") if f"damping_{side}" in values}
    return {"rods": rods} | ({"damping": damping} if damping else {})


def _unit(values: Values) -> Values:
    unit = _only(values, ("geometry", "rotation", *_UNIT))
    for letter in API_DIMENSIONS:
        if (size := values.get(f"api_{letter.lower()}_m")) is not None:
            unit[f"api_{letter}_m"] = size
    return {"unit": unit}


def _at_the_head(values: Values) -> Values:
    tubing = _only({"pressure_pa": values.get("tubing_pressure_pa")}, ("pressure_pa",))
    told: Values = {"fluid_level_m": values.get("level_m"), "pressure_pa": values.get("casing_pressure_pa")}
    casing = _only(told, tuple(told))
    parts: Values = {"tubing": tubing} if tubing else {}
    return parts | ({"casing": casing} if casing else {})


def _test(values: Values) -> Values:
    return {"well_test": _only(values, ("liquid_m3_per_s", "gas_m3_per_s", "runtime_s"))}


def _only(values: Values, keys: tuple[str, ...]) -> Values:
    return {key: values[key] for key in keys if values.get(key) is not None}


_PARTS: dict[str, Callable[[Values], Values]] = {
    "rod_string": _rods,
    "pumping_unit": _unit,
    "survey": lambda values: {"survey": [_only(row, _STATION) for row in rows_of(values, "stations")]},
    "fluid": lambda values: {"fluid": _only(values, FLUID_KEYS)},
    "reservoir": lambda values: {"reservoir": dict(values)},
    "head_pressures": _at_the_head,
    "flow_test": _test,
}
