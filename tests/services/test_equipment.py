"""What is known of a well at a moment: the same figures from its records as from the file of a card."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis.cards.figures import analyse
from app.importers.card_equipment import parts_of
from app.importers.card_json import read_card
from app.models.cards import Card, StoredCard, WellBore
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.store import records
from app.models.wells import Installation, WellId
from app.services.diagnosis import cards
from app.services.diagnosis.diagnose import diagnose
from app.services.diagnosis.refiguring import as_equipped, refigure
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.records import entries
from app.services.wells.equipment import EquipmentHistory, equipment_at
from app.services.workspace import Workspace
from tests.conftest import shared_file

AT = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ROD = {"length_m": 500.0, "diameter_m": 0.022}


def put(workspace: Workspace, kind: str, at: datetime, **values: Any) -> Record:
    name = f"{kind}-{at:%Y%m%d%H}"
    return entries.save_record(workspace, Record(name, kind, 2, at, None, values))


def from_the_store(workspace: Workspace, name: str) -> tuple[Card, Any]:
    (well,) = [well for well in records.wells(workspace.store) if well.name == name]
    (stored,) = cards.history(workspace, int(well.id))
    analysis = cards.analyse_stored(workspace, stored)
    return analysis.card, analysis


def test_a_card_says_from_the_store_what_it_says_from_its_file_to_the_last_digit(
    workspace: Workspace,
) -> None:
    path = shared_file("data/well-c.json")
    importing.import_file(workspace, path, ImportOptions(new_wells=True))
    of_file = cards.answer(analyse(read_card(path)))
    _, analysis = from_the_store(workspace, "C")
    of_store = cards.answer(analysis)
    assert of_file["measures"]["pump_intake_pressure_pa"] > 0
    for key in ("measures", "pump_card", "findings", "quality"):
        assert of_store[key] == of_file[key], key


def test_the_file_of_a_card_leaves_its_equipment_in_the_well(workspace: Workspace) -> None:
    path = shared_file("data/well-c.json")
    importing.import_file(workspace, path, ImportOptions(new_wells=True))
    given = json.loads(path.read_text(encoding="utf-8"))
    card, _ = from_the_store(workspace, "C")
    assert [rod.length_m for rod in card.bore.rods] == [rod["length_m"] for rod in given["rods"]]
    assert card.bore.unit == given["unit"]
    assert card.bore.pump_depth_m == given["pump"]["depth_m"]
    assert card.bore.tubing_pressure_pa == given["tubing"]["pressure_pa"]
    assert card.bore.fluid.water_cut == given["fluid"]["water_cut"]


def test_what_is_run_counts_from_its_day_until_the_next(workspace: Workspace) -> None:
    put(workspace, "installation", AT, pump_name="НСН2-44", depth_m=1200.0, plunger_diameter_m=0.044)
    put(workspace, "rod_string", AT, sections=[ROD])
    put(workspace, "rod_string", AT + 10 * DAY, sections=[ROD, ROD])
    put(workspace, "installation", AT + 20 * DAY, pump_name="НСН2-57", depth_m=1100.0)
    history = EquipmentHistory(workspace, 2)
    assert history.at(AT - DAY).equipment == {}
    assert len(history.at(AT + DAY).bore.rods) == 1
    assert len(history.at(AT + 10 * DAY).bore.rods) == 2
    later = history.at(AT + 21 * DAY)
    assert later.bore.pump_depth_m == 1100.0
    assert later.bore.plunger_diameter_m is None, "the old plunger went out with the old pump"
    assert ("installation", AT + 20 * DAY) in [(one.kind, one.at) for one in later.sources]
    assert history.changes() == [AT, AT + 10 * DAY, AT + 20 * DAY]


def test_rods_that_are_older_than_the_pump_go_on_with_their_own_date(workspace: Workspace) -> None:
    """A pump change takes the rods out, and mostly the same ones go in again."""
    put(workspace, "rod_string", AT, sections=[ROD])
    put(workspace, "installation", AT + DAY, pump_name="НСН2-44", depth_m=1200.0)
    found = equipment_at(workspace, 2, AT + 2 * DAY)
    assert len(found.bore.rods) == 1
    assert ("rod_string", AT) in [(one.kind, one.at) for one in found.sources]


def test_an_entry_without_a_pump_adds_to_the_one_before(workspace: Workspace) -> None:
    put(workspace, "installation", AT, pump_name="НСН2-44", depth_m=1200.0, casing_shoe_m=1500.0)
    put(workspace, "installation", AT + DAY, plunger_diameter_m=0.044)
    bore = equipment_at(workspace, 2, AT + 2 * DAY)
    assert bore.bore.pump_depth_m == 1200.0
    assert bore.bore.plunger_diameter_m == 0.044
    assert bore.equipment["hole"] == {"casing_shoe_m": 1500.0}


@pytest.mark.parametrize(("days", "known"), [(0, True), (29, True), (31, False), (-29, True)])
def test_what_was_measured_counts_near_its_moment(workspace: Workspace, days: int, known: bool) -> None:
    put(workspace, "fluid_level", AT, level="dynamic", level_m=900.0, casing_pressure_pa=1e6)
    put(workspace, "fluid_level", AT + timedelta(hours=1), level="static", level_m=300.0)
    put(workspace, "flow_test", AT, liquid_m3_per_s=2e-4, duration_s=3600.0, valid=True)
    bore = equipment_at(workspace, 2, AT + days * DAY).bore
    assert bore.fluid_level_m == (900.0 if known else None)
    assert bore.casing_pressure_pa == (1e6 if known else None)
    assert bore.well_test == ({"liquid_m3_per_s": 2e-4} if known else {})


def test_a_test_that_was_called_wrong_says_nothing(workspace: Workspace) -> None:
    put(workspace, "flow_test", AT, liquid_m3_per_s=2e-4, duration_s=3600.0, valid=False)
    assert equipment_at(workspace, 2, AT).bore.well_test == {}


def test_survey_and_fluid_found_out_later_say_more_than_nothing(workspace: Workspace) -> None:
    station = {"measured_depth_m": 0.0, "inclination_rad": 0.0, "azimuth_rad": 0.0}
    put(workspace, "survey", AT + DAY, stations=[station, {**station, "measured_depth_m": 500.0}])
    put(workspace, "fluid", AT + DAY, water_cut=0.3)
    put(workspace, "fluid", AT + 5 * DAY, water_cut=0.6)
    history = EquipmentHistory(workspace, 2)
    assert len(history.at(AT).bore.survey) == 2
    assert history.at(AT).bore.fluid.water_cut == 0.3
    assert history.at(AT + 9 * DAY).bore.fluid.water_cut == 0.6


def test_what_an_earlier_program_kept_in_one_piece_is_read_as_before(workspace: Workspace) -> None:
    whole = {
        "rods": [ROD],
        "pump": {"depth_m": 1000.0, "plunger_diameter_m": 0.044},
        "unit": {"api_R_m": 1.0},
        "fluid": {"water_cut": 0.5},
    }
    with workspace.store.writing() as cursor:
        records.put_installations(cursor, [Installation("old", 2, AT, None, whole)])  # type: ignore[arg-type]
    bore = equipment_at(workspace, 2, AT + DAY).bore
    assert (len(bore.rods), bore.unit, bore.fluid.water_cut) == (1, {"api_R_m": 1.0}, 0.5)
    put(workspace, "rod_string", AT - DAY, sections=[ROD, ROD])
    assert len(equipment_at(workspace, 2, AT + DAY).bore.rods) == 1, "the newer one stands"
    put(workspace, "rod_string", AT + DAY, sections=[ROD, ROD])
    assert len(equipment_at(workspace, 2, AT + 2 * DAY).bore.rods) == 2


def test_equal_equipment_of_many_cards_in_one_file_is_one_record() -> None:
    from app.importers import card_equipment

    card = read_card(shared_file("data/well-c.json"))
    several = [("C", replace(card, taken_at=card.taken_at + n * DAY)) for n in range(3)]
    taken, errors = card_equipment.records_with(several)
    counts = {kind.key: sum(one[1] is kind for one in taken) for _, kind, _, _ in taken}
    assert errors == []
    assert counts == {
        "installation": 1,
        "rod_string": 1,
        "pumping_unit": 1,
        "fluid": 1,
        "head_pressures": 3,
        "flow_test": 3,
    }


def test_a_part_that_no_form_would_take_is_left_out_and_named(tmp_path: Path) -> None:
    from app.importers import card_equipment

    card = read_card(shared_file("data/well-c.json"))
    wrong = replace(card, bore=replace(card.bore, pump_depth_m=9_000.0))
    taken, (error,) = card_equipment.records_with([("C", wrong)])
    assert error.details["field"] == "depth_m"
    assert "installation" not in {kind.key for _, kind, _, _ in taken}
    assert "rod_string" in {kind.key for _, kind, _, _ in taken}


# ---- what is kept of a card follows the equipment ----------------------------------------------------------


def with_cards(workspace: Workspace, count: int) -> list[Any]:
    card = read_card(shared_file("data/well-c.json"))
    bare = [replace(card, taken_at=AT + n * DAY, bore=WellBore()) for n in range(count)]
    with workspace.store.writing() as cursor:
        card_store.add_in(cursor, cards.all_to_store(workspace, [(one, 2) for one in bare]))
    return cards.history(workspace, 2)


def test_equipment_computes_the_cards_of_its_time_again_and_no_others(workspace: Workspace) -> None:
    before = with_cards(workspace, 4)
    assert refigure(workspace, 2) == 0, "as they were computed"
    assert all(card.figures["fillage"] is None for card in before)
    bore = read_card(shared_file("data/well-c.json")).bore
    parts = parts_of(bore)
    put(workspace, "rod_string", AT + 2 * DAY, **parts["rod_string"])
    put(workspace, "installation", AT + 2 * DAY, **parts["installation"])
    today = as_equipped(workspace, 2, before)
    assert refigure(workspace, 2) == 2
    assert [card.figures for card in today] == [card.figures for card in cards.history(workspace, 2)]
    after = cards.history(workspace, 2)
    assert [card.figures["fillage"] is not None for card in after] == [False, False, True, True]
    assert after[3].figures["fillage"] == analyse(cards_of_page(workspace, after[3])).measures["fillage"]
    assert refigure(workspace, 2) == 0


def cards_of_page(workspace: Workspace, card: Any) -> Card:
    return cards.analyse_stored(workspace, card).card


def test_a_diagnosis_computes_again_what_equipment_has_changed(workspace: Workspace) -> None:
    with_cards(workspace, 1)
    parts = parts_of(read_card(shared_file("data/well-c.json")).bore)
    put(workspace, "rod_string", AT - DAY, **parts["rod_string"])
    put(workspace, "installation", AT - DAY, **parts["installation"])
    (well,) = [well for well in records.wells(workspace.store) if well.id == 2]
    diagnose(workspace, well)
    (card,) = cards.history(workspace, 2)
    assert card.figures["fillage"] is not None
    assert card.figures["codes"]


def test_a_card_that_the_physics_cannot_read_keeps_the_name_of_its_equipment_alone(
    workspace: Workspace,
) -> None:
    flat = StoredCard("flat", WellId(2), AT, 6.0, np.full(50, 1.5), np.linspace(1e4, 2e4, 50))
    card_store.add(workspace.store, [flat])
    put(workspace, "fluid", AT - DAY, water_cut=0.5)
    assert refigure(workspace, 2) == 1
    (kept,) = cards.history(workspace, 2)
    assert list(kept.figures) == ["equipment"]
    assert refigure(workspace, 2) == 0
