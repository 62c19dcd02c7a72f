"""What is to be done with a file: the only thing that the preview edits, a template keeps and the journal
remembers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace

from app.core.errors import KnownError
from app.core.plain import Json, JsonObject
from app.importers.sheets import Layout
from app.models.limits import clean_name
from app.models.values import (
    a_count,
    a_list,
    a_part,
    counts_of,
    list_of,
    needed_rows,
    number_of,
    part_of,
)

CHANGE, KEEP = "change", "keep"
OF_BOOK = "well_of_book"
"""The answer that says which well another sheet of the book has named for this one."""
UNDATED = "1950-01-01"
"""The moment of what holds as long as there is the well: where a file says no date."""


@dataclass(frozen=True)
class ColumnPlan:
    """`field` is empty for a column that is left out. `unit` is spelled as files do; empty: the field's usual
    one. `score` says how sure the proposal is, `why` how it was found: word, near, remembered, chosen, unit.
    `decimal` is the column's decimal mark where the other one groups thousands. `guessed`: nothing named the
    unit, the values alone did.
    """

    header: str
    field: str = ""
    unit: str = ""
    score: float = 0.0
    why: str = ""
    decimal: str = ""
    guessed: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """`well`, `time` and `lab` hold for every row that does not say its own. `edits` are cells put right by
    hand, by (line, column); `skip_lines` the rows left out by hand. `zone` is that of clocks that name none
    (empty: UTC); `answers` what was decided of the questions that the file leaves open, by their codes.
    """

    name: str
    kind: str
    layout: Layout
    columns: tuple[ColumnPlan, ...]
    skip: bool = False
    well: str = ""
    time: str = ""
    lab: str = ""
    strokes_per_minute: float | None = None
    month_first: bool = False
    zone: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    edits: dict[tuple[int, int], str] = field(default_factory=dict)
    skip_lines: frozenset[int] = frozenset()
    field_name: str = ""
    """Of the wells of every row, where no column says it: what a title says."""

    def column_of(self, key: str) -> int | None:
        return next((i for i, column in enumerate(self.columns) if column.field == key), None)

    def assign(self, column: int, key: str, unit: str | None = None) -> SheetPlan:
        """The column is `key` now; whichever was it before is left out."""
        columns = list(self.columns)
        for i, other in enumerate(columns):
            if key and other.field == key and i != column:
                columns[i] = replace(other, field="", score=0.0, why="")
        old = columns[column]
        columns[column] = replace(
            old,
            field=key,
            unit=old.unit if unit is None else unit,
            score=1.0 if key else 0.0,
            why="chosen",
            guessed=old.guessed and unit is None,
        )
        return replace(self, columns=tuple(columns))


@dataclass(frozen=True)
class Plan:
    """`wells` is what was decided of names that the store does not know: name → a well's name, or empty to
    leave its rows out; a name in `new_wells` is made. `leave_out_bad`: cells that do not fit are left empty
    instead of stopping the import.
    """

    sheets: tuple[SheetPlan, ...]
    wells: dict[str, str] = field(default_factory=dict)
    new_wells: tuple[str, ...] = ()
    leave_out_bad: bool = False
    technical_atmosphere: bool = False
    strict: bool = True
    """A cell outside its limits is an error: False in plans that were journalled before it was."""
    lifts: dict[str, str] = field(default_factory=dict)
    """What was decided of wells that have another lift than the file says: name → CHANGE or KEEP."""
    asks: bool = True
    """What a file leaves open stops the import: False in plans that were journalled before it did."""

    def sheet(self, name: str) -> SheetPlan | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def lifts_changed(self) -> tuple[str, ...]:
        return tuple(name for name, decided in self.lifts.items() if decided == CHANGE)

    def with_sheet(self, changed: SheetPlan) -> Plan:
        return replace(
            self, sheets=tuple(changed if sheet.name == changed.name else sheet for sheet in self.sheets)
        )


def to_json(plan: Plan) -> JsonObject:
    sheets = []
    for sheet in plan.sheets:
        body = asdict(sheet)
        body["edits"] = [[line, column, text] for (line, column), text in sheet.edits.items()]
        body["skip_lines"] = sorted(sheet.skip_lines)
        sheets.append(body)
    return {
        "sheets": sheets,
        "wells": plan.wells,
        "new_wells": list(plan.new_wells),
        "leave_out_bad": plan.leave_out_bad,
        "technical_atmosphere": plan.technical_atmosphere,
        "lifts": plan.lifts,
        "strict": plan.strict,
        "asks": plan.asks,
    }


def from_json(data: Json, where: str) -> Plan:
    """Raises KnownError (template_damaged) for what is no plan: a template is somebody else's file. What was
    taken before there were questions is taken again without them; a cell that is no number now stays empty.
    """
    try:
        body = a_part(data, "plan")
        asks = bool(body.get("asks", False))
        return Plan(
            tuple(map(_sheet, needed_rows(body, "sheets"))),
            {clean_name(name): clean_name(str(well)) for name, well in part_of(body, "wells").items()},
            tuple(clean_name(str(name)) for name in list_of(body, "new_wells")),
            bool(body.get("leave_out_bad", False)) or not asks,
            bool(body.get("technical_atmosphere", False)),
            strict=bool(body.get("strict", False)),
            lifts={clean_name(name): str(what) for name, what in part_of(body, "lifts").items()},
            asks=asks,
        )
    except (KeyError, ValueError) as error:
        raise KnownError(
            "template_damaged", file=where, reason=f"{type(error).__name__} {error}"[:120]
        ) from error


def _sheet(body: JsonObject) -> SheetPlan:
    columns = tuple(
        ColumnPlan(
            str(c["header"]),
            str(c.get("field", "")),
            str(c.get("unit", "")),
            number_of(c, "score") or 0.0,
            str(c.get("why", "")),
            str(c.get("decimal", "")),
            bool(c.get("guessed", False)),
        )
        for c in needed_rows(body, "columns")
    )
    return SheetPlan(
        str(body["name"]),
        str(body["kind"]),
        Layout.from_json(part_of(body, "layout")),
        columns,
        bool(body.get("skip", False)),
        clean_name(str(body.get("well", ""))),
        str(body.get("time", "")),
        str(body.get("lab", "")),
        number_of(body, "strokes_per_minute"),
        bool(body.get("month_first", False)),
        str(body.get("zone", "")),
        {key: str(said) for key, said in part_of(body, "answers").items()},
        dict(_edit(one) for one in list_of(body, "edits")),
        frozenset(counts_of(body, "skip_lines")),
        clean_name(str(body.get("field_name", ""))),
    )


def _edit(told: Json) -> tuple[tuple[int, int], str]:
    line, column, text = a_list(told, "edits")
    return (a_count(line, "line"), a_count(column, "column")), str(text)
