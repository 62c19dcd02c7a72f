"""Shift+F1: what the control is that has the focus, or that the pointer is over, said beside it."""

from __future__ import annotations

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QWhatsThis, QWidget


def explained(widget: QWidget | None) -> tuple[QWidget, str] | None:
    """What it is called and what its tip says; what says nothing of itself is a part of what it stands in."""
    while widget is not None and not widget.isWindow():
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        told = (name, widget.toolTip(), widget.whatsThis(), widget.accessibleDescription())
        lines = [line for line in dict.fromkeys(told) if line]
        if lines:
            return widget, "\n\n".join(lines)
        widget = widget.parentWidget()
    return None


def explain(window: QWidget) -> bool:
    """Whether there was something to say."""
    for widget in (QApplication.focusWidget(), QApplication.widgetAt(QCursor.pos())):
        told = explained(widget) if widget is not None and window.isAncestorOf(widget) else None
        if told is not None:
            QWhatsThis.showText(told[0].mapToGlobal(told[0].rect().bottomLeft()), told[1], told[0])
            return True
    return False
