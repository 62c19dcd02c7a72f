"""Models of well tests: a well × a rock × edges × storage, as one image in Laplace space.

p̄_wD = (G + S)·[1 + C_D·u²·p̄_φ]/(u·[1 + C_D·u·(G + S)]), G = well(v) + edges(v), v = u·f(u)

u is the image of time in units of the well's own length, f the rock's (1 for one kind of rock), p̄_φ what
changing storage adds. Values are physical: metres, m², m³/Pa; each has limits and is searched for as its
logarithm where it has no sign.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient import boundaries, laplace, porosity, sources
from app.analysis.transient.record import Formation

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Parameter:
    """A value that a model has and a match looks for.

    Attributes:
        name: with its unit
        low: [unit of the name]
        high: [unit of the name]
        log: whether its logarithm is what is searched
    """

    name: str
    low: float
    high: float
    log: bool = True


K = Parameter("permeability_m2", 1e-20, 1e-9)
C = Parameter("wellbore_storage_m3_per_pa", 1e-14, 1e-1)
SKIN = Parameter("skin", -7.0, 100.0, log=False)
DAMAGE = Parameter("skin", 0.0, 100.0, log=False)
WELLS: dict[str, tuple[Parameter, ...]] = {
    "vertical": (SKIN,),
    "fracture_infinite": (Parameter("fracture_half_length_m", 0.3, 1e3),),
    "fracture_uniform": (Parameter("fracture_half_length_m", 0.3, 1e3),),
    "fracture_finite": (
        Parameter("fracture_half_length_m", 0.3, 1e3),
        Parameter("fracture_conductivity", 0.1, 1e3),
    ),
    "partial": (DAMAGE, Parameter("open_share", 0.03, 0.99), Parameter("vertical_anisotropy", 1e-4, 10.0)),
    "horizontal": (
        DAMAGE,
        Parameter("well_length_m", 10.0, 3e3),
        Parameter("vertical_anisotropy", 1e-4, 10.0),
    ),
}
_DOUBLE = (Parameter("storativity_ratio", 1e-4, 0.9), Parameter("interporosity_flow", 1e-12, 1e-2))
ROCKS: dict[str, tuple[Parameter, ...]] = {
    "homogeneous": (),
    "double_pseudo_steady": _DOUBLE,
    "double_slabs": _DOUBLE,
    "double_spheres": _DOUBLE,
}


def _metres(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(f"{name}_m", 1.0, 2e4) for name in names)


EDGES: dict[str, tuple[Parameter, ...]] = {
    "infinite": (),
    "fault": _metres("fault_distance"),
    "constant_pressure": _metres("edge_distance"),
    "wedge": _metres("fault_distance", "second_fault_distance"),
    "channel": _metres("fault_distance", "second_fault_distance"),
    "circle": _metres("boundary_radius"),
    "circle_constant_pressure": _metres("boundary_radius"),
    "rectangle": _metres("fault_distance", "second_fault_distance", "end_distance", "second_end_distance"),
    "composite": (*_metres("composite_radius"), Parameter("permeability_ratio", 0.02, 50.0)),
}
STORAGES: dict[str, tuple[Parameter, ...]] = {
    "constant": (),
    "changing": (Parameter("storage_ratio", 0.02, 50.0), Parameter("storage_time_s", 0.1, 1e6)),
}
_FLOW = {
    "double_pseudo_steady": porosity.pseudo_steady,
    "double_slabs": porosity.slabs,
    "double_spheres": porosity.spheres,
}
_ADDED: dict[str, Callable[..., Floats]] = {
    "fault": boundaries.fault,
    "constant_pressure": boundaries.constant_pressure,
    "wedge": boundaries.wedge,
    "channel": boundaries.channel,
    "circle": boundaries.circle,
    "circle_constant_pressure": boundaries.circle_constant_pressure,
    "rectangle": boundaries.rectangle,
    "composite": boundaries.composite,
}
EFFECTIVE = {"fracture_infinite": 0.5, "fracture_uniform": 1 / math.e}
"""The open hole that draws like a fracture late, over x_f (Gringarten, Ramey and Raghavan, SPEJ 1974)."""


@dataclass(frozen=True)
class Model:
    """What a well test may be a test of.

    Attributes:
        well: of `WELLS`
        rock: of `ROCKS`
        edges: of `EDGES`
        storage: of `STORAGES`
    """

    well: str = "vertical"
    rock: str = "homogeneous"
    edges: str = "infinite"
    storage: str = "constant"

    @property
    def code(self) -> str:
        """The parts that are not the plain ones, by a plus; `homogeneous` without any."""
        plain = Model()
        parts = [
            value
            for value, usual in (
                (self.well, plain.well),
                (self.rock, plain.rock),
                (self.edges, plain.edges),
                (f"storage_{self.storage}", f"storage_{plain.storage}"),
            )
            if value != usual
        ]
        return "+".join(parts) or "homogeneous"

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """k and C, then those of the well, the rock, the edges and the storage."""
        return (K, C, *WELLS[self.well], *ROCKS[self.rock], *EDGES[self.edges], *STORAGES[self.storage])

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parameters, in their order."""
        return tuple(one.name for one in self.parameters)

    @cached_property
    def limits(self) -> tuple[Floats, Floats]:
        """[as searched] (p,), (p,) lowest and highest."""
        low = [math.log(one.low) if one.log else one.low for one in self.parameters]
        high = [math.log(one.high) if one.log else one.high for one in self.parameters]
        return np.array(low), np.array(high)

    def searched(self, values: dict[str, float]) -> Floats:
        """Physical values as the search has them.

        Args:
            values: by the names of the parameters [unit of the name]
        Returns:
            [as searched] (p,)
        Valid: all parameters given; put within their limits.
        Ours: logarithms, so that a step is a share.

        >>> values = {"permeability_m2": 1e-14, "wellbore_storage_m3_per_pa": 1e-8, "skin": 2.0}
        >>> float(Model().searched(values)[2])
        2.0
        """
        found = [math.log(values[one.name]) if one.log else values[one.name] for one in self.parameters]
        low, high = self.limits
        return np.clip(np.array(found), low + 1e-9, high - 1e-9)

    def physical(self, vector: Floats) -> dict[str, float]:
        """What the search found, in units.

        Args:
            vector: [as searched] (p,)
        Returns:
            by name [unit of the name]
        Valid: any vector.
        Ours: `searched` turned round.

        >>> round(Model().physical(np.array([-32.0, -18.0, 3.0]))["skin"], 1)
        3.0
        """
        return {
            one.name: math.exp(value) if one.log else float(value)
            for one, value in zip(self.parameters, vector.tolist(), strict=True)
        }

    def pressure_d(self, time_s: Floats, vectors: Floats, formation: Formation) -> Floats:
        """p_D of one unit of rate, for many sets of values at once.

        p_D = 2π·k·h·Δp/(q·B·μ), by Stehfest from the image at the top of this file

        Args:
            time_s: [s] (n,) above 0
            vectors: [as searched] (b, p)
            formation: the rock
        Returns:
            [-] (b, n)
        Valid: six digits for smooth rises; edges further away than the well is long.
        Source: Agarwal, Al-Hussainy and Ramey, SPEJ 1970; Ozkan and Raghavan, SPE 18615 (1991); changing
            storage Fair, SPEJ 1981.

        >>> from app.analysis import examples
        >>> rock, model = examples.buildup().formation, Model()
        >>> values = {"permeability_m2": 1e-14, "wellbore_storage_m3_per_pa": 1e-12, "skin": 2.0}
        >>> late = model.pressure_d(np.array([1e7]), model.searched(values)[None], rock)[0, 0]
        >>> d = rock.diffusion_per_s(1e-14) * 1e7  # the line source: ½·(ln t_D + 0.80907) + S
        >>> bool(abs(late - 0.5 * (np.log(d) + 0.80907) - 2.0) < 1e-3)
        True
        """
        columns = {
            one.name: (np.exp(value) if one.log else value)[:, None, None]
            for one, value in zip(self.parameters, np.asarray(vectors).T, strict=True)
        }
        s = laplace.points(time_s)[None]
        length, skin = self._length(columns, formation)
        u = (
            s
            * length**2
            / (formation.diffusion_per_s(1.0) * formation.wellbore_radius_m**2 * columns[K.name])
        )
        drawn = self._drawn(u, columns, length, formation) + skin
        stored = (
            columns[C.name]
            / (2 * math.pi * formation.porosity * formation.total_compressibility_per_pa)
            / (formation.thickness_m * length**2)
        )
        image = drawn / (s * (1 + stored * u * drawn))
        if self.storage == "changing":
            image = image * (1 + self._phase(s, columns))
        return laplace.back(time_s, image)

    def skin_of(self, values: dict[str, float], formation: Formation) -> float:
        """The whole skin: that of an open hole that draws as well late.

        S, or ln(r_w/r′_w) of a fracture, or with what a partly open or a horizontal well adds

        Args:
            values: by name [unit of the name]
            formation: the rock
        Returns:
            [-]
        Valid: late, in radial flow.
        Source: Gringarten, Ramey and Raghavan, SPEJ 1974; the rest from the images at 1e-9.

        >>> from app.analysis import examples
        >>> rock = examples.buildup().formation
        >>> values = {"permeability_m2": 1e-14, "wellbore_storage_m3_per_pa": 1e-8}
        >>> values["fracture_half_length_m"] = 2 * rock.wellbore_radius_m * np.e
        >>> round(Model("fracture_infinite").skin_of(values, rock), 6)
        -1.0
        """
        if self.well == "vertical":
            return values["skin"]
        if self.well in EFFECTIVE:
            radius = EFFECTIVE[self.well] * values["fracture_half_length_m"]
            return math.log(formation.wellbore_radius_m / radius)
        columns = {name: np.array([[[value]]]) for name, value in values.items()}
        length, skin = self._length(columns, formation)
        late = np.array([[[1e-9]]])
        plain = Model(self.well)._drawn(late, columns, length, formation) + skin
        in_radii = late * (formation.wellbore_radius_m / length) ** 2
        return float((plain - sources.vertical(in_radii)).ravel()[0])

    def _length(self, columns: dict[str, Floats], formation: Formation) -> tuple[Floats, Floats]:
        """(the well's own length [m], skin of G in its units); a stimulated open hole is a wider one."""
        if self.well == "vertical":
            skin = columns["skin"]
            return formation.wellbore_radius_m * np.exp(-np.minimum(skin, 0.0)), np.maximum(skin, 0.0)
        if self.well == "partial":
            radius = np.full_like(columns["skin"], formation.wellbore_radius_m)
            return radius, columns["skin"] / columns["open_share"]
        if self.well == "horizontal":
            half = columns["well_length_m"] / 2
            squeezed = formation.thickness_m / np.sqrt(columns["vertical_anisotropy"])
            return half, columns["skin"] * squeezed / (2 * half)
        return columns["fracture_half_length_m"], np.zeros_like(columns[K.name])

    def _drawn(self, u: Floats, columns: dict[str, Floats], length: Floats, formation: Formation) -> Floats:
        """G(v) of the well with its edges, (b, n, terms)."""
        v = u
        if self.rock in _FLOW:
            exchange = columns["interporosity_flow"] * (length / formation.wellbore_radius_m) ** 2
            v = u * _FLOW[self.rock](u, columns["storativity_ratio"], exchange)
        drawn = self._own(v, columns, length, formation)
        if self.edges in _ADDED:
            told = [
                columns[one.name] / length if one.name.endswith("_m") else columns[one.name]
                for one in EDGES[self.edges]
            ]
            drawn = drawn + _ADDED[self.edges](v, *told)
        return drawn

    def _own(self, v: Floats, columns: dict[str, Floats], length: Floats, formation: Formation) -> Floats:
        if self.well == "vertical":
            return sources.vertical(v)
        if self.well == "fracture_infinite":
            return sources.fracture(v, sources.INFINITE_CONDUCTIVITY)
        if self.well == "fracture_uniform":
            return sources.fracture(v, 0.0)
        flat = {name: values.ravel() for name, values in columns.items()}
        return np.stack(
            [
                sources.spread(v[i], *self._costly(flat, i, float(length.ravel()[i]), formation))
                for i in range(len(v))
            ]
        )

    def _costly(
        self, flat: dict[str, Floats], i: int, length: float, formation: Formation
    ) -> tuple[str, *tuple[float, ...]]:
        """(function of `sources.spread`, its values) of one set."""
        if self.well == "fracture_finite":
            return "finite_fracture", float(flat["fracture_conductivity"][i])
        squeezed = formation.thickness_m / length / math.sqrt(float(flat["vertical_anisotropy"][i]))
        if self.well == "partial":
            return "partial", float(flat["open_share"][i]), squeezed
        return "horizontal", squeezed, 0.5, formation.wellbore_radius_m / formation.thickness_m

    def _phase(self, s: Floats, columns: dict[str, Floats]) -> Floats:
        """C_D·u²·p̄_φ of storage that changes from C_a to C: p_φ = C_φ·(1 − e^(−t/α)), C_φ = α/C_D·(C/C_a −
        1).
        """
        late = columns["storage_time_s"]
        return np.asarray((1 / columns["storage_ratio"] - 1) * late * s / (1 + late * s))


OFFERED = (
    Model(),
    Model(storage="changing"),
    *(Model(edges=edges) for edges in EDGES if edges != "infinite"),
    *(Model(rock=rock) for rock in ROCKS if rock != "homogeneous"),
    *(Model(well=well) for well in WELLS if well != "vertical"),
    Model(rock="double_pseudo_steady", edges="fault"),
    Model(well="fracture_infinite", edges="fault"),
    Model(well="fracture_infinite", edges="circle"),
    Model(well="fracture_infinite", rock="double_pseudo_steady"),
)
"""What an engineer may lay through a test by hand."""
