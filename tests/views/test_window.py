"""The window itself: first run, search, keyboard, language, theme, drops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from app.core.declared_settings import SETTINGS
from app.core.notices import Notice
from app.models.store import records
from app.views import pages
from app.views.context import Context
from app.views.first_run import FirstRun
from app.views.main_window import MainWindow
from app.views.page_titles import TABS
from app.views.pages import PAGES, Maker
from app.views.plots.time_box import TimeBox
from app.views.settings_dialog import SettingsDialog

Open = Callable[[MainWindow, str, str], None]
Wait = Callable[[], None]


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, mime, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(
        QDropEvent(QPointF(window.rect().center()), Qt.DropAction.CopyAction, mime, buttons, keys)
    )


def labels(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


# ---- the first page ----------------------------------------------------------------------------------------


@pytest.mark.opens("101", "cards")
def test_the_window_answers_while_the_module_of_its_first_page_is_loaded(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it does not bid welcome to a profile that has wells."""
    loaders: list[str] = []
    bidden: list[QShowEvent] = []
    of_cards = PAGES["cards"]

    def slowly() -> Maker:
        loaders.append(threading.current_thread().name)
        return of_cards()

    monkeypatch.setitem(PAGES, "cards", slowly)
    monkeypatch.setattr(pages, "_loaded", {})
    monkeypatch.setattr(FirstRun, "showEvent", lambda _, event: bidden.append(event))
    window: MainWindow = request.getfixturevalue("window")

    assert window.stack.key == "cards"
    assert window.context.well is not None
    assert loaders[0].startswith("modules"), loaders
    assert not bidden
    assert set(pages._loaded) == set(PAGES), "and then those of all the others"


