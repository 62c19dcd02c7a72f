"""Fields that the wheel changes only while they have the focus: who scrolls a form changes nothing in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QDoubleSpinBox, QSlider, QSpinBox, QWidget


def _is_for(field: QWidget, event: QWheelEvent) -> bool:
    """Else the event goes on to what is scrolled."""
    if field.hasFocus():
        return True
    event.ignore()
    return False


class ChoiceBox(QComboBox):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if _is_for(self, event):
            super().wheelEvent(event)


class WholeNumberBox(QSpinBox):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if _is_for(self, event):
            super().wheelEvent(event)


class NumberBox(QDoubleSpinBox):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if _is_for(self, event):
            super().wheelEvent(event)


class DateTimeBox(QDateTimeEdit):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if _is_for(self, event):
            super().wheelEvent(event)


class SliderBar(QSlider):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if _is_for(self, event):
            super().wheelEvent(event)
