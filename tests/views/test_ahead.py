"""Pages are made behind the window while all is quiet, and go one by one when it is dressed anew."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.views import ahead, garbage, pages
from app.views.about_dialog import AboutDialog
from app.views.keys_dialog import KeysDialog
from app.views.main_window import MainWindow
from app.views.settings_dialog import SettingsDialog
from app.views.settling import Soon

Wait = Callable[[], None]


def looking(window: MainWindow) -> QTimer:
    """Looks come when the test says so."""
    found = window.ahead._looks
    found.stop()
    window.ahead._quiet = 0  # on a busy machine some came by themselves
    return found


def test_a_page_is_made_when_all_was_quiet_for_a_while_and_is_not_shown(
    window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "is_loaded", lambda key: True)
    monkeypatch.setattr(ahead, "PAGES", {key: pages.PAGES[key] for key in ("my_work", "lab")})
    settled()
    looks, here = looking(window), window.stack.current()
    window.stack.made.pop("lab", None)
    for _ in range(ahead.QUIET_LOOKS - 1):
        looks.timeout.emit()
    assert "lab" not in window.stack.made
    put_off = Soon(window, 10_000)
    put_off.start()
    looks.timeout.emit()
    put_off.stop()
    for _ in range(ahead.QUIET_LOOKS - 1):
        looks.timeout.emit()
    assert "lab" not in window.stack.made, "what was put off ended the quiet"
    looks.timeout.emit()
    settled()
    assert "lab" in window.stack.made
    assert window.stack.current() is here
    assert not window.stack.made["lab"].isVisible()


def test_no_look_is_left_when_every_page_is_there(
    window: MainWindow, settled: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled()
    monkeypatch.setattr(ahead, "PAGES", {key: pages.PAGES[key] for key in window.stack.made})
    assert window.ahead.waits
    window.ahead._look()
    assert not window.ahead.waits


def test_a_page_that_cannot_be_made_is_told_once(
    window: MainWindow, settled: Wait, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "is_loaded", lambda key: True)
    monkeypatch.setattr(ahead, "PAGES", {"lab": pages.PAGES["lab"]})
    settled()
    monkeypatch.setattr(window.stack, "page", lambda key: 1 // 0)
    looks = looking(window)
    window.stack.made.pop("lab", None)
    looks.start()
    with qtbot.captureExceptions() as raised:
        for _ in range(ahead.QUIET_LOOKS + 3):
            looks.timeout.emit()
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert not window.ahead.waits


def test_pages_go_one_by_one_and_one_that_is_wanted_meanwhile_is_made_again(
    window: MainWindow, settled: Wait
) -> None:
    window.page("lab")
    settled()
    going, here = window.stack.let_go(), window.stack.current()
    next(going)
    assert list(window.stack.made.values()) == [here], "the open one goes last"
    window.open_page("lab")
    assert window.stack.made["lab"].isVisible()
    for _ in going:
        pass
    assert window.stack.made == {}
    window.open_page("lab")
    settled()
    assert window.page("lab").isVisible()


def test_a_dialog_that_was_closed_is_gone_and_dressed_no_more(window: MainWindow, settled: Wait) -> None:
    for key, kind in (("settings", SettingsDialog), ("about", AboutDialog), ("help.keys", KeysDialog)):
        window.given.run(key)
        settled()
        dialog = window.findChild(kind)
        assert isinstance(dialog, QDialog)
        QTimer.singleShot(0, dialog, dialog.reject)
        settled()
        assert window.findChild(kind) is None


def test_what_is_loaded_is_kept_once_a_process(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[None] = []
    monkeypatch.setattr(garbage, "_kept", False)
    monkeypatch.setattr(gc, "freeze", lambda: kept.append(None))
    garbage.keep_what_is_loaded()
    garbage.keep_what_is_loaded()
    assert len(kept) == 1
