"""Gearbox torque over the turn of the crank, as it is and as it could be balanced."""

import numpy as np

from app.core.texts import Speaker, with_unit
from app.models.values import number_of
from app.reports.blocks import Block, Chart, Heading, Level, Pairs, Paragraph, Pen
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.torque"))
    analysis = facts.analysis
    if analysis is None or analysis.torque is None:
        return [heading, Paragraph(speaker.say("section.no_torque"), muted=True)]
    torque, unit = analysis.torque, speaker.units.unit("torque")
    degrees = np.degrees(torque.crank_rad)
    pens = [Pen(speaker.say("torque.balanced"), degrees, unit.from_si(torque.balanced_n_m), 0)]
    if torque.existing_n_m is not None:
        pens.append(Pen(speaker.say("torque.existing"), degrees, unit.from_si(torque.existing_n_m), 1))
    pens.append(
        Pen(speaker.say("torque.counterbalance"), degrees, unit.from_si(torque.counterbalance_n_m), 2)
    )
    pens.append(Pen(speaker.say("torque.rods"), degrees, unit.from_si(torque.rod_n_m), 7))
    rating = number_of(analysis.card.bore.unit, "gearbox_rating_n_m")
    levels = (
        (Level(float(unit.from_si(rating)), speaker.say("torque.rating"), serious=True),) if rating else ()
    )
    facts_line = [
        (speaker.say("torque.best_moment"), speaker.quantity(torque.best_moment_n_m, "torque")),
        (speaker.say("torque.balanced_peak"), speaker.quantity(torque.balanced_peak_n_m, "torque")),
    ]
    if torque.peak_n_m is not None:
        facts_line.append((speaker.say("torque.peak"), speaker.quantity(torque.peak_n_m, "torque")))
    chart = Chart(
        "",
        speaker.say("axis.crank"),
        with_unit(speaker.say("axis.torque"), unit.label(speaker.language)),
        tuple(pens),
        height_mm=55,
        levels=levels,
    )
    return [heading, chart, Pairs(tuple(facts_line))]


SECTION = Section("torque", make, lifts=("srp",))
