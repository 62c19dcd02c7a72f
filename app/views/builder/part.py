"""One part of a well in the builder: its record, its fields, and whether anything was typed over them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.core.clock import utc_now
from app.core.ids import new_id
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.values import Values, rows_of
from app.models.wells import Well
from app.services.records import forms
from app.services.wells import filling, outlived
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.entry.fields import FieldBox
from app.views.entry.fields_panel import FieldsPanel, fields_for
from app.views.entry.rows_field import RowsField

FILLED = ("installation", "pumping_unit", "rod_string")
"""Of these the catalogue knows something."""


class Part(FieldsPanel):
    touched = Signal(str)
    fill_wanted = Signal()  # a name of the catalogue was chosen

    def __init__(
        self, context: Context, key: str, lift: str, record: Record | None, *, one_column: bool = False
    ) -> None:
        super().__init__(context, KINDS[key], fields_for(KINDS[key], lift, record), one_column=one_column)
        self.key, self.lift, self.before = key, lift, record
        self.id = record.id if record is not None else new_id()
        self.dirty = False
        self._so_far: Record | None = None
        self._is_stale = True
        self._asked: Values = {}
        """What stood there when the catalogue was asked last."""
        if record is not None:
            self.show_record(record)
        else:
            self.show_defaults()
        for field, names in filling.names(context.workspace.paths, key, lift).items():
            self._offer(field, names)
        self._asked = self._told()
        self.changed.connect(self._touched)

    def _offer(self, field: str, names: list[str]) -> None:
        line = self.boxes[field].editor
        assert isinstance(line, QLineEdit)
        completer = QCompleter(names, line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # Queued: the line itself hears of the choice after us, and would put the name over what is filled in.
        completer.activated[str].connect(self._chosen, Qt.ConnectionType.QueuedConnection)
        line.setCompleter(completer)

    @Slot()
    def _chosen(self) -> None:
        self.fill_wanted.emit()

    @Slot()
    def _touched(self) -> None:
        self.dirty = self._is_stale = True
        self.touched.emit(self.key)

    @property
    def is_empty(self) -> bool:
        """Nothing but what stands in every form."""
        return self.before is None and all(_is_usual(box) for box in self.boxes.values())

    def made(self, well: Well | None) -> Record:
        """Raises KnownError (form_*)."""
        return self.record(self.id, int(well.id) if well is not None else 0, self.before)

    def made_so_far(self) -> Record | None:
        """What can be said with what is typed right; None of nothing."""
        if self._is_stale:
            self._is_stale = False
            self._so_far = None if self.is_empty else self.record_so_far(self.id, self.before)
        return self._so_far

    def take(self, record: Record) -> None:
        """Another well's, as if it had been typed."""
        self.show_record(record)
        self._asked = self._told()
        self.begin_anew()

    def begin_anew(self) -> None:
        """The same values from now on, beside the record that there was."""
        self.before, self.id = None, new_id()
        self.at.set_moment(utc_now())
        self._touched()

    def follow(self, moment: datetime) -> None:
        """Dated with the others, as long as nothing else was typed."""
        self._loading = True
        self.at.set_moment(moment)
        self._loading = False

    def fill(self, workspace: Workspace) -> None:
        """Raises KnownError (form_*, catalogue_*): of what it does not know, the rest being filled in."""
        filled, paths = filling.Filled(), workspace.paths
        self._close_lists()
        if self.key == "rod_string":
            filled = self._fill_rods(workspace)
        else:
            for key in outlived.outlived(paths, self.key, self.lift, self._asked, self._told()):
                self.boxes[key].clear()
            if self.key == "pumping_unit":
                filled.values = filling.unit(paths, self.made(None).values)
            else:
                filled = filling.installation(paths, self._told(), self.lift)
        for key, value in filled.values.items():
            if key in self.boxes and not self._says(key, value):
                self.boxes[key].set_value(value)
        self._asked = self._told()
        self._touched()
        for error in filled.unknown:
            raise error

    def _fill_rods(self, workspace: Workspace) -> filling.Filled:
        box = self.boxes["sections"]
        assert isinstance(box, RowsField)
        before = rows_of(self._asked, "sections")
        told = outlived.without_outlived(workspace.paths, before, box.as_kept(_sections(self)))
        filled = filling.rods(workspace.paths, told)
        box.refill(filled.rows)
        return filled

    def _close_lists(self) -> None:
        for line in self.findChildren(QLineEdit):
            if line.completer() is not None:
                line.completer().popup().hide()

    def _told(self) -> Values:
        """Each field's value, or its text where that is none: a pipe's name in place of its diameter."""
        told: Values = {}
        if self.key == "rod_string":
            box = self.boxes["sections"]
            assert isinstance(box, RowsField)
            rows = forms.rows_of(box.field, box.so_far(), self._context.speaker)
            return {"sections": box.as_kept(rows)}
        for key, box in self.boxes.items():
            if box.text() and box.field.type in ("number", "text"):
                judged = forms.judge(box.field, box.text(), self._context.speaker)
                told[key] = box.text() if judged.value is None else box.as_kept(judged.value)
            elif box.text():
                told[key] = box.text()
        return told

    def _says(self, key: str, value: Any) -> bool:
        return bool(self.boxes[key].as_kept(None) == value)


def _is_usual(box: FieldBox) -> bool:
    default = box.field.default
    return not box.text() or (default is not None and default in (box.typed(), box.as_kept(None)))


def _sections(part: Part) -> list[Values]:
    box = part.boxes["sections"]
    return forms.rows_of(box.field, box.typed(), part._context.speaker)
