"""What a person at the window does: keys go to what has the keyboard, the mouse to what is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


def press(key: Qt.Key, keys: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
    if on is not None and on.isWindow() and not isinstance(on, QMenu):
        at_hand(on)
    there = on or QApplication.activePopupWidget() or QApplication.focusWidget()
    assert there is not None, "nothing has the keyboard"
    QTest.keyClick(there, key, keys)


def at_hand(window: QWidget) -> None:
    """Without a screen a window that is asked for twice is not made active: by way of another it is."""
    for one in (window.parentWidget() or window, window):
        one.window().activateWindow()
        QApplication.processEvents()


def type_in(text: str) -> None:
    """Letter by letter, to whatever has the keyboard when each comes."""
    for letter in text:
        there = QApplication.focusWidget()
        assert there is not None, "nothing has the keyboard"
        QTest.keyClick(there, letter)


def click(button: QAbstractButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def choose(words: str) -> None:
    """By the arrows, from the menu that stands open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    there = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
    wanted = next(action for action in there if action.text().partition("\t")[0] == words)
    for _ in range(len(menu.actions()) + 1):
        press(Qt.Key.Key_Down, on=menu)
        if menu.activeAction() is wanted:
            break
    assert menu.activeAction() is wanted
    press(Qt.Key.Key_Return, on=menu)


def labels(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())