@pytest.mark.opens("205", "cards")
def test_wells_that_are_listed_twice_while_a_page_is_loaded_choose_the_sessions_well_once(
    window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second choice broke the first one off, and the period of the session was lost with it."""
    chosen: list[object] = []
    choose = Context.choose_well
    monkeypatch.setattr(
        Context, "choose_well", lambda self, *asked: (chosen.append(asked), choose(self, *asked))
    )
    monkeypatch.setattr(pages, "_loaded", {})
    period = window.context.period
    window.context.well, window._wanted_period = None, period
    for _ in range(2):
        window._wells_loaded(len(window.tree.wells()))
    settled()
    window.context.well = None
    for _ in range(2):
        window._wells_loaded(len(window.tree.wells()))
    settled()
    assert [(well.name, asked) for well, asked in chosen] == [("205", period), ("205", None)]  # type: ignore[misc]


# ---- first run and search ----------------------------------------------------------------------------------


def test_typing_in_the_search_leaves_the_wells_meant_and_enter_opens_the_first(
    window: MainWindow, settled: Wait
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    window.tree.search.setFocus()
    QTest.keyClicks(window.tree.search, "20")
    names = [index.data().split()[0] for index in window.tree._well_indexes()]
    assert names == ["201", "202", "203", "204", "205", "206"]
    QTest.keyClicks(window.tree.search, "5")
    QTest.keyClick(window.tree.search, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert window.context.well.name == "205"
    assert window.tree.search.text() == ""
    assert window.stack.key == "overview", "what is wrong with it, wherever one was"
    QTest.keyClicks(window.tree.search, "2O5")
    assert window.tree.nothing.isVisible()
    assert "205" in window.tree.nothing.text()
    window.tree.search.clear()
    assert not window.tree.nothing.isVisible()


def test_what_needs_attention_can_come_first(window: MainWindow) -> None:
    window.tree._urgent.setChecked(True)
    names = [index.data().split()[0] for index in window.tree._well_indexes()]
    assert names[0] == "205", "the pad with the stopped well, and in it the well"
    window.tree._urgent.setChecked(False)
    assert [index.data().split()[0] for index in window.tree._well_indexes()][0] == "101"


@pytest.mark.slow
def test_pages_and_wells_are_reached_by_keys_and_by_the_palette(window: MainWindow, settled: Wait) -> None:
    for number, key in enumerate(TABS[:9], 1):
        window.activateWindow()
        QTest.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        settled()
        assert window.stack.current() is window.stack.made[key]
    window.open_palette()
    palette = QApplication.activePopupWidget()
    assert palette is not None
    typed = palette.typed  # type: ignore[attr-defined]
    QTest.keyClicks(typed, "206")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    settled()
    assert window.context.well is not None
    assert window.context.well.name == "206"


# ---- language, theme, settings -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.opens("202", "cards")
def test_the_language_changes_while_it_runs_and_what_was_open_stays_open(
    window: MainWindow, settled: Wait
) -> None:
    window.context.workspace.settings.set("language", "ru")
    settled()
    assert window.stack.tabs.tabText(0) == "Обзор"
    assert window.context.well is not None
    assert window.context.well.name == "202"
    assert window.stack.current() is window.stack.made["cards"]
    assert "кач/мин" in labels(window)
    latin = [
        word
        for word in labels(window).split()
        if word in ("Fillage", "Overview", "Well", "Settings", "Accept")
    ]
    assert latin == []
    QTest.mouseClick(window.top.language, Qt.MouseButton.LeftButton)
    settled()
    assert window.stack.tabs.tabText(0) == "Overview"


@pytest.mark.slow
@pytest.mark.opens("103", "trends")
def test_a_theme_is_taken_at_once_by_the_window_and_its_charts(window: MainWindow, settled: Wait) -> None:
    grounds = []
    for theme in ("dark", "sunlight", "light"):
        window.context.workspace.settings.set("theme", theme)
        settled()
        grounds.append(ground := window.context.theme.ground.lower())
        chart = window.stack.made["trends"].chart  # type: ignore[attr-defined]
        assert chart._plots.backgroundBrush().color().name() == ground, theme
        assert window.grab().toImage().pixelColor(700, 300).name() in {ground, *_chart_colours(window)}
    assert grounds[0] not in grounds[1:]


def _chart_colours(window: MainWindow) -> set[str]:
    theme = window.context.theme
    return {colour.lower() for colour in (*theme.pens, theme.grid, theme.line)}


@pytest.mark.slow
def test_no_text_to_press_and_no_header_is_cut_and_a_glove_hits_what_it_means(
    window: MainWindow, open_well: Open, settled: Wait, look: tuple[str, bool, str]
) -> None:
    for key, value in zip(("language", "glove_mode", "theme"), look, strict=True):
        window.context.workspace.settings.set(key, value)
    settled()
    for page in PAGES:
        open_well(window, "202", page)
        assert not [b for b in window.stack.tabs.findChildren(QToolButton) if b.isVisible()], (
            "the tabs fit without arrows"
        )
        nothing_to_press_is_cut(window, page)
        if look[1]:
            nothing_to_press_is_small(window, page)
        no_header_is_cut(window, page)
    assert window.width() <= 1366, "the window still fits the laptop"


def pressed(window: MainWindow, *kinds: type[QWidget]) -> list[QWidget]:
    found = [widget for kind in kinds for widget in window.findChildren(kind)]
    return [widget for widget in found if widget.isVisible() and widget.parent() is not window.tree.search]


def nothing_to_press_is_cut(window: MainWindow, page: str) -> None:
    for widget in pressed(window, QPushButton, QToolButton, QComboBox):
        assert widget.width() >= widget.minimumSizeHint().width(), f"{page}: {getattr(widget, 'text', str)()}"


def nothing_to_press_is_small(window: MainWindow, page: str) -> None:
    for widget in pressed(window, QPushButton, QToolButton, QComboBox, QCheckBox):
        assert widget.height() >= 40, f"{page}: {type(widget).__name__} {getattr(widget, 'text', str)()!r}"


def no_header_is_cut(window: MainWindow, page: str) -> None:
    for table in window.findChildren(QTableView):
        header = table.horizontalHeader()
        if table.isVisible() and header.isVisible():
            for section in range(header.count()):
                assert header.sectionSize(section) >= header.sectionSizeHint(section) - 1, (
                    f"{page}: column {section}"
                )
            assert header.length() <= table.viewport().width() + 1, f"{page}: columns run out of the table"


@pytest.mark.slow
@pytest.mark.opens("104", "trends")
def test_scales_of_one_pane_lie_over_each_other_after_panes_come_and_go(
    window: MainWindow, settled: Wait
) -> None:
    page = window.stack.made["trends"]
    page.pens.show(["insulation_resistance", "wellhead_pressure", "liquid_rate"])  # type: ignore[attr-defined]
    settled()
    for pane in page.chart.panes:  # type: ignore[attr-defined]
        for box, _ in pane._scales.values():
            ours, first = box.sceneBoundingRect(), pane.box.sceneBoundingRect()
            assert abs(ours.top() - first.top()) < 1
            assert abs(ours.bottom() - first.bottom()) < 1
    scales = sum(len(pane._scales) for pane in page.chart.panes)  # type: ignore[attr-defined]
    boxes = [item for item in page.chart._plots.scene().items() if isinstance(item, TimeBox)]  # type: ignore[attr-defined]
    assert len(boxes) == scales, "nothing of the earlier panes is left in the picture"


def test_the_settings_dialog_has_a_field_for_every_setting_and_saves_all_or_nothing(
    window: MainWindow, settled: Wait
) -> None:
    settings = window.context.workspace.settings
    dialog = SettingsDialog(window.context, window)
    assert set(dialog.fields) == {setting.key for setting in SETTINGS if setting.page == "general"}
    assert all(field.toolTip() and field.accessibleName() for field in dialog.fields.values())
    company = dialog.fields["company"]
    company.setText("АО «Север»")  # type: ignore[attr-defined]
    theme = dialog.fields["theme"]
    assert isinstance(theme, QComboBox)
    theme.setCurrentIndex(theme.findData("dark"))
    dialog._save()
    settled()
    assert (settings["company"], settings["theme"]) == ("АО «Север»", "dark")
    assert window.context.theme.key == "dark"
    dialog.deleteLater()


# ---- files -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.opens("101", "trends")
def test_a_dropped_file_is_imported_said_and_can_be_undone(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    file = tmp_path / "r.csv"
    file.write_text("time,line_pressure (MPa)\n2026-11-02T00:00:00Z,1.2\n2026-11-02T00:01:00Z,1.3\n")
    drop(window, file)
    settled()
    dialog = window.importing.dialog
    assert dialog is not None
    assert dialog.bar.well.text() == "101", "the chosen well is offered for rows that name none"
    assert records.imports(window.context.workspace.store) == [], "nothing is written before Import"
    dialog.import_button.click()
    settled()
    done = notices[-1]
    assert (done.code, done.details["added"]) == ("notice.imported", 2)
    assert "r.csv" in window.bottom.words.text()
    assert window.bottom._action.isVisible()
    span = window.context.span
    window.bottom._action.click()
    settled()
    assert notices[-1].code == "notice.taken_back"
    assert span is not None
    assert window.context.span is not None
    assert window.context.span[1] < span[1]


@pytest.mark.slow
@pytest.mark.opens("101", "overview")
def test_several_files_one_of_them_bad_import_the_good_and_name_the_bad(
    window: MainWindow, settled: Wait, tmp_path: Path, notices: list[Notice]
) -> None:
    for name, content in (
        ("a.csv", "well,time,line_pressure (MPa)\n101,2026-11-02T00:00:00Z,1.2\n"),
        ("b.csv", "well,time,line_pressure (MPa)\n101,2026-11-02T00:00:00Z,мало\n"),
        ("c.csv", "well,time,line_pressure (MPa)\n102,2026-11-02T00:00:00Z,1.2\n"),
    ):
        (tmp_path / name).write_text(content)
    drop(window, tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv")
    for name in ("a.csv", "b.csv", "c.csv"):
        settled()
        dialog = window.importing.dialog
        assert dialog is not None
        assert name in dialog.windowTitle()
        if name == "b.csv":
            assert not dialog.import_button.isEnabled()
            assert "1 error" in dialog.summary.words.text()
            dialog.cancel.click()
        else:
            dialog.import_button.click()
    settled()
    assert [notice.code for notice in notices].count("notice.imported") == 2
    imported = {record.file_name for record in records.imports(window.context.workspace.store)}
    assert imported == {"a.csv", "c.csv"}
