"""What a sheet has and an import does not take: rows without a value, columns of numbers that are not used.
Said, so that nothing is missing unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.core.errors import Remark
from app.importers.moments import looks_like
from app.importers.nothing_said import is_quality_word
from app.importers.numbers import texts_of
from app.importers.plan import SheetPlan
from app.importers.remarks import left_out, names_of_units, remark
from app.importers.rows import Problem, Rows
from app.importers.said_to_be import of_rows
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.vocabulary import folded
from app.models.kinds.spec import Kind

_COUNTED = frozenset(map(folded, ("№", "№ п/п", "п/п", "n", "no", "#", "no.", "nn")))
_NUMBERED = re.compile(
    r"^(?:№|#|no\.?|n|номер)\s*(?:п/?п|строки|секции|ступени|клапана|точки|замера|штанги|трубы|of\b.*|row|line)\.?$"
    r"|^(?:section|valve|stage|taper|joint|item|row|line|station|секция|клапан)(?:\s*(?:№|#|no\.?|number))?$",
    re.IGNORECASE,
)
"""`№ секции`, `Valve No`: which row it is, not what it holds."""
_STATES = re.compile(
    r"status|state|flag|исключ|exclu|ignore|quality|validity|качеств|достоверн|состояни|статус|признак|метк|estado|calidad|qualidade"
    r"|kvalitet|(?<![^\W_])marks?(?![^\W_])",
    re.IGNORECASE,
)
"""What says of each reading whether it is one: words of it that are not understood are told."""
_SOURCES = re.compile(
    r"(?<![^\W_])(?:device|rtu|source|host|station|controller|node|topic|устройство|станция|контроллер|источник)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
"""What wrote the rows may be another well's: told where the file names none."""
_MEASURED = frozenset({"production", "flow_test", "fluid_level", "lab_result"})
_COMMANDS = re.compile(
    r"(?<![^\W_])(?:cmd|command|action|operation|op|method|request|команда|действие|операция)(?![^\W_])",
    re.IGNORECASE,
)


def about_rows(sheet: Sheet, plan: SheetPlan, rows: Rows) -> list[Remark]:
    said = [
        remark("column_unused", sheet.name, column=header, value=first)
        for header, first in unused(sheet, plan, rows.beside)
    ]
    if len(rows.blank_lines):
        said.append(remark("rows_without_values", sheet.name, lines=rows.blank_lines.tolist()))
    return said


def about_columns(sheet: Sheet, plan: SheetPlan, rows: Rows) -> list[Remark]:
    """Units that were assumed, columns of a name that is taken, and the first rows that are left out."""
    said: list[Remark] = [
        ("import.unit_assumed", {"sheet": sheet.name, "sensor": key, "unit": names_of_units([unit])})
        for key, unit in rows.assumed.items()
    ]
    said += [
        ("import.column_twice", {"column": c.header, "sensor": c.why[6:]})
        for c in plan.columns
        if not c.field and c.why.startswith("twice:")
    ]
    said += [
        left_out(p.code if p.code == "row_cut_off" else "row_left_out", p.sheet, p.line, p.value)
        for p in rows.left_out[:20]
    ]
    return said


def repeated_records(kind: Kind, table: pa.Table, lines: np.ndarray) -> list[Remark]:
    """Rows that say the same again are one record; two different ones of one moment are both kept. Both are
    said.
    """
    said: list[Remark] = []
    distinct = table.group_by(table.column_names).aggregate([])
    if distinct.num_rows < table.num_rows:
        said.append(remark("repeated", "", lines=_again(table, table.column_names, lines)))
    one = [name for name in ("well_name", kind.at, *kind.same) if name in table.column_names]
    if distinct.group_by(one).aggregate([]).num_rows < distinct.num_rows:
        said.append(remark("twin_records", "", lines=_again(table, one, lines, first=True)))
    return said


def refuse_places_of_one_well(kind: Kind, table: pa.Table, rows: Rows) -> None:
    """A well stands in one place at a time: `X` and `Y` with many rows of one are no coordinates."""
    if kind.key != "location" or not table.num_rows:
        return
    table = table.filter(pc.not_equal(table.column("well_name"), ""))
    places = table.group_by(table.column_names).aggregate([])
    counted = places.group_by(["well_name", kind.at]).aggregate([("well_name", "count")])
    several = counted.filter(pc.greater(counted.column("well_name_count"), 1))
    if several.num_rows:
        told = {"well": several.column("well_name")[0].as_py()}
        line = int(rows.line[0])
        rows.problems.append(Problem("", line, -1, "", "", "places_of_one_well", "error", details=told))


