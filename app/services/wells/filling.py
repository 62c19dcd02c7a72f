"""What the catalogue knows of a unit by its name and of rods by their size and grade: it fills in what nobody
has typed, and nothing else.
"""

from __future__ import annotations

from typing import Any

from app.analysis.catalogue.pumping_units import PUMPING_UNITS, PumpingUnit
from app.analysis.catalogue.rods import ROD_GRADES, RODS
from app.analysis.catalogue.spelling import parts
from app.core.paths import Paths
from app.services.wells.catalogue import equipment

SAME_SIZE_M = 0.5e-3
Values = dict[str, Any]


def unit(paths: Paths, values: Values) -> Values:
    """Dimensions and ratings of the unit that is named; the crank hole whose stroke is nearest to the one
    told. Raises KnownError (catalogue_unknown) with the nearest names.
    """
    found = equipment(paths, PUMPING_UNITS).find(str(values.get("unit_name", "")))
    hole, stroke = _hole(found.item, values.get("stroke_m"))
    told = {key.lower(): value for key, value in found.item.as_unit(hole).items()}
    # A geometry stands in every form: the catalogue's is the one that goes with its dimensions.
    return {"stroke_m": stroke, **told, **values, "geometry": found.item.geometry, "unit_name": found.name}


def _hole(item: PumpingUnit, stroke_m: float | None) -> tuple[int, float]:
    strokes = item.strokes_m or item.computed_strokes_m() or (item.stroke_m,)
    wanted = strokes[0] if stroke_m is None else stroke_m
    hole = min(range(len(strokes)), key=lambda number: abs(strokes[number] - wanted))
    return hole, strokes[hole]


def rods(paths: Paths, sections: list[Values]) -> list[Values]:
    """Mass and modulus by size, tensile strength by grade."""
    sizes, grades = list(equipment(paths, RODS)), equipment(paths, ROD_GRADES)
    filled = []
    for section in sections:
        bars = section.get("part") == "sinker_bars"
        known: Values = {}
        for found in sizes:
            same = abs(found.item.diameter_m - section.get("diameter_m", 0.0)) < SAME_SIZE_M
            if same and (found.item.role == "sinker_bar") == bars:
                known = {"mass_kg_per_m": found.item.mass_kg_per_m, "modulus_pa": found.item.modulus_pa}
                break
        grade = grades.spelt.get(ROD_GRADES.same(parts(str(section.get("grade", "")))))
        if grade is not None:  # a maker's own says nothing here
            known["minimum_tensile_pa"] = grades.entries[grade].item.minimum_tensile_pa
        filled.append(known | section)
    return filled


def unit_names(paths: Paths) -> list[str]:
    return [found.name for found in equipment(paths, PUMPING_UNITS)]
