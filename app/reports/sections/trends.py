"""Trends of the period, a pane for each group of sensors: findings as bands, events as flags."""

from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.readings import Trend
from app.models.sensors import SENSORS
from app.models.sensors.spec import Sensor
from app.models.values import needed_number
from app.reports.blocks import Block, Chart, Heading, Paragraph, Pen
from app.reports.chart_parts import bands_of, flags_of, window_of
from app.reports.collect import Options, Section, WellFacts

# What a report shows of each lift when nobody chose; the Trends page shows everything.
USUAL = {
    "esp": (
        "intake_pressure",
        "discharge_pressure",
        "motor_temperature",
        "intake_temperature",
        "motor_current",
        "frequency",
        "insulation_resistance",
        "liquid_rate",
    ),
    "srp": (
        "active_power",
        "motor_current",
        "pumping_speed",
        "wellhead_pressure",
        "line_pressure",
        "dynamic_level",
    ),
}


def pens_of(facts: WellFacts, options: Options) -> tuple[str, ...]:
    """Raises KnownError that names a sensor nobody knows."""
    wanted = tuple(key.strip() for key in str(options["pens"]).split(",") if key.strip())
    for key in wanted:
        if key not in SENSORS:
            raise KnownError(
                "report_option",
                place="trends",
                key="pens",
                value=key,
                known=", ".join(s.key for s in SENSORS),
            )
    return wanted or USUAL.get(facts.well.lift) or facts.sources.sensors(facts.well)


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.trends"))]
    panes: dict[tuple[str, str, bool], list[tuple[Sensor, Trend]]] = {}
    for sensor, trend in facts.trends(pens_of(facts, options)):
        if len(trend.time_us):
            panes.setdefault((sensor.group, sensor.quantity, sensor.downwards), []).append((sensor, trend))
    if not panes:
        return [*blocks, Paragraph(speaker.say("section.no_data"), muted=True, nothing=True)]
    bands = bands_of(facts.findings, speaker) if options["findings"] else ()
    flags = flags_of(facts.events, speaker) if options["events"] else ()
    window = window_of(
        facts.since, facts.until, *(trend.time_us / 1e6 for of_pane in panes.values() for _, trend in of_pane)
    )
    for (_, quantity, down), members in panes.items():
        unit = speaker.units.unit(quantity)
        pens = tuple(
            Pen(
                sensor.name(speaker.language, facts.well.lift),
                trend.time_us / 1e6,
                unit.from_si(trend.value),
                index,
            )
            for index, (sensor, trend) in enumerate(members)
        )
        title = pens[0].name if len(pens) == 1 else ""
        blocks.append(
            Chart(
                title,
                "",
                unit.label(speaker.language),
                pens,
                time_axis=True,
                height_mm=needed_number(options, "height_mm"),
                bands=bands,
                flags=flags,
                downwards=down,
                window=window,
            )
        )
    return blocks


SECTION = Section(
    "trends",
    make,
    options=(
        Setting(
            "pens",
            "str",
            "",
            "Перья",
            "Pens",
            "Датчики через запятую, например intake_pressure, motor_current. Пусто — обычные для способа "
            "эксплуатации.",
            "Sensors, separated by commas, for example intake_pressure, motor_current. Empty: the usual "
            "ones of the lift.",
        ),
        Setting(
            "height_mm",
            "float",
            38.0,
            "Высота графика",
            "Height of a chart",
            "Высота поля графика на бумаге.",
            "Of the plot on paper.",
            minimum=20,
            maximum=150,
            unit="mm",
        ),
        Setting(
            "events",
            "bool",
            True,
            "События на графике",
            "Events on the chart",
            "Остановки, обработки и ремонты флажками.",
            "Stops, treatments and workovers as flags.",
        ),
        Setting(
            "findings",
            "bool",
            True,
            "Диагнозы на графике",
            "Findings on the chart",
            "Полосами на всё время диагноза.",
            "As bands over their time.",
        ),
    ),
)
