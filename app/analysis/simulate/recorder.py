"""What a dynamograph makes of a stroke: noise, its own start, its own direction, its own number of points."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import pressures, strings
from app.analysis.simulate.rod_faults import FaultyCards
from app.core.api_gravity import WATER_KG_PER_M3
from app.core.plain import JsonObject
from app.core.units import STANDARD_GRAVITY
from app.models.cards import Card, Fluid, WellBore

Floats = NDArray[np.float64]
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
OIL = 0.86


def recorded(made: FaultyCards, index: int, rng: np.random.Generator) -> Card:
    """A card as it would come from the field.

    noise, its own start, its own direction, 100 … 256 points, what the model does not know

    Args:
        made: simulated cards
        index: [-] which of them
        rng: that draws
    Returns:
        with what is known of the well: it differs from well to well
    Valid: any.
    Ours: training on clean cards teaches nothing of the field (domain/rod-pump.md).

    >>> from app.analysis import examples
    >>> from app.analysis.simulate.rod_faults import simulate
    >>> made = simulate([("full_pump",)], [examples.rod_well()], np.random.default_rng(1))
    >>> len(recorded(made, 0, np.random.default_rng(1)).load_n) >= 100
    True
    """
    well, cards = made.wells[index], made.cards
    n = int(rng.choice([100, 144, 200, 200, 256]))
    source = cards.surface_position_m.shape[1]
    at = np.arange(n) * source / n
    position = np.interp(
        at, np.arange(source + 1), np.r_[cards.surface_position_m[index], cards.surface_position_m[index, 0]]
    )
    load = np.interp(
        at, np.arange(source + 1), np.r_[cards.surface_load_n[index], cards.surface_load_n[index, 0]]
    )
    position = position + rng.normal(0, 5e-4 * np.ptp(position), n)
    load = (load + rng.normal(0, float(rng.uniform(20, 150)), n)) * float(rng.normal(1, 0.01))
    position, load = _unlike_the_model(position, load, rng)
    shift = int(rng.integers(n))
    position, load = np.roll(position, shift), np.roll(load, shift)
    if rng.random() < 0.3:
        position, load = position[::-1], load[::-1]
    return Card("t", WHEN, well.strokes_per_minute, position, load, bore=known(made, index, rng))


def _unlike_the_model(position: Floats, load: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """What real wells do and the simulation does not: guides and doglegs that rub, a wandering motor, a beam
    that bends.

    Plateaus of real pump cards wave by some per cent of the fluid load, and time runs unevenly by a sample or
    two.
    """
    n = len(load)
    turn = 2 * np.pi * np.arange(n) / n
    amplitude = 0.03 * float(np.ptp(load)) * float(rng.random()) ** 1.5
    orders = np.arange(3, 22)
    phases = rng.uniform(0, 2 * np.pi, len(orders))
    wave = (rng.normal(0, 1, len(orders))[:, None] * np.sin(orders[:, None] * turn + phases[:, None])).sum(
        axis=0
    )
    load = load + amplitude * wave / max(float(np.abs(wave).max()), 1e-9)
    late = float(rng.normal(0, 0.004)) * np.sin(turn + rng.uniform(0, 6.3)) + float(
        rng.normal(0, 0.002)
    ) * np.sin(2 * turn)
    at = (np.arange(n) / n + late) % 1.0

    def moved(values: Floats) -> Floats:
        return np.interp(at, np.arange(n) / n, values, period=1.0)

    return moved(position), moved(load)


def known(made: FaultyCards, index: int, rng: np.random.Generator) -> WellBore:
    """What an engineer knows of the well around a card.

    Args:
        made: simulated cards
        index: [-] which of them
        rng: that draws
    Returns:
        equipment, and what was measured; damping is never known
    Valid: any.
    Ours: a level and a flow test in six wells of ten, a wellhead pressure in nine.

    >>> from app.analysis import examples
    >>> from app.analysis.simulate.rod_faults import simulate
    >>> made = simulate([("full_pump",)], [examples.rod_well()], np.random.default_rng(1))
    >>> known(made, 0, np.random.default_rng(1)).pump_depth_m
    1300.0
    """
    well = made.wells[index]
    whole = replace(well, parted_at_m=None)
    depth = strings.length(whole.rods)
    tubing = well.discharge_pressure_pa - well.fluid_density * STANDARD_GRAVITY * depth
    # Water cut that gives the mixture's density with this oil and brine; the engineer knows it to a few per
    # cent.
    relative = well.fluid_density / WATER_KG_PER_M3
    cut = float(np.clip((relative - OIL) / (1.08 - OIL) + rng.normal(0, 0.03), 0, 1))
    intake = float(np.broadcast_to(made.run.intake_pressure_pa, (len(made.wells),))[index])
    # The annulus' gas cannot press harder than what stands at the pump under it.
    casing = min(float(rng.uniform(0.1e6, 0.8e6)), 0.75 * intake)
    above = pressures.height_above_pump_m(intake, casing, depth, WATER_KG_PER_M3 * OIL)
    test: JsonObject = {}
    if rng.random() < 0.6:
        test = {"liquid_m3_per_s": float(made.delivered_m3_per_s[index] * rng.normal(1, 0.05))}
    return WellBore(
        rods=whole.rods,
        pump_depth_m=depth,
        plunger_diameter_m=well.plunger_diameter_m,
        tubing_pressure_pa=tubing if rng.random() < 0.9 else None,
        casing_pressure_pa=casing,
        fluid_level_m=depth - above + float(rng.normal(0, 10)) if rng.random() < 0.6 else None,
        tubing_anchored=bool(made.run.tubing_compliance_m_per_n[index] == 0),
        fluid=Fluid(water_cut=cut, oil_relative_density=OIL, water_relative_density=1.08),
        well_test=test,
    )
