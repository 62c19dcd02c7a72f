"""Flow tests of the period: rates and water cut over time, and the tests with what speaks against them."""

import numpy as np

from app.analysis.wells.modelled import of_liquid
from app.core.setting import Setting
from app.core.texts import Speaker, with_unit
from app.core.units import Unit
from app.models.values import count_of
from app.reports import curve_blocks, curve_words, flow_words, model_words, produced_blocks
from app.reports.blocks import Block, Chart, Column, Floats, Heading, Paragraph, Pen, Table
from app.reports.chart_parts import window_of
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    history = facts.flow
    blocks: list[Block] = [Heading(speaker.say("section.flow"))]
    given = produced_blocks.blocks(facts, speaker)
    if not history.rows:
        return [*blocks, *(given or [Paragraph(speaker.say("section.no_data"), muted=True, nothing=True)])]
    if options["charts"] and len(history.rows) > 1:
        blocks += _charts(facts, speaker)
    blocks.append(_table(facts, speaker, count_of(options, "most")))
    if len(history.rows) > count_of(options, "most"):
        blocks.append(
            Paragraph(
                speaker.say("section.more_rows", count=len(history.rows) - count_of(options, "most")),
                muted=True,
            )
        )
    if facts.well.lift == "esp":
        blocks.append(Paragraph(flow_words.virtual_words(history, speaker), muted=True))
    blocks += [Paragraph(line, muted=True) for line in model_words.lines(history.models, speaker)]
    blocks += curve_blocks.drawn(history.curves, speaker) if options["charts"] else []
    blocks += [Paragraph(line, muted=True) for line in curve_words.lines(history.curves, speaker)]
    return blocks + given


def _charts(facts: WellFacts, speaker: Speaker) -> list[Block]:
    rows = facts.flow.rows[::-1]
    rate, ratio = speaker.units.unit("rate"), speaker.units.unit("ratio")
    x = np.array([row.test.taken_at.timestamp() for row in rows])
    good = np.array([not row.doubts for row in rows], bool)
    liquid = rate.from_si(np.array([row.test.liquid_m3_per_s for row in rows]))
    virtual = _column([row.virtual for row in rows], rate)
    pens = [Pen(speaker.say("flow.liquid"), x[good], liquid[good], 0, line=False, points=True)]
    if not good.all():
        pens.append(
            Pen(
                speaker.say("flow.in_doubt"), x[~good], liquid[~good], 7, line=False, points=True, hollow=True
            )
        )
    if np.isfinite(virtual).any():
        pens.append(Pen(speaker.say("flow.by_pump"), x, virtual, 1))
    pens += [
        Pen(one.case, one.time_us / 1e6, rate.from_si(one.value), 3 + n, points=True)
        for n, one in enumerate(of_liquid(facts.flow.models))
    ]
    window = window_of(facts.since, facts.until, x)
    charts: list[Block] = [
        Chart(
            "",
            "",
            with_unit(speaker.say("axis.rate"), speaker.unit("rate")),
            tuple(pens),
            time_axis=True,
            height_mm=34,
            window=window,
        )
    ]
    cut = _column([row.test.water_cut for row in rows], ratio)
    if np.isfinite(cut).any():
        title = speaker.say("flow.water_cut")
        charts.append(
            Chart(
                title,
                "",
                speaker.unit("ratio"),
                (Pen(title, x, cut, 4, points=True),),
                time_axis=True,
                height_mm=24,
                window=window,
            )
        )
    return charts


def _column(values: list[float | None], unit: Unit) -> Floats:
    shown: Floats = unit.from_si(np.array([np.nan if value is None else value for value in values]))
    return shown


def _table(facts: WellFacts, speaker: Speaker, most: int) -> Table:
    units = speaker.units
    columns = (
        Column(speaker.say("column.time"), "dated"),
        Column(
            with_unit(speaker.say("column.liquid"), speaker.unit("rate")), "number", units.unit("rate").digits
        ),
        Column(
            with_unit(speaker.say("column.oil"), speaker.unit("mass_rate")),
            "number",
            units.unit("mass_rate").digits,
        ),
        Column(with_unit(speaker.say("column.water_cut"), speaker.unit("ratio")), "number", 1),
        Column(with_unit(speaker.say("column.gas"), speaker.unit("rate")), "number", 0),
        Column(with_unit(speaker.say("column.gas_oil_ratio"), speaker.unit("gas_ratio")), "number", 0),
        Column(with_unit(speaker.say("column.line_pressure"), speaker.unit("surface_pressure")), "number", 1),
        Column(
            with_unit(speaker.say("flow.by_pump"), speaker.unit("rate")), "number", units.unit("rate").digits
        ),
        Column(speaker.say("column.validity")),
    )

    shown = speaker.shown
    rows = tuple(
        (
            row.test.taken_at,
            shown(row.test.liquid_m3_per_s, "rate"),
            shown(row.test.oil_kg_per_s, "mass_rate"),
            shown(row.test.water_cut, "ratio"),
            shown(row.test.gas_m3_per_s, "rate"),
            row.gas_oil_ratio,
            shown(row.test.line_pressure_pa, "surface_pressure"),
            shown(row.virtual, "rate"),
            flow_words.validity_words(row, speaker),
        )
        for row in facts.flow.rows[:most]
    )
    return Table(columns, rows)


SECTION = Section(
    "flow",
    make,
    options=(
        Setting(
            "charts",
            "bool",
            True,
            "Графики",
            "Charts",
            "Дебит и обводнённость во времени.",
            "Rate and water cut over time.",
        ),
        Setting(
            "most",
            "int",
            40,
            "Не больше строк",
            "At most so many rows",
            "Самые новые; сколько не показано, сказано под таблицей.",
            "The newest; how many are left out is said below.",
            minimum=1,
            maximum=5000,
        ),
    ),
)
