"""Where on a card an argument shows: said by its rule, drawn by whoever shows the card."""

from app.models.findings import BOTH, DOWN, SURFACE, UP, CardPlace


def up(low: float, high: float) -> CardPlace:
    """A part of the pump card's upstroke, 0 at the bottom of the stroke and 1 at its top."""
    return CardPlace((low, high), UP)


def down(low: float, high: float) -> CardPlace:
    """A part of the downstroke."""
    return CardPlace((low, high), DOWN)


def both(low: float, high: float) -> CardPlace:
    """The same part of both strokes."""
    return CardPlace((low, high), BOTH)


def at_surface(stroke: str, low: float, high: float) -> CardPlace:
    """Of the surface card, where there is no pump card."""
    return CardPlace((low, high), stroke, SURFACE)
