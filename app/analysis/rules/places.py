"""Where on a card an argument shows: said by its rule, drawn by whoever shows the card."""

from app.models.findings import BOTH, DOWN, SURFACE, UP, CardPlace


def up(low: float, high: float) -> CardPlace:
    """A stretch of the upstroke of the pump card.

    Args:
        low: [-] share of the stroke from its bottom, 0 … 1
        high: [-] share of the stroke
    Returns:
        the place
    Valid: low ≤ high; a part beyond 0 … 1 has no points.
    Ours: evidence says itself where it is drawn.

    >>> up(0.1, 0.4).part, up(0.1, 0.4).stroke
    ((0.1, 0.4), 'up')
    """
    return CardPlace((low, high), UP)


def down(low: float, high: float) -> CardPlace:
    """A stretch of the downstroke of the pump card.

    Args:
        low: [-] share of the stroke from its bottom, 0 … 1
        high: [-] share of the stroke
    Returns:
        the place
    Valid: low ≤ high; a part beyond 0 … 1 has no points.
    Ours: evidence says itself where it is drawn.

    >>> down(0.1, 0.4).part, down(0.1, 0.4).stroke
    ((0.1, 0.4), 'down')
    """
    return CardPlace((low, high), DOWN)


def both(low: float, high: float) -> CardPlace:
    """A stretch of both strokes of the pump card.

    Args:
        low: [-] share of the stroke from its bottom, 0 … 1
        high: [-] share of the stroke
    Returns:
        the place
    Valid: low ≤ high; a part beyond 0 … 1 has no points.
    Ours: evidence says itself where it is drawn.

    >>> both(0.1, 0.4).part, both(0.1, 0.4).stroke
    ((0.1, 0.4), 'both')
    """
    return CardPlace((low, high), BOTH)


def at_surface(stroke: str, low: float, high: float) -> CardPlace:
    """A stretch of the surface card.

    Args:
        stroke: which of the two, or both
        low: [-] share of the stroke from its bottom, 0 … 1
        high: [-] share of the stroke
    Returns:
        the place
    Valid: low ≤ high; a part beyond 0 … 1 has no points.
    Ours: without rods only the surface card speaks.

    >>> at_surface("up", 0.0, 0.5).part, at_surface("up", 0.0, 0.5).card
    ((0.0, 0.5), 'surface')
    """
    return CardPlace((low, high), stroke, SURFACE)
