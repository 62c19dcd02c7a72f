"""Well and equipment: the passport, and the head of every report."""

from app.core.plain import Json
from app.core.texts import Speaker
from app.models.values import a_number, number_of
from app.models.wells import Installation
from app.reports.blocks import Block, Heading, Pairs
from app.reports.collect import Options, Section, WellFacts

Items = list[tuple[str, str]]


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    well = facts.well
    items: Items = [
        (speaker.say("passport.field"), well.field_name or "—"),
        (speaker.say("passport.pad"), well.pad or "—"),
        (speaker.say("passport.lift"), speaker.say(f"lift.{well.lift}")),
        (speaker.say("passport.state"), speaker.say(f"state.{well.state}")),
    ]
    if well.aliases:
        items.append((speaker.say("column.aliases"), ", ".join(well.aliases)))
    if facts.installation is not None:
        items += equipment(facts.installation, speaker)
    if facts.last_reading_at is not None:
        items.append((speaker.say("passport.last_reading"), speaker.moment(facts.last_reading_at)))
    return [Heading(speaker.say("section.passport")), Pairs(tuple(items))]


def equipment(installation: Installation, speaker: Speaker) -> Items:
    kept = installation.equipment
    pump, tubing = installation.part("pump"), installation.part("tubing")
    items: Items = []

    def add(code: str, value: Json, quantity: str = "", digits: int | None = None) -> None:
        if value not in (None, "", "—"):
            shown = (
                speaker.quantity(a_number(value, code), quantity, digits=digits) if quantity else str(value)
            )
            items.append((speaker.say(f"passport.{code}"), shown))

    add("pump", kept.get("pump_name"))
    add("pump_depth", pump.get("depth_m"), "length", 0)
    if not kept.get("pump_name"):
        add("plunger", pump.get("plunger_diameter_m"), "small_length")
    add("stages", kept.get("stages"), "number", 0)
    add("motor", kept.get("motor"))
    add("rated_power", kept.get("rated_power_w"), "power", 0)
    add("rated_current", kept.get("rated_current_a"), "current")
    add("supplier", kept.get("supplier"))
    if installation.rods:
        string = " + ".join(
            f"{speaker.bare(number_of(rod, 'diameter_m'), 'small_length', digits=0)}×"
            f"{speaker.bare(number_of(rod, 'length_m'), 'length', digits=0)}"
            for rod in installation.rods
        )
        items.append(
            (
                speaker.say("passport.rods", small=speaker.unit("small_length"), unit=speaker.unit("length")),
                string,
            )
        )
    add("tubing", tubing.get("outer_diameter_m"), "small_length", 0)
    items.append((speaker.say("passport.run_at"), speaker.day(installation.run_at)))
    return items


SECTION = Section("passport", make)
