"""Trends of the period, a pane for each group of sensors, findings as bands."""

from app.core.texts import Speaker
from app.models.readings import Trend
from app.models.sensors.spec import Sensor
from app.reports import wording
from app.reports.blocks import Block, Chart, Heading, Paragraph, Pen
from app.reports.collect import Section, WellFacts


def make(facts: WellFacts, speaker: Speaker) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.trends"))]
    panes: dict[tuple[str, str], list[tuple[Sensor, Trend]]] = {}
    for sensor, trend in facts.trends:
        if len(trend.time_us):
            panes.setdefault((sensor.group, sensor.quantity), []).append((sensor, trend))
    if not panes:
        return [*blocks, Paragraph(speaker.say("section.no_data"), muted=True)]
    bands = tuple(
        (finding.from_at.timestamp(), finding.to_at.timestamp(), wording.finding_title(finding, speaker))
        for finding in facts.findings if finding.from_at < finding.to_at and finding.severity != "info"
    )  # fmt: skip
    for (_, quantity), members in panes.items():
        unit = speaker.units.unit(quantity)
        pens = tuple(
            Pen(sensor.name(speaker.language), trend.time_us / 1e6, unit.from_si(trend.value), index)
            for index, (sensor, trend) in enumerate(members)
        )
        names = ", ".join(pen.name for pen in pens)
        blocks.append(Chart(names, "", unit.label(speaker.language), pens, time_axis=True, height_mm=38, bands=bands))  # fmt: skip
    return blocks


SECTION = Section("trends", make)
