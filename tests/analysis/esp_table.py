"""An ESP well told straight from the signature table (domain pages), with no physics of ours: a second,
independent judge.

Each sensor is a level with noise and a daily swing; a condition bends the levels as the table says, by
middling amounts.
"""

from __future__ import annotations

import numpy as np

from app.analysis.esp.grid import Samples
from app.analysis.quality.marks import quality_of
from app.models.sensors import SENSORS

LEVELS = {
    "intake_pressure": 5e6,
    "discharge_pressure": 19e6,
    "intake_temperature": 350.0,
    "motor_temperature": 375.0,
    "motor_current": 30.0,
    "voltage": 1100.0,
    "frequency": 50.0,
    "active_power": 45e3,
    "vibration_x": 1.5,
    "wellhead_pressure": 1.3e6,
    "annulus_pressure": 1.1e6,
    "line_pressure": 1.0e6,
    "liquid_rate": 100 / 86400,
    "insulation_resistance": 5e6,
}
NOISE = {
    "intake_pressure": 0.002,
    "discharge_pressure": 0.001,
    "intake_temperature": 2e-4,
    "motor_temperature": 5e-4,
    "motor_current": 0.005,
    "voltage": 0.004,
    "frequency": 2e-4,
    "active_power": 0.006,
    "vibration_x": 0.05,
    "wellhead_pressure": 0.006,
    "annulus_pressure": 0.004,
    "line_pressure": 0.008,
    "liquid_rate": 0.015,
    "insulation_resistance": 0.01,
}


class Told:
    """One well of `days` at one reading every `step_min`; `bend` multiplies a sensor from a day on, over some
    days.
    """

    def __init__(self, days: float, step_min: int, seed: int) -> None:
        rng = self.rng = np.random.default_rng(seed)
        self.day = np.arange(int(days * 1440 / step_min)) * step_min / 1440
        self.values = {
            code: level
            * (
                1
                + NOISE[code]
                * (rng.normal(size=len(self.day)) + 0.3 * np.sin(2 * np.pi * self.day + rng.uniform(0, 6)))
            )
            for code, level in LEVELS.items()
        }
        for phase in "abc":
            self.values[f"motor_current_{phase}"] = self.values["motor_current"] * (
                1 + 0.004 * rng.normal(size=len(self.day))
            )

    def ramp(self, start: float, over: float) -> np.ndarray:
        return np.clip((self.day - start) / max(over, 1e-9), 0, 1)

    def bend(self, code: str, share: float, start: float, over: float = 0.0, stop: float = 1e9) -> None:
        size = self.ramp(start, over) * (self.day < stop)
        self.values[code] = self.values[code] * (1 + share * size)
        if code == "motor_current":
            for phase in "abc":
                self.values[f"motor_current_{phase}"] = self.values[f"motor_current_{phase}"] * (
                    1 + share * size
                )

    def roughen(self, code: str, times: float, start: float, stop: float = 1e9) -> None:
        inside = (self.day >= start) & (self.day < stop)
        extra = np.sqrt(times**2 - 1) * NOISE[code] * LEVELS[code] * self.rng.normal(size=len(self.day))
        self.values[code] = self.values[code] + extra * inside

    def stop_pump(self, start: float, stop: float) -> None:
        inside = (self.day >= start) & (self.day < stop)
        for code in (
            "frequency",
            "motor_current",
            "active_power",
            "vibration_x",
            "liquid_rate",
            "voltage",
            "motor_current_a",
            "motor_current_b",
            "motor_current_c",
        ):
            self.values[code][inside] = 0.0
        self.values["discharge_pressure"][inside] *= 0.92
        self.values["intake_pressure"][inside] *= 1.3

    def samples(self, leave_out: tuple[str, ...] = ()) -> dict[str, Samples]:
        time_us = np.round(self.day * 86_400e6).astype(np.int64)
        return {
            code: Samples(time_us, values, quality_of(SENSORS[code], time_us, values))
            for code, values in self.values.items()
            if code not in leave_out
        }


