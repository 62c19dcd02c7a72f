"""What else bends a record as rock in two rings does: edges, a part of the thickness, changing storage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.fitting import Fit
from app.analysis.transient.models import Model
from app.analysis.transient.regimes import Regime

Floats = NDArray[np.float64]
EXACT = 0.7
"""Misfit of a model that is the well; where all are farther off, a well along the layer is asked for."""

ENOUGH = 0.25
"""A misfit with which the plain model needs no rival: it is at the gauge's noise."""

HELPED = 0.8
"""A misfit that one fault leaves, over the plain model's, with which a second one is asked for."""

FALL = ("constant_pressure", "circle_constant_pressure")


def relatives(tried: list[Fit], named: tuple[Regime, ...]) -> tuple[Model, ...]:
    """What is asked because of what has come nearest so far.

    Args:
        tried: models laid through a response
        named: its flow regimes
    Returns:
        two edges where the outer rock would be the tighter; a part of the thickness where the derivative
        comes down, by an outer rock that is the wider, by fissures or by a held edge; changing storage with
        the first of these; a horizontal well where the level rises or flow is linear, and nothing is near
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
    rings = nearest.model.edges == "composite"
    tighter = rings and nearest.values["permeability_ratio"] > 1
    if tighter:
        found += [Model(edges="wedge"), Model(edges="channel")]
    elif rings:
        found += [Model(well="partial"), Model(storage="changing")]
    elif nearest.misfit > ENOUGH and (nearest.model.rock != "homogeneous" or nearest.model.edges in FALL):
        found.append(Model(well="partial"))
    if nearest.misfit > EXACT and (tighter or any(one.name == "linear" for one in named)):
        found.append(Model(well="horizontal"))
    known = {one.model for one in tried}
    return tuple(one for one in found if one not in known)


def second_edges(fits: list[Fit]) -> tuple[Model, ...]:
    """A channel, where one fault has helped and nothing is at the gauge's noise yet.

    Args:
        fits: so far, the plain model first
    Returns:
        none where it was tried already
    Valid: any fits.
    Ours: a second edge that is felt late need not make the end rise in a build-up: the misfit must be a fifth
        less with one fault.

    >>> import types
    >>> plain = types.SimpleNamespace(model=Model(), misfit=1.0)
    >>> fault = types.SimpleNamespace(model=Model(edges="fault"), misfit=0.5)
    >>> [one.edges for one in second_edges([plain, fault])]
    ['channel']
    """
    fault = next((one for one in fits if one.model == Model(edges="fault")), None)
    if fault is None or fault.misfit > HELPED * fits[0].misfit or min(one.misfit for one in fits) < ENOUGH:
        return ()
    channel = Model(edges="channel")
    return () if channel in {one.model for one in fits} else (channel,)


def unseen(one: Fit, first_s: float) -> bool:
    """Whether storage had changed before the record began.

    Args:
        one: a fit
        first_s: [s] of the first sample
    Returns:
        then it is the plain well's storage
    Valid: any fit; only storage that changes can be unseen.
    Ours: what is over by then leaves no mark but a start that is off.

    >>> import types
    >>> early = types.SimpleNamespace(model=Model(storage="changing"), values={"storage_time_s": 0.3})
    >>> unseen(early, 3.0), unseen(early, 0.1)
    (True, False)
    """
    return one.model.storage == "changing" and one.values["storage_time_s"] < first_s


def opened_parts(nearest: Fit, model: Model) -> Floats:
    """Where the fit of a partly open well begins.

    k_near/b of a fifth and a little under a half of the thickness, k_v/k_h a fiftieth and a fifth

    Args:
        nearest: what has come nearest so far: its k is that of the open part, or of the whole
        model: of a partly open well
    Returns:
        [as searched] (4, p)
    Valid: any fit.
    Ours: what first flows radially is the open part.

    >>> import types
    >>> values = {"permeability_m2": 1e-14, "wellbore_storage_m3_per_pa": 1e-8}
    >>> begin = opened_parts(types.SimpleNamespace(values=values), Model(well="partial"))
    >>> [round(row["permeability_m2"] * 1e14, 2) for row in map(Model(well="partial").physical, begin)]
    [5.0, 5.0, 2.22, 2.22]
    """
    near = nearest.values
    rows = [
        {
            "permeability_m2": near["permeability_m2"] / opened,
            "wellbore_storage_m3_per_pa": near["wellbore_storage_m3_per_pa"],
            "skin": 0.1,
            "open_share": opened,
            "vertical_anisotropy": squeezed,
        }
        for opened in (0.2, 0.45)
        for squeezed in (0.02, 0.2)
    ]
    return np.array([model.searched(row) for row in rows])
