"""What is said of records that a sheet makes: what holds without a date, rods that are told and not taken."""

from __future__ import annotations

from collections.abc import Collection

from app.core.errors import Remark
from app.importers.numbers import texts_of
from app.importers.overlooked import counts_rows
from app.importers.plan import OF_BOOK, UNDATED, SheetPlan
from app.importers.rows import Rows
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import Vocabulary


def about_records(sheet: Sheet, plan: SheetPlan, rows: Rows, words: Vocabulary) -> list[Remark]:
    said: list[Remark] = []
    kind = TABLE_KINDS[plan.kind]
    if plan.well and plan.answers.get(OF_BOOK) == plan.well:
        said.append((f"import.{OF_BOOK}", {"sheet": sheet.name, "well": plan.well}))
    if kind.undated and plan.time == UNDATED and len(rows.line):
        said.append(("import.undated", {"sheet": sheet.name, "moment": UNDATED}))
    return said


def not_used(sheet: Sheet, plan: SheetPlan, beside: Collection[int] = ()) -> list[int]:
    """The columns that hold something and are not taken, without the running numbers of the rows and what
    made the values of another column: a density, the kind of a rod.
    """
    return [
        index
        for index, column in enumerate(plan.columns)
        if not column.field
        and index not in beside
        and not counts_rows(column.header)
        and any(texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE)).to_pylist())
    ]
