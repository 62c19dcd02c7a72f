"""A table of tags from a file: CSV, XLSX or whatever the importers read. A file with one wrong row is not
taken at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.core.errors import KnownError
from app.importers.base import Contents
from app.importers.numbers import numbers_of, texts_of
from app.importers.opening import Asked, choose, read_file
from app.importers.rows import Problem
from app.importers.sheets import LINE, Layout, Sheet, column_name
from app.importers.vocabulary import BRACKET, folded, split_unit, vocabulary
from central.names.finding import WellFinder
from central.names.tags import Fault, understood
from central.stores.tags import Tag

_OWN = {
    "pattern": (
        "tag, тег, тэг, path, путь, pattern, шаблон, topic, топик, tagname, tag name, tag path, имя тега, "
        "имя тэга, название тега, наименование тега, код тега, адрес тега, id тега, идентификатор тега, "
        "node id, nodeid, item id, itemid, opc тег, тег opc, scada тег, тег scada, имя сигнала, код сигнала"
    ),
    "source": "source, источник, источник данных",
    "scale": (
        "scale, множитель, множ, коэффициент, коэф, коэфф, к т, кт, масштаб, коэффициент пересчета, "
        "коэф пересчета, коэффициент масштабирования, масштабный коэффициент, factor, scale factor, gain, "
        "multiplier"
    ),
    "shift": "shift, offset, смещение, сдвиг, bias, добавка, поправка",
    "zone": "zone, timezone, time zone, пояс, часовой пояс, зона, часовая зона, tz, временная зона",
    "well": "well, скважина, скв",
    "field": "field, месторождение",
    "sensor": "sensor, датчик, параметр, parameter, measurement, измеряемый параметр, измерение",
    "unit": "unit, units, единица, единицы, единица измерения, единицы измерения",
}
"""What this table calls its columns; the words of the importer come after them."""
_WORDS = {folded(word): key for key, words in _OWN.items() for word in words.split(", ")}
_OF_IMPORTER = {"well": "well", "field": "field", "unit": "unit", "sensor": "sensor", "parameter": "sensor"}
KNOWN = ", ".join(key.replace("pattern", "tag") for key in _OWN)
MOST_ROWS = 100_000


@dataclass(frozen=True)
class TagFile:
    """`problems`: rows that cannot be taken; with one of them nothing is. `columns`: header → what it is;
    `left_out`: headers of columns that hold something and are not taken.
    """

    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]
    columns: dict[str, str]
    left_out: tuple[str, ...]


def read_tags(path: Path, wells: WellFinder, leave_out: tuple[str, ...] = ()) -> TagFile:
    """Raises KnownError (file_*, tags_file, tags_columns, tags_too_many)."""
    contents = read_file(path, choose(path), Asked())
    layouts = {sheet.name: _of_one_line(sheet) for sheet in contents.sheets}
    if layouts != {sheet.name: sheet.layout for sheet in contents.sheets}:
        contents.close()
        contents = read_file(path, choose(path), Asked(layouts=layouts))
    try:
        return tags_in(path, contents, wells, leave_out)
    finally:
        contents.close()


def _of_one_line(sheet: Sheet) -> Layout:
    """Tags are texts: the first row of a short table looks like the second line of its header where a cell of
    it is empty.
    """
    first = [_meant(header.partition(" / ")[0]) for header in sheet.headers]
    if sheet.layout.header_rows < 2 or "pattern" not in first:
        return sheet.layout
    return replace(sheet.layout, header_rows=1, units_row=None, data=sheet.layout.header + 1)


def tags_in(path: Path, contents: Contents, wells: WellFinder, leave_out: tuple[str, ...] = ()) -> TagFile:
    """`leave_out`: headers of columns that may be no part of it, whatever they hold. Raises KnownError
    (tags_file, tags_columns, tags_too_many).
    """
    sheets = [sheet for sheet in contents.sheets if "pattern" in _columns(sheet)]
    if not sheets:
        seen = ", ".join(header for sheet in contents.sheets for header in sheet.headers)[:200]
        raise KnownError("tags_file", file=str(path), seen=seen, known=KNOWN)
    left = {sheet.name: [*_left_out(sheet)] for sheet in sheets}
    allowed = {folded(header) for header in leave_out}
    numbers = [
        sheet.headers[index]
        for sheet in sheets
        for index in left[sheet.name]
        if folded(sheet.headers[index]) not in allowed and _may_change_values(sheet, index)
    ]
    if numbers:
        # One of them may be the factor of each value.
        raise KnownError("tags_columns", file=str(path), columns=", ".join(numbers), known=KNOWN)
    tags: dict[tuple[str, str], Tag] = {}
    problems = [one for sheet in sheets for one in _of_sheet(sheet, wells, tags)]
    others = [f"[{sheet.name}]" for sheet in contents.sheets if sheet not in sheets]
    return TagFile(
        tuple(tags.values()),
        tuple(problems),
        {sheet.headers[i]: _name_of(key) for sheet in sheets for key, i in _columns(sheet).items()},
        (*(sheet.headers[index] for sheet in sheets for index in left[sheet.name]), *others),
    )


def _name_of(key: str) -> str:
    return "tag" if key == "pattern" else key


def _columns(sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, header in enumerate(sheet.headers):
        key = _meant(header)
        if key is not None:
            found.setdefault(key, index)
    return found


def _meant(header: str) -> str | None:
    forms = (header, BRACKET.sub(" ", header), split_unit(header)[0])
    own = next((_WORDS[folded(form)] for form in forms if folded(form) in _WORDS), None)
    if own is not None:
        return own
    keys = {_OF_IMPORTER[name] for name in vocabulary().means(header) if name in _OF_IMPORTER}
    return keys.pop() if len(keys) == 1 else None


def _left_out(sheet: Sheet) -> Iterator[int]:
    taken = set(_columns(sheet).values())
    for index, header in enumerate(sheet.headers):
        if (
            header
            and index not in taken
            and any(texts_of(sheet.table.column(column_name(index))).to_pylist())
        ):
            yield index


def _may_change_values(sheet: Sheet, index: int) -> bool:
    """Numbers that do not merely count the rows."""
    cells = sheet.table.column(column_name(index))
    filled = np.array([bool(text) for text in texts_of(cells).to_pylist()])
    values = np.asarray(numbers_of(cells).value)[filled]
    counts = np.array_equal(values, np.arange(1, len(values) + 1))
    return bool(np.isfinite(values).mean() > 0.5) and not counts


def _of_sheet(sheet: Sheet, wells: WellFinder, tags: dict[tuple[str, str], Tag]) -> Iterator[Problem]:
    """Puts the tags of its rows into `tags`; what is wrong with the others, cell by cell."""
    columns = _columns(sheet)
    if sheet.table.num_rows > MOST_ROWS or sheet.more is not None:
        raise KnownError("tags_too_many", limit=MOST_ROWS)
    cells = {key: texts_of(sheet.table.column(column_name(i))).to_pylist() for key, i in columns.items()}
    for row, line in enumerate(sheet.table.column(LINE).to_pylist()):
        given = {key: cell[row] for key, cell in cells.items()}
        if not any(given.values()):
            continue
        tag, faults = understood(given, wells)
        if not faults and tag.key in tags:
            faults = (Fault("pattern", KnownError("tag_twice", value=tag.pattern)),)
        if not faults:
            tags[tag.key] = tag
        for fault in faults:
            index = columns.get(fault.key, -1)
            header = sheet.headers[index] if index >= 0 else ""
            value, details = str(given.get(fault.key) or ""), dict(fault.error.details)
            yield Problem(sheet.name, line, index, header, value, fault.error.code, details=details)
