"""Wells that a file names, found among the centre's or made as the laptop had made them."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.engine import Connection

from app.importers.plan import Plan
from app.models.wells import NO_FIELD, UNKNOWN_LIFT, Well, WellId
from app.sync.wire import WellKey
from central.refusals import Refused
from central.stores import wells
from central.stores.devices import Device


class FileWells:
    """Wells of one file at the centre, made where the laptop had made them. `named` are the wells as the
    laptop knew them, by the file's names.
    """

    def __init__(
        self,
        connection: Connection,
        device: Device,
        plan: Plan,
        named: dict[str, WellKey],
        lifts: dict[str, str] | None = None,
    ) -> None:
        """`lifts`: what the file says or its equipment tells; for wells of which nobody has said it."""
        self._connection, self._device, self._plan, self._named = connection, device, plan, named
        self._lifts = lifts or {}
        self._registry = wells.registry(connection, device.fields)
        self._found: dict[str, Well | None] = {}
        self.by_number: dict[int, Well] = {}

    @property
    def fields(self) -> tuple[str, ...]:
        return self._device.fields

    def any(self) -> Well | None:
        return next((well for well in self._found.values() if well is not None), None)

    def number_of(self, name: str, *, make: bool = False, lift: str = UNKNOWN_LIFT) -> Well | None:
        """None for rows that the plan leaves out. Raises Refused for a well of another field, or of
        nobody.
        """
        if name not in self._found:
            self._found[name] = self._lifted(name, self._look(name, make, self._lifts.get(name, lift)))
        return self._found[name]

    def _lifted(self, name: str, well: Well | None) -> Well | None:
        if well is None or well.lift != UNKNOWN_LIFT or self._lifts.get(name, well.lift) == well.lift:
            return well
        return wells.put(self._connection, replace(well, lift=self._lifts[name]))

    def _look(self, name: str, make: bool, lift: str) -> Well | None:
        meant = self._plan.wells.get(name, name)
        if not meant:
            return None
        key = self._key_of(name)
        if key is not None:
            return wells.find_or_make(self._connection, key, self._device.fields, lift)
        well = self._registry.find(meant)
        if well is None and make:
            well = wells.find_or_make(
                self._connection,
                WellKey(uid="0" * 8 + "-0000" * 3 + "-" + "0" * 12, field=NO_FIELD, pad="", name=meant),
                self._device.fields,
                lift,
            )
        if well is None:
            raise Refused("wells_unknown", wells=meant[:100])
        return well

    def numbered(self, table: pa.Table) -> pa.Table:
        """Rows of the wells that the plan takes: `well` is the number here, `well_name` what the laptop that
        read the file called the well, for both ends name its records by that.
        """
        names = table.column("well_name").to_pylist()
        taken: dict[str, Well] = {}
        for name in dict.fromkeys(names):
            if (well := self.number_of(name)) is not None:
                taken[name] = well
                self.by_number[int(well.id)] = well
        place = table.column_names.index("well_name")
        titles = pa.array(
            [self._title(name, taken[name]) if name in taken else None for name in names], pa.string()
        )
        numbers = pa.array([int(taken[name].id) if name in taken else None for name in names], pa.int64())
        uids = pa.array([self._uid(name, taken[name]) if name in taken else None for name in names])
        table = table.set_column(place, "well_name", titles).append_column("well", numbers)
        table = table.append_column("well_uid", uids.cast(pa.string()))
        return table.filter(pc.is_valid(numbers))

    def _title(self, name: str, well: Well) -> str:
        key = self._key_of(name)
        return key.name if key is not None else well.name

    def _uid(self, name: str, well: Well) -> str:
        key = self._key_of(name)
        return key.uid if key is not None else well.key["uid"]

    def _key_of(self, name: str) -> WellKey | None:
        return self._named.get(name) or self._named.get(self._plan.wells.get(name, name))

    def make(self, well: Well) -> None:
        known = self._registry.find(well.name)
        if known is None:
            self._allowed(well.field_name or NO_FIELD)
            key = wells.key_of(well)
            self._found[well.name] = wells.find(self._connection, key, self._device.fields) or wells.put(
                self._connection,
                Well(
                    WellId(0),
                    well.name,
                    well.field_name or NO_FIELD,
                    well.pad,
                    well.lift,
                    well.state,
                    well.aliases,
                    well.depth_m,
                ),
            )

    def _allowed(self, field: str) -> None:
        if field not in self._device.fields:
            raise Refused("field_not_yours", field=field)
