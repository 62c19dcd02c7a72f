"""Well tests: log-log plot with derivative and match, Horner, or inflow, and what they gave."""

import numpy as np

from app.analysis.transient.interpret import Interpretation
from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.analysis.wells.inflow import curves_of
from app.core.setting import Setting
from app.core.texts import Speaker, with_unit
from app.models.values import count_of, needed_number, needed_text, part_of, rows_of
from app.reports import wording
from app.reports.blocks import Block, Chart, Heading, Level, Pairs, Paragraph, Pen
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    tests = facts.well_tests[: count_of(options, "most")]
    if not tests:
        return [
            Heading(speaker.say("section.welltests")),
            Paragraph(speaker.say("section.no_data"), muted=True, nothing=True),
        ]
    blocks: list[Block] = []
    for one in tests:
        kind = speaker.say(f"welltest.{one.test.kind}")
        blocks.append(Heading(speaker.say("section.welltest", kind=kind, at=one.test.taken_at)))
        if isinstance(one, RefusedTest):
            blocks.append(Paragraph(wording.not_assessed_line(one.reason, speaker)))
            continue
        blocks += [_inflow(one, speaker)] if one.found is None else _transient(one, one.found, speaker)
        blocks.append(Pairs(tuple(wording.welltest_figures(one.answer, speaker))))
        blocks += [
            Paragraph(
                wording.remark_line(needed_text(remark, "code"), part_of(remark, "detail"), speaker),
                muted=True,
            )
            for remark in rows_of(one.answer, "quality")
        ]
    return blocks


def _transient(one: OpenedTest, found: Interpretation, speaker: Speaker) -> list[Block]:
    unit = speaker.units.unit("pressure")
    hours = found.response.time_s / 3600
    pens = [
        Pen("Δp", hours, unit.from_si(found.response.change_pa), 0, line=False, points=True),
        Pen(
            speaker.say("welltest_plot.derivative"),
            hours,
            unit.from_si(found.derivative_pa),
            2,
            line=False,
            points=True,
        ),
    ]
    if one.model is not None:
        pens += [
            Pen(speaker.say("welltest_plot.match"), hours, unit.from_si(one.model.change_pa), 4),
            Pen("", hours, unit.from_si(one.model.slope_pa), 4),
        ]
    window = found.window
    bands = (
        ((window.from_s / 3600, window.to_s / 3600, speaker.say("welltest_plot.radial")),) if window else ()
    )
    blocks: list[Block] = [
        Chart(
            speaker.say("welltest_plot.loglog"),
            with_unit(speaker.say("axis.after_change"), speaker.unit("hours")),
            with_unit("Δp", speaker.unit("pressure")),
            tuple(pens),
            height_mm=66,
            log="xy",
            bands=bands,
        )
    ]
    if found.response.steps:
        blocks.append(_horner(found, speaker))
    return blocks


def _horner(found: Interpretation, speaker: Speaker) -> Chart:
    unit = speaker.units.unit("pressure")
    ratio = np.exp(-found.response.superposition)
    pens = [
        Pen(
            speaker.say("welltest_plot.measured"),
            ratio,
            unit.from_si(found.response.pressure_pa),
            0,
            line=False,
            points=True,
        )
    ]
    levels: tuple[Level, ...] = ()
    if found.horner is not None and found.horner.p_star_pa is not None:
        x = np.array([1.0, float(ratio.max())])
        line = found.horner.p_star_pa - found.horner.slope_pa_per_cycle * np.log10(x)
        pens.append(Pen(speaker.say("welltest_plot.line"), x, unit.from_si(line), 1))
        levels = (Level(float(unit.from_si(found.horner.p_star_pa)), "p*"),)
    return Chart(
        speaker.say("welltest_plot.horner"),
        speaker.say("axis.horner"),
        with_unit(speaker.say("axis.pressure"), speaker.unit("pressure")),
        tuple(pens),
        height_mm=50,
        log="x",
        leftwards=True,
        levels=levels,
    )


def _inflow(one: OpenedTest, speaker: Speaker) -> Chart:
    """Pressure over rate: the points and each model through them."""
    rate, pressure = speaker.units.unit("rate"), speaker.units.unit("pressure")
    points = rows_of(one.test.body, "points")
    x = np.array([rate.from_si(needed_number(point, "rate_m3_per_s")) for point in points])
    y = np.array([pressure.from_si(needed_number(point, "pressure_pa")) for point in points])
    pens = [Pen(speaker.say("welltest_plot.points"), x, y, 3, line=False, points=True)]
    pens += [
        Pen(speaker.say(f"inflow.curve.{name}"), rate.from_si(q), pressure.from_si(p), i)
        for i, (name, q, p) in enumerate(curves_of(one.answer))
    ]
    return Chart(
        "",
        with_unit(speaker.say("axis.rate"), speaker.unit("rate")),
        with_unit(speaker.say("axis.pressure"), speaker.unit("pressure")),
        tuple(pens),
        height_mm=70,
    )


SECTION = Section(
    "welltests",
    make,
    options=(
        Setting(
            "most",
            "int",
            3,
            "Не больше исследований",
            "At most so many tests",
            "Самые новые.",
            "The newest.",
            minimum=1,
            maximum=50,
        ),
    ),
)
