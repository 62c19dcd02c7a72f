"""What the catalogue knows of a unit by its name, of rods by their size and grade, of pipes and of an ESP by
what each thing is called: it fills in what nobody has typed, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.analysis.catalogue.electrics import CABLES, MOTORS, Motor
from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.catalogue.library import Found, Kind
from app.analysis.catalogue.pipes import CASING, TUBING, Pipe
from app.analysis.catalogue.pumping_units import PUMPING_UNITS, PumpingUnit
from app.analysis.catalogue.rods import ROD_GRADES, RODS
from app.analysis.catalogue.spelling import parts
from app.core.errors import KnownError
from app.core.paths import Paths
from app.importers.pipe_words import PIPES
from app.models.values import Values, number_of
from app.models.wells import ESP
from app.services.wells.catalogue import equipment

T = TypeVar("T")
SAME_SIZE_M = 0.5e-3
SAME_BORE_M = 0.3e-3
"""By so much the pipe of ГОСТ 633 and that of API 5CT differ which are put in for each other."""
LIBRARIES: dict[str, Kind[Pipe]] = {"tubing_outer_diameter_m": TUBING, "casing_diameter_m": CASING}
"""Outer diameter, or a pipe's name written there → its library."""
ELECTRIC: dict[str, Kind[Any]] = {"pump_type": ESP_PUMPS, "motor": MOTORS, "cable": CABLES}


@dataclass
class Filled:
    """Values of fields or of rows, and what the catalogue cannot say of what was typed in the others."""

    values: Values = field(default_factory=dict)
    unknown: list[KnownError] = field(default_factory=list)
    rows: list[Values] = field(default_factory=list)


def named(paths: Paths, kind: Kind[T], name: str) -> T | None:
    """What the catalogue has under this name, however it is spelt."""
    library = equipment(paths, kind)
    key = library.spelt.get(kind.same(parts(name)))
    return None if key is None else library.entries[key].item


def unit(paths: Paths, values: Values) -> Values:
    """Dimensions and ratings of the unit that is named; the crank hole whose stroke is nearest to the one
    told. Raises KnownError (catalogue_unknown) with the nearest names.
    """
    found = equipment(paths, PUMPING_UNITS).find(str(values.get("unit_name", "")))
    hole, stroke = hole_of(found.item, number_of(values, "stroke_m"))
    told = {key.lower(): value for key, value in found.item.as_unit(hole).items()}
    # A geometry stands in every form: the catalogue's is the one that goes with its dimensions.
    return {"stroke_m": stroke, **told, **values, "geometry": found.item.geometry, "unit_name": found.name}


def hole_of(item: PumpingUnit, stroke_m: float | None) -> tuple[int, float]:
    """The crank hole whose stroke is nearest to the one told, and its stroke [m]."""
    strokes = item.strokes_m or item.computed_strokes_m() or (item.stroke_m,)
    wanted = strokes[0] if stroke_m is None else stroke_m
    hole = min(range(len(strokes)), key=lambda number: abs(strokes[number] - wanted))
    return hole, strokes[hole]


def rods(paths: Paths, sections: list[Values]) -> Filled:
    """Mass and modulus by size, tensile strength by grade."""
    sizes, filled, strange = list(equipment(paths, RODS)), Filled(), set()
    for section in sections:
        bars = section.get("part") == "sinker_bars"
        known: Values = {}
        for found in sizes:
            same = abs(found.item.diameter_m - (number_of(section, "diameter_m") or 0.0)) < SAME_SIZE_M
            if same and (found.item.role == "sinker_bar") == bars:
                known = {"mass_kg_per_m": found.item.mass_kg_per_m, "modulus_pa": found.item.modulus_pa}
                break
        told = str(section.get("grade", ""))
        grade = named(paths, ROD_GRADES, told)
        if grade is not None:
            known["minimum_tensile_pa"] = grade.minimum_tensile_pa
        elif told and section.get("minimum_tensile_pa") is None:
            strange.add(told)
        filled.rows.append(known | section)
    if strange:
        filled.unknown.append(KnownError("catalogue_no_grade", names="; ".join(sorted(strange))))
    return filled


