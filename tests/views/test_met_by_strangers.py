"""What stopped strangers in the real window: points not drawn, keys that led astray, wrong words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QFileInfo, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFileIconProvider,
    QHeaderView,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.notices import Notice, Severity
from app.core.texts import Speaker
from app.services.centre.people import author_of
from app.services.imports.importing import ImportReport
from app.views.cards.figures_panel import FiguresPanel
from app.views.cards.table import FOUND
from app.views.entry.form import EntryForm
from app.views.finding_box import FindingBox
from app.views.importing import imported
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.plots.xy_chart import Series, XYChart
from app.views.read_of_well import Cover
from app.views.tasks import TaskRunner
from app.views.theme import THEMES, apply
from tests.views.hands import CTRL, SHIFT, at_hand, choose, click, labels, press, type_in

Wait = Callable[[], None]


def form_of(window: MainWindow, kind: str, settled: Wait) -> EntryForm:
    window.entering.open(kind)
    settled()
    form = window.entering.form
    assert form is not None
    return form


@pytest.mark.parametrize("measured", [1, 2])
def test_what_was_measured_once_is_seen_as_what_was_measured_twice(qapp: QApplication, measured: int) -> None:
    chart = XYChart(THEMES["light"], "en", "", "Level, m", time=None)
    chart.resize(300, 200)
    chart.show()
    colour = THEMES["light"].pen(2)
    x = np.arange(measured, dtype=float)
    chart.show_series([Series("", x, 900.0 + x, colour)])
    QApplication.processEvents()
    picture = chart.grab().toImage()
    wanted = QColor(colour).name()
    drawn = [
        (column, row)
        for column in range(picture.width())
        for row in range(picture.height())
        if picture.pixelColor(column, row).name() == wanted
    ]
    assert drawn
    chart.deleteLater()


def test_tab_leads_through_the_fields_of_a_well_before_its_buttons(
    empty_window: MainWindow, settled: Wait
) -> None:
    click(empty_window.first_run.well.button)
    settled()
    builder = empty_window.building.builder
    assert builder is not None
    builder.field_name.setFocus()
    met: list[QWidget | None] = []
    for _ in range(3):
        press(Qt.Key.Key_Tab, on=builder if not met else None)
        met.append(QApplication.focusWidget())
    assert met[0] is builder.part.at
    assert builder.part.isAncestorOf(met[2])
    builder.parts["well_passport"].boxes["lift"].set_text("esp")
    builder.save_button.setFocus()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is builder.list, "the last one, after a part was made anew, too"
    builder.reject()


@pytest.mark.opens("101", "my_work")
def test_a_sample_without_results_says_what_it_lacks_until_one_types(
    window: MainWindow, settled: Wait
) -> None:
    form = form_of(window, "lab_result", settled)
    form.boxes["sample"].take_focus()
    type_in("45")
    press(Qt.Key.Key_S, CTRL)
    settled()
    assert "one result of the analysis" in form.state.text()
    form.boxes["water_cut"].take_focus()
    type_in("3")
    assert form.state.text() == ""
    form.drop()
    settled()


@pytest.mark.opens("101", "overview")
def test_what_the_demo_field_brought_nobody_has_typed(window: MainWindow) -> None:
    told = labels(window.page("overview"))
    assert "Lab result, " in told
    assert "by hand" not in told


@pytest.mark.opens("101", "my_work")
def test_what_a_neighbour_says_does_not_move_a_field_and_the_arrow_of_a_date_stands_in_its_middle(
    window: MainWindow, settled: Wait
) -> None:
    form = form_of(window, "flow_test", settled)
    duration, liquid = form.boxes["duration_s"], form.boxes["liquid_m3_per_s"]
    duration.take_focus()
    type_in("45")
    QApplication.processEvents()
    assert duration.said.isVisible()
    assert liquid.label.mapTo(form, QPoint()).y() == duration.label.mapTo(form, QPoint()).y()
    arrow = form.at.findChild(QToolButton)
    assert arrow is not None
    assert abs(arrow.geometry().center().y() - form.at.rect().center().y()) <= 1
    assert form.at.rect().contains(arrow.geometry())
    form.drop()
    settled()


@pytest.mark.slow
@pytest.mark.opens("103", "overview")
def test_no_figure_of_one_well_stands_under_the_name_of_another(
    window: MainWindow, settled: Wait, runner: TaskRunner, qtbot: QtBot
) -> None:
    """While the other one is read, which here waits until it is let go."""
    go = Event()
    window.context.well_changed.connect(lambda: runner.start(lambda job: go.wait(20), lane="store"))
    for key, name in (("overview", "205"), ("cards", "202"), ("flow", "103"), ("records", "201")):
        window.open_page(key)
        settled()
        go.clear()
        press(Qt.Key.Key_F, CTRL, on=window)
        type_in(name)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: window.context.well.name == name)  # type: ignore[misc]
        page = window.page(key)
        inside = page.rect().adjusted(12, 12, -12, -12)
        points = [inside.topLeft() + QPoint(x, y) for x in (0, 99, 300) for y in (0, 99, 300)]
        assert {type(page.childAt(point)) for point in (*points, inside.bottomRight())} == {Cover}, key
        qtbot.waitUntil(lambda name=name: f"Well {name} is being read" in labels(window))  # type: ignore[misc]
        go.set()
        settled()
        assert not any(cover.isVisible() for cover in page.findChildren(Cover)), key


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_the_list_of_cards_says_the_gravest_of_what_is_found_on_each(window: MainWindow) -> None:
    page = window.page("cards")
    newest = page.table.cards.index(0, FOUND).data()  # type: ignore[attr-defined]
    gravest = page.findChild(FindingBox).finding
    assert newest == window.context.speaker.say(f"finding.{gravest.code}")


@pytest.mark.slow
def test_what_cannot_be_pressed_is_told_from_what_can_in_the_sun(qapp: QApplication) -> None:
    qapp.setProperty("wellside_theme", "")
    apply(qapp, THEMES["sunlight"], glove=False)
    button = QPushButton("Save")
    button.resize(120, 34)
    on = button.grab().toImage()
    button.setEnabled(False)
    assert button.grab().toImage() != on
    button.deleteLater()
    qapp.setProperty("wellside_theme", "")


@pytest.mark.opens("101", "my_work")
def test_where_nothing_was_done_the_messages_have_the_page(window: MainWindow) -> None:
    page = window.page("my_work")
    said = page.said  # type: ignore[attr-defined]
    assert page.empty.isVisible()  # type: ignore[attr-defined]
    assert said.height() > 0.7 * page.height()


@pytest.mark.opens("101", "my_work")
def test_fields_beside_each_other_stand_on_one_line_whatever_they_are_called(
    window: MainWindow, settled: Wait
) -> None:
    window.context.workspace.settings.set("language", "ru")
    settled()
    form = form_of(window, "reservoir", settled)
    form.resize(560, 480)
    QApplication.processEvents()
    tops = {key: box.editor.mapTo(form, QPoint()).y() for key, box in form.boxes.items()}
    labels_of = {key: box.label.height() for key, box in form.boxes.items()}
    assert len(set(labels_of.values())) > 1, "one of them is called by two lines"
    assert len(set(tops.values())) == 3, tops
    form.drop()
    settled()


@pytest.mark.slow
def test_ctrl_z_in_a_search_field_takes_back_its_letters_and_then_the_work(
    small_window: MainWindow, settled: Wait
) -> None:
    press(Qt.Key.Key_N, CTRL, on=small_window)
    choose("Fluid level")
    settled()
    form = small_window.entering.form
    assert form is not None
    form.boxes["level_m"].take_focus()
    type_in("900")
    press(Qt.Key.Key_S, CTRL)
    settled()
    press(Qt.Key.Key_F, CTRL, on=small_window)
    search = small_window.tree.search
    assert QApplication.focusWidget() is search
    type_in("7")
    press(Qt.Key.Key_Z, CTRL)
    settled()
    assert search.text() == ""
    assert small_window.bottom.words.text().startswith("Fluid level"), "the letter went, the entry stands"
    press(Qt.Key.Key_Z, CTRL)
    settled()
    assert small_window.bottom.words.text().startswith("Taken back")
    for _ in range(2):  # the letter first, which the field remembers
        press(Qt.Key.Key_Z, CTRL | SHIFT)
        settled()
    assert small_window.bottom.words.text().startswith("Done again")


def test_the_dialog_of_files_is_russian_in_russian_and_shows_its_columns(
    qapp: QApplication, tmp_path: Path
) -> None:
    languages = Languages(qapp)
    languages.switch("ru")
    assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == "Папка"
    languages.switch("en")
    apply(qapp, THEMES["light"], glove=False)
    dialog = QFileDialog(None, "Open", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    header = dialog.findChild(QHeaderView)
    assert header is not None
    assert dialog.width() - header.length() > 0
    dialog.close()
    dialog.deleteLater()


@pytest.mark.opens("101", "my_work")
def test_a_message_that_offers_something_stays_long_enough_to_be_taken(window: MainWindow) -> None:
    for action, least in (("", 8_000), ("take back", 20_000)):
        window.bottom.show_notice(Notice(Severity.DONE, "notice.view_saved", {"name": "x"}, action, "1"))
        assert window.bottom._timer.interval() == least


def test_who_works_here_is_asked_on_the_first_day_and_stands_under_the_first_entry(
    empty_window: MainWindow, settled: Wait
) -> None:
    name = empty_window.first_run.fields["author"]
    at_hand(empty_window)
    name.setFocus()
    type_in("Petrova")
    press(Qt.Key.Key_Return)
    settled()
    assert empty_window.context.workspace.settings["author"] == "Petrova"
    assert author_of(empty_window.context.workspace) == "Petrova"


def test_what_a_file_brought_is_said_with_the_wells_that_it_is_of() -> None:
    brought = ImportReport("1", "card.json", "cards", ("202",), 1, 0, 0)
    notice = imported(brought)
    assert Speaker("en").say(notice.code, **notice.details).startswith("card.json, well 202:")
    many = imported(replace(brought, wells=("1", "2", "3", "4")))
    assert "скв. 1, 2, 3…:" in Speaker("ru").say(many.code, **many.details)
    none = imported(replace(brought, wells=()))
    assert Speaker("en").say(none.code, **none.details).startswith("card.json:")


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_the_figures_of_a_card_are_read_to_their_units_in_a_small_window(
    window: MainWindow, settled: Wait
) -> None:
    window.context.workspace.settings.set("language", "ru")
    settled()
    window.resize(1024, 700)
    window.open_page("cards")
    window.page("cards").show_scene("figures")  # type: ignore[attr-defined]
    settled()
    panel = window.page("cards").findChild(FiguresPanel)
    seen = panel.parentWidget()
    assert panel.width() <= seen.width(), "nothing is under the scroll bar"
