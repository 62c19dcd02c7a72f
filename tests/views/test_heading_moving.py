"""Finding, moving, small screens, keyboard: by hand in a field of one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
)

from app.views.keys_dialog import KeysDialog
from app.views.main_window import MainWindow
from app.views.manual_dialog import ManualDialog
from app.views.told_table import ToldTable
from tests.views.hands import CTRL, at_hand, click, press, type_in

Wait = Callable[[], None]


@pytest.mark.slow
def test_a_well_is_found_by_its_number_wherever_one_is_and_a_slip_has_the_nearest_names(
    small_window: MainWindow, settled: Wait
) -> None:
    press(Qt.Key.Key_2, CTRL, on=small_window)
    settled()
    press(Qt.Key.Key_F, CTRL, on=small_window)
    type_in("79")
    assert small_window.tree.nothing.isVisible()
    assert "77" in small_window.tree.nothing.text()
    press(Qt.Key.Key_Backspace)
    type_in("zzz")
    settled()
    assert small_window.tree.nothing.text().endswith("“7zzz”."), "none is like it, none is proposed"
    assert small_window.searching.panel.list.isHidden(), "no empty frame over the words"
    for _ in "zzz":
        press(Qt.Key.Key_Backspace)
    type_in("7")
    press(Qt.Key.Key_Return)
    settled()
    assert small_window.context.well is not None
    assert (small_window.context.well.name, small_window.stack.key) == ("77", "overview")


@pytest.mark.slow
def test_gloves_are_one_key_and_one_button_and_ticks_grow_with_them(
    small_window: MainWindow, settled: Wait
) -> None:
    settings = small_window.context.workspace.settings
    press(Qt.Key.Key_G, CTRL, on=small_window)
    settled()
    assert settings["glove_mode"] is True
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert "indicator { width: 24px" in application.styleSheet()
    button = small_window.findChild(QAbstractButton, "view.glove")
    assert button is not None
    assert button.height() >= 40
    click(button)
    settled()
    assert settings["glove_mode"] is False


@pytest.mark.slow
def test_tab_goes_past_every_table_and_each_tells_what_it_shows(
    small_window: MainWindow, settled: Wait
) -> None:
    for page in ("overview", "trends", "lab", "my_work"):
        small_window.open_page(page)
        settled()
        for table in small_window.stack.current().findChildren(ToldTable):
            if not table.isVisible():
                continue
            at_hand(small_window)
            table.setFocus(Qt.FocusReason.TabFocusReason)
            assert table.accessibleDescription(), page
            press(Qt.Key.Key_Tab)
            assert not table.hasFocus(), page
    told = small_window.page("overview").values.in_words()  # type: ignore[attr-defined]
    assert told.startswith("Rows: 3. The first one: Sensor: ")


@pytest.mark.slow
def test_help_is_found_by_its_keys(small_window: MainWindow, settled: Wait) -> None:
    press(Qt.Key.Key_F1, on=small_window)
    manual = small_window.findChild(ManualDialog)
    assert manual is not None
    assert manual.found.currentItem().text()
    manual.close()
    press(Qt.Key.Key_F1, CTRL, on=small_window)
    keys = small_window.findChild(KeysDialog)
    assert keys is not None
    keys.close()
