"""Wells by the names that messages use: uid, `field/pad/name`, or name, `WELL_101` for 101 too."""

from __future__ import annotations

from app.importers.tag_paths import well_in
from app.models.well_names import Registry
from app.models.wells import Well


class WellFinder:
    """The wells that may be meant: those of some fields, or all."""

    def __init__(self, wells: list[Well]) -> None:
        self._exact = {well.uid: int(well.id) for well in wells}
        self._exact |= {well.place: int(well.id) for well in wells}
        self._numbers = {int(well.id) for well in wells}
        self._registry = Registry(wells)
        self._by_field: dict[str, Registry] = {}

    def number(self, name: str | None, field: str = "") -> int | None:
        """`field`: only its wells are meant; one number in two fields is two wells."""
        if not name:
            return None
        if name in self._exact:
            return self._exact[name]
        registry = self._of(field) if field else self._registry
        well = registry.find(name) or registry.find(well_in(name))
        return int(well.id) if well is not None else None

    def of(self, number: int) -> int | None:
        """The number itself, where it is one of these wells."""
        return number if number in self._numbers else None

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(well.field_name for well in self._registry.wells))

    def several(self, name: str, field: str = "") -> list[str]:
        """Those that one name may be: `field/pad/name` of each."""
        registry = self._of(field) if field else self._registry
        same = registry.same(name) or registry.same(well_in(name))
        return [well.place for well in same] if len(same) > 1 else []

    def near(self, name: str) -> list[str]:
        return list(dict.fromkeys(self._registry.near(name)))[:3]

    def _of(self, field: str) -> Registry:
        if field not in self._by_field:
            self._by_field[field] = Registry([w for w in self._registry.wells if w.field_name == field])
        return self._by_field[field]
