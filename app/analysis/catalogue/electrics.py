"""Submersible motors and the cables that feed them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.catalogue.entry import Entry
from app.analysis.catalogue.library import Kind

ZERO_CELSIUS_K = 273.15
AT_LOAD = (("current_share", 2.0), ("efficiency_at_load", 1.0), ("power_factor_at_load", 1.0))
COPPER_PER_K = 0.00393
"""IEC 60228: how much the resistance of copper grows with each kelvin, of that at 20 °C."""


@dataclass(frozen=True)
class Motor:
    """A motor, or what the motors of one maker and size have in common.

    Attributes:
        maker: of it
        outer_diameter_m: [m]
        frequency_hz: [Hz] rated
        efficiency: [-] at full load
        power_factor: [-] at full load
        speed_rpm: [1/min] at full load, or None
        rated_power_w: [W] at the shaft, or None for what is common
        rated_voltage_v: [V] between phases, or None
        load: [-] share of the rated power, rising; empty where nobody told
        current_share: [-] of the current at full load, at each load
        efficiency_at_load: [-]
        power_factor_at_load: [-]
        reading_error: [-] how far the current is from load/(cos φ·η), at most
    """

    maker: str
    outer_diameter_m: float
    frequency_hz: float
    efficiency: float
    power_factor: float
    speed_rpm: float | None = None
    rated_power_w: float | None = None
    rated_voltage_v: float | None = None
    load: tuple[float, ...] = ()
    current_share: tuple[float, ...] = ()
    efficiency_at_load: tuple[float, ...] = ()
    power_factor_at_load: tuple[float, ...] = ()
    reading_error: float = 0.0

    def full_load_current_a(self, power_w: float, voltage_v: float) -> float:
        """Current at full load of a motor of this make.

        I = P/(√3·U·cos φ·η)

        Args:
            power_w: [W] at the shaft
            voltage_v: [V] between phases
        Returns:
            [A]
        Valid: at rated voltage and frequency.
        Source: definition of efficiency and power factor of a three-phase motor.

        >>> motor = Motor("", 0.117, 50.0, 0.835, 0.84)
        >>> round(motor.full_load_current_a(32e3, 1000.0), 1)
        26.3
        """
        return power_w / (math.sqrt(3) * voltage_v * self.power_factor * self.efficiency)


@dataclass(frozen=True)
class Cable:
    """A three-core cable.

    Attributes:
        section_m2: [m²] of a conductor
        resistance_ohm_per_m: [Ω/m] of a conductor at 20 °C
        limit_temperature_k: [K] that its insulation bears for long
        shape: round, flat or empty
    """

    section_m2: float
    resistance_ohm_per_m: float
    limit_temperature_k: float
    shape: str = ""

    def resistance_at(self, temperature_k: float) -> float:
        """Resistance of a conductor when it is warm.

        R = R₂₀·(1 + 0.00393·(T − 293.15))

        Args:
            temperature_k: [K]
        Returns:
            [Ω/m]
        Valid: copper, 0 … 200 °C.
        Source: IEC 60228 (ГОСТ 22483-2012).

        >>> round(Cable(16e-6, 1.15e-3, 363.15).resistance_at(363.15) * 1e3, 3)
        1.466
        """
        return self.resistance_ohm_per_m * (1 + COPPER_PER_K * (temperature_k - ZERO_CELSIUS_K - 20))


def _motor(entry: Entry) -> Motor:
    power = entry.optional("rated_power_kw", 0.5, 2000)
    load = entry.numbers("load", 0.05, 1.5, 3)
    curves = {key: entry.numbers(key, 0, high, 3) for key, high in AT_LOAD}
    for key, values in curves.items():
        if len(values) != len(load):
            raise entry.wrong("catalogue_lengths", key, len(values), wanted=len(load))
    current, efficiency, power_factor = curves.values()
    return Motor(
        entry.text("maker"),
        entry.number("outer_diameter_mm", 50, 400) / 1000,
        entry.number("frequency_hz", 20, 300),
        entry.number("efficiency", 0.3, 0.99),
        entry.number("power_factor", 0.3, 1),
        entry.optional("speed_rpm", 300, 15_000),
        None if power is None else power * 1000,
        entry.optional("rated_voltage_v", 100, 8000),
        load,
        current,
        efficiency,
        power_factor,
        entry.optional("reading_error", 0, 0.2) or 0.0,
    )


def _cable(entry: Entry) -> Cable:
    cable = Cable(
        entry.number("section_mm2", 1, 300) / 1e6,
        entry.number("resistance_ohm_per_km", 0.01, 30) / 1000,
        entry.number("limit_temperature_c", 40, 350) + ZERO_CELSIUS_K,
        entry.choice("shape", ("", "round", "flat"), ""),
    )
    # Copper is 17.2 nΩ·m, the lay of the strands and the standard's allowance add up to a tenth.
    if not 15e-9 < cable.resistance_ohm_per_m * cable.section_m2 < 21e-9:
        raise entry.wrong(
            "catalogue_cable",
            "resistance_ohm_per_km",
            cable.resistance_ohm_per_m * 1000,
            section=cable.section_m2 * 1e6,
        )
    return cable


MOTORS = Kind("motors", _motor)
CABLES = Kind("cables", _cable)
