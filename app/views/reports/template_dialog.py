"""A template changed: which sections, in which order, on which paper, with which options. Made from the
sections' declarations.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.reports.sections import SECTIONS
from app.reports.template import PAPERS, Choice, Template, checked
from app.views import widgets
from app.views.calm import ChoiceBox, TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.reports import jobs
from app.views.setting_fields import add_row, field_with, value_of


class TemplateDialog(FittedDialog):
    """`saved` with the key of what was saved."""

    saved = Signal(str)

    def __init__(self, context: Context, template: Template, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._template = context, template
        self.setWindowTitle(self.tr("Template of the report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 600)
        self.name = TextLine(template.named(context.speaker.language))
        self.name.setAccessibleName(self.tr("Name"))
        self.paper = ChoiceBox()
        self.paper.addItems(PAPERS)
        self.paper.setCurrentText(template.paper)
        self.paper.setAccessibleName(self.tr("Paper"))
        self.contents = QCheckBox(self.tr("Contents"))
        self.contents.setChecked(template.contents)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sections"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill()
        self.wide = QCheckBox(self.tr("Landscape"))
        self._options = QVBoxLayout()
        self.fields: dict[str, QWidget] = {}
        self._current: QListWidgetItem | None = None
        self._problem = widgets.text("")
        self._build()
        self.list.currentItemChanged.connect(self._section_chosen)
        self.list.setCurrentRow(0)

    def _fill(self) -> None:
        """The template's sections in its order, ticked; then the others."""
        target = 40 if self._context.workspace.settings["glove_mode"] else 28
        there = {one.section: one for one in self._template.sections}
        rest = [Choice(spec.key, spec.wide) for spec in SECTIONS if spec.key not in there]
        for choice in [*self._template.sections, *rest]:
            item = QListWidgetItem(self._context.speaker.say(f"section.{choice.section}"))
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setSizeHint(QSize(0, target))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = choice.section in there
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.addWidget(widgets.heading(self.tr("Sections: tick, drag into order")))
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.addWidget(QLabel(self.tr("Name")))
        right.addWidget(self.name)
        paper = QHBoxLayout()
        paper.addWidget(QLabel(self.tr("Paper")))
        paper.addWidget(self.paper)
        paper.addWidget(self.contents)
        paper.addStretch(1)
        right.addLayout(paper)
        right.addWidget(widgets.heading(self.tr("Options of the section")))
        right.addWidget(self.wide)
        inside = QWidget()
        inside.setLayout(self._options)
        right.addWidget(widgets.scrolled(inside), 1)
        columns = QHBoxLayout()
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Save as my own"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)

    # ---- the options of one section ------------------------------------------------------------------------

    @Slot(QListWidgetItem, QListWidgetItem)
    def _section_chosen(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        self._keep_options()
        self._current = item
        widgets.clear(self._options)
        self.fields = {}
        if item is None:
            return
        choice: Choice = item.data(Qt.ItemDataRole.UserRole)
        language = self._context.speaker.language
        self.wide.setChecked(choice.landscape)
        for option in choice.spec.options:
            field = field_with(option, choice.options[option.key], language)
            self.fields[option.key] = field
            add_row(self._options, option, field, option.help(language), language)
        if not choice.spec.options:
            self._options.addWidget(widgets.muted(self.tr("This section has no options.")))
        self._options.addStretch(1)

    def _keep_options(self) -> None:
        if self._current is None:
            return
        choice: Choice = self._current.data(Qt.ItemDataRole.UserRole)
        defaults = choice.spec.defaults()
        given = {key: value_of(field) for key, field in self.fields.items()}
        changed = {key: value for key, value in given.items() if value != defaults[key]}
        self._current.setData(
            Qt.ItemDataRole.UserRole, replace(choice, landscape=self.wide.isChecked(), given=changed)
        )

    # ---- saving --------------------------------------------------------------------------------------------

    def edited(self) -> Template:
        """What the dialog says now. Raises KnownError (report_option, report_no_sections)."""
        self._keep_options()
        items = [self.list.item(i) for i in range(self.list.count())]
        choices = tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )
        if not choices:
            raise KnownError("report_no_sections")
        for choice in choices:
            checked(choice.section, choice.given, self._context.speaker.say(f"section.{choice.section}"))
        return replace(
            self._template,
            sections=choices,
            paper=self.paper.currentText(),
            contents=self.contents.isChecked(),
        )

    @Slot()
    def save(self) -> None:
        try:
            template = self.edited()
        except KnownError as error:
            self._problem.setText(self._context.speaker.error(error))
            return
        self._context.runner.start(
            jobs.save_template,
            self._context.workspace,
            template,
            self.name.text(),
            done=self._saved,
            failed=self._refused,
        )

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self._problem.setText)

    @Slot(object)
    def _saved(self, template: Template) -> None:
        self.accept()
        self.saved.emit(template.key)
