"""What each figure is made of, and what is taken for what nobody told: one table.

An input goes by its path in the words of domain/card-format: `rods.minimum_tensile_pa` is known when every
rod has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.analysis.cards import pressures, strings
from app.analysis.cards.usual_unit import as_usual
from app.core.plain import JsonObject
from app.models.values import Read, number_of, part_of, rows_of
from app.models.wells import ESP, SRP

Equipment = Read
API_NEEDED = "ACKPR"

INPUTS: dict[str, tuple[str, str]] = {
    "rods": ("rod_string", "sections"),
    "rods.minimum_tensile_pa": ("rod_string", "minimum_tensile_pa"),
    "rods.mass_kg_per_m": ("rod_string", "mass_kg_per_m"),
    "rods.modulus_pa": ("rod_string", "wave_speed_m_per_s"),
    "damping": ("rod_string", "damping_up"),
    "pump.depth_m": ("installation", "depth_m"),
    "pump.plunger_diameter_m": ("installation", "plunger_diameter_m"),
    "pump_type": ("installation", "pump_type"),
    "stages": ("installation", "stages"),
    "rated_current_a": ("installation", "rated_current_a"),
    "tubing.anchored": ("installation", "tubing_anchored"),
    "tubing.pressure_pa": ("head_pressures", "tubing_pressure_pa"),
    "casing.pressure_pa": ("head_pressures", "casing_pressure_pa"),
    "unit.api": ("pumping_unit", "api_a_m"),
    "unit.dimensions": ("pumping_unit", "api_a_m"),
    "unit.counterbalance_moment_n_m": ("pumping_unit", "counterbalance_moment_n_m"),
    "unit.gearbox_rating_n_m": ("pumping_unit", "gearbox_rating_n_m"),
    "unit.beam_rating_n": ("pumping_unit", "beam_rating_n"),
    "fluid.density": ("fluid", "water_cut"),
    "fluid.viscosity_pa_s": ("fluid", "viscosity_pa_s"),
    "survey": ("survey", "stations"),
    "well_test.runtime_s": ("flow_test", "runtime_s"),
}
"""Path → the kind of record and the field where it is entered."""

_PUMP = ("rods", "pump.depth_m", "pump.plunger_diameter_m")
_INTAKE = (*_PUMP, "tubing.pressure_pa")
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    SRP: {
        "fillage": ("rods",),
        "fluid_load_n": ("rods",),
        "net_stroke_m": ("rods",),
        "goodman_fraction": ("rods", "rods.minimum_tensile_pa"),
        "inferred_liquid_m3_per_s": _PUMP,
        "pump_intake_pressure_pa": _INTAKE,
        "leakage_m3_per_s": _INTAKE,
        "system_efficiency": _INTAKE,
        "fluid_above_pump_m": (*_INTAKE, "casing.pressure_pa"),
        "gearbox": ("unit.api",),
        "gearbox_fraction": ("unit.api", "unit.gearbox_rating_n_m"),
        "beam_load_fraction": ("unit.beam_rating_n",),
    },
    ESP: {
        "operating_point": ("pump_type", "stages"),
        "head_loss_fraction": ("pump_type", "stages"),
        "motor_load": ("rated_current_a",),
    },
}
"""Lift → measure → what it cannot be had without."""


def _wave_speeds(equipment: Equipment) -> JsonObject:
    rods = [strings.section(**_given(rod)) for rod in rows_of(equipment, "rods")]
    return {"speed": min(rod.wave_speed_m_per_s for rod in rods)}


def _given(rod: Read) -> dict[str, float]:
    told = ("length_m", "diameter_m", "mass_kg_per_m", "modulus_pa", "wave_speed_m_per_s")
    return {key: number for key in told if (number := number_of(rod, key)) is not None}


TAKEN: dict[str, Callable[[Equipment], JsonObject]] = {
    "rods.modulus_pa": _wave_speeds,
    "rods.mass_kg_per_m": lambda equipment: {},
    "damping": lambda equipment: {},
    "tubing.anchored": lambda equipment: {},
    "unit.dimensions": lambda equipment: {},
    "unit.counterbalance_moment_n_m": lambda equipment: {},
    "fluid.density": lambda equipment: {"density": 950.0},
    "fluid.viscosity_pa_s": lambda equipment: {"viscosity": pressures.USUAL_VISCOSITY_PA_S},
    "survey": lambda equipment: {},
    "well_test.runtime_s": lambda equipment: {},
}
"""Input → what its sentence says of what is taken instead (texts: `taken.<path>`)."""
MATTERS = {
    "rods.modulus_pa": ("rods",),
    "rods.mass_kg_per_m": ("rods",),
    "damping": ("rods",),
    "survey": ("rods",),
    "fluid.density": ("rods",),
    "tubing.anchored": _PUMP,
    "unit.dimensions": ("unit.api",),
    "unit.counterbalance_moment_n_m": ("unit.api",),
    "fluid.viscosity_pa_s": _INTAKE,
    "well_test.runtime_s": _PUMP,
}
"""Input → what must be there before it matters that something was taken for it."""


@dataclass(frozen=True)
class Gap:
    """Something that nobody told.

    Attributes:
        path: of the input
        kind: of the record where it is entered
        field: of that record
        lost: measures that cannot be had without it
        taken: what the sentence says of what is taken instead; None where nothing can be
    """

    path: str
    kind: str
    field: str
    lost: tuple[str, ...] = ()
    taken: JsonObject | None = None


def gaps(equipment: Equipment, lift: str) -> list[Gap]:
    """What is missing for which figure, and what is taken for it.

    Args:
        equipment: in the words of domain/card-format
        lift: of the well
    Returns:
        what costs figures first, in the order of the table; nothing for a lift whose figures need nothing
    Valid: any equipment, also none.
    Ours: the table NEEDS.

    >>> [gap.path for gap in gaps({"rods": [{"length_m": 900.0, "diameter_m": 0.019}]}, "srp")][:3]
    ['rods.minimum_tensile_pa', 'pump.depth_m', 'pump.plunger_diameter_m']
    >>> gaps({}, "flowing")
    []
    """
    if lift not in NEEDS and equipment.get("rods"):
        lift = SRP  # nobody told the lift, but rods say it
    needs = NEEDS.get(lift, {})
    lost: dict[str, list[str]] = {}
    for measure, paths in needs.items():
        for path in paths:
            if not known(equipment, path) and not _follows(path, equipment):
                lost.setdefault(path, []).append(measure)
    missing = [Gap(path, *INPUTS[path], tuple(measures)) for path, measures in lost.items()]
    if lift != SRP:
        return missing
    assumed = [
        Gap(path, *INPUTS[path], (), taken(equipment))
        for path, taken in TAKEN.items()
        if not known(equipment, path) and all(known(equipment, other) for other in MATTERS[path])
    ]
    return missing + assumed


def known(equipment: Equipment, path: str) -> bool:
    """Whether an input was told.

    Args:
        equipment: in the words of domain/card-format
        path: one of INPUTS
    Returns:
        of rods: of every one of them
    Valid: any equipment.
    Ours: either of wave speed and modulus gives the other; either of water cut and oil gives a density; a
        conventional unit whose gearbox is known is taken as a usual one (`cards.usual_unit`).

    >>> known({"rods": [{"wave_speed_m_per_s": 4968.0}]}, "rods.modulus_pa")
    True
    """
    if path in ("unit.api", "unit.dimensions"):
        unit = part_of(equipment, "unit")
        measured = all(unit.get(f"api_{letter}_m") is not None for letter in API_NEEDED)
        return measured or (path == "unit.api" and as_usual(unit, 1.0) is not None)
    if path == "fluid.density":
        fluid = part_of(equipment, "fluid")
        return any(fluid.get(key) is not None for key in ("water_cut", "oil_relative_density", "oil_api"))
    if path.startswith("rods."):
        key = path.removeprefix("rods.")
        same = ("modulus_pa", "wave_speed_m_per_s") if key == "modulus_pa" else (key,)
        rods = rows_of(equipment, "rods")
        return bool(rods) and all(any(rod.get(one) is not None for one in same) for rod in rods)
    place: object = equipment
    for name in path.split("."):
        place = place.get(name) if isinstance(place, Mapping) else None
    return place not in (None, "", [], {})


def _follows(path: str, equipment: Equipment) -> bool:
    """Of rods that are not there nobody asks the tensile strength."""
    return path.startswith("rods.") and not known(equipment, "rods")
