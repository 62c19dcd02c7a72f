"""Papers of one day about one thing in the well: a passport, a pump curve, a tally. What the newer one says
stands over what was known; what it does not name stays. The laptop and the centre join by this alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose

from app.models.kinds.spec import Kind
from app.models.values import Read, Values

PAYLOAD = "joins"
"""An import's payload says whether it was taken so: before, a record of the same day took the other's place
whole, and stays what it was wherever it is read.
"""
BESIDE = {"curve": ("curve_frequency_hz", "curve_stages")}
"""Field → those that mean something only beside it: told anew, it takes its own along or none."""

LATER = {
    "curve": BESIDE["curve"],
    "sections": ("damping_up", "damping_down"),
    "stroke_m": ("api_r_m",),
    "api_r_m": ("stroke_m",),
    "sheaves": ("strokes_per_s",),
    "counterweights": ("counterbalance_moment_n_m",),
    "unit_motor": ("unit_power_w",),
    "reservoir_pressure_pa": ("datum_m",),
    "viscosity_pa_s": ("viscosities",),
    "viscosities": ("viscosity_pa_s",),
}
"""The same of a record of a later day: told otherwise, the field leaves behind what the one before said of
these.
"""


def joins(kind: Kind, payload: Read) -> bool:
    return kind.joins and payload.get(PAYLOAD) is True


def joined(known: Values, said: Values) -> Values:
    """The values of one record after another paper of it."""
    return _over(known, said, left_behind(known, said, BESIDE))


def followed(kind: Kind, known: Values, said: Values) -> Values:
    """What stands after a record of a later day about the same thing. What a form has by itself is nothing
    that it says.
    """
    told = {
        key: value
        for key, value in said.items()
        if is_empty(known.get(key)) or key not in kind.by_key or value != kind.field(key).default
    }
    return _over(known, told, left_behind(known, told, LATER))


def left_behind(known: Values, said: Values, rule: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Fields of what was known that mean nothing any more beside what is told anew."""
    return {
        beside
        for key, others in rule.items()
        if not is_empty(said.get(key)) and not _alike(known.get(key), said[key])
        for beside in others
    }


def _over(known: Values, said: Values, left: set[str]) -> Values:
    told = {key: value for key, value in said.items() if not is_empty(value)}
    return {key: value for key, value in known.items() if key not in left} | told


def corrected(other: Values, said: Values) -> Values | None:
    """Another record of that moment, of another sheet, where it says otherwise what `said` names; None where
    it does not.
    """
    fields = differing(other, said)
    return joined(other, {key: said[key] for key in fields}) if fields else None


def differing(known: Values, said: Values) -> list[str]:
    """Fields of which both say something, and not the same."""
    return [
        key
        for key, value in said.items()
        if not is_empty(value) and not is_empty(known.get(key)) and not _alike(known[key], value)
    ]


def _alike(one: object, other: object) -> bool:
    """Figures that went through another unit and back are the same."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=1e-6)
    return one == other


def is_empty(value: object) -> bool:
    return value is None or value == "" or value == []
