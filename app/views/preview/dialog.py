"""Before a file is imported: what is in it, what each column is taken for, what does not fit. Nothing is
written before "Import".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.importers.by_hand import assigned
from app.importers.plan import SheetPlan
from app.importers.sheets import Layout, Sheet
from app.models.wells import Well
from app.services.imports.offers import offers
from app.services.imports.opening import OpenFile
from app.views.context import Context
from app.views.fitted import TITLE_PX, FittedDialog
from app.views.overflow import OverflowRow
from app.views.preview.delegate import MappingDelegate
from app.views.preview.lifts_box import LiftsBox
from app.views.preview.model import BECOMES, FIELD, FIRST, UNIT, Marks, PreviewModel
from app.views.preview.open_cell import OpenCell
from app.views.preview.presenter import ImportPresenter
from app.views.preview.questions_box import QuestionsBox
from app.views.preview.sheet_bar import SaidOfSheet, SheetBar
from app.views.preview.summary import Summary
from app.views.preview.wells_box import BesideFile, WellsBox

ROW_TITLE = 70


@dataclass(frozen=True)
class NewLayouts:
    """A file to be read again with other layouts of its sheets, by their names."""

    opened: OpenFile
    layouts: dict[str, Layout]


class ImportDialog(FittedDialog):
    import_wanted = Signal(OpenFile)  # with its plan as decided
    reread_wanted = Signal(NewLayouts)

    def __init__(self, context: Context, opened: OpenFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.presenter = ImportPresenter(context, opened, self)
        self.setWindowTitle(self.tr("Import: {file}").format(file=opened.path.name))
        self._make()
        self._build()
        self._connect()
        for sheet in opened.contents.sheets:
            self.sheets.addTab(sheet.name)
        first = next((i for i, s in enumerate(opened.plan.sheets) if not s.skip), 0)
        self.sheets.setCurrentIndex(first)
        self._show_sheet()
        self.presenter.check()

    def _make(self) -> None:
        speaker = self._context.speaker
        self.sheets = QTabBar()
        self.sheets.setExpanding(False)
        self.bar = SheetBar(self._context, several=len(self.presenter.opened.contents.sheets) > 1)
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
        self.summary = Summary(speaker)
        self.wells_box = WellsBox()
        self.lifts_box = LiftsBox(speaker)
        self.questions = QuestionsBox(speaker)
        self.model = PreviewModel(self._context.theme, speaker, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setTabKeyNavigation(False)
        self.table.setItemDelegate(MappingDelegate(self.model, speaker, self.table))
        self.open_cell = OpenCell(self.table)
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
        tools = OverflowRow()
        tools.stay(self.only_problems, self.leave_out)
        tools.give_way(self.skip_rows, self.skip_bad_rows)
        tools.gap()
        self._split = BesideFile(self.table, self.wells_box)
        buttons = QHBoxLayout()
        buttons.addWidget(self.template)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.sheets)
        layout.addWidget(self.bar)
        layout.addWidget(self.questions)
        layout.addWidget(self._split, 1)
        layout.addWidget(tools)
        layout.addWidget(self.lifts_box)
        layout.addWidget(self.summary)
        layout.addLayout(buttons)
        self.sheets.setVisible(len(self.presenter.opened.contents.sheets) > 1)
        room = self.parentWidget().size()
        high = max(room.height() - 80, min(560, room.height() - TITLE_PX))  # rows of the file are to be seen
        self.resize(max(room.width() - 80, min(900, room.width())), high)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.checking.connect(self.import_button.setDisabled)
        presenter.checked_now.connect(self._checked_now)
        presenter.proposed.connect(self._proposed)
        presenter.refused.connect(self.summary.words.setText)
        self.sheets.currentChanged.connect(self._show_sheet)
        self.bar.kind_chosen.connect(self._kind_chosen)
        self.bar.taken.connect(self._take_toggled)
        self.bar.header_moved.connect(self._header_moved)
        self.bar.said.connect(self._said)
        self.only_problems.toggled.connect(self._show_rows)
        self.skip_rows.clicked.connect(self._skip_chosen)
        self.skip_bad_rows.clicked.connect(self._skip_bad)
        self.leave_out.toggled.connect(presenter.leave_out_bad)
        self.template.clicked.connect(self._ask_template)
        self.cancel.clicked.connect(self.reject)
        self.import_button.clicked.connect(self._import)
        self.wells_box.changed.connect(self._wells_decided)
        self.lifts_box.decided.connect(self.presenter.decide_lifts)
        self.questions.answered.connect(self.presenter.answer)
        self.model.cell_edited.connect(self._cell_edited)
        self.model.field_wanted.connect(self._assign)
        self.model.unit_wanted.connect(self._unit)
        self.table.clicked.connect(self._clicked)
        self.open_cell.free.connect(self._show_rows)

    # ---- the sheet that is shown ---------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet:
        return self.presenter.opened.contents.sheets[max(self.sheets.currentIndex(), 0)]

    @property
    def plan(self) -> SheetPlan:
        found = self.presenter.opened.plan.sheet(self.sheet.name)
        assert found is not None
        return found

    @Slot()
    def _show_sheet(self, *_: object) -> None:
        self.bar.show_plan(self.plan)
        self._show_rows()

    @Slot()
    def _show_rows(self, *_: object) -> None:
        """The keyboard stays where it is."""
        here = self.table.currentIndex()
        row, column = here.row(), here.column()
        checked = self.presenter.checked
        problems = [] if checked is None else [p for p in checked.problems if p.sheet == self.sheet.name]
        left_out = [] if checked is None else [p for p in checked.left_out if p.sheet == self.sheet.name]
        place = self.table.verticalScrollBar().value()
        self.model.show(
            self.sheet,
            self.plan,
            Marks.of(problems, left_out),
            self.presenter.figures.get(self.sheet.name, []),
            only_problems=self.only_problems.isChecked(),
        )
        self.table.selectionModel().setCurrentIndex(
            self.model.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.table.verticalScrollBar().setValue(place)
        _fit_row_titles(self.table, self.model)
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
        self.presenter.decide(plan)
        if show:
            self._show_sheet()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.row() in (FIELD, UNIT):
            self.table.edit(index)
        elif index.row() == BECOMES and not self.model.use(index.column()):
            self.table.edit(self.model.index(FIELD, index.column()))

    @Slot(int, str)
    def _assign(self, column: int, key: str) -> None:
        self._change(assigned(self.sheet, self.plan, column, key))

    @Slot(int, str)
    def _unit(self, column: int, unit: str) -> None:
        columns = list(self.plan.columns)
        columns[column] = replace(columns[column], unit=unit, guessed=False)
        self._change(replace(self.plan, columns=tuple(columns)))

    @Slot(int, int, str)
    def _cell_edited(self, line: int, column: int, text: str) -> None:
        self._change(replace(self.plan, edits={**self.plan.edits, (line, column): text}), show=False)

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        if kind != self.plan.kind:
            self.questions.forget(self.sheet.name)
            self.presenter.propose(kind, self.sheet)

    @Slot(SheetPlan)
    def _proposed(self, plan: SheetPlan) -> None:
        self._change(
            replace(plan, skip=False, well=plan.well or self.plan.well, time=plan.time or self.plan.time)
        )

    @Slot(bool)
    def _take_toggled(self, wanted: bool) -> None:
        self._change(replace(self.plan, skip=not wanted), show=False)

    @Slot(int)
    def _header_moved(self, line: int) -> None:
        layouts = {s.name: s.layout for s in self.presenter.opened.plan.sheets}
        before = self.plan.layout
        layouts[self.sheet.name] = replace(
            before, header=line - 1, header_rows=1, units_row=None, data=line, across=None, dates=None
        )
        self.import_button.setEnabled(False)
        self.reread_wanted.emit(NewLayouts(self.presenter.opened, layouts))

    def reread(self, opened: OpenFile) -> None:
        """The same file with another header; what was decided of the other sheets stays."""
        self.presenter.reread(opened, self.sheet.name)
        self._show_sheet()

    @Slot(SaidOfSheet)
    def _said(self, said: SaidOfSheet) -> None:
        plan = replace(self.plan, well=said.well, time=said.time, strokes_per_minute=said.strokes_per_minute)
        self._change(plan, show=False)

    @Slot()
    def _skip_chosen(self) -> None:
        lines = {
            self.model.line(index.row())
            for index in self.table.selectionModel().selectedIndexes()
            if index.row() >= FIRST
        }
        self._change(replace(self.plan, skip_lines=self.plan.skip_lines ^ lines))

    @Slot()
    def _skip_bad(self) -> None:
        checked = self.presenter.checked
        assert checked is not None
        lines = {p.line for p in checked.problems if p.sheet == self.sheet.name and p.severity == "error"}
        self._change(replace(self.plan, skip_lines=self.plan.skip_lines | lines))

    @Slot()
    def _wells_decided(self) -> None:
        self.presenter.decide_wells(*self.wells_box.decisions())

    # ---- the check -----------------------------------------------------------------------------------------

    @Slot(list)
    def _checked_now(self, wells: list[Well]) -> None:
        checked = self.presenter.checked
        assert checked is not None
        self.wells_box.ask(checked.unknown_wells, wells)
        self._split.show_wells(bool(self.wells_box.names))
        self.lifts_box.ask(checked.lifts)
        open_ = [problem for problem in checked.problems if problem.severity == "question"]
        self.questions.ask([*open_, *offers(checked.remarks)])
        self.open_cell.ask()
        obstacle = self.summary.obstacle(checked, self.presenter.opened, self.bar.unread_speeds)
        self.summary.tell(checked, self.presenter.opened, obstacle)
        wrong = any(p.severity == "error" for p in checked.problems)
        self.skip_bad_rows.setEnabled(wrong)
        self.leave_out.setEnabled(wrong or self.leave_out.isChecked())
        self.import_button.setEnabled(not obstacle)

    # ---- templates, end ------------------------------------------------------------------------------------

    @Slot()
    def _ask_template(self) -> None:
        name, good = QInputDialog.getText(
            self,
            self.tr("Template"),
            self.tr("Name of the laboratory or of the form"),
            text=self.plan.lab or self.presenter.opened.path.stem,
        )
        if good:
            self.presenter.save_template(name)

    @Slot()
    def _import(self) -> None:
        self.import_wanted.emit(self.presenter.opened)
        self.accept()


def _fit_row_titles(table: QTableView, model: PreviewModel) -> None:
    """As wide as what stands beside the rows, and as high: Qt remembers how wide that was before."""
    header = table.verticalHeader()
    bold = QFont(header.font())
    bold.setBold(True)
    metrics, titles = QFontMetrics(bold), model.titles()
    widths = (metrics.horizontalAdvance(line) for title in titles.values() for line in title.split("\n"))
    header.setFixedWidth(max(ROW_TITLE, *widths, 0) + 24)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for row, title in titles.items():
        if "\n" in title:
            height = metrics.lineSpacing() * (title.count("\n") + 1) + 10
            header.resizeSection(row, max(header.defaultSectionSize(), height))
