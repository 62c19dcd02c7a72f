"""The fields of a form: label above, unit beside, the last value and the limits below; what is wrong is said
while typing.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.models.kinds.spec import Field
from app.reports import record_words
from app.services.records import forms
from app.views import widgets
from app.views.calm import ChoiceBox, TextField, TextLine
from app.views.context import Context
from app.views.entry import titles
from app.views.unbroken import spoken

FEW = 4
"""So many choices are buttons side by side: one touch instead of two."""


class FieldBox(QWidget):
    """One field. `text()` is what a draft keeps, `typed()` what record_of() takes; `set_value` shows a value
    that is there already, and `as_kept` gives it back while nobody typed over it.
    """

    changed = Signal()

    def __init__(self, context: Context, field: Field) -> None:
        super().__init__()
        self.field, self._context = field, context
        self.label = QLabel(titles.title(field, context.speaker), self)
        self.label.setProperty("role", "strong")
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self._said: QLabel | None = None
        self._last = ""
        self._value: tuple[str, Any] | None = None
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        if field.type == "flag":  # its box says it
            self.label.hide()
        else:
            layout.addWidget(self.label)
        self.editor = self._make(layout)
        self.editor.setAccessibleName(spoken(self.label.text()))
        self._said_at = layout.count()
        self.judge()

    @property
    def said(self) -> QLabel:
        """Made when there is something to say: a form has forty of them, and most say nothing."""
        if self._said is None:
            self._said = widgets.muted()
            self._layout.insertWidget(self._said_at, self._said)
        return self._said

    def _say(self, words: str, colour: str = "") -> None:
        if words or self._said is not None:
            self.said.setText(words)
            self.said.setVisible(bool(words))
            self.said.setStyleSheet(f"color: {colour}" if colour else "")

    def _make(self, layout: QVBoxLayout) -> QWidget:
        raise NotImplementedError

    def text(self) -> str:
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        raise NotImplementedError

    def typed(self) -> Any:
        return self.text()

    def so_far(self) -> Any:
        """`typed` without what is wrong."""
        wrong = forms.judge(self.field, self.text(), self._context.speaker).error is not None
        return "" if wrong else self.typed()

    def clear(self) -> None:
        self.set_text("")

    def set_value(self, value: Any) -> None:
        self.set_text(record_words.as_typed(self.field, value, self._context.speaker))
        self._value = self.text(), value

    def as_kept(self, judged: Any) -> Any:
        """Its text may say fewer digits than there are."""
        return self._value[1] if self._value is not None and self._value[0] == self.text() else judged

    def take_focus(self) -> None:
        """By the keyboard: what stands there is chosen, so that typing replaces it."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def set_last(self, words: str) -> None:
        self._last = words
        self.judge()

    @Slot()
    def judge(self) -> None:
        """Colour and words for what stands in the field now."""
        speaker, theme = self._context.speaker, self._context.theme
        judged = forms.judge(self.field, self.text(), speaker)
        words, colour = "", ""
        if judged.error is not None:
            words, colour = speaker.error(judged.error), theme.status["stop"]
        elif judged.state == forms.UNUSUAL:
            words, colour = self.tr("Unusual for this value: check it"), theme.status["watch"]
        elif self._last:
            words = self.tr("Last time: {value}").format(value=self._last)
        self._say(words, colour)
        self.editor.setStyleSheet(f"border: 2px solid {colour}" if colour else "")
        self.editor.setToolTip(words)

    @Slot()
    def _edited(self, *_: object) -> None:
        self.judge()
        self.changed.emit()


class LineField(FieldBox):
    """A number or a short text."""

    def _make(self, layout: QVBoxLayout) -> QWidget:
        self.line = TextLine()
        if self.field.type == "number":
            low, high = forms.limits(self.field, self._context.speaker)
            self.line.setPlaceholderText(f"{low} … {high}" if "…" not in (low, high) else "")
            self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        layout.addWidget(self.line)
        self.line.textChanged.connect(self._edited)
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)


