"""The operating-mode sheet (техрежим): each well in a line with its equipment, its mode and what it gives,
units in the header.
"""

from app.core.order import natural
from app.core.texts import Speaker, with_unit
from app.models.values import Values, number_of
from app.reports.blocks import Block, Column, Heading, Table, Value
from app.reports.collect import Options, Section, WellFacts

# column → (sensor of the last readings, quantity)
MODE = (
    ("frequency", "frequency"),
    ("pumping_speed", "pumping_speed"),
    ("motor_current", "current"),
    ("load", "ratio"),
    ("active_power", "power"),
)
PRESSURES = (
    ("intake_pressure", "pressure"),
    ("wellhead_pressure", "surface_pressure"),
    ("line_pressure", "surface_pressure"),
    ("annulus_pressure", "surface_pressure"),
)


def make(wells: tuple[WellFacts, ...], speaker: Speaker, options: Options) -> list[Block]:
    say, units = speaker.say, speaker.units
    equipment, mode, pressures, output = (
        say(f"regime.{name}") for name in ("equipment", "mode", "pressures", "output")
    )
    columns = [
        Column(say("column.well")),
        Column(say("column.pad")),
        Column(say("column.lift_short")),
        Column(say("column.state")),
        Column(say("regime.pump"), group=equipment),
        Column(with_unit(say("regime.depth"), speaker.unit("length")), "number", 0, equipment),
        Column(say("regime.run_at"), "day", group=equipment),
    ]
    columns += [
        Column(
            with_unit(say(f"regime.{key}"), speaker.unit(quantity)),
            "number",
            units.unit(quantity).digits,
            mode,
        )
        for key, quantity in MODE
    ]
    columns += [
        Column(
            with_unit(say(f"regime.{key}"), speaker.unit(quantity)),
            "number",
            units.unit(quantity).digits,
            pressures,
        )
        for key, quantity in PRESSURES
    ]
    columns.append(Column(with_unit(say("regime.level"), speaker.unit("length")), "number", 0, pressures))
    columns += [
        Column(with_unit(say("regime.liquid"), speaker.unit("rate")), "number", 1, output),
        Column(with_unit(say("regime.oil"), speaker.unit("mass_rate")), "number", 1, output),
        Column(with_unit(say("regime.water_cut"), speaker.unit("ratio")), "number", 1, output),
        Column(say("column.tested"), "day", group=output),
    ]
    ordered = sorted(
        wells, key=lambda facts: tuple(map(natural, (facts.well.field_name, facts.well.pad, facts.well.name)))
    )
    return [
        Heading(say("section.regime"), 1),
        Table(tuple(columns), tuple(_row(facts, speaker) for facts in ordered)),
    ]


def _row(facts: WellFacts, speaker: Speaker) -> tuple[Value, ...]:
    well, say = facts.well, speaker.say
    values = {last.sensor.key: last for last in facts.overview.values}
    kept: Values = facts.installation.equipment if facts.installation is not None else {}
    pump: Values = facts.installation.part("pump") if facts.installation is not None else {}
    plunger = number_of(pump, "plunger_diameter_m")
    name = kept.get("pump_name") or (
        ""
        if plunger is None
        else say("regime.plunger", diameter=speaker.quantity(plunger, "small_length", digits=0))
    )
    test = next((one.test for one in facts.flow.rows if not one.doubts), None)

    shown = speaker.shown

    def last(key: str, quantity: str) -> float | None:
        return shown(values[key].value, quantity) if key in values else None

    return (
        well.name,
        well.pad,
        say(f"lift.{well.lift}"),
        say(f"state.{well.state}"),
        str(name),
        shown(number_of(pump, "depth_m") or well.depth_m, "length"),
        facts.installation.run_at if facts.installation is not None else None,
        *(last(key, quantity) for key, quantity in MODE),
        *(last(key, quantity) for key, quantity in PRESSURES),
        shown(facts.flow.last_level_m, "length"),
        shown(test.liquid_m3_per_s if test else None, "rate"),
        shown(test.oil_kg_per_s if test else None, "mass_rate"),
        shown(test.water_cut if test else None, "ratio"),
        test.taken_at if test else None,
    )


SECTION = Section("regime", make_for_all=make, wide=True)
