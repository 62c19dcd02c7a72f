"""Back from Laplace space by Stehfest, and images that cost much made cheap by Chebyshev.

Stehfest (Communications of the ACM 13 (1970) 47) asks for the image at n real points for each time:
s_i = i·ln 2/t. With N = 12 smooth rises come back with six digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TERMS = 12


@lru_cache(maxsize=4)
def weights(terms: int = TERMS) -> Floats:
    """Stehfest's weights V_i.

    V_i = (−1)^(N/2+i)·Σ k^(N/2)·(2k)!/[(N/2−k)!·k!·(k−1)!·(i−k)!·(2k−i)!], k from ⌊(i+1)/2⌋ to min(i, N/2)

    Args:
        terms: [-] N, even
    Returns:
        [-] (terms,)
    Valid: N up to 18 in double precision; more only rounds.
    Source: Stehfest, Communications of the ACM 13 (1970) 47, eq. 2.

    >>> weights(2).tolist()
    [2.0, -2.0]
    """
    half = terms // 2
    result = np.zeros(terms)
    for i in range(1, terms + 1):
        total = 0.0
        for k in range((i + 1) // 2, min(i, half) + 1):
            total += (
                k**half
                * math.factorial(2 * k)
                / (
                    math.factorial(half - k)
                    * math.factorial(k)
                    * math.factorial(k - 1)
                    * math.factorial(i - k)
                    * math.factorial(2 * k - i)
                )
            )
        result[i - 1] = (-1) ** (half + i) * total
    return result


def points(time: Floats, terms: int = TERMS) -> Floats:
    """Where Stehfest wants to know the image.

    s_i = i·ln 2/t

    Args:
        time: [any] (n,) above 0
        terms: [-] N
    Returns:
        [1/any] (n, terms)
    Valid: times above 0.
    Source: Stehfest, Communications of the ACM 13 (1970) 47.

    >>> bool(np.isclose(points(np.array([2.0]))[0, 1], np.log(2)))
    True
    """
    found: Floats = np.log(2) / time[:, None] * np.arange(1, terms + 1)
    return found


def back(time: Floats, image: Floats) -> Floats:
    """The function whose image is known at `points`.

    f(t) = ln 2/t·Σ V_i·F(i·ln 2/t)

    Args:
        time: [any] (n,)
        image: [any] (..., n, terms) at `points(time)`
    Returns:
        [any] (..., n)
    Valid: smooth rises: six digits; what oscillates is lost.
    Source: Stehfest, Communications of the ACM 13 (1970) 47.

    >>> t = np.array([0.5, 2.0])
    >>> bool(np.allclose(back(t, 1 / points(t) ** 2), t))  # 1/s² is t
    True
    """
    found: Floats = np.log(2) / time * (image @ weights(image.shape[-1]))
    return found


def smooth(
    image: Callable[[Floats], Floats],
    at: Floats,
    degree: int = 72,
    low: float | None = None,
    high: float | None = None,
) -> Floats:
    """A costly image, asked only where Chebyshev wants it.

    F(s) ≈ Σ c_j·T_j(ln s) between the least and the greatest s: analytic in ln s, so that the error falls
    with every term (about 1e-9 over ten decades by 72)

    Args:
        image: of (m,) values [any] → [any]
        at: [any] (...,) above 0
        degree: [-] of the polynomial
        low: [any] not above the least s; it without
        high: [any] not below the greatest s; it without
    Returns:
        [any] (...,)
    Valid: images that are smooth over ln s.
    Source: Trefethen, Approximation Theory and Approximation Practice (SIAM, 2013), ch. 8.

    >>> s = np.geomspace(1e-6, 1e3, 50)
    >>> bool(np.abs(smooth(lambda x: 1 / (1 + np.sqrt(x)), s) * (1 + np.sqrt(s)) - 1).max() < 1e-7)
    True
    """
    least = math.log(float(at.min()) if low is None else low)
    most = math.log(float(at.max()) if high is None else high)
    middle, half = (least + most) / 2, max((most - least) / 2, 1e-9)
    angle = (np.arange(degree + 1) + 0.5) * np.pi / (degree + 1)
    values = image(np.exp(middle + half * np.cos(angle)))
    turns = np.cos(np.arange(degree + 1)[:, None] * angle[None])
    coefficients = 2.0 / (degree + 1) * (turns @ values)
    coefficients[0] /= 2
    return np.asarray(np.polynomial.chebyshev.chebval((np.log(at) - middle) / half, coefficients))
