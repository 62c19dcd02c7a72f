"""Bessel functions K₀ and K₁ without waiting for SciPy: a report needs only these two of it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BETWEEN = 2.0
"""Below it the series, above it the Chebyshev polynomial in 4/x − 1."""

TERMS, DEGREE = 12, 20
EULER = 0.5772156649015329


def scaled(x: Floats) -> tuple[Floats, Floats]:
    """K₀ and K₁, both times e^x, so that they never vanish.

    series in (x/2)² up to 2; beyond, ∫ e^{−x(cosh t − 1)}·cosh νt dt laid through by Chebyshev

    Args:
        x: [-] (n,) above 0, any shape
    Returns:
        ([-] e^x·K₀ as x, [-] e^x·K₁ as x)
    Valid: above 0; relative error under 1e-14.
    Source: Abramowitz and Stegun, 9.6.10–13 (series), 9.6.24 (integral); the coefficients are computed here.

    >>> zero, first = scaled(np.array([1.0]))
    >>> round(float(zero[0] / math.e), 9), round(float(first[0] / math.e), 9)
    (0.421024438, 0.60190723)
    """
    zero, first = np.empty_like(x), np.empty_like(x)
    low = x <= BETWEEN
    zero[low], first[low] = _series(x[low])
    zero[~low], first[~low] = _beyond(x[~low])
    return zero, first


def _series(x: Floats) -> tuple[Floats, Floats]:
    of_i0, of_k0, of_i1, of_k1 = np.polynomial.polynomial.polyval(x * x / 4, _coefficients())
    log, grown = np.log(x / 2), np.exp(x)
    return (of_k0 - log * of_i0) * grown, (1 / x + x / 2 * (log * of_i1 - of_k1 / 2)) * grown


@lru_cache(maxsize=1)
def _coefficients() -> Floats:
    """(TERMS, 4) of I₀, of what K₀ has beside −ln(x/2)·I₀, of I₁·2/x, and of K₁'s last sum, in powers of
    (x/2)².
    """
    psi = [sum(1 / n for n in range(1, m + 1)) - EULER for m in range(TERMS + 1)]  # ψ(m + 1)
    rows = []
    for m in range(TERMS):
        square, uneven = 1 / math.factorial(m) ** 2, 1 / (math.factorial(m) * math.factorial(m + 1))
        rows.append((square, square * psi[m], uneven, uneven * (psi[m] + psi[m + 1])))
    return np.array(rows)


def _beyond(x: Floats) -> tuple[Floats, Floats]:
    zero, first = chebyshev.chebval(2 * BETWEEN / x - 1, _polynomials()) / np.sqrt(x)
    return zero, first


@lru_cache(maxsize=1)
def _polynomials() -> Floats:
    """(DEGREE + 1, 2) of √x·e^x·K_ν for ν of 0 and 1: smooth between 2 and infinity."""
    return np.stack([chebyshev.chebinterpolate(_by_integral, DEGREE, (order,)) for order in (0, 1)], axis=1)


def _by_integral(at: Floats, order: int) -> Floats:
    """The trapezium rule is exact to the last digit for what falls so steeply at both ends. t = u/√x: the
    integrand then falls with u alone.
    """
    u = np.linspace(0.0, 9.0, 181)
    x = 2 * BETWEEN / (at[:, None] + 1)
    t = u / np.sqrt(x)
    values = np.exp(-2 * x * np.sinh(t / 2) ** 2) * np.cosh(order * t)
    return (values.sum(axis=1) - values[:, 0] / 2) * (u[1] - u[0])
