"""Rock of two kinds, fissures that carry and blocks that hold: f(u), by which the image of time is stretched.

With p̄_D = G(v)/u and v = u·f(u) every well's solution holds for such rock too. ω is the share of the whole
storage that the fissures have, λ = α·k_m/k_f·r_w² how readily the blocks give.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def pseudo_steady(u: Floats, fissures: Floats, exchange: Floats) -> Floats:
    """Blocks that give by the difference of mean pressures.

    f = [ω·(1 − ω)·u + λ]/[(1 − ω)·u + λ]

    Args:
        u: [-] (...,)
        fissures: [-] (...,) ω, 0 … 1
        exchange: [-] (...,) λ in the unit of u
    Returns:
        [-] (...,) between ω and 1
    Valid: as all of double porosity: blocks small against the formation.
    Source: Warren and Root, SPEJ 1963.

    >>> f = pseudo_steady(np.array([1e6, 1e-12]), np.array(0.1), np.array(1e-6))
    >>> np.round(f, 3).tolist()  # early the fissures alone, late both
    [0.1, 1.0]
    """
    blocks = (1 - fissures) * u
    found: Floats = (fissures * blocks + exchange) / (blocks + exchange)
    return found


def slabs(u: Floats, fissures: Floats, exchange: Floats) -> Floats:
    """Blocks in layers, in which pressure spreads.

    f = ω + √(λ·(1 − ω)/(3u))·tanh √(3·(1 − ω)·u/λ)

    Args:
        u: [-] (...,)
        fissures: [-] (...,) ω, 0 … 1
        exchange: [-] (...,) λ in the unit of u
    Returns:
        [-] (...,) between ω and 1
    Valid: as `pseudo_steady`.
    Source: de Swaan, SPEJ 1976; Serra, Reynolds and Raghavan, JPT 1983.

    >>> round(float(slabs(np.array(1e-12), np.array(0.1), np.array(1e-6))), 3)
    1.0
    """
    depth = np.sqrt(3 * (1 - fissures) * u / exchange)
    found: Floats = fissures + (1 - fissures) * np.tanh(depth) / depth
    return found


def spheres(u: Floats, fissures: Floats, exchange: Floats) -> Floats:
    """Blocks like balls, in which pressure spreads.

    f = ω + λ/(5u)·[√(15·(1 − ω)·u/λ)·coth √(15·(1 − ω)·u/λ) − 1]

    Args:
        u: [-] (...,)
        fissures: [-] (...,) ω, 0 … 1
        exchange: [-] (...,) λ in the unit of u
    Returns:
        [-] (...,) between ω and 1
    Valid: as `pseudo_steady`.
    Source: de Swaan, SPEJ 1976; Bourdet, Well Test Analysis (Elsevier, 2002), ch. 4.

    >>> round(float(spheres(np.array(1e-12), np.array(0.1), np.array(1e-6))), 3)
    1.0
    """
    depth = np.sqrt(15 * (1 - fissures) * u / exchange)
    # x·coth x − 1 is lost in rounding below 1e-3: there it is x²/3 − x⁴/45.
    safe = np.maximum(depth, 1e-3)
    curved = np.where(depth < 1e-3, depth**2 / 3 - depth**4 / 45, safe / np.tanh(safe) - 1)
    found: Floats = fissures + exchange / (5 * u) * curved
    return found
