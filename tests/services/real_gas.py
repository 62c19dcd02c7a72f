"""A gas well by finite differences: moles between rings, gas as it is at the pressure of each; no
pseudo-pressure anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_banded

from app.analysis.wells.gas_properties import GAS_CONSTANT, STANDARD_K, STANDARD_PA
from app.analysis.wells.natural_gas import NaturalGas

Floats = NDArray[np.float64]
GAS = {"relative_density": 0.7, "temperature_k": 366.0}
RESERVOIR_PA, THICKNESS_M, POROSITY, RADIUS_M, FAR_M, RINGS = 25e6, 12.0, 0.12, 0.1, 3000.0, 100


@dataclass(frozen=True)
class RealGasWell:
    permeability_m2: float
    skin: float
    rate_m3_per_s: float
    well_m3: float

    @cached_property
    def _table(self) -> tuple[Floats, Floats, Floats]:
        gas, pressure = NaturalGas(**GAS), np.linspace(1e5, 1.05 * RESERVOIR_PA, 400)
        z = np.array([gas.deviation(p) for p in pressure])
        viscosity = np.array([gas.viscosity_pa_s(p) for p in pressure])
        return pressure, pressure / (z * GAS_CONSTANT * GAS["temperature_k"]), viscosity

    @cached_property
    def _rings(self) -> tuple[Floats, Floats]:
        """Volumes [m³], the well's first, and k·2πh/ln between neighbours [m³]."""
        edges = np.geomspace(RADIUS_M * np.exp(-self.skin), FAR_M, RINGS + 1)
        middles = np.r_[edges[0], np.sqrt(edges[1:] * edges[:-1])]
        volumes = np.pi * np.diff(edges**2) * THICKNESS_M * POROSITY
        between = 2 * np.pi * self.permeability_m2 * THICKNESS_M / np.log(middles[1:] / middles[:-1])
        return np.r_[self.well_m3, volumes], between

    def _step(self, pressure: Floats, step_s: float, moles_per_s: float) -> Floats:
        """One implicit step by Newton."""
        volumes, between = self._rings
        table, moles, viscosity = self._table
        old, now = np.interp(pressure, table, moles), pressure
        for _ in range(8):
            here = np.interp(now, table, moles)
            gain = (np.interp(now + 1e3, table, moles) - here) / 1e3
            ease = here / np.interp(now, table, viscosity)
            ease = between * (ease[1:] + ease[:-1]) / 2
            flux = ease * np.diff(now)
            left = volumes * (here - old) / step_s
            left[0] += moles_per_s
            left[:-1] -= flux
            left[1:] += flux
            middle = volumes * gain / step_s
            middle[:-1] += ease
            middle[1:] += ease
            bands = np.array([np.r_[0.0, -ease], middle, np.r_[-ease, 0.0]])
            change = solve_banded((1, 1), bands, -left)
            now = now + change
            if np.abs(change).max() < 1.0:
                break
        return now

    def build_up(self, producing_s: float) -> dict[str, Any]:
        pressure = np.full(RINGS + 1, RESERVOIR_PA)
        moles = STANDARD_PA * self.rate_m3_per_s / (GAS_CONSTANT * STANDARD_K)
        for step in np.diff(np.r_[0.0, np.geomspace(0.1, producing_s, 200)]):
            pressure = self._step(pressure, step, moles)
        time, told = [0.0], [float(pressure[0])]
        for at in np.geomspace(1e-2, producing_s / 2, 260).tolist():
            pressure = self._step(pressure, at - time[-1], 0.0)
            time.append(at)
            told.append(float(pressure[0]))
        seen = [0, *(n for n, at in enumerate(time) if at >= 10.0)]
        return {
            "kind": "buildup",
            "gas": GAS,
            "rate_m3_per_s": self.rate_m3_per_s,
            "producing_time_s": producing_s,
            "porosity": POROSITY,
            "thickness_m": THICKNESS_M,
            "wellbore_radius_m": RADIUS_M,
            "reservoir_pressure_pa": RESERVOIR_PA,
            "time_s": [time[n] for n in seen],
            "pressure_pa": [told[n] for n in seen],
        }