class LongField(FieldBox):
    def _make(self, layout: QVBoxLayout) -> QWidget:
        self.lines = TextField()
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(86)
        layout.addWidget(self.lines)
        self.lines.textChanged.connect(self._edited)
        return self.lines

    def text(self) -> str:
        return self.lines.toPlainText()

    def set_text(self, text: str) -> None:
        self.lines.setPlainText(text)


class ChoiceField(FieldBox):
    """Few choices are buttons, more are a list. The text is the code."""

    def _make(self, layout: QVBoxLayout) -> QWidget:
        speaker = self._context.speaker
        self._codes = list(self.field.choices)
        self.buttons: QButtonGroup | None = None
        self.list: QComboBox | None = None
        if len(self._codes) > FEW:
            self.list = ChoiceBox()
            for code in self._codes:
                self.list.addItem(record_words.choice_words(self.field, code, speaker), code)
            layout.addWidget(self.list)
            self.list.currentIndexChanged.connect(self._edited)
            return self.list
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        self.buttons = QButtonGroup(self)
        for number, code in enumerate(self._codes):
            button = QPushButton(record_words.choice_words(self.field, code, speaker), checkable=True)
            button.setAutoDefault(False)  # Space chooses, Enter goes on
            button.setAccessibleName(f"{spoken(self.label.text())}: {button.text()}")
            self.buttons.addButton(button, number)
            across.addWidget(button)
        across.addStretch(1)
        layout.addWidget(row)
        self.buttons.idToggled.connect(self._edited)
        return row

    def take_focus(self) -> None:
        if self.buttons is None:
            super().take_focus()
            return
        (self.buttons.checkedButton() or self.buttons.buttons()[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def text(self) -> str:
        if self.list is not None:
            return str(self.list.currentData())
        assert self.buttons is not None
        number = self.buttons.checkedId()
        return self._codes[number] if number >= 0 else ""

    def set_value(self, value: Any) -> None:
        self.set_text(str(value or ""))

    def set_text(self, text: str) -> None:
        if text not in self._codes:
            return
        if self.list is not None:
            self.list.setCurrentIndex(self._codes.index(text))
        elif self.buttons is not None:
            self.buttons.button(self._codes.index(text)).setChecked(True)

    def clear(self) -> None:
        """Of buttons none is chosen then; a list has always something."""
        if self.buttons is not None:
            self.buttons.setExclusive(False)
            for button in self.buttons.buttons():
                button.setChecked(False)
            self.buttons.setExclusive(True)

    @Slot()
    def judge(self) -> None:
        self._say(self.tr("Last time: {value}").format(value=self._last) if self._last else "")


class FlagField(FieldBox):
    """Of what nobody need know it has a third state: not said."""

    def _make(self, layout: QVBoxLayout) -> QWidget:
        self.box = QCheckBox(self.label.text())
        if self.field.path and self.field.default is None:
            self.box.setTristate(True)
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)
        layout.addWidget(self.box)
        self.box.checkStateChanged.connect(self._edited)
        return self.box

    def text(self) -> str:
        return {Qt.CheckState.Checked: "1", Qt.CheckState.Unchecked: "0"}.get(self.box.checkState(), "")

    def set_text(self, text: str) -> None:
        if text or self.box.isTristate():
            states = {"1": Qt.CheckState.Checked, "0": Qt.CheckState.Unchecked}
            self.box.setCheckState(states.get(text, Qt.CheckState.PartiallyChecked))

    def set_value(self, value: Any) -> None:
        self.set_text("" if value is None else "1" if value else "0")

    def so_far(self) -> bool | None:
        return self.typed()

    def typed(self) -> bool | None:
        return {"1": True, "0": False}.get(self.text())

    @Slot()
    def judge(self) -> None:
        unsaid = self.box.isTristate() and not self.text()
        self._say(self.tr("Not said: Space says yes, once more no") if unsaid else "")
