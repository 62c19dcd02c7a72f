"""How wells of every form draw on an endless formation: G(v) = v·p̄_D(v), in Laplace space.

v is the image of time in units of the well's own length: r_w for an open hole, the half length x_f for a
fracture, the half length L/2 for a horizontal well. G alone is needed: storage, skin, double porosity and
boundaries are laid around it (`models`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.analysis.smooth_curve import table
from app.analysis.special import area_under_k0, k0, k0e, k1e
from app.analysis.transient.laplace import smooth

Floats = NDArray[np.float64]
INFINITE_CONDUCTIVITY = 0.732
"""Where along a fracture of even inflow the pressure is that of one of infinite conductivity."""

SEGMENTS = 16
LEAST_IMAGE, MOST_IMAGE = 1e-20, 1e10
"""Of v, between which G of a vertical well is tabled to 14 digits: more than any test asks for."""
SMALLEST, LARGEST = 1e-8, 80.0
"""∫K₀ beyond the largest is under 1e-35."""


def vertical(v: Floats) -> Floats:
    """A vertical well open over the whole thickness.

    G = K₀(√v)/(√v·K₁(√v))

    Args:
        v: [-] (...,) in units of r_w
    Returns:
        [-] (...,)
    Valid: v above 0.
    Source: van Everdingen and Hurst, Trans. AIME 186 (1949), eq. VI-6.

    >>> bool(np.isclose(vertical(np.array(1e-8)), -np.log(1e-4 / 2) - 0.5772157, atol=1e-6))  # late: a line
    True
    """
    if v.min() >= LEAST_IMAGE and v.max() <= MOST_IMAGE:
        return _verticals()(np.log(v))
    return _vertical(v)


def _vertical(v: Floats) -> Floats:
    root = np.sqrt(v)
    return k0e(root) / (root * k1e(root))


@lru_cache(maxsize=1)
def _verticals() -> Callable[[Floats], Floats]:
    """G over ln v, of which dG/d(ln v) = (v·G² − 1)/2: the functions were half of a whole contest."""
    knots, step = np.linspace(np.log(LEAST_IMAGE), np.log(MOST_IMAGE), 2**16 + 1, retstep=True)
    v = np.exp(knots)
    g = _vertical(v)
    return table(float(knots[0]), float(step), g, (v * g * g - 1) / 2)


@lru_cache(maxsize=1)
def _table() -> Callable[[Floats], Floats]:
    """∫₀ˣ K₀/x over ln x: an integral takes a microsecond, a matrix of segments asks for 10⁵."""
    knots = np.linspace(np.log(SMALLEST), np.log(LARGEST), 20_000)
    x = np.exp(knots)
    mean = area_under_k0(x) / x
    return table(float(knots[0]), float(knots[1] - knots[0]), mean, k0(x) - mean)


def under_k0(x: Floats) -> Floats:
    """The area under K₀ from 0 on.

    ∫₀ˣ K₀; below 1e-8 it is x·(1 − ln(x/2) − γ), above 80 π/2

    Args:
        x: [-] (...,) 0 or more
    Returns:
        [-] (...,)
    Valid: 13 digits.
    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 11.1.9 and 11.1.15.

    >>> bool(np.isclose(under_k0(np.array(100.0)), np.pi / 2))
    True
    """
    inside = np.clip(x, SMALLEST, LARGEST)
    tiny = np.maximum(x, 1e-300)
    found: Floats = np.where(
        x < SMALLEST, tiny * (1 - np.log(tiny / 2) - np.euler_gamma), inside * _table()(np.log(inside))
    )
    return found


def fracture(v: Floats, place: float) -> Floats:
    """A vertical fracture of even inflow, its pressure taken at a place along it.

    G = [∫₀^{√v(1+x)} K₀ + ∫₀^{√v(1−x)} K₀]/(2·√v); x = 0: uniform flux at the well, 0.732: infinite
    conductivity

    Args:
        v: [-] (...,) in units of x_f
        place: [-] x, 0 … 1
    Returns:
        [-] (...,)
    Valid: a fracture through the whole thickness.
    Source: Gringarten, Ramey and Raghavan, SPEJ 1974; images by Ozkan and Raghavan, SPE 18615, 1991.

    >>> g = fracture(np.array(1e6), 0.0)  # early: linear flow, π/(2·√v)
    >>> bool(np.isclose(g, np.pi / 2e3))
    True
    """
    root = np.sqrt(v)
    found: Floats = (under_k0(root * (1 + place)) + under_k0(root * (1 - place))) / (2 * root)
    return found


@lru_cache(maxsize=2)
def _ends() -> Floats:
    """Ends of the segments of half a fracture: finer to the well, where flow gathers, and to the tip."""
    found: Floats = 0.5 * (1 - np.cos(np.linspace(0, np.pi, SEGMENTS + 1)))
    return found


def _fracture_matrix(v: Floats) -> Floats:
    """(m, n, n): pressure at the middle of a segment by the even inflow of another and its mirror."""
    ends, root = _ends(), np.sqrt(v)[:, None, None]
    middle = (ends[1:] + ends[:-1]) / 2

    def between(a: Floats, b: Floats) -> Floats:
        """∫ₐᵇ K₀(√v·|x|) dx, over (m, n, n)."""
        whole = np.sign(b) * under_k0(root * np.abs(b)) - np.sign(a) * under_k0(root * np.abs(a))
        return np.asarray(whole / root)

    near = between(ends[None, :-1] - middle[:, None], ends[None, 1:] - middle[:, None])
    far = between(ends[None, :-1] + middle[:, None], ends[None, 1:] + middle[:, None])
    return np.asarray((near + far) / 2)


@lru_cache(maxsize=8)
def _fracture_matrix_at(key: bytes) -> Floats:
    return _fracture_matrix(np.frombuffer(key))


@lru_cache(maxsize=2)
def _along_fracture() -> Floats:
    """(n, n): ∫₀ˣ∫₀ˣ′ q dx″ dx′ at the middles, by the inflow of each segment."""
    ends = _ends()
    middle = (ends[1:] + ends[:-1]) / 2
    inside = np.clip(middle[:, None] - ends[None, :-1], 0, None)
    beyond = np.clip(middle[:, None] - ends[None, 1:], 0, None)
    found: Floats = (inside**2 - beyond**2) / 2
    return found


def finite_fracture(v: Floats, conductivity: float) -> Floats:
    """A fracture that resists flow along itself.

    p̄_w − ½·Σ q̄·∫K₀ = (π/C_fD)·(x − ∫₀ˣ∫₀ˣ′ q̄) at the middle of each segment, Σ q̄·Δx = 1, solved for
    p̄_w

    Args:
        v: [-] (m,) in units of x_f
        conductivity: [-] C_fD = k_f·w/(k·x_f), above 0
    Returns:
        [-] (m,)
    Valid: C_fD 0.1 … 1e4; what the fracture itself stores is left out.
    Source: Cinco-Ley, Samaniego and Dominguez, SPEJ 1978; Cinco-Ley and Meng, SPE 18172, 1988.

    >>> v = np.array([0.01])
    >>> bool(np.isclose(finite_fracture(v, 1e4), fracture(v, INFINITE_CONDUCTIVITY), rtol=0.01))
    True
    """
    ends = _ends()
    n = len(ends) - 1
    middle, width = (ends[1:] + ends[:-1]) / 2, np.diff(ends)
    matrix = _fracture_matrix_at(np.ascontiguousarray(v).tobytes())
    system = np.zeros((len(v), n + 1, n + 1))
    system[:, :n, :n] = matrix - np.pi / conductivity * _along_fracture()
    system[:, :n, n] = -1.0
    system[:, n, :n] = width
    right = np.zeros((len(v), n + 1, 1))
    # What enters half a fracture is one: the well takes it, p falls by π/C_fD for each unit of length.
    right[:, :n, 0] = -np.pi / conductivity * middle
    right[:, n, 0] = 1.0
    return np.asarray(np.linalg.solve(system, right)[:, n, 0])


def partial(v: Floats, opened: float, thickness: float, terms: int = 400) -> Floats:
    """A well open over a part of the thickness, from the top down.

    G = K₀(√v)/(√v·K₁(√v)) + 2/(π·b)²·Σ sin²(nπb)/n²·K₀(√(v + n²π²/h_D²)), averaged over the open part

    Args:
        v: [-] (m,) in units of r_w
        opened: [-] b, the open share, 0 … 1
        thickness: [-] h_D = h/r_w·√(k_h/k_v)
        terms: [-] at most
    Returns:
        [-] (m,)
    Valid: b above 0.02; a line source in its terms: t_D above about 25.
    Source: Hantush, ASCE J. Hydraul. Div. 87 (1961); Gringarten and Ramey, SPEJ 1975.

    >>> v = np.array([1e-6])
    >>> bool(np.isclose(partial(v, 1.0, 100.0), vertical(v)))
    True
    """
    n = np.arange(1, max(1, min(terms, int(8 * thickness))) + 1)
    height = np.sin(np.pi * n * opened) ** 2 / n**2
    more = k0(np.sqrt(v[:, None] + (np.pi * n / thickness) ** 2)) @ height
    found: Floats = vertical(v) + 2.0 / (np.pi * opened) ** 2 * more
    return found


def horizontal(v: Floats, thickness: float, height: float, radius: float, terms: int = 200) -> Floats:
    """A horizontal well of even inflow, its pressure taken where infinite conductivity has it.

    G = F(v) + 2·Σ cos(nπz)·cos(nπ(z + r))·F(v + n²π²/h²), F that of a `fracture`; for large n F = π/(2·√…),
    whose sum is known

    Args:
        v: [-] (m,) in units of half the length
        thickness: [-] h_D = h/(L/2)·√(k_h/k_v)
        height: [-] z, the well's height over the thickness, 0 … 1
        radius: [-] r, the well's radius over the thickness (in isotropic units)
        terms: [-] summed one by one
    Returns:
        [-] (m,)
    Valid: L above h; the well parallel to the layer.
    Source: Ozkan, Raghavan and Joshi, SPE 16378, 1989; Kuchuk et al., SPE 17413, 1991.

    >>> v = np.array([1e-4])
    >>> bool(horizontal(v, 0.2, 0.5, 0.001) > fracture(v, INFINITE_CONDUCTIVITY))  # more than a fracture's
    True
    """
    n = np.arange(1, terms + 1)
    shape = np.cos(n * np.pi * height) * np.cos(n * np.pi * (height + radius))
    each = fracture(v[:, None] + (n * np.pi / thickness) ** 2, INFINITE_CONDUCTIVITY)
    far = thickness / (2 * n)  # π/(2·√v_n) where n rules
    # Σ cos(nα)·cos(nβ)/n = −½·ln[4·sin(|α−β|/2)·sin((α+β)/2)]
    known = -0.5 * np.log(4 * np.sin(np.pi * radius / 2) * np.sin(np.pi * (height + radius / 2)))
    found: Floats = fracture(v, INFINITE_CONDUCTIVITY) + 2 * (each - far) @ shape + thickness * known
    return found


def spread(v: Floats, kind: str, *values: float) -> Floats:
    """G of a costly well over any array, through `smooth`.

    Args:
        v: [-] (...,)
        kind: finite_fracture, partial, horizontal
        values: [-] of that function, after v
    Returns:
        [-] (...,)
    Valid: as the function.
    Ours: these take milliseconds for each v, a match asks for thousands.

    >>> v = np.geomspace(1e-6, 10, 40)
    >>> bool(np.allclose(spread(v, "partial", 0.5, 80.0), partial(v, 0.5, 80.0), rtol=1e-6))
    True
    """
    costly: dict[str, Callable[..., Floats]] = {
        "finite_fracture": finite_fracture,
        "partial": partial,
        "horizontal": horizontal,
    }
    function = costly[kind]
    # Six terms a decade: 1e-9. Whole decades: neighbouring matches ask at the same points, and find the
    # fracture's matrix there.
    low, high = np.floor(np.log10(v.min())), np.ceil(np.log10(v.max()))
    return smooth(lambda at: function(at, *values), v, int(6 * (high - low)), 10.0**low, 10.0**high)
