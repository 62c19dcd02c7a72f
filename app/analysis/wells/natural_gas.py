"""A natural gas with its carbon dioxide, hydrogen sulphide and nitrogen, and the pressure that makes its flow
as linear as a liquid's.

Critical point: Sutton (SPE 14265, 1985) for the hydrocarbons, mixed with the impurities by Kay's rule and
corrected by Wichert and Aziz (Hydrocarbon Processing, May 1972); z by `z_dak`, viscosity by
`lee_viscosity_pa_s`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells.gas_properties import (
    AIR_MOLAR_MASS,
    GAS_CONSTANT,
    PSI_PA,
    STANDARD_K,
    STANDARD_PA,
    lee_viscosity_pa_s,
    z_dak,
)

Floats = NDArray[np.float64]
RANKINE = 5 / 9

# Share's name → molar mass [g/mol], critical temperature [°R] and pressure [psia]: GPSA, as in McCain (1990).
IMPURITIES = {
    "carbon_dioxide": (44.01, 547.6, 1071.0),
    "hydrogen_sulphide": (34.08, 672.4, 1306.0),
    "nitrogen": (28.01, 227.3, 493.0),
}
STEPS = 256


@dataclass(frozen=True)
class NaturalGas:
    """A gas of a reservoir, at its temperature.

    Attributes:
        relative_density: [-] γ of the whole gas, to air
        temperature_k: [K]
        carbon_dioxide: [-] share by moles
        hydrogen_sulphide: [-] share by moles
        nitrogen: [-] share by moles
    """

    relative_density: float
    temperature_k: float
    carbon_dioxide: float = 0.0
    hydrogen_sulphide: float = 0.0
    nitrogen: float = 0.0

    @cached_property
    def critical(self) -> tuple[float, float]:
        """Pseudo-critical temperature [K] and pressure [Pa], corrected for the acid gases."""
        shares = {name: getattr(self, name) for name in IMPURITIES}
        pure = 1 - sum(shares.values())
        heavy = sum(share * IMPURITIES[name][0] for name, share in shares.items())
        gravity = (self.relative_density - heavy / (1e3 * AIR_MOLAR_MASS)) / pure
        kelvin, pascal = sutton(gravity)
        kelvin, pascal = pure * kelvin, pure * pascal
        for name, share in shares.items():
            kelvin += share * IMPURITIES[name][1] * RANKINE
            pascal += share * IMPURITIES[name][2] * PSI_PA
        return wichert_aziz(kelvin, pascal, self.carbon_dioxide, self.hydrogen_sulphide)

    def deviation(self, pressure_pa: float) -> float:
        """z at a pressure.

        `z_dak` at the corrected critical point

        Args:
            pressure_pa: [Pa] absolute
        Returns:
            [-]
        Valid: as `z_dak`; CO₂ to 0.5, H₂S to 0.8 (Wichert and Aziz).
        Source: Dranchuk and Abou-Kassem, JCPT 1975.

        >>> clean, sour = NaturalGas(0.7, 344.3), NaturalGas(0.7, 344.3, 0.05, 0.10)  # 160 °F
        >>> [round(gas.deviation(3500 * PSI_PA), 3) for gas in (clean, sour)]
        [0.874, 0.869]
        """
        kelvin, pascal = self.critical
        return z_dak(self.temperature_k / kelvin, pressure_pa / pascal)

    def density_kg_m3(self, pressure_pa: float) -> float:
        """Density in place.

        ρ = p·M_air·γ/(z·R·T)

        Args:
            pressure_pa: [Pa] absolute
        Returns:
            [kg/m³]
        Valid: as `deviation`.
        Source: real gas law.

        >>> round(NaturalGas(1.0, 288.706).density_kg_m3(101_325), 2)
        1.23
        """
        mass = AIR_MOLAR_MASS * self.relative_density
        return pressure_pa * mass / (self.deviation(pressure_pa) * GAS_CONSTANT * self.temperature_k)

    def viscosity_pa_s(self, pressure_pa: float) -> float:
        """Viscosity in place.

        Args:
            pressure_pa: [Pa] absolute
        Returns:
            [Pa·s]
        Valid: as `lee_viscosity_pa_s`; acid gases make it thicker by up to a tenth.
        Source: Lee, Gonzalez and Eakin, JPT 1966.

        >>> gas = NaturalGas(0.7, 355.372)  # Brill and Mukherjee's case: 0.016 cP
        >>> round(1e3 * gas.viscosity_pa_s(1700 * PSI_PA), 3)
        0.016
        """
        return lee_viscosity_pa_s(self.temperature_k, self.relative_density, self.density_kg_m3(pressure_pa))

    def volume_factor(self, pressure_pa: float) -> float:
        """Volume in place of one at standard conditions (101,325 Pa, 60 °F).

        B_g = z·(T/T_s)·(p_s/p)

        Args:
            pressure_pa: [Pa] absolute, above 0
        Returns:
            [m³/m³]
        Valid: as `deviation`.
        Source: real gas law.

        >>> round(NaturalGas(0.7, 288.706).volume_factor(101_325), 2)
        1.0
        """
        z = self.deviation(pressure_pa)
        return z * self.temperature_k / STANDARD_K * STANDARD_PA / pressure_pa

    def compressibility_per_pa(self, pressure_pa: float) -> float:
        """How much the gas gives per pressure.

        c_g = 1/p − (dz/dp)/z

        Args:
            pressure_pa: [Pa] absolute, above 0
        Returns:
            [1/Pa]
        Valid: as `deviation`; dz/dp over ±1 % of p.
        Source: definition.

        >>> 0.9 < 1e5 * NaturalGas(0.6, 350.0).compressibility_per_pa(1e5) < 1.1  # nearly ideal: 1/p
        True
        """
        step = 0.01 * pressure_pa
        slope = (self.deviation(pressure_pa + step) - self.deviation(pressure_pa - step)) / (2 * step)
        return 1 / pressure_pa - slope / self.deviation(pressure_pa)

    def pseudo_time(
        self, time_s: Floats, pressure_pa: Floats, reference_pa: float, total_per_pa: float | None = None
    ) -> Floats:
        """Normalised pseudo-time of a shut-in: a clock that runs as fast as the gas in the well is stiff and
        thin.

        t_n = (μ·c)_r·∫ dt/(μ·c) from the first time, by trapezoids

        Args:
            time_s: [s] (n,) rising
            pressure_pa: [Pa] (n,) in the well
            reference_pa: [Pa] where the liquid's formulas take μ and c
            total_per_pa: [1/Pa] c_t at the reference, rock and water included; the gas alone without
        Returns:
            [s] (n,) 0 at the first
        Valid: build-ups: of a drawdown the well's pressure does not tell the gas' own.
        Source: Agarwal, SPE 8279 (1979); normalised as Meunier, Kabir and Wittmann, SPE Formation Evaluation
            1987.

        >>> gas, time = NaturalGas(0.7, 350.0), np.array([0.0, 100.0])
        >>> slow, true = (float(gas.pseudo_time(time, np.full(2, p), 20e6)[1]) for p in (10e6, 20e6))
        >>> round(slow / true, 2), round(true)  # softer gas at half of the pressure
        (0.55, 100)
        """
        rest = 0.0 if total_per_pa is None else total_per_pa - self.compressibility_per_pa(reference_pa)
        table = np.linspace(min(pressure_pa.min(), reference_pa), max(pressure_pa.max(), reference_pa), 64)
        speed = np.array(
            [1 / (self.viscosity_pa_s(p) * (self.compressibility_per_pa(p) + rest)) for p in table]
        )
        here = np.interp(pressure_pa, table, speed) / np.interp(reference_pa, table, speed)
        steps = np.diff(time_s) * (here[1:] + here[:-1]) / 2
        return np.concatenate(([0.0], np.cumsum(steps)))

    def scale(self, reference_pa: float, highest_pa: float) -> PressureScale:
        """Pressures of a test and the normalised pseudo-pressure of each.

        p_n = p_r + (μ·z/p)_r·∫ p/(μ·z) dp from p_r

        Args:
            reference_pa: [Pa] p_r, where μ, B and c of the liquid's formulas are taken
            highest_pa: [Pa] that is asked of it
        Returns:
            with its inverse
        Valid: one temperature, one phase; `deviation`'s range.
        Source: Meunier, Kabir and Wittmann, SPE Formation Evaluation 1987: the pseudo-pressure of
            Al-Hussainy, Ramey and Crawford (JPT 1966) in units of pressure.

        >>> gas = NaturalGas(0.7, 350.0)
        >>> scale = gas.scale(20e6, 25e6)
        >>> round(float(scale.normalised(np.array([20e6]))[0])), round(float(scale.pressure(20e6)))
        (20000000, 20000000)
        """
        pressure = np.linspace(0.0, max(reference_pa, highest_pa) * 1.02, STEPS)[1:]
        mobility = np.array([p / (self.viscosity_pa_s(p) * self.deviation(p)) for p in pressure.tolist()])
        return PressureScale(pressure, pseudo_pressure(pressure, mobility) / 2, reference_pa)


@dataclass(frozen=True)
class PressureScale:
    """A table of pressures and of half the pseudo-pressure at each, about a reference.

    Attributes:
        table_pa: [Pa] (n,)
        half: [Pa/s] (n,) ∫ p/(μ·z) dp from 0
        reference_pa: [Pa]
    """

    table_pa: Floats
    half: Floats
    reference_pa: float

    @cached_property
    def _slope(self) -> float:
        """∂/∂p of it at the reference."""
        ends = np.clip(self.reference_pa * np.array([0.995, 1.005]), self.table_pa[0], self.table_pa[-1])
        low, high = np.interp(ends, self.table_pa, self.half)
        return float(high - low) / float(ends[1] - ends[0])

    def normalised(self, pressure_pa: Floats) -> Floats:
        """Normalised pseudo-pressure.

        Args:
            pressure_pa: [Pa] (n,) absolute
        Returns:
            [Pa] (n,) the pressure itself at the reference
        Valid: up to the highest of the table.
        Source: Meunier, Kabir and Wittmann, SPE Formation Evaluation 1987.

        >>> scale = PressureScale(np.array([1e6, 2e6]), np.array([1.0, 3.0]), 1.5e6)
        >>> scale.normalised(np.array([1e6, 2e6])).round().tolist()
        [1000000.0, 2000000.0]
        """
        at_reference = np.interp(self.reference_pa, self.table_pa, self.half)
        here = np.interp(pressure_pa, self.table_pa, self.half)
        return self.reference_pa + (here - at_reference) / self._slope

    def pressure(self, normalised_pa: float) -> float:
        """The pressure of a normalised pseudo-pressure.

        Args:
            normalised_pa: [Pa]
        Returns:
            [Pa] absolute
        Valid: within the table; beyond it its end.
        Source: the inverse of `normalised`.

        >>> scale = PressureScale(np.array([1e6, 2e6]), np.array([1.0, 3.0]), 1.5e6)
        >>> round(scale.pressure(1.75e6))
        1750000
        """
        return float(np.interp(normalised_pa, self.normalised(self.table_pa), self.table_pa))


def sutton(gas_density: float) -> tuple[float, float]:
    """Pseudo-critical temperature and pressure of hydrocarbon gas from its density.

    T_pc = 169.2 + 349.5·γ − 74.0·γ² °R, p_pc = 756.8 − 131.0·γ − 3.6·γ² psia

    Args:
        gas_density: [-] γ of the hydrocarbons, to air
    Returns:
        ([K], [Pa])
    Valid: 0.57–1.68.
    Source: Sutton, SPE 14265 (1985).

    >>> kelvin, pascal = sutton(0.7)
    >>> round(kelvin / RANKINE, 2), round(pascal / PSI_PA, 2)
    (377.59, 663.34)
    """
    kelvin = (169.2 + 349.5 * gas_density - 74.0 * gas_density**2) * RANKINE
    return kelvin, (756.8 - 131.0 * gas_density - 3.6 * gas_density**2) * PSI_PA


def wichert_aziz(
    critical_k: float, critical_pa: float, carbon_dioxide: float, hydrogen_sulphide: float
) -> tuple[float, float]:
    """A critical point corrected for acid gases.

    A = y_CO2 + y_H2S, B = y_H2S; ε = 120·(A^0.9 − A^1.6) + 15·(B^0.5 − B^4) °R; T' = T − ε,
    p' = p·T'/(T + B·(1 − B)·ε)

    Args:
        critical_k: [K] uncorrected
        critical_pa: [Pa] uncorrected
        carbon_dioxide: [-] share by moles
        hydrogen_sulphide: [-] share by moles
    Returns:
        ([K], [Pa])
    Valid: CO₂ to 0.544, H₂S to 0.738, 40–300 °F.
    Source: Wichert and Aziz, Hydrocarbon Processing, May 1972; worked in Ahmed, Reservoir Engineering
        Handbook (4th ed., 2010), ch. 2: 389.38 °R and 669.1 psia with 5 % CO₂ and 10 % H₂S become 368.64 and
        630.4.

    >>> kelvin, pascal = wichert_aziz(389.38 * RANKINE, 669.1 * PSI_PA, 0.05, 0.10)
    >>> round(kelvin / RANKINE, 2), round(pascal / PSI_PA, 1)
    (368.64, 630.4)
    """
    acid, sour = carbon_dioxide + hydrogen_sulphide, hydrogen_sulphide
    shift = (120 * (acid**0.9 - acid**1.6) + 15 * (sour**0.5 - sour**4)) * RANKINE
    kelvin = critical_k - shift
    return kelvin, critical_pa * kelvin / (critical_k + sour * (1 - sour) * shift)


def pseudo_pressure(pressure: Floats, mobility: Floats) -> Floats:
    """Real gas pseudo-pressure.

    m(p) = 2·∫ p/(μ·z) dp from 0, by trapezoids

    Args:
        pressure: [any] (n,) rising, above 0
        mobility: [any] (n,) p/(μ·z) at each
    Returns:
        [pressure·mobility] (n,)
    Valid: steps over which p/(μ·z) is straight.
    Source: Al-Hussainy, Ramey and Crawford, JPT 1966; Dake, Fundamentals of Reservoir Engineering (1978),
        table 8.1.

    >>> pseudo_pressure(np.array([400.0, 800.0]), np.array([33195.5, 65254.0])).tolist()  # psia, psia/cp
    [13278200.0, 52658000.0]
    """
    ends, heights = np.r_[0.0, pressure], np.r_[0.0, mobility]
    return 2 * np.cumsum(np.diff(ends) * (heights[1:] + heights[:-1]) / 2)
