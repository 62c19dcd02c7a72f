"""An ESP well in our JSON (domain/card-format.md): SI, UTC; an unknown key is an error that names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.core.api_gravity import relative_density
from app.core.clock import parse_time, to_us
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.importers.base import content_of, head_of
from app.importers.json_place import Place, json_of, short
from app.models.cards import FLUID_KEYS
from app.models.esp import EspFile, HeadCurve
from app.models.sensors import SENSORS

_KEYS = {
    "pump": {"catalogue", "head_curve", "stages", "depth_m", "rated_frequency_hz"},
    "motor": {"rated_power_w", "rated_current_a", "rated_voltage_v", "limit_temperature_k"},
    "fluid": {"oil_api", *FLUID_KEYS},
    "tubing": {"inner_diameter_m", "outer_diameter_m", "pressure_pa", "anchored"},
    "casing": {"inner_diameter_m", "pressure_pa", "fluid_level_m"},
    "head_curve": {"rate_m3_per_d", "head_m_per_stage", "power_w_per_stage", "efficiency"},
}
_TOP = {"well", "pump", "motor", "fluid", "tubing", "casing", "readings", "events", "note"}
LEAST_READINGS = 3


def read_esp(path: Path) -> EspFile:
    """Raises KnownError that names the file and the key."""
    head_of(path)
    return esp_from(json_of(path, content_of(path)), path)


def esp_from(data: Any, path: Path) -> EspFile:
    top = Place(path, data, "")
    top.known_keys(_TOP)
    if not isinstance(top.data.get("well"), str) or not top.data["well"]:
        raise KnownError(
            "json_value" if "well" in top.data else "json_missing",
            file=str(path),
            key="well",
            value=short(top.data.get("well")),
            wanted='"text"',
        )
    pump, motor, fluid = top.part("pump", _KEYS), top.part("motor", _KEYS), top.part("fluid", _KEYS)
    tubing, casing = top.part("tubing", _KEYS), top.part("casing", _KEYS)
    time_us, readings = _readings(top)
    api, oil = fluid.number("oil_api"), fluid.number("oil_relative_density", positive=True)
    cut = fluid.number("water_cut")
    if cut is not None and not 0 <= cut <= 1:
        raise KnownError("json_value", file=str(path), key="fluid.water_cut", value=cut, wanted="0 … 1")
    name = pump.data.get("catalogue")
    if name is not None and not isinstance(name, str):
        raise KnownError(
            "json_value", file=str(path), key="pump.catalogue", value=short(name), wanted='"text"'
        )
    return EspFile(
        top.data["well"],
        time_us,
        readings,
        name,
        _head_curve(pump),
        pump.number("stages", positive=True),
        pump.number("depth_m", positive=True),
        pump.number("rated_frequency_hz", positive=True) or 50.0,
        motor.number("rated_power_w", positive=True),
        motor.number("rated_current_a", positive=True),
        motor.number("rated_voltage_v", positive=True),
        motor.number("limit_temperature_k", positive=True),
        cut,
        oil if oil is not None else None if api is None else relative_density(api),
        fluid.number("water_relative_density", positive=True) or 1.05,
        fluid.number("gas_relative_density", positive=True) or 0.8,
        fluid.number("gas_oil_ratio"),
        fluid.number("viscosity_pa_s", positive=True),
        tubing.number("inner_diameter_m", positive=True),
        casing.number("inner_diameter_m", positive=True),
        _events(top),
    )


def _head_curve(pump: Place) -> HeadCurve | None:
    if pump.data.get("head_curve") is None:
        return None
    curve = Place(pump.path, pump.data["head_curve"], "pump.head_curve")
    curve.known_keys(_KEYS["head_curve"])
    optional = {
        key: curve.numbers(key) if curve.data.get(key) is not None else None
        for key in ("power_w_per_stage", "efficiency")
    }
    return HeadCurve(
        curve.numbers("rate_m3_per_d") / DAY_S,
        curve.numbers("head_m_per_stage"),
        optional["power_w_per_stage"],
        optional["efficiency"],
    )


def _readings(top: Place) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    if "readings" not in top.data:
        raise KnownError("json_missing", file=str(top.path), key="readings")
    place = Place(top.path, top.data["readings"], "readings")
    place.known_keys({"time", *(sensor.key for sensor in SENSORS)})
    time_us = _times(place)
    values = {}
    for key in place.data:
        if key == "time":
            continue
        column = place.data[key]
        if not isinstance(column, list):
            raise KnownError(
                "json_value", file=str(top.path), key=place.name(key), value=short(column), wanted="[...]"
            )
        if len(column) != len(time_us):
            raise KnownError(
                "json_lengths", file=str(top.path), lengths=f"time: {len(time_us)}, {key}: {len(column)}"
            )
        values[key] = _column(place, key, column)
    if not values:
        raise KnownError("json_missing", file=str(top.path), key="readings.<sensor>")
    return time_us, values


def _column(place: Place, key: str, column: list[Any]) -> np.ndarray:
    """Numbers; null is a reading that is not there."""
    if any(isinstance(value, (bool, str, list, dict)) for value in column):
        index = next(i for i, value in enumerate(column) if isinstance(value, (bool, str, list, dict)))
        raise KnownError(
            "json_value",
            file=str(place.path),
            key=f"{place.name(key)}[{index}]",
            value=short(column[index]),
            wanted="0.0",
        )
    return np.array(column, float)


def _times(place: Place) -> np.ndarray:
    """ISO times, or seconds since 1970."""
    rows = place.data.get("time")
    if not isinstance(rows, list) or len(rows) < LEAST_READINGS:
        raise KnownError(
            "json_missing" if not isinstance(rows, list) else "esp_few_readings",
            file=str(place.path),
            key=place.name("time"),
            count=len(rows or []),
            least=LEAST_READINGS,
        )
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in rows):
        return np.round(np.array(rows, float) * 1e6).astype(np.int64)
    result = np.empty(len(rows), np.int64)
    for index, value in enumerate(rows):
        try:
            if not isinstance(value, str):
                raise ValueError
            result[index] = to_us(parse_time(value))
        except ValueError as error:
            raise KnownError(
                "json_value",
                file=str(place.path),
                key=f"{place.name('time')}[{index}]",
                value=short(value),
                wanted="2026-01-31T12:00:00Z",
            ) from error
    return result


def _events(top: Place) -> tuple[tuple[str, int, int], ...]:
    rows = top.data.get("events") or []
    if not isinstance(rows, list):
        raise KnownError("json_value", file=str(top.path), key="events", value=short(rows), wanted="[...]")
    found = []
    for index, row in enumerate(rows):
        place = Place(top.path, row, f"events[{index}]")
        place.known_keys({"time", "from", "to", "kind", "note", "code"})
        start = place.data.get("from") or place.data.get("time")
        if start is None:
            raise KnownError("json_missing", file=str(top.path), key=place.name("time"))
        try:
            first = to_us(parse_time(str(start)))
            last = to_us(parse_time(str(place.data["to"]))) if place.data.get("to") else first
        except ValueError as error:
            raise KnownError(
                "json_value",
                file=str(top.path),
                key=place.name("time"),
                value=short(start),
                wanted="2026-01-31T12:00:00Z",
            ) from error
        found.append((str(place.data.get("kind") or place.data.get("code") or ""), first, last))
    return tuple(found)
