"""From the names of our figures, which end in their unit, to names without it and the quantity."""

from __future__ import annotations

from dataclasses import dataclass

# ending → quantity of core/units, and what one of it is in SI; the longest ending that fits counts
_ENDINGS: dict[str, tuple[str, float]] = {
    "_m3_per_s_pa": ("productivity", 1.0),
    "_kg_per_m": ("linear_mass", 1.0),
    "_m_per_s": ("speed", 1.0),
    "_pa_s": ("viscosity", 1.0),
    "_rad": ("angle", 1.0),
    "_m3_per_pa": ("storage", 1.0),
    "_m3_per_s_per_pa": ("productivity", 1.0),
    "_m3_per_s": ("rate", 1.0),
    "_m3_per_d": ("rate", 1 / 86_400.0),
    "_kg_per_s": ("mass_rate", 1.0),
    "_kg": ("mass", 1.0),
    "_m3": ("volume", 1.0),
    "_m2": ("permeability", 1.0),
    "_n_m": ("torque", 1.0),
    "_pa": ("pressure", 1.0),
    "_m": ("length", 1.0),
    "_n": ("load", 1.0),
    "_w": ("power", 1.0),
    "_s": ("seconds", 1.0),
}


@dataclass(frozen=True)
class Figure:
    """`key` as the program has it, `name` as it is handed out; SI = value · `si`."""

    key: str
    name: str
    quantity: str
    si: float = 1.0


def figure_of(key: str) -> Figure:
    """A figure without a unit in its name is a share or a plain number.

    >>> figure_of("pump_intake_pressure_pa").name, figure_of("pump_intake_pressure_pa").quantity
    ('pump_intake_pressure', 'pressure')
    """
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if key.endswith(ending):
            quantity, si = _ENDINGS[ending]
            return Figure(key, key.removesuffix(ending), quantity, si)
    return Figure(key, key, "number")
