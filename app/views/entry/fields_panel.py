"""Moment and fields of one record, under their headings; a form is one of these, the well builder several."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.kinds.spec import Field, Kind
from app.models.records import Record
from app.models.values import Values
from app.models.wells import LIFTS
from app.reports import record_words
from app.services.records import forms
from app.views import widgets
from app.views.context import Context
from app.views.entry.fields import ChoiceField, FieldBox, FlagField, LineField, LongField
from app.views.entry.moment_edit import MomentEdit
from app.views.entry.rows_field import RowsField

KNOWN_LIFTS = frozenset(LIFTS) - {"other"}


def fields_for(kind: Kind, lift: str, record: Record | None = None) -> tuple[Field, ...]:
    """Those that a well of this lift can have, and those that its record has all the same. Of a well whose
    lift nobody has told everything is asked.
    """
    there = record.values if record is not None else {}
    return tuple(
        field
        for field in kind.fields
        if not field.lifts or lift in field.lifts or lift not in KNOWN_LIFTS or field.key in there
    )


def field_box(context: Context, field: Field) -> FieldBox:
    makers: dict[str, type[FieldBox]] = {"choice": ChoiceField, "flag": FlagField, "rows": RowsField}
    return makers.get(field.type, LongField if field.long else LineField)(context, field)


class FieldsPanel(QWidget):
    changed = Signal()
    passed = Signal()  # Enter in the last field

    def __init__(
        self, context: Context, kind: Kind, fields: tuple[Field, ...], *, one_column: bool = False
    ) -> None:
        super().__init__()
        self._one_column = one_column
        self._context, self.kind = context, kind
        zone, language = context.speaker.zone, context.speaker.language
        now = context.workspace.clock()
        self.at, self.until = (MomentEdit(zone, now, language) for _ in range(2))
        is_task = kind.key == "task"
        self.ended = QCheckBox(self.tr("Until when") if is_task else self.tr("Ended"))
        self.boxes: dict[str, FieldBox] = {field.key: field_box(context, field) for field in fields}
        self._shown_at: tuple[datetime, datetime] | None = None
        self._loading = False
        self._rows: dict[int, list[FieldBox]] = {}
        self._build()
        for box in self.boxes.values():
            box.changed.connect(self._edited)
        self.at.changed.connect(self._edited)
        self.until.changed.connect(self._edited)
        self.ended.toggled.connect(self._edited)

    # ---- how it stands -------------------------------------------------------------------------------------

    def _build(self) -> None:
        glove = bool(self._context.workspace.settings["glove_mode"])
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12 if glove else 8)
        self._place_moments(grid)
        row, column, group = (2 if self._one_column else 1), 0, ""
        several = len({box.field.group for box in self.boxes.values()}) > 1
        for box in self.boxes.values():
            if several and box.field.group and box.field.group != group:
                row, column, group = row + bool(column), 0, box.field.group
                grid.addWidget(widgets.heading(self._context.speaker.say(f"group.{group}")), row, 0, 1, 2)
                row += 1
            wide = box.field.long or box.field.type == "rows" or self._one_column
            if wide and column:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 2 if wide else 1)
            if isinstance(box, (LineField, ChoiceField)):  # what its neighbour says below does not move it
                grid.setAlignment(box, Qt.AlignmentFlag.AlignTop)
                self._rows.setdefault(row, []).append(box)
            column += 2 if wide else 1
            if column >= 2:
                row, column = row + 1, 0
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 0 if self._one_column else 1)
        grid.setRowStretch(row + 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields beside each other stand on one line, also where the name of one takes two."""
        super().resizeEvent(event)
        for beside in self._rows.values():
            high = max(box.label.heightForWidth(box.width()) for box in beside)
            for box in beside:
                box.label.setFixedHeight(high)

    def _place_moments(self, grid: QGridLayout) -> None:
        top = QVBoxLayout()
        top.setSpacing(2)
        began = self.tr("From when") if self.kind.key == "task" else self.tr("Began at")
        moment = QLabel(began if self.kind.until else self.tr("Time"))
        moment.setProperty("role", "strong")
        top.addWidget(moment)
        top.addWidget(self.at)
        self.at.setAccessibleName(moment.text())
        grid.addLayout(top, 0, 0)
        if not self.kind.until:  # they go with the panel all the same
            for unseen in (self.ended, self.until):
                unseen.setParent(self)
                unseen.hide()
            return
        end = QVBoxLayout()
        end.setSpacing(2)
        end.addWidget(self.ended)
        end.addWidget(self.until)
        self.until.setAccessibleName(self.ended.text() if self.kind.key == "task" else self.tr("Ended at"))
        self.until.setEnabled(False)
        self.ended.toggled.connect(self.until.setEnabled)
        grid.addLayout(end, *((1, 0) if self._one_column else (0, 1)))

    @Slot()
    def _edited(self, *_: object) -> None:
        if not self._loading:
            self.changed.emit()

    # ---- by the keyboard -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field and saves nothing: it is how one ends a number."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._go_on()
            return
        super().keyPressEvent(event)

    def _go_on(self) -> None:
        here, fields = QApplication.focusWidget(), [self.at, self.ended, self.until, *self.boxes.values()]
        there = [one for one in fields if one.isEnabled() and one.isVisibleTo(self)]
        number = next((i for i, one in enumerate(there) if one is here or one.isAncestorOf(here)), -1)
        if number + 1 >= len(there):
            self.passed.emit()
            return
        following = there[number + 1]
        if isinstance(following, FieldBox):
            following.take_focus()
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        area = self.parentWidget() and self.parentWidget().parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(following)

    # ---- what stands in it ---------------------------------------------------------------------------------

    def show_defaults(self) -> None:
        self._loading = True
        for box in self.boxes.values():
            if box.field.default is not None:
                box.set_value(box.field.default)
        self._loading = False

    def show_record(self, record: Record) -> None:
        self._loading = True
        self.at.set_moment(record.at)
        self.ended.setChecked(record.until is not None)
        if record.until is not None:
            self.until.set_moment(record.until)
        self._shown_at = self.at.moment(), record.at
        for key, box in self.boxes.items():
            box.set_value(record.values.get(key))
        self._loading = False

    def show_last(self, last: Record) -> None:
        """What was entered the last time, beside each field."""
        speaker = self._context.speaker
        for key, box in self.boxes.items():
            if box.field.type in ("number", "choice") and key in last.values:
                words = record_words.shown(box.field, last.values[key], speaker)
                box.set_last(f"{words} ({speaker.day(last.at)})")

    def texts(self) -> JsonObject:
        """As a draft keeps it."""
        return {
            "at": self.at.moment().isoformat(),
            "until": self.until.moment().isoformat() if self.ended.isChecked() else None,
            "fields": {key: box.text() for key, box in self.boxes.items()},
        }

    def restore(self, texts: JsonObject) -> None:
        self._loading = True
        self.at.set_moment(datetime.fromisoformat(texts["at"]))
        self.ended.setChecked(bool(texts.get("until")))
        if texts.get("until"):
            self.until.set_moment(datetime.fromisoformat(texts["until"]))
        for key, text in texts["fields"].items():
            if key in self.boxes:
                self.boxes[key].set_text(text)
        self._loading = False

    def moment(self) -> datetime:
        """The record's own, to the microsecond, while nobody changed what is shown of it."""
        shown = self.at.moment()
        return self._shown_at[1] if self._shown_at is not None and self._shown_at[0] == shown else shown

    def record(self, record_id: str, well_id: int, before: Record | None) -> Record:
        """What stands there, over what `before` has in fields that are not shown. Raises KnownError
        (form_*).
        """
        return self._made(record_id, well_id, before, {key: box.typed() for key, box in self.boxes.items()})

    def record_so_far(self, record_id: str, before: Record | None) -> Record | None:
        """Of what is typed right: one wrong number takes nothing from the others. None of nothing."""
        try:
            return self._made(record_id, 0, before, {key: box.so_far() for key, box in self.boxes.items()})
        except KnownError:
            return None

    def _made(self, record_id: str, well_id: int, before: Record | None, typed: Values) -> Record:
        self.at.check(self.at.accessibleName())
        if self.kind.until and self.ended.isChecked():
            self.until.check(self.until.accessibleName())
        until = self.until.moment() if self.kind.until and self.ended.isChecked() else None
        speaker = self._context.speaker
        made = forms.record_of(self.kind, record_id, well_id, self.moment(), until, typed, speaker)
        for key, value in list(made.values.items()):
            if key in self.boxes:
                made.values[key] = self.boxes[key].as_kept(value)
        if before is not None:
            hidden = {key: value for key, value in before.values.items() if key not in self.boxes}
            made.values.update(hidden)
        return made

    def first_empty(self) -> FieldBox | None:
        boxes = self.boxes.values()
        return next((box for box in boxes if box.field.type in ("number", "text") and not box.text()), None)
