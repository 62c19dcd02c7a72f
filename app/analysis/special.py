"""Bessel functions and the normal curve over NumPy alone, as tables made of their integrals when first asked:
for these few functions a package would carry 41 MB of SciPy.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.analysis.smooth_curve import table

Floats = NDArray[np.float64]
Name = Literal["k0e", "k1e", "i0e", "i1e"]

# Between these the functions are tabled, beyond them a few terms of their series are exact.
LEAST, MOST, PIECES = 1e-10, 1e3, 2**15
TERMS = 8
# The trapezoid's error falls with exp(x − π²/step), from WIDE on with exp(−2π²/(x·step²)): 16 digits stand.
STEP, WIDE, FINE = 0.2, 8.0, 0.02
NODES = 160
WIDEST = 10.0


def k0(x: Floats) -> Floats:
    """Modified Bessel function of the second kind, order 0.

    K₀(x)

    Args:
        x: [-] (...,) above 0
    Returns:
        [-] (...,)
    Valid: 14 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.6.24; as `k0e`.

    >>> round(float(k0(np.array(1.0))), 10)  # their table 9.8
    0.4210244382
    """
    return k0e(x) * np.exp(-x)


def k1(x: Floats) -> Floats:
    """Modified Bessel function of the second kind, order 1.

    K₁(x)

    Args:
        x: [-] (...,) above 0
    Returns:
        [-] (...,)
    Valid: 14 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.6.24; as `k1e`.

    >>> round(float(k1(np.array(1.0))), 10)  # their table 9.8
    0.6019072302
    """
    return k1e(x) * np.exp(-x)


def k0e(x: Floats) -> Floats:
    """K₀ without its fall.

    eˣ·K₀(x), K₀(x) = ∫₀^∞ exp(−x·cosh t) dt

    Args:
        x: [-] (...,) above 0
    Returns:
        [-] (...,)
    Valid: 14 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.6.24, 9.6.13, 9.7.2; the rule
        that needs few nodes: Trefethen and Weideman, SIAM Review 56 (2014).

    >>> round(float(k0e(np.array(1e5))) / math.sqrt(math.pi / 2e5), 9)
    0.99999875
    """
    return _of("k0e", x)


def k1e(x: Floats) -> Floats:
    """K₁ without its fall.

    eˣ·K₁(x), K₁(x) = ∫₀^∞ exp(−x·cosh t)·cosh t dt

    Args:
        x: [-] (...,) above 0
    Returns:
        [-] (...,)
    Valid: 14 digits.
    Source: as `k0e`.

    >>> round(float(k1e(np.array(1e-12)) * 1e-12), 9)
    1.0
    """
    return _of("k1e", x)


def i0e(x: Floats) -> Floats:
    """Modified Bessel function of the first kind, order 0, without its rise.

    e⁻ˣ·I₀(x), I₀(x) = (1/π)·∫₀^π exp(x·cos t) dt

    Args:
        x: [-] (...,) above 0
    Returns:
        [-] (...,)
    Valid: 14 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.6.16, 9.7.1; as `k0e`.

    >>> round(float(i0e(np.array(1.0)) * math.e), 9)  # their table 9.8
    1.266065878
    """
    return _of("i0e", x)


def i1e(x: Floats) -> Floats:
    """Modified Bessel function of the first kind, order 1, without its rise.

    e⁻ˣ·I₁(x), I₁(x) = (x/π)·∫₀^π exp(x·cos t)·sin² t dt

    Args:
        x: [-] (...,) above 0
    Returns:
        [-] (...,)
    Valid: 14 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.6.18, 9.7.1; as `k0e`.

    >>> round(float(i1e(np.array(1.0)) * math.e), 9)  # their table 9.8
    0.565159104
    """
    return _of("i1e", x)


def area_under_k0(x: Floats) -> Floats:
    """The area under K₀ from 0 on, summed anew for each value: for tables.

    ∫₀ˣ K₀ = ∫₀^∞ (1 − exp(−x·cosh t))/cosh t dt

    Args:
        x: [-] (n,) 1e-8 or more
    Returns:
        [-] (n,)
    Valid: 13 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 9.6.24 integrated; as `k0e`.

    >>> round(float(area_under_k0(np.array([1.0]))[0]), 10)  # their table 11.1
    1.2425098486
    """
    total = -np.expm1(-x) / 2
    for t in np.arange(STEP, 55.0, STEP):
        rise = math.cosh(t)
        total -= np.expm1(-x * rise) / rise
    return STEP * total


def below_normal(z: Floats) -> Floats:
    """The share of a normal spread that lies below.

    Φ(z) = erfc(−z/√2)/2

    Args:
        z: [-] (...,) in standard deviations
    Returns:
        [-] (...,) 0 … 1
    Valid: 13 digits after the point.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.29.

    >>> below_normal(np.array([0.0, 1.6448536269514722, 99.0])).round(12).tolist()
    [0.5, 0.95, 1.0]
    """
    return _normal()(np.clip(z, -WIDEST, WIDEST))


@lru_cache(maxsize=1)
def _normal() -> Callable[[Floats], Floats]:
    z, step = np.linspace(-WIDEST, WIDEST, 2**14 + 1, retstep=True)
    share = np.array([math.erfc(-at / math.sqrt(2)) / 2 for at in z.tolist()])
    return table(-WIDEST, float(step), share, np.exp(-z * z / 2) / math.sqrt(2 * math.pi))


def _of(name: Name, x: Floats) -> Floats:
    found = _tables()[name](np.log(np.fmin(np.fmax(x, LEAST), MOST)))
    if x.size and x.min() >= LEAST and x.max() <= MOST:
        return found
    return np.where(x < LEAST, _near(name, x), np.where(x <= MOST, found, _far(name, x)))


def _near(name: Name, x: Floats) -> Floats:
    """The first terms of the series about nought (9.6.10 to 9.6.13), with what is scaled away."""
    if name == "k0e":
        return -(np.log(np.maximum(x, 1e-300) / 2) + np.euler_gamma) * (1 + x)
    if name == "k1e":
        return 1 / np.maximum(x, 1e-300) + 1
    return 1 - x if name == "i0e" else x / 2 * (1 - x)


def _far(name: Name, x: Floats) -> Floats:
    """The series for large values (9.7.1 and 9.7.2)."""
    x = np.maximum(x, MOST)
    order, sign = int(name[1]), (1 if name[0] == "k" else -1)
    term = total = np.ones_like(x)
    for k in range(1, TERMS):
        term = term * sign * (4 * order**2 - (2 * k - 1) ** 2) / (8 * k * x)
        total = total + term
    return total * np.sqrt(math.pi / (2 * x) if sign > 0 else 1 / (2 * math.pi * x))


@lru_cache(maxsize=1)
def _tables() -> dict[Name, Callable[[Floats], Floats]]:
    """Over ln x. Their slopes are each other (9.6.26 to 9.6.28)."""
    knots, step = np.linspace(math.log(LEAST), math.log(MOST), PIECES + 1, retstep=True)
    x = np.exp(knots)
    (k_0, k_1), (i_0, i_1) = _second_kind(x), _first_kind(x)
    slopes: dict[Name, tuple[Floats, Floats]] = {
        "k0e": (k_0, x * (k_0 - k_1)),
        "k1e": (k_1, x * (k_1 - k_0) - k_1),
        "i0e": (i_0, x * (i_1 - i_0)),
        "i1e": (i_1, x * (i_0 - i_1) - i_1),
    }
    return {name: table(float(knots[0]), float(step), y, slope) for name, (y, slope) in slopes.items()}


def _second_kind(x: Floats) -> tuple[Floats, Floats]:
    """eˣ·K₀ and eˣ·K₁."""
    wide = int(np.searchsorted(x, WIDE))
    parts = [_integrated(x[:wide], STEP), _integrated(x[wide:], FINE)]
    return np.concatenate([zero for zero, _ in parts]), np.concatenate([one for _, one in parts])


def _integrated(x: Floats, step: float) -> tuple[Floats, Floats]:
    """The integrals end where nothing is added: at x·(cosh t − 1) of 745."""
    zero, one = np.full_like(x, 0.5), np.full_like(x, 0.5)
    for t in np.arange(step, math.acosh(1 + 745 / x[0]), step):
        part = np.exp(-2 * x * math.sinh(t / 2) ** 2)
        zero += part
        one += part * math.cosh(t)
    return step * zero, step * one


def _first_kind(x: Floats) -> tuple[Floats, Floats]:
    """e⁻ˣ·I₀ and e⁻ˣ·I₁."""
    zero, one = (1 + np.exp(-2 * x)) / 2, np.zeros_like(x)
    for t in np.arange(1, NODES) * (math.pi / NODES):
        part = np.exp(-2 * x * math.sin(t / 2) ** 2)
        zero += part
        one += part * math.sin(t) ** 2
    return zero / NODES, x * one / NODES
