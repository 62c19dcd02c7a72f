"""The builder by keyboard where strangers stumbled: Enter, Esc, what the catalogue had filled in before."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.core.errors import KnownError
from app.models.records import Record
from app.services.wells.building import PARTS
from app.views.builder.part import Part
from app.views.builder.window import BuilderWindow
from app.views.entry.fields import ChoiceField
from app.views.entry.rows_field import RowsField
from tests.views.test_builder import CTRL, Wait, builder, focused, missing, press

__all__ = ["builder"]


@pytest.fixture
def beginning(builder: BuilderWindow, settled: Wait) -> BuilderWindow:
    """Of a well that is not there yet."""
    made = BuilderWindow(builder._context, None, builder.parentWidget())
    made.show()
    made.activateWindow()
    settled()
    return made


def rods_of(builder: BuilderWindow) -> RowsField:
    builder.list.setCurrentRow(PARTS.index("rod_string"))
    box = builder.parts["rod_string"].boxes["sections"]
    assert isinstance(box, RowsField)
    return box


def test_a_builder_into_which_nobody_typed_closes_at_once(beginning: BuilderWindow) -> None:
    beginning.reject()
    assert not beginning.isVisible()


def test_the_name_of_a_field_is_asked_for_before_it_is_dropped(beginning: BuilderWindow) -> None:
    press("North")
    beginning.reject()
    assert beginning.isVisible()
    assert "is not saved" in beginning.state.text()


def test_enter_goes_on_from_the_field_of_a_new_well_as_from_every_other(beginning: BuilderWindow) -> None:
    press("North\n2318\n14")
    assert beginning.field_name.text() == "North"
    assert beginning.parts["well_passport"].boxes["well_name"].text() == "2318"
    assert beginning.parts["well_passport"].boxes["pad"].text() == "14"


def test_one_wrong_number_takes_nothing_from_what_is_typed_right_beside_it(builder: BuilderWindow) -> None:
    boxes = builder.parts["installation"].boxes
    boxes["depth_m"].set_text("1290")
    boxes["tubing_outer_diameter_m"].set_text("735")
    assert "No setting depth" not in missing(builder)
    assert builder.side.drawing.deepest() == 1290.0
    rods = rods_of(builder)
    rods.set_text(json.dumps([{"length_m": "504", "diameter_m": "22"}, {"length_m": "784"}]))
    builder.parts["rod_string"].changed.emit()
    assert "786.0\u00a0m short of the pump" in missing(builder)


def test_another_unit_has_its_own_dimensions_and_what_was_typed_stays(builder: BuilderWindow) -> None:
    builder.list.setCurrentRow(PARTS.index("pumping_unit"))
    boxes = builder.parts["pumping_unit"].boxes
    boxes["counterbalance_moment_n_m"].set_text("20")
    boxes["unit_name"].set_text("C-228D-213-120")
    builder.fill()
    assert (boxes["stroke_m"].text(), boxes["api_a_m"].text()) == ("3.07", "3.937")
    boxes["unit_name"].set_text("C-228D-213-86")
    boxes["beam_rating_n"].set_text("90")
    builder.fill()
    assert (boxes["stroke_m"].text(), boxes["api_a_m"].text()) == ("2.24", "2.8194")
    assert (boxes["beam_rating_n"].text(), boxes["counterbalance_moment_n_m"].text()) == ("90", "20")
    boxes["stroke_m"].set_text("1.9")
    builder.fill()
    assert (boxes["stroke_m"].text(), boxes["api_r_m"].text()) == ("1.9", "0.8128")
    boxes["unit_name"].set_text("СКД8-3-4000")
    builder.fill()
    assert (boxes["api_a_m"].text(), boxes["stroke_m"].text()) == ("", "1.9")
    assert boxes["gearbox_rating_n_m"].text() == "40"


def test_a_unit_that_is_changed_on_a_day_is_another_one_when_the_catalogue_is_asked(
    builder: BuilderWindow, settled: Wait
) -> None:
    builder.list.setCurrentRow(PARTS.index("pumping_unit"))
    unit = builder.parts["pumping_unit"]
    unit.boxes["unit_name"].set_text("C-228D-213-120")
    builder.fill()
    builder.save()
    settled()
    again = BuilderWindow(builder._context, builder._well, builder.parentWidget())
    settled()
    again.list.setCurrentRow(PARTS.index("pumping_unit"))
    boxes = again.parts["pumping_unit"].boxes
    again.begin_anew()
    boxes["unit_name"].set_text("C-228D-213-86")
    again.fill()
    assert boxes["api_a_m"].text() == "2.8194"


def test_a_rotation_that_the_unit_before_had_to_have_is_not_told_of_another(builder: BuilderWindow) -> None:
    box = builder.parts["pumping_unit"].boxes["rotation"]
    assert isinstance(box, ChoiceField)
    assert box.buttons is not None
    box.set_text(box.field.choices[0])
    box.clear()
    assert box.text() == ""
    box.set_text(box.field.choices[1])
    assert box.text() == box.field.choices[1]


def test_a_rod_of_another_size_or_grade_has_its_own_mass_and_strength_wherever_its_row_stands(
    builder: BuilderWindow,
) -> None:
    rods = rods_of(builder)
    rods.set_text(
        json.dumps(
            [
                {"length_m": "500", "diameter_m": "22", "grade": "D"},
                {"length_m": "400", "diameter_m": "19", "grade": "C", "mass_kg_per_m": "2.5"},
            ]
        )
    )
    builder.fill()
    rods.view.go_to(0, 1)
    rods.view.move_row(1)
    first, second = rods.source.typed()
    assert (second["mass_kg_per_m"], second["minimum_tensile_pa"]) == ("3.31", "793")
    second |= {"diameter_m": "25", "grade": "K"}
    rods.set_text(json.dumps([first, second]))
    builder.fill()
    first, second = rods.source.typed()
    assert (second["mass_kg_per_m"], second["minimum_tensile_pa"]) == ("4.322", "620")
    assert (first["mass_kg_per_m"], first["minimum_tensile_pa"]) == ("2.5", "620"), "that was typed"


def test_a_pipe_of_another_size_has_another_bore_and_a_motor_another_current(
    builder: BuilderWindow, settled: Wait
) -> None:
    builder.parts["well_passport"].boxes["lift"].set_text("esp")
    settled()
    builder.list.setCurrentRow(PARTS.index("installation"))
    boxes = builder.parts["installation"].boxes
    boxes["tubing_outer_diameter_m"].set_text("НКТ 73х5,5")
    boxes["motor"].set_text("ПЭДН 32-117-1000")
    builder.fill()
    assert boxes["tubing_inner_diameter_m"].text() == "62"
    current = boxes["rated_current_a"].text()
    builder.fill()
    assert boxes["tubing_inner_diameter_m"].text() == "62", "nothing else was named"
    boxes["tubing_outer_diameter_m"].set_text("42.2")
    boxes["rated_power_w"].set_text("28")
    builder.fill()
    assert boxes["tubing_inner_diameter_m"].text() == "35.2"
    assert boxes["rated_power_w"].text() == "28"
    assert float(boxes["rated_current_a"].text()) < float(current)


def test_a_rod_string_of_which_a_size_is_missing_opens_and_says_so(
    builder: BuilderWindow, settled: Wait
) -> None:
    """As an earlier program kept it."""
    workspace = builder._context.workspace
    rows = [{"length_m": 500.0, "diameter_m": 0.022}, {"length_m": 400.0}]
    string = Record("s1", "rod_string", 2, datetime(2026, 3, 1, tzinfo=UTC), None, {"sections": rows})
    part = Part(builder._context, "rod_string", "srp", string)
    assert part.boxes["sections"].text()
    made = part.made_so_far()
    assert made is not None
    assert made.values["sections"] == rows[:1]
    with pytest.raises(KnownError, match="form_missing"):
        part.fill(workspace)


def test_a_cell_that_is_being_typed_counts_when_the_catalogue_fills_in_and_the_keyboard_stays_there(
    builder: BuilderWindow,
) -> None:
    rods = rods_of(builder)
    rods.view.setFocus()
    press("504\t22\t\tD")
    QTest.keyClick(focused(), Qt.Key.Key_L, CTRL)
    (row,) = rods.source.typed()
    assert (row["grade"], row["minimum_tensile_pa"]) == ("D", "793")
    assert focused() is rods.view
    assert (rods.view.currentIndex().row(), rods.view.currentIndex().column()) == (0, 3)


def test_a_grade_that_the_catalogue_does_not_have_is_said(builder: BuilderWindow) -> None:
    rods = rods_of(builder)
    rods.set_text(json.dumps([{"length_m": "504", "diameter_m": "22", "grade": "20Н2М"}]))
    builder.fill()
    assert "20Н2М" in builder.state.text()
    assert rods.source.typed()[0]["mass_kg_per_m"] == "3.31"


def test_the_cell_that_is_typed_into_is_seen_wherever_its_table_stands(
    builder: BuilderWindow, settled: Wait
) -> None:
    """The eight points of a pump were typed below the edge of the window."""
    builder.parts["well_passport"].boxes["lift"].set_text("esp")
    builder.resize(1000, 500)
    settled()
    builder.list.setCurrentRow(PARTS.index("installation"))
    box = builder.parts["installation"].boxes["curve"]
    assert isinstance(box, RowsField)
    box.view.setFocus(Qt.FocusReason.TabFocusReason)
    settled()
    for number in range(8):
        press(f"{20 * number}\t{1900 - 150 * number}")
        assert not focused().visibleRegion().isEmpty()
        assert focused().visibleRegion().boundingRect().height() >= 20
        press("\n")
    assert len(box.source.typed()) == 8


def test_a_list_of_names_lies_over_nothing_when_the_catalogue_was_asked(builder: BuilderWindow) -> None:
    builder.list.setCurrentRow(PARTS.index("installation"))
    line = builder.parts["installation"].boxes["tubing_outer_diameter_m"].editor
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "73")
    assert line.completer().popup().isVisible()
    builder.fill()
    assert not line.completer().popup().isVisible()


def test_what_was_measured_is_not_dated_with_the_run_of_the_pump(builder: BuilderWindow) -> None:
    builder.parts["installation"].at.set_moment(datetime(2026, 2, 3, tzinfo=UTC))
    dates = {key: part.at.moment().month for key, part in builder.parts.items()}
    now = builder._context.workspace.clock()
    assert (dates["rod_string"], dates["fluid"]) == (2, 2)
    assert {dates["head_pressures"], dates["flow_test"]} == {now.month} != {2}