def tell(code: str | None, *, days: float = 30, step_min: int = 5, seed: int = 1, size: float = 1.0) -> Told:
    """The condition begins at six tenths of the record."""
    well = Told(days, step_min, seed)
    at = 0.6 * days
    pin, pd, i, q, tm, vib, whp = (
        "intake_pressure",
        "discharge_pressure",
        "motor_current",
        "liquid_rate",
        "motor_temperature",
        "vibration_x",
        "wellhead_pressure",
    )

    def bend(over: float, stop: float = 1e9, **shares: float) -> None:
        names = {"pin": pin, "pd": pd, "i": i, "q": q, "tm": tm, "vib": vib, "whp": whp}
        for short, share in shares.items():
            well.bend(names[short], share * (size if abs(share) < 0.6 else 1.0), at, over, stop)

    if code == "gas_interference":
        well.roughen(i, 1 + 2.5 * size, at)
        bend(0.3, i=-0.06, q=-0.12, vib=0.25)
        well.roughen(pin, 4, at)
    elif code == "gas_lock":
        well.roughen(i, 4, at - 0.3, at + 0.35)
        bend(0.005, stop=at + 0.35, i=-0.5, q=-1.0, pd=-0.3, pin=0.35, tm=0.04)
    elif code == "pump_off":
        bend(3, pin=-0.55, i=-0.12, q=-0.3)
    elif code == "intake_plugging":
        bend(2, pin=0.3, q=-0.25, i=-0.1, pd=-0.04)
    elif code == "stage_wear":
        bend(days * 0.35, pd=-0.08, pin=0.1, q=-0.1, vib=0.6, i=-0.03)
    elif code == "scale_or_solids":
        bend(days * 0.25, i=0.09, q=-0.15, tm=0.025, vib=0.4, pin=0.06, pd=-0.02)
    elif code == "broken_shaft":
        bend(0.003, i=-0.6, q=-1.0, pd=-0.3, pin=0.8, vib=-0.5)
    elif code == "tubing_leak":
        bend(1, q=-0.3, pin=0.2, pd=-0.06, i=0.01, whp=-0.05)
    elif code == "deadhead":
        bend(0.02, stop=at + 0.5, whp=2.5, q=-1.0, pd=0.15, i=-0.2, tm=0.05)
    elif code == "motor_overheat":
        bend(1, tm=0.06)
    elif code == "insulation_decline":
        well.values["insulation_resistance"] *= 10 ** (-0.7 * size * well.ramp(0.35 * days, 0.65 * days))
    elif code == "phase_unbalance":
        well.values["motor_current_a"] *= 1 + 0.14 * size * well.ramp(at, 0.01)
    elif code == "power_disturbance":
        for k in range(3):
            well.bend("voltage", -0.15 * size, at + k * 0.4, 0, at + k * 0.4 + 0.06)
            well.bend(i, 0.1 * size, at + k * 0.4, 0, at + k * 0.4 + 0.06)
    elif code == "reverse_rotation":
        well.stop_pump(at - 0.1, at)
        bend(0, pd=-0.3, pin=0.4, q=-0.5, i=0.12)
    elif code == "frequent_starts":
        t = at
        for on, off in zip(well.rng.uniform(0.03, 0.2, 14), well.rng.uniform(0.01, 0.08, 14), strict=True):
            well.stop_pump(t, t + off)
            t += off + on
    elif code == "periodic":
        for k in range(int(days * 24 / 6)):
            well.stop_pump(k * 0.25, k * 0.25 + 0.08)
    elif code == "planned_stop":
        well.stop_pump(at, at + 0.7)
    elif code == "new_frequency":
        well.bend("frequency", 0.06, at)
        bend(0, i=0.1, q=0.06, pin=-0.15, pd=0.01, vib=0.1, tm=0.01)
    return well
