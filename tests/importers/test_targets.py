"""What a table can be, and what its columns can be then."""

from __future__ import annotations

import pytest

from app.core.unit_spellings import usual_units
from app.importers.targets import TABLE_KINDS, holds_undated, several
from app.importers.vocabulary import vocabulary
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.sensors import SENSORS
from app.models.wells import LIFTS, STATES
from tests.importers.cells_at_hand import target
from tests.importers.declared_targets import declared, kept

EVERY = [(kind, target) for kind in TABLE_KINDS for target in kind.targets]


def test_a_target_that_a_kind_does_not_have_is_none() -> None:
    assert TABLE_KINDS["wells"].target("time") is None
    assert TABLE_KINDS["readings"].target("liquid_m3_per_s") is None


def test_no_kind_has_two_targets_of_one_key() -> None:
    for kind in TABLE_KINDS:
        keys = [one.key for one in kind.targets]
        assert len(keys) == len(set(keys)), kind.key


def test_every_kind_asks_whose_and_those_with_a_moment_ask_when() -> None:
    for kind in TABLE_KINDS:
        keys = {one.key for one in kind.targets}
        assert {"well", "pad", "field"} <= keys
        assert ({"time", "clock", "year", "month"} <= keys) == (kind.key != "wells")


def test_whose_and_when_are_roles_and_figures_are_none() -> None:
    for kind, one in EVERY:
        if one.key in ("well", "pad", "field", "time", "clock", "year", "month", "until"):
            if kind.key in KINDS and one.key in {field.key for field in KINDS[kind.key].fields}:
                continue
            assert one.role, (kind.key, one.key)
        if one.key in SENSORS and one.named != "strokes_per_minute":
            assert not one.role, (kind.key, one.key)


@pytest.mark.parametrize("kind", ["readings", "lab_result"])
def test_a_kind_in_long_form_names_two_targets_that_it_has(kind: str) -> None:
    name, value = TABLE_KINDS[kind].long or ("", "")
    assert target(kind, name).type == "text"
    assert target(kind, value).type == "number"


def test_only_lists_of_wells_and_cards_need_no_moment() -> None:
    assert {kind.key for kind in TABLE_KINDS if kind.timeless} == {"wells", "card"}
    assert {kind.key for kind in TABLE_KINDS if kind.long} == {"readings", "lab_result"}


def test_every_sensor_is_a_column_of_readings_with_its_limits() -> None:
    for sensor in SENSORS:
        found = target("readings", sensor.key)
        assert (found.quantity, found.minimum, found.maximum) == (
            sensor.quantity,
            sensor.minimum,
            sensor.maximum,
        )
        assert found.named == ("motor_load" if sensor.key == "load" else sensor.key)


def test_every_laboratory_parameter_is_a_column_of_results_in_its_own_unit() -> None:
    for parameter in PARAMETERS:
        found = target("lab_result", parameter.key)
        assert (found.named, found.minimum, found.maximum) == (
            f"lab.{parameter.key}",
            parameter.minimum,
            parameter.maximum,
        )


@pytest.mark.parametrize(
    "key",
    [
        "flow_test",
        "fluid_level",
        "valve_test",
        "workover",
        "event",
        "installation",
        "production",
        "model_result",
        "fluid",
        "reservoir",
        "head_pressures",
        "pumping_unit",
        "location",
        "alarm",
        "energy",
    ],
)
def test_the_fields_of_a_kind_of_record_are_its_columns(key: str) -> None:
    kind = KINDS[key]
    for field in kind.fields:
        if field.type == "rows":
            continue
        found = target(key, field.key)
        assert (found.type, found.named, found.choices) == (field.type, field.named, field.choices)
        assert (found.minimum, found.maximum, found.usual) == (field.minimum, field.maximum, field.usual)
        assert found.required == (field.required and field.default is None)
    assert (TABLE_KINDS[key].target("until") is not None) == (
        kind.until is not None
        or "until" in {field.key for field in kind.fields}
        or key in ("production", "energy")  # an end tells a day from a month
    )


