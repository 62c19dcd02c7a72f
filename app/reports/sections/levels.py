"""Where the liquid stands over the period: by shots, or by the intake pressure where there are none."""

from app.core.texts import Speaker, with_unit
from app.models.kinds import KINDS
from app.models.sensors import SENSORS
from app.reports import flow_words
from app.reports.blocks import Block, Chart, Column, Heading, Level, Paragraph, Pen, Table
from app.reports.chart_parts import window_of
from app.reports.collect import Options, Section, WellFacts
from app.reports.record_words import choice_words

MOST = 30


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    history = facts.flow
    blocks: list[Block] = [Heading(speaker.say("section.levels"))]
    if not len(history.level_m):
        return [*blocks, Paragraph(speaker.say("section.no_data"), muted=True, nothing=True)]
    length = speaker.units.unit("length")
    pump = (
        ()
        if history.pump_depth_m is None
        else (Level(float(length.from_si(history.pump_depth_m)), speaker.say("flow.pump")),)
    )
    name = speaker.say("flow.dynamic_level")
    pen = Pen(
        name,
        history.level_time_us / 1e6,
        length.from_si(history.level_m),
        2,
        points=len(history.level_m) < 200,
    )
    window = window_of(facts.since, facts.until, pen.x)
    blocks.append(
        Chart(
            name,
            "",
            with_unit(speaker.say("axis.level"), speaker.unit("length")),
            (pen,),
            time_axis=True,
            height_mm=38,
            levels=pump,
            downwards=SENSORS["dynamic_level"].downwards,
            window=window,
        )
    )
    blocks.append(Paragraph(flow_words.level_words(history, speaker), muted=True))
    entered = facts.records("fluid_level")[:MOST]
    if entered:
        blocks.append(_table(facts, speaker))
    return blocks


def _table(facts: WellFacts, speaker: Speaker) -> Table:
    entered = facts.records("fluid_level")[:MOST]
    length, pressure = speaker.units.unit("length"), speaker.units.unit("surface_pressure")
    field = KINDS["fluid_level"].field("level")
    columns = (
        Column(speaker.say("column.time"), "dated"),
        Column(speaker.say("column.level")),
        Column(with_unit(speaker.say("axis.level"), speaker.unit("length")), "number", 0),
        Column(
            with_unit(speaker.say("column.annulus_pressure"), speaker.unit("surface_pressure")),
            "number",
            pressure.digits,
        ),
        Column(speaker.say("column.note")),
    )
    rows = tuple(
        (
            one.record.at,
            choice_words(field, str(one.record.values.get("level", "")), speaker),
            float(length.from_si(one.record.values["level_m"])),
            None
            if one.record.values.get("casing_pressure_pa") is None
            else float(pressure.from_si(one.record.values["casing_pressure_pa"])),
            str(one.record.values.get("note", "")),
        )
        for one in entered
    )
    return Table(columns, rows)


SECTION = Section("levels", make)
