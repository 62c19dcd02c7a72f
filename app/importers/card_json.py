"""A dynamogram in our JSON (domain/card-format.md): SI, UTC; an unknown key is an error that names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.analysis.cards import strings
from app.analysis.cards.unit import LONG_STROKE
from app.core.api_gravity import relative_density
from app.core.clock import parse_time
from app.core.errors import KnownError
from app.core.units import DAY_S
from app.importers.base import content_of, head_of
from app.importers.json_place import Place, json_of, short
from app.models.cards import FLUID_KEYS, ROD_KEYS, Card, Fluid, RodSection, WellBore, as_kept
from app.models.values import Values

_TOP = {
    "well",
    "taken_at",
    "strokes_per_minute",
    "surface",
    "rods",
    "pump",
    "tubing",
    "casing",
    "fluid",
    "damping",
    "survey",
    "unit",
    "well_test",
    "note",
    "vendor",
}
_KEYS: dict[str, set[str]] = {
    "surface": {"position_m", "load_n", "time_s"},
    "rods": set(ROD_KEYS),
    "pump": {"depth_m", "plunger_diameter_m"},
    "tubing": {"pressure_pa", "anchored", "inner_diameter_m", "outer_diameter_m"},
    "casing": {"pressure_pa", "fluid_level_m"},
    "fluid": {"oil_api", *FLUID_KEYS},
    "damping": {"up", "down"},
    "survey": {"measured_depth_m", "inclination_rad", "azimuth_rad"},
    "unit": {
        "geometry",
        "rotation",
        *(f"api_{letter}_m" for letter in "ABCDEFGHIJKLMNOPQR"),
        "structural_imbalance_n",
        "counterbalance_moment_n_m",
        "gearbox_rating_n_m",
        "beam_rating_n",
    },
}


def read_card(path: Path) -> Card:
    """A card file outside any import. Raises KnownError that names the file and the key."""
    head_of(path)
    return card_from(json_of(path, content_of(path)), path)


def card_from(data: Any, path: Path) -> Card:
    top = Place(path, data, "")
    top.known_keys(_TOP)
    for key in ("well", "taken_at", "surface"):
        if key not in top.data:
            raise KnownError("json_missing", file=str(path), key=key)
    if not isinstance(top.data["well"], str) or not top.data["well"]:
        raise KnownError(
            "json_value", file=str(path), key="well", value=short(top.data["well"]), wanted='"text"'
        )
    try:
        taken_at = parse_time(str(top.data["taken_at"]))
    except ValueError as error:
        raise KnownError(
            "json_value",
            file=str(path),
            key="taken_at",
            value=short(top.data["taken_at"]),
            wanted="2026-01-31T12:00:00Z",
        ) from error
    surface = top.part("surface", _KEYS)
    position, load = surface.numbers("position_m"), surface.numbers("load_n")
    time_s = surface.numbers("time_s") if surface.data.get("time_s") is not None else None
    lengths = {len(position), len(load)} | ({len(time_s)} if time_s is not None else set())
    if len(lengths) != 1:
        raise KnownError("json_lengths", file=str(path), lengths=", ".join(map(str, sorted(lengths))))
    return Card(
        data["well"],
        taken_at,
        top.needed("strokes_per_minute"),
        as_kept(position),
        as_kept(load),
        time_s,
        bore_from(data, path),
    )


def bore_of(equipment: Values, named: Path) -> WellBore:
    """Of what is known of a well so far: its records have fields that no card is computed with."""
    told = {
        key: {name: value for name, value in part.items() if name in _KEYS[key]}
        if key in _KEYS and isinstance(part, dict)
        else part
        for key, part in equipment.items()
    }
    vertical = Place(named, equipment.get("pump") or {}, "pump").number("depth_tvd_m", positive=True)
    return replace(bore_from(told, named, partly=True), pump_vertical_depth_m=vertical)


def bore_from(data: Values, path: Path, *, partly: bool = False) -> WellBore:
    """Rods, pump, pressures and fluid of a card file or, `partly`, of a well of which not all is told."""
    top = Place(path, data, "")
    pump, tubing, casing = top.part("pump", _KEYS), top.part("tubing", _KEYS), top.part("casing", _KEYS)
    damping, unit = top.part("damping", _KEYS), top.part("unit", _KEYS)
    anchored = tubing.data.get("anchored", True)
    if not isinstance(anchored, bool):
        raise KnownError(
            "json_value", file=str(path), key="tubing.anchored", value=short(anchored), wanted="true"
        )
    if "pump" in top.data and not partly:
        pump.needed("depth_m"), pump.needed("plunger_diameter_m")
    return WellBore(
        rods=_rods(top),
        pump_depth_m=pump.number("depth_m", positive=True),
        plunger_diameter_m=pump.number("plunger_diameter_m", positive=True),
        tubing_pressure_pa=tubing.number("pressure_pa"),
        casing_pressure_pa=casing.number("pressure_pa"),
        fluid_level_m=casing.number("fluid_level_m"),
        tubing_anchored=anchored,
        tubing_inner_diameter_m=tubing.number("inner_diameter_m", positive=True),
        tubing_outer_diameter_m=tubing.number("outer_diameter_m", positive=True),
        damping_up=damping.number("up"),
        damping_down=damping.number("down"),
        fluid=_fluid(top.part("fluid", _KEYS)),
        unit=_unit(unit),
        well_test=_well_test(top),
        survey=_survey(top),
    )


def _each(top: Place, key: str) -> list[Values]:
    rows = top.data.get(key) or []
    if not isinstance(rows, list):
        raise KnownError("json_value", file=str(top.path), key=key, value=short(rows), wanted="[...]")
    for index, row in enumerate(rows):
        Place(top.path, row, f"{key}[{index}]").known_keys(_KEYS[key])
    return rows


_GEOMETRIES = ("conventional", "mark2", "air_balanced", "reverse_mark", *LONG_STROKE)
_ROTATIONS = ("clockwise", "counter_clockwise")


def _unit(unit: Place) -> Values:
    """Words one of the known ones, all else numbers; dimensions above zero."""
    for key, known in (("geometry", _GEOMETRIES), ("rotation", _ROTATIONS)):
        value = unit.data.get(key)
        if value is not None and value not in known:
            raise KnownError(
                "json_value",
                file=str(unit.path),
                key=unit.name(key),
                value=short(value),
                wanted=" | ".join(known),
            )
    for key in unit.data:
        if key not in ("geometry", "rotation"):
            unit.number(key, positive=key.startswith("api_"))
    return unit.data


# What a file gives by the day or in hours, and what it is inside.
_CUSTOMARY = (("_m3_per_d", "_m3_per_s", 1 / DAY_S), ("_h", "_s", 3_600.0))


def _well_test(top: Place) -> Values:
    """In SI: {"liquid_m3_per_d": 10} of a file is {"liquid_m3_per_s": 10 / 86400}."""
    test = Place(top.path, top.data.get("well_test") or {}, "well_test")
    turned: Values = {}
    for key, value in test.data.items():
        if key.endswith(("_m3_per_s", "_s")):
            test.number(key)
        for theirs, ours, factor in _CUSTOMARY:
            if key.endswith(theirs):
                known = test.number(key)
                key, value = key.removesuffix(theirs) + ours, None if known is None else known * factor
        turned[key] = value
    return turned


def _survey(top: Place) -> tuple[dict[str, float], ...]:
    stations = []
    for index, row in enumerate(_each(top, "survey")):
        place = Place(top.path, row, f"survey[{index}]")
        values = {key: place.number(key) for key in ("measured_depth_m", "inclination_rad", "azimuth_rad")}
        missing = [key for key, value in values.items() if value is None]
        if missing:
            raise KnownError("json_missing", file=str(top.path), key=place.name(missing[0]))
        stations.append({key: float(value) for key, value in values.items() if value is not None})
    return tuple(stations)


def _rods(top: Place) -> tuple[RodSection, ...]:
    sections = []
    for index, row in enumerate(_each(top, "rods")):
        rod = Place(top.path, row, f"rods[{index}]")
        sections.append(
            strings.section(
                rod.needed("length_m"),
                rod.needed("diameter_m"),
                mass_kg_per_m=rod.number("mass_kg_per_m", positive=True),
                modulus_pa=rod.number("modulus_pa", positive=True),
                wave_speed_m_per_s=rod.number("wave_speed_m_per_s", positive=True),
                minimum_tensile_pa=rod.number("minimum_tensile_pa", positive=True),
                service_factor=rod.number("service_factor", positive=True) or 1.0,
            )
        )
    return tuple(sections)


def _fluid(fluid: Place) -> Fluid:
    api = fluid.number("oil_api")
    oil = fluid.number("oil_relative_density", positive=True)
    if oil is None and api is not None:
        oil = relative_density(api)
    return Fluid(
        water_cut=fluid.number("water_cut"),
        oil_relative_density=oil,
        water_relative_density=fluid.number("water_relative_density", positive=True) or 1.0,
        gas_relative_density=fluid.number("gas_relative_density", positive=True) or 0.8,
        viscosity_pa_s=fluid.number("viscosity_pa_s", positive=True),
        gas_oil_ratio=fluid.number("gas_oil_ratio"),
    )
