"""What a model said of a well beside what was measured there: how far off, and whether it drifts away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.few import theil_sen

Floats = NDArray[np.float64]
LEAST_FOR_DRIFT = 3
DAY_US = 86_400e6


@dataclass(frozen=True)
class Misfit:
    """How far a model is from what was measured.

    Attributes:
        n: [-] moments at which something was measured
        difference: [SI unit of the quantity] median of model less measured
        share: [-] the same of what was measured; None where zero is no natural beginning
        drift: [SI unit of the quantity, a day] how the difference grows; None below three moments
    """

    n: int
    difference: float
    share: float | None
    drift: float | None


@dataclass(frozen=True)
class Modelled:
    """One quantity of one case of a model.

    Attributes:
        model: its name
        version: of the model, as the file spells it
        scenario: the case
        of: key of the sensor that measures the quantity
        time_us: [µs] (n,) moments of the results
        value: [SI unit of the quantity] (n,)
        measured: [SI unit of the quantity] (n,), NaN where nothing was measured
        misfit: None where nothing was measured at all
    """

    model: str
    version: str
    scenario: str
    of: str
    time_us: NDArray[np.int64]
    value: Floats
    measured: Floats
    misfit: Misfit | None

    @property
    def case(self) -> str:
        """Model, version and scenario, as they are named together."""
        return " ".join(part for part in (self.model, self.version, self.scenario) if part)


@dataclass(frozen=True)
class NotCompared:
    """A result that stands beside nothing.

    Attributes:
        quantity: as the file names it
        unit: as the file spells it
        why: quantity (nothing measured is called so), no_unit, or unit (not one of that quantity)
    """

    quantity: str
    unit: str
    why: str


@dataclass(frozen=True)
class ModelResults:
    """All that models said of a well.

    Attributes:
        series: by case and quantity
        left: what of it could not be compared with anything measured
    """

    series: tuple[Modelled, ...] = ()
    left: tuple[NotCompared, ...] = ()


def of_liquid(results: ModelResults) -> list[Modelled]:
    """The cases that say how much liquid the well gives.

    those whose quantity the liquid rate measures

    Args:
        results: of a well
    Returns:
        in the order of the results
    Valid: any well.
    Ours: what stands beside flow tests.

    >>> of_liquid(ModelResults())
    []
    """
    return [one for one in results.series if one.of == "liquid_rate"]


def misfit(time_us: NDArray[np.int64], model: Floats, measured: Floats, *, shares: bool) -> Misfit | None:
    """How far a model is from what was measured.

    d = model − measured; its median, the median of d/measured, and the Theil–Sen slope of d over time

    Args:
        time_us: moments of the model's results [µs], (n,)
        model: what it gives [SI unit of the quantity], (n,)
        measured: at the same moments, NaN where nothing was measured [SI unit of the quantity], (n,)
        shares: the quantity has a natural zero (a rate, an absolute pressure)
    Returns:
        None where nothing was measured
    Valid: any quantity; medians, so that one bad measurement of three does not lead.
    Source: P. K. Sen, J. Am. Stat. Assoc. 63 (1968) 1379 for the slope.

    >>> days = np.arange(3) * 86_400_000_000
    >>> found = misfit(days, np.array([11.0, 12.0, 13.0]), np.full(3, 10.0), shares=True)
    >>> (found.difference, found.share, round(found.drift, 9))
    (2.0, 0.2, 1.0)
    """
    known = np.isfinite(model) & np.isfinite(measured)
    if not known.any():
        return None
    difference, at = (model - measured)[known], time_us[known] / DAY_US
    share = None
    if shares and (measured[known] > 0).all():
        share = float(np.median(difference / measured[known]))
    return Misfit(len(difference), float(np.median(difference)), share, _slope(at, difference))


def _slope(at: Floats, value: Floats) -> float | None:
    return theil_sen(at, value)[0] if len(np.unique(at)) >= LEAST_FOR_DRIFT else None
