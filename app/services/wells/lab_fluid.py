"""What laboratories found of a well's fluid, in the words of the fluid's record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from app.core.api_gravity import WATER_KG_PER_M3
from app.models.kinds.lab import PARAMETERS
from app.models.records import Record, Source
from app.models.values import Read, Values, needed_number, needed_text


def _si(record: Record) -> float:
    parameter = PARAMETERS[needed_text(record.values, "parameter")]
    own = parameter.unit_of(parameter.unit)
    value = needed_number(record.values, "value")
    return value if own is None else float(own.to_si(value))


def _relative(record: Record) -> float:
    return _si(record) / WATER_KG_PER_M3


FOUND: dict[str, tuple[str, Callable[[Record], float]]] = {
    "water_cut": ("water_cut", _si),
    "oil_density_20c": ("oil_relative_density", _relative),
    "water_density": ("water_relative_density", _relative),
    "gas_oil_ratio": ("gas_oil_ratio", _si),
    "saturation_pressure": ("bubble_point_pa", _si),
}
"""Parameter → field of the fluid. Not the viscosity: a laboratory has it at its own temperature."""


def usable(results: Iterable[Record]) -> list[Record]:
    """Newest first, as they come; without `<0.05`, which is no figure."""
    return [
        one
        for one in results
        if one.values.get("parameter") in FOUND
        and one.values.get("value") is not None
        and not one.values.get("qualifier")
    ]


def added(fluid: Read, results: list[Record], moment: datetime) -> tuple[Values, list[Source]]:
    """The fields that `fluid` does not have, by the newest result before the moment, else by the first after
    it.
    """
    told: Values = {}
    sources: dict[str, Source] = {}
    for parameter, (field, value_of) in FOUND.items():
        mine = [one for one in results if one.values["parameter"] == parameter]
        if fluid.get(field) is not None or not mine:
            continue
        found = next((one for one in mine if one.at <= moment), mine[-1])
        told[field] = value_of(found)
        sources[found.id] = Source("lab_result", found.id, found.at)
    return told, list(sources.values())
