"""The table of the preview: what each column is, its unit, and the file's rows with every cell that does not
fit marked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from app.core.texts import Speaker
from app.importers.figures import Figure
from app.importers.numbers import texts_of
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.rows import Problem
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.services.imports.words import field_name, figure_words, problem_words, question_words, unit_words
from app.views.theme import Theme, mixed

Index = QModelIndex | QPersistentModelIndex
FIELD, UNIT, BECOMES, FIRST = 0, 1, 2, 3
"""The first rows say what a column is, in what unit, and its first value as it will be, or why it is not
used; the file's rows follow.
"""

CHUNK = 512
TITLE = 48
"""Letters of a line of what is wrong beside a row; it goes on below."""


@dataclass
class Marks:
    """Problems by (line, column), column -1 for the whole row."""

    cells: dict[tuple[int, int], Problem] = field(default_factory=dict)
    rows: dict[int, list[Problem]] = field(default_factory=dict)
    left_out: dict[int, Problem] = field(default_factory=dict)

    @classmethod
    def of(cls, problems: list[Problem], left_out: list[Problem]) -> Marks:
        marks = cls(left_out={problem.line: problem for problem in left_out})
        for problem in problems:
            if problem.column >= 0:
                marks.cells.setdefault((problem.line, problem.column), problem)
            of_row = marks.rows.setdefault(problem.line, [])
            of_row.insert(0 if problem.severity == "error" else len(of_row), problem)
        return marks


class PreviewModel(QAbstractTableModel):
    cell_edited = Signal(int, int, str)  # line, column, the new text
    field_wanted = Signal(int, str)
    unit_wanted = Signal(int, str)

    def __init__(self, theme: Theme, speaker: Speaker, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._speaker = theme, speaker
        self.sheet: Sheet | None = None
        self.plan: SheetPlan | None = None
        self.marks = Marks()
        self.figures: list[Figure] = []
        self._lines: list[int] = []
        self._shown: list[int] = []
        self._only_problems = False
        self._texts: dict[tuple[int, int], list[str]] = {}
        # Dark ground behind light text or the other way round: a tint of the status colour keeps the text
        # readable.
        self._error, self._warning = (self._tint(theme.status[key]) for key in ("stop", "watch"))
        self._bold = QFont()
        self._bold.setBold(True)

    def _tint(self, colour: str) -> QBrush:
        return QBrush(mixed(self._theme.ground, colour, 0.28))

    def show(
        self,
        sheet: Sheet,
        plan: SheetPlan,
        marks: Marks,
        figures: list[Figure],
        *,
        only_problems: bool = False,
    ) -> None:
        """`figures` of an earlier plan, or none yet, are blank until the check has come."""
        self.beginResetModel()
        self.figures = figures if len(figures) == len(plan.columns) else []
        if self.sheet is not sheet:
            self._texts.clear()
            self._lines = sheet.table.column(LINE).to_pylist()
        self.sheet, self.plan, self.marks, self._only_problems = sheet, plan, marks, only_problems
        self._shown = [i for i, line in enumerate(self._lines) if not only_problems or line in marks.rows]
        self.endResetModel()

    # ---- what Qt asks --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.sheet is None else FIRST + len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.sheet is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            title = self.sheet.title(section) or "—"
            return title if role == Qt.ItemDataRole.ToolTipRole or len(title) <= 26 else title[:25] + "…"
        if section < FIRST:
            return (self.tr("Is"), self.tr("Unit"), self.tr("Becomes"))[section]
        return self._row_title(self.line(section), whole=role == Qt.ItemDataRole.ToolTipRole)

    def titles(self) -> dict[int, str]:
        """Row → what stands beside it, where more than the line does."""
        marked = {*self.marks.rows, *self.marks.left_out}
        shown = {self._lines[place]: FIRST + i for i, place in enumerate(self._shown)} if marked else {}
        return {shown[line]: self._row_title(line, whole=False) for line in marked if line in shown}

    def _row_title(self, line: int, *, whole: bool) -> str:
        """The line, and beside it what is wrong there."""
        out = self.marks.left_out.get(line)
        problems = self.marks.rows.get(line) or ([] if out is None else [out])
        if not problems:
            return str(line)
        words = "; ".join(dict.fromkeys(self._reason(problem, whole=whole) for problem in problems))
        return f"{line}  " + (words if whole else "\n".join(wrap(words, TITLE)))

    def _reason(self, problem: Problem, *, whole: bool) -> str:
        # What is asked has its answers above the table: how one types them is for the command line.
        told = question_words if "options" in problem.details else problem_words
        words = told(problem, self._speaker).removesuffix(":")
        named = whole and problem.header and problem.column >= 0
        return f"{self._speaker.quoted(problem.header)}: {words}" if named else words

    def line(self, row: int) -> int:
        return self._lines[self._shown[row - FIRST]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.sheet is None or self.plan is None:
            return None
        row, column = index.row(), index.column()
        if row < FIRST:
            return self._mapping(row, column, role)
        line = self.line(row)
        problem = self.marks.cells.get((line, column))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            edited = self.plan.edits.get((line, column))
            return self.text(row, column) if edited is None else edited
        if role == Qt.ItemDataRole.BackgroundRole and problem is not None:
            return self._error if problem.severity == "error" else self._warning
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = next((one for one in self.marks.rows.get(line, ()) if one.column < 0), None)
            said = problem or self.marks.left_out.get(line) or whole
            return problem_words(said, self._speaker) if said is not None else None
        if role == Qt.ItemDataRole.ForegroundRole and (
            self._is_out(line) or not self.plan.columns[column].field
        ):
            return QBrush(QColor(self._theme.muted))
        if role == Qt.ItemDataRole.FontRole and self._is_out(line):
            font = QFont()
            font.setStrikeOut(True)
            return font
        return None

    def _mapping(self, row: int, column: int, role: int) -> object:
        assert self.plan is not None
        of_column = self.plan.columns[column]
        if row == BECOMES:
            return self._becomes(column, role)
        if role == Qt.ItemDataRole.EditRole:
            return of_column.field if row == FIELD else of_column.unit
        if role == Qt.ItemDataRole.DisplayRole:
            if row == UNIT:
                return self._unit_words(of_column) if of_column.field else ""
            return self.field_words(of_column.field) if of_column.field else "—"
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(self._theme.panel))
        if role == Qt.ItemDataRole.FontRole and row == FIELD:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(self._theme.accent if of_column.field else self._theme.muted))
        if role == Qt.ItemDataRole.ToolTipRole and of_column.field and row == FIELD:
            return f"{self.field_words(of_column.field)}: {100 * of_column.score:.0f} %"
        return None

    def _unit_words(self, column: ColumnPlan) -> str:
        assert self.plan is not None
        target = TABLE_KINDS[self.plan.kind].target(column.field)
        return unit_words(column.unit, "" if target is None else target.quantity, self._speaker)

    def _becomes(self, column: int, role: int) -> object:
        """`809 psi → 5,58 МПа`; of a column that is not used the reason, and what a click makes of it."""
        figure = self.figure(column)
        if figure is None or self.plan is None:
            return QBrush(QColor(self._theme.panel)) if role == Qt.ItemDataRole.BackgroundRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            long = role == Qt.ItemDataRole.ToolTipRole
            return figure_words(figure, self.plan.kind, self._speaker, long=long)
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(self._theme.panel))
        if role == Qt.ItemDataRole.ForegroundRole:
            offered = bool(figure.reason and figure.instead)
            return QBrush(QColor(self._theme.accent if offered else self._theme.muted))
        return None

    def figure(self, column: int) -> Figure | None:
        return self.figures[column] if column < len(self.figures) else None

    def use(self, column: int) -> bool:
        """A column that was left out is taken for what it may be; False where nobody knows what."""
        figure = self.figure(column)
        if figure is not None and figure.reason and figure.instead:
            self.field_wanted.emit(column, figure.instead)
        return figure is None or not figure.reason or bool(figure.instead)

    def _is_out(self, line: int) -> bool:
        return self.plan is not None and (line in self.plan.skip_lines or line in self.marks.left_out)

    def field_words(self, key: str) -> str:
        assert self.plan is not None
        return field_name(self.plan.kind, key, self._speaker)

    def text(self, row: int, column: int) -> str:
        """Cells become text a block at a time: a file of a hundred thousand rows is shown at once."""
        assert self.sheet is not None
        place = self._shown[row - FIRST]
        key = (place // CHUNK, column)
        if key not in self._texts:
            part = self.sheet.table.column(column_name(column)).slice(key[0] * CHUNK, CHUNK)
            self._texts[key] = texts_of(part).to_pylist()
        return self._texts[key][place % CHUNK]

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        # A line of a table with wells or days across is several rows: a cell put right would be put into all.
        across = self.plan is not None and self.plan.layout.unfolded and index.row() >= FIRST
        return plain if index.row() == BECOMES or across else plain | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        if index.row() == FIELD:
            self.field_wanted.emit(index.column(), str(value))
        elif index.row() == UNIT:
            self.unit_wanted.emit(index.column(), str(value))
        elif str(value) != str(self.data(index)):
            self.cell_edited.emit(self.line(index.row()), index.column(), str(value))
        return True
