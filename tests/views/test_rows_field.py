"""A table inside a form, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.models.entries import State
from app.models.kinds import KINDS
from app.models.store import kinds, records
from app.views.context import Context
from app.views.entry.form import EntryForm
from app.views.entry.rows_field import RowsField
from tests.views.keys_in_a_burst import burst

Wait = Callable[[], None]
NO, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def a_form(context: Context, kind: str, settled: Wait, well: int = 2) -> EntryForm:
    found = next(one for one in records.wells(context.workspace.store) if one.id == well)
    form = EntryForm(context, KINDS[kind], found, context.parent())  # type: ignore[arg-type]
    form.show()
    form.activateWindow()
    settled()
    return form


def rows_of(form: EntryForm, key: str) -> RowsField:
    box = form.boxes[key]
    assert isinstance(box, RowsField)
    return box


def press(keys: str) -> None:
    """Letters as they are; \\t and \\n are the keys that move."""
    named = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}
    for letter in keys:
        assert QApplication.focusWidget() is not None
        QTest.keyClick(QApplication.focusWidget(), named.get(letter, letter))
        QApplication.processEvents()  # the editor of the cell before goes


def test_rods_are_typed_moved_removed_pasted_and_saved_by_keyboard(context: Context, settled: Wait) -> None:
    form = a_form(context, "rod_string", settled)
    box = rows_of(form, "sections")
    box.view.setFocus()
    press("500,5\t22,2\t\t\t3,31\t\n400\t19\n")
    settled()
    assert form.isVisible(), "Enter in a cell saves nothing"
    assert not kinds.of_well(context.workspace.store, KINDS["rod_string"], 2)
    assert [row["length_m"] for row in box.typed()] == ["500,5", "400"]
    QTest.keyClick(box.view, Qt.Key.Key_Up, NO)
    QTest.keyClick(box.view, Qt.Key.Key_Up, ALT)
    assert [row["length_m"] for row in box.typed()] == ["400", "500,5"]
    QApplication.clipboard().setText("Длина\tДиаметр\n10\t25\n20\t25\n")
    QTest.keyClick(box.view, Qt.Key.Key_Insert, NO)
    QTest.keyClick(box.view, Qt.Key.Key_V, CTRL)
    assert [row.get("length_m") for row in box.typed()] == ["10", "20", "500,5"]
    QTest.keyClick(box.view, Qt.Key.Key_Delete, CTRL)
    assert [row["length_m"] for row in box.typed()] == ["20", "500,5"]
    QTest.keyClick(form, Qt.Key.Key_S, CTRL)
    settled()
    (saved,) = kinds.of_well(context.workspace.store, KINDS["rod_string"], 2)
    assert saved.values["sections"][1] == {"length_m": 500.5, "diameter_m": 0.0222, "mass_kg_per_m": 3.31}


def test_keys_that_a_busy_machine_gives_in_one_go_are_each_in_their_cell(
    context: Context, settled: Wait
) -> None:
    form = a_form(context, "rod_string", settled)
    box = rows_of(form, "sections")
    box.view.setFocus()
    burst("500,5\t22,2\n400\t19\n300\t16\n")
    assert box.typed() == [
        {"length_m": "500,5", "diameter_m": "22,2"},
        {"length_m": "400", "diameter_m": "19"},
        {"length_m": "300", "diameter_m": "16"},
    ]
    form.done(0)


def test_what_is_typed_into_the_cell_that_is_open_is_saved_by_the_key_that_saves(
    context: Context, settled: Wait
) -> None:
    form = a_form(context, "rod_string", settled)
    rows_of(form, "sections").view.setFocus()
    burst("500\t22")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CTRL)
    settled()
    (saved,) = kinds.of_well(context.workspace.store, KINDS["rod_string"], 2)
    assert saved.values["sections"] == [{"length_m": 500.0, "diameter_m": 0.022}]


def test_tab_leaves_the_table_from_its_blank_row(context: Context, settled: Wait) -> None:
    form = a_form(context, "survey", settled)
    rows_of(form, "stations").view.setFocus()
    press("0\t0\t0\t\n\t")
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    assert QApplication.focusWidget() is form.boxes["method"].editor
    form.reject()


def test_a_wrong_cell_is_told_below_and_rows_come_back_from_a_draft(context: Context, settled: Wait) -> None:
    form = a_form(context, "rod_string", settled)
    box = rows_of(form, "sections")
    box.view.setFocus()
    press("500\t220\t")
    assert "row 1" in box.said.text() or "строка 1" in box.said.text()
    settled()
    form.done(0)
    again = a_form(context, "rod_string", settled)
    assert rows_of(again, "sections").typed() == [{"length_m": "500", "diameter_m": "220"}]
    again.drop()
    settled()
    assert context.workspace.journal.entries(State.DRAFT) == []


def test_a_form_asks_only_what_the_lift_has_and_leaves_what_it_does_not_show(
    context: Context, settled: Wait
) -> None:
    esp, rods = a_form(context, "installation", settled, 1), a_form(context, "installation", settled, 2)
    assert "plunger_diameter_m" not in esp.boxes
    assert "stages" in esp.boxes
    assert "stages" not in rods.boxes
    assert "plunger_diameter_m" in rods.boxes
    assert rods.boxes["tubing_anchored"].typed() is None, "not said"
    QTest.keyClick(rods.boxes["tubing_anchored"].editor, Qt.Key.Key_Space)
    assert rods.boxes["tubing_anchored"].typed() is True
    for form in (esp, rods):
        form.reject()


def test_an_edit_keeps_the_digits_that_it_does_not_show(context: Context, settled: Wait) -> None:
    from app.models.records import Record
    from app.services.records import entries
    from tests.conftest import NOW

    values = {"tubing_pressure_pa": 689_476.0}
    record = entries.save_record(context.workspace, Record("p", "head_pressures", 2, NOW, None, values))
    well = records.wells(context.workspace.store)[1]
    form = EntryForm(context, KINDS["head_pressures"], well, context.parent(), record)  # type: ignore[arg-type]
    form.boxes["casing_pressure_pa"].set_text("10")
    made = form.record()
    assert made.at == record.at
    assert made.values["tubing_pressure_pa"] == 689_476.0
    form.reject()


def test_a_title_that_breaks_keeps_its_unit_and_its_star_whole(context: Context, settled: Wait) -> None:
    from PySide6.QtGui import QTextLayout

    form = a_form(context, "rod_string", settled)
    table = rows_of(form, "sections").source
    titles = [str(table.headerData(at, Qt.Orientation.Horizontal)) for at in range(table.columnCount())]
    other = a_form(context, "reservoir", settled)
    titles.append(other.boxes["productivity_m3_per_s_pa"].label.text())
    assert any("/" in one for one in titles)
    assert any("*" in one for one in titles)
    for title in titles:
        layout = QTextLayout(title)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(1)  # a break wherever one is allowed
            lines.append(title[line.textStart() : line.textStart() + line.textLength()].strip())
        layout.endLayout()
        for line in lines:
            assert line.strip("*\u00a0"), f"a star alone: {lines}"
            assert not line.endswith(("/", "/\u2060")), f"a unit in two: {lines}"
    assert other.boxes["productivity_m3_per_s_pa"].editor.accessibleName().isprintable()
    for one in (form, other):
        one.reject()
