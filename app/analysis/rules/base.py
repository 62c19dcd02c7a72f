"""What a rule is given and what it answers. Rules know neither store nor screen nor clock."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.loads import Loads
from app.analysis.cards.outline import SurfaceShape
from app.analysis.cards.shape import Shape
from app.analysis.esp.baseline import Departures, departures_of
from app.analysis.esp.grid import Grid
from app.analysis.esp.modes import Modes, modes_of
from app.analysis.esp.signature import Episode, Signature, episodes_of
from app.models.findings import Evidence

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """One thing found. An episode has times [µs]; a card's verdict has none: it holds when the card was
    taken.
    """

    severity: str
    confidence: float
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...] = ()
    settled_by: tuple[str, ...] = ()
    from_us: int | None = None
    to_us: int | None = None


@dataclass(frozen=True)
class CardCase:
    """A card analysed; `shape` is None where there is no pump card, then only `surface` can be argued
    from.
    """

    analysis: CardAnalysis
    shape: Shape | None
    surface: SurfaceShape
    loads: Loads | None = None


@dataclass(frozen=True)
class EspCase:
    """One ESP well over a window: its readings on a grid, what the pump was doing, how far it is from its
    baseline.

    `departures` is None when no mode was run long enough to have a baseline: then only sensors are judged.
    """

    grid: Grid
    modes: Modes
    departures: Departures | None

    def verdict(
        self, severity: str, confidence: float, episode: Episode, settled_by: tuple[str, ...], *more: Evidence
    ) -> Verdict:
        return Verdict(
            severity,
            confidence,
            (*episode.evidence, *more),
            episode.against,
            settled_by,
            int(self.grid.time_us[episode.start]),
            int(self.grid.time_us[episode.stop - 1] + self.grid.step_us),
        )

    def found(self, signature: Signature) -> list[Episode]:
        return (
            [] if self.departures is None else episodes_of(signature, self.grid, self.modes, self.departures)
        )

    def told(
        self, signature: Signature, severity: str, settled_by: tuple[str, ...], *, sure: float
    ) -> list[Verdict]:
        """Episodes whose signature alone decides: confidence 0.5 at a score of 0.5, 0.9 at a score of
        `sure`.
        """
        return [
            self.verdict(severity, certainty(episode.score, half=0.5, sure=sure), episode, settled_by)
            for episode in self.found(signature)
        ]

    def lasts(self, episode: Episode) -> bool:
        """Whether the record ends with it, or the pump never ran well after it."""
        rest = np.arange(episode.stop, len(self.grid))
        if self.departures is None or len(rest) == 0:
            return True
        return int(self.departures.steady[rest].sum()) < self.grid.cells(2.0)


@dataclass(frozen=True)
class Rule:
    """`key` is a condition of the domain pages; `needs` says which case it is asked with."""

    key: str
    needs: str
    judge: Callable[..., list[Verdict]] = field(compare=False)


def esp_case(grid: Grid | None) -> EspCase | None:
    """None when nothing tells whether the pump ran."""
    modes = None if grid is None else modes_of(grid)
    if grid is None or modes is None:
        return None
    return EspCase(grid, modes, departures_of(grid, modes))


def certainty(strength: float, *, half: float, sure: float) -> float:
    """Confidence 0.5 at `half`, 0.9 at `sure`, a logistic between and beyond, never above 0.98."""
    slope = math.log(9) / (sure - half)
    return float(min(0.98, 1 / (1 + math.exp(-np.clip(slope * (strength - half), -30, 30)))))
