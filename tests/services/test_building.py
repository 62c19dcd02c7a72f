"""What the well builder knows without its window: parts of a well, the catalogue, the neighbour, the fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.paths import profile_paths
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import Record, Source
from app.models.store import kinds, records
from app.models.wells import Installation, WellId
from app.reports import record_words
from app.reports.blocks import Paragraph
from app.reports.collect import WellFacts
from app.reports.sections import card as card_section
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.records import entries
from app.services.reports.facts import StoreFacts
from app.services.wells import building, filling, passports
from app.services.wells.building import Fit
from app.services.wells.equipment import equipment_at
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.conftest import shared_file

AT = datetime(2026, 3, 1, tzinfo=UTC)
RODS = [{"length_m": 500.0, "diameter_m": 0.022}, {"length_m": 390.5, "diameter_m": 0.019}]


def part(kind: str, **values: object) -> Record:
    return Record(f"{kind}-of-a-well", kind, 2, AT, None, values)


def test_rods_that_do_not_reach_the_pump_are_told_with_how_much_is_missing() -> None:
    seen = building.seen([part("rod_string", sections=RODS), part("installation", depth_m=900.0)], "srp")
    assert seen.fit == Fit(890.5, 900.0)
    assert (seen.fit.short_m, seen.fit.fits) == (9.5, False)
    assert Fit(900.4, 900.0).fits
    assert Fit(950.0, 900.0).short_m == -50.0
    assert building.seen([part("rod_string", sections=RODS)], "srp").fit is None


def test_a_polished_rod_is_no_length_below_the_wellhead() -> None:
    with_rod = [{"length_m": 9.0, "diameter_m": 0.036, "part": "polished_rod"}, *RODS]
    seen = building.seen([part("rod_string", sections=with_rod), part("installation", depth_m=890.5)], "srp")
    assert seen.fit is not None
    assert seen.fit.fits


def test_what_is_seen_while_typing_is_what_the_store_says_when_it_is_saved(workspace: Workspace) -> None:
    parts = [
        part("installation", depth_m=900.0, plunger_diameter_m=0.044),
        part("rod_string", sections=RODS),
        part("fluid", water_cut=0.4),
    ]
    well = records.wells(workspace.store)[1]
    building.save(workspace, well, "", None, parts)
    assert building.seen(parts, "srp").equipment == equipment_at(workspace, int(well.id), AT).equipment


def test_rods_and_a_unit_are_parts_of_a_rod_pump_and_of_a_well_of_no_known_lift() -> None:
    for lift, there in (("srp", True), ("other", True), ("esp", False), ("pcp", False)):
        assert ("pumping_unit" in building.parts_for(lift)) is there, lift


def test_a_new_well_is_saved_with_its_parts_and_opened_again_with_them(workspace: Workspace) -> None:
    passport = Record("", "well_passport", 0, AT, None, {"well_name": "901", "lift": "srp"})
    well = building.save(workspace, None, "Южное", passport, [part("rod_string", sections=RODS)])
    there = building.standing(workspace, well).parts
    assert set(there) == {"well_passport", "rod_string"}
    assert there["rod_string"].well_id == well.id
    assert there["well_passport"].id == passports.passport_id(well.uid)
    entries.undo_change(workspace, there["rod_string"].id)
    assert set(building.standing(workspace, well).parts) == {"well_passport"}


def test_a_neighbours_equipment_is_copied_under_new_names_and_its_measurements_are_not(
    workspace: Workspace,
) -> None:
    source, other = records.wells(workspace.store)
    for record in (part("rod_string", sections=RODS), part("head_pressures", tubing_pressure_pa=1e6)):
        entries.save_record(workspace, replace(record, well_id=int(source.id)))
    copied = building.copied(workspace, source, AT)
    assert set(copied) == {"rod_string"}
    building.save(workspace, other, "", None, list(copied.values()))
    (mine,) = kinds.of_well(workspace.store, KINDS["rod_string"], int(other.id))
    assert mine.values["sections"] == RODS
    assert len(kinds.of_well(workspace.store, KINDS["rod_string"], int(source.id))) == 1


@pytest.mark.parametrize("rods", [RODS, [{"length_m": -1.0, "diameter_m": 0.022}]])
def test_rods_that_an_earlier_program_kept_with_the_pump_are_parts_of_their_own(
    workspace: Workspace, rods: list[dict[str, float]]
) -> None:
    whole = {
        "rods": rods,
        "pump": {"depth_m": 890.0},
        "unit": {"api_R_m": 1.0},
        "tubing": {"pressure_pa": 1e6},
    }
    with workspace.store.writing() as cursor:
        records.put_installations(cursor, [Installation("old", WellId(2), AT, None, whole)])
    there = building.standing(workspace, records.wells(workspace.store)[1]).parts
    if rods is not RODS:
        assert set(there) == {"well_passport", "installation"}, "what no card can be computed with is not"
        return
    assert set(there) == {"well_passport", "installation", "rod_string", "pumping_unit", "head_pressures"}
    assert [rod["length_m"] for rod in there["rod_string"].values["sections"]] == [500.0, 390.5]
    assert (there["rod_string"].at, there["pumping_unit"].values["api_r_m"]) == (AT, 1.0)
    seen = building.seen(there.values(), "srp")
    assert "rods" not in [gap.path for gap in seen.gaps]
    assert workspace.journal.entries() == []


def test_those_of_the_same_pad_come_first(workspace: Workspace) -> None:
    first, second = records.wells(workspace.store)
    third = replace(first, id=9, name="9", uid="", pad=second.pad)  # type: ignore[arg-type]
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [third])
    assert [well.name for well in building.neighbours(workspace, second)][0] == "9"


# ---- the catalogue -----------------------------------------------------------------------------------------


def test_a_unit_is_filled_in_by_either_name_and_what_was_typed_stays(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "cache.duckdb")
    api = filling.unit(paths, {"unit_name": "c228d-213-86", "gearbox_rating_n_m": 1000.0})
    assert api["unit_name"] == "C-228D-213-86"
    assert api["gearbox_rating_n_m"] == 1000.0
    assert set(api) >= {f"api_{letter}_m" for letter in "acikpr"}
    assert filling.unit(paths, {"unit_name": "СКД 8-3-4000"})["unit_name"] == "СКД8-3-4000"
    with pytest.raises(KnownError, match="catalogue_unknown"):
        filling.unit(paths, {"unit_name": "no such unit"})


def test_the_crank_hole_is_the_one_whose_stroke_was_typed(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "cache.duckdb")
    longest = filling.unit(paths, {"unit_name": "C-912D-365-168"})
    shorter = filling.unit(paths, {"unit_name": "C-912D-365-168", "stroke_m": longest["stroke_m"] * 0.75})
    assert shorter["api_r_m"] < longest["api_r_m"]
    assert shorter["api_a_m"] == longest["api_a_m"]


def test_rods_are_filled_in_by_size_and_grade_and_bars_are_no_rods(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "cache.duckdb")
    typed = [
        {"length_m": 500.0, "diameter_m": 0.0222, "grade": "D"},
        {"length_m": 400.0, "diameter_m": 0.019, "mass_kg_per_m": 2.0, "grade": "мастерская"},
        {"length_m": 80.0, "diameter_m": 0.0381, "part": "sinker_bars"},
        {"length_m": 80.0, "diameter_m": 0.0555},
    ]
    filled = filling.rods(paths, typed)
    first, second, bars, odd = filled.rows
    assert [(one.code, one.details["names"]) for one in filled.unknown] == [
        ("catalogue_no_grade", "мастерская")
    ]
    assert first["minimum_tensile_pa"] == 793e6
    assert 3.2 < first["mass_kg_per_m"] < 3.5
    assert second["mass_kg_per_m"] == 2.0
    assert "minimum_tensile_pa" not in second
    assert bars["mass_kg_per_m"] > 8
    assert odd == typed[3]


def test_a_pipe_is_filled_in_by_its_size_or_by_its_name_and_never_guessed_among_several(
    tmp_path: Path,
) -> None:
    paths = profile_paths(tmp_path / "cache.duckdb")
    by_name = filling.installation(paths, {"tubing_outer_diameter_m": "НКТ 73х5,5"}, "srp")
    assert by_name.values == pytest.approx(
        {"tubing_outer_diameter_m": 0.073, "tubing_inner_diameter_m": 0.062}
    )
    one_wall = filling.installation(paths, {"tubing_outer_diameter_m": 0.0422}, "srp")
    assert one_wall.values == pytest.approx({"tubing_inner_diameter_m": 0.0352})
    several = filling.installation(paths, {"casing_diameter_m": 0.168}, "srp")
    assert not several.values
    assert [error.code for error in several.unknown] == ["catalogue_which_pipe"]
    assert "ОК 168х8,9" in str(several.unknown[0].details["names"])
    none = filling.installation(paths, {"casing_diameter_m": 0.2}, "srp")
    assert [error.code for error in none.unknown] == ["catalogue_no_pipe"]
    told = {"tubing_outer_diameter_m": 0.0422, "tubing_inner_diameter_m": 0.034}
    assert filling.installation(paths, told, "srp").values == {}


def test_an_esp_is_filled_in_by_the_names_of_its_parts_and_what_is_not_known_is_said(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "cache.duckdb")
    told = {"pump_type": "УЭЦН 5-44", "motor": "пэдн 32-117-1000", "cable": "КПБК-90 3x16"}
    found = filling.installation(paths, told, "esp")
    assert not found.unknown
    assert found.values["pump_type"] == "ЭЦН5-44"
    assert found.values["rated_power_w"] == 32e3
    assert found.values["motor_voltage_v"] == 1000.0
    assert found.values["rated_current_a"] == pytest.approx(26.3, abs=0.1)  # P/(√3·U·cos φ·η)
    assert found.values["cable_temperature_limit_k"] == pytest.approx(363.15)
    typed = filling.installation(paths, told | {"rated_current_a": 25.5}, "esp")
    assert "rated_current_a" not in typed.values
    odd = filling.installation(paths, told | {"motor": "мастерская"}, "esp")
    assert odd.values["cable_temperature_limit_k"] == pytest.approx(363.15)
    assert [error.code for error in odd.unknown] == ["catalogue_unknown"]
    of_rods = filling.installation(paths, {"pump_type": "НВ1Б-44"}, "srp")
    assert not of_rods.values
    assert not of_rods.unknown


# ---- what a figure was computed with -----------------------------------------------------------------------


def test_a_report_of_a_card_says_which_equipment_of_which_date_it_was_computed_with(
    workspace: Workspace,
) -> None:
    importing.import_file(workspace, shared_file("data/well-c.json"), ImportOptions(new_wells=True))
    well, taken = find_well(workspace, "C"), datetime(2019, 8, 18, 12, 47, 9, tzinfo=UTC)
    facts = WellFacts(well, taken - timedelta(days=1), taken + timedelta(days=1), StoreFacts(workspace))
    blocks = card_section.make(facts, Speaker("ru"), {"history": 0})
    words = [block.text for block in blocks if isinstance(block, Paragraph)]
    told = "Посчитано с: Смена оборудования от 18.08.2019; Колонна штанг от 18.08.2019; Станок-качалка от"
    assert any(text.startswith(told) for text in words)


def test_figures_of_a_well_whose_equipment_is_not_known_say_so() -> None:
    assert "Nothing is known" in record_words.sources_line((), Speaker("en"))
    source = Source("rod_string", "x", AT)
    assert record_words.sources_line((source,), Speaker("en")) == "Computed with: Rod string of 2026-03-01"


def test_a_pump_that_the_catalogue_has_not_is_told_while_it_is_entered(workspace: Workspace) -> None:
    def no_curve(pump: str, **more: object) -> str | None:
        parts = [part("installation", pump_type=pump, stages=362.0, **more)]
        error = building.seen(parts, "esp", workspace.paths).no_curve
        return None if error is None else error.code

    assert no_curve("ЭЦН5-80") is None
    assert no_curve("REDA D1150N") is not None
    points = [{"flow_m3_per_s": q / 86_400, "head_m": 1800.0 - q} for q in range(0, 160, 20)]
    assert no_curve("REDA D1150N", curve=points) is None, "its own curve is a curve"
