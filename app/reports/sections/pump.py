"""The operating point of an ESP on its curve: the catalogue's, what is left of it, the last test, where
inflow meets it.
"""

import numpy as np

from app.core.texts import Speaker, with_unit
from app.reports import flow_words
from app.reports.blocks import Block, Chart, Heading, Level, Pairs, Paragraph, Pen
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.pump"))
    view = facts.flow.pump
    if view is None:
        return [heading, Paragraph(flow_words.no_pump_words(facts.flow, speaker), muted=True)]
    rate, length = speaker.units.unit("rate"), speaker.units.unit("length")
    x, head = rate.from_si(view.rate), length.from_si(view.head_m)
    pens = [
        Pen(speaker.say("pump.catalogue"), x, head, 0),
        Pen(speaker.say("pump.left"), x, head * view.head_factor, 1),
        Pen(
            speaker.say("pump.test"),
            np.array([rate.from_si(view.at_rate)]),
            np.array([length.from_si(view.at_head_m)]),
            3,
            line=False,
            points=True,
        ),
    ]
    if view.nodal is not None and view.nodal.meets_rate is not None:
        meets = rate.from_si(np.array([view.nodal.meets_rate]))
        pens.append(
            Pen(
                speaker.say("pump.node"),
                meets,
                np.interp(meets, x, head * view.head_factor),
                2,
                line=False,
                points=True,
                hollow=True,
            )
        )
    best = Level(float(rate.from_si(view.best_rate)), speaker.say("pump.best"), upright=True)
    chart = Chart(
        speaker.say("pump.title", at=facts.flow.rows[0].test.taken_at),
        with_unit(speaker.say("axis.rate"), speaker.unit("rate")),
        with_unit(speaker.say("axis.head"), speaker.unit("length")),
        tuple(pens),
        height_mm=62,
        levels=(best,),
    )
    items = [
        (speaker.say("pump.at_rate"), speaker.quantity(view.at_rate, "rate")),
        (speaker.say("pump.at_head"), speaker.quantity(view.at_head_m, "length", digits=0)),
        (speaker.say("pump.over_best"), speaker.quantity(view.at_rate / view.best_rate, "ratio", digits=0)),
        (speaker.say("pump.head_left"), speaker.quantity(view.head_factor, "ratio", digits=0)),
    ]
    if view.nodal is not None and view.nodal.meets_rate is not None:
        items.append((speaker.say("pump.meets"), speaker.quantity(view.nodal.meets_rate, "rate")))
    return [heading, chart, Pairs(tuple(items))]


SECTION = Section("pump", make, lifts=("esp",))
