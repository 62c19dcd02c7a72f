"""Keys as a busy machine gives them: several in one go, and nothing else of the queue between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

_NAMED = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}


def burst(keys: str) -> None:
    """Letters as they are; \\t and \\n are the keys that move."""
    for letter in keys:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            here = QApplication.focusWidget()
            assert here is not None
            key = _NAMED.get(letter, Qt.Key(ord(letter.upper())))
            QApplication.sendEvent(
                here, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter.replace("\n", "\r"))
            )
