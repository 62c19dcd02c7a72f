"""Which parts of a surface card carried what its model says: each part is put out of sight, and the answer is
asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import ALONG, CURVES, OUTLINE_SIZE, STEPS, SURFACE_SIZE
from app.analysis.cards.shape import GRID
from app.models.findings import DOWN, SURFACE, UP, CardPlace

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
QUARTERS = tuple((quarter / 4, (quarter + 1) / 4) for quarter in range(4))
PARTS = tuple((stroke, part) for stroke in (UP, DOWN) for part in QUARTERS)
_CORNER = {(DOWN, 3): 1, (UP, 0): 2, (DOWN, 0): 3, (UP, 3): 4}
"""Stroke and quarter → which figure of `outline.SurfaceShape` is the corner that lies there."""
_DOWN, _CORNERS_AT, _PLACE = ALONG, 2 * ALONG, 2 * ALONG + 8
_LOAD, _LOAD_BY_TIME = _PLACE + ALONG, _PLACE + 2 * ALONG
"""Where `outline.surface_vector` has the loads of the downstroke, area and corners, and the places and loads
along the outline and the loads over its time.
"""
LEAST_SHARE = 0.2
"""Of the chance: what takes less of it did not carry it."""
MOST = 2


@dataclass(frozen=True)
class Carried:
    """A part of a surface card without which an answer would be less likely.

    Attributes:
        place: on the card
        share: [-] of the chance that goes with it
    """

    place: CardPlace
    share: float


def carried(
    row: Floats, chances: Callable[[Floats], Floats], usual: Floats, columns: list[int]
) -> list[tuple[Carried, ...]]:
    """What carried some answers of a model of outlines.

    share = 1 − chance without the part / chance; without: the loads of a quarter of a stroke are those that
    the cards which taught the model have there on average

    Args:
        row: [-] (OUTLINE_SIZE,) of `outline_row`
        chances: (n, inputs) → [-] (n, outputs) of the model
        usual: [-] (inputs,) the mean of the cards that taught it
        columns: [-] which of its outputs are asked about
    Returns:
        of each: two parts at most, the heaviest first; none where no part took a fifth of it
    Valid: any card; parts that say the same hide each other.
    Source: M. D. Zeiler, R. Fergus, Visualizing and Understanding Convolutional Networks (ECCV 2014), by
        covering parts; here quarters of both strokes.

    >>> seen = np.zeros(OUTLINE_SIZE)
    >>> seen[24 + 23] = 1.0  # load at the top of the downstroke
    >>> told = carried(seen, lambda rows: rows[:, 47:48], np.zeros(OUTLINE_SIZE), [0])
    >>> [(one.place.stroke, one.place.part, one.share) for one in told[0]]
    [('down', (0.75, 1.0), 1.0)]
    """
    count = len(usual)
    hidden = np.array([np.where(mask, usual, row[:count]) for mask in masks(row)[:, :count]])
    said = chances(np.vstack((row[:count], hidden)))[:, columns]
    shares = 1 - said[1:] / np.maximum(said[0], 1e-12)
    return [_heaviest(shares[:, column]) for column in range(len(columns))]


def _heaviest(shares: Floats) -> tuple[Carried, ...]:
    order = [int(i) for i in np.argsort(-shares) if shares[i] >= LEAST_SHARE][:MOST]
    return tuple(Carried(CardPlace(PARTS[i][1], PARTS[i][0], SURFACE), float(shares[i])) for i in order)


def masks(row: Floats) -> Mask:
    """Which inputs are loads of which part.

    Args:
        row: [-] (OUTLINE_SIZE,) of `outline_row`
    Returns:
        (len(PARTS), OUTLINE_SIZE)
    Valid: any card.
    Ours: goes with `surface_vector` and `surface_curves`.

    >>> masks(np.zeros(OUTLINE_SIZE)).shape == (8, OUTLINE_SIZE)
    True
    """
    found = np.zeros((len(PARTS), OUTLINE_SIZE), bool)
    grid = GRID[::4][:ALONG]
    place_t, _, place_w, _ = row[SURFACE_SIZE:].reshape(CURVES, STEPS)
    loads = (
        (_LOAD, row[_PLACE : _PLACE + ALONG]),
        (_LOAD_BY_TIME, place_t[np.arange(ALONG) * STEPS // ALONG]),
        (SURFACE_SIZE + STEPS, place_t),
        (SURFACE_SIZE + 3 * STEPS, place_w),
    )
    for index, (stroke, (low, high)) in enumerate(PARTS):
        start = 0 if stroke == UP else _DOWN
        found[index, start : start + ALONG] = (grid >= low) & (grid < high)
        if (corner := _CORNER.get((stroke, index % 4))) is not None:
            found[index, _CORNERS_AT + corner] = True
        for at, place in loads:
            found[index, at : at + len(place)] = _within(place, stroke, low, high)
    return found


def _within(place: Floats, stroke: str, low: float, high: float) -> Mask:
    """Steps from the bottom of the stroke on."""
    rising = np.arange(len(place)) <= int(np.argmax(place))
    share = place - place.min()
    return (share >= low) & ((share < high) | (high == 1.0)) & (rising if stroke == UP else ~rising)
