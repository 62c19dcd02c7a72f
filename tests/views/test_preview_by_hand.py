"""The preview of an import by hand: marked, corrected, asked; pages show what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.notices import Notice
from app.models.kinds import KINDS
from app.models.store import kinds, records
from app.views.main_window import MainWindow
from app.views.preview.dialog import ImportDialog
from app.views.preview.model import BECOMES, FIELD, FIRST
from app.views.preview.wells_box import MAKE
from tests.views.keys_in_a_burst import burst

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]
LAB = (
    "Скважина;Дата отбора;КВЧ, мг/л;Обводненность, "
    "%\n101;12.10.2026;8O;45\n102;13.10.2026;81;46\nновая;14.10.2026;82;47\n"
)


# ---- the preview -------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path) -> ImportDialog:
    open_well(window, "101", "lab")
    file = tmp_path / "lab.csv"
    file.write_text(LAB, encoding="utf-8")
    window.importing.take([file])
    settled()
    made = window.importing.dialog
    assert made is not None
    return made


def test_wells_to_be_decided_leave_the_room_to_the_file(
    window: MainWindow, dialog: ImportDialog, settled: Wait
) -> None:
    """Beside them a column and a half of the file were seen in a window of 1024×700."""
    dialog.resize(940, 600)
    settled()
    assert dialog._split.area.isVisible()
    assert dialog.table.width() > 2 * dialog._split.area.width()


def test_what_becomes_of_a_well_is_read_whole_where_there_is_room(
    dialog: ImportDialog, settled: Wait
) -> None:
    """`Создать скважи` had been cut beside a file that had a thousand pixels to itself."""
    settled()
    assert dialog.width() > 1_200
    for box in dialog.wells_box._boxes.values():
        assert box.width() >= box.sizeHint().width()


@pytest.mark.slow
def test_a_bad_cell_is_put_right_in_place_and_an_unknown_well_is_decided(
    window: MainWindow, dialog: ImportDialog, settled: Wait, notices: list[Notice]
) -> None:
    model = dialog.model
    assert not dialog.import_button.isEnabled()
    assert model.data(model.index(FIELD, 2)) == "Solids"
    bad = model.index(FIRST, 2)
    assert model.data(bad) == "8O"
    assert model.data(bad, Qt.ItemDataRole.ToolTipRole) == "not a number"
    assert model.data(bad, Qt.ItemDataRole.BackgroundRole) is not None
    dialog.only_problems.setChecked(True)
    assert model.rowCount() == FIRST + 1
    dialog.only_problems.setChecked(False)
    assert model.setData(bad, "80")
    settled()
    assert "Decide about the wells" in dialog.summary.words.text()
    box = dialog.wells_box._boxes["новая"]
    box.setCurrentIndex(box.findData(MAKE))
    settled()
    assert dialog.import_button.isEnabled()
    dialog.import_button.click()
    settled()
    done = notices[-1]
    assert (done.code, done.details["added"]) == ("notice.imported", 6)
    assert "новая" in {well.name for well in records.wells(window.context.workspace.store)}
    window.taking_back.turn(done.action_value)
    settled()
    assert "новая" not in {well.name for well in records.wells(window.context.workspace.store)}


def test_a_column_is_given_another_meaning_with_the_mouse(dialog: ImportDialog, settled: Wait) -> None:
    table, model = dialog.table, dialog.model
    place = table.visualRect(model.index(FIELD, 3)).center()
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place)
    )
    settled()
    chosen = QApplication.focusWidget() or table
    model.setData(model.index(FIELD, 3), "mechanical_impurities")
    settled()
    assert chosen is not None
    assert dialog.plan.columns[3].field == "mechanical_impurities"
    assert "Mechanical impurities" in str(model.data(model.index(FIELD, 3)))
    dialog.cancel.click()
    settled()


def test_keys_that_come_in_one_go_are_each_in_their_cell_and_enter_imports_nothing(
    dialog: ImportDialog, settled: Wait
) -> None:
    dialog.activateWindow()
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(FIRST, 2))
    burst("80\n79\n")  # the second over the first: its editor is closed at once
    assert list(dialog.plan.edits.values()) == ["79"]
    settled()
    assert dialog.isVisible()
    assert dialog.model.data(dialog.model.index(FIRST, 2)) == "79"


def test_a_check_that_ends_while_a_cell_is_typed_into_takes_nothing_of_it_and_leaves_the_keyboard_there(
    dialog: ImportDialog, settled: Wait
) -> None:
    model = dialog.model
    dialog.activateWindow()
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(model.index(FIRST, 2))
    burst("80\n")
    dialog.table.setCurrentIndex(model.index(FIRST, 3))
    burst("4")
    settled()  # the check of the first cell comes
    burst("6\n")
    settled()
    assert [model.data(model.index(FIRST, column)) for column in (2, 3)] == ["80", "46"]
    assert model.data(model.index(FIRST, 2), Qt.ItemDataRole.BackgroundRole) is None, "the check is shown"
    assert dialog.table.currentIndex() == model.index(FIRST, 3)


def test_a_column_says_what_it_becomes_and_one_that_is_left_out_is_taken_by_one_click(
    dialog: ImportDialog, settled: Wait
) -> None:
    table, model = dialog.table, dialog.model
    assert model.data(model.index(BECOMES, 3)) == "45 %"
    assert "3" in str(model.data(model.index(BECOMES, 3), Qt.ItemDataRole.ToolTipRole))
    model.setData(model.index(FIELD, 3), "")
    settled()
    assert dialog.plan.columns[3].field == ""
    assert "not used" in str(model.data(model.index(BECOMES, 3)))
    place = table.visualRect(model.index(BECOMES, 3)).center()
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place)
    )
    settled()
    assert dialog.plan.columns[3].field == "water_cut"
    dialog.cancel.click()
    settled()


@pytest.mark.slow
def test_rows_are_skipped_and_a_template_is_kept(
    window: MainWindow, dialog: ImportDialog, settled: Wait, notices: list[Notice]
) -> None:
    dialog.skip_bad_rows.click()
    settled()
    assert dialog.plan.skip_lines == frozenset({2})
    dialog.wells_box._boxes["новая"].setCurrentIndex(2)
    settled()
    dialog.presenter.save_template("North lab")
    assert notices[-1].code == "notice.template_saved"
    dialog.import_button.click()
    settled()
    assert notices[-1].details["added"] == 2


@pytest.mark.opens("101", "lab")
def test_a_range_copied_in_a_spreadsheet_is_pasted(
    window: MainWindow, settled: Wait, notices: list[Notice]
) -> None:
    QApplication.clipboard().setText("Дата отбора\tКВЧ, мг/л\n12.10.2026\t80\n13.10.2026\t81\n")
    window.importing.paste()
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    dialog.import_button.click()
    settled()
    assert notices[-1].details["added"] == 2
    assert not list((window.context.workspace.paths.folder / "pasted").iterdir())
    well = next(well for well in window.tree.wells() if well.name == "101")
    texts = [
        r.values.get("value")
        for r in kinds.of_well(window.context.workspace.store, KINDS["lab_result"], well.id)
    ]
    assert {80.0, 81.0} <= set(texts)


def test_a_folder_gives_its_files_and_what_excel_leaves_beside_is_passed_over(tmp_path: Path) -> None:
    from app.views.importing import files_in

    (tmp_path / "deep").mkdir()
    for name in ("a.csv", "~$a.xlsx", ".hidden", "deep/b.csv"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in files_in([tmp_path])] == ["a.csv", "b.csv"]


@pytest.mark.slow
@pytest.mark.reads_apart
def test_the_watched_folder_works_while_the_window_is_open(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "lab.csv").write_text("Скважина;Дата отбора;КВЧ, мг/л\n101;12.10.2026;80\n", encoding="utf-8")
    (folder / "bad.csv").write_text(
        "Скважина;Дата отбора;КВЧ, мг/л\n101;12.10.2026;много\n", encoding="utf-8"
    )
    window.context.workspace.settings.set("watch_folder", str(folder))
    for _ in range(2):
        window.folder_watch._look()
        settled()
    assert {"notice.imported", "error.value_not_number"} <= {notice.code for notice in notices}
    assert (folder / "imported" / "lab.csv").exists()
    alive = window.context.runner._alive
    before = len(alive)
    window.folder_watch._look()
    window.folder_watch._look()
    assert len(alive) == before + 1, "a look that is still at work is not looked past"
    settled()
    window.context.workspace.settings.set("watch_folder", "")


# ---- lifts that are other than they were -------------------------------------------------------------------


@pytest.mark.slow
def test_another_lift_is_asked_about_before_the_import(
    window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path
) -> None:
    open_well(window, "101", "lab")
    before = next(w for w in records.wells(window.context.workspace.store) if w.name == "101")
    file = tmp_path / "wells.csv"
    file.write_text("Скважина;Способ эксплуатации;Куст\n101;газлифт;1\n", encoding="utf-8")
    window.importing.take([file])
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    assert before.lift != "gas_lift"
    assert dialog.lifts_box.isVisible()
    assert not dialog.import_button.isEnabled()
    dialog.lifts_box.answers["change"].click()
    settled()
    assert dialog.import_button.isEnabled()
    dialog.import_button.click()
    settled()
    after = next(w for w in records.wells(window.context.workspace.store) if w.name == "101")
    assert after.lift == "gas_lift"


# ---- what a file leaves open -------------------------------------------------------------------------------


def test_what_an_import_leaves_out_by_itself_is_taken_by_a_click(
    window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path
) -> None:
    open_well(window, "101", "lab")
    file = tmp_path / "regime.csv"
    head = "Технологический режим на ноябрь 2026;;;\nСкв.;Qж, м3/сут;Обв., %;Число качаний\n"
    file.write_text(f"{head}201;21,5;48;5,2\n", encoding="utf-8")
    window.importing.take([file])
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    buttons = dialog.questions.buttons[("regime", "regime_equipment")]
    assert (buttons["leave"].isChecked(), buttons["take"].isChecked()) == (True, False)
    assert dialog.import_button.isEnabled(), "it waits for nobody"
    assert "--" not in dialog.summary.remarks.text()
    buttons["take"].click()
    settled()
    assert dialog.presenter.opened.plan.sheets[0].answers["regime_equipment"] == "take"
    assert dialog.questions.buttons[("regime", "regime_equipment")]["take"].isChecked()
    dialog.reject()


def test_a_column_of_numbers_that_goes_unused_is_no_import_without_doubt(
    window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path
) -> None:
    open_well(window, "101", "lab")
    file = tmp_path / "beside.csv"
    file.write_text("Дата;Скважина;Рпр, атм;Что-то\n13.10.2026;101;50;7\n", encoding="utf-8")
    window.importing.take([file])
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    assert "1 doubtful" in dialog.summary.words.text()
    dialog.reject()


def test_what_a_file_leaves_open_is_answered_by_a_click_on_one_of_both_readings(
    window: MainWindow, open_well: Open, settled: Wait, tmp_path: Path
) -> None:
    open_well(window, "101", "lab")
    file = tmp_path / "asks.csv"
    file.write_text("Well;Date;PIP\n101;03/04/2026;800\n101;05/06/2026;801\n", encoding="utf-8")
    window.importing.take([file])
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    assert dialog.questions.isVisible()
    date, unit = (
        dialog.questions.buttons[("asks", "date_order")],
        dialog.questions.buttons[("asks", "pressure_unit")],
    )
    assert [button.text() for button in date.values()] == ["day first: 2026-04-03", "month first: 2026-03-04"]
    assert [button.text() for button in unit.values()] == ["800 kPa → 0.80\xa0MPa", "800 psi → 5.52\xa0MPa"]
    assert not dialog.import_button.isEnabled()
    assert "open" in dialog.summary.words.text()
    date["month"].click()
    settled()
    assert not dialog.import_button.isEnabled()
    dialog.questions.buttons[("asks", "pressure_unit")]["psi"].click()
    settled()
    assert dialog.import_button.isEnabled()
    assert dialog.questions.isVisible(), "what was answered can be answered anew"
    plan = dialog.presenter.opened.plan.sheets[0]
    assert (plan.answers["date_order"], plan.answers["pressure_unit"]) == ("month", "psi")
    dialog.questions.buttons[("asks", "date_order")]["day"].click()
    settled()
    assert dialog.presenter.opened.plan.sheets[0].answers["date_order"] == "day"
    dialog.reject()


def test_what_is_wrong_with_a_row_stands_beside_it(dialog: ImportDialog) -> None:
    titles = [str(dialog.model.headerData(FIRST + row, Qt.Orientation.Vertical)) for row in range(3)]
    assert titles[0] == "2  not a number"
    assert titles[1] == "3"
