"""Where fits begin: values drawn about what the plots show, the best of them, where simpler ones ended."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model

Floats = NDArray[np.float64]
TRIES, DOWN = 192, 5
"""Values drawn for a model, and how many of them go down to the end."""

COSTLY = ("fracture_finite", "partial", "horizontal")
"""Wells whose image takes milliseconds: fewer are tried."""


def first_values(fit: Fitter, late_s: float, count: int = TRIES) -> dict[str, Floats]:
    """Values to begin from, drawn about what the plots show at a glance.

    k by the least and the last level of the derivative, C by the first points, distances by what the test
    could have reached

    Args:
        fit: the response
        late_s: [s] length of the test
        count: [-] how many
    Returns:
        [unit of the name] (count,) by name
    Valid: any response.
    Ours: C is q·B·Δt/Δp on the unit slope, less where there is none; even draws of a fixed seed: the same
        answer each time.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> len(first_values(fitter(examples.buildup()), 1e5)["skin"])
    192
    """
    rng = np.random.default_rng(7)
    response = fit.response
    rock, rate = response.formation, abs(response.rate_m3_per_s)
    levels = fit.slope_pa[len(fit.slope_pa) // 3 :]
    levels = levels[levels > 0]
    if not len(levels):
        levels = np.array([float(response.change_pa.max()) / 10])
    ends = [rock.permeability(rate, float(np.quantile(levels, q))) for q in (0.1, 0.9)]

    def between(low: float, high: float) -> Floats:
        return np.exp(rng.uniform(math.log(low), math.log(high), count))

    k = between(min(ends) / 2, max(ends) * 2)
    flow = rate * rock.formation_volume_factor
    above = response.change_pa > 10 * float(fit.off_pressure_pa[0])
    above = above if above.any() else response.change_pa > 0
    stored = float(np.min((flow * response.time_s / response.change_pa)[above]))
    diffusion = np.array([rock.diffusion_per_s(value) for value in k])
    first_s = float(response.time_s[0])
    reached = 2 * rock.wellbore_radius_m * np.sqrt(diffusion * between(first_s * 3, late_s))
    second = np.maximum(reached * between(0.5, 4.0), 1.0)
    opened = rng.uniform(0.08, 0.8, count)
    return {
        "permeability_m2": k,
        "wellbore_storage_m3_per_pa": stored
        * (between(0.8, 1.05) if fit.stored_seen else between(0.02, 1.0)),
        "skin": rng.uniform(-3, 10, count),
        "fracture_half_length_m": np.clip(reached * between(0.1, 2.0), 0.5, 900.0),
        "fracture_conductivity": between(0.5, 200.0),
        "open_share": opened,
        "vertical_anisotropy": between(1e-3, 1.0),
        "well_length_m": np.clip(reached, 20.0, 2e3),
        "storativity_ratio": between(0.005, 0.5),
        "interporosity_flow": np.clip(2.0 / (diffusion * between(first_s * 3, late_s)), 1e-11, 1e-3),
        "fault_distance_m": np.clip(reached, 1.5, 1e4),
        "second_fault_distance_m": np.clip(second, 1.5, 1e4),
        "edge_distance_m": np.clip(reached, 1.5, 1e4),
        "boundary_radius_m": np.clip(reached, 1.5, 1e4),
        "composite_radius_m": np.clip(reached, 1.5, 1e4),
        "permeability_ratio": between(0.1, 10.0),
        "end_distance_m": np.minimum(second * 1.5, 1e4),
        "second_end_distance_m": np.minimum(second * 2, 1e4),
        "storage_ratio": between(0.2, 5.0),
        "storage_time_s": between(first_s, max(late_s / 30, first_s * 3)),
    }


def starts(fit: Fitter, model: Model, drawn: dict[str, Floats], count: int = DOWN) -> Floats:
    """The best few of the drawn values, the skin of each first set by the height of the last points.

    Args:
        fit: the response
        model: which
        drawn: [unit of the name] (n,) by name, of `first_values`
        count: [-] how many are kept
    Returns:
        [as searched] (count, p)
    Valid: any model.
    Ours: ΔS = 2π·k·h·δp/(q·B·μ) of the difference that is left at the end.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee = fitter(examples.buildup())
    >>> starts(lee, Model(), first_values(lee, 2.6e5)).shape
    (5, 3)
    """
    columns = [np.log(drawn[one.name]) if one.log else drawn[one.name] for one in model.parameters]
    low, high = model.limits
    tried = np.clip(np.stack(columns, axis=1), low + 1e-6, high - 1e-6)
    if model.well in COSTLY:
        tried = tried[::12]
    elif model.edges in ("channel", "rectangle"):
        tried = tried[::4]
    if "skin" in model.names and model.well == "vertical":
        change, _ = fit.whole.modelled_pa(model, tried)
        rock, rate = fit.response.formation, abs(fit.response.rate_m3_per_s)
        late = (fit.response.change_pa - change)[:, -5:].mean(axis=1)
        at = model.names.index("skin")
        steps = late / (2 * rock.slope_pa(rate, 1.0)) * np.exp(tried[:, 0])
        tried[:, at] = np.clip(tried[:, at] + steps, low[at] + 1e-6, min(high[at], 80.0))
    costs = (fit.residuals(model, tried) ** 2).sum(axis=1)
    best: Floats = tried[np.argsort(np.where(np.isfinite(costs), costs, np.inf))[:count]]
    return best


def beside(plain: Fit, model: Model, drawn: dict[str, Floats], count: int = 2) -> Floats:
    """Starts at the plain model's end, what the other has beside it drawn.

    Args:
        plain: the plain model's fit
        model: which has the same parameters and more
        drawn: [unit of the name] (n,) by name, of `first_values`
        count: [-] how many
    Returns:
        [as searched] (count, p); none where the model lacks one of the plain one's parameters
    Valid: any fit.
    Ours: so that a richer model never ends above the one it contains.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee = fitter(examples.buildup())
    >>> drawn = first_values(lee, 2.6e5)
    >>> plain = lee.fit(Model(), starts(lee, Model(), drawn))
    >>> beside(plain, Model(edges="fault"), drawn).shape
    (2, 4)
    """
    if not set(plain.values) <= set(model.names):
        return np.empty((0, len(model.parameters)))
    rows = [{**{name: float(drawn[name][i]) for name in model.names}, **plain.values} for i in range(count)]
    return np.array([model.searched(row) for row in rows])
