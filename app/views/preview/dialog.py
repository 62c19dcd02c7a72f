"""Before a file is imported: what is in it, what each column is taken for, what does not fit. Nothing is
written before "Import".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QSplitter,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.importers.plan import SheetPlan
from app.importers.rows import Problem
from app.importers.sheets import Layout, Sheet
from app.models.store import records
from app.models.wells import Well
from app.services.imports import templates as import_templates
from app.services.imports.check import Checked, check
from app.services.imports.words import remark_words
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.preview.delegate import MappingDelegate
from app.views.preview.model import FIELD, Marks, PreviewModel
from app.views.preview.sheet_bar import SheetBar
from app.views.preview.wells_box import WellsBox

if TYPE_CHECKING:
    from app.services.imports.opening import OpenFile

CHECK_MS = 120


def _check(job: Job, workspace: Workspace, opened: OpenFile) -> tuple[Checked, list[Well]]:
    return check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words), records.wells(
        workspace.store
    )


def _proposal(job: Job, workspace: Workspace, opened: OpenFile, kind: str, sheet: Sheet) -> SheetPlan:
    from app.importers.mapping import propose
    from app.importers.vocabulary import vocabulary

    return propose(
        sheet,
        vocabulary(opened.asked.words),
        kind=kind,
        memory=import_templates.memory(workspace),
        near=opened.path.stem,
        technical_atmosphere=opened.plan.technical_atmosphere,
    )


class ImportDialog(QDialog):
    import_wanted = Signal(object)  # an OpenFile with its plan as decided
    reread_wanted = Signal(object, object)  # an OpenFile, layouts by sheet

    def __init__(self, context: Context, opened: OpenFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.opened = context, opened
        self.checked: Checked | None = None
        self.setWindowTitle(self.tr("Import: {file}").format(file=opened.path.name))
        self._check_soon = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._check_soon.timeout.connect(self._check)
        self._make()
        self._build()
        self._connect()
        for sheet in opened.contents.sheets:
            self.sheets.addTab(sheet.name)
        first = next((i for i, s in enumerate(opened.plan.sheets) if not s.skip), 0)
        self.sheets.setCurrentIndex(first)
        self._show_sheet()
        self._check()

    def _make(self) -> None:
        speaker = self._context.speaker
        self.sheets = QTabBar()
        self.sheets.setExpanding(False)
        self.bar = SheetBar(self._context, several=len(self.opened.contents.sheets) > 1)
        self.only_problems = QCheckBox(self.tr("Only rows with problems"))
        self.skip_rows = QPushButton(self.tr("Skip the chosen rows"))
        self.skip_bad_rows = QPushButton(self.tr("Skip all rows with errors"))
        self.leave_out = QCheckBox(self.tr("Leave cells that do not fit empty"))
        self.template = QPushButton(self.tr("Save as a template…"))
        self.cancel = QPushButton(self.tr("Skip the file"))
        self.import_button = QPushButton(self.tr("Import"))
        self.import_button.setProperty("primary", True)
        self.import_button.setDefault(True)
        for button in (self.skip_rows, self.skip_bad_rows, self.template, self.cancel):
            button.setAutoDefault(False)
        self.summary = widgets.text("")
        self.remarks = widgets.muted()
        self.wells_box = WellsBox()
        self.model = PreviewModel(self._context.theme, speaker, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(MappingDelegate(self.model, speaker, self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.verticalHeader().setDefaultSectionSize(
            40 if self._context.workspace.settings["glove_mode"] else 26
        )
        self.table.setAccessibleName(self.tr("First rows of the file"))

    def _build(self) -> None:
        tools = QHBoxLayout()
        for widget in (self.only_problems, self.skip_rows, self.skip_bad_rows, self.leave_out):
            tools.addWidget(widget)
        tools.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        self._wells_area = widgets.scrolled(self.wells_box)
        self._wells_area.setMinimumWidth(400)
        split.addWidget(self._wells_area)
        split.setStretchFactor(0, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.template)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.sheets)
        layout.addWidget(self.bar)
        layout.addWidget(split, 1)
        layout.addLayout(tools)
        layout.addWidget(self.summary)
        layout.addWidget(self.remarks)
        layout.addLayout(buttons)
        self.sheets.setVisible(len(self.opened.contents.sheets) > 1)
        self._wells_area.setVisible(False)
        room = self.parentWidget().size()
        self.resize(max(900, room.width() - 80), max(520, room.height() - 80))

    def _connect(self) -> None:
        self.sheets.currentChanged.connect(self._show_sheet)
        self.bar.kind_chosen.connect(self._kind_chosen)
        self.bar.taken.connect(self._take_toggled)
        self.bar.header_moved.connect(self._header_moved)
        self.bar.said.connect(self._said)
        self.only_problems.toggled.connect(self._show_rows)
        self.skip_rows.clicked.connect(self._skip_chosen)
        self.skip_bad_rows.clicked.connect(self._skip_bad)
        self.leave_out.toggled.connect(self._leave_out)
        self.template.clicked.connect(self._ask_template)
        self.cancel.clicked.connect(self.reject)
        self.import_button.clicked.connect(self._import)
        self.wells_box.changed.connect(self._wells_decided)
        self.model.cell_edited.connect(self._cell_edited)
        self.model.field_wanted.connect(self._assign)
        self.model.unit_wanted.connect(self._unit)
        self.table.clicked.connect(self._clicked)

    # ---- the sheet that is shown ---------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet:
        return self.opened.contents.sheets[max(self.sheets.currentIndex(), 0)]

    @property
    def plan(self) -> SheetPlan:
        found = self.opened.plan.sheet(self.sheet.name)
        assert found is not None
        return found

    @Slot()
    def _show_sheet(self, *_: object) -> None:
        self.bar.show_plan(self.plan)
        self._show_rows()

    @Slot()
    def _show_rows(self, *_: object) -> None:
        mine: tuple[list[Problem], list[Problem]] = ([], [])
        if self.checked is not None:
            mine = tuple(
                [p for p in found if p.sheet == self.sheet.name]
                for found in (self.checked.problems, self.checked.left_out)
            )  # type: ignore[assignment]
        place = self.table.verticalScrollBar().value()
        self.model.show(self.sheet, self.plan, Marks.of(*mine), only_problems=self.only_problems.isChecked())
        self.table.verticalScrollBar().setValue(place)
        for column in range(min(self.model.columnCount(), 60)):
            self.table.setColumnWidth(
                column,
                max(
                    96,
                    min(220, self.table.sizeHintForColumn(column) + 16),
                    min(220, self.table.horizontalHeader().sectionSizeHint(column)),
                ),
            )

    # ---- decisions -----------------------------------------------------------------------------------------

    def _change(self, plan: SheetPlan, *, show: bool = True) -> None:
        self.opened = replace(self.opened, plan=self.opened.plan.with_sheet(plan))
        if show:
            self._show_sheet()
        self._check_soon.start()

    @Slot(object)
    def _clicked(self, index: object) -> None:
        if index.row() < 2:  # type: ignore[attr-defined]
            self.table.edit(index)  # type: ignore[arg-type]

    @Slot(int, str)
    def _assign(self, column: int, key: str) -> None:
        self._change(self.plan.assign(column, key))

    @Slot(int, str)
    def _unit(self, column: int, unit: str) -> None:
        columns = list(self.plan.columns)
        columns[column] = replace(columns[column], unit=unit)
        self._change(replace(self.plan, columns=tuple(columns)))

    @Slot(int, int, str)
    def _cell_edited(self, line: int, column: int, text: str) -> None:
        self._change(replace(self.plan, edits={**self.plan.edits, (line, column): text}), show=False)

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        if kind != self.plan.kind:
            self._context.runner.start(
                _proposal,
                self._context.workspace,
                self.opened,
                kind,
                self.sheet,
                purpose="import proposal",
                done=self._proposed,
            )

    @Slot(object)
    def _proposed(self, plan: SheetPlan) -> None:
        self._change(
            replace(plan, skip=False, well=plan.well or self.plan.well, time=plan.time or self.plan.time)
        )

    @Slot(bool)
    def _take_toggled(self, wanted: bool) -> None:
        self._change(replace(self.plan, skip=not wanted), show=False)

    @Slot(int)
    def _header_moved(self, line: int) -> None:
        layouts = {s.name: s.layout for s in self.opened.plan.sheets}
        layouts[self.sheet.name] = Layout(line - 1, 1, None, line, self.plan.layout.transposed)
        self.import_button.setEnabled(False)
        self.reread_wanted.emit(self.opened, layouts)

    def reread(self, opened: OpenFile) -> None:
        """The same file with another header; what was decided of the other sheets stays."""
        shown = self.sheet.name
        for sheet in self.opened.plan.sheets:
            if sheet.name != shown and opened.plan.sheet(sheet.name) is not None:
                opened = replace(opened, plan=opened.plan.with_sheet(sheet))
        self.opened = replace(
            opened,
            plan=replace(opened.plan, wells=self.opened.plan.wells, new_wells=self.opened.plan.new_wells),
        )
        self._show_sheet()
        self._check()

    @Slot(str, str, object)
    def _said(self, well: str, time: str, speed: float | None) -> None:
        self._change(replace(self.plan, well=well, time=time, strokes_per_minute=speed), show=False)

    @Slot()
    def _skip_chosen(self) -> None:
        lines = {
            self.model.line(index.row())
            for index in self.table.selectionModel().selectedIndexes()
            if index.row() > FIELD + 1
        }
        self._change(replace(self.plan, skip_lines=self.plan.skip_lines ^ lines))

    @Slot()
    def _skip_bad(self) -> None:
        assert self.checked is not None
        lines = {
            p.line for p in self.checked.problems if p.sheet == self.sheet.name and p.severity == "error"
        }
        self._change(replace(self.plan, skip_lines=self.plan.skip_lines | lines))

    @Slot(bool)
    def _leave_out(self, wanted: bool) -> None:
        self.opened = replace(self.opened, plan=replace(self.opened.plan, leave_out_bad=wanted))
        self._check_soon.start()

    @Slot()
    def _wells_decided(self) -> None:
        wells, new = self.wells_box.decisions()
        self.opened = replace(
            self.opened,
            plan=replace(self.opened.plan, wells={**self.opened.plan.wells, **wells}, new_wells=new),
        )
        self._check_soon.start()

    # ---- the check -----------------------------------------------------------------------------------------

    @Slot()
    def _check(self) -> None:
        self.import_button.setEnabled(False)
        self._context.runner.start(
            _check,
            self._context.workspace,
            self.opened,
            purpose="import check",
            done=self._checked_now,
            failed=self._failed,
        )

    @Slot(object)
    def _checked_now(self, answer: tuple[Checked, list[Well]]) -> None:
        self.checked, wells = answer
        self.wells_box.ask(self.checked.unknown_wells, wells)
        self._wells_area.setVisible(bool(self.wells_box.names))
        self._show_rows()
        errors = sum(p.severity == "error" for p in self.checked.problems)
        warnings = len(self.checked.problems) - errors
        speaker = self._context.speaker
        words = [
            self.tr("%n value(s) to import", "", self.checked.rows),
            self.tr("%n error(s)", "", errors),
            self.tr("%n doubtful", "", warnings),
        ]
        if self.checked.left_out:
            words.append(self.tr("%n row(s) left out", "", len(self.checked.left_out)))
        if any(sheet.cut for sheet in self.opened.contents.sheets):
            words.append(self.tr("only the beginning is shown, the whole file is imported"))
        self.summary.setText(" · ".join(words) + self._obstacle(errors))
        said = [
            remark_words(self.checked.kind, code, details, speaker)
            for code, details in (*self.opened.contents.remarks, *self.checked.remarks)
        ]
        self.remarks.setText(" ".join(said[:4]) + (" …" if len(said) > 4 else ""))
        self.remarks.setToolTip("\n".join(said))
        self.remarks.setVisible(bool(said))
        self.skip_bad_rows.setEnabled(errors > 0)
        self.leave_out.setEnabled(errors > 0 or self.leave_out.isChecked())
        self.import_button.setEnabled(not self._obstacle(errors))

    def _obstacle(self, errors: int) -> str:
        """Why it cannot be imported as it stands, and what to do."""
        assert self.checked is not None
        speaker = self._context.speaker
        if self.checked.reason is not None and self.checked.reason.code in (
            "column_missing",
            "no_sensor_column",
        ):
            return (
                " — " + self.tr("Say in the first row what the columns are: one of them has to be the date.")
                if self.checked.reason.details.get("field") == "time"
                else " — " + speaker.error(self.checked.reason)
            )
        if errors and not self.opened.plan.leave_out_bad:
            return " — " + self.tr("Put the red cells right, skip their rows, or leave the cells empty.")
        if self.checked.nameless:
            return " — " + self.tr("Say which well the rows are from.")
        if self.checked.unknown_wells:
            return " — " + self.tr("Decide about the wells that are not known.")
        if not self.checked.rows:
            return " — " + self.tr("There is nothing to import.")
        return ""

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self.summary.setText(self._context.speaker.error(error))
        else:
            self._context.runner.failed.emit(error)

    # ---- templates, end ------------------------------------------------------------------------------------

    @Slot()
    def _ask_template(self) -> None:
        name, good = QInputDialog.getText(
            self,
            self.tr("Template"),
            self.tr("Name of the laboratory or of the form"),
            text=self.plan.lab or self.opened.path.stem,
        )
        if good:
            self.save_template(name)

    def save_template(self, name: str) -> None:
        try:
            path = import_templates.save(
                self._context.workspace, name, self.opened.contents, self.opened.plan
            )
        except (KnownError, OSError) as error:
            self._failed(
                error
                if isinstance(error, KnownError)
                else KnownError("file_not_written", file=name, reason=str(error))
            )
            return
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.template_saved", {"name": path.stem})
        )

    @Slot()
    def _import(self) -> None:
        self.import_wanted.emit(self.opened)
        self.accept()
