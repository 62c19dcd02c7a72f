"""Editing in the preview: the first row is a list of what a column can be, the second of its units."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QTableView, QWidget

from app.core.texts import Speaker
from app.core.unit_spellings import all_units
from app.importers.targets import TABLE_KINDS
from app.services.imports.words import choices
from app.views.calm import ChoiceBox
from app.views.cell_editing import PromptDelegate
from app.views.preview.model import FIELD, UNIT, PreviewModel

Index = QModelIndex | QPersistentModelIndex


class MappingDelegate(PromptDelegate):
    def __init__(self, model: PreviewModel, speaker: Speaker, parent: QTableView) -> None:
        super().__init__(parent)
        self._model, self._speaker = model, speaker

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        plan = self._model.plan
        if plan is None or index.row() not in (FIELD, UNIT):
            return super().createEditor(parent, option, index)
        box = ChoiceBox(parent)
        if index.row() == FIELD:
            box.addItem("—", "")
            for key, name in choices(plan.kind, self._speaker):
                box.addItem(name, key)
            box.setMaxVisibleItems(20)
            box.view().setMinimumWidth(280)
        else:
            target = TABLE_KINDS[plan.kind].target(plan.columns[index.column()].field)
            box.addItem("—", "")
            for unit in all_units(target.quantity) if target is not None and target.type == "number" else ():
                label = unit.label(self._speaker.language)
                box.addItem(label, label)
        # One click opens the list, and the choice is made when it is clicked.
        box.activated.connect(lambda *_: (self.commitData.emit(box), self.closeEditor.emit(box)))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.EditRole)), 0))
            editor.showPopup()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QComboBox):
            self._model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)  # type: ignore[arg-type]
