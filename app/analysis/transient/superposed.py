"""A response's rate history as a matrix: from p_D at a few times to the pressure change at every sample.

Superposition and Bourdet's derivative are linear, so both are worked out once for a response; a match then
asks a model for some sixty values, whatever the history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.smooth_curve import along, spline_slopes
from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
A_CYCLE = 6
"""Times in a log cycle: a cubic spline of p_D over ln t is right to 1e-6 by then."""

BLOCK = 4_000
SMOOTHING = 0.15


@dataclass(frozen=True)
class Superposed:
    """What turns p_D into a response.

    Attributes:
        response: whose history it is
        time_s: [s] (g,) where p_D is asked
        change: [-] (n, g) p_D → Δp over q·B·μ/(2π·h)·1/k
        slope: [-] (n, g) p_D → its superposition derivative
    """

    response: Response
    time_s: Floats
    change: Floats
    slope: Floats

    def modelled_pa(self, model: Model, vectors: Floats) -> tuple[Floats, Floats]:
        """Pressure change and derivative of many sets of values.

        Args:
            model: whose
            vectors: [as searched] (b, p)
        Returns:
            [Pa] (b, n), (b, n)
        Valid: as the model.
        Source: superposition, Earlougher, SPE Monograph 5 (1977).

        >>> from app.analysis import examples
        >>> whole = superposed(examples.buildup())
        >>> values = {"permeability_m2": 7.65e-15, "wellbore_storage_m3_per_pa": 1e-8, "skin": 6.37}
        >>> rise, slope = whole.modelled_pa(Model(), Model().searched(values)[None])
        >>> rise.shape, slope.shape
        ((1, 20), (1, 20))
        """
        curve = model.pressure_d(self.time_s, vectors, self.response.formation)
        flat = self.response.formation.slope_pa(abs(self.response.rate_m3_per_s), 1.0)
        height = 2 * flat / np.exp(vectors[:, :1])
        return height * (curve @ self.change.T), height * (curve @ self.slope.T)


def superposed(response: Response, smoothing: float = SMOOTHING) -> Superposed:
    """The matrices of a response.

    Δp = q·B·μ/(2π·k·h)·{p_D(Δt) + Σ Δq_i/q·[p_D(t_i) − p_D(t_i + Δt)]}

    Args:
        response: rates and times; its pressures are not looked at
        smoothing: [-] of the derivative
    Returns:
        for `modelled_pa`
    Valid: any history; times above 0.
    Source: Earlougher, SPE Monograph 5 (1977); Bourdet et al., SPE 12777, 1989.

    >>> from app.analysis import examples
    >>> whole = superposed(examples.buildup())
    >>> whole.change.shape == (20, len(whole.time_s))
    True
    """
    time_s = response.time_s
    before = np.array([at for at, _ in response.steps])
    share = np.array([change for _, change in response.steps]) / response.rate_m3_per_s
    first = min(float(time_s[0]), *(before.tolist() or [np.inf]))
    last = float(time_s[-1]) + (float(before.max()) if len(before) else 0.0)
    count = max(int(A_CYCLE * np.log10(last / first)) + 2, 8)
    grid = np.geomspace(first, last, count)
    knots, each = np.log(grid), np.eye(count)
    slopes_there = spline_slopes(knots, each)

    def spline(at: Floats) -> Floats:
        return along(at, knots, each, slopes_there)

    matrix = spline(np.log(time_s))
    for i in range(0, len(before), max(1, BLOCK // len(time_s))):
        part = slice(i, i + max(1, BLOCK // len(time_s)))
        matrix = matrix + share[part] @ spline(np.log(before[part]))
        later = np.clip(before[part, None] + time_s[None], first, last)
        matrix = matrix - np.tensordot(share[part], spline(np.log(later)), axes=1)
    slopes = [derivative_pa(response, smoothing, column) for column in matrix.T]
    return Superposed(response, grid, matrix, np.array(slopes).T)


def change_pa(response: Response, model: Model, values: dict[str, float]) -> Floats:
    """Pressure change of a model with these rates.

    Args:
        response: its rates, times and formation; its pressures are not looked at
        model: which
        values: of its parameters by name [unit of the name]
    Returns:
        [Pa] (n,)
    Valid: as the model.
    Source: as `superposed`.

    >>> from app.analysis import examples
    >>> lee = at_times(examples.buildup(), np.array([36_000.0]))
    >>> values = {"permeability_m2": 7.65e-15, "wellbore_storage_m3_per_pa": 1e-8, "skin": 6.37}
    >>> round(float(change_pa(lee, Model(), values)[0]) / examples.PSI)  # Lee's line at 10 h: 822
    820
    """
    return superposed(response).modelled_pa(model, model.searched(values)[None])[0][0]


def at_times(response: Response, time_s: Floats) -> Response:
    """The same history asked at other times.

    Args:
        response: whose rates and formation
        time_s: [s] (n,) after the change
    Returns:
        without pressures
    Valid: times above 0 and rising.
    Ours: to look beyond the end of a test.

    >>> from app.analysis import examples
    >>> len(at_times(examples.buildup(), np.array([1.0, 2.0])).time_s)
    2
    """
    return replace(response, time_s=time_s, pressure_pa=np.zeros(len(time_s)))
