"""Papers of one day about one thing in the well: a passport, a pump curve, a tally. What the newer one says
stands over what was known; what it does not name stays. The laptop and the centre join by this alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose
from typing import Any

from app.models.kinds.spec import Kind

PAYLOAD = "joins"
"""An import's payload says whether it was taken so: before, a record of the same day took the other's place
whole, and stays what it was wherever it is read.
"""
BESIDE = {"curve": ("curve_frequency_hz", "curve_stages")}
"""Field → those that mean something only beside it: told anew, it takes its own along or none."""

Values = dict[str, Any]


def joins(kind: Kind, payload: Mapping[str, Any]) -> bool:
    return kind.joins and payload.get(PAYLOAD) is True


def joined(known: Values, said: Values) -> Values:
    """The values of one record after another paper of it."""
    told = {key: value for key, value in said.items() if not is_empty(value)}
    left_behind = {
        beside
        for key, others in BESIDE.items()
        if key in told and told[key] != known.get(key)
        for beside in others
    }
    return {key: value for key, value in known.items() if key not in left_behind} | told


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
