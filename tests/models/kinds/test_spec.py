"""Kinds of record as they are declared."""

from __future__ import annotations

import pytest

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import AT, KG_PER_M3
from app.models.kinds import FAMILIES, KINDS
from app.models.kinds.lab import PARAMETERS, Parameter
from app.models.kinds.spec import Field, Kind

EVERY = [(kind, field) for kind in KINDS for field in kind.fields]


def test_every_family_is_registered_whole_and_once() -> None:
    assert [kind.key for kind in KINDS] == [kind.key for family in FAMILIES for kind in family.KINDS]
    assert len({kind.table for kind in KINDS}) == len(KINDS)


def test_fields_have_one_key_each_and_words_in_both_languages() -> None:
    for kind in KINDS:
        keys = [field.key for field in kind.fields]
        assert len(keys) == len(set(keys)), kind.key
        assert kind.name("ru") != kind.name("en")
    for kind, field in EVERY:
        assert field.name("ru"), (kind.key, field.key)
        assert field.name("en"), (kind.key, field.key)


def test_a_note_has_room_for_lines_in_every_kind_that_has_one() -> None:
    notes = [(kind.key, field.long) for kind, field in EVERY if field.key == "note"]
    assert len(notes) > 5
    assert [key for key, long in notes if not long] == []


def test_a_flag_is_kept_under_its_key_and_in_the_place_that_is_named_for_it() -> None:
    runs = KINDS["installation"]
    assert runs.field("failed").path == ("failed",)
    assert runs.field("tubing_anchored").path == ("tubing", "anchored")


def test_what_makes_two_rows_one_are_columns_of_the_kind() -> None:
    for kind in KINDS:
        assert set(kind.same) <= {field.key for field in kind.columns}, kind.key


def test_defaults_lie_within_what_is_allowed() -> None:
    for kind, field in EVERY:
        if field.choices and field.default is not None:
            assert field.default in field.choices, (kind.key, field.key)
        if field.type == "number" and field.default is not None:
            assert field.minimum is None or field.default >= field.minimum, (kind.key, field.key)
            assert field.maximum is None or field.default <= field.maximum, (kind.key, field.key)


def test_limits_hold_what_is_usual() -> None:
    for kind, field in EVERY:
        if field.usual and field.minimum is not None and field.maximum is not None:
            assert field.minimum <= field.usual[0] < field.usual[1] <= field.maximum, (kind.key, field.key)


def test_a_choice_has_choices_and_nothing_else_has() -> None:
    for kind, field in EVERY:
        assert bool(field.choices) == (field.type == "choice"), (kind.key, field.key)


FIELDS = (
    Field("rate", "Дебит", "Rate", default=5.0),
    Field("note", "Заметка", "Note", "text", header="remark"),
    Field("how", "Как", "How", "choice", choices=("a", "b")),
    Field("good", "Годен", "Good", "flag", default=True),
    Field("inner", "Внутри", "Inner", "text", path=("a", "b")),
)
KIND = Kind("x", "xs", "at", FIELDS, "Икс", "Ex")


def test_a_field_is_named_by_its_header_words_or_its_key() -> None:
    assert [field.named for field in FIELDS] == ["rate", "remark", "how", "good", "inner"]


def test_names_are_told_in_the_readers_language() -> None:
    assert (KIND.name("ru"), KIND.name("en"), KIND.name("de")) == ("Икс", "Ex", "Ex")
    assert (FIELDS[0].name("ru"), FIELDS[0].name("en")) == ("Дебит", "Rate")


def test_columns_are_the_fields_without_a_path() -> None:
    assert [field.key for field in KIND.columns] == ["rate", "note", "how", "good"]


def test_defaults_and_blanks_are_what_a_column_holds_when_nothing_was_said() -> None:
    assert KIND.defaults == {"rate": 5.0, "good": True}
    assert KIND.blanks == {"rate": 5.0, "note": "", "how": "", "good": True}
    assert Kind("x", "xs", "at", (Field("n", "", ""),), "", "").blanks == {"n": None}


def test_a_field_is_found_by_its_key_and_a_strange_one_is_a_bug() -> None:
    assert KIND.field("how") is FIELDS[2]
    with pytest.raises(StopIteration):
        KIND.field("none")


# ---- laboratories ------------------------------------------------------------------------------------------


def test_every_parameter_has_limits_the_right_way_round_and_a_unit_of_its_quantity() -> None:
    for parameter in PARAMETERS:
        assert parameter.minimum < parameter.maximum, parameter.key
        if parameter.quantity != "number":
            assert find_unit(parameter.unit, parameter.quantity) in usual_units(parameter.quantity)


def test_a_result_is_kept_in_its_parameters_unit() -> None:
    density = PARAMETERS["oil_density_20c"]
    assert density.kept(0.85, find_unit("г/см3")) == pytest.approx(850.0)
    assert density.kept(850.0, find_unit("кг/м3")) == 850.0
    assert density.kept(850.0, None) == 850.0
    assert PARAMETERS["saturation_pressure"].kept(100.0, AT) == pytest.approx(9.80665)
    assert PARAMETERS["pour_point"].kept(300.0, find_unit("K")) == pytest.approx(26.85)
    assert PARAMETERS["chlorides"].kept(1.5, KG_PER_M3) == pytest.approx(1500.0)


def test_a_parameter_in_a_unit_that_is_none_of_ours_keeps_what_it_is_given() -> None:
    assert PARAMETERS["hardness"].kept(5.0, find_unit("мг/л")) == 5.0
    assert [PARAMETERS["hardness"].unit_label(said) for said in ("ru", "en")] == ["мг-экв/л", "meq/l"]


def test_a_unit_is_told_in_the_readers_language() -> None:
    assert PARAMETERS["saturation_pressure"].unit_label("ru") == "МПа"
    assert PARAMETERS["saturation_pressure"].unit_label("en") == "MPa"
    assert Parameter("x", "попугаи", "number", 0, 1).unit_label("en") == "попугаи"
