"""Where a figure of a card turns from good to worth watching to acting on: the traffic lights of page and
protocol.
"""

from __future__ import annotations

from app.analysis.cards.figures import CardAnalysis
from app.models.cards import RodSection
from app.models.values import number_of, rows_of

# measure → (watch from, act from); the first larger than the second: low is bad. Shares of 1.
LIMITS = {
    "fillage": (0.85, 0.6),
    "goodman_fraction": (0.9, 1.0),
    "load_fraction": (0.9, 1.0),
    "beam_load_fraction": (0.9, 1.0),
    "system_efficiency": (0.35, 0.2),
}


def light(measure: str, value: float | None) -> str:
    """The traffic light of a figure.

    Args:
        measure: a name of LIMITS
        value: [-] share of 1, or None
    Returns:
        "ok", "watch" or "act"; "" where there is no limit or no value
    Valid: fillage and efficiency are bad when low, the rest when high.
    Ours: LIMITS of page and protocol.

    >>> light("fillage", 0.7), light("goodman_fraction", 1.02), light("fillage", None)
    ('watch', 'act', '')
    """
    if measure not in LIMITS or value is None:
        return ""
    watch, act = LIMITS[measure]
    if watch > act:
        watch, act, value = -watch, -act, -value
    return "act" if value >= act else "watch" if value >= watch else "ok"


def permissible_load_n(rod: RodSection, minimum_load_n: float) -> float | None:
    """Polished rod load at which the top section is fully used.

    F = (T/4 + 0.5625·F_min/A)·SF·A

    Args:
        rod: the top section
        minimum_load_n: [N] F_min of the stroke
    Returns:
        [N] None without the rods' tensile strength
    Valid: as `stress.goodman_fraction`.
    Source: API RP 11BR, modified Goodman diagram.

    >>> rod = RodSection(500.0, 0.022225, 3.31, 2.1e11, 4963.0, 793e6)
    >>> round(permissible_load_n(rod, 20e3) / 1e3, 2)  # 793/4 MPa·3.8795 cm² + 0.5625·20 kN
    88.16
    """
    if rod.minimum_tensile_pa is None:
        return None
    least = minimum_load_n / rod.area_m2
    return (rod.minimum_tensile_pa / 4 + 0.5625 * least) * rod.service_factor * rod.area_m2


def worst_goodman(analysis: CardAnalysis) -> float | None:
    """The section nearest to its limit.

    Args:
        analysis: of a card
    Returns:
        [-] Goodman share; None where no tensile strength is known
    Valid: above 1 overloaded.
    Source: `stress.goodman_fraction`.

    >>> from app.analysis import examples
    >>> 0.1 < worst_goodman(examples.card()) < 1.0
    True
    """
    shares = (number_of(row, "goodman_fraction") for row in rows_of(analysis.measures, "rods"))
    return max((share for share in shares if share is not None), default=None)
