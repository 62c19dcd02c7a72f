"""What the edges of a formation add to a well: image wells in Laplace space, B(v) beside the well's own G(v).

A sealing edge mirrors the well, an edge of constant pressure mirrors it with the other sign; edges that face
each other mirror it without end. v is in units of the length that the distances are in. The images draw as
lines: right where the edge is further away than the well is long.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.analysis.special import i0e, i1e, k0, k0e, k1, k1e
from app.analysis.transient.sources import under_k0

Floats = NDArray[np.float64]
ONE_BY_ONE = 6
"""Image wells of a row that are summed one by one; the rest are an integral."""

MODES = 24


def fault(v: Floats, distance: Floats) -> Floats:
    """One straight sealing fault.

    B = K₀(2·L·√v)

    Args:
        v: [-] (...,)
        distance: [-] (...,) L
    Returns:
        [-] (...,)
    Valid: a long straight fault.
    Source: Horner, Third World Petroleum Congress (1951), by images.

    >>> bool(fault(np.array(1e-6), np.array(100.0)) > 0)
    True
    """
    return k0(2 * distance * np.sqrt(v))


def constant_pressure(v: Floats, distance: Floats) -> Floats:
    """One straight edge where pressure is held: a gas cap, an aquifer.

    B = −K₀(2·L·√v)

    Args:
        v: [-] (...,)
        distance: [-] (...,) L
    Returns:
        [-] (...,)
    Valid: as `fault`.
    Source: Earlougher, SPE Monograph 5 (1977), ch. 10, by images.

    >>> v, far = np.array(1e-6), np.array(100.0)
    >>> bool(constant_pressure(v, far) == -fault(v, far))
    True
    """
    return -fault(v, distance)


def wedge(v: Floats, one: Floats, other: Floats, parts: int = 2) -> Floats:
    """Two sealing faults that meet at 180°/parts.

    B = Σ K₀(d_j·√v) over the 2·parts − 1 images on the circle about the corner

    Args:
        v: [-] (...,)
        one: [-] (...,) distance to one fault
        other: [-] (...,) to the other
        parts: [-] 2 … 6: 90, 60, 45, 36, 30 degrees
    Returns:
        [-] (...,)
    Valid: whole parts of 180° only; there images are exact.
    Source: van Poollen, Drilling-Slanted Wells (1965); Earlougher, SPE Monograph 5 (1977), ch. 10.

    >>> v = np.array(1e-9)
    >>> late = wedge(v, np.array(50.0), np.array(50.0)) / fault(v, np.array(50.0))
    >>> bool(2.8 < late < 3.0)  # three images beside one
    True
    """
    angle = math.pi / parts
    corner = _from_corner(one, other, angle)
    at = np.arcsin(np.clip(one / corner, 0, 1))
    total = np.zeros(np.broadcast(v, one).shape)
    for i in range(parts):
        turns = [2 * i * angle + 2 * at] + ([2 * i * angle] if i else [])
        for turn in turns:
            total = total + k0(np.maximum(2 * corner * np.abs(np.sin(turn / 2)), 1e-9) * np.sqrt(v))
    return total


def _from_corner(one: Floats, other: Floats, angle: float) -> Floats:
    """How far a well lies from the corner, by its distances to both faults."""
    square = (one**2 + other**2 + 2 * one * other * math.cos(angle)) / math.sin(angle) ** 2
    return np.asarray(np.sqrt(square))


def _row(root: Floats, first: Floats, step: Floats) -> Floats:
    """Σ K₀(√v·(first + i·step)), i = 0, 1, …: some one by one, the rest by the midpoint integral."""
    total = sum(k0(root * (first + i * step)) for i in range(ONE_BY_ONE))
    edge, stride = root * (first + (ONE_BY_ONE - 0.5) * step), root * step
    rest = (np.pi / 2 - under_k0(edge)) / stride
    found: Floats = total + rest - stride * k1(edge) / 24
    return found


def channel(v: Floats, one: Floats, other: Floats) -> Floats:
    """Two parallel sealing faults.

    B = 2·Σ K₀(2nW·√v) + Σ K₀(2(w₁ + nW)·√v) + Σ K₀(2(w₂ + nW)·√v), W = w₁ + w₂

    Args:
        v: [-] (...,)
        one: [-] (...,) w₁
        other: [-] (...,) w₂
    Returns:
        [-] (...,)
    Valid: as `fault`; the rows of images to 4e-6 of their sum.
    Source: Earlougher, SPE Monograph 5 (1977), ch. 10, by images; the rest by Euler and Maclaurin.

    >>> v = np.array(1e-12)
    >>> near = channel(v, np.array(50.0), np.array(50.0))
    >>> bool(np.isclose(near * np.sqrt(v), np.pi / 100, rtol=1e-3))  # late: linear flow, π/(W·√v)
    True
    """
    root, wide = np.sqrt(v), 2 * (one + other)
    return 2 * _row(root, wide, wide) + _row(root, 2 * one, wide) + _row(root, 2 * other, wide)


def rectangle(v: Floats, one: Floats, other: Floats, third: Floats, fourth: Floats) -> Floats:
    """Four sealing faults around.

    B = channel + π/W·Σ ε_k·cos²(kπw₁/W)/e·(a + b + 2ab)/(1 − ab), e = √(v + k²π²/W²), a = e^(−2·e·y₁),
    b = e^(−2·e·y₂)

    Args:
        v: [-] (...,)
        one: [-] (...,) distance to a side of the shorter way across
        other: [-] (...,) to the side that faces it
        third: [-] (...,) along, to one end
        fourth: [-] (...,) along, to the other end
    Returns:
        [-] (...,)
    Valid: an end no nearer than a tenth of the width.
    Source: Ozkan and Raghavan, SPE 18615 (1991), closed rectangle, with the channel taken out.

    >>> v, half = np.array(1e-14), np.array(100.0)
    >>> bool(np.isclose(rectangle(v, half, half, half, half) * v, 2 * np.pi / 200**2, rtol=1e-3))  # 2π/A
    True
    """
    total, wide = channel(v, one, other), one + other
    for k in range(MODES):
        edge = np.sqrt(v + (k * np.pi / wide) ** 2)
        weight = (2.0 if k else 1.0) * np.cos(k * np.pi * one / wide) ** 2 / edge
        a, b = np.exp(-2 * edge * third), np.exp(-2 * edge * fourth)
        # 1 − ab, safe where both are nearly one
        lost = -np.expm1(-2 * edge * (third + fourth))
        total = total + np.pi / wide * weight * (a + b + 2 * a * b) / lost
    return np.asarray(total)


def circle(v: Floats, radius: Floats) -> Floats:
    """A sealed circle with the well in its middle.

    B = K₁(R·√v)/I₁(R·√v)

    Args:
        v: [-] (...,)
        radius: [-] (...,) R
    Returns:
        [-] (...,)
    Valid: R over a hundred well radii.
    Source: van Everdingen and Hurst, Trans. AIME 186 (1949), for a small well.

    >>> v, far = np.array(1e-12), np.array(100.0)
    >>> bool(np.isclose(circle(v, far) * v, 2 / 100**2, rtol=1e-3))  # late: t_D·2/R²
    True
    """
    x = radius * np.sqrt(v)
    return k1e(x) / i1e(x) * np.exp(-2 * np.minimum(x, 300.0))


def circle_constant_pressure(v: Floats, radius: Floats) -> Floats:
    """A circle at whose rim pressure is held, with the well in its middle.

    B = −K₀(R·√v)/I₀(R·√v)

    Args:
        v: [-] (...,)
        radius: [-] (...,) R
    Returns:
        [-] (...,)
    Valid: R over a hundred well radii.
    Source: van Everdingen and Hurst, Trans. AIME 186 (1949), for a small well.

    >>> from app.analysis.transient.sources import vertical
    >>> v = np.array(1e-14)
    >>> total = vertical(v) + circle_constant_pressure(v, np.array(100.0))
    >>> bool(np.isclose(total, np.log(100.0), atol=1e-3))  # late: steady, ln R
    True
    """
    x = radius * np.sqrt(v)
    return -k0e(x) / i0e(x) * np.exp(-2 * np.minimum(x, 300.0))


def composite(v: Floats, radius: Floats, ratio: Floats) -> Floats:
    """Rock that conducts otherwise beyond a circle with the well in its middle.

    B = (g·K₁(x) − K₀(x))/(I₀(x) + g·I₁(x)), x = R·√v, g = √M·K₀(x·√M)/K₁(x·√M), M = k inner/k outer

    Args:
        v: [-] (...,) of the inner rock
        radius: [-] (...,) R
        ratio: [-] (...,) M
    Returns:
        [-] (...,)
    Valid: one porosity and compressibility; R over a hundred well radii. M without end is `circle`, M of
        nought `circle_constant_pressure`.
    Source: Hurst, SPEJ 1960; Carter, SPEJ 1966: pressure and flow go on across R; for a small well.

    >>> v, far = np.array(1e-8), np.array(100.0)
    >>> bool(abs(composite(v, far, np.array(1.0))) < 1e-9)  # the same rock
    True
    >>> from app.analysis.transient.sources import vertical
    >>> at = np.array([1e-14, 1e-16])
    >>> late = vertical(at) + composite(at, far, np.array(4.0))
    >>> round(float((late[1] - late[0]) / np.log(10.0)), 2)  # the outer rock's line: M times as steep
    4.0
    """
    x = radius * np.sqrt(v)
    beyond = x * np.sqrt(ratio)
    g = np.sqrt(ratio) * k0e(beyond) / k1e(beyond)
    return (g * k1e(x) - k0e(x)) / (i0e(x) + g * i1e(x)) * np.exp(-2 * np.minimum(x, 300.0))