def test_what_has_a_default_need_not_stand_in_the_file() -> None:
    assert not target("flow_test", "duration_s").required
    assert target("flow_test", "liquid_m3_per_s").required


def test_a_card_needs_position_and_load() -> None:
    needed = {one.key for one in TABLE_KINDS["card"].targets if one.required}
    assert needed == {"position", "load"}


def test_a_list_of_wells_chooses_from_the_lifts_and_states_there_are() -> None:
    assert target("wells", "lift").choices == LIFTS
    assert target("wells", "state").choices == STATES


def test_limits_stand_the_right_way_round() -> None:
    for kind, one in EVERY:
        if one.minimum is not None and one.maximum is not None:
            assert one.minimum < one.maximum, (kind.key, one.key)
        if one.usual is not None:
            assert one.usual[0] < one.usual[1], (kind.key, one.key)


def test_every_column_can_be_called_something_in_a_file() -> None:
    known = {name for names in vocabulary().words.values() for name in names}
    assert {(kind.key, one.key) for kind, one in EVERY if one.named not in known} == set()


def test_every_number_has_a_unit_that_is_meant_when_none_is_named() -> None:
    for kind, one in EVERY:
        if one.type == "number" and one.quantity != "number":
            assert usual_units(one.quantity)[0].to_si(1.0) is not None, (kind.key, one.key)


@pytest.mark.parametrize(
    ("kind", "key", "most"), [("event", "lasted", 315_360_000.0), ("card", "strokes_per_minute", 0.6)]
)
def test_a_stop_lasts_ten_years_and_a_pump_makes_36_strokes_a_minute_at_most(
    kind: str, key: str, most: float
) -> None:
    target = TABLE_KINDS[kind].target(key)
    assert target is not None
    assert target.maximum == most


@pytest.mark.parametrize("part", ["columns", "tables", "parts"])
def test_limits_and_forms_of_columns_move_only_knowingly(part: str) -> None:
    """Narrower: cells that were read are refused; wider: what cannot be is read. When that is meant, and when
    there are new ones, `python -m tests.importers.declared_targets`.
    """
    now, before = declared()[part], kept()[part]
    assert set(before) <= set(now)
    for key, one in before.items():
        assert now[key] == one, key


PASSPORT = TABLE_KINDS["passport"]


@pytest.mark.parametrize(
    ("columns", "is_one"),
    [
        ("lift", False),
        ("lift pump_name", True),
        ("pump_name depth_m", False),
        ("liquid_m3_per_s water_cut", False),
        ("liquid_m3_per_s level_m", False),
        ("liquid_m3_per_s lift", False),
        ("liquid_m3_per_s pump_name", True),
        ("liquid_m3_per_s reservoir_pressure_pa", True),
        ("level_m reservoir_pressure_pa", True),
        ("level_m water_cut", False),
        ("level_m water_cut oil_relative_density", True),
        ("tubing_pressure_pa water_cut oil_relative_density", True),
        ("liquid_m3_per_s level_m water_cut oil_relative_density", False),
        ("rods", False),
        ("rods level_m", True),
        ("rods_22 liquid_m3_per_s", True),
        ("section_1_diameter lift", True),
    ],
)
def test_a_table_of_several_kinds_tells_of_what_stands_in_the_well_and_of_something_else(
    columns: str, is_one: bool
) -> None:
    taken = set(columns.split())
    assert {key for key in taken if PASSPORT.target(key) is None} == set()
    assert several(PASSPORT, taken) is is_one


@pytest.mark.parametrize(
    ("kind", "columns", "holds"),
    [
        ("passport", "lift pump_name rods", True),
        ("passport", "pump_name liquid_m3_per_s", False),
        ("passport", "pump_name level_m", False),
        ("passport", "pump_name casing_pressure_pa", True),
        ("passport", "lift casing_pressure_pa", False),
        ("location", "", True),
        ("survey", "measured_depth_m", True),
        ("flow_test", "liquid_m3_per_s", False),
    ],
)
def test_only_what_stands_in_a_well_holds_without_a_date(kind: str, columns: str, holds: bool) -> None:
    assert holds_undated(TABLE_KINDS[kind], set(columns.split())) is holds
