"""Cards by the method of characteristics: waves go up and down a string unchanged, each junction stands until
the pull on it is more than its friction, a chamber below takes gas and liquid. The program has no part in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from app.models.cards import Card, Fluid, RodSection, WellBore

PARTS, STROKES, MODULUS, DENSITY, G = 20, 4, 2.1e11, 900.0, 9.80665
TUBING, POLYTROPE, DEAD_M, SOFT = 1e6, 1.15, 0.1, 1e-9


@dataclass(frozen=True)
class Well:
    """What rubs and drags [N], and what the chamber takes."""

    depth_m: float = 1_500.0
    diameter_m: float = 0.0222
    mass_kg_per_m: float = 3.3
    plunger_m: float = 0.0445
    stroke_m: float = 3.0
    per_minute: float = 6.0
    intake_pa: float = 3e6
    gas: float = 0.0  # of what comes in
    liquid: float = 2.0  # of the polished rod's stroke, at most
    rods_rub_n: float = 0.0
    plunger_rubs_n: float = 0.0
    box_rubs_n: float = 0.0
    damping: float = 0.0

    @property
    def discharge_pa(self) -> float:
        return TUBING + DENSITY * G * self.depth_m

    @property
    def area_m2(self) -> float:
        return math.pi / 4 * self.plunger_m**2

    @property
    def sound_m_per_s(self) -> float:
        """Along the rods."""
        return math.sqrt(MODULUS * math.pi / 4 * self.diameter_m**2 / self.mass_kg_per_m)


@dataclass(frozen=True)
class Made:
    """A card and what its plunger did."""

    card: Card
    gross_m: float
    net_m: float

    @property
    def fillage(self) -> float:
        return self.net_m / self.gross_m


class Chamber:
    """Under a plunger: pressures between both valves', found with the plunger's speed."""

    def __init__(self, well: Well, step_s: float) -> None:
        self.well, self.step_s = well, step_s
        self.x = self.lowest = self.came = 0.0
        self.liquid, self.gas = well.area_m2 * DEAD_M, 1e-9
        self.pressure = well.intake_pa

    def volume(self, pressure: float) -> float:
        return self.liquid / (1 + SOFT * pressure) + self.gas / pressure ** (1 / POLYTROPE)

    def move(self, arrives: float, impedance: float) -> float:
        """Speed of the plunger under the wave that arrives; takes in and lets out."""
        well, area, at = self.well, self.well.area_m2, self.x - self.lowest + DEAD_M

        def free(pressure: float) -> float:
            pull = arrives - area * (well.discharge_pa - pressure)
            return math.copysign(max(0.0, abs(pull) - well.plunger_rubs_n), pull) / impedance

        def closed(pressure: float) -> float:
            return (self.volume(pressure) / area - at) / self.step_s

        low, high = well.intake_pa, well.discharge_pa
        if free(low) < closed(low) and free(high) > closed(high):
            for _ in range(30):
                middle = math.sqrt(low * high)
                low, high = (middle, high) if free(middle) < closed(middle) else (low, middle)
        self.pressure = low if free(low) >= closed(low) else high
        speed = free(self.pressure)
        self.x += speed * self.step_s
        more = area * (at + speed * self.step_s) - self.volume(self.pressure)
        if self.pressure == well.intake_pa and more > 0:
            liquid = min(more * (1 - well.gas), well.liquid * area * well.stroke_m - self.came)
            self.came += liquid
            self.liquid += liquid
            self.gas += (more - liquid) * self.pressure ** (1 / POLYTROPE)
        elif self.pressure == well.discharge_pa and more < 0:
            gone = min(-more, self.gas / self.pressure ** (1 / POLYTROPE) - 1e-12)
            self.gas -= gone * self.pressure ** (1 / POLYTROPE)
            self.liquid = max(0.0, self.liquid + more + gone)
        return speed


def make(well: Well, points: int = 200, *, late: float = 0.0) -> Made:
    """Under a sine of the polished rod; `late`: the cell's delay, of the period."""
    speed = well.sound_m_per_s
    period, part_m = 60 / well.per_minute, well.depth_m / PARTS
    n = round(period / (part_m / speed))
    top = well.stroke_m / 2 * (1 - np.cos(2 * np.pi * np.arange(n + 1) / n))
    tops, z = np.diff(top) * n / period, well.mass_kg_per_m * speed
    drag = well.damping * math.pi * speed / (2 * well.depth_m) * well.mass_kg_per_m * part_m
    rub, chamber = well.rods_rub_n / (PARTS - 1), Chamber(well, period / n)
    down, up = np.zeros(PARTS), np.zeros(PARTS)  # F + z·v on its way down, F − z·v on its way up
    force, place, pressure = np.zeros(n), np.zeros(n), np.zeros(n)
    for stroke in range(STROKES):
        for k in range(n):
            pull = down[:-1] - up[1:]
            speeds = np.sign(pull) * np.maximum(np.abs(pull) - rub, 0.0) / (2 * z + drag)
            force[k] = up[0] + z * tops[k]
            last = chamber.move(float(down[-1]), z)
            down, up = (
                np.r_[up[0] + 2 * z * tops[k], up[1:] + 2 * z * speeds],
                np.r_[down[:-1] - 2 * z * speeds, down[-1] - 2 * z * last],
            )
            place[k], pressure[k] = chamber.x, chamber.pressure
        chamber.came = 0.0
        if stroke < STROKES - 1:
            chamber.lowest = float(place.min())
    weight = well.mass_kg_per_m * well.depth_m * G * (1 - DENSITY / 7850)
    force += weight + well.box_rubs_n * np.sign(tops)
    force = np.fft.irfft(np.fft.rfft(force) / (1 + 2j * np.pi * late * np.arange(n // 2 + 1)), n)
    at = np.arange(points) / points * n
    load = np.interp(at, np.arange(n), force, period=n)
    position = np.interp(at, np.arange(n), top[1:], period=n)
    falling = np.roll(place, -int(np.argmax(place))), np.roll(pressure, -int(np.argmax(place)))
    opened = float(falling[0][int(np.argmax(falling[1] > 0.98 * well.discharge_pa))])
    return Made(_card(well, position, load), float(np.ptp(place)), opened - float(place.min()))


def _card(well: Well, position: np.ndarray, load: np.ndarray) -> Card:
    rod = RodSection(well.depth_m, well.diameter_m, well.mass_kg_per_m, MODULUS, well.sound_m_per_s)
    bore = WellBore(
        rods=(rod,),
        pump_depth_m=well.depth_m,
        plunger_diameter_m=well.plunger_m,
        tubing_pressure_pa=TUBING,
        fluid=Fluid(water_cut=0.0, oil_relative_density=DENSITY / 1000),
    )
    return Card("made", datetime(2026, 1, 1, tzinfo=UTC), well.per_minute, position, load, bore=bore)