def installation(paths: Paths, told: Values, lift: str) -> Filled:
    """Bores of tubing and casing by size or name; of an ESP the pump's name as the catalogue has it, ratings
    of its motor, the limit of its cable. `told` holds a text where a number is wanted and a name was written.
    """
    filled = Filled()
    for outer in LIBRARIES:
        _pipe(paths, told, outer, filled)
    if lift == ESP:
        for key, kind in ELECTRIC.items():
            if told.get(key) and not (key == "pump_type" and told.get("curve")):
                _electric(paths, kind, key, told, filled)
    return filled


def _pipe(paths: Paths, told: Values, outer: str, filled: Filled) -> None:
    bore, said = PIPES[outer], told.get(outer)
    pipes = equipment(paths, LIBRARIES[outer])
    if isinstance(said, str):
        try:
            pipe = pipes.find(said).item
        except KnownError as error:
            filled.unknown.append(error)
        else:
            filled.values |= {outer: pipe.outer_diameter_m, bore: pipe.inner_diameter_m}
    elif (outer_m := number_of(told, outer)) is not None and told.get(bore) is None:
        same = _of_size(paths, LIBRARIES[outer], outer_m)
        bores = [one.item.inner_diameter_m for one in same]
        if bores and max(bores) - min(bores) < SAME_BORE_M:
            filled.values[bore] = bores[0]
        else:
            names = "; ".join(one.name for one in same)
            filled.unknown.append(
                KnownError("catalogue_which_pipe", size=outer_m * 1000, names=names)
                if same
                else KnownError("catalogue_no_pipe", size=outer_m * 1000)
            )


def bores_of(paths: Paths, library: Kind[Pipe], outer_m: float) -> list[float]:
    """Inner diameters of the pipes of this size [m]."""
    return [one.item.inner_diameter_m for one in _of_size(paths, library, outer_m)]


def _of_size(paths: Paths, library: Kind[Pipe], outer_m: float) -> list[Found[Pipe]]:
    near = sorted(equipment(paths, library), key=lambda one: abs(one.item.outer_diameter_m - outer_m))
    return [one for one in near if abs(one.item.outer_diameter_m - outer_m) < SAME_SIZE_M]


def _electric(paths: Paths, kind: Kind[Any], key: str, told: Values, filled: Filled) -> None:
    try:
        found = equipment(paths, kind).find(str(told[key]))
    except KnownError as error:
        filled.unknown.append(error)
        return
    filled.values[key] = found.name
    if kind is MOTORS:
        filled.values |= _untold(ratings(found.item, told), told)
    elif kind is CABLES:
        filled.values |= _untold({"cable_temperature_limit_k": found.item.limit_temperature_k}, told)


def ratings(motor: Motor, told: Values) -> Values:
    """Of the motor, by the field's name. An entry for a maker's whole size has no power of its own: with the
    one that was typed it says the current.
    """
    power = number_of(told, "rated_power_w") or motor.rated_power_w
    voltage = number_of(told, "motor_voltage_v") or motor.rated_voltage_v
    known: Values = {"rated_power_w": power, "motor_voltage_v": voltage}
    if power and voltage:
        known["rated_current_a"] = motor.full_load_current_a(power, voltage)
    return known


def _untold(known: Values, told: Values) -> Values:
    return {key: value for key, value in known.items() if value is not None and told.get(key) is None}


def names(paths: Paths, kind: str, lift: str) -> dict[str, list[str]]:
    """Field of a part of the well → what the catalogue has to choose from while one types there."""
    fields: dict[str, Kind[Any]] = {}
    if kind == "pumping_unit":
        fields = {"unit_name": PUMPING_UNITS}
    elif kind == "installation":
        fields = LIBRARIES | (ELECTRIC if lift == ESP else {})
    return {key: [found.name for found in equipment(paths, library)] for key, library in fields.items()}