def _again(table: pa.Table, names: list[str], lines: np.ndarray, *, first: bool = False) -> list[int]:
    """Lines of the rows that have an earlier one of the same `names`; `first`: with that one's."""
    met: dict[tuple[object, ...], int] = {}
    found: set[int] = set()
    rows = zip(*(table.column(name).to_pylist() for name in names), strict=True)
    for number, row in enumerate(rows):
        line = int(lines[number]) if len(lines) == table.num_rows else 0
        if row in met:
            found |= {line, met[row]} if first else {line}
        met.setdefault(row, line)
    return sorted(found - {0})


@lru_cache(maxsize=5_000)
def counts_rows(header: str) -> bool:
    """Whether a column of this name only numbers the rows."""
    return folded(header) in _COUNTED or _NUMBERED.match(header.strip()) is not None


def _says_of_readings(header: str, words: list[str]) -> bool:
    """By its name, or by cells that are all yes or no, good or bad."""
    return _STATES.search(header) is not None or all(map(is_quality_word, words))


_STOOD = re.compile(r"^(?:брак|исключ|ост|сто(?:ит|ял)|рем|прост|down|shut|stop|off)\w*\.?$", re.IGNORECASE)
"""A word beside a reading of a well that stood, or of one that does not count."""


def _qualified(words: list[str]) -> str:
    """The first word beside rows that says that a reading is none."""
    return next((word for word in words if of_rows([word]) or _STOOD.match(word)), "")


def _second_word(cells: pa.ChunkedArray) -> str:
    """What a column of states says beside its commonest word; empty where it says one thing only."""
    counts = texts_of(cells).value_counts()
    said = [(count["counts"].as_py(), str(count["values"].as_py() or "")) for count in counts]
    others = [word for _, word in sorted(said, key=lambda one: -one[0])[1:] if word]
    return others[0] if others else next((word for _, word in said if word and len(said) > 1), "")


def _said_beside(plan: SheetPlan, header: str, cells: pa.ChunkedArray) -> str:
    """What a column that is left out says against its rows: that they are nothing measured, that something
    was ordered there, that another wrote them; empty where it says nothing of the kind.
    """
    if plan.kind != "readings" and plan.kind not in _MEASURED:
        return ""
    words = [word for word in texts_of(cells).unique().to_pylist() if word]
    if plan.kind in _MEASURED:
        return next(iter(of_rows(words)), "")
    said = _second_word(cells) if _says_of_readings(header, words) else _qualified(words)
    if not said and _COMMANDS.search(header):  # what was ordered is not what was measured
        said = next(iter(words), "")
    if not said and plan.column_of("well") is None and _SOURCES.search(header):
        said = next((word for word in words if re.search(r"\d", word)), "")
    return said


def _is_no_value(header: str) -> bool:
    return counts_rows(header) or folded(header) in ("id", "index", "row")


def unused(sheet: Sheet, plan: SheetPlan, beside: Collection[int] = ()) -> list[tuple[str, str]]:
    """(header, first value) of the columns of numbers and times that are left out; not of running numbers,
    nor of a second one of a name that is taken: that is said by itself.
    """
    found = []
    for index, column in enumerate(plan.columns):
        if column.field or index in beside or column.why == "chosen" or _is_no_value(column.header):
            continue
        cells = sheet.table.column(column_name(index)).slice(0, SAMPLE)
        kind, value, texts, filled = looks_like(cells)
        counts = kind in ("number", "serial", "epoch", "compact", "year") and len(value) > 0
        said = ""
        if counts and filled and texts <= filled / 2:
            said = f"{value[0]:.10g}"
        elif kind in ("text", "number"):
            said = _said_beside(plan, column.header, cells)
        elif kind in ("time", "clock") and not column.why.startswith("twice:"):
            said = next((str(cell) for cell in texts_of(cells).to_pylist() if cell), "")
        found += [(sheet.title(index) or f"№ {index + 1}", said[:40])] if said else []
    return found
