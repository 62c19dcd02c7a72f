"""How much a diagnosis could look at. Lists of wells ask for it before anything else of them is loaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """How many of the rules of a well's lift had what they look at; `missing` names what the others had not,
    the most wanted first: sensors, departures of an ESP, parts of a card.
    """

    looked: int
    of: int
    missing: tuple[str, ...] = ()
