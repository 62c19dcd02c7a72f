"""The well as it is equipped, drawn to the scale of depth. What nobody told is said, not guessed."""

from typing import Any

from app.core.texts import Speaker
from app.reports.blocks import Block, Completion, Heading, Paragraph
from app.reports.collect import Options, Section, WellFacts

TUBING_NAMED_AT = 0.12
"""Of the pump's depth, where the name of the tubing stands."""


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.completion"))
    kept = facts.installation.equipment if facts.installation is not None else {}
    pump, hole = (kept[key] if isinstance(kept.get(key), dict) else {} for key in ("pump", "hole"))
    pump_m = pump.get("depth_m") or facts.well.depth_m
    if pump_m is None:
        return [heading, Paragraph(speaker.say("section.no_completion"), muted=True)]
    flow = facts.flow
    level_m = flow.last_level_m
    top_m, bottom_m, shoe_m = (
        hole.get(key) for key in ("perforation_top_m", "perforation_bottom_m", "casing_shoe_m")
    )
    deepest = max(value for value in (pump_m, bottom_m, shoe_m) if value is not None)
    unit = speaker.units.unit("length")

    def shown(depth_m: float) -> float:
        return float(unit.from_si(depth_m))

    marks: list[tuple[float, str]] = []

    def mark(depth_m: float | None, code: str, **details: Any) -> None:
        if depth_m is not None:
            marks.append((shown(depth_m), speaker.say(f"completion.{code}", **details)))

    mark(level_m, f"level_{flow.level_from}" if level_m is not None else "level")
    name = kept.get("pump_name")
    plunger = pump.get("plunger_diameter_m")
    marks.append((shown(pump_m), ", ".join(_pump_words(facts.well.lift, name, plunger, speaker))))
    mark(shoe_m, "shoe", diameter=speaker.quantity(hole.get("casing_diameter_m"), "small_length", digits=0))
    mark(top_m, "perforation_top")
    mark(bottom_m, "perforation_bottom")
    rods = kept.get("rods") if isinstance(kept.get("rods"), list) else []
    pieces = tuple(
        (shown(rod["length_m"]), speaker.quantity(rod["diameter_m"], "small_length", digits=0))
        for rod in rods or ()
    )
    hung = 0.0
    for (length, diameter), rod in zip(pieces, rods or (), strict=True):
        told = speaker.quantity(rod["length_m"], "length", digits=0)
        marks.append((hung + length / 2, speaker.say("completion.rods", diameter=diameter, length=told)))
        hung += length
    if isinstance(kept.get("tubing"), dict) and kept["tubing"].get("outer_diameter_m"):
        outer = speaker.quantity(kept["tubing"]["outer_diameter_m"], "small_length", digits=0)
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


def _pump_words(lift: str, name: Any, plunger_m: Any, speaker: Speaker) -> list[str]:
    said = [speaker.say("completion.pump_named" if name else f"completion.pump_{lift}", name=name)]
    if plunger_m:
        plunger = speaker.quantity(float(plunger_m), "small_length", digits=0)
        said.append(speaker.say("completion.plunger", diameter=plunger))
    return said


SECTION = Section("completion", make)
