"""What a dynamogram's file says of the well beside the card: records of their kinds, from the moment of the
card on. Nothing of it is dropped: without it the same card would say less from the store than from its file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import pyarrow as pa

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.models.cards import Card, WellBore
from app.models.holding import checked_values
from app.models.kinds import KINDS
from app.models.kinds.packing import pack
from app.models.kinds.spec import Kind
from app.models.values import Values, number_of

MEASURED = ("fluid_level", "flow_test", "head_pressures")
"""Of the moment of each card; the others stay as they are until a card says something else."""

Taken = tuple[str, Kind, int, Values]
"""(well, kind, moment [µs], values)."""


def records_with(cards: Sequence[tuple[str, Card]]) -> tuple[list[Taken], list[KnownError]]:
    """Of all cards of a file: equipment that stays the same from card to card is one record. The errors name
    parts that no form would take; those parts are left out, the cards are not.
    """
    found: list[Taken] = []
    errors: list[KnownError] = []
    standing: dict[tuple[str, str], Values] = {}
    for well, card in sorted(cards, key=lambda one: one[1].taken_at):
        for key, values in parts_of(card.bore).items():
            if key not in MEASURED and standing.get((well, key)) == values:
                continue
            try:
                held = checked_values(KINDS[key], values)
            except KnownError as error:
                errors.append(error)
                continue
            standing[well, key] = values
            found.append((well, KINDS[key], to_us(card.taken_at), held))
    return found, errors


def parts_of(bore: WellBore) -> dict[str, Values]:
    """Kind → values; a kind of which the file says nothing is not there."""
    parts: dict[str, Values] = {
        "installation": _installation(bore),
        "rod_string": _rod_string(bore),
        "pumping_unit": _unit(bore),
        "survey": {"stations": [dict(station) for station in bore.survey]} if bore.survey else {},
        "fluid": _fluid(bore),
        "head_pressures": {
            "tubing_pressure_pa": bore.tubing_pressure_pa,
            "casing_pressure_pa": bore.casing_pressure_pa,
        },
        "fluid_level": {} if bore.fluid_level_m is None else _level(bore),
        "flow_test": _flow_test(bore),
    }
    told = {key: _told(values) for key, values in parts.items()}
    return {key: values for key, values in told.items() if values}


def tables(taken: Sequence[Taken]) -> list[tuple[Kind, pa.Table]]:
    """As importers/made makes records: columns of the kind's table, `well_name` in place of the well."""
    made = []
    for kind in dict.fromkeys(kind for _, kind, _, _ in taken):
        mine = [(well, at, values) for well, own, at, values in taken if own is kind]
        columns: dict[str, pa.Array] = {
            "well_name": pa.array([well for well, _, _ in mine], pa.string()),
            kind.at: pa.array([at for _, at, _ in mine], pa.int64()).cast(pa.timestamp("us")),
        }
        if kind.until:
            columns[kind.until] = pa.nulls(len(mine), pa.timestamp("us"))
        if kind.packed:
            columns[kind.packed] = pa.array(
                [json.dumps(pack(kind, values, {}), ensure_ascii=False) for _, _, values in mine], pa.string()
            )
        for field in kind.columns:
            there = [values.get(field.key) for _, _, values in mine]
            if any(value is not None for value in there):
                columns[field.key] = pa.array(there)
        made.append((kind, pa.table(columns)))
    return made


def _told(values: Values) -> Values:
    return {key: value for key, value in values.items() if value is not None}


def _installation(bore: WellBore) -> Values:
    """Whether the tubing is anchored is said only beside something else of the tubing: alone it is what a
    file that says nothing means.
    """
    values = _told(
        {
            "depth_m": bore.pump_depth_m,
            "plunger_diameter_m": bore.plunger_diameter_m,
            "tubing_inner_diameter_m": bore.tubing_inner_diameter_m,
            "tubing_outer_diameter_m": bore.tubing_outer_diameter_m,
        }
    )
    return values | {"tubing_anchored": bore.tubing_anchored} if values or not bore.tubing_anchored else {}


def _rod_string(bore: WellBore) -> Values:
    if not bore.rods:
        return {}
    return {
        "sections": [_told(asdict(rod)) for rod in bore.rods],
        "damping_up": bore.damping_up,
        "damping_down": bore.damping_down,
    }


def _unit(bore: WellBore) -> Values:
    fields = {field.key for field in KINDS["pumping_unit"].fields}
    return {key.lower(): value for key, value in bore.unit.items() if key.lower() in fields}


def _fluid(bore: WellBore) -> Values:
    """Densities that the file did not tell are the usual ones: they say nothing alone."""
    values = asdict(bore.fluid)
    told = {key for key in values if values[key] is not None}
    usual = {"water_relative_density": 1.0, "gas_relative_density": 0.8}
    return values if any(usual.get(key) != values[key] for key in told) else {}


def _level(bore: WellBore) -> Values:
    return {
        "level": "dynamic",
        "level_m": bore.fluid_level_m,
        "casing_pressure_pa": bore.casing_pressure_pa,
    }


def _flow_test(bore: WellBore) -> Values:
    test = bore.well_test
    oil, water = number_of(test, "oil_m3_per_s"), number_of(test, "water_m3_per_s")
    liquid = number_of(test, "liquid_m3_per_s")
    if liquid is None and (oil is not None or water is not None):
        liquid = (oil or 0.0) + (water or 0.0)
    if liquid is None:
        return {}
    runtime = number_of(test, "runtime_s")
    return {
        "liquid_m3_per_s": liquid,
        "water_cut": water / liquid if water is not None and liquid else None,
        "runtime_s": None if runtime is None else min(runtime, DAY_S),
        "gas_m3_per_s": test.get("gas_m3_per_s"),
    }
