"""Well and equipment at the head of the report."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Pairs
from app.reports.collect import Section, WellFacts


def make(facts: WellFacts, speaker: Speaker) -> list[Block]:
    well = facts.well
    items = [
        (speaker.say("passport.field"), well.field_name),
        (speaker.say("passport.pad"), well.pad),
        (speaker.say("passport.lift"), speaker.say(f"lift.{well.lift}")),
        (speaker.say("passport.state"), speaker.say(f"state.{well.state}")),
    ]
    if facts.installation is not None:
        items += _equipment(facts.installation.equipment, speaker)
        items.append((speaker.say("passport.run_at"), speaker.day(facts.installation.run_at)))
    if facts.last_reading_at is not None:
        items.append((speaker.say("passport.last_reading"), speaker.moment(facts.last_reading_at)))
    return [Heading(speaker.say("section.passport")), Pairs(tuple(items))]


def _equipment(equipment: dict[str, object], speaker: Speaker) -> list[tuple[str, str]]:
    items: list[tuple[str, str]] = []
    if "pump_name" in equipment:
        items.append((speaker.say("passport.pump"), str(equipment["pump_name"])))
    pump = equipment.get("pump")
    if isinstance(pump, dict):
        items.append(
            (speaker.say("passport.pump_depth"), speaker.quantity(pump["depth_m"], "length", digits=0))
        )
        if "pump_name" not in equipment:
            items.append((speaker.say("passport.plunger"), speaker.quantity(pump["plunger_diameter_m"], "small_length")))  # fmt: skip
    rods = equipment.get("rods")
    if isinstance(rods, list):
        string = " + ".join(
            f"{speaker.bare(rod['diameter_m'], 'small_length', digits=0)}×{speaker.bare(rod['length_m'], 'length', digits=0)}" for rod in rods
        )  # fmt: skip
        items.append((speaker.say("passport.rods", small=speaker.unit("small_length"), unit=speaker.unit("length")), string))  # fmt: skip
    return items


SECTION = Section("passport", make)
