"""The well as it is equipped, drawn to the scale of depth. What nobody told is said, not guessed."""

from typing import Any

from app.core.texts import Speaker
from app.reports.blocks import Block, Completion, Heading, Paragraph
from app.reports.collect import Options, Section, WellFacts


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
    mark(pump_m, "pump_named" if name else f"pump_{facts.well.lift}", name=name)
    mark(shoe_m, "shoe", diameter=speaker.quantity(hole.get("casing_diameter_m"), "small_length", digits=0))
    mark(top_m, "perforation_top")
    mark(bottom_m, "perforation_bottom")
    rods = kept.get("rods") if isinstance(kept.get("rods"), list) else []
    pieces = tuple(
        (shown(rod["length_m"]), speaker.quantity(rod["diameter_m"], "small_length", digits=0))
        for rod in rods or ()
    )
    hung = 0.0
    for length, diameter in pieces:
        marks.append((hung + length / 2, speaker.say("completion.rods", diameter=diameter)))
        hung += length
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


SECTION = Section("completion", make)
