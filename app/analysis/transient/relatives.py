"""What else bends a record as rock in two rings does: edges, a part of the thickness, changing storage."""

from __future__ import annotations

from app.analysis.transient.fitting import Fit
from app.analysis.transient.models import Model
from app.analysis.transient.regimes import Regime

MISSED = 0.7
"""Misfit over which a well along the layer is asked for: so far from a record no model is the well
(`interpret.EXACT`).
"""


def relatives(tried: list[Fit], named: tuple[Regime, ...]) -> tuple[Model, ...]:
    """What is asked because of what has come nearest so far.

    Args:
        tried: models laid through a response
        named: its flow regimes
    Returns:
        two edges where the outer rock would be the tighter, a part of the thickness and changing storage
        where it would be the wider; a horizontal well where flow is linear and nothing is near
    Valid: any response.
    Ours: all of these take the derivative from one level to another; rock in two rings, free in both,
        imitates each of them, and edges imitate the two levels of a horizontal well.

    >>> import types
    >>> rings = types.SimpleNamespace(
    ...     model=Model(edges="composite"), misfit=0.4, values={"permeability_ratio": 3.0}
    ... )
    >>> [one.code for one in relatives([rings], ())]
    ['wedge', 'channel']
    """
    nearest = min(tried, key=lambda one: one.misfit)
    found: list[Model] = []
    if nearest.model.edges == "composite":
        if nearest.values["permeability_ratio"] > 1:
            found += [Model(edges="wedge"), Model(edges="channel")]
        else:
            found += [Model(well="partial"), Model(storage="changing")]
    if nearest.misfit > MISSED and any(one.name == "linear" for one in named):
        found.append(Model(well="horizontal"))
    known = {one.model for one in tried}
    return tuple(one for one in found if one not in known)
