"""Records of several days about one thing in the well: each field holds until another record says it anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.analysis.cards.figures import analyse
from app.importers.card_equipment import parts_of
from app.importers.card_json import read_card
from app.models.cards import WellBore
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import records
from app.models.wells import SRP
from app.services.diagnosis import cards
from app.services.diagnosis.refiguring import refigure
from app.services.records import entries
from app.services.wells import building, succession
from app.services.wells.equipment import EquipmentHistory, Equipped, equipment_at
from app.services.workspace import Workspace
from tests.conftest import shared_file

MARCH, JUNE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
BEAM = {f"api_{letter}_m": 1.0 for letter in "acikpr"}


def put(workspace: Workspace, kind: str, at: datetime, **values: Any) -> Record:
    name = f"{kind}-{at:%Y%m%d%H}"
    return entries.save_record(workspace, Record(name, kind, 2, at, None, values))


def unit_in_july(workspace: Workspace) -> dict[str, Any]:
    return equipment_at(workspace, 2, JUNE + 30 * DAY).bore.unit


def named(found: Equipped) -> list[tuple[str, datetime]]:
    return [(one.kind, one.at) for one in found.sources]


def test_a_unit_goes_on_under_a_later_paper_that_names_its_sheave_alone(workspace: Workspace) -> None:
    put(
        workspace,
        "pumping_unit",
        MARCH,
        unit_name="C-228D-213-86",
        stroke_m=2.18,
        counterbalance_moment_n_m=3e4,
    )
    before = equipment_at(workspace, 2, MARCH + DAY)
    put(workspace, "pumping_unit", JUNE, sheaves="250 мм", geometry="conventional")
    after = equipment_at(workspace, 2, JUNE + DAY)
    assert after.bore.unit == before.bore.unit
    assert after.bore.unit["counterbalance_moment_n_m"] == 3e4
    assert "api_R_m" in after.bore.unit
    assert named(after) == [("pumping_unit", MARCH), ("pumping_unit", JUNE)]
    assert named(before) == [("pumping_unit", MARCH)]


@pytest.mark.parametrize(
    ("later", "is_left"),
    [
        ({"unit_name": "СКД8-3-4000"}, False),
        ({"unit_name": "c 228d–213-86"}, True),
        ({**BEAM, "api_k_m": 1.5}, False),
        ({**BEAM, "api_r_m": 0.8}, True),
    ],
)
def test_of_another_unit_nothing_of_the_one_before_is_left(
    workspace: Workspace, later: dict[str, Any], is_left: bool
) -> None:
    put(workspace, "pumping_unit", MARCH, unit_name="C-228D-213-86", counterbalance_moment_n_m=3e4, **BEAM)
    put(workspace, "pumping_unit", JUNE, **later)
    assert ("counterbalance_moment_n_m" in unit_in_july(workspace)) is is_left


def test_what_means_something_beside_another_field_goes_when_that_is_told_anew(workspace: Workspace) -> None:
    put(workspace, "pumping_unit", MARCH, counterweights="4", counterbalance_moment_n_m=3e4, **BEAM)
    put(workspace, "pumping_unit", JUNE, counterweights="6", stroke_m=2.5)
    unit = unit_in_july(workspace)
    assert "counterbalance_moment_n_m" not in unit
    assert "api_R_m" not in unit, "it runs on another hole of the crank"
    assert unit["api_A_m"] == 1.0
    put(
        workspace,
        "reservoir",
        MARCH,
        reservoir_pressure_pa=18e6,
        datum_m=1900.0,
        productivity_m3_per_s_pa=1e-11,
    )
    put(workspace, "reservoir", JUNE, reservoir_pressure_pa=15e6)
    rock = equipment_at(workspace, 2, JUNE + DAY).equipment["reservoir"]
    assert rock == {"reservoir_pressure_pa": 15e6, "productivity_m3_per_s_pa": 1e-11}
    put(workspace, "rod_string", MARCH, sections=[{"length_m": 500.0, "diameter_m": 0.022}], damping_up=0.1)
    put(workspace, "rod_string", JUNE, sections=[{"length_m": 800.0, "diameter_m": 0.022}])
    assert "damping" not in equipment_at(workspace, 2, JUNE + DAY).equipment


def test_a_form_that_stands_on_usual_says_nothing_of_an_unusual_unit(workspace: Workspace) -> None:
    put(workspace, "pumping_unit", MARCH, geometry="mark2", **BEAM)
    put(workspace, "pumping_unit", JUNE, geometry="conventional", sheaves="250 мм")
    assert unit_in_july(workspace)["geometry"] == "mark2"


def test_a_unit_that_was_taken_away_lends_nothing_to_what_is_told_later(workspace: Workspace) -> None:
    gone = put(workspace, "pumping_unit", MARCH, unit_name="C-228D-213-86", stroke_m=2.18)
    entries.save_record(workspace, replace(gone, until=JUNE - DAY))
    put(workspace, "pumping_unit", JUNE, sheaves="250 мм")
    assert unit_in_july(workspace) == {}


def test_a_fluid_is_known_field_by_field_and_later_papers_fill_what_none_said_before(
    workspace: Workspace,
) -> None:
    put(workspace, "fluid", MARCH, water_cut=0.3, oil_relative_density=0.86)
    put(workspace, "fluid", JUNE, water_cut=0.6, water_relative_density=1.1)
    history = EquipmentHistory(workspace, 2)
    early, between, late = (history.at(at) for at in (MARCH - DAY, MARCH + DAY, JUNE + DAY))
    assert late.equipment["fluid"] == {
        "water_cut": 0.6,
        "oil_relative_density": 0.86,
        "water_relative_density": 1.1,
    }
    assert between.equipment["fluid"] == {**late.equipment["fluid"], "water_cut": 0.3}
    assert early.equipment == between.equipment
    assert named(between) == [("fluid", JUNE), ("fluid", MARCH)], "the one that stands over the other last"
    assert named(late) == [("fluid", MARCH), ("fluid", JUNE)]


def test_pressures_at_the_head_are_each_by_the_nearest_that_measured_them(workspace: Workspace) -> None:
    put(workspace, "head_pressures", MARCH, tubing_pressure_pa=1e6, casing_pressure_pa=4e5)
    put(workspace, "fluid_level", MARCH + 9 * DAY, level="dynamic", level_m=900.0, casing_pressure_pa=9e5)
    put(workspace, "head_pressures", MARCH + 12 * DAY, casing_pressure_pa=7e5)
    found = equipment_at(workspace, 2, MARCH + 10 * DAY)
    bore = found.bore
    assert (bore.tubing_pressure_pa, bore.casing_pressure_pa, bore.fluid_level_m) == (1e6, 9e5, 900.0)
    assert named(found) == [("head_pressures", MARCH), ("fluid_level", MARCH + 9 * DAY)]
    assert equipment_at(workspace, 2, MARCH + 12 * DAY).bore.casing_pressure_pa == 7e5


def test_a_card_of_july_is_computed_with_the_unit_of_march_and_again_when_the_sheave_is_told(
    workspace: Workspace,
) -> None:
    card = read_card(shared_file("data/well-c.json"))
    bare = replace(card, taken_at=JUNE + 30 * DAY, bore=WellBore())
    with workspace.store.writing() as cursor:
        card_store.add_in(cursor, cards.all_to_store(workspace, [(bare, 2)]))
    for key, values in parts_of(card.bore).items():
        if key not in ("head_pressures", "flow_test"):
            put(workspace, key, MARCH, **values)
    put(workspace, "fluid", JUNE, water_cut=card.bore.fluid.water_cut)
    put(workspace, "pumping_unit", JUNE, sheaves="250 мм")
    assert refigure(workspace, 2) == 1
    (stored,) = cards.history(workspace, 2)
    whole = replace(
        card, taken_at=bare.taken_at, bore=replace(card.bore, tubing_pressure_pa=None, well_test={})
    )
    measures = analyse(whole).measures
    assert measures["gearbox"]["load_fraction"] is not None
    assert cards.analyse_stored(workspace, stored).measures["gearbox"] == measures["gearbox"]
    assert {key: stored.figures[key] for key in cards.KEPT} == {key: measures[key] for key in cards.KEPT}


def test_the_builder_counts_what_older_papers_say_of_a_part_and_copies_it_along(workspace: Workspace) -> None:
    source, other = records.wells(workspace.store)[1], records.wells(workspace.store)[0]
    put(workspace, "pumping_unit", MARCH, **BEAM)
    put(workspace, "pumping_unit", JUNE, sheaves="250 мм")
    there = building.standing(workspace, source)
    seen = building.seen(there.parts.values(), "srp", earlier=there.earlier)
    assert seen.equipment["unit"]["api_R_m"] == 1.0
    assert "unit" not in [gap.path for gap in seen.gaps]
    copied = building.copied(workspace, source, JUNE)["pumping_unit"]
    assert copied.values == {**BEAM, "sheaves": "250 мм"}
    assert other.id != source.id


def test_the_hole_stays_when_a_pump_goes_and_the_packer_comes_out_with_the_string() -> None:
    known = {"pump_name": "A", "depth_m": 900.0, "casing_shoe_m": 1500.0, "packer_m": 800.0}
    assert succession.after("installation", known, {"pump_name": "B"}) == {
        "casing_shoe_m": 1500.0,
        "pump_name": "B",
    }
    assert succession.after("installation", known, {"pump_name": "а"})["depth_m"] == 900.0
    curve = {"curve": [1], "curve_frequency_hz": 60.0, "depth_m": 900.0}
    assert succession.after("installation", curve, {"curve": [2]}) == {"curve": [2], "depth_m": 900.0}


def test_a_card_is_computed_whatever_field_of_its_wells_equipment_was_filled_in(
    workspace: Workspace,
) -> None:
    """The depth of the tubing or the vertical depth of the pump refused every card of the well."""
    put(workspace, "rod_string", MARCH, sections=[{"length_m": 900.0, "diameter_m": 0.022}])
    put(workspace, "installation", MARCH, depth_m=900.0, plunger_diameter_m=0.044)
    plain = equipment_at(workspace, 2, MARCH + DAY).bore
    for kind in ("installation", "pumping_unit", "fluid", "reservoir"):
        fields = (one for one in KINDS[kind].fields if not one.lifts or SRP in one.lifts)
        every = {field.key: _middle(field) for field in fields if field.type != "rows"}
        put(workspace, kind, JUNE, **every)
    found = equipment_at(workspace, 2, JUNE + DAY)
    assert (found.bore.rods, found.bore.pump_vertical_depth_m) == (plain.rods, 2525.0)
    assert found.bore.pump_depth_m == found.equipment["pump"]["depth_m"]


def _middle(field: Field) -> Any:
    if field.type == "number":
        return ((field.minimum or 0.0) + (field.maximum or 0.0)) / 2
    return {"flag": True, "choice": next(iter(field.choices), "")}.get(field.type, "words")
