"""What a rule is given and what it answers. Rules know neither store nor screen nor clock."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.loads import Loads
from app.analysis.cards.outline import SurfaceShape, vector
from app.analysis.cards.shape import Shape
from app.analysis.esp.baseline import Departures, departures_of
from app.analysis.esp.grid import Grid
from app.analysis.esp.modes import Modes, modes_of
from app.analysis.esp.signature import Episode, Signature, episodes_of
from app.models.findings import Evidence

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """One thing found.

    Attributes:
        severity: info, watch, act or stop
        confidence: [-] 0 … 1
        evidence: what speaks for it
        against: what speaks against it
        settled_by: codes of checks that would settle it
        from_us: [µs] of an episode; None for a card: it holds when the card was taken
        to_us: [µs]
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
    """A card, as rules are asked of it.

    Attributes:
        analysis: of the card
        shape: None where there is no pump card, then only `surface` can be argued from
        surface: the outline of the surface card
        loads: None without rods
    """

    analysis: CardAnalysis
    shape: Shape | None
    surface: SurfaceShape
    loads: Loads | None = None

    @cached_property
    def seen(self) -> Floats:
        """What the ranker sees of a pump card, made once [-]."""
        assert self.shape is not None
        assert self.loads is not None
        return vector(self.shape, self.loads, self.analysis)


@dataclass(frozen=True)
class EspCase:
    """One ESP well over a window.

    Attributes:
        grid: its readings
        modes: what the pump was doing
        departures: None when no mode was run long enough to have a baseline: then only sensors are judged
    """

    grid: Grid
    modes: Modes
    departures: Departures | None

    def verdict(
        self, severity: str, confidence: float, episode: Episode, settled_by: tuple[str, ...], *more: Evidence
    ) -> Verdict:
        """An episode as a verdict, with its times.

        Args:
            severity: info, watch, act or stop
            confidence: [-] 0 … 1
            episode: that was found
            settled_by: codes of checks
            more: evidence beside the episode's own
        Returns:
            from the episode's first cell to the end of its last
        Valid: an episode of this grid.
        Ours: what every ESP rule ends with.

        >>> from app.analysis import examples
        >>> case = examples.esp()
        >>> told = case.verdict("watch", 0.8, Episode(0, 48, 0.8, 0.0, (), ()), ("flow_test",))
        >>> told.to_us // 86_400_000_000
        1
        """
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
        """Episodes in which a signature holds.

        Args:
            signature: of a condition
        Returns:
            none without a baseline
        Valid: as `episodes_of`.
        Source: `signature.episodes_of`.

        >>> from app.analysis import examples
        >>> from app.analysis.rules.esp_deadhead import SIGNATURE
        >>> examples.esp().found(SIGNATURE)
        []
        """
        return (
            [] if self.departures is None else episodes_of(signature, self.grid, self.modes, self.departures)
        )

    def told(
        self, signature: Signature, severity: str, settled_by: tuple[str, ...], *, sure: float
    ) -> list[Verdict]:
        """Episodes whose signature alone decides, as verdicts.

        `certainty` of the score: 0.5 at 0.5, 0.9 at `sure`

        Args:
            signature: of a condition
            severity: of all of them
            settled_by: codes of checks
            sure: [-] score at which the confidence is 0.9
        Returns:
            one verdict an episode
        Valid: as `episodes_of`.
        Ours: most conditions need no more than this.

        >>> from app.analysis import examples
        >>> from app.analysis.rules.esp_deadhead import SIGNATURE
        >>> shut = examples.esp({"wellhead_pressure": 2.5, "liquid_rate": 0.01})
        >>> [verdict.severity for verdict in shut.told(SIGNATURE, "stop", (), sure=0.85)]
        ['stop']
        """
        return [
            self.verdict(severity, certainty(episode.score, half=0.5, sure=sure), episode, settled_by)
            for episode in self.found(signature)
        ]

    def lasts(self, episode: Episode) -> bool:
        """Whether the record ends with an episode, or the pump never ran well after it.

        Args:
            episode: that was found
        Returns:
            True with under two hours of running after it
        Valid: any.
        Ours: a shaft does not heal; gas goes.

        >>> from app.analysis import examples
        >>> case = examples.esp()
        >>> case.lasts(Episode(0, 48, 1.0, 0.0, (), ())), case.lasts(Episode(960, 1008, 1.0, 0.0, (), ()))
        (False, True)
        """
        rest = np.arange(episode.stop, len(self.grid))
        if self.departures is None or len(rest) == 0:
            return True
        return int(self.departures.steady[rest].sum()) < self.grid.cells(2.0)


@dataclass(frozen=True)
class Rule:
    """A condition and who judges it.

    Attributes:
        key: condition of the domain pages
        needs: which case it is asked with: card, esp, or model (`ModelResults`)
        judge: case → verdicts
        inputs: what it looks at, each as alternatives of which one is enough: names of `analysis.sight`
    """

    key: str
    needs: str
    judge: Callable[..., list[Verdict]] = field(compare=False)
    inputs: tuple[tuple[str, ...], ...] = ()


def esp_case(grid: Grid | None) -> EspCase | None:
    """A well's readings as a case for the ESP rules.

    Args:
        grid: or None
    Returns:
        None when nothing tells whether the pump ran
    Valid: as `modes_of` and `departures_of`.
    Ours: everything a rule looks at, made once.

    >>> from app.analysis import examples
    >>> esp_case(examples.esp().grid).departures is not None, esp_case(None)
    (True, None)
    """
    modes = None if grid is None else modes_of(grid)
    if grid is None or modes is None:
        return None
    return EspCase(grid, modes, departures_of(grid, modes))


def certainty(strength: float, *, half: float, sure: float) -> float:
    """Confidence of a strength.

    1/(1 + exp(−ln 9·(x − half)/(sure − half))), 0.98 at most

    Args:
        strength: [any] x
        half: [as strength] at which it is 0.5
        sure: [as strength] at which it is 0.9
    Returns:
        [-] 0 … 0.98
    Valid: any; `sure` under `half` turns it round.
    Ours: a logistic: a rule names the two sizes that an engineer can argue about.

    >>> [round(certainty(x, half=1.0, sure=2.0), 2) for x in (0.0, 1.0, 2.0, 9.0)]
    [0.1, 0.5, 0.9, 0.98]
    """
    slope = math.log(9) / (sure - half)
    # A thousand clips of single numbers by NumPy would be a tenth of a card's time.
    return min(0.98, 1 / (1 + math.exp(-min(max(slope * (strength - half), -30.0), 30.0))))
