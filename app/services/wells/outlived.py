"""What the catalogue filled in of a thing that is no longer the one named beside it: the crank of the unit
before, the bore of the pipe before, the mass of the size before. It goes when the catalogue is asked again;
what a person typed stays.
"""

from __future__ import annotations

from app.analysis.catalogue.electrics import CABLES, MOTORS
from app.analysis.catalogue.pumping_units import PUMPING_UNITS
from app.core.paths import Paths
from app.importers.pipe_words import PIPES
from app.models.values import Values, number_of
from app.models.wells import ESP
from app.services.wells import filling

Said = dict[str, tuple[object, tuple[str, ...]]]
"""Field → what the catalogue says of it, and the fields that name the thing it says it of."""
_ROD_NAMES = {
    "mass_kg_per_m": ("diameter_m", "part"),
    "modulus_pa": ("diameter_m", "part"),
    "minimum_tensile_pa": ("grade",),
}


def outlived(paths: Paths, kind: str, lift: str, before: Values, now: Values) -> frozenset[str]:
    """Fields that say still what the catalogue said of what stood there `before`, where another is named."""
    said = _of_unit(paths, before) if kind == "pumping_unit" else _of_installation(paths, lift, before)
    return frozenset(key for key, told in said.items() if _is_outlived(key, told, before, now))


def without_outlived(paths: Paths, before: list[Values], sections: list[Values]) -> list[Values]:
    """The same of each rod, wherever its row stood."""
    known = [(row, _of_rod(paths, row)) for row in before]
    return [
        {
            key: value
            for key, value in section.items()
            if not any(key in said and _is_outlived(key, said[key], row, section) for row, said in known)
            or any(_is_said(key, said.get(key), row, section) for row, said in known)
        }
        for section in sections
    ]


def _is_outlived(key: str, told: tuple[object, tuple[str, ...]], before: Values, now: Values) -> bool:
    value, names = told
    stands = value is not None and before.get(key) == value == now.get(key)
    return stands and any(before.get(name) != now.get(name) for name in names)


def _is_said(key: str, told: tuple[object, tuple[str, ...]] | None, before: Values, now: Values) -> bool:
    """Of the same thing."""
    return (
        told is not None
        and told[0] == now.get(key)
        and all(before.get(name) == now.get(name) for name in told[1])
    )


def _of_rod(paths: Paths, row: Values) -> Said:
    named = {key: row[key] for names in _ROD_NAMES.values() for key in names if key in row}
    (said,) = filling.rods(paths, [named]).rows
    return {key: (said[key], names) for key, names in _ROD_NAMES.items() if key in said}


def _of_unit(paths: Paths, before: Values) -> Said:
    unit = filling.named(paths, PUMPING_UNITS, str(before.get("unit_name", "")))
    if unit is None:
        return {}
    hole, stroke = filling.hole_of(unit, number_of(before, "stroke_m"))
    said: Said = {"stroke_m": (stroke, ("unit_name",))}
    for key, value in unit.as_unit(hole).items():
        said[key.lower()] = value, ("unit_name", "stroke_m")
    return said


def _of_installation(paths: Paths, lift: str, before: Values) -> Said:
    said: Said = {}
    for outer, library in filling.LIBRARIES.items():
        bore, outer_m = before.get(PIPES[outer]), number_of(before, outer)
        if outer_m is not None and bore in filling.bores_of(paths, library, outer_m):
            said[PIPES[outer]] = bore, (outer,)
    if lift != ESP:
        return said
    motor = filling.named(paths, MOTORS, str(before.get("motor", "")))
    if motor is not None:
        said |= {key: (value, ("motor",)) for key, value in filling.ratings(motor, {}).items()}
        current = filling.ratings(motor, before).get("rated_current_a")
        said["rated_current_a"] = current, ("motor", "rated_power_w", "motor_voltage_v")
    cable = filling.named(paths, CABLES, str(before.get("cable", "")))
    if cable is not None:
        said["cable_temperature_limit_k"] = cable.limit_temperature_k, ("cable",)
    return said
