"""The well as it is equipped, drawn to the scale of depth. What nobody told is said, not guessed."""

from app.core.texts import Speaker
from app.models.values import needed_number, number_of
from app.reports.blocks import Block, Completion, Heading, Paragraph
from app.reports.collect import Options, Section, WellFacts

TUBING_NAMED_AT = 0.12
"""Of the pump's depth, where the name of the tubing stands."""


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.completion"))
    run = facts.installation
    pump, hole, tubing = ({} if run is None else run.part(key) for key in ("pump", "hole", "tubing"))
    pump_m = number_of(pump, "depth_m") or facts.well.depth_m
    if pump_m is None:
        return [heading, Paragraph(speaker.say("section.no_completion"), muted=True)]
    flow = facts.flow
    level_m = flow.last_level_m
    top_m, bottom_m, shoe_m = (
        number_of(hole, key) for key in ("perforation_top_m", "perforation_bottom_m", "casing_shoe_m")
    )
    deepest = max(value for value in (pump_m, bottom_m, shoe_m) if value is not None)
    unit = speaker.units.unit("length")

    def shown(depth_m: float) -> float:
        return float(unit.from_si(depth_m))

    marks: list[tuple[float, str]] = []

    def mark(depth_m: float | None, code: str, **details: object) -> None:
        if depth_m is not None:
            marks.append((shown(depth_m), speaker.say(f"completion.{code}", **details)))

    mark(level_m, f"level_{flow.level_from}" if level_m is not None else "level")
    name = None if run is None else run.equipment.get("pump_name")
    plunger = number_of(pump, "plunger_diameter_m")
    marks.append((shown(pump_m), ", ".join(_pump_words(facts.well.lift, name, plunger, speaker))))
    mark(
        shoe_m,
        "shoe",
        diameter=speaker.quantity(number_of(hole, "casing_diameter_m"), "small_length", digits=0),
    )
    mark(top_m, "perforation_top")
    mark(bottom_m, "perforation_bottom")
    rods = [] if run is None else run.rods
    pieces = tuple(
        (
            shown(needed_number(rod, "length_m")),
            speaker.quantity(number_of(rod, "diameter_m"), "small_length", digits=0),
        )
        for rod in rods
    )
    hung = 0.0
    for (length, diameter), rod in zip(pieces, rods, strict=True):
        told = speaker.quantity(number_of(rod, "length_m"), "length", digits=0)
        marks.append((hung + length / 2, speaker.say("completion.rods", diameter=diameter, length=told)))
        hung += length
    if outer_m := number_of(tubing, "outer_diameter_m"):
        outer = speaker.quantity(outer_m, "small_length", digits=0)
        mark(pump_m * TUBING_NAMED_AT, "tubing", diameter=outer)
    blocks: list[Block] = [
        heading,
        Completion(
            speaker.unit("length"),
            shown(deepest) * 1.05,
            facts.well.lift,
            None if shoe_m is None else shown(shoe_m),
            shown(pump_m),
            None if level_m is None else shown(level_m),
            ((shown(top_m), shown(bottom_m)),) if top_m is not None and bottom_m is not None else (),
            pieces,
            tuple(marks),
        ),
    ]
    untold = [
        code
        for code, value in (("perforation", top_m), ("casing", shoe_m), ("level", level_m))
        if value is None
    ]
    if untold:
        names = ", ".join(speaker.say(f"completion.untold.{code}") for code in untold)
        blocks.append(Paragraph(speaker.say("completion.untold", names=names), muted=True))
    return blocks


def _pump_words(lift: str, name: object, plunger_m: float | None, speaker: Speaker) -> list[str]:
    said = [speaker.say("completion.pump_named" if name else f"completion.pump_{lift}", name=name)]
    if plunger_m:
        plunger = speaker.quantity(plunger_m, "small_length", digits=0)
        said.append(speaker.say("completion.plunger", diameter=plunger))
    return said


SECTION = Section("completion", make)
