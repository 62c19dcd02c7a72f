"""Curves of a model and the tests beside them, as charts of a report."""

from __future__ import annotations

from app.analysis.wells.model_curves import ModelCase, points_beside
from app.core.texts import Speaker, with_unit
from app.models.kinds.curved import GAS_LIFT, IPR
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
    _, x, y = points_beside(GAS_LIFT if of_gas else IPR, cases[0].measured)
    if len(x):
        tests = speaker.say("flow.tests_measured")
        pens.append(Pen(tests, rate.from_si(x), y_unit.from_si(y), 7, line=False, points=True))
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
