"""One sheet while it is read by one plan: which rows still stand, and every cell that does not fit."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pyarrow as pa

from app.core.errors import Details, Remark
from app.importers.date_order import YEAR_FIRST, with_centuries
from app.importers.moments import Moments, moments_of
from app.importers.months import firsts_of_months, writes_months
from app.importers.numbers import FORMULA, texts_of
from app.importers.plan import SheetPlan
from app.importers.rows import Problem, Rows
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.targets import TABLE_KINDS, TableKind
from app.models import limits

MOST_PROBLEMS = 2_000
"""Of one column: a column that is wrong throughout is wrong once."""


class SheetReading:
    """What the plan says of the sheet is read from here; what does not fit is marked here."""

    def __init__(
        self,
        sheet: Sheet,
        table: pa.Table,
        plan: SheetPlan,
        technical_atmosphere: bool,
        strict: bool,
        asks: bool = True,
    ) -> None:
        self.strict = strict
        self.asks = asks
        self.sheet, self.table, self.plan = sheet, table, plan
        self.kind: TableKind = TABLE_KINDS[plan.kind]
        self.technical = technical_atmosphere
        self.line = np.asarray(table.column(LINE), np.int64)
        self.keep = np.ones(table.num_rows, bool)
        self.problems: list[Problem] = []
        self.left_out: list[Problem] = []
        self.remarks: list[Remark] = []
        self.beside: set[int] = set()
        """Columns that are no field and told something all the same."""
        self.wall_us: np.ndarray | None = None
        """When each row began by its own clock, once that was read; of a moment that says its zone in UTC."""

    @cached_property
    def moments(self) -> Moments | None:
        """The column of times, read once; None when there is none."""
        index = self.plan.column_of("time")
        return None if index is None else self.moments_in(index)

    def moments_in(self, index: int) -> Moments:
        column = self.table.column(column_name(index))
        if self.plan.answers.get("date_order") == YEAR_FIRST:
            column = with_centuries(column)
        return moments_of(
            firsts_of_months(column) if writes_months(column) else column,
            month_first=self.plan.month_first,
            from_1904=self.sheet.from_1904,
        )

    def texts(self, index: int) -> np.ndarray:
        """As an array of str objects, a name of the alphabet's look-alikes as it is."""
        text = texts_of(self.table.column(column_name(index)))
        return np.asarray(text.to_numpy(zero_copy_only=False), object)

    def cleaned(self, text: np.ndarray, index: int, *, lines: bool, longest: int) -> np.ndarray:
        """As limits have it; a cell that is too long is marked, and empty."""
        clean = limits.clean_text if lines else limits.clean_name
        known = {cell: clean(cell) for cell in set(text.tolist())}
        found = np.array([known[cell] for cell in text.tolist()], object)
        long = np.array([len(cell) > longest for cell in found.tolist()], bool)
        header = self.plan.columns[index].header if index >= 0 else ""
        self.mark(long, index, header, "cell_too_long", details={"longest": longest})
        return np.where(long, "", found)

    def cells(self, rows: np.ndarray) -> list[list[str]]:
        """What is written in each of these rows."""
        taken = self.table.take(pa.array(rows, pa.int64()))
        columns = [texts_of(taken.column(column_name(i))).to_pylist() for i in range(len(self.sheet.headers))]
        return [[str(cell) for cell in row if cell] for row in zip(*columns, strict=True)]

    def mark(
        self,
        wrong: np.ndarray,
        index: int,
        header: str,
        code: str,
        severity: str = "error",
        details: Details | None = None,
    ) -> None:
        rows = np.flatnonzero(wrong & self.keep)
        if not len(rows):
            return
        texts = self.texts(index) if index >= 0 else None
        for row in rows[:MOST_PROBLEMS].tolist():
            value = "" if texts is None else str(texts[row])
            self.problems.append(
                Problem(
                    self.sheet.name,
                    int(self.line[row]),
                    index,
                    header,
                    value[:120],
                    "formula_without_value" if value == FORMULA else code,
                    severity,
                    details or {},
                )
            )

    def cut(self, found: Rows) -> Rows:
        """What is left of `found`, with what did not fit."""
        kept = found if self.keep.all() else found.where(self.keep)
        kept.problems, kept.left_out = self.problems, self.left_out
        kept.remarks += self.remarks
        return kept
