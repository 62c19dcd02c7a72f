"""Run life in figures that are used side by side and are not the same: each says what it divides by what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
YEAR_DAYS = 365.0


@dataclass(frozen=True)
class RunFigures:
    """Of pumps in a window of days; None where nothing is to be divided by.

    Attributes:
        window_days: [d] how long it is
        worked_days: [d] that pumps stood in the wells within it
        pulls: [-] in it
        failures: [-] of those
        between_pulls_days: [d] МРП: worked days by all pulls
        per_failure_days: [d] СНО: worked days by failures
        of_failed_days: [d] mean life, from its beginning, of those that failed in the window
        of_pulled_days: [d] mean life of all that were pulled in the window, whatever for
    """

    window_days: float
    worked_days: float
    pulls: int
    failures: int
    between_pulls_days: float | None
    per_failure_days: float | None
    of_failed_days: float | None
    of_pulled_days: float | None


def run_figures(
    began_days: Floats, ended_days: Floats, failed: Flags, now_days: float, window_days: float = YEAR_DAYS
) -> RunFigures:
    """The four figures of run life that fields use, over the last days.

    МРП = Σ worked/pulls; СНО = Σ worked/failures; means of (ended − began) of failed and of pulled

    Args:
        began_days: [d] (n,) when each pump was run in or started, on any calendar
        ended_days: [d] (n,) when it was pulled; nan: it runs still
        failed: (n,) whether it was pulled because it had failed
        now_days: [d] the end of the window on the same calendar
        window_days: [d] its length
    Returns:
        with what each was divided by
    Valid: runs of a well do not overlap; what was pulled for another reason counts as worked, not as failed.
    Ours: no one definition is agreed on; fields print each of these as МРП or СНО, so none stands alone.

    >>> began, ended = np.array([0.0, 100.0, 0.0]), np.array([100.0, np.nan, 165.0])
    >>> told = run_figures(began, ended, np.array([True, False, False]), 365.0)
    >>> told.worked_days, told.pulls, told.failures
    (530.0, 2, 1)
    >>> told.between_pulls_days, told.per_failure_days, told.of_failed_days, told.of_pulled_days
    (265.0, 530.0, 100.0, 132.5)
    """
    since = now_days - window_days
    ends = np.where(np.isnan(ended_days), np.inf, ended_days)
    worked = np.clip(np.minimum(ends, now_days) - np.maximum(began_days, since), 0.0, None)
    pulled = (ends > since) & (ends <= now_days)
    broke = pulled & failed
    total, life = float(worked.sum()), ends - began_days
    return RunFigures(
        window_days,
        total,
        int(pulled.sum()),
        int(broke.sum()),
        total / int(pulled.sum()) if pulled.any() else None,
        total / int(broke.sum()) if broke.any() else None,
        float(life[broke].mean()) if broke.any() else None,
        float(life[pulled].mean()) if pulled.any() else None,
    )
