"""Which figures of a card its own findings make meaningless: parted rods have no fillage, a cell that is
off no largest load. Such a figure is "not determined", and the finding is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.analysis.cards.figures import CardAnalysis
from app.analysis.cards.record import Remark

TOLD_FROM = 0.5
"""A finding softer than that takes no figure away."""

OF_THE_PUMP = (
    "gross_stroke_m",
    "net_stroke_m",
    "fillage",
    "fluid_load_n",
    "pump_intake_pressure_pa",
    "pump_discharge_pressure_pa",
    "fluid_above_pump_m",
    "pump_displacement_m3_per_s",
    "leakage_m3_per_s",
    "inferred_liquid_m3_per_s",
    "pump_power_w",
    "system_efficiency",
    "rods",
)
OF_ABSOLUTE_LOADS = (
    "peak_polished_rod_load_n",
    "minimum_polished_rod_load_n",
    "rods",
    "gearbox",
    "beam_load_fraction",
)
OF_WHAT_ARRIVES = ("leakage_m3_per_s", "inferred_liquid_m3_per_s", "system_efficiency")

WITHHELD: Mapping[str, tuple[str, ...]] = {
    "rods_parted": OF_THE_PUMP,
    "load_offset": OF_ABSOLUTE_LOADS,
    "light_but_lifting": OF_ABSOLUTE_LOADS,
    "inputs_disagree": ("pump_intake_pressure_pa", "fluid_above_pump_m", "system_efficiency"),
    "traveling_valve_leak": OF_WHAT_ARRIVES,
    "standing_valve_leak": OF_WHAT_ARRIVES,
    "both_valves_leak": OF_WHAT_ARRIVES,
    "barrel_hole": OF_WHAT_ARRIVES,
    "plunger_out": OF_WHAT_ARRIVES,
}
"""A finding, or a piece of evidence of `sensor_fault`, → the figures that mean nothing beside it."""


def meaningful(analysis: CardAnalysis, found: Iterable[tuple[str, float, Iterable[str]]]) -> CardAnalysis:
    """A card's figures as far as its findings leave them a meaning.

    each figure of WITHHELD is None from a confidence of 0.5; parted rods have no load lines either

    Args:
        analysis: of a card
        found: (condition, [-] confidence, codes of its evidence) each
    Returns:
        the same card, with a remark for each finding that took figures away
    Valid: any findings; what was not determined before stays so without another remark.
    Ours: a figure that cannot be meant is not shown as if it were good.

    >>> from app.analysis import examples
    >>> told = meaningful(examples.card(), [("rods_parted", 0.9, ())])
    >>> told.measures["fillage"], told.lines, told.remarks[-1].code
    (None, None, 'not_meant')
    >>> meaningful(examples.card(), [("rods_parted", 0.4, ())]).measures["fillage"] is None
    False
    """
    measures, remarks, lines = dict(analysis.measures), list(analysis.remarks), analysis.lines
    for condition, confidence, evidence in found:
        if confidence < TOLD_FROM:
            continue
        keys = (condition, *(evidence if condition == "sensor_fault" else ()))
        gone = [name for key in keys for name in WITHHELD.get(key, ()) if measures[name] is not None]
        if not gone:
            continue
        measures |= dict.fromkeys(gone)
        remarks.append(Remark("not_meant", {"measures": list(dict.fromkeys(gone)), "finding": condition}))
        if condition == "rods_parted":
            lines = None
    if len(remarks) == len(analysis.remarks):
        return analysis
    return replace(analysis, measures=measures, remarks=tuple(remarks), lines=lines)
