"""A file read and checked as an import would, without a store and in this process: for tests of the readers
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import Contents, Order
from app.importers.extract import extract
from app.importers.made import cards_of, readings_by_well, records_table
from app.importers.opening import Asked, choose, proposal
from app.importers.plan import Plan
from app.importers.rows import Problem, Rows
from app.importers.vocabulary import vocabulary
from app.models.readings import Readings


@dataclass
class Found:
    contents: Contents
    plan: Plan
    rows: list[Rows] = field(default_factory=list)
    by_well: dict[str, Readings] = field(default_factory=dict)
    value_count: int = 0
    qualifiers: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def only(self) -> Readings:
        assert len(self.by_well) == 1
        return next(iter(self.by_well.values()))

    @property
    def values(self) -> int:
        return sum(len(rows.line) for rows in self.rows) + len(self.contents.things)


def read(path: Path, mapping: dict[str, str] | None = None, *, kind: str | None = None) -> Found:
    """Raises KnownError for a file that cannot be read; a cell that does not fit is in `problems`."""
    importer = choose(path)
    if importer.read is None:
        raise KnownError("file_is_document", file=str(path))
    with path.open("rb") as stream:
        contents = importer.read(path, stream, Order(vocabulary(), formats=IMPORTERS))
        contents = replace(contents, sheets=tuple(_whole(sheet) for sheet in contents.sheets))
    plan = proposal(path, contents, Asked(kind))
    found = Found(contents, plan)
    for sheet in contents.sheets:
        of_sheet = plan.sheet(sheet.name)
        assert of_sheet is not None
        for header, key in (mapping or {}).items():
            of_sheet = replace(of_sheet.assign(sheet.headers.index(header), key), skip=False)
        if of_sheet.skip:
            continue
        rows = extract(sheet, sheet.table, of_sheet)
        if of_sheet.kind == "readings":
            of_sheet_by_well = readings_by_well(rows, vocabulary())
            found.by_well |= of_sheet_by_well
            found.value_count += sum(map(len, of_sheet_by_well.values()))
        elif of_sheet.kind == "card":
            if {"position", "load"} <= set(rows.values):
                cards_of(rows, of_sheet.strokes_per_minute)
        elif of_sheet.kind != "wells":
            table = records_table(rows, vocabulary())[1]
            found.value_count += table.num_rows
            if "qualifier" in table.column_names:
                found.qualifiers |= set(table.column("qualifier").to_pylist()) - {"", None}
        found.rows.append(rows)
        found.problems += rows.problems
    return found


def _whole(sheet):  # type: ignore[no-untyped-def]
    import pyarrow as pa

    return (
        sheet
        if sheet.more is None
        else replace(sheet, table=pa.concat_tables([sheet.table, *sheet.more()]), more=None)
    )
