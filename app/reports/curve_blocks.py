"""Curves of a model and the tests beside them, as charts of a report."""

from __future__ import annotations

import numpy as np

from app.analysis.wells.model_curves import ModelCase
from app.core.texts import Speaker, with_unit
from app.models.kinds.curved import GAS_LIFT
from app.reports import curve_words
from app.reports.blocks import Block, Chart, Pen

MOST_CASES = 3


def drawn(cases: tuple[ModelCase, ...], speaker: Speaker) -> list[Block]:
    """Pressures over rate, and the rate over lift gas, where a model has them."""
    return [
        chart
        for of_gas in (False, True)
        if (chart := _chart(cases[:MOST_CASES], speaker, of_gas)) is not None
    ]


def _chart(cases: tuple[ModelCase, ...], speaker: Speaker, of_gas: bool) -> Chart | None:
    rate = speaker.units.unit("rate")
    y_unit = rate if of_gas else speaker.units.unit("pressure")
    curves = [(case, one.curve) for case in cases for one in case.curves]
    pens = [
        Pen(
            f"{case.name}, {curve_words.curve_name(curve, speaker)}",
            rate.from_si(curve.x),
            y_unit.from_si(curve.y),
            n,
        )
        for n, (case, curve) in enumerate(one for one in curves if (one[1].what == GAS_LIFT) == of_gas)
    ]
    if not pens:
        return None
    told = [
        (one.gas_m3_per_s, one.liquid_m3_per_s) if of_gas else (one.liquid_m3_per_s, one.pressure_pa)
        for one in cases[0].measured
    ]
    known = np.array([pair for pair in told if None not in pair], float).reshape(-1, 2)
    if len(known):
        x, y = rate.from_si(known[:, 0]), y_unit.from_si(known[:, 1])
        pens.append(Pen(speaker.say("flow.tests_measured"), x, y, 7, line=False, points=True))
    title = speaker.say("flow.lift_curve" if of_gas else "flow.ipr_vlp")
    x_title = speaker.say("axis.lift_gas" if of_gas else "axis.rate")
    y_title = speaker.say("axis.rate" if of_gas else "axis.pressure")
    return Chart(
        title,
        with_unit(x_title, speaker.unit("rate")),
        with_unit(y_title, speaker.unit("rate" if of_gas else "pressure")),
        tuple(pens),
        height_mm=45,
    )
